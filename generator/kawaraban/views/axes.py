"""Axes, colours and ticks of charts, as Vega-Lite has them, for people who read Japanese or English."""

from datetime import date, datetime
from typing import Any

from kawaraban.model import Field
from kawaraban.views.text import is_year

COLOURS = [f"var(--kb-{number})" for number in range(1, 9)]
FONT = "sans-serif"  # to measure with; the page's own font is what is seen. Naming a large one costs twice the time
CONFIG: dict[str, Any] = {
    "background": None,
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor", "titleColor": "currentColor", "tickColor": "currentColor",
        "domainColor": "currentColor", "gridColor": "currentColor", "gridOpacity": 0.14, "domainOpacity": 0.5,
        "tickOpacity": 0.5, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal",
        "labelPadding": 5, "labelLimit": 0,
    },
    "axisX": {"grid": False},
    "legend": {
        "labelColor": "currentColor", "labelFontSize": 12, "title": None, "orient": "top", "symbolStrokeWidth": 3,
        "labelLimit": 200, "columns": 4,
    },
    "line": {"strokeWidth": 2.2, "strokeJoin": "round"},
    "area": {"opacity": 0.8},
    "point": {"filled": True, "size": 36, "opacity": 0.75},
    "range": {"category": COLOURS},
    "text": {"fill": "currentColor", "fontSize": 12},
}  # fmt: skip


def kind_of(field: Field) -> str:
    """Give the Vega-Lite type of a column: temporal, quantitative or ordinal."""
    if field.type in ("date", "datetime"):
        return "temporal"
    return "quantitative" if field.type in ("integer", "number", "year") else "ordinal"


def number_axis(
    field: Field, unit: str, lang: str, top: float, ticks: int = 5, lying: bool = False
) -> dict[str, Any]:
    """Give an axis of numbers: 万 and 億 in Japanese, the unit once, above an upright axis or beside a lying one."""
    if is_year(field):
        return {"format": "d", "tickMinStep": 1, "title": None, "tickCount": ticks}
    step, word = 1.0, ""
    if lang.startswith("ja"):
        step, word = next(((s, w) for s, w in ((1e8, "億"), (1e4, "万")) if top >= s * 2), (1.0, ""))
    elif top >= 2e6:
        step, word = 1e6, "M"
    label = f"datum.value == 0 ? '0' : format(datum.value / {step:.0f}, ',~g') + '{word}'"
    axis: dict[str, Any] = {"labelExpr": label, "tickCount": ticks, "title": unit or None}
    if unit and not lying:
        axis.update(titleAngle=0, titleAlign="right", titleX=-8, titleY=-10, titleBaseline="bottom")
    if field.type == "integer" and step == 1.0:
        axis["tickMinStep"] = 1
    return axis


def time_axis(first: str, last: str, lang: str, narrow: bool) -> dict[str, Any]:
    """Give an axis of time between two ISO moments; its labels say the year where it begins."""
    days = (_day(last) - _day(first)).days
    japanese = lang.startswith("ja")
    year = "'%Y年'" if japanese else "'%Y'"
    if days > 3 * 366:
        label = f"utcFormat(datum.value, {year})"
    elif days > 75:
        month = "'%-m月'" if japanese else "'%b'"
        label = (
            f"(datum.index == 0 || utcmonth(datum.value) == 0) ? "
            f"[utcFormat(datum.value, {month}), utcFormat(datum.value, {year})] : utcFormat(datum.value, {month})"
        )
    else:
        label = "utcFormat(datum.value, '%-m/%-d')" if japanese else "utcFormat(datum.value, '%-d %b')"
    return {"labelExpr": label, "title": None, "tickCount": 4 if narrow else 8, "labelOverlap": "greedy"}


def _day(value: str) -> date:
    return datetime.fromisoformat(value).date()


def begins_at_zero(low: float, high: float) -> bool:
    """Say whether a line's axis should begin at zero: only where that does not flatten it."""
    return low < 0 or high == 0 or (high - low) / abs(high) > 0.25


def dodge(ends: list[tuple[str, float]], room: float) -> dict[str, float]:
    """Give for each name a value at least `room` from its neighbours, near where its line ends."""
    placed: list[list[Any]] = []
    for name, value in sorted(ends, key=lambda each: each[1]):
        placed.append([name, max(value, placed[-1][1] + room) if placed else value])
    # pushing up alone would climb out of the plot: share the push between both directions
    drift = sum(place[1] for place in placed) - sum(value for _, value in ends)
    shift = drift / max(len(placed), 1)
    return {name: value - shift for name, value in placed}
