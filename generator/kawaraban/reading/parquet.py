"""Parquet -> grid, by pyarrow, a batch at a time."""

from collections.abc import Iterator
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin, Resource
from kawaraban.reading.values import text_of


def read_parquet(resource: Resource, shown: str) -> Grid:
    """Give the grid of a Parquet file; rows are numbered from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        source = pq.ParquetFile(resource.file)
    except (pa.ArrowException, OSError) as error:
        raise KawarabanError("this is not a Parquet file ({detail})", shown, "write it again", detail=error) from None
    return Grid(Origin(shown, "rows", header=0), _rows(source), "utf-8")


def _rows(source: Any) -> Iterator[tuple[int, list[str]]]:
    yield 0, list(source.schema_arrow.names)
    number = 0
    for batch in source.iter_batches():
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield number, [text_of(value) for value in row]
