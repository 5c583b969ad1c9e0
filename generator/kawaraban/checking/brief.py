"""What the judge is asked, and what it answers. Apart from it: frictionless takes long to import."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kawaraban.model import Table


@dataclass(frozen=True, slots=True)
class Brief:
    """What the judge is to look at: a table, and which of its rows (from 0); None are all of them.

    `references` are, by foreign key, the rows of the other table that could matter; None where that is not known,
    and the table itself is looked up. `rows` gives the rows asked for as cells.
    """

    table: Table
    rows: Sequence[int] | None = None
    cells: Callable[[Sequence[int]], Iterable[list[str]]] | None = None
    references: Mapping[int, list[list[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What frictionless said of one table: its errors as descriptors, the warnings, and how many rows it read."""

    errors: tuple[Mapping[str, Any], ...]
    warnings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    fields: int | None = None
    rows: int | None = None
    seconds: float = 0.0
    complete: bool = True
