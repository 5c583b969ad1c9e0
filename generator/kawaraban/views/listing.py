"""A chart in words and as a table, for those who do not see it, and for those who want the numbers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kawaraban.model import Field
from kawaraban.views.axes import year_text
from kawaraban.views.eras import era_of_day
from kawaraban.views.marks.average import averages
from kawaraban.views.plot import Chart, Row
from kawaraban.views.spec import Setting
from kawaraban.views.text import is_year, value_text


def describe(chart: Chart, setting: Setting) -> str:
    """Give the alternative text: what is shown, over what, its largest and its last value."""
    rows = [row for row in chart.rows if row.series not in chart.lines] or list(chart.rows)
    largest = max(rows, key=lambda row: row.measure)

    def value(row: Row) -> str:
        name = " ".join(each for each in (row.panel, row.series) if each)
        return f"{name} {chart.place(row.base)} {chart.said(row.measure)}".strip()

    return setting.say("{measure} by {base}, {count} values. Largest: {largest}. Last: {last}.").format(
        measure=chart.channels.measure.label, base=chart.channels.base.label, count=len(chart.rows),
        largest=value(largest), last=value(rows[-1]),
    )  # fmt: skip


def listed(chart: Chart, raw: Mapping[Any, Any]) -> tuple[pd.DataFrame, list[Field]]:
    """Give the numbers that the chart shows as a table, a column for each series, and its fields."""
    base, measure, color, facet = (
        chart.channels.base, chart.channels.measure, chart.channels.color, chart.channels.facet,
    )  # fmt: skip
    heads = [Field("kb panel", title=facet.label)] if facet else []
    as_text = chart.mark == "histogram" or chart.era or base.type == "string"
    heads.append(Field("kb base", "string" if as_text else base.type, base.label, unit="" if as_text else base.unit))
    if is_year(base) and not chart.era:
        heads[-1] = Field(base.name, base.type, base.label)
    number = Field("kb value", measure.type, measure.label, unit=chart.channels.unit)
    places = [(row.panel, row.base, row.series) for row in chart.rows]
    wide = bool(color) and len(set(places)) == len(places)

    def head(row: Row) -> list[Any]:
        return [*([row.panel] if facet else []), _place(chart, row.base, raw)]

    if wide:
        cells: dict[tuple[str, Any], dict[str, float]] = {}
        begins: dict[tuple[str, Any], list[Any]] = {}
        for row in chart.rows:
            cells.setdefault((row.panel, row.base), {})[row.series] = row.measure
            begins.setdefault((row.panel, row.base), head(row))
        lines = [[*begins[key], *(own.get(name) for name in chart.series)] for key, own in cells.items()]
        keys = list(cells)
        fields = [
            *heads,
            *(
                Field(
                    name, "number" if name in chart.lines else number.type, name,
                    unit=chart.line_unit if name in chart.lines and chart.line_unit is not None else number.unit,
                )
                for name in chart.series
            ),
        ]  # fmt: skip
    else:
        named = [Field("kb series", title=color.label)] if color else []
        lines = [[*head(row), *([row.series] if color else []), row.measure] for row in chart.rows]
        keys = [(row.panel, row.base) for row in chart.rows]
        fields = [*heads, *named, number]
    if chart.average:
        means = {
            (panel, place): value
            for panel in dict.fromkeys(row.panel for row in chart.rows)
            for place, value in averages(chart.of_panel(panel))
        }
        lines = [[*line, means.get(key)] for line, key in zip(lines, keys, strict=True)]
        lines = [[*line[:-1], None if line[-1] is None else round(line[-1], 2)] for line in lines]
        fields.append(Field("kb average", "number", chart.average_name, unit=number.unit))
    return pd.DataFrame(lines, columns=[str(at) for at in range(len(fields))], dtype=object), fields


def _place(chart: Chart, base: Any, raw: Mapping[Any, Any]) -> Any:
    """Give a place as the table has it."""
    if chart.mark == "histogram":
        return chart.place(base)
    value = raw[base]
    field = chart.channels.base
    if chart.era and chart.channels.kind == "temporal":
        said = value_text(value, field, chart.lang)
        return era_of_day(value) + said.partition("年")[2]
    if chart.era and is_year(field):
        return year_text(int(value), field, chart.lang, era=True)
    return value
