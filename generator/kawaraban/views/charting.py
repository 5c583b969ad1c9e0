"""A spec and a frame -> a chart's plain values, and what stands in the data for each place of its base."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Field
from kawaraban.views import axes, wishes
from kawaraban.views.frame import complete
from kawaraban.views.histogram import binned
from kawaraban.views.plot import Channels, Chart, Row
from kawaraban.views.sides import rows_of, sides_of
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_year, value_text

PANELS = 24  # small multiples at most
SERIES, VALUE = "kb series", "kb value"  # columns of a frame whose y columns became rows


def charted(spec: Spec, frame: pd.DataFrame, setting: Setting) -> tuple[Chart, Mapping[Any, Any]]:
    """Give the chart, and for each place of its base the value that the data has there."""
    mark = wishes.mark_of(spec)
    facet = spec.field(str(spec.column("facet"))) if spec.values.get("facet") is not None else None
    frame = _latest(spec, frame)
    if mark == "histogram":
        return _histogram(spec, frame, setting, facet), {}
    lines, line_unit = frozenset[str](), None
    if mark == "pyramid" and sides_of(spec):
        channels, rows, raw = rows_of(spec, frame, setting, facet)
    else:
        frame, channels, lines, line_unit = _long(spec, frame, mark, facet)
        frame = _sorted(spec, complete(frame, [channels.measure.name, channels.base.name]), channels)
        rows, raw = _rows(frame, channels, setting.lang, wishes.is_era(spec))
    series = tuple(dict.fromkeys(row.series for row in rows)) if channels.color else ()
    names = tuple(dict.fromkeys(row.panel for row in rows)) if facet else ()
    _check(channels, rows, series, names, spec.shapes)
    average = wishes.average_of(spec)
    chart = Chart(
        channels, tuple(rows), setting.lang, wishes.is_era(spec), _height(spec), series, names,
        lines=lines, line_unit=line_unit, targets=wishes.targets_of(spec, setting.say("Target")), average=average,
        average_name=_average_name(average, channels, rows, setting) if average else "", shapes=spec.shapes,
        words={"missing": setting.say("no value")},
        notes=_notes(spec, channels, raw),
    )  # fmt: skip
    return chart, raw


def _latest(spec: Spec, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that have the last value of `latest:`."""
    column = spec.column("latest")
    if column is None:
        return frame
    known = complete(frame, [column])
    return known if known.empty else known.loc[known[column] == known[column].max()]


def _height(spec: Spec) -> int | None:
    return spec.number("height", 1) if "height" in spec.values else None


def _histogram(spec: Spec, frame: pd.DataFrame, setting: Setting, facet: Field | None) -> Chart:
    x = spec.field(spec.needed("x"))
    frame = complete(frame, [x.name])
    values = [float(each) for each in frame[x.name]]
    panels = (
        [value_text(each, facet, setting.lang) or "—" for each in frame[facet.name]] if facet else [""] * len(values)
    )
    wanted = spec.number("bins", 10) if "bins" in spec.values else None
    width, rows = binned(values, panels, wanted, x.type == "integer")
    unit = next(iter(wishes.units_of(spec)), "")
    count = Field("kb count", "integer", setting.say("Number"), unit=unit)
    names = tuple(dict.fromkeys(panels)) if facet else ()
    _check(Channels("histogram", x, count, None, unit, facet), rows, (), names, {})
    return Chart(
        Channels("histogram", x, count, None, unit, facet), tuple(rows), setting.lang, height=_height(spec),
        panels=names, bin=width, targets=wishes.targets_of(spec, setting.say("Target")),
    )  # fmt: skip


def _long(
    spec: Spec, frame: pd.DataFrame, mark: str, facet: Field | None
) -> tuple[pd.DataFrame, Channels, frozenset[str], str | None]:
    """Give the frame with one row per mark: several y columns become one, and a colour."""
    ys, units = spec.columns("y"), wishes.units_of(spec)
    x, color = spec.field(str(spec.column("x"))), spec.column("color")
    first = spec.field(ys[0])
    if len(ys) > 1:
        named = {each: spec.field(each).label for each in ys}
        kept = list(dict.fromkeys([x.name, *([facet.name] if facet else [])]))
        parts = []
        doubled = frame.columns.duplicated()  # a column that is named twice is counted, and stands last
        for place, label in enumerate(named.values(), start=len(frame.columns) - len(ys)):
            part = frame.loc[:, ~doubled][kept].copy()
            part[SERIES] = label
            part[VALUE] = frame.iloc[:, place] if doubled.any() else frame[ys[place - len(frame.columns) + len(ys)]]
            parts.append(part)
        unit = units[0] if units else first.unit
        y = Field(VALUE, first.type, spec.text("title") or first.label, unit=unit)
        lines: frozenset[str] = frozenset()
        other = None
        if mark == "bar with line":
            lines = frozenset([named[ys[-1]]])
            last = units[-1] if units else spec.field(ys[-1]).unit
            other = last if last != unit else None
        return pd.concat(parts), Channels(mark, x, y, Field(SERIES), unit, facet), lines, other
    unit = units[0] if units else ""
    channels = Channels(mark, x, first, spec.field(color) if color else None, unit, facet)
    lying = wishes.is_lying(spec)
    measure = x if lying else first
    if spec.values.get("aggregate") in ("count", "mean"):
        kind = "integer" if spec.values["aggregate"] == "count" else "number"
        measure = Field(measure.name, kind, measure.label, unit="" if kind == "integer" else measure.unit)
    if frame.columns.duplicated().any():  # the names themselves are counted
        frame = frame.set_axis([*frame.columns[:-1], VALUE], axis=1)
        measure = replace(measure, name=VALUE, title=measure.label)
    unit = unit or measure.unit
    x, y = (measure, first) if lying else (x, measure)
    return frame, Channels(mark, x, y, channels.color, unit, facet), frozenset(), None


