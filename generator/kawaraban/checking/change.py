"""What a change looks at: a table beside its earlier version. And what a change is.

As a sign sees one table, a change sees two: one concept, one file below changes/.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from kawaraban.checking.periods import Newest, newest
from kawaraban.model import Problem, Severity, Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.reading.columns import columns_of


@dataclass(frozen=True, slots=True)
class Difference:
    """Something a change saw. `column` counts from 0 in the new table; `label` names a column that is gone."""

    column: int | None = None
    label: str = ""
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


class Version:
    """One version of a table. What was read of it is kept."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def columns(self) -> Columns:
        return columns_of(self.table)

    @cached_property
    def newest(self) -> Newest | None:
        """The newest period, where a column says of when the rows are."""
        return newest(self.table, self.columns)

    @cached_property
    def filled(self) -> int:
        """How many rows hold something."""
        import pyarrow.compute as pc

        columns = self.columns
        empty = columns.regular
        mask: Any = None
        for index in range(columns.width if empty else 0):
            here = pc.equal(columns.column(index), "")
            mask = here if mask is None else pc.and_(mask, here)
            empty = pc.sum(mask).as_py()
            if not empty:  # in a clean table the first column tells
                break
        return columns.regular - empty + sum(any(cells) for _, cells in columns.ragged)

    def type(self, name: str) -> str:
        """Give the type of the field of that name; empty where there is none."""
        return next((each.type for each in self.table.fields if each.name == name), "")

    def numbers(self, column: int) -> Any:
        """Give the numbers of a column in Arrow, null for what is none."""
        import pyarrow as pa
        import pyarrow.compute as pc

        array = self.columns.column(column)
        array = pc.if_else(pc.equal(array, ""), None, array)
        try:
            return array.cast(pa.float64())
        except pa.ArrowInvalid:
            bare = pc.match_substring_regex(array, r"^-?\d+(\.\d+)?$")
            return pc.if_else(bare, array, None).cast(pa.float64())


class Pair:
    """A table and its earlier version. `earlier` gives the versions before that one, newest first, when asked."""

    def __init__(self, new: Table, old: Table, old_date: str, earlier: Callable[[], Sequence[Table]] = tuple) -> None:
        self.new = Version(new)
        self.old = Version(old)
        self.old_date = old_date
        self._earlier = earlier

    @cached_property
    def earlier(self) -> list[Version]:
        """The versions before the old one: what was usual."""
        return [Version(table) for table in self._earlier()]

    @property
    def steps(self) -> Iterator[tuple[Version, Version]]:
        """The changes before this one, each as (newer, older)."""
        yield from pairwise([self.old, *self.earlier])


@dataclass(frozen=True, slots=True)
class Change:
    """A check of our own between two versions: `look` gives what it finds, `kind` names the problem."""

    kind: str
    severity: Severity
    look: Callable[[Pair], Iterator[Difference]]


def as_problem(change: Change, difference: Difference, pair: Pair) -> Problem:
    """Give a difference as a problem, at its place in the officer's file."""
    table = pair.new.table
    origin, column = table.origin, difference.column
    label = difference.label if column is None else table.columns[column]
    row = origin.header or None if column is not None else None
    place = None if column is None else origin.column(column)
    return Problem(
        kind=change.kind,
        severity=change.severity,
        path=origin.path,
        sheet=origin.sheet,
        row=row,
        column=place,
        address="" if place is None else origin.address(row, place, label),
        label=label,
        value=difference.value,
        details={"sign": True, "before": pair.old_date, **difference.details},
    )
