"""CSV and its relatives -> grid. Python's csv module decides, as it does for frictionless."""

import csv
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin, Resource
from kawaraban.reading.encoding import detect_encoding

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 50  # rows looked at to find the delimiter
KEYS = {"delimiter": "delimiter", "quoteChar": "quotechar", "escapeChar": "escapechar"}

csv.field_size_limit(128 << 20)


def read_csv(resource: Resource, shown: str) -> Grid:
    """Give the grid of a text table. Rows are numbered as a spreadsheet shows them, blank lines included."""
    encoding, _ = detect_encoding(resource.file, resource.encoding, shown)
    options = csv_options(resource, encoding)
    rows = _rows(resource.file, encoding, options, shown)
    for number, cells in rows:
        if any(cells):
            origin = Origin(shown, header=number)
            plain = number == 1 and encoding == "utf-8" and options == {"delimiter": ","}
            return Grid(origin, chain([(number, cells)], rows), encoding, plain)
    raise KawarabanError("the file has no rows", shown, "put the column names into the first row")


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
