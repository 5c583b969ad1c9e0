"""A file on disk -> a `Grid` of text cells. One file per format, listed in READERS."""

from collections.abc import Callable

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Resource
from kawaraban.reading.disguise import check_disguise
from kawaraban.reading.geojson import read_geojson
from kawaraban.reading.jsonrows import read_json
from kawaraban.reading.parquet import read_parquet
from kawaraban.reading.size import within_bounds
from kawaraban.reading.text import read_csv
from kawaraban.reading.workbook import read_workbook

READERS: dict[str, Callable[[Resource, str], Grid]] = {
    "csv": read_csv,
    "xlsx": read_workbook,
    "geojson": read_geojson,
    "json": read_json,
    "parquet": read_parquet,
}


def read(resource: Resource, shown: str) -> Grid:
    """Give the grid of a resource's file; `shown` is the path that problems name.

    Raises KawarabanError where the file as a whole cannot be read.
    """
    if resource.file.stat().st_size == 0:
        raise KawarabanError("the file is empty (0 bytes)", shown, "save it again from the program that made it")
    check_disguise(resource.file, resource.format, shown)
    return within_bounds(READERS[resource.format](resource, shown), shown)
