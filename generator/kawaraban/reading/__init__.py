"""A file on disk -> a `Grid` of text cells (the first row is the header), or its rows as they are (`Raw`).

One file per format, listed in READERS and ROWS.
"""

from collections.abc import Callable
from dataclasses import replace

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Raw, Resource
from kawaraban.reading.disguise import check_disguise, true_kind
from kawaraban.reading.geojson import read_geojson, read_json
from kawaraban.reading.parquet import read_parquet
from kawaraban.reading.size import rows_within_bounds, within_bounds
from kawaraban.reading.text import read_csv, read_lines
from kawaraban.reading.workbook import read_sheet, read_workbook

READERS: dict[str, Callable[[Resource, str], Grid]] = {
    "csv": read_csv,
    "xlsx": read_workbook,
    "geojson": read_geojson,
    "json": read_json,
    "parquet": read_parquet,
}
# what has rows of cells; the others name each cell themselves
ROWS: dict[str, Callable[[Resource, str], Raw]] = {"csv": read_lines, "xlsx": read_sheet}

# what a file truly is -> the form in which it is read
FORMS = {
    "xlsx": "xlsx", "xls": "xlsx", "xlsb": "xlsx", "ods": "xlsx", "parquet": "parquet", "json": "json", "text": "csv",
}  # fmt: skip
__all__ = ["FORMS", "READERS", "ROWS", "read", "read_rows", "true_kind"]


def read(resource: Resource, shown: str) -> Grid:
    """Give the grid of a resource's file; `shown` is the path that problems name.

    Raises KawarabanError where the file as a whole cannot be read.
    """
    _check(resource, shown)
    return within_bounds(READERS[resource.format](resource, shown), shown)


def read_rows(resource: Resource, shown: str) -> Raw:
    """Give every row of a resource's file as it is. Of what has no rows of cells, the first row are the names.

    Raises KawarabanError where the file as a whole cannot be read.
    """
    _check(resource, shown)
    if resource.recipe and resource.recipe.sheet:
        resource = replace(resource, dialect={**resource.dialect, "sheet": resource.recipe.sheet})
    if resource.format in ROWS:
        raw = ROWS[resource.format](resource, shown)
    else:
        grid = READERS[resource.format](resource, shown)
        raw = Raw(grid.origin, grid.rows, grid.encoding, problems=grid.problems)
    return replace(raw, rows=rows_within_bounds(raw, shown))


def _check(resource: Resource, shown: str) -> None:
    if resource.file.stat().st_size == 0:
        raise KawarabanError("the file is empty (0 bytes)", shown, "save it again from the program that made it")
    check_disguise(resource.file, resource.format, shown)
