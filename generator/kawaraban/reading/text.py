"""CSV and its relatives -> grid. Python's csv module decides, as it does for frictionless."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin, Problem, Raw, Resource
from kawaraban.reading.encoding import detect_encoding
from kawaraban.reading.size import LETTERS

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 50  # rows looked at to find the delimiter
HEAD = 100  # rows looked at to find the header
OWN = {"header", "headerRows", "commentChar", "commentRows", "skipBlankRows"}  # a file with these is not plain
KEYS = {"delimiter": "delimiter", "quoteChar": "quotechar", "escapeChar": "escapechar"}


def read_lines(resource: Resource, shown: str) -> Raw:
    """Give every row of a text table, numbered as a spreadsheet shows them, blank lines included."""
    csv.field_size_limit(LETTERS)  # each time: frictionless takes the limit away when it is imported
    encoding, why = detect_encoding(resource.file, resource.encoding, shown)
    options = csv_options(resource, encoding)
    return Raw(Origin(shown, header=0), _rows(resource.file, encoding, options, shown), encoding, why)


def read_csv(resource: Resource, shown: str) -> Grid:
    """Give the grid of a text table. Rows are numbered as a spreadsheet shows them, blank lines included.

    The header is where `dialect:` says (`header`, `headerRows`), else the first row about as wide as the table is.
    """
    csv.field_size_limit(LETTERS)  # each time: frictionless takes the limit away when it is imported
    encoding, _ = detect_encoding(resource.file, resource.encoding, shown)
    options = csv_options(resource, encoding)
    rows = _commented(_rows(resource.file, encoding, options, shown), resource.dialect)
    head = list(islice(rows, HEAD))
    if not any(any(cells) for _, cells in head):
        raise KawarabanError("the file has no rows", shown, "put the column names into the first row")
    if resource.dialect.get("header") is False:
        names = field_names(resource.schema) or [f"field{each}" for each in range(1, len(head[0][1]) + 1)]
        return Grid(Origin(shown, header=0), chain([(0, names), *head], rows), encoding)
    at, labels = find_header(head, resource.dialect)
    above = [number for number, cells in head[:at] if any(cells)]
    problems = (Problem("title-rows", "warning", shown, details=_span(above)),) if above else ()
    number = head[at][0]
    origin = Origin(shown, header=number)
    plain = (
        number == 1 and encoding == "utf-8" and options == {"delimiter": ","} and not resource.dialect.keys() & OWN
    )
    return Grid(origin, chain([(number, labels), *head[at + 1 :]], rows), encoding, plain, problems)


def find_header(head: Sequence[tuple[int, list[str]]], dialect: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Give the place of the (last) header row in `head`, and the column names.

    Without a word in `dialect:` it is the first row that holds something and has about as many cells as rows have
    on average: frictionless goes by the same rule.
    """
    wanted = dialect.get("headerRows")
    if isinstance(wanted, list) and wanted and all(isinstance(each, int) for each in wanted):
        found = [at for at, (number, _) in enumerate(head) if number in wanted]
        if found:
            return found[-1], _joined([head[at][1] for at in found], str(dialect.get("headerJoin", " ")))
    width = round(sum(len(cells) for _, cells in head) / len(head))
    drift = max(round(width * 0.1), 1)
    filled = [at for at, (_, cells) in enumerate(head) if any(cells)]
    usual = [at for at in filled if abs(len(head[at][1]) - width) <= drift]
    at = (usual if usual and "header" not in dialect else filled)[0]
    return at, head[at][1]


def _joined(rows: Sequence[list[str]], between: str) -> list[str]:
    """Give one name per column out of several header rows; a cell that repeats the one above it counts once."""
    names: list[str] = []
    above: dict[int, str] = {}
    for cells in rows:
        for column, cell in enumerate(cells):
            if above.get(column) == cell:
                continue
            above[column] = cell
            if len(names) <= column:
                names.append(cell)
            else:
                names[column] = between.join([names[column], cell])
    return names


def field_names(schema: Mapping[str, Any] | None) -> list[str]:
    """Give the names of a schema's fields."""
    return [str(each.get("name", "")) for each in (schema or {}).get("fields", [])]


def _commented(rows: Iterator[tuple[int, list[str]]], dialect: Mapping[str, Any]) -> Iterator[tuple[int, list[str]]]:
    """Leave out the rows that `dialect:` calls comments, and blank ones where it says so."""
    mark, named, blank = dialect.get("commentChar"), dialect.get("commentRows"), dialect.get("skipBlankRows") is True
    numbers = set(named) if isinstance(named, list) else set()
    if not (mark or numbers or blank):
        return rows
    return (
        (number, cells)
        for number, cells in rows
        if number not in numbers
        and not (isinstance(mark, str) and mark and cells and cells[0].startswith(mark))
        and not (blank and not any(cells))
    )


def _span(numbers: Sequence[int]) -> Mapping[str, Any]:
    return {"rows": str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"}


def csv_options(resource: Resource, encoding: str) -> dict[str, Any]:
    """Give the options for `csv.reader`: the descriptor's dialect, and the delimiter the file shows."""
    dialect = {**resource.dialect, **_block(resource.dialect, "csv")}
    options: dict[str, Any] = {name: dialect[key] for key, name in KEYS.items() if dialect.get(key)}
    if dialect.get("skipInitialSpace"):
        options["skipinitialspace"] = True
    for name in ("delimiter", "quotechar", "escapechar"):
        given = options.get(name)
        if name in options and (not isinstance(given, str) or len(given) != 1 or given in "\r\n\x00"):
            raise KawarabanError(
                "`{key}` in `dialect:` must be one character",
                resource.path,
                'for a tab write "\\t"',
                key=name,
            )
    if options.get("delimiter") in (options.get("quotechar", '"'), options.get("escapechar", '"')):
        raise KawarabanError(
            "`delimiter` in `dialect:` must differ from `quoteChar` and `escapeChar`",
            resource.path,
            "name the character that stands between two cells",
        )
    if "delimiter" not in options:
        with resource.file.open(encoding=encoding, newline="") as stream:
            options["delimiter"] = find_delimiter(list(islice(stream, SAMPLE)))
    if options.get("quotechar") == '"':
        del options["quotechar"]
    return options


def find_delimiter(lines: list[str]) -> str:
    """Give the delimiter that cuts the most rows into the same number (above 1) of cells."""
    best, score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count, default=0)
        if usual > 1:
            agreement = widths.count(usual) / len(widths) + min(usual, 100) / 1000
            if agreement > score:
                best, score = delimiter, agreement
    return best


def _block(dialect: Any, name: str) -> dict[str, Any]:
    block = dialect.get(name)
    return dict(block) if isinstance(block, dict) else {}


def _rows(file: Path, encoding: str, options: dict[str, Any], shown: str) -> Iterator[tuple[int, list[str]]]:
    with file.open(encoding=encoding, newline="") as stream:
        try:
            reader = csv.reader(stream, **options)
        except (TypeError, ValueError) as error:
            raise KawarabanError(
                "this is not a CSV file ({detail})", shown, "correct the `dialect:`", detail=str(error)
            ) from None
        try:
            yield from enumerate(reader, start=1)
        except csv.Error as error:
            raise KawarabanError(
                "this is not a CSV file ({detail})",
                f"{shown}:{reader.line_num}",
                "check the quotes on that line; in a quoted cell, write a quote twice",
                detail=error,
            ) from None
