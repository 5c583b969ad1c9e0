"""What a layout is made of: the values that say where the table is. Plain; sentences are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kawaraban.tidying.names import Column
from kawaraban.tidying.wide import Wide


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows, by their numbers, that are no data, and why.

    title, note, unit, comment, header (again, or what explains it), example, blank, total, group, table (another).
    """

    rows: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """Something that a person should look at; `details` holds what a sentence of this kind names."""

    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is. Row numbers are those given, columns count from 0 in the row.

    `left_out` are columns that are no part of the table. `blocks` are groups of columns that stand side by side and
    are one table. `labels` are the header rows as they stand (to know them again), `usual` is how many cells of a row
    of data hold something, `keys` are the columns in which a total may be named.
    """

    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    first_data: int
    dropped: tuple[Dropped, ...] = ()
    left_out: tuple[int, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    wide: Wide | None = None
    blocks: tuple[tuple[int, ...], ...] = ()
    unit: str = ""
    usual: int = 1
    labels: tuple[tuple[str, ...], ...] = ()
    keys: tuple[int, ...] = ()

    @property
    def firsts(self) -> list[str]:
        """The first cells of the header rows."""
        return [row[0] for row in self.labels if row]
