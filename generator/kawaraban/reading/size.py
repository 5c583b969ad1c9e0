"""How large a table may be, whatever it was read from."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Raw

COLUMNS = 2000  # a day each for five years; the judge's time grows with their square
LABEL = 1000  # letters of a column's name
LETTERS = 16 << 20  # of a cell: the outline of a region on a map is long
ODD = 100_000  # rows that are not as long as the header; each is kept by itself
CELLS = 20_000_000  # columns x rows of what is not a text table: its rows can be filled up without end


def within_bounds(grid: Grid, shown: str) -> Grid:
    """Give the grid again; KawarabanError where it, or later one of its rows, is too large."""
    number, header = next(grid.rows)
    _check(number, header, shown)
    longest = max(map(len, header), default=0)
    if longest > LABEL:
        raise KawarabanError(
            "the name of a column has {count} letters",
            f"{shown}:{number}" if number else shown,
            "put short column names into the first row; in a CSV, look for a missing line end or quote",
            count=f"{longest:,}",
        )
    return replace(grid, rows=chain([(number, header)], _rows(grid, len(header), shown)))


def rows_within_bounds(raw: Raw, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows again; KawarabanError where one is too large."""
    for number, cells in raw.rows:
        if len(cells) > COLUMNS:
            _check(number, cells, shown)
        yield number, cells


def is_odd(cells: list[str], odd: int) -> bool:
    """Say whether a row is too long, or one too many of `odd` that are not as long as the header."""
    return odd >= ODD or len(cells) > COLUMNS


def _rows(grid: Grid, width: int, shown: str) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for number, cells in grid.rows:
        if len(cells) > COLUMNS:
            _check(number, cells, shown)
        count += width
        if count > CELLS and grid.origin.form != "sheet":
            raise KawarabanError(
                "the table has more than {count} cells", shown, "split it, or bring it as CSV", count=f"{CELLS:,}"
            )
        yield number, cells


def _check(number: int, cells: list[str], shown: str) -> None:
    if len(cells) > COLUMNS:
        raise KawarabanError(
            "the row has {count} cells; at most {most} are read",
            f"{shown}:{number}" if number else shown,
            "put what repeats, such as dates, into rows; in a CSV, look for a missing line end or quote",
            count=f"{len(cells):,}",
            most=f"{COLUMNS:,}",
        )
