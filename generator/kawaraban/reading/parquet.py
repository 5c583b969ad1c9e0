"""Parquet -> grid, by pyarrow, a batch at a time."""

from collections.abc import Iterator
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin, Resource
from kawaraban.reading.size import CELLS
from kawaraban.reading.values import text_of

BATCH = 1000  # rows
TEXT = 64 << 20  # bytes in a batch: a text that is stored once can stand in every row


def read_parquet(resource: Resource, shown: str) -> Grid:
    """Give the grid of a Parquet file; rows are numbered from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(resource.file)
        texts = [each.name for each in schema if pa.types.is_string(each.type) or pa.types.is_binary(each.type)]
        source = pq.ParquetFile(resource.file, read_dictionary=texts)
    except (pa.ArrowException, OSError) as error:
        raise _broken(shown, error) from None
    if source.metadata.num_rows * len(schema) > CELLS:
        raise KawarabanError(
            "the table has more than {count} cells", shown, "split it, or bring it as CSV", count=f"{CELLS:,}"
        )
    return Grid(Origin(shown, "rows", header=0), _rows(source, shown), "utf-8")


def _rows(source: Any, shown: str) -> Iterator[tuple[int, list[str]]]:
    import pyarrow as pa

    yield 0, list(source.schema_arrow.names)
    number = 0
    try:
        for batch in source.iter_batches(BATCH):
            if sum(map(_bytes, batch.columns)) > TEXT:
                raise KawarabanError("the cells show {mb} MB of text", shown, "leave that column out", mb=TEXT >> 20)
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, [text_of(value) for value in row]
    except (pa.ArrowException, OSError, OverflowError, UnicodeDecodeError, ValueError) as error:
        raise _broken(shown, error) from None


def _bytes(column: Any) -> int:
    """Give how much text a column of a batch shows; its texts are kept once each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    lengths = pc.binary_length(column.dictionary)
    return int(pc.sum(pc.cast(lengths.take(column.indices), pa.int64())).as_py() or 0)


def _broken(shown: str, error: Exception) -> KawarabanError:
    return KawarabanError("this is not a Parquet file ({detail})", shown, "write it again", detail=error)
