"""The cells of a tidy table by column. How a file becomes them is in columns.py."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROWS = 50_000  # made at once, where rows are made of columns or columns of rows


class Columns:
    """The cells of a table, the header aside. Rows count from 0.

    `ragged` holds the rows whose number of cells is not the header's, as (row, cells); the columns hold the
    `regular` others, all text, in order.
    """

    def __init__(self, width: int, ragged: list[tuple[int, list[str]]], regular: int) -> None:
        self.width = width
        self.ragged = ragged
        self.regular = regular
        self.lists: list[list[str]] | None = None  # of a small table
        self.table: Any = None
        self.folder: Path | None = None

    @property
    def rows(self) -> int:
        return self.regular + len(self.ragged)

    def column(self, index: int) -> Any:
        """Give a column of the regular rows as an Arrow array of text, in chunks."""
        if self.table is None and self.lists is not None:
            import pyarrow as pa

            names = [f"c{number}" for number in range(self.width)]
            self.table = pa.table([pa.array(as_arrow_text(each), pa.string()) for each in self.lists], names=names)
        if self.table is not None:
            return self.table.column(index)
        import pyarrow.parquet as pq

        return pq.read_table(self.file, columns=[f"c{index}"]).column(0)

    def values(self, index: int) -> Iterator[str]:
        """Give the different texts in a column, the ragged rows' too."""
        if self.lists is not None:
            yield from dict.fromkeys(self.lists[index])
        else:
            different = self.column(index).unique()
            for start in range(0, len(different), ROWS):
                yield from different.slice(start, ROWS).to_pylist()
        yield from (text for _, text in self.odd(index))

    def odd(self, index: int) -> list[tuple[int, str]]:
        """Give (row, text) of a column's cells in the ragged rows that reach it."""
        return [(row, cells[index]) for row, cells in self.ragged if index < len(cells)]

    @property
    def file(self) -> Path:  # the Parquet file of a table that is not in memory
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

    def take(self, rows: Sequence[int]) -> Iterator[list[str]]:
        """Give the cells of some rows, which are in order."""
        ragged = dict(self.ragged)
        for start in range(0, len(rows), ROWS):
            some = [int(row) for row in rows[start : start + ROWS]]
            regular = iter(self._take([row for row in some if row not in ragged]))
            yield from (ragged[row] if row in ragged else next(regular) for row in some)

    def _take(self, rows: list[int]) -> list[list[str]]:
        if not rows:
            return []
        before = [row for row, _ in self.ragged]
        positions = [row - bisect_left(before, row) for row in rows]
        if self.lists is not None:
            return [[column[position] for column in self.lists] for position in positions]
        if positions[-1] - positions[0] == len(positions) - 1:  # a piece of the table
            parts = [self.column(each).slice(positions[0], len(positions)).to_pylist() for each in range(self.width)]
        else:
            parts = [self.column(each).take(positions).to_pylist() for each in range(self.width)]
        return [list(cells) for cells in zip(*parts, strict=True)]


def as_arrow_text(cells: Sequence[str]) -> list[str]:
    """Give the cells as Arrow takes them: half a letter (a lone surrogate) is no UTF-8 and becomes a `?`."""
    return [each if each.isascii() else each.encode(errors="replace").decode() for each in cells]