def _sorted(spec: Spec, frame: pd.DataFrame, channels: Channels) -> pd.DataFrame:
    key = spec.text("sort")
    spec.one_of("sort", wishes.SORTS)
    if key:
        column = channels.base if key.removeprefix("-") == ("y" if channels.lying else "x") else channels.measure
        frame = frame.sort_values(column.name, ascending=not key.startswith("-"), kind="stable")
    elif axes.kind_of(channels.base) != "ordinal":
        frame = frame.sort_values(channels.base.name, kind="stable")
    return frame.head(spec.number("limit", 1)) if "limit" in spec.values else frame


def _rows(frame: pd.DataFrame, channels: Channels, lang: str, era: bool) -> tuple[list[Row], dict[Any, Any]]:
    base, measure = channels.base, channels.measure

    def names(field: Field | None) -> list[str]:
        # a category without a name is drawn too, under a dash
        return [value_text(each, field, lang) or "—" for each in frame[field.name]] if field else [""] * len(frame)

    raw: dict[Any, Any] = {}
    rows = []
    columns = (frame[base.name], frame[measure.name], names(channels.color), names(channels.facet))
    for value, number, series, panel in zip(*columns, strict=True):
        place: Any = value
        if channels.kind == "temporal":
            place = axes.moment_of(value)
        elif channels.kind == "ordinal":
            said = axes.year_text(int(value), base, lang, era) if is_year(base) else value_text(value, base, lang)
            place = said or "—"
        else:
            place = float(value)
        raw.setdefault(place, value)
        rows.append(Row(place, float(number), series, panel))
    return rows, raw


def _check(
    channels: Channels, rows: list[Row], series: tuple[str, ...], panels: tuple[str, ...], shapes: Mapping[str, str]
) -> None:
    """Refuse what cannot be drawn, now that the values are known."""
    if len(panels) > PANELS:
        raise KawarabanError(
            "{count} panels are too many",
            "facet",
            "choose at most {most} with `where:`",
            count=len(panels),
            most=PANELS,
        )
    if channels.mark == "pyramid" and rows:
        if len(series) != 2:
            raise KawarabanError(
                "a pyramid has two sides, but {word} has {count} values", "color", "choose two of them with `where:`",
                word=channels.color.name if channels.color else "", count=len(series),
            )  # fmt: skip
        places = {(row.base, row.series, row.panel) for row in rows}
        if len(places) < len(rows):
            raise KawarabanError(
                "a bar of the pyramid has several values",
                "x",
                "write `aggregate: sum`, or choose a year with `where:`",
            )
    if channels.mark == "choropleth" and rows:
        if channels.kind != "ordinal":
            raise KawarabanError(
                "{word} is not a column of names", "x", "name the column of the areas", word=channels.x.name
            )
        if not any(row.base in shapes for row in rows):
            raise KawarabanError(
                "no area of the map is called like those of {word}", "boundaries",
                "known there: {names}; where the names are in another column, name it in `key:`",
                word=channels.x.name, names=", ".join(list(shapes)[:10]),
            )  # fmt: skip


def _average_name(count: int, channels: Channels, rows: list[Row], setting: Setting) -> str:
    """Give the name of the moving average, after the step from one place to the next."""
    places = sorted({row.base for row in rows}) if channels.kind == "temporal" else []
    gaps = sorted(after - before for before, after in pairwise(places))
    step = gaps[len(gaps) // 2] if gaps else 0.0
    if step == 1:
        said = setting.say("{count}-day average")
    elif step == 7:
        said = setting.say("{count}-week average")
    elif 28 <= step <= 31:
        said = setting.say("{count}-month average")
    elif 365 <= step <= 366 or is_year(channels.base):
        said = setting.say("{count}-year average")
    else:
        said = setting.say("average of {count}")
    return said.format(count=count)


def _notes(spec: Spec, channels: Channels, raw: Mapping[Any, Any]) -> tuple[tuple[Any, str], ...]:
    """Give the notes that lie within the chart; one of another time waits until its time is shown again."""
    found = []
    for key, said in wishes.notes_of(spec).items():
        if channels.kind == "temporal":
            place: Any = wishes.moment(key)
        elif channels.kind == "quantitative":
            if isinstance(key, bool) or not isinstance(key, int | float):
                raise KawarabanError("{word} in `note:` is not a number", "note", "write a value of `x:`", word=key)
            place = float(key)
        else:
            known = {str(value): base for base, value in raw.items()} | {str(base): base for base in raw}
            if str(key) not in known:
                if is_year(channels.base):
                    continue
                raise unknown("{word} in `note:` is not on the axis", key, known, "note")
            found.append((known[str(key)], said))
            continue
        if raw and min(raw) <= place <= max(raw):
            found.append((place, said))
    return tuple(found)
