"""A small frame -> the Vega-Lite spec of one drawing, as plain values.

altair was tried: its objects took as long as the drawing, and its schema refuses the CSS colours that a page with
a dark mode needs.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from kawaraban.model import Field
from kawaraban.views import axes
from kawaraban.views.spec import Setting
from kawaraban.views.text import number_text, value_text

WIDTHS = {"wide": 680, "narrow": 340}  # px of the whole drawing
HEIGHTS = {"wide": 260, "narrow": 190}  # px of the plot alone
VEGA_LITE = "6.1"  # the version that vl-convert is asked for
LABELLED = 6  # lines that are named at their end rather than in a legend
LINE = 15  # px that a name at a line's end needs


@dataclass(frozen=True, slots=True)
class Channels:
    """Which column goes where, and the unit of the numbers."""

    mark: str
    x: Field
    y: Field
    color: Field | None
    unit: str

    @property
    def lying(self) -> bool:
        """Bars that lie: numbers along x, names along y."""
        return self.bars and axes.kind_of(self.y) == "ordinal"

    @property
    def bars(self) -> bool:
        return self.mark in ("bar", "stacked bar")

    @property
    def measure(self) -> Field:
        return self.x if self.lying else self.y

    @property
    def base(self) -> Field:
        return self.y if self.lying else self.x

    @property
    def kind(self) -> str:
        """The Vega-Lite type of the base: bars stand on names, or on moments."""
        kind = axes.kind_of(self.base)
        return "ordinal" if kind == "quantitative" and self.bars else kind


@dataclass(frozen=True, slots=True)
class Plot:
    """One drawing: its marks as plain values, the names of its series, and the room it has.

    The keys of a mark are short (b base, m measure, c colour): a dot or bracket in a column's name means
    something in Vega.
    """

    channels: Channels
    rows: list[dict[str, Any]]
    series: list[str]
    narrow: bool
    height: int
    lang: str

    @property
    def bases(self) -> list[Any]:
        return list(dict.fromkeys(row["b"] for row in self.rows))

    @property
    def numbers(self) -> list[float]:
        return [row["m"] for row in self.rows]

    @property
    def ends_named(self) -> bool:
        return self.channels.mark == "line" and 1 < len(self.series) <= LABELLED and not self.narrow

    @property
    def width(self) -> int:
        whole = WIDTHS["narrow" if self.narrow else "wide"]
        if self.channels.lying:
            return whole - (130 if self.narrow else 200)
        last = 110 if self.ends_named else 56 if self.channels.mark == "line" and not self.series else 14
        return whole - 60 - last

    @property
    def stacked(self) -> bool:
        return self.channels.mark in ("stacked bar", "area") and bool(self.series)

    @property
    def top(self) -> float:
        """The largest number that the axis has to reach."""
        if not self.stacked:
            return max(self.numbers)
        totals: dict[Any, float] = {}
        for row in self.rows:
            totals[row["b"]] = totals.get(row["b"], 0.0) + row["m"]
        return max(totals.values())

    @property
    def from_zero(self) -> bool:
        solid = self.channels.bars or self.channels.mark == "area"
        return solid or axes.begins_at_zero(min(self.numbers), max(self.numbers))


def spec_of(
    frame: pd.DataFrame, channels: Channels, setting: Setting, size: str, height: int | None
) -> dict[str, Any]:
    """Give the Vega-Lite spec of a chart at one of the WIDTHS; `height` in px of the plot, if it is given."""
    rows = _marks(frame, channels, setting.lang)
    series = list(dict.fromkeys(row["c"] for row in rows)) if channels.color else []
    plot = Plot(channels, rows, series, size == "narrow", height or HEIGHTS[size], setting.lang)
    encoding = _encoding(plot)
    layers = [{"mark": _mark(plot), "encoding": encoding}]
    if channels.mark == "line":
        layers += _ends(plot, encoding)
    tall = plot.height
    if channels.lying:
        beside = len(series) if series and channels.mark == "bar" else 1
        tall = max(60, 26 * len(plot.bases) * beside)
    return {
        "$schema": f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.json",
        "config": axes.CONFIG, "width": plot.width, "height": tall, "data": {"values": rows}, "layer": layers,
    }  # fmt: skip


def _marks(frame: pd.DataFrame, channels: Channels, lang: str) -> list[dict[str, Any]]:
    base, measure, color = channels.base, channels.measure, channels.color
    rows = []
    for values in frame.to_dict("records"):
        place = values[base.name]
        if channels.kind == "ordinal":
            place = value_text(place, base, lang) or "—"
        elif channels.kind == "temporal":
            place = place.isoformat()
        row: dict[str, Any] = {"b": place, "m": float(values[measure.name])}
        if color:
            row["c"] = value_text(values[color.name], color, lang) or "—"
        rows.append(row)
    return rows


def _encoding(plot: Plot) -> dict[str, Any]:
    channels = plot.channels
    ticks = 4 if plot.narrow else 5
    values = axes.number_axis(channels.measure, channels.unit, plot.lang, plot.top, ticks, lying=channels.lying)
    measure = {
        "field": "m", "type": "quantitative", "stack": "zero" if plot.stacked else None,
        "scale": {"zero": plot.from_zero, "nice": True}, "axis": values,
    }  # fmt: skip
    base: dict[str, Any] = {"field": "b", "type": channels.kind, "axis": _base_axis(plot)}
    if channels.kind == "temporal":
        base["scale"] = {"type": "utc"}
    elif channels.kind == "ordinal":
        base["sort"] = plot.bases
        gaps = {"paddingInner": 0.25, "paddingOuter": 0.12} if channels.bars else {"padding": 0.3}
        base["scale"] = gaps
    else:
        base["scale"] = {"zero": False, "nice": channels.mark == "point"}
    across, along = (measure, base) if channels.lying else (base, measure)
    encoding: dict[str, Any] = {"x": across, "y": along}
    if plot.series:
        colours = [axes.COLOURS[number % len(axes.COLOURS)] for number in range(len(plot.series))]
        encoding["color"] = {
            "field": "c", "type": "nominal", "sort": plot.series, "scale": {"domain": plot.series, "range": colours},
            "legend": None if plot.ends_named else {"columns": 2 if plot.narrow else 4},
        }  # fmt: skip
        if channels.mark == "bar":
            offset = "yOffset" if channels.lying else "xOffset"
            encoding[offset] = {"field": "c", "type": "nominal", "sort": plot.series}
    return encoding


def _base_axis(plot: Plot) -> dict[str, Any]:
    channels = plot.channels
    if channels.kind == "temporal":
        days = sorted(plot.bases)
        return axes.time_axis(days[0], days[-1], plot.lang, plot.narrow)
    if channels.kind == "quantitative":
        top = max(float(each) for each in plot.bases)
        values = axes.number_axis(channels.base, "", plot.lang, top, 4 if plot.narrow else 8)
        unit = f" ({channels.base.unit})" if channels.base.unit else ""
        named = f"{channels.base.label}{unit}"
        return {**values, "title": None if values.get("format") == "d" else named}
    if channels.lying:
        return {"title": None, "domain": False, "ticks": False, "labelLimit": 120 if plot.narrow else 190}
    letters = sum(len(str(each)) for each in plot.bases)
    turned = letters > (22 if plot.narrow else 56)
    overlap = False if turned else "greedy"
    return {
        "title": None,
        "labelAngle": -40 if turned else 0,
        "ticks": False,
        "labelOverlap": overlap,
        "labelLimit": 150,
    }


def _mark(plot: Plot) -> dict[str, Any]:
    mark: dict[str, Any] = {"type": "bar" if plot.channels.bars else plot.channels.mark}
    if not plot.series:
        mark["color"] = axes.COLOURS[0]
    if plot.channels.bars and plot.channels.kind == "temporal":
        room = plot.height if plot.channels.lying else plot.width
        mark["width"] = max(1.0, round(room / len(plot.bases) * 0.8, 2))
    return mark


def _ends(plot: Plot, encoding: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the layers that mark the last value of each line and say it."""
    last = {row.get("c", ""): row for row in plot.rows}
    numbers = plot.numbers
    low = min(0.0, *numbers) if plot.from_zero else min(numbers)
    room = ((max(numbers) - low) or 1.0) * LINE / plot.height
    places = axes.dodge([(name, row["m"]) for name, row in last.items()], room)
    values = [
        {**row, "p": places[name], "t": f"{name} {number_text(row['m'])}".strip()} for name, row in last.items()
    ]
    ends = {"values": values}
    shared = {key: value for key, value in encoding.items() if key in ("x", "color")}
    colour = {} if plot.series else {"color": axes.COLOURS[0]}
    dot = {"type": "point", "size": 42, "opacity": 1, "filled": True, **colour}
    dots = {"data": ends, "mark": dot, "encoding": {**shared, "y": encoding["y"]}}
    if plot.series and not plot.ends_named:
        return [dots]
    weight: dict[str, Any] = {} if plot.series else {"fontWeight": "bold", "fontSize": 13}
    said = {
        "data": ends,
        "mark": {"type": "text", "align": "left", "dx": 8, **weight},
        "encoding": {
            **shared,
            "y": {"field": "p", "type": "quantitative"},
            "text": {"field": "t", "type": "nominal"},
        },
    }
    return [dots, said]
