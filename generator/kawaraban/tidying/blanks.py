"""Blank rows, and columns in which nothing stands: they are left out, by name.

RIGHT holds (file, the blank rows), WRONG files without one.
"""

from collections.abc import Collection, Iterable

from kawaraban.tidying.shapes import Line

RIGHT: list[tuple[str, tuple[int, ...]]] = [
    ("名称,住所\n本館,1丁目\n,\n分館,2丁目\n,\n,\n", (3, 5, 6)),
    (",\n名称,住所\n本館,1丁目\n　,  \n", (1, 4)),
]
WRONG: list[str] = [
    "名称,住所\n本館,\n分館,2丁目\n",
    "番号,名称,住所\n1,本館,1丁目\n2,,\n",
]


def is_blank(cells: Iterable[str]) -> bool:
    """Say whether nothing stands in a row; spaces are nothing."""
    return not any(cell and not cell.isspace() for cell in cells)


def blank_columns(lines: Iterable[Line], width: int) -> set[int]:
    """Give the columns in which no row has anything, counted from 0."""
    seen: set[int] = set()
    for line in lines:
        seen.update(line.filled)
        if len(seen) == width:
            return set()
    return set(range(width)) - seen


def groups_of(columns: Collection[int]) -> list[list[int]]:
    """Give columns as groups that stand side by side without a gap."""
    groups: list[list[int]] = []
    for column in sorted(columns):
        if groups and groups[-1][-1] == column - 1:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups
