"""Which texts of a column, and which rows of a table, stand more than once: one column in memory at a time."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kawaraban.checking.sheet import Sheet

HEAVY = 64 << 20  # bytes of different texts from which on they are compared by their hashes, of 64 bits
BLOCK = 100_000  # texts hashed, or rows given, at once
HEAD = 1000  # texts that show if it is worth while to look at all
FEW = 10  # different ones of them: yes and no, or a class


def repeated_texts(sheet: Sheet, column: int, most: float) -> dict[str, int]:
    """Give the texts that stand more than once in a column, the regular rows only, and how often each does.

    Empty too where it is more than `most` rows that hold such a text.
    """
    lists = sheet.columns.lists
    if lists is not None:
        found = {text: count for text, count in Counter(lists[column]).items() if count > 1}
        return found if sum(found.values()) <= most else {}
    array = sheet.columns.column(column)
    if runs_upward(array):
        return {}
    import numpy as np
    import pyarrow.compute as pc

    numbers = _numbers(array)
    del array  # the largest thing held here
    keep, numbers = _repeated(numbers)
    if len(numbers) > most:
        return {}
    counted = pc.value_counts(_take(sheet.columns.column(column), np.flatnonzero(keep)))
    return dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True))


def runs_upward(array: Any) -> bool:
    """Say whether each text is greater than the one before it, as text or as a whole number."""
    return any(upward(array.slice(0, HEAD)) and upward(array) for upward in (_upward_as_text, _upward_as_number))


def _upward_as_text(array: Any) -> bool:
    import pyarrow.compute as pc

    return len(array) < 2 or bool(pc.all(pc.less(array.slice(0, len(array) - 1), array.slice(1))).as_py())


def _upward_as_number(array: Any) -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        return _upward_as_text(pc.cast(array, pa.int64()))
    except pa.ArrowInvalid:
        return False


def repeated_rows(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Give (row, first) of each regular row that an earlier one equals, cell for cell; blank rows are none."""
    lists = sheet.columns.lists
    if lists is None:
        yield from _by_arrow(sheet)
        return
    numbers = iter(range(sheet.rows))
    ragged = {row for row, _ in sheet.columns.ragged}
    seen: dict[tuple[str, ...], int] = {}
    for cells in zip(*lists, strict=True):
        row = next(each for each in numbers if each not in ragged)
        first = seen.setdefault(cells, row)
        if first != row and any(cells):
            yield row, first


def _by_arrow(sheet: Sheet) -> Iterator[tuple[int, int]]:
    import numpy as np

    columns = _in_order(sheet)
    if not columns:
        return
    at, first = _in_groups(sheet, columns)
    later = np.flatnonzero((first != at) & ~np.isin(first, _blank(sheet, columns, at[first == at])))
    rows = sheet.columns.numbers()
    for start in range(0, len(later), BLOCK):
        some = later[start : start + BLOCK]
        yield from zip(rows[at[some]].tolist(), rows[first[some]].tolist(), strict=True)


def _in_order(sheet: Sheet) -> list[int]:
    """Give the columns, those that tell most at least cost first; none where no row can stand twice."""
    import pyarrow.compute as pc

    few: dict[int, bool] = {}
    for column in range(len(sheet.names) if sheet.columns.regular else 0):
        array = sheet.columns.column(column)
        if runs_upward(array):
            return []
        few[column] = len(pc.unique(array.slice(0, HEAD))) <= FEW
    return sorted(few, key=lambda each: (few[each], sheet.longest(each)))


def _in_groups(sheet: Sheet, columns: list[int]) -> tuple[Any, Any]:
    """Give the positions of the rows that stand more than once, and beside each the first one like it.

    The groups of equal rows are numbered anew after each column; a row that is alone in its group is left behind.
    """
    import numpy as np

    at = np.arange(sheet.columns.regular)
    groups: Any = None
    first: Any = None  # for each of these rows the place in `at` of the first of its group
    for column in columns:
        numbers = _numbers(_take(sheet.columns.column(column), at))
        if first is not None and (numbers == numbers[first]).all():
            continue  # it divides no group
        keep, numbers = _repeated(numbers)
        at = at[keep]
        if groups is None:
            groups = numbers
        elif len(at):
            keep, groups = _repeated(groups[keep] * (int(numbers.max()) + 1) + numbers)
            at = at[keep]
        if not len(at):
            return at, at
        of_group = np.empty(int(groups.max()) + 1, np.int64)
        of_group[groups[::-1]] = np.arange(len(groups))[::-1]  # where a place is written twice, the last one stays
        first = of_group[groups]
    return at, at[first]


def _blank(sheet: Sheet, columns: list[int], at: Any) -> Any:
    """Give which of some positions are blank rows."""
    import pyarrow.compute as pc

    for column in columns:
        if len(at):
            empty = pc.equal(_take(sheet.columns.column(column), at), "")
            at = at[empty.to_numpy(zero_copy_only=False)]
    return at


def _take(array: Any, at: Any) -> Any:
    """Give the texts at some positions, which are in order, chunk by chunk: no chunk grows beyond what it holds."""
    import numpy as np
    import pyarrow as pa

    if len(at) == len(array):
        return array
    ends = np.cumsum([len(chunk) for chunk in array.chunks])
    parts = np.split(at, np.searchsorted(at, ends[:-1]))
    starts = [0, *ends[:-1]]
    taken = [
        chunk.take(pa.array(part - start)) for chunk, part, start in zip(array.chunks, parts, starts, strict=True)
    ]
    return pa.chunked_array(taken, array.type)


def _numbers(array: Any) -> Any:
    """Give a number for each text, the same for the same text: its place among the different ones, or its hash."""
    import numpy as np
    import pyarrow.compute as pc

    head = array.slice(0, BLOCK)
    if array.nbytes * len(pc.unique(head)) > HEAVY * len(head):
        from pandas.util import hash_array

        hashes = np.empty(len(array), np.uint64)
        for start in range(0, len(array), BLOCK):
            block = array.slice(start, BLOCK).to_numpy(zero_copy_only=False)
            hashes[start : start + BLOCK] = hash_array(block, categorize=False)
        return hashes.view(np.int64)
    parts = [chunk.indices.to_numpy() for chunk in array.dictionary_encode().chunks]
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)


def _repeated(numbers: Any) -> tuple[Any, Any]:
    """Give the mask of the numbers that stand more than once, and these anew, from 0 on without a gap."""
    import numpy as np

    if len(numbers) and numbers.min() >= 0 and numbers.max() < 2 * len(numbers):
        often = np.bincount(numbers) > 1
        keep = often[numbers]
        return keep, (np.cumsum(often) - 1)[numbers[keep]]
    values = np.sort(numbers)
    again = values[1:] == values[:-1]
    again[1:] &= values[1:-1] != values[:-2]  # of each, one is enough
    values = values[1:][again]
    if not len(values):
        return np.zeros(len(numbers), np.bool_), values
    places = np.searchsorted(values, numbers)
    keep = values[np.minimum(places, len(values) - 1)] == numbers
    return keep, places[keep]
