"""Lists of several publishers -> one list, with the groups of rows that are one place and in what these differ.

Nothing is averaged, and no list is preferred.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kawaraban.analysis.places import Place, same_places
from kawaraban.analysis.writing import NUMBER, digits, plain_address, plain_value, town_in

APART = 30.0  # metres: two lists that put a place farther apart differ
# concepts of which two lists may say different things and both be right
OWN = frozenset({"identifier", "municipality", "municipality code", "remark"})
COMPARED: Mapping[str, Callable[[str], str]] = {
    "address": plain_address, "phone": digits, "": plain_value,
}  # fmt: skip
NO = "0"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of one publisher: `cells` by the standard's column, the `numbers` of its rows in the file.

    `said` is, by row, all that the file says but for the row's own number.
    """

    slug: str
    publisher: str
    as_of: str
    file: str
    sheet: str
    numbers: Sequence[int]
    cells: Mapping[str, Sequence[str]]
    said: Sequence[tuple[str, ...]]
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the standard. `concept` says what it is for comparing: name, address, latitude, hazard, ..."""

    name: str
    concept: str = ""
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the consolidated table: cells by the columns, the number of its source, its row in the file."""

    cells: tuple[str, ...]
    source: int
    number: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the rows of a group say of one column, each value with the numbers of the rows that say so."""

    column: str
    values: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are one place, by their index, and in what they differ."""

    rows: tuple[int, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Combined:
    """All rows of all sources, in their order; `groups` in the order of their first rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    places: tuple[Place, ...] = field(default=(), repr=False)

    def group_of(self) -> dict[int, int]:
        """Give the number of the group, from 1, of every row that is in one."""
        return {row: number for number, group in enumerate(self.groups, start=1) for row in group.rows}


def combine(sources: Sequence[Source], columns: Sequence[Column]) -> Combined:
    """Give the rows of all sources in the columns that at least one of them has, and which of them are one place."""
    kept = tuple(column for column in columns if any(column.name in each.cells for each in sources))
    rows = []
    for at, source in enumerate(sources):
        lists = [source.cells.get(column.name) or [""] * len(source.numbers) for column in kept]
        rows += [
            Row(cells, at, number, said)
            for cells, number, said in zip(zip(*lists, strict=True), source.numbers, source.said, strict=True)
        ]
    places = tuple(places_of(rows, kept))
    blank_is_no = _blanks_that_mean_no(rows, kept)
    members: dict[int, list[int]] = {}
    for index, group in enumerate(same_places(places)):
        if group is not None:
            members.setdefault(group, []).append(index)
    groups = tuple(
        Group(tuple(each), _differences([(index, rows[index]) for index in each], kept, places, blank_is_no))
        for _, each in sorted(members.items())
    )
    return Combined(kept, tuple(rows), groups, places)


def places_of(rows: Sequence[Row], columns: Sequence[Column]) -> list[Place]:
    """Give each row as a place."""
    at = {column.concept: index for index, column in reversed(list(enumerate(columns))) if column.concept}

    def cell(row: Row, concept: str) -> str:
        return row.cells[at[concept]] if concept in at else ""

    return [
        Place(
            name=cell(row, "name"),
            address=(address := cell(row, "address")),
            latitude=degrees(cell(row, "latitude")),
            longitude=degrees(cell(row, "longitude")),
            source=row.source,
            town=town_in(cell(row, "municipality")) or town_in(address),
            said=tuple(
                text for column, text in zip(columns, row.cells, strict=True) if column.concept != "identifier"
            ),
        )
        for row in rows
    ]


def degrees(cell: str) -> float | None:
    """Give a latitude or longitude as a number; None where a cell holds none (0 is none in Japan)."""
    return float(cell) or None if NUMBER.fullmatch(cell) else None


def _blanks_that_mean_no(rows: Sequence[Row], columns: Sequence[Column]) -> set[tuple[int, int]]:
    """Give (source, column) of the yes-or-no columns that a source fills in with yes alone: there a blank is a no."""
    said: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        for index, column in enumerate(columns):
            if column.flag and row.cells[index]:
                said.setdefault((row.source, index), set()).add(row.cells[index])
    return {key for key, values in said.items() if NO not in values}


def _differences(
    rows: Sequence[tuple[int, Row]], columns: Sequence[Column], places: Sequence[Place], no: set[tuple[int, int]]
) -> tuple[Difference, ...]:
    found = []
    apart = _width([places[number] for number, _ in rows]) > APART
    for index, column in enumerate(columns):
        if column.concept in OWN or (column.concept in ("latitude", "longitude") and not apart):
            continue
        compare = COMPARED.get(column.concept, plain_value)
        said: dict[str, tuple[str, list[int]]] = {}
        for number, row in rows:
            cell = row.cells[index]
            if cell or (row.source, index) in no:
                same = places[number].key if column.concept == "name" else compare(cell) if cell else NO
                said.setdefault(same, (cell, []))[1].append(number)
        if len(said) > 1:
            found.append(Difference(column.name, tuple((value, tuple(each)) for value, each in said.values())))
    return tuple(found)


def _width(places: Sequence[Place]) -> float:
    """Give how far places lie apart at most, from corner to corner, in metres."""
    north = [each.latitude for each in places if each.latitude is not None]
    east = [each.longitude for each in places if each.longitude is not None]
    if not north or not east:
        return 0.0
    return Place("", "", min(north), min(east)).metres(Place("", "", max(north), max(east))) or 0.0
