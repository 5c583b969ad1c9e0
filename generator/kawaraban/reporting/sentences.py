"""A problem -> what is wrong and what to do, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from kawaraban.model import Problem

# kind -> (what, what to do); the names in braces are of `words` below
SENTENCES: dict[str, tuple[str, str]] = {
    "type-error": ("“{value}” is not {type}", "{example}"),
    "constraint-error": ("“{value}” is not allowed: {note}", "correct the cell, or the constraint in the descriptor"),
    "missing-cell": ("the row ends before the column {label}", "fill in the row to its last column"),
    "extra-cell": ("the row has more cells than there are columns", "remove the cells to the right of the table"),
    "blank-row": ("the row is empty", "remove the empty row"),
    "blank-label": ("the column has no name", "write a name into the header row"),
    "duplicate-label": ("the column name {label} stands twice", "give each column a name of its own"),
    "missing-label": ("the column {label} of the schema is not in the file", "add it, or correct the schema"),
    "extra-label": ("the column {label} is not in the schema", "add it to the schema, or remove it from the file"),
    "incorrect-label": (
        "the column is named “{value}”, where the schema has {label}", "rename the column, or correct the schema"
    ),
    "blank-header": ("there is no header row", "write the column names into the first row"),
    "duplicate-labels": ("a column name stands twice", "give each column a name of its own"),
    "unique-error": ("“{value}” stands in the column {label} more than once", "each value may stand once"),
    "primary-key": ("the row has the same key as an earlier one, or none", "correct the key, or remove the row"),
    "foreign-key": ("the value is not in the table that it refers to", "correct it, or add it to that table"),
    "schema-error": ("the schema is not valid: {note}", "correct `schema:` in the descriptor"),
    "source-error": ("the file cannot be read as a table: {note}", "save it again from the program that made it"),
    "other-sheets": ("only the sheet {sheet} is read; these hold something too: {others}", ""),
    "limit-reached": ("more than {limit} problems; the rest of the table was not looked at", "mend these first"),
}  # fmt: skip
# constraint -> the same, more closely
CONSTRAINTS: dict[str, tuple[str, str]] = {
    "required": ("the cell is empty", "fill it in: this column may not be empty"),
    "minimum": ("“{value}” is too small", "the smallest value allowed is {limit}"),
    "maximum": ("“{value}” is too large", "the largest value allowed is {limit}"),
    "minLength": ("“{value}” is too short", "it needs at least {limit} letters"),
    "maxLength": ("“{value}” is too long", "it may have at most {limit} letters"),
    "enum": ("“{value}” is not one of the words allowed here", "write one of these: {limit}"),
    "pattern": ("“{value}” does not have the form wanted here", "the form is {limit}"),
}  # fmt: skip
TYPES = {
    "integer": ("a whole number", "write digits only, such as 120"),
    "number": ("a number", "write a number, such as 12.5"),
    "date": ("a date", "write it as 2024-04-01"),
    "datetime": ("a date and time", "write it as 2024-04-01T09:00:00"),
    "time": ("a time", "write it as 09:00:00"),
    "year": ("a year", "write four digits, such as 2024"),
    "yearmonth": ("a year and month", "write it as 2024-04"),
    "boolean": ("yes or no", "write true or false"),
    "string": ("text of the form {format}", "see the column's format in the descriptor"),
}
NEUTRAL = ("of the type {type}", "see the column's type in the descriptor")


def sentence(problem: Problem, say: Callable[[str], str]) -> tuple[str, str]:
    """Give what is wrong and what to do, without the place."""
    details: Mapping[str, Any] = problem.details
    if "what" in details:
        return _fill(say(str(details["what"])), details), _fill(say(problem.hint), details) if problem.hint else ""
    note = details.get("note", "")
    constraint = str(details.get("constraint", ""))
    what, hint = CONSTRAINTS.get(constraint) or SENTENCES.get(problem.kind, ("{note}", ""))
    name = str(details.get("type", "string"))
    kind, example = TYPES.get(name, NEUTRAL)
    form = details.get("format", "default")
    if name in ("date", "datetime", "time") and form not in ("default", "any"):
        example = "write it in the form {format}"
    names = {
        **details, "value": shortened(problem.value), "label": problem.label, "note": note, "format": form,
        "type": name,
    }  # fmt: skip
    names["type"] = _fill(say(kind), names)
    names["example"] = _fill(say(example), names)
    return _fill(say(what), names), _fill(say(problem.hint or hint), names)


def _fill(text: str, names: Mapping[str, Any]) -> str:
    return text.format(**names) if text else ""


def shortened(value: str) -> str:
    """Give a cell's value on one line, cut where it is long."""
    line = value.replace("\n", "⏎")
    return line if len(line) <= 60 else f"{line[:59]}…"
