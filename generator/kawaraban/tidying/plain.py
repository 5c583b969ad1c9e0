"""A grid whose first row is the header -> tidy table. Every later row is data; nothing is left out."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kawaraban.cache import digest, file_digest, write_beside
from kawaraban.model import Grid, Resource, Table
from kawaraban.tidying.types import Column, infer_schema


def tidy(grid: Grid, resource: Resource, folder: Path) -> Table:
    """Give the tidy table of `grid`. A plain file is its own tidy table; any other is written below `folder`."""
    numbers: list[int] = []
    columns: list[Column] = []
    header: list[str] = []

    def seen() -> Iterator[list[str]]:
        for number, cells in grid.rows:
            if not header:
                header.extend(cells)
                columns.extend(Column(cell) for cell in cells)
            else:
                numbers.append(number)
                for column, cell in zip(columns, cells, strict=False):
                    column.look(cell)
            yield cells

    if grid.plain:
        for _ in seen():
            pass
        file, content = resource.file, file_digest(resource.file)
    else:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(seen())
        body = text.getvalue().encode(errors="surrogatepass")
        content = hashlib.sha256(body).hexdigest()
        file = folder / f"{content}.csv"
        write_beside(file, body)
    first = grid.origin.header + 1
    gapless = numbers == list(range(first, first + len(numbers)))
    schema = resource.schema or infer_schema(columns)
    return Table(
        name=resource.name,
        file=file,
        digest=digest(content, schema),
        columns=tuple(header),
        rows=len(numbers),
        schema=schema,
        inferred=resource.schema is None,
        origin=replace(grid.origin, numbers=None if gapless else tuple(numbers)),
        encoding=grid.encoding,
        problems=grid.problems,
    )
