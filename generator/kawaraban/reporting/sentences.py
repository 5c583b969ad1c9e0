"""A problem -> what is wrong and what to do, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from kawaraban.model import Problem
from kawaraban.reporting.characters import plain
from kawaraban.reporting.sayings import SENTENCES

LONGEST = 60  # letters of a cell's value
LONGEST_LIMIT = 200  # letters of what a constraint allows

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
    details: Mapping[str, Any] = {
        name: plain(value) if isinstance(value, str) else value for name, value in problem.details.items()
    }
    if "what" in details:
        what, hint = str(problem.details["what"]), problem.hint
        return _fill(say(what), details), _fill(say(hint), details) if hint else ""
    note = details.get("note", "")
    constraint = str(details.get("constraint", ""))
    what, hint = CONSTRAINTS.get(constraint) or SENTENCES.get(problem.kind, ("{note}", "", ""))[:2]
    name = str(details.get("type", "string"))
    kind, example = TYPES.get(name, NEUTRAL)
    form = details.get("format", "default")
    if name in ("date", "datetime", "time") and form not in ("default", "any"):
        example = "write it in the form {format}"
    names = {
        **details, "value": shortened(problem.value), "label": plain(problem.label), "note": note, "format": form,
        "type": name, "fix": shortened(problem.fix or ""),
    }  # fmt: skip
    if "limit" in names:
        names["limit"] = shortened(str(names["limit"]), LONGEST_LIMIT)
    names["type"] = _fill(say(kind), names)
    names["example"] = _fill(say(example), names)
    return _fill(say(what), names), _fill(say(problem.hint or hint), names)


def _fill(text: str, names: Mapping[str, Any]) -> str:
    return text.format(**names) if text else ""


def shortened(value: str, longest: int = LONGEST) -> str:
    """Give a cell's value on one line, cut where it is long."""
    line = plain(value)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
