"""What of a schema could take frictionless too long: it is found before, taken out of the schema, and said.

frictionless matches each cell by Python's `re`, which goes back and tries anew, and can do so for years. A pattern
that surely cannot costs nothing here. Any other is tried on the same cells in a process that can be killed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kawaraban.checking.backtracking import STEPS, steps
from kawaraban.checking.bare_numbers import bound_numbers
from kawaraban.checking.trial import BATCH, SECONDS, Cells, try_patterns
from kawaraban.model import Dataset, Problem, Table
from kawaraban.reading.columns import columns_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pattern stands: the number of its table and of its field, and the keys from there to it."""

    table: int
    field: int
    keys: tuple[str, ...]
    pattern: str


def bound_patterns(dataset: Dataset, tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """Give the tables with schemas that frictionless can judge in time, and a problem for what was taken out."""
    bounded, problems = bound_numbers(tables)
    doubted = [each for each in _places(tables) if steps(each.pattern, _longest(tables[each.table], each)) > STEPS]
    if not doubted:
        return bounded, problems
    slow, untried = try_patterns([(each.pattern, _cells(tables[each.table], each)) for each in doubted])
    for number in sorted(slow | untried):
        place = doubted[number]
        table = bounded[place.table]
        problems.append(_problem("slow-pattern" if number in slow else "pattern-untried", dataset, table, place))
        bounded[place.table] = replace(table, schema=_without(table.schema, place))
    return bounded, problems


def bound_pattern(pattern: str, cells: Iterable[str]) -> bool:
    """Say whether a pattern ends in time on these cells."""
    known = list(cells)
    if steps(pattern, max(map(len, known), default=0)) <= STEPS:
        return True
    return try_patterns([(pattern, [(cell, 1) for cell in known])]) == (set(), set())


def _places(tables: Sequence[Table]) -> Iterator[Place]:
    """Give every pattern that frictionless would match with cells."""
    for number, table in enumerate(tables):
        for index, field in enumerate(table.schema.get("fields", [])):
            for keys in ((), ("arrayItem",)):
                holder: Any = field.get(keys[0]) if keys else field
                constraints = holder.get("constraints") if isinstance(holder, Mapping) else None
                pattern = constraints.get("pattern") if isinstance(constraints, Mapping) else None
                if isinstance(pattern, str):
                    yield Place(number, index, (*keys, "constraints"), pattern)


def _columns(table: Table, place: Place) -> Iterator[tuple[Any, list[str]]]:
    """Give the cells that a field may be matched with: columns as Arrow arrays, each beside those of odd rows."""
    columns = columns_of(table)
    for column in _meant(table, place):
        yield columns.column(column), [text for _, text in columns.odd(column)]


def _meant(table: Table, place: Place) -> list[int]:
    """Give the columns that a field may be that of: the one at its place, and those of its name."""
    name = table.schema["fields"][place.field].get("name")
    return [column for column, label in enumerate(table.columns) if column == place.field or label == name]


def _longest(table: Table, place: Place) -> int:
    """Give the number of letters of the longest cell."""
    columns = columns_of(table)
    if columns.lists is not None:
        return max((len(cell) for column in _meant(table, place) for cell in columns.values(column)), default=0)
    import pyarrow.compute as pc

    found = [0]
    for array, ragged in _columns(table, place):
        found += [pc.max(pc.utf8_length(array)).as_py() or 0, *map(len, ragged)]
    return max(found)


def _cells(table: Table, place: Place) -> Cells:
    """Give the cells that a pattern is matched with, each with how often it stands there."""
    for array, ragged in _columns(table, place):
        counted = array.value_counts()
        for start in range(0, len(counted), BATCH):
            for each in counted[start : start + BATCH].to_pylist():
                yield from _items(each["values"], each["counts"], place)
        for cell in ragged:
            yield from _items(cell, 1, place)


def _items(cell: str, times: int, place: Place) -> Cells:
    """Give the cell, or the texts in it where the pattern is one of an array's items."""
    if place.keys[0] != "arrayItem":
        yield cell, times
        return
    try:
        listed = json.loads(cell)
    except (ValueError, RecursionError):
        return
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, str):
            yield each, times


def _without(schema: Mapping[str, Any], place: Place) -> Mapping[str, Any]:
    """Give the schema without one of its patterns."""

    def cut(value: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
        if not keys:
            return {key: each for key, each in value.items() if key != "pattern"}
        return {**value, keys[0]: cut(value[keys[0]], keys[1:])}

    fields = list(schema["fields"])
    fields[place.field] = cut(fields[place.field], place.keys)
    return {**schema, "fields": fields}


def _problem(kind: str, dataset: Dataset, table: Table, place: Place) -> Problem:
    """Give the problem at the line of the pattern, or the nearest above it that is known."""
    own = [each.descriptor for each in dataset.resources if each.name == table.name]
    listed = dataset.descriptor.get("resources")
    index = next((at for at, each in enumerate(listed or []) if any(each is one for one in own)), 0)
    path: tuple[str | int, ...] = ("resources", index, "schema", "fields", place.field, *place.keys, "pattern")
    line = next((dataset.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in dataset.lines), None)
    return Problem(
        kind, path=dataset.source, line=line,
        label=str(table.schema["fields"][place.field].get("name", "")), value=place.pattern,
        details={"seconds": int(SECONDS)},
    )  # fmt: skip
