"""Which column of a table of places is what: those that the spec names, else those with the usual names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Field
from kawaraban.views import places
from kawaraban.views.spec import Spec
from kawaraban.views.usable import is_yes_or_no

SHOWN = 6  # columns of a place, where `popup:` names none


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what. `marks` hold yes or no, the other `filters` are chosen by their value."""

    lat: Field
    lon: Field
    name: Field | None = None
    color: Field | None = None
    shown: tuple[Field, ...] = ()
    filters: tuple[Field, ...] = ()
    marks: frozenset[str] = frozenset()
    kana: Field | None = None

    @property
    def all(self) -> tuple[str, ...]:
        given = (self.lat, self.lon, self.name, self.color, *self.shown, *self.filters, self.kana)
        return tuple(dict.fromkeys(each.name for each in given if each))


def columns_of(spec: Spec, rows: Sequence[Mapping[Any, Any]] = ()) -> Columns:
    """Give which column is what; which of the filters hold yes or no is seen from the rows."""
    lat, lon = (_degrees(spec, key, usual) for key, usual in (("lat", places.LATITUDE), ("lon", places.LONGITUDE)))
    name, color = spec.column("name") or places.usual(spec.fields, places.NAMES), spec.column("color")
    hazards = places.hazards(spec.fields)
    asked = spec.values.get("filter")
    chosen = hazards if asked is None else () if asked is False else spec.columns("filter")
    filters = tuple(dict.fromkeys([*([color] if color else []), *chosen]))
    kana = places.like(spec.fields, places.KANA)
    shown = spec.columns("popup") or _worth_showing(spec, {lat, lon, name, kana, *filters, spec.column("id")})
    by_name: dict[str | None, Field] = {each.name: each for each in spec.fields}
    return Columns(
        by_name[lat], by_name[lon], by_name.get(name), by_name.get(color),
        tuple(by_name[each] for each in shown if each not in (name, color)),
        tuple(by_name[each] for each in filters),
        frozenset(
            each for each in filters
            if each != color and (each in hazards or is_yes_or_no(row[each] for row in rows))
        ),
        by_name.get(kana),
    )  # fmt: skip


def _degrees(spec: Spec, key: str, usual: Sequence[str]) -> str:
    column = spec.column(key) or places.usual(spec.fields, usual) or spec.needed(key)
    if spec.field(column).type not in ("number", "integer"):
        raise KawarabanError(
            "{word} is not a column of numbers", key, "name another column, or give it `type: number`", word=column
        )
    return column


def _worth_showing(spec: Spec, taken: set[str | None]) -> tuple[str, ...]:
    """Give the first columns that tell people something, the address before the others."""
    first = places.like(spec.fields, places.ADDRESS)
    rest = [each.name for each in spec.fields if "コード" not in each.name and each.type != "geojson"]
    known = dict.fromkeys([*([first] if first else []), *rest])
    return tuple(each for each in known if each not in taken)[:SHOWN]
