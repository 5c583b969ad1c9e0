"""A tidy CSV -> its cells by column, in Arrow. What Python's csv module sees in the file is the law.

A large table does not stay in memory: it is kept by column in a temporary file, and one column at a time is read.
"""

import csv
import shutil
import tempfile
import weakref
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from kawaraban.model import Table
from kawaraban.reading.bycolumn import ROWS, Columns, as_arrow_text
from kawaraban.reading.size import COLUMNS, LETTERS, ODD, is_odd

SMALL = 1 << 20  # bytes; such a file is read by Python's csv itself
LARGE = 192 << 20  # bytes; such a file is not held in memory
BLOCK = 8 << 20


def columns_of(table: Table) -> Columns:
    """Give the columns of a tidy table, as `read_columns` does."""
    return read_columns(table.file, len(table.columns))


def read_columns(file: Path, width: int) -> Columns:
    """Give the columns of a tidy file (UTF-8, one header row of `width` cells).

    The last one asked for is kept, because several rooms ask for the same. Raises csv.Error where it is no CSV.
    """
    known = file.stat()
    return _read(file, known.st_size, known.st_mtime_ns, width)


@lru_cache(maxsize=1)
def _read(file: Path, size: int, _changed: int, width: int) -> Columns:
    csv.field_size_limit(LETTERS)  # each time: frictionless takes the limit away when it is imported
    if size < SMALL:
        return _small(file, width)
    import pyarrow as pa

    quoted = _holds(file, b'"')
    try:
        if width > 1:
            found = _by_arrow(file, width, quoted, keep=size >= LARGE)
            # Arrow takes a blank line for a row of empty cells, Python for one of no cells
            if not _has_empty_row(found.table):
                return found
            if not quoted:
                return _without_blank_lines(found, file)
    except pa.ArrowException:
        pass  # a quote that never ends, say: Python has a way to read it
    return _collect(_by_python(file, width), width, keep=size >= LARGE)


def _small(file: Path, width: int) -> Columns:
    ragged: list[tuple[int, list[str]]] = []
    regular: list[list[str]] = []
    with file.open(encoding="utf-8", newline="", errors="surrogatepass") as stream:
        reader = csv.reader(stream)
        next(reader, None)
        for row, cells in enumerate(reader):
            if len(cells) == width:
                regular.append(cells)
            else:
                _set_aside(ragged, row, cells)
    found = Columns(width, ragged, len(regular))
    found.lists = [list(each) for each in zip(*regular, strict=True)] or [[] for _ in range(width)]
    return found


def _without_blank_lines(columns: Columns, file: Path) -> Columns:
    """Give the columns of a file without quotes, its blank lines set aside: its rows are its lines."""
    import pyarrow as pa

    with file.open(encoding="utf-8", newline="") as stream:
        blank = [row for row, line in enumerate(stream, start=-1) if row >= 0 and not line.strip("\r\n")]
    before = [row for row, _ in columns.ragged]
    drop = {row - bisect_left(before, row) for row in blank}
    keep = pa.array([position not in drop for position in range(columns.regular)])
    ragged = sorted([*columns.ragged, *((row, []) for row in blank)], key=itemgetter(0))
    if len(ragged) > ODD:
        _set_aside(ragged, 0, [])
    found = Columns(columns.width, ragged, columns.regular - len(drop))
    found.table = columns.table.filter(keep)
    return found


def _by_arrow(file: Path, width: int, quoted: bool, keep: bool) -> Columns:
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [f"c{index}" for index in range(width)]

    def options(threads: bool) -> tuple[list[tuple[int, list[str]]], dict[str, Any]]:
        ragged: list[tuple[int, list[str]]] = []

        def set_aside(row: Any) -> str:
            cells = next(csv.reader([row.text]), [])
            if is_odd(cells, len(ragged)):
                return "error"  # Python's csv will say it
            ragged.append((-1 if row.number is None else row.number - 2, cells))
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
            return _collect(((_filled(batch), ragged) for batch in batches), width, keep=True)
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
            for row, cells in block:
                if len(cells) != width:
                    _set_aside(ragged, row, cells)
            regular = [cells for _, cells in block if len(cells) == width]
            arrays = [pa.array(as_arrow_text(each), pa.string()) for each in zip(*regular, strict=True)]
            if arrays:
                yield pa.record_batch(arrays, names=names), ragged
    if ragged:
        empty = [pa.array([], pa.string()) for _ in names]
        yield pa.record_batch(empty, names=names), ragged


def _set_aside(ragged: list[tuple[int, list[str]]], row: int, cells: list[str]) -> None:
    if is_odd(cells, len(ragged)):
        raise csv.Error(f"a row of more than {COLUMNS:,} cells, or {ODD:,} rows that are not as long as the header")
    ragged.append((row, cells))


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
        return any(byte in chunk for chunk in iter(partial(stream.read, BLOCK), b""))


def _has_empty_row(table: Any) -> bool:  # None: a table on the disk, of which it is known that it has none
    import pyarrow.compute as pc

    if table is None:
        return False
    rows = table
    for column in range(table.num_columns):
        rows = rows.filter(pc.equal(rows.column(column), ""))
        if not rows.num_rows:
            return False
    return True


def _filled(batch: Any) -> Any:
    """Give a batch; where a row of it is empty, raise what sends the file to Python's csv."""
    import pyarrow as pa

    if _has_empty_row(batch):
        raise pa.ArrowInvalid("a blank line, or a row of empty cells")
    return batch
