"""`show:` of a chart: the values as they are, added up over time, or as shares; and its latest value, large."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.views.card import SHOWS, Number
from kawaraban.views.figure import reckoned
from kawaraban.views.plot import Chart, Row
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_year

ABLE = ("line", "area", "point", "bar", "grouped bar", "stacked bar")
# days from one place to the next -> what its values are called
STEPS = {
    1: "Each day",
    7: "Each week",
    **dict.fromkeys(range(28, 32), "Each month"),
    365: "Each year",
    366: "Each year",
}


def in_state(spec: Spec, chart: Chart, setting: Setting) -> tuple[Chart, str]:
    """Give the chart as `show:` wants it, and what that state is called."""
    show = spec.one_of("show", SHOWS, "daily")
    if show == "daily":
        return chart, setting.say(_step(chart))
    if chart.mark not in ABLE or (show == "cumulative" and chart.channels.kind == "ordinal" and not _years(chart)):
        raise KawarabanError(
            "`show: {word}` does not go with this chart", "show",
            "a sum over time needs a date or a year in `x:`; a share needs bars, lines, areas or points", word=show,
        )  # fmt: skip
    plain = replace(chart, average=0, average_name="", targets=())
    if show == "cumulative":
        return replace(plain, rows=_added(chart)), setting.say("Cumulative")
    measure = replace(chart.channels.measure, type="number", unit="%")
    channels = replace(chart.channels, unit="%")
    channels = replace(channels, x=measure) if chart.channels.lying else replace(channels, y=measure)
    return replace(plain, rows=_shares(chart), channels=channels), setting.say("Share")


def latest(spec: Spec, chart: Chart, raw: Mapping[Any, Any], setting: Setting) -> Number | None:
    """Give the sum of a chart's series at its last place, large, where `figure: true` asks for it."""
    wanted = spec.values.get("figure")
    if wanted in (None, False) or isinstance(wanted, Mapping):
        return None
    if wanted is not True:
        raise KawarabanError("`figure:` must be true, or keys of a figure", "figure", "write `figure: true`")
    over_time = chart.channels.kind == "temporal" or _years(chart)
    if not over_time or chart.mark not in (*ABLE, "bar with line"):
        raise KawarabanError(
            "this chart has no latest value", "figure", "write `figure: {{value: column, by: column}}`"
        )
    if spec.values.get("show") == "share" and chart.series:
        return None  # the shares of a moment are 100 % together
    sums: dict[Any, float] = {}
    for row in chart.rows:
        if row.series not in chart.lines:
            sums[row.base] = sums.get(row.base, 0.0) + row.measure
    last = sorted(sums, key=lambda each: raw[each])[-2:]
    numbers = [round(sums[each], 10) for each in last]
    return reckoned(
        [int(each) if each.is_integer() else each for each in numbers],
        [raw[each] for each in last], chart.channels.unit, chart.channels.base, replace(spec, values={}), setting,
    )  # fmt: skip


def _years(chart: Chart) -> bool:
    return is_year(chart.channels.base)


def _step(chart: Chart) -> str:
    """Give what the values are called, after the step from one place to the next."""
    if _years(chart):
        return "Each year"
    places = sorted({row.base for row in chart.rows}) if chart.channels.kind == "temporal" else []
    gaps = sorted(round(after - before) for before, after in pairwise(places))
    return STEPS.get(gaps[len(gaps) // 2] if gaps else 0, "Numbers")


def _added(chart: Chart) -> tuple[Row, ...]:
    """Give each value with all before it, of its series and panel."""
    sums: dict[tuple[str, str], float] = {}
    found = []
    for row in chart.rows:
        key = row.series, row.panel
        sums[key] = round(sums.get(key, 0.0) + row.measure, 10)
        found.append(row._replace(measure=sums[key]))
    return tuple(found)


def _shares(chart: Chart) -> tuple[Row, ...]:
    """Give each value as a share in percent: of its place where there are series, else of all."""
    if any(row.measure < 0 for row in chart.rows):
        raise KawarabanError("a share of values below 0 says nothing", "show", "choose other values with `where:`")
    sums: dict[Any, float] = {}
    for row in chart.rows:
        key = (row.panel, row.base if chart.series else None)
        sums[key] = sums.get(key, 0.0) + row.measure
    return tuple(
        row._replace(measure=round(100 * row.measure / total, 1) if total else 0.0)
        for row in chart.rows
        for total in [sums[row.panel, row.base if chart.series else None]]
    )
