"""Which texts of a column, and which rows of a table, stand more than once: one column in memory at a time."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kawaraban.checking.sheet import Sheet

HEAVY = 64 << 20  # bytes of a column from which on its texts are compared by their hashes, of 64 bits
BLOCK = 100_000  # texts hashed at once
HEAD = 1000  # texts that show if it is worth while to look at all
FEW = 10  # different ones of them: yes and no, or a class


def all_differ(sheet: Sheet, column: int) -> bool:
    """Say whether each regular row has a text of its own in a column; what runs upward is known at a glance."""
    lists = sheet.columns.lists
    if lists is not None:
        return len(set(lists[column])) == len(lists[column])
    import pyarrow.compute as pc

    array = sheet.columns.column(column)
    return runs_upward(array) or len(pc.unique(array)) == len(array)


def repeated_texts(sheet: Sheet, column: int) -> tuple[int, dict[str, int]]:
    """Give how many different texts the regular rows have in a column, and how often the repeated ones stand."""
    lists = sheet.columns.lists
    if lists is not None:
        counts = Counter(lists[column])
        return len(counts), {text: count for text, count in counts.items() if count > 1}
    import pyarrow.compute as pc

    counted = pc.value_counts(sheet.columns.column(column))
    twice = counted.filter(pc.greater(counted.field("counts"), 1))
    return len(counted), {each["values"]: each["counts"] for each in twice.to_pylist()}


def runs_upward(array: Any) -> bool:
    """Say whether each text is greater than the one before it, as text or as a whole number."""
    return any(upward(array.slice(0, HEAD)) and upward(array) for upward in (_upward_as_text, _upward_as_number))


def _upward_as_text(array: Any) -> bool:
    import pyarrow.compute as pc

    return len(array) < 2 or bool(pc.all(pc.less(array.slice(0, len(array) - 1), array.slice(1))).as_py())


def _upward_as_number(array: Any) -> bool:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        numbers = pc.cast(array, pa.int64()).to_numpy()
    except pa.ArrowInvalid:
        return False
    return bool((np.diff(numbers) > 0).all())


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
    """Number the groups of equal rows after each column, and go on with those that have a group of two or more."""
    import numpy as np
    import pyarrow.compute as pc

    few: dict[int, bool] = {}
    if not sheet.columns.regular:
        return
    for column in range(len(sheet.names)):
        array = sheet.columns.column(column)
        if runs_upward(array):
            return
        few[column] = len(pc.unique(array.slice(0, HEAD))) <= FEW
    at = np.arange(sheet.columns.regular)
    groups: Any = None
    blank = np.ones(len(at), np.bool_)
    # what has many texts tells most, and what is short is read quickly
    for column in sorted(few, key=lambda each: (few[each], sheet.longest(each))):
        array = _take(sheet.columns.column(column), at)
        codes = _codes(array)
        groups = codes if groups is None else _dense(groups * (int(codes.max()) + 1) + codes)
        blank &= pc.equal(array, "").to_numpy(zero_copy_only=False)
        keep = np.bincount(groups)[groups] > 1
        at, groups, blank = at[keep], groups[keep], blank[keep]
        if not len(at):
            return
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    rows = sheet.columns.numbers()[at]
    later = (rows[first][group] != rows) & ~blank
    yield from zip(rows[later].tolist(), rows[first][group][later].tolist(), strict=True)


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


def _codes(array: Any) -> Any:
    """Give a number for each text, the same for the same text."""
    import numpy as np

    if array.nbytes > HEAVY:
        from pandas.util import hash_array

        blocks = (array.slice(start, BLOCK) for start in range(0, len(array), BLOCK))
        hashes = [hash_array(each.to_numpy(zero_copy_only=False), categorize=False) for each in blocks]
        return _dense(np.concatenate(hashes).view(np.int64))
    return np.concatenate([chunk.indices.to_numpy() for chunk in array.dictionary_encode().chunks]).astype(np.int64)


def _dense(numbers: Any) -> Any:
    """Give the numbers anew, from 0 without a gap."""
    import numpy as np
    import pyarrow as pa

    return pa.array(numbers).dictionary_encode().indices.to_numpy().astype(np.int64)
