"""Where a problem is, as a reader of the file would say it: `B7`, row 5, line 4, item 1."""

import re
from collections.abc import Callable

from kawaraban.model import Problem
from kawaraban.reporting.characters import plain

# what Origin.address gives for files without cells: the items of a JSON list count from 0 there
ITEM = re.compile(r"(?:features)?(?:\[(?P<item>\d+)\])?(?:\.(?P<label>.+))?", re.S)
COLUMN = re.compile(r"[A-Z]+")


def place(problem: Problem, say: Callable[[str], str]) -> str:
    """Give the place within the file; empty where a problem is of the file as a whole."""
    address = problem.address
    if address.isascii() and address.isdigit():
        return say("row {row}").format(row=address)
    if COLUMN.fullmatch(address):
        return say("column {label}").format(label=address)
    item = ITEM.fullmatch(address)
    if item and item["item"]:
        number = int(item["item"]) + 1
        told = say("item {number}, {label}") if item["label"] else say("item {number}")
        return told.format(number=number, label=plain(item["label"] or ""))
    if item and item["label"]:
        return say("column {label}").format(label=plain(item["label"]))
    if address and address != "features":
        return plain(address)
    return say("line {line}").format(line=problem.line) if problem.line else ""


def file_of(path: str, sheet: str | None) -> str:
    """Give a file's path, and the sheet where it has sheets."""
    return plain(f"{path}[{sheet}]" if sheet else path)


def line_of(problem: Problem) -> int | None:
    """Give the line of the file; for what has no lines the row, and None where rows are items of a list."""
    item = ITEM.fullmatch(problem.address)
    is_item = item is not None and problem.address != ""
    return problem.line or (None if is_item else problem.row)
