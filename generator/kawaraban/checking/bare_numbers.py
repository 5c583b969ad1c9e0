"""Long cells in a column whose numbers may have words around them (`bareNumber: false`).

frictionless takes the words away by a pattern whose time grows with the square of the cell: 40,000 letters take two
seconds. No number is that long.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kawaraban.model import Problem, Table
from kawaraban.reading.columns import columns_of

LONGEST = 200  # letters


def bound_numbers(tables: Sequence[Table]) -> tuple[list[Table], list[Problem]]:
    """Give the tables with schemas in which such a column is text, and a problem for its first too long cell."""
    bounded = list(tables)
    problems = []
    for number, table in enumerate(tables):
        for index, field in enumerate(table.schema.get("fields", [])):
            if field.get("bareNumber") is False and field.get("type") in ("integer", "number"):
                for column, row, letters in _too_long(table, index):
                    problems.append(_problem(table, column, row, letters))
                    bounded[number] = _as_text(bounded[number], index)
    return bounded, problems


def _too_long(table: Table, index: int) -> Iterator[tuple[int, int, int]]:
    """Give column, row and length of the first too long cell of each column that the field may be matched with."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = columns_of(table)
    name = table.schema["fields"][index].get("name")
    for column, label in enumerate(table.columns):
        if column == index or label == name:
            lengths = pc.utf8_length(columns.column(column))
            position = pc.index(pc.greater(lengths, pa.scalar(LONGEST, lengths.type)), True).as_py()
            found = [(columns.number(position), lengths[position].as_py())] if position >= 0 else []
            found += [
                (row, len(cells[column]))
                for row, cells in columns.ragged
                if column < len(cells) and len(cells[column]) > LONGEST
            ]
            if found:
                yield column, *min(found)


def _as_text(table: Table, index: int) -> Table:
    fields: list[Mapping[str, Any]] = list(table.schema["fields"])
    fields[index] = {"name": fields[index]["name"], "type": "string"}
    return replace(table, schema={**table.schema, "fields": fields})


def _problem(table: Table, column: int, row: int, letters: int) -> Problem:
    origin, label = table.origin, table.columns[column]
    number, place = origin.row(row), origin.column(column, row)
    return Problem(
        "long-number", path=origin.path, sheet=origin.sheet, row=number, column=place,
        address=origin.address(number, place, label), label=label, details={"letters": letters},
    )  # fmt: skip
