"""A tidy CSV -> its cells by column, in Arrow. What Python's csv module sees in the file is the law.

A large table does not stay in memory: it is kept by column in a temporary file, and one column at a time is read.
"""

import csv
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

SMALL = 1 << 20  # bytes; such a file is read by Python's csv itself
LARGE = 192 << 20  # bytes; such a file is not held in memory
BLOCK = 8 << 20
ROWS = 50_000  # to a batch, where Python reads

csv.field_size_limit(128 << 20)


class Columns:
    """The cells of a table, the header aside. Rows count from 0.

    `ragged` holds the rows whose number of cells is not the header's, as (row, cells); the columns hold the
    `regular` others, all text, in order.
    """

    def __init__(self, width: int, ragged: list[tuple[int, list[str]]], regular: int) -> None:
        self.width = width
        self.ragged = ragged
        self.regular = regular
        self.table: Any = None
        self.folder: Path | None = None

    @property
    def rows(self) -> int:
        return self.regular + len(self.ragged)

    def column(self, index: int) -> Any:
        """Give a column of the regular rows as an Arrow array of text, in chunks."""
        if self.table is not None:
            return self.table.column(index)
        import pyarrow.parquet as pq

        return pq.read_table(self.file, columns=[f"c{index}"]).column(0)

    @property
    def file(self) -> Path:
        """The Parquet file of a table that is not in memory."""
        return (self.folder or Path()) / "columns.parquet"

    def numbers(self) -> Any:
        """Give the row of each regular row, as a numpy array of int64."""
        import numpy as np

        found = np.arange(self.rows, dtype=np.int64)
        return np.delete(found, [row for row, _ in self.ragged]) if self.ragged else found

    def number(self, position: int) -> int:
        """Give the row that the regular row at `position` is."""
        for row, _ in self.ragged:
            if row > position:
                break
            position += 1
        return position


def read_columns(file: Path, digest: str, width: int) -> Columns:
    """Give the columns of a tidy file (UTF-8, one header row of `width` cells); `digest` is that of its bytes.

    The last one asked for is kept, because several rooms ask for the same.
    """
    return _read(file, digest, width)


@lru_cache(maxsize=1)
def _read(file: Path, digest: str, width: int) -> Columns:  # noqa: ARG001 - a part of the key
    import pyarrow as pa

    size = file.stat().st_size
    if size >= SMALL:
        try:
            return _by_arrow(file, width, keep=size >= LARGE)
        except pa.ArrowException:
            pass  # a quote that never ends, say: Python has a way to read it
    return _collect(_by_python(file, width), width, keep=size >= LARGE)


def _by_arrow(file: Path, width: int, keep: bool) -> Columns:
    import pyarrow as pa
    from pyarrow import csv as arrow

    quoted = _holds(file, b'"')
    names = [f"c{index}" for index in range(width)]

    def options(threads: bool) -> tuple[list[tuple[int, list[str]]], dict[str, Any]]:
        ragged: list[tuple[int, list[str]]] = []

        def set_aside(row: Any) -> str:
            ragged.append((-1 if row.number is None else row.number - 2, next(csv.reader([row.text]), [])))
            return "skip"

        return ragged, {
            "read_options": arrow.ReadOptions(
                use_threads=threads, block_size=BLOCK, column_names=names, skip_rows_after_names=1
            ),
            "parse_options": arrow.ParseOptions(
                newlines_in_values=quoted, ignore_empty_lines=False, invalid_row_handler=set_aside
            ),
            "convert_options": arrow.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        }

    if keep:
        ragged, given = options(threads=False)
        with arrow.open_csv(file, **given) as batches:
            return _collect(((batch, ragged) for batch in batches), width, keep=True)
    ragged, given = options(threads=True)
    table = arrow.read_csv(file, **given)
    if ragged:  # their numbers are known to one thread only
        ragged, given = options(threads=False)
        table = arrow.read_csv(file, **given)
    found = Columns(width, ragged, table.num_rows)
    found.table = table
    return found


def _by_python(file: Path, width: int) -> Iterator[tuple[Any, list[tuple[int, list[str]]]]]:
    import pyarrow as pa

    ragged: list[tuple[int, list[str]]] = []
    names = [f"c{index}" for index in range(width)]
    with file.open(encoding="utf-8", newline="", errors="surrogatepass") as stream:
        numbered = enumerate(csv.reader(stream), start=-1)
        next(numbered, None)
        while block := list(islice(numbered, ROWS)):
            ragged.extend((row, cells) for row, cells in block if len(cells) != width)
            regular = [cells for _, cells in block if len(cells) == width]
            arrays = [pa.array(_texts(each), pa.string()) for each in zip(*regular, strict=True)]
            if arrays:
                yield pa.record_batch(arrays, names=names), ragged
    if ragged:
        empty = [pa.array([], pa.string()) for _ in names]
        yield pa.record_batch(empty, names=names), ragged


def _texts(cells: tuple[str, ...]) -> list[str | bytes]:
    """Give the cells as Arrow takes them: a lone surrogate is no UTF-8, and stays what it is as bytes."""
    return [each if each.isascii() else each.encode(errors="replace").decode() for each in cells]


def _collect(batches: Any, width: int, keep: bool) -> Columns:
    """Give the columns of (batch, ragged rows so far)."""
    import pyarrow as pa

    schema = pa.schema([(f"c{index}", pa.string()) for index in range(width)])
    ragged: list[tuple[int, list[str]]] = []
    if not keep:
        kept = []
        for batch, ragged in batches:  # noqa: B007 - the last one holds all
            kept.append(batch)
        table = pa.Table.from_batches(kept, schema)
        found = Columns(width, ragged, table.num_rows)
        found.table = table
        return found
    import pyarrow.parquet as pq

    folder = Path(tempfile.mkdtemp(prefix="kawaraban-"))
    regular = 0
    try:
        with pq.ParquetWriter(folder / "columns.parquet", schema, compression="lz4", use_dictionary=False) as writer:
            for batch, ragged in batches:  # noqa: B007 - the last one holds all
                writer.write_batch(batch)
                regular += batch.num_rows
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    found = Columns(width, ragged, regular)
    found.folder = folder
    weakref.finalize(found, shutil.rmtree, folder, ignore_errors=True)
    return found


def _holds(file: Path, byte: bytes) -> bool:
    with file.open("rb") as stream:
        while chunk := stream.read(BLOCK):
            if byte in chunk:
                return True
    return False
