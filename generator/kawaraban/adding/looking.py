"""A file -> its rows and their layout: the sheet, the header, and the table by the draft of a recipe."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from kawaraban.errors import KawarabanError
from kawaraban.model import Raw, Recipe, Resource, Table
from kawaraban.reading import FORMS, read, read_rows, true_kind
from kawaraban.reading.columns import read_columns
from kawaraban.tidying.apply import TAIL, tidy_by
from kawaraban.tidying.drafting import settle, settle_by_tail
from kawaraban.tidying.layout import Layout, find_head, find_layout
from kawaraban.tidying.plain import tidy

# the endings of what is read in each form; the first is given to a file whose own is another
ENDINGS = {
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    "geojson": (".geojson", ".json"),
    "json": (".json",),
    "parquet": (".parquet",),
}
LARGE = 20 << 20  # bytes of a text file: its first rows are looked at, and the rest is read as a stream
MANY = 5000  # rows of a sheet, likewise
HEAD = 500  # rows
SHEETS = 10  # that are looked at
OWN_SHARE = 0.2  # of the cells of the fullest sheet: the first sheet is a table of its own

Rows = list[tuple[int, list[str]]]


def form_of(file: Path) -> str:
    """Give the form in which a file is to be read, by what it is, whatever its name says."""
    if file.stat().st_size == 0:
        raise KawarabanError("the file is empty (0 bytes)", file.name, "save it again from the program that made it")
    kind = true_kind(file)
    named = kind == "text" and file.suffix.casefold() in (".json", ".geojson")  # a list of texts, or broken
    form = "json" if named else FORMS.get(kind)
    if form == "json":
        with file.open("rb") as stream:
            head = stream.read(1 << 16)
        return "geojson" if re.search(rb'"type"\s*:\s*"Feature', head) else "json"
    return form or "csv"


def look(resource: Resource) -> tuple[Raw, Rows, Layout | None, list[str]]:
    """Give a file's rows as they are (of a large text its first ones), their layout, and the other sheets."""
    raw = read_rows(resource, resource.path)
    if raw.origin.form != "sheet":
        return raw, [], None, []
    if resource.format == "csv" and resource.file.stat().st_size > LARGE:
        rows = list(islice(raw.rows, HEAD))
        return raw, rows, find_head(rows, raw.merged), []
    rows = list(raw.rows)
    if not any(any(cells) for _, cells in rows) and len(raw.sheets) < 2:
        raise KawarabanError("the file has no rows", resource.path, "put the column names into the first row")
    layout = _layout(rows, raw)
    named = [each for each in raw.sheets if each != raw.origin.sheet]
    if not named or resource.dialect.get("sheet"):
        return raw, rows, layout, []
    best, most = (raw, rows, layout), _cells(rows, layout)
    own = most
    for name in named[: SHEETS - 1]:
        other = read_rows(replace(resource, dialect={"sheet": name}), resource.path)
        its_rows = list(other.rows)
        its_layout = _layout(its_rows, other)
        count = _cells(its_rows, its_layout)
        if count > most and own < OWN_SHARE * count:
            best, most = (other, its_rows, its_layout), count
    first = raw.origin.sheet
    rest = [each for each in (first, *named) if each and each != best[0].origin.sheet]
    return (*best, rest)


def _layout(rows: Sequence[tuple[int, list[str]]], raw: Raw) -> Layout:
    return find_layout(rows, raw.merged) if len(rows) <= MANY else find_head(rows[:HEAD], raw.merged)


def _cells(rows: Sequence[tuple[int, list[str]]], layout: Layout) -> int:
    """Give how many cells of data a sheet has; a form or a text is no table."""
    lost = sum(len(each.rows) for each in layout.dropped)
    body = len(rows) - lost - len(layout.header_rows)
    return 0 if len(layout.columns) < 2 or not layout.header_rows else max(body, 0) * len(layout.columns)


def read_by(
    resource: Resource, raw: Raw, rows: Rows, recipe: Recipe, layout: Layout, plain: bool,
    folder: Path,
) -> tuple[Table, Recipe, bool]:  # fmt: skip
    """Give the tidy table by the draft of the recipe, settled with what the layout says of single rows."""
    streamed = resource.format == "csv" and resource.file.stat().st_size > LARGE

    def again() -> Raw:
        return read_rows(resource, resource.path) if streamed else replace(raw, rows=iter(rows))

    def made(by: Recipe) -> Table:
        return tidy_by(again(), replace(resource, recipe=by), folder)

    if not streamed and len(rows) <= MANY:
        table = made(recipe)
        settled = settle(recipe, layout, table)
        return (table if settled == recipe else made(settled)), settled, plain and settled == recipe
    table = tidy(read(resource, resource.path), resource, folder) if plain and streamed else made(recipe)
    columns = read_columns(table.file, len(table.columns))
    last = range(max(columns.rows - TAIL, 0), columns.rows)
    tail = [(table.origin.row(at), cells) for at, cells in zip(last, columns.take(list(last)), strict=True)]
    settled = settle_by_tail(recipe, layout, tail)
    return (table if settled == recipe else made(settled)), settled, plain and settled == recipe
