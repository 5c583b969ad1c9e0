"""What a person asks of a chart, checked before any data is read: which column where, which extras together."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.views import axes
from kawaraban.views.marks import MARKS
from kawaraban.views.plot import BARS
from kawaraban.views.sides import sides_of
from kawaraban.views.spec import Spec
from kawaraban.views.text import is_year
from kawaraban.warehouse import AGGREGATES, Select

KEYS = (
    "mark", "x", "y", "color", "facet", "aggregate", "sort", "unit", "limit", "height", "average", "target", "era",
    "bins", "boundaries", "key", "left", "right", "latest", "show", "figure",
)  # fmt: skip
SORTS = ("x", "-x", "y", "-y")
ALONG = ("line", "area", "point", *BARS)  # marks with a base on which moments and averages stand
ONLY: Mapping[str, tuple[str, ...]] = {
    "bins": ("histogram",),
    "boundaries": ("choropleth",),
    "key": ("choropleth",),
    "left": ("pyramid",),
    "right": ("pyramid",),
    "average": ("line", "area", "point", "bar", "stacked bar"),
    "target": (*ALONG, "histogram"),
}


def mark_of(spec: Spec) -> str:
    return str(spec.one_of("mark", tuple(MARKS), "line"))


def is_lying(spec: Spec) -> bool:
    """Say whether bars lie: names along y, numbers along x. What is counted is y, unless only x are numbers."""
    mark, x, y = mark_of(spec), spec.column("x"), spec.columns("y")
    if mark == "pyramid":
        return True
    if mark not in BARS or len(y) != 1 or axes.kind_of(spec.field(y[0])) != "ordinal":
        return False
    if spec.values.get("aggregate") != "count" or x is None:
        return True
    return axes.kind_of(spec.field(x)) == "quantitative" and not is_year(spec.field(x))


def plan(spec: Spec) -> Select:
    """Give what the chart needs of its data."""
    mark = mark_of(spec)
    _together(spec, mark)
    facet, latest = spec.column("facet"), spec.column("latest")
    if mark == "pyramid" and (sides := sides_of(spec)):
        for key, columns in zip(("left", "right"), sides, strict=True):
            for each in columns:
                _numbers(spec, key, each)
        rule = spec.one_of("aggregate", tuple(AGGREGATES), "sum")
        return Select(
            tuple(dict.fromkeys(each for each in (facet, latest) if each)), spec.where, rule, (*sides[0], *sides[1])
        )
    x = spec.needed("x")
    if mark == "histogram":
        _numbers(spec, "x", x)
        return Select(tuple(dict.fromkeys(each for each in (x, facet, latest) if each)), spec.where)
    y, color = spec.columns("y"), spec.column("color")
    if not y:
        spec.needed("y")
    if len(y) > 1 and color:
        raise KawarabanError(
            "several columns in `y:` are already told apart by colour", "color", "leave `color:` out"
        )
    _shape(spec, mark, x, y, color)
    rule = spec.one_of("aggregate", tuple(AGGREGATES), "sum" if mark == "calendar" else None)
    lying = is_lying(spec)
    measures = (x,) if lying else y
    if rule != "count":
        for each in measures:
            _numbers(spec, "x" if lying else "y", each)
    rest = tuple(dict.fromkeys(each for each in (*(y if lying else (x,)), color, facet, latest) if each))
    if rule:
        return Select(rest, spec.where, rule, measures)
    return Select(tuple(dict.fromkeys((*rest, *measures))), spec.where)


def _numbers(spec: Spec, key: str, column: str) -> None:
    if axes.kind_of(spec.field(column)) != "quantitative":
        raise KawarabanError(
            "{word} is not a column of numbers", key,
            "name another column, or give it `type: integer` or `type: number`", word=column,
        )  # fmt: skip


def _shape(spec: Spec, mark: str, x: str, y: tuple[str, ...], color: str | None) -> None:
    """Refuse columns that a mark can make nothing of."""
    if mark == "bar with line" and len(y) < 2:
        raise KawarabanError(
            "`bar with line` needs two columns in `y:`", "y", "write `y: [column of the bars, column of the line]`"
        )
    if mark == "pyramid" and color is None:
        raise KawarabanError(
            "a pyramid needs two sides", "mark", "name the column of the two in `color:`, such as 性別"
        )
    if mark == "calendar" and axes.kind_of(spec.field(x)) != "temporal":
        raise KawarabanError(
            "{word} is not a column of dates", "x", "name another column, or give it `type: date`", word=x
        )
    if mark == "choropleth" and spec.values.get("boundaries") is None:
        raise KawarabanError(
            "a map of areas needs their boundaries", "mark", "name a dataset of GeoJSON areas in `boundaries:`"
        )
    if "average" in spec.values and mark in ("line", "area", "point", "bar") and (color or len(y) > 1):
        raise KawarabanError(
            "`average:` needs one row of values", "average",
            "take one column, or draw the others in panels of their own with `facet:`",
        )  # fmt: skip
    if is_lying(spec) and "average" in spec.values:
        raise KawarabanError("bars that lie have no moving average", "average", "put the dates in `x:`")
    if isinstance(spec.values.get("note"), Mapping) and (mark not in ALONG or is_lying(spec)):
        raise KawarabanError(
            "`note:` with dates belongs to a chart with dates or names in `x:`",
            "note",
            "write `note:` as one sentence",
        )


def _together(spec: Spec, mark: str) -> None:
    """Refuse keys that belong to other marks."""
    for key, marks in ONLY.items():
        if key in spec.values and mark not in marks:
            raise KawarabanError(
                "`{key}:` does not go with `mark: {mark}`", key, "leave it out, or use `mark:` {marks}",
                key=key, mark=mark, marks=", ".join(marks),
            )  # fmt: skip
    if mark == "histogram":
        for key in ("y", "color", "aggregate", "sort", "limit"):
            if key in spec.values:
                raise KawarabanError(
                    "`{key}:` does not go with `mark: {mark}`", key,
                    "leave it out: a histogram counts the rows of `x:`", key=key, mark=mark,
                )  # fmt: skip
    average_of(spec)
    targets_of(spec, "")
    is_era(spec)


def average_of(spec: Spec) -> int:
    """Give how many values the moving average is of; 0 for none."""
    if "average" not in spec.values:
        return 0
    found = spec.number("average", 1)
    if not 2 <= found <= 1000:
        raise KawarabanError(
            "an average of {count} values shows nothing", "average", "write 7, for example", count=found
        )
    return found


def targets_of(spec: Spec, name: str) -> tuple[tuple[str, float], ...]:
    """Give the names and heights of the target lines; `name` is what one without a name is called."""
    value = spec.values.get("target")
    if value is None:
        return ()
    found = value if isinstance(value, Mapping) else {name: value}
    for each in found.values():
        if isinstance(each, bool) or not isinstance(each, int | float) or not abs(each) < 1e15:
            raise KawarabanError(
                "`target:` must be a number", "target", "write `target: 1000`, or `target: {{目標: 1000}}`"
            )
    return tuple((str(key), float(each)) for key, each in found.items())


def is_era(spec: Spec) -> bool:
    value = spec.values.get("era", False)
    if not isinstance(value, bool):
        raise KawarabanError("`era:` must be true or false", "era", "write `era: true`")
    return value


def units_of(spec: Spec) -> list[str]:
    """Give the units that are written: one, or one for each column of y."""
    value = spec.values.get("unit")
    if isinstance(value, list):
        return [str(each) for each in value]
    return [] if value is None else [str(value)]


def notes_of(spec: Spec) -> Mapping[Any, str]:
    """Give the notes that stand at a place of the base; none where `note:` is a sentence."""
    value = spec.values.get("note")
    if not isinstance(value, Mapping):
        return {}
    return {key: str(each) for key, each in value.items() if each is not None}


def moment(key: Any) -> float:
    """Give the moment that a note's key names. Raises KawarabanError where it is no date."""
    if isinstance(key, date):
        return axes.moment_of(key)
    try:
        return axes.moment_of(datetime.fromisoformat(str(key)))
    except ValueError:
        raise KawarabanError(
            "{word} in `note:` is not a date", "note", "write the date like 2025-04-01", word=key
        ) from None
