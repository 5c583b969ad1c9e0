"""Frictionless says what is valid and what the error is. The only importer of it.

It gets rows as values, never a path, a schema or a dialect by name: nothing in a descriptor can make it open
another file or ask the network. Where a screen went before, it gets the suspect rows only, and the numbers of the
rows are put back into what it says.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import islice
from typing import Any, Literal

from frictionless import Dialect, FrictionlessException, Package, Resource, Schema
from frictionless.fields import AnyField
from frictionless.vendors import stringcase

from kawaraban.checking.brief import Brief, Finding
from kawaraban.model import Problem, Table

Version = Literal["v1", "v2", "unknown"]
LIMIT = 1000  # errors per table, as frictionless has it
# frictionless asks for the same few names over and over while it makes errors: half of their cost
stringcase.snakecase = lru_cache(stringcase.snakecase)


def judge(briefs: Sequence[Brief], version: Version = "v1") -> list[Finding]:
    """Give frictionless's findings on each table. Foreign keys are looked up among the tables of all briefs.

    `version` is that of the Data Package standard (v1, v2), out of the descriptor's `$schema`.
    """
    found: dict[int, Finding] = {}
    resources: dict[int, Resource] = {}
    for number, brief in enumerate(briefs):
        try:
            resources[number] = _resource(brief, version)
        except FrictionlessException as error:
            found[number] = Finding(tuple(each.to_descriptor() for each in error.to_errors()))
        except Exception as error:  # what a strange schema does inside frictionless (foreignKeys: 5)
            found[number] = _refused(error)
    try:
        extra = [each for number in resources for each in _references(briefs[number], version)]
        Package(resources=[*resources.values(), *extra]) if resources else None
    except Exception as error:
        found.update({number: _refused(error) for number in resources})
        resources = {}
    for number, resource in resources.items():
        try:
            found[number] = _validate(resource, briefs[number])
        except Exception as error:  # pattern: '['
            found[number] = _refused(error)
    return [found[number] for number in range(len(briefs))]


def read_cells(schema: Mapping[str, Any], column: str, cells: Iterable[str]) -> list[Any]:
    """Give what frictionless reads in each cell of a field; None for a missing or a wrong one."""
    reader = Schema.from_descriptor(dict(schema)).get_field(column).create_cell_reader()
    return [reader(each)[0] for each in cells]


def _resource(brief: Brief, version: Version) -> Resource:
    schema = dict(brief.table.schema)
    if brief.references:
        keys = [dict(each) for each in schema["foreignKeys"]]
        for number in brief.references:
            keys[number]["reference"] = {**keys[number]["reference"], "resource": _stand_in(brief.table, number)}
        schema["foreignKeys"] = keys
    return Resource(
        name=brief.table.name,
        data=partial(_rows, brief),
        schema=Schema.from_descriptor(schema, datapackage_version=version),
        format="inline",
        dialect=_dialect(brief),
        datapackage_version=version,
    )


def _dialect(brief: Brief) -> Dialect:
    """Give the dialect of rows given as values: the first is the header, and each has the number it has in the file.

    So frictionless says the right numbers by itself, in notes and messages too.
    """
    origin, rows = brief.table.origin, brief.rows
    header = _has_header(brief.table)

    class Numbered(Dialect):
        def read_enumerated_content_stream(self, cell_stream: Iterable[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
            for index, cells in enumerate(islice(cell_stream, header, None)):
                row = index if rows is None else int(rows[index])
                yield (origin.row(row) if origin.by_number else row + 1 + header), cells

    return Numbered(header_rows=[1]) if header else Numbered(header=False)


def _stand_in(table: Table, number: int) -> str:
    """Give the name under which the rows that a foreign key could mean are known to frictionless."""
    return f"{table.name}--reference-{number}"


def _references(brief: Brief, version: Version) -> Iterator[Resource]:
    for number, rows in brief.references.items():
        names = brief.table.schema["foreignKeys"][number]["reference"]["fields"]
        names = [names] if isinstance(names, str) else names
        schema = Schema(fields=[AnyField(name=name) for name in names], datapackage_version=version)
        yield Resource(
            name=_stand_in(brief.table, number), data=[names, *rows], schema=schema, format="inline",
            dialect=Dialect(header_rows=[1]), datapackage_version=version,
        )  # fmt: skip


def _has_header(table: Table) -> bool:
    return table.origin.form != "sheet" or table.origin.header > 0


def _rows(brief: Brief) -> Iterator[list[str]]:
    if brief.rows is not None and brief.cells is not None:
        if _has_header(brief.table):
            yield list(brief.table.columns)
        yield from brief.cells(brief.rows)
        return
    with brief.table.file.open(encoding="utf-8", newline="", errors="surrogatepass") as stream:
        reader = csv.reader(stream)
        if not _has_header(brief.table):
            next(reader, None)
        yield from reader


def _refused(error: Exception) -> Finding:
    note = str(error) or type(error).__name__
    return Finding(({"type": "schema-error", "title": "Schema Error", "note": note},))


def _validate(resource: Resource, brief: Brief) -> Finding:
    task: Any = resource.validate(limit_errors=LIMIT).tasks[0]
    complete = len(task.errors) < LIMIT
    for error in task.errors:
        _place(error, brief)
    read = task.stats.get("rows")
    rows: int | None = read
    if not complete and read:
        rows = (int(brief.rows[read - 1]) if brief.rows is not None else read - 1) + 1
    return Finding(
        tuple(_descriptor(each) for each in task.errors),
        tuple(task.warnings),
        tuple(task.labels),
        task.stats.get("fields"),
        rows,
        task.stats.get("seconds") or 0.0,
        complete,
    )


@cache
def _names(kind: Any) -> list[tuple[str, str]]:
    """Give the keys of an error's descriptor, in order, each with its attribute's name."""
    return [(name, stringcase.snakecase(name)) for name in kind.metadata_ensure_profile()["properties"]]


def _descriptor(error: Any) -> Mapping[str, Any]:
    """Give what `error.to_descriptor()` gives, without the copies that take it longer than the error itself."""
    found = {name: getattr(error, attribute, None) for name, attribute in _names(error.__class__)}
    return {name: value for name, value in found.items() if value is not None and value != {}}


def _place(error: Any, brief: Brief) -> None:
    """Put the header's number in the file into an error, and the name of the table it refers to."""
    origin = brief.table.origin
    changed = False
    if origin.form == "sheet" and origin.header > 1 and getattr(error, "row_numbers", None):
        error.row_numbers = [origin.header]
        changed = True
    if error.type == "foreign-key":
        for each in brief.references:
            stand_in = _stand_in(brief.table, each)
            if error.reference_name == stand_in:
                name = brief.table.schema["foreignKeys"][each]["reference"].get("resource", "")
                error.reference_name = name
                error.note = error.note.replace(f'lookup table "{stand_in}"', f'lookup table "{name}"')
                changed = True
    if changed:
        error.__attrs_post_init__()  # the message is made of the note and the number


def problem_of(table: Table, error: Mapping[str, Any]) -> Problem:
    """Give one of frictionless's errors as a problem, with its place in the officer's file."""
    column = error.get("fieldNumber")
    origin = table.origin
    row: int | None = error.get("rowNumber")
    index = None
    if row is not None and not origin.by_number:
        index = row - 2
        row = origin.row(index)
    elif row is None and (error.get("rowNumbers") or error.get("label") is not None):
        row = origin.header or None
    label = str(error.get("label") or error.get("fieldName") or "")
    if error["type"] == "incorrect-label":  # the value is what the file has, the label what it should be
        label = str(error.get("fieldName") or "")
    fields = table.schema.get("fields", [])
    field = fields[column - 1] if column and column <= len(fields) else {}
    place = origin.column(column - 1, index) if column else None
    return Problem(
        kind=error["type"],
        path=origin.path,
        sheet=origin.sheet,
        row=row,
        column=place,
        address=origin.address(row, place, label),
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
