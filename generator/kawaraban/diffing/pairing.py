"""Which row of the old table is which of the new: by key, else by equal cells, else by what most resembles it."""

from collections.abc import Sequence
from typing import Any

from kawaraban.model import Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.roles import is_code

BETWEEN = "\x1f"  # between the cells of a key or a row
SHARED = 0.5  # of the fewer keys: a column is a key only where so many stand in both versions
RESEMBLING = 2000  # rows left over on either side, up to which they are matched by resemblance
ALIKE = 0.5  # of the cells: two rows resemble each other
RENAMED = 0.9  # of the different cells: a column has but another name


def key_of(new: Table, old: Table, here: Columns, there: Columns, names: Sequence[str]) -> tuple[str, ...]:
    """Give the columns by which rows are known again: the primary key, else one whose cells are all different."""
    declared = new.schema.get("primaryKey") or old.schema.get("primaryKey") or []
    declared = [declared] if isinstance(declared, str) else list(declared)
    if declared and set(declared) <= set(names) and _is_key(declared, new, old, here, there, 0.0):
        return tuple(declared)
    for name in sorted(names, key=lambda each: not is_code(each)):
        if _is_key([name], new, old, here, there, SHARED):
            return (name,)
    return ()


def keys(columns: Columns, places: Sequence[int]) -> Any:
    """Give the cells of some columns as one text for each regular row."""
    import pyarrow.compute as pc

    arrays = [_whole(columns, place) for place in places]
    return arrays[0] if len(arrays) == 1 else pc.binary_join_element_wise(*arrays, BETWEEN)


def numbered(texts: Any) -> Any:
    """Give the texts with the count of equal ones before each, so that every one is different."""
    import pandas as pd
    import pyarrow as pa

    series = pd.Series(texts.to_pandas())
    counts = series.groupby(series).cumcount()
    return pa.array(series + BETWEEN + counts.astype(str))


def positions(new: Any, old: Any) -> Any:
    """Give for each text of `new` its place in `old`, -1 where it is not there, as numpy."""
    import pyarrow.compute as pc

    found = pc.fill_null(pc.index_in(new, value_set=old), -1)
    return found.to_numpy(zero_copy_only=False)


def renamed(new: Columns, old: Columns, added: Sequence[int], removed: Sequence[int]) -> dict[int, int]:
    """Give {old place: new place} of columns that hold the same cells under another name."""
    found: dict[int, int] = {}
    for gone in removed:
        were = set(_whole(old, gone).unique().to_pylist()) - {""}
        for come in added:
            if come in found.values() or len(were) < 2:
                continue
            are = set(_whole(new, come).unique().to_pylist()) - {""}
            if len(were & are) >= RENAMED * max(len(were), len(are)):
                found[gone] = come
                break
    return found


def resembling(new: Sequence[Sequence[str]], old: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """Give pairs of (new, old) rows that have at least half of their cells in common, the likest first."""
    if not new or not old or len(new) > RESEMBLING or len(old) > RESEMBLING:
        return []
    by_cell: dict[tuple[int, str], list[int]] = {}
    for at, cells in enumerate(old):
        for place, cell in enumerate(cells):
            if cell:
                by_cell.setdefault((place, cell), []).append(at)
    scored = []
    for at, cells in enumerate(new):
        counts: dict[int, int] = {}
        for place, cell in enumerate(cells):
            for other in by_cell.get((place, cell), ()) if cell else ():
                counts[other] = counts.get(other, 0) + 1
        filled = sum(map(bool, cells)) or 1
        scored += [(-count, at, other) for other, count in counts.items() if count >= ALIKE * filled]
    taken_new: set[int] = set()
    taken_old: set[int] = set()
    pairs = []
    for _, at, other in sorted(scored):
        if at not in taken_new and other not in taken_old:
            taken_new.add(at)
            taken_old.add(other)
            pairs.append((at, other))
    return sorted(pairs)


def _whole(columns: Columns, place: int) -> Any:
    array = columns.column(place)
    return array.combine_chunks() if hasattr(array, "combine_chunks") else array


def _is_key(names: Sequence[str], new: Table, old: Table, here: Columns, there: Columns, least: float) -> bool:
    """Say whether columns are filled and different in every row of both versions, and a share of them the same."""
    import pyarrow.compute as pc

    found = []
    for table, columns in ((new, here), (old, there)):
        places = [table.columns.index(name) for name in names]
        texts = keys(columns, places)
        if len(texts) and (pc.any(pc.equal(texts, "")).as_py() or pc.count_distinct(texts).as_py() < len(texts)):
            return False
        found.append(texts)
    fewer = min(len(each) for each in found)
    shared = int((positions(found[0], found[1]) >= 0).sum()) if fewer else 0
    return not fewer or shared >= least * fewer
