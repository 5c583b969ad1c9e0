"""The tidy cells of a table -> its columns: type, unit, what is split, and what a standard says of them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from kawaraban.model import Resource, Table
from kawaraban.reading.columns import read_columns
from kawaraban.standards.catalogue import standard
from kawaraban.standards.match import Match, match, match_to
from kawaraban.standards.schema import fields_for
from kawaraban.tidying.inferring import Guess, guess
from kawaraban.tidying.layout import Layout

MARKS = {"", "0", "1"}
SAMPLES = 200  # cells of a column that the standards see


def guesses(table: Table, layout: Layout | None) -> list[Guess]:
    """Give what each column of a table holds, by all its cells and the unit that its header gives."""
    units = {column.name: column.unit for column in layout.columns} if layout else {}
    columns = read_columns(table.file, len(table.columns))
    return [guess(name, units.get(name, ""), columns.values(at)) for at, name in enumerate(table.columns)]


def fields_of(
    guessed: Iterable[Guess], sources: Sequence[str]
) -> tuple[list[Mapping[str, Any]], dict[str, tuple[str, tuple[str, str]]], list[tuple[str, str, str]]]:
    """Give the schema's fields, the columns that are split, and (name, type, source) of each tidy column."""
    guessed = list(guessed)
    taken = {str(each.field["name"]) for each in guessed}
    fields: list[Mapping[str, Any]] = []
    splits: dict[str, tuple[str, tuple[str, str]]] = {}
    columns = []
    for each, source in zip(guessed, sources, strict=True):
        name = str(each.field["name"])
        made: list[Mapping[str, Any]] = [each.field]
        if each.split:
            first, second = ("緯度", "経度") if each.split == "pairs" else (f"{name}_開始", f"{name}_終了")
            if {first, second} & taken:
                first, second = f"{name}_{first}", f"{name}_{second}"
            splits[name] = (each.split, (first, second))
            kind = {"type": "number"} if each.split == "pairs" else {"type": "time", "format": "%H:%M"}
            made = [{"name": first, **kind}, {"name": second, **kind}]
        fields += made
        columns += [(str(one["name"]), str(one["type"]), source) for one in made]
    return fields, splits, columns


def standard_of(table: Table, fields: Sequence[Mapping[str, Any]], resource: Resource, wanted: str) -> Match | None:
    """Give the standard that a table follows: the one that a person has named, or the one that fits."""
    names = [str(each["name"]) for each in fields]
    if wanted:
        return match_to(wanted, names, resource.path)
    columns = read_columns(table.file, len(table.columns))
    samples = {
        name: [cell for cell in islice(columns.values(at), SAMPLES) if cell] for at, name in enumerate(table.columns)
    }
    return match(names, samples, resource.path)


def as_standard(
    fields: Sequence[Mapping[str, Any]], found: Match | None, table: Table
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Give the fields with what their standard says of them where all cells are so, and required ones with blanks.

    The type stays the one that the cells have; a column without a cell, or with marks alone, has the standard's.
    """
    if found is None:
        return list(fields), []
    known, marks = fields_for(found), _marks(found)
    columns = read_columns(table.file, len(table.columns))
    places = {name: at for at, name in enumerate(table.columns)}
    told: list[Mapping[str, Any]] = []
    blanks = []
    for each in fields:
        name = str(each["name"])
        says = known.get(name)
        if says is None or name not in places:
            told.append(each)
            continue
        at = places[name]
        blank = not any(columns.values(at))
        kind = says["type"] if blank else each["type"]
        if name in marks and all(cell in MARKS for cell in columns.values(at)):
            kind = "boolean"
        limits = dict(says.get("constraints", {}))
        if "required" in limits and "" in columns.values(at):
            del limits["required"]
            blanks.append(name)
        if "enum" in limits and (
            kind != "string" or not all(not cell or cell in limits["enum"] for cell in columns.values(at))
        ):
            del limits["enum"]
        words = {"description": says["description"]} if says.get("description") else {}
        told.append({**each, "type": kind, **words, **({"constraints": limits} if limits else {})})
    return told, blanks


def _marks(found: Match) -> set[str]:
    """Give the columns of a table that hold 1 or nothing in its standard."""
    wanted = standard(found.name).columns
    return {name for name, column in found.columns.items() if column and column in wanted and wanted[column].mark}
