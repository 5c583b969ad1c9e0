"""Ways to look at a column of a sheet that stay cheap where it has a million cells: by distinct text, by a sample."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from kawaraban.checking.sheet import Sheet
from kawaraban.tidying.missing import is_missing

Given = TypeVar("Given")
ENDS = 1000  # rows
HEAD = 100_000  # cells that tell if a column's texts repeat


def once_for_each_sheet(give: Callable[[Sheet], Given]) -> Callable[[Sheet], Given]:
    """Let a function of a sheet work once for each: several signs ask the same. It keeps no sheet alive."""
    known: WeakKeyDictionary[Sheet, Given] = WeakKeyDictionary()

    @wraps(give)
    def given(sheet: Sheet) -> Given:
        if sheet not in known:
            known[sheet] = give(sheet)
        return known[sheet]

    return given


def is_nothing(text: str) -> bool:
    """Say whether a cell only says that there is nothing: a dash, なし, 不明."""
    return is_missing(text.strip())


def sample(sheet: Sheet, column: int, most: int = 200) -> list[str]:
    """Give some filled cells, from a column's start and its middle; all where they are few."""
    size = sheet.columns.regular
    parts = [(0, size)] if size <= 2 * most else [(0, most), (size // 2, most)]
    if sheet.columns.lists is not None:
        cells = sheet.columns.lists[column]
        return [each for start, count in parts for each in cells[start : start + count] if each]
    array = sheet.columns.column(column)
    return [each for start, count in parts for each in array.slice(start, count).to_pylist() if each]


@once_for_each_sheet
def ends(sheet: Sheet) -> tuple[list[list[str]], list[list[str]]]:
    """Give the first and the last rows of a large table, `ENDS` of each."""
    return sheet.take(range(ENDS)), sheet.take(range(sheet.rows - ENDS, sheet.rows))


def distinct(sheet: Sheet, column: int) -> dict[str, int]:
    """Give the filled texts of a column, and how often each stands there."""
    found: dict[str, int] = {}
    if sheet.columns.lists is not None:
        for text in sheet.columns.lists[column]:
            found[text] = found.get(text, 0) + 1
    else:
        import pyarrow.compute as pc

        counted = pc.value_counts(sheet.columns.column(column))
        found.update(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
    for _, text in sheet.columns.odd(column):
        found[text] = found.get(text, 0) + 1
    found.pop("", None)
    return found


def find_unlike(sheet: Sheet, column: int, clean: str) -> list[tuple[int, str]]:
    """Give (row, text) of the filled cells in which `clean`, an expression as in Sheet.cells, is *not* found."""
    pattern = re.compile(clean, re.ASCII)
    if sheet.columns.lists is not None:
        return [(row, text) for row, text in sheet.cells(column) if not pattern.search(text)]
    import pyarrow.compute as pc

    def unlike(array: Any) -> Any:
        return pc.and_not(pc.not_equal(array, ""), pc.match_substring_regex(array, clean))

    array = sheet.columns.column(column)
    head = array.slice(0, HEAD)
    if 4 * len(pc.unique(head)) < len(head):
        texts = pc.unique(array)
        wanted = texts.filter(unlike(texts))
        found = sheet.where(column, pc.is_in(array, value_set=wanted)) if len(wanted) else []
    else:
        found = sheet.where(column, unlike(array))
    odd = [(row, text) for row, text in sheet.columns.odd(column) if text and not pattern.search(text)]
    return sorted(found + odd) if odd else found


def find_texts(sheet: Sheet, column: int, wanted: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Give (row, text) of the cells whose text is one of `wanted`."""
    if not wanted:
        return []
    if sheet.columns.lists is not None:
        return [(row, text) for row, text in sheet.cells(column) if text in wanted]
    import pyarrow as pa
    import pyarrow.compute as pc

    mask = pc.is_in(sheet.columns.column(column), value_set=pa.array(list(wanted), pa.string()))
    found = sheet.where(column, mask)
    odd = [(row, text) for row, text in sheet.columns.odd(column) if text in wanted]
    return sorted(found + odd) if odd else found
