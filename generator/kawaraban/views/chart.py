"""`chart`: a static SVG, drawn twice: for a desk and for a phone. No script is needed to see it."""

from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.model import Field
from kawaraban.views import axes
from kawaraban.views.frame import card, complete, table_html
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.svg import svg
from kawaraban.views.text import number_text, value_text
from kawaraban.views.vega import WIDTHS, Channels, spec_of
from kawaraban.warehouse import AGGREGATES, Select

KEYS = ("mark", "x", "y", "color", "aggregate", "sort", "unit", "limit", "height")
MARKS = ("line", "bar", "stacked bar", "area", "point")
SORTS = ("x", "-x", "y", "-y")
LISTED = 500  # rows of the table below the chart


def plan(spec: Spec) -> Select:
    """Give what the chart needs of its data."""
    spec.one_of("mark", MARKS, "line")
    spec.one_of("sort", SORTS)
    x, y, color = spec.needed("x"), spec.columns("y"), spec.column("color")
    if not y:
        spec.needed("y")
    rule = spec.one_of("aggregate", tuple(AGGREGATES))
    if len(y) > 1 and color:
        raise KawarabanError(
            "several columns in `y:` are already told apart by colour", "color", "leave `color:` out"
        )
    bars = spec.one_of("mark", MARKS, "line") in ("bar", "stacked bar")
    lying = bars and len(y) == 1 and axes.kind_of(spec.field(y[0])) == "ordinal"
    measures = (x,) if lying else y
    for each in measures:
        if axes.kind_of(spec.field(each)) != "quantitative" and rule != "count":
            raise KawarabanError(
                "{word} is not a column of numbers", "x" if lying else "y",
                "name another column, or give it `type: integer` or `type: number`", word=each,
            )  # fmt: skip
    rest = tuple(dict.fromkeys(each for each in ((*y, color) if lying else (x, color)) if each))
    if rule:
        return Select(rest, spec.where, rule, measures)
    return Select((*rest, *measures), spec.where)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> str:
    """Give the chart as HTML: two drawings of which the page shows one, and the numbers as a table."""
    frame, channels = _long(spec, frame)
    frame = complete(frame, [channels.measure.name, channels.base.name])
    if channels.color:
        # a category without a name is drawn too, under a dash
        shown = [value_text(each, channels.color, setting.lang) or "—" for each in frame[channels.color.name]]
        frame = frame.assign(**{channels.color.name: shown})
        channels = replace(channels, color=Field(channels.color.name, "string", channels.color.title))
    if frame.empty:
        raise KawarabanError("there is no value to show", "y", "check `where:`")
    frame = _sorted(spec, frame, channels)
    told = spec.text("description") or describe(frame, channels, setting)
    title = spec.text("title") or channels.measure.label
    height = spec.number("height", 1) if "height" in spec.values else None
    drawings = "".join(
        f'<div class="kb-{name}">{svg(spec_of(frame, channels, setting, name, height), title, told)}</div>'
        for name in WIDTHS
    )
    table, cut = _table(frame, channels)
    fields = [_table_field(name, channels) for name in table.columns]
    listing = table_html(table, fields, setting)
    if cut:
        told_cut = setting.say("{count} more rows are in the data.").format(count=f"{cut:,}")
        listing += f'<p class="kb-note">{escape(told_cut)}</p>'
    body = (
        f"{drawings}<details class='kb-data'><summary>{escape(setting.say('Show as a table'))}</summary>"
        f"{listing}</details>"
    )
    return card(spec, setting, body)


def _long(spec: Spec, frame: pd.DataFrame) -> tuple[pd.DataFrame, Channels]:
    """Give the frame with one row per mark; several y columns become one and a colour."""
    ys = spec.columns("y")
    mark = str(spec.one_of("mark", MARKS, "line"))
    x, color = spec.field(str(spec.column("x"))), spec.column("color")
    unit = spec.text("unit")
    if len(ys) > 1:
        named = {each: spec.field(each).label for each in ys}
        shown = frame.rename(columns=named).melt(
            id_vars=[x.name], value_vars=list(named.values()), var_name="kb series", value_name="kb value"
        )
        first = spec.field(ys[0])
        y = Field("kb value", first.type, spec.text("title") or first.label, unit=first.unit)
        return shown, Channels(mark, x, y, Field("kb series"), unit or first.unit)
    y = spec.field(ys[0])
    channels = Channels(mark, x, y, spec.field(color) if color else None, unit)
    if spec.values.get("aggregate") in ("count", "mean"):
        kind = "integer" if spec.values["aggregate"] == "count" else "number"
        measured = Field(channels.measure.name, kind, channels.measure.label, unit=channels.measure.unit)
        channels = Channels(
            mark, measured if channels.lying else x, y if channels.lying else measured, channels.color, unit
        )
    return frame, Channels(channels.mark, channels.x, channels.y, channels.color, unit or channels.measure.unit)


def _sorted(spec: Spec, frame: pd.DataFrame, channels: Channels) -> pd.DataFrame:
    key = spec.text("sort")
    if key:
        column = (
            channels.base.name if key.removeprefix("-") == ("y" if channels.lying else "x") else channels.measure.name
        )
        frame = frame.sort_values(column, ascending=not key.startswith("-"), kind="stable")
    elif axes.kind_of(channels.base) != "ordinal":
        frame = frame.sort_values(channels.base.name, kind="stable")
    return frame.head(spec.number("limit", 1)) if "limit" in spec.values else frame


def describe(frame: pd.DataFrame, channels: Channels, setting: Setting) -> str:
    """Give the alternative text: what is shown, over what, its largest and its last value."""
    base, measure = channels.base, channels.measure
    largest = frame.iloc[int(frame[measure.name].astype(float).to_numpy().argmax())]
    last = frame.iloc[-1]
    say = setting.say

    def value(row: Any) -> str:
        name = f"{value_text(row[channels.color.name], channels.color, setting.lang)} " if channels.color else ""
        place = value_text(row[base.name], base, setting.lang)
        return f"{name}{place} {number_text(float(row[measure.name]))}{channels.unit}"

    return say("{measure} by {base}, {count} values. Largest: {largest}. Last: {last}.").format(
        measure=measure.label, base=base.label, count=len(frame), largest=value(largest), last=value(last)
    )


def _table(frame: pd.DataFrame, channels: Channels) -> tuple[pd.DataFrame, int]:
    """Give the numbers that the chart shows, a column per colour, and how many rows were cut."""
    base, measure, color = channels.base.name, channels.measure.name, channels.color
    table = frame[[base, measure]]
    if color is not None and color.name != base:
        if not frame.duplicated([base, color.name]).any():
            names = list(dict.fromkeys(frame[color.name]))
            wide = frame.pivot(index=base, columns=color.name, values=measure)
            table = wide.loc[list(dict.fromkeys(frame[base])), names].reset_index()
        else:
            table = frame[[base, color.name, measure]]
    return table.head(LISTED), max(0, len(table) - LISTED)


def _table_field(name: Any, channels: Channels) -> Field:
    known = {each.name: each for each in (channels.base, channels.color, channels.measure) if each}
    if name in known:
        own = known[name]
        return Field(own.name, own.type, own.label, unit=channels.unit if own is channels.measure else own.unit)
    return Field(str(name), channels.measure.type, unit=channels.unit)
