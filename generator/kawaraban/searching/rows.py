"""Rows -> what the search finds of them: a place, a facility, an event by its name. Nothing that looks personal."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kawaraban.checking.persons import find_persons
from kawaraban.model import Dataset, Field, Table
from kawaraban.roles import role_of

MOST = 5_000  # rows of a table; a larger one is found by its title, its columns and its page
ALL = 20_000  # rows of a site: each becomes a small file, and a host has its limits
SAMPLE = 2_000  # rows looked at to choose columns
LONGEST = 160  # letters of a row that are searched and shown
WORDS = 200  # values of a column that are searched where its rows have no name
UNIQUE = 0.9
NAMED = re.compile(r"名称$|名$|^(名前|品目|品名|ごみ|項目|タイトル|件名|name|title|item)$", re.IGNORECASE)
SAYS_NOTHING = re.compile(r".|[\d.,:/()~–-]+[人円件台室名]?")
READING = re.compile(r"カナ|かな|よみ|ふりがな|フリガナ|kana", re.IGNORECASE)
# roles that say who somebody is or how to reach them, and those that nobody looks for
LEFT_OUT = {
    "my-number", "phone", "e-mail", "birth-date", "person", "identifier", "postal-code", "municipality-code", "date",
    "coordinates", "latitude", "longitude",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the search finds: its name, what else its row says, and the dataset's slug."""

    slug: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What the search finds of a table: its rows by name, or, where they have none, the words of its columns."""

    rows: tuple[Row, ...] = ()
    words: tuple[str, ...] = ()


def searched(dataset: Dataset, table: Table) -> Searched:
    """Give what the search finds of a table."""
    if not 0 < table.rows <= MOST or dataset.consolidated:  # the rows of its parts are found at the parts
        return Searched()
    with table.file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    missing = set(table.schema.get("missingValues", [""]))
    columns = list(zip(*([cell if cell not in missing else "" for cell in row] for row in rows), strict=False))
    chosen = _columns(dataset, table, columns)
    name = _name(table.fields, columns, chosen)
    if name is None:
        found = (dict.fromkeys(filter(_says, columns[each])) for each in chosen)
        return Searched(words=tuple(word[:LONGEST] for words in found if len(words) <= WORDS for word in words))
    readings = [each for each in chosen if READING.search(table.fields[each].name)]
    others = [each for each in chosen if each != name and each not in readings] + readings
    things: dict[str, dict[str, None]] = {}
    for number, title in enumerate(columns[name]):
        if title:
            things.setdefault(title, {}).update((columns[each][number], None) for each in others)
    return Searched(
        tuple(
            Row(dataset.slug, title[:LONGEST], "、".join(each for each in said if _says(each))[:LONGEST])
            for title, said in things.items()
        )
    )


def _says(text: str) -> bool:
    """Say whether a cell holds words, and not only a mark or a number."""
    return bool(text) and not SAYS_NOTHING.fullmatch(text)


def within(found: Iterable[Sequence[Row]], most: int = ALL) -> Iterator[Row]:
    """Give the rows of all tables, the smallest tables first, as long as they fit into `most`."""
    left = most
    for rows in sorted(found, key=len):
        if len(rows) > left:
            return
        left -= len(rows)
        yield from rows


def _columns(dataset: Dataset, table: Table, columns: Sequence[Sequence[str]]) -> list[int]:
    """Give the columns of words that say nothing of a person."""
    fields = table.fields[: len(columns)]
    persons = find_persons(
        [each.name for each in fields], lambda column: columns[column][:SAMPLE], f"{dataset.title} {table.name}"
    )
    personal = {*persons.names, *persons.births, *persons.ages, *persons.homes}
    return [
        number
        for number, each in enumerate(fields)
        if each.type in ("string", "any")
        and each.format in ("default", "")
        and number not in personal
        and role_of(each.name) not in LEFT_OUT
    ]


def _name(fields: Sequence[Field], columns: Sequence[Sequence[str]], chosen: Sequence[int]) -> int | None:
    """Give the column that rows are called by: the first whose name says so, else the first that tells them apart."""
    called = [each for each in chosen if NAMED.search(fields[each].name) and not READING.search(fields[each].name)]
    if called:
        return called[0]
    for each in chosen:
        values = [value for value in columns[each] if value]
        if len(values) > len(columns[each]) / 2 and len(set(values)) >= UNIQUE * len(values) > 1:
            return each
    return None
