"""What a sign looks at: a tidy table by column, with the file it came from. And what a sign is.

A sign is something that frictionless does not see: one concept, one file below signs/, with examples.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from kawaraban.model import Dataset, Field, Problem, Resource, Severity, Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.reading.columns import columns_of


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a sign saw. `row` and `column` count from 0 in the tidy table; None where it is of no one of them.

    `number` is the row as the file shows it, for what stands outside of the data (in the raw file).
    `column` with `row` None is the column's header. `fix` is what to write instead, only where that is sure.
    `details` holds what the sentence of this kind names.
    """

    row: int | None = None
    column: int | None = None
    value: str = ""
    fix: str | None = None
    number: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class Sheet:
    """A tidy table as signs look at it. Columns and rows count from 0; cells are text, as they are in the file."""

    def __init__(self, dataset: Dataset, resource: Resource, table: Table, town: Mapping[str, Any]) -> None:
        self.dataset = dataset
        self.resource = resource
        self.table = table
        self.town = town  # `extra.town` of mkdocs.yml: code, latitude, longitude, ...
        self.names: Sequence[str] = table.columns
        self._ascii: dict[int, bool] = {}
        self._longest: dict[int, int] = {}
        self._texts: dict[int, list[tuple[int, str]]] = {}

    @cached_property
    def columns(self) -> Columns:
        return columns_of(self.table)

    @property
    def rows(self) -> int:
        return self.table.rows

    def field(self, column: int) -> Field:
        """Give the schema's field of a column: the one of its name, else the one at its place, else a text field."""
        fields = self.table.fields
        named = next((each for each in fields if each.name == self.names[column]), None)
        return named or (fields[column] if column < len(fields) else Field(self.names[column]))

    def type(self, column: int) -> str:
        """Give the type that the *descriptor* gives a column; empty where the schema was only inferred."""
        return "" if self.table.inferred else self.field(column).type

    def ascii(self, column: int) -> bool:
        """Say whether a column holds nothing beyond ASCII: then nothing Japanese can be wrong in it."""
        if column not in self._ascii and self.columns.lists is not None:
            self._ascii[column] = all(map(str.isascii, self.columns.lists[column]))
        elif column not in self._ascii:
            import pyarrow.compute as pc

            array = self.columns.column(column)
            self._ascii[column] = pc.sum(pc.binary_length(array)).as_py() == pc.sum(pc.utf8_length(array)).as_py()
        return self._ascii[column] and all(text.isascii() for _, text in self.columns.odd(column))

    def longest(self, column: int) -> int:
        """Give the length in bytes of a column's longest cell."""
        if column not in self._longest:
            texts = [text for _, text in self.columns.odd(column)]
            found = 0
            if self.columns.lists is not None:
                texts += self.columns.lists[column]
            else:
                import pyarrow.compute as pc

                found = pc.max(pc.binary_length(self.columns.column(column))).as_py() or 0
            self._longest[column] = max([found, *(len(text.encode(errors="replace")) for text in texts)])
        return self._longest[column]

    def cells(self, column: int, sign: str = "") -> Iterator[tuple[int, str]]:
        """Give (row, text) of the cells that hold something; only those in which `sign` (RE2) is found.

        The search is Arrow's: with a sign that clean data does not show, a million rows cost a few hundredths of a
        second. `sign` is a regular expression as RE2 has it (`\\d` is 0-9; no look-around, no back reference).
        """
        pattern = _ascii_pattern(sign)
        if self.columns.lists is not None and pattern is not None:
            search = pattern.search
            yield from ((row, text) for row, text in self._filled(column) if search(text))
            return
        import pyarrow.compute as pc

        array = self.columns.column(column)
        mask = pc.match_substring_regex(array, sign) if sign else pc.not_equal(array, "")
        found = self.where(column, mask)
        odd = [(row, text) for row, text in self.columns.odd(column) if text]
        if odd and sign:
            import pyarrow as pa

            kept = pc.match_substring_regex(pa.array([text for _, text in odd], pa.string()), sign).to_pylist()
            odd = [each for each, keep in zip(odd, kept, strict=True) if keep]
        yield from sorted(found + odd) if odd else found

    def where(self, column: int, mask: Any) -> list[tuple[int, str]]:
        """Give (row, text) of the regular rows for which an Arrow mask over a column holds."""
        import pyarrow.compute as pc

        positions = pc.indices_nonzero(mask)
        if not len(positions):
            return []
        numbers = self.columns.numbers()[positions.to_pylist()].tolist()
        return list(zip(numbers, self.columns.column(column).take(positions).to_pylist(), strict=True))

    def _filled(self, column: int) -> list[tuple[int, str]]:
        """Give (row, text) of all cells of a small table's column that hold something."""
        if column not in self._texts:
            columns = self.columns
            regular = columns.lists[column] if columns.lists else []
            numbers = columns.numbers().tolist() if columns.ragged else range(columns.regular)
            odd = columns.odd(column)
            found = [*zip(numbers, regular, strict=True), *odd]
            self._texts[column] = [each for each in (sorted(found) if odd else found) if each[1]]
        return self._texts[column]

    def row(self, row: int) -> list[str]:
        """Give the cells of one row."""
        return self.take([row])[0]

    def take(self, rows: Sequence[int]) -> list[list[str]]:
        """Give the cells of some rows, which are in order, each as a list of text."""
        return list(self.columns.take(rows))


@cache
def _ascii_pattern(sign: str) -> re.Pattern[str] | None:
    """Give a sign as Python's own regular expression, for small tables; None where only RE2 can read it."""
    python = re.sub(r"\\x\{([0-9a-fA-F]+)\}", lambda found: rf"\U{int(found[1], 16):08x}", sign)
    try:
        return re.compile(python, re.ASCII)
    except re.error:
        return None


@dataclass(frozen=True, slots=True)
class Sign:
    """A check of our own: `look` gives what it finds in a sheet, `kind` names the problem."""

    kind: str
    severity: Severity
    look: Callable[[Sheet], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Example:
    """A file as someone might bring it, and what must be found: (address, fix) of each finding, in order.

    `text` is the whole file (a CSV unless `name` says otherwise), bytes where its encoding matters. `types` are the
    schema's types by column, where the descriptor has a schema. An empty `found` is an example of right.
    """

    text: str | bytes
    found: tuple[tuple[str, str | None], ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    town: Mapping[str, Any] = field(default_factory=dict)
    name: str = "data.csv"
    constraints: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def as_problem(sign: Sign, finding: Finding, table: Table) -> Problem:
    """Give a finding as a problem, at its place in the officer's file."""
    origin = table.origin
    row = finding.number
    if finding.row is not None:
        row = origin.row(finding.row)
    elif row is None and finding.column is not None:
        row = origin.header or None
    column = None if finding.column is None else origin.column(finding.column, finding.row)
    label = table.columns[finding.column] if finding.column is not None else ""
    details = {"sign": True, **finding.details}
    if origin.layouts and isinstance(details.get("columns"), list):
        details["columns"] = [origin.column(each, finding.row) - 1 for each in details["columns"]]
    return Problem(
        kind=sign.kind,
        severity=sign.severity,
        path=origin.path,
        sheet=origin.sheet,
        row=row,
        column=column,
        address=origin.address(row, column, label),
        label=label,
        value=finding.value,
        fix=finding.fix,
        details=details,
    )
