"""Why a fix is not written, and what a person can do instead."""

from collections.abc import Mapping
from typing import Any

from kawaraban.fixing.rewriting import can_be_encoded
from kawaraban.model import Dataset, Problem, Resource, Table

# name -> what to do; a fix that is not written carries the name
HINTS = {
    "elsewhere": "correct it in the program that made this file",
    "by-hand": "correct it in the file itself",
    "letter": "the file is in {encoding}, which has no such letter: save it as UTF-8, then correct it",
    "name": "change the name of the column in the workbook itself",
    "named-too": "the descriptor has this name of a column too: change both",
    "other-file": "the recipe is for the first file of the dataset: correct it in the workbook itself",
    "other-table": "a recipe would make another table of this sheet: correct it in the workbook itself",
    "against": "two corrections of this cell contradict each other: decide which is right",
}


def hindrance(problem: Problem, dataset: Dataset, resource: Resource, table: Table, old: str | None) -> str | None:
    """Give why a fix cannot be written for sure (one of HINTS); None where it can. `old` is what is there."""
    if resource.format not in ("csv", "xlsx"):
        return "elsewhere"
    is_header = problem.row is not None and problem.row <= table.origin.header
    if resource.format == "xlsx":
        if is_header:
            return "name"
        if resource is not dataset.resources[0]:
            return "other-file"
    elif not can_be_encoded(str(problem.fix), table.encoding):
        return "letter"
    if old is None:
        return "by-hand"
    if is_header and old != problem.value:  # a name made of several cells, or tidied
        return "by-hand"
    if is_header and _mentions(dataset.descriptor, old):
        return "named-too"
    if not is_header and len(table.origin.tidy_columns(problem.column or 0)) != 1:  # a cell that the recipe splits
        return "by-hand"
    return None


def _mentions(value: Any, name: str) -> bool:
    if isinstance(value, Mapping):
        return name in value or any(_mentions(each, name) for each in value.values())
    if isinstance(value, list):
        return any(_mentions(each, name) for each in value)
    return isinstance(value, str) and (value == name or f'"{name}"' in value)
