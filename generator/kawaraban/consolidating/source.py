"""One dataset -> its rows in the columns of the standard, cleaned by what these hold; what is not sure stays."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kawaraban.analysis.as_of import as_of
from kawaraban.analysis.consolidation import Source
from kawaraban.analysis.summary import Part
from kawaraban.analysis.writing import municipality
from kawaraban.errors import KawarabanError
from kawaraban.model import Dataset, Resource, Table, Verdict
from kawaraban.reading.columns import columns_of
from kawaraban.roles import role_of
from kawaraban.standards.catalogue import Column, Standard
from kawaraban.standards.match import Match, match, match_to
from kawaraban.tidying.steps import STEPS, cleaner

SAMPLES = 200  # cells of a column that tell what it holds
# what the standard has as text, though it is a number with a unit
MEASURED = {"想定収容人数": ("integer", "人"), "標高": ("number", "m")}
# the standard's columns that say whose rows they are, the surest first
OWNERS = (("都道府県名", "市区町村名"), ("所在地_都道府県", "地方公共団体名"), ("", "所在地_連結表記"))
PLACE = ("所在地_連結表記", "緯度", "所在地_番地以下")  # with a name, one of these makes a row a place


@dataclass(frozen=True, slots=True)
class Taken:
    """A dataset with its tables and the verdict on them."""

    dataset: Dataset
    tables: Sequence[Table]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Sourced:
    """A table as a source of rows. `columns` gives the tidy column, from 0, of each of the standard's that it has."""

    source: Source
    table: Table
    columns: Mapping[str, int]
    part: Part


def recognise(dataset: Dataset, resource: Resource, table: Table) -> Match | None:
    """Give the standard that a table follows: the one that its descriptor names, else the one that it looks like."""
    named = dataset.own.get("standard")
    if isinstance(named, str) and named:
        return match_to(named, table.columns, resource.path)
    cells = columns_of(table)
    samples: dict[str, Sequence[str]] = {}
    for index, name in enumerate(table.columns):
        samples.setdefault(name, [cell for _, cell in zip(range(SAMPLES), cells.values(index), strict=False)])
    return match(table.columns, samples, resource.path)


def fit(standard: Standard, found: Match | None, resource: Resource, table: Table) -> Match:
    """Give how a table fits the standard; KawarabanError where its rows are not of that kind."""
    if found is not None and found.name == standard.name:
        return found
    if found is not None:
        raise KawarabanError(
            "the columns of “{file}” are those of {other}, not of {standard}", resource.path,
            "take it out of `consolidate:`, or name its `standard:` in its descriptor", file=resource.path,
            other=found.title, standard=standard.title,
        )  # fmt: skip
    forced = match_to(standard.name, table.columns, resource.path)
    had = {column for column in forced.columns.values() if column}
    if "名称" in standard.columns:
        fits = "名称" in had and any(each in had for each in PLACE)
    else:
        fits = len(had) * 2 >= len(forced.columns)
    if not fits:
        raise KawarabanError(
            "the columns of “{file}” are not those of {standard}", resource.path,
            "give them the names of the standard, or take it out of `consolidate:`", file=resource.path,
            standard=standard.title,
        )  # fmt: skip
    return forced


def source_of(taken: Taken, resource: Resource, table: Table, standard: Standard, found: Match) -> Sourced:
    """Give a table's rows in the columns of the standard's newest edition."""
    dataset = taken.dataset
    means = {name: column for name, column in found.columns.items() if column}
    at: dict[str, int] = {}
    for index, name in enumerate(table.columns):
        if name in means:
            at.setdefault(means[name], index)
    lists = _lists(table)
    cells = {name: _cleaned(standard.columns[name], lists[index]) for name, index in at.items()}
    cells = {name: each for name, each in cells.items() if any(each)}
    publisher = _publisher(dataset, cells)
    if "地方公共団体名" not in cells and "市区町村名" in cells:
        regions = cells.get("都道府県名") or [""] * table.rows
        cells["地方公共団体名"] = [region + town for region, town in zip(regions, cells["市区町村名"], strict=True)]
    told = dataset.descriptor.get("modified") or dataset.descriptor.get("created")
    origin = table.origin
    source = Source(
        dataset.slug,
        publisher,
        str(told) if told else as_of(resource.path, dataset.title, str(dataset.descriptor.get("version") or "")),
        resource.path,
        origin.sheet or "",
        [origin.row(index) for index in range(table.rows)],
        {name: cells[column] for name, column in standard.newest.columns.items() if column in cells},
        list(zip(*(each for name, each in zip(table.columns, lists, strict=True) if not _counts(name)), strict=True))
        or [()] * table.rows,
        taken.verdict.valid,
    )
    kept = {column for name, column in standard.newest.columns.items() if name in source.cells}
    kept |= {"都道府県名", "市区町村名"} & set(at) if "地方公共団体名" in kept else set()
    others = [
        (name, filled)
        for index, name in enumerate(table.columns)
        if at.get(means.get(name, "")) != index or means[name] not in kept
        if (filled := sum(map(bool, lists[index])))
    ]
    part = Part(
        dataset.slug, dataset.title, publisher, source.as_of, source.file, source.sheet, table.rows,
        recognised=len(at), columns=len([name for name in table.columns if name.strip()]), others=tuple(others),
        left_out=tuple((why, len(rows)) for why, rows in table.left_out.items()), checked=source.checked,
    )  # fmt: skip
    return Sourced(
        source, table, {name: at[column] for name, column in standard.newest.columns.items() if column in at}, part
    )


def _counts(name: str) -> bool:
    """Say whether a column only numbers the rows."""
    return role_of(name) == "identifier"


def field_of(column: Column) -> Mapping[str, Any]:
    """Give what a column should hold as a Table Schema field; the standard has some numbers as text."""
    field: dict[str, Any] = {"name": column.name, "type": "boolean" if column.mark else column.type}
    if column.name in MEASURED:
        field["type"], field["unit"] = MEASURED[column.name]
    if column.type in ("date", "time", "datetime") and column.format != "default":
        field["format"] = column.format
    return field


def _cleaned(column: Column, cells: Sequence[str]) -> list[str]:
    return list(map(cleaner(field_of(column), STEPS), cells))


def _lists(table: Table) -> list[list[str]]:
    """Give the cells of every column, those of too short rows too."""
    columns = columns_of(table)
    rows = columns.take(range(table.rows))
    width = len(table.columns)
    filled = [[*cells[:width], *[""] * (width - len(cells))] for cells in rows]
    return [list(each) for each in zip(*filled, strict=True)] or [[] for _ in range(width)]


def _publisher(dataset: Dataset, cells: Mapping[str, Sequence[str]]) -> str:
    """Give the municipality that most rows name; else who publishes the dataset; else its title."""
    for region, town in OWNERS:
        if town in cells:
            regions = cells.get(region) or [""] * len(cells[town])
            named = Counter(
                municipality(before, name) for before, name in zip(regions, cells[town], strict=True) if name
            )
            most, count = max(named.items(), key=lambda each: each[1], default=("", 0))
            if most and count * 2 > sum(named.values()):
                return most
    for key in ("contributors", "sources"):
        for each in dataset.listed(key):
            if each.get("title"):
                return str(each["title"])
    return dataset.title


def with_found(sourced: Sourced, found: int) -> Sourced:
    """Give a source that says how many of its rows the references hold too."""
    return replace(sourced, part=replace(sourced.part, found=found))
