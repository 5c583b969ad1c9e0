"""Frictionless says what is valid and what the error is. The only importer of it.

It gets rows as values, never a path, a schema or a dialect by name: nothing in a descriptor can make it open
another file or ask the network.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from frictionless import Dialect, FrictionlessException, Package, Resource, Schema

from kawaraban.model import Problem, Table

LIMIT = 1000  # errors per table, as frictionless has it


def judge(tables: Sequence[Table]) -> tuple[tuple[Mapping[str, Any], ...], list[Problem]]:
    """Give frictionless's report of each table (as its JSON tasks) and the same errors as problems.

    Foreign keys are looked up among `tables`.
    """
    resources = []
    tasks: list[Mapping[str, Any]] = []
    problems: list[Problem] = []

    def refuse(table: Table, error: Exception) -> None:
        note = str(error) or type(error).__name__
        tasks.append(_task(table, [{"type": "schema-error", "title": "Schema Error", "note": note}], 0.0))
        problems.append(_schema_problem(table, note))

    for table in tables:
        try:
            schema = Schema.from_descriptor(dict(table.schema))
        except FrictionlessException as error:
            tasks.append(_task(table, [each.to_descriptor() for each in error.to_errors()], 0.0))
            problems.extend(_schema_problem(table, each.note) for each in error.to_errors())
            continue
        except Exception as error:  # what a strange schema does inside frictionless (foreignKeys: 5)
            refuse(table, error)
            continue
        # the first row is the header, whatever frictionless would guess
        dialect = Dialect(header_rows=[1])
        resource = Resource(name=table.name, data=_rows(table), schema=schema, format="inline", dialect=dialect)
        resources.append((table, resource))
    try:
        Package(resources=[resource for _, resource in resources]) if resources else None
    except Exception as error:
        for table, _ in resources:
            refuse(table, error)
        resources = []
    for table, resource in resources:
        try:
            report = resource.validate(limit_errors=LIMIT)
        except Exception as error:  # pattern: '['
            refuse(table, error)
            continue
        for task in report.tasks:
            found = [each.to_descriptor() for each in task.errors]
            tasks.append(_task(table, found, task.stats.get("seconds") or 0.0))
            problems.extend(_problem(table, each) for each in found)
            if len(found) >= LIMIT:
                problems.append(Problem("limit-reached", "warning", table.origin.path, details={"limit": LIMIT}))
    return tuple(tasks), problems


def _rows(table: Table) -> Callable[[], Iterator[list[str]]]:
    return partial(_read, table)


def _read(table: Table) -> Iterator[list[str]]:
    with table.file.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def _task(table: Table, errors: list[Any], seconds: float) -> Mapping[str, Any]:
    """Give a task of a frictionless report; the row numbers are those of the tidy table."""
    return {
        "name": table.name,
        "type": "table",
        "valid": not errors,
        "place": table.origin.path,
        "labels": list(table.columns),
        "stats": {
            "errors": len(errors), "warnings": 0, "seconds": round(seconds, 3),
            "fields": len(table.columns), "rows": table.rows,
        },
        "warnings": [],
        "errors": errors,
    }  # fmt: skip


def _problem(table: Table, error: Mapping[str, Any]) -> Problem:
    """Give one of frictionless's errors as a problem, with its place in the officer's file."""
    position, column = error.get("rowNumber"), error.get("fieldNumber")
    if column is None and error["type"].startswith(("duplicate-label", "blank-label", "incorrect-label")):
        column = error.get("labelNumber")
    origin = table.origin
    if position is not None and position >= 2:
        row: int | None = origin.row(position - 2)
    elif position is not None or error.get("rowNumbers") or error.get("label") is not None:
        row = origin.header or None
    else:
        row = None
    label = str(error.get("label") or error.get("fieldName") or "")
    fields = table.schema.get("fields", [])
    field = fields[column - 1] if column and column <= len(fields) else {}
    return Problem(
        kind=error["type"],
        path=origin.path,
        sheet=origin.sheet,
        row=row,
        column=column,
        address=origin.address(row, column, label),
        label=label,
        value=str(error.get("cell") or error.get("label") or ""),
        details={
            "note": error.get("note", ""),
            "type": field.get("type", "string"),
            "format": field.get("format", "default"),
            **_constraint(error, field),
        },
        report=error,
    )


def _constraint(error: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the name of the constraint that a cell breaks, and its limit as the descriptor has it."""
    named = re.match(r'constraint "(\w+)" is ', error.get("note", ""))
    if error["type"] != "constraint-error" or not named:
        return {}
    limit = field.get("constraints", {}).get(named[1], "")
    shown = ", ".join(str(each) for each in limit) if isinstance(limit, list) else str(limit)
    return {"constraint": named[1], "limit": shown}


def _schema_problem(table: Table, note: str) -> Problem:
    return Problem("schema-error", path=table.origin.path, details={"note": note})
