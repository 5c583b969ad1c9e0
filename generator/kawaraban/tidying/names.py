"""The name of each column, out of one header row or several: the officer's own words on one line, joined by `_`.

RIGHT holds (label as it stands, name).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kawaraban.tidying.headers import Merged
from kawaraban.tidying.shapes import Line, comparable
from kawaraban.tidying.types import free_name
from kawaraban.tidying.vocabulary import unit_in

SPACES = re.compile(r"\s+")
RIGHT: list[tuple[str, str]] = [
    ("  名称 ", "名称"), ("電話\n番号", "電話 番号"), ("名　称", "名　称"), ("名　　称", "名 称"),
    ("面積（㎡）", "面積（㎡）"), ("\u3000", ""),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place in the row from 0, its name, and the unit that its header gives."""

    index: int
    name: str
    unit: str = ""


def one_line(label: str) -> str:
    """Give a label on one line: trimmed, and each run of spaces and newlines made one space."""
    return SPACES.sub(lambda run: run[0] if run[0] == "\u3000" else " ", label.strip())


def levels_of(rows: Sequence[Line], width: int, merged: Merged) -> list[list[str]]:
    """Give for each column the labels above it, the upper one first; a label of several columns stands in each."""
    levels = [[one_line(line.cell(at)) for at in range(width)] for line in rows]
    numbers = [line.number for line in rows]
    known = False
    for top, left, bottom, right in merged:
        for level, number in enumerate(numbers):
            if top <= number <= bottom and top in numbers:
                known = known or right > left
                label = levels[numbers.index(top)][left - 1] if left <= width else ""
                levels[level][left - 1 : right] = [label] * len(levels[level][left - 1 : right])
    if not known:
        _spread(levels)
    return [[level[at] for level in levels] for at in range(width)]


def _spread(levels: list[list[str]]) -> None:
    """Write each upper label over the blank cells to its right that have a label below, up to the next label."""
    for upper, level in enumerate(levels[:-1]):
        last, bounds = "", [row[:] for row in levels[:upper]]
        for at, label in enumerate(level):
            if label:
                last = label
            elif at and any(row[at] != row[at - 1] for row in bounds):
                last = ""  # another label begins above
            elif last and any(row[at] for row in levels[upper + 1 :]):
                level[at] = last
            else:
                last = ""


def join(labels: Sequence[str]) -> str:
    """Give one name out of the labels above each other; one that equals the one above it counts once."""
    kept: list[str] = []
    for label in labels:
        if label and not (kept and comparable(kept[-1]) == comparable(label)):
            kept.append(label)
    return "_".join(kept)


def name_columns(
    columns: Sequence[int], levels: Sequence[Sequence[str]], units: dict[int, str]
) -> tuple[Column, ...]:
    """Give the columns with their names: without a name by its number, a name that was there with a number."""
    taken: set[str] = set()
    found = []
    for at in columns:
        labels = levels[at] if at < len(levels) else []
        name = free_name(join(labels) or f"field{at + 1}", taken)
        unit = units.get(at) or next((unit for label in reversed(labels) if (unit := unit_in(label))), "")
        found.append(Column(at, name, unit))
    return tuple(found)
