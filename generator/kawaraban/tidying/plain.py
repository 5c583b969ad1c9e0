"""A grid whose first row is the header -> tidy table. Every later row is data; nothing is left out."""

import csv
import tempfile
from array import array
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kawaraban.cache import digest, file_digest
from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Resource, Table
from kawaraban.reading.columns import read_columns
from kawaraban.tidying.types import infer_schema


def tidy(grid: Grid, resource: Resource, folder: Path) -> Table:
    """Give the tidy table of `grid`. A plain file is its own tidy table; any other is written below `folder`.

    Raises KawarabanError where the file turns out to be no table on the way.
    """
    numbers: tuple[int, ...] | None = None
    number, header = next(grid.rows)
    if grid.plain:
        file, content = resource.file, file_digest(resource.file)
    else:
        file, content, all_numbers = write_tidy(header, grid.rows, folder)
        numbers = gaps(all_numbers, number + 1)
    try:
        columns = read_columns(file, len(header))
    except csv.Error as error:
        raise KawarabanError(
            "this is not a CSV file ({detail})",
            grid.origin.path,
            "save it again as CSV from the program that made it",
            detail=error,
        ) from None
    schema = resource.schema or infer_schema(header, columns)
    return Table(
        name=resource.name,
        file=file,
        digest=digest(content, schema),
        columns=tuple(header),
        rows=columns.rows,
        schema=schema,
        inferred=resource.schema is None,
        origin=replace(grid.origin, numbers=numbers),
        encoding=grid.encoding,
        problems=grid.problems,
    )


def gaps(numbers: "array[int]", first: int) -> "tuple[int, ...] | None":
    """Give the rows' numbers; None where they follow each other from `first` on, as those of most files do."""
    gapless = all(each == at for at, each in enumerate(numbers, start=first))
    return None if gapless else tuple(numbers)


def write_tidy(
    header: list[str], rows: Iterator[tuple[int, list[str]]], folder: Path
) -> tuple[Path, str, "array[int]"]:
    """Write the tidy file, named by its content; give it, its digest, and the rows' numbers in the officer's file."""
    numbers: array[int] = array("q")

    def seen() -> Iterator[list[str]]:
        for number, cells in rows:
            numbers.append(number)
            yield cells

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as beside:
        written = Path(beside) / "tidy.csv"
        with written.open("w", encoding="utf-8", newline="", errors="surrogatepass") as stream:
            writer = csv.writer(stream)  # its \r\n makes it quote a cell that holds either
            writer.writerow(header)
            writer.writerows(seen())
        content = file_digest(written)
        file = folder / f"{content}.csv"
        written.replace(file)
    return file, content, numbers
