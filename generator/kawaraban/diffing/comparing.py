"""A table and its earlier version -> `Difference`."""

from collections.abc import Mapping, Sequence
from typing import Any

from kawaraban.diffing.difference import FIRST, Change, Difference, Total
from kawaraban.diffing.pairing import key_of, keys, numbered, positions, renamed, resembling
from kawaraban.model import Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.reading.columns import read_columns
from kawaraban.roles import role_of

PLACES = ("latitude", "longitude")  # whose sums say nothing
WORDS = 50  # different ones that a column of categories may have


def diff_tables(new: Table | None, old: Table | None) -> Difference:
    """Give what changed from `old` to `new`. Rows with too many or too few cells are not looked at."""
    if new is None or old is None:
        table = new or old
        if table is None:
            return Difference("")
        rows = {"rows_after" if new else "rows_before": table.rows, "added" if new else "removed": table.rows}
        return Difference(table.name, state="new" if new else "gone", **rows)  # type: ignore[arg-type]
    if new.digest == old.digest:
        return Difference(new.name, rows_before=old.rows, rows_after=new.rows, state="same")
    here, there = read_columns(new.file, len(new.columns)), read_columns(old.file, len(old.columns))
    moved = _moved(new, old, here, there)
    pairs = {name: (new.columns.index(name), old.columns.index(name)) for name in new.columns if name in old.columns}
    pairs |= {new.columns[come]: (come, gone) for gone, come in moved.items()}
    key = key_of(new, old, here, there, [name for name in pairs if name in old.columns])
    matched, added, removed = _rows(here, there, pairs, key)
    changed, differing = _changed(here, there, pairs, matched)
    if not key:
        added, removed, resembled = _resembled(here, there, pairs, added, removed)
    else:
        resembled = []
    changes = [_change(here, there, pairs, key, differing, *each) for each in changed[:FIRST]]
    changes += [_pair(here, there, pairs, *each) for each in resembled[: FIRST - len(changes)]]
    types = _types(new, old, pairs, moved)
    return Difference(
        name=new.name,
        key=key,
        rows_before=old.rows,
        rows_after=new.rows,
        added=len(added),
        removed=len(removed),
        changed=len(changed) + len(resembled),
        columns_added=tuple(
            name for at, name in enumerate(new.columns) if name not in pairs and at not in moved.values()
        ),
        columns_removed=tuple(
            name for at, name in enumerate(old.columns) if name not in new.columns and at not in moved
        ),
        renamed={old.columns[gone]: new.columns[come] for gone, come in moved.items()},
        types=types,
        totals=_totals(new, here, there, pairs),
        categories=_categories(new, here, there, pairs),
        first_added=_named(here, new.columns, added[:FIRST]),
        first_removed=_named(there, old.columns, removed[:FIRST]),
        first_changed=tuple(changes),
    )


def _moved(new: Table, old: Table, here: Columns, there: Columns) -> dict[int, int]:
    added = [at for at, name in enumerate(new.columns) if name not in old.columns]
    removed = [at for at, name in enumerate(old.columns) if name not in new.columns]
    return renamed(here, there, added, removed) if added and removed else {}


def _rows(
    here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]], key: Sequence[str]
) -> tuple[Any, list[int], list[int]]:
    """Give (new, old) places of rows that are the same by key or by all their cells, and those that have no other."""
    import numpy as np

    chosen = [pairs[name] for name in key] if key else list(pairs.values())
    if not chosen:
        return np.empty((0, 2), dtype=np.int64), list(range(here.regular)), list(range(there.regular))
    left, right = keys(here, [a for a, _ in chosen]), keys(there, [b for _, b in chosen])
    if not key:
        left, right = numbered(left), numbered(right)
    places = positions(left, right)
    found = np.flatnonzero(places >= 0)
    left_over = np.ones(len(right), dtype=bool)
    left_over[places[found]] = False
    matched = np.column_stack((found, places[found]))
    return matched, np.flatnonzero(places < 0).tolist(), np.flatnonzero(left_over).tolist()


def _changed(
    here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]], matched: Any
) -> tuple[list[tuple[int, int, int]], dict[str, Any]]:
    """Give (place in `matched`, new, old) of the rows in which a cell differs, and for each column where."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not len(matched):
        return [], {}
    whole = np.zeros(len(matched), dtype=bool)
    differing = {}
    straight = bool((matched[:, 0] == np.arange(len(matched))).all()) and len(matched) == here.regular
    mine, other = pa.array(matched[:, 0]), pa.array(matched[:, 1])
    for name, (a, b) in pairs.items():
        left = here.column(a) if straight else here.column(a).take(mine)
        mask = pc.not_equal(left, there.column(b).take(other)).to_numpy()
        if mask.any():
            differing[name] = mask
            whole |= mask
    return [(int(at), int(matched[at, 0]), int(matched[at, 1])) for at in np.flatnonzero(whole)], differing


def _resembled(
    here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]], added: list[int], removed: list[int]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Give the rows that are left when those that resemble each other are taken for changed ones."""
    mine = [[cells[a] for a, _ in pairs.values()] for cells in _cells(here, added)] if len(added) < 5000 else []
    others = (
        [[cells[b] for _, b in pairs.values()] for cells in _cells(there, removed)] if len(removed) < 5000 else []
    )
    found = [(added[a], removed[b]) for a, b in resembling(mine, others)]
    taken, gone = {a for a, _ in found}, {b for _, b in found}
    return [each for each in added if each not in taken], [each for each in removed if each not in gone], found


def _cells(columns: Columns, regular: Sequence[int]) -> list[list[str]]:
    """Give the cells of some regular rows, by their places among these."""
    if not regular:
        return []
    numbers = columns.numbers()
    return list(columns.take([int(numbers[at]) for at in regular]))


def _change(
    here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]], key: Sequence[str],
    differing: Mapping[str, Any], at: int, new: int, old: int,
) -> Change:  # fmt: skip
    mine, other = _cells(here, [new])[0], _cells(there, [old])[0]
    named = {name: mine[pairs[name][0]] for name in key}
    return Change(
        named, {name: (other[pairs[name][1]], mine[pairs[name][0]]) for name, mask in differing.items() if mask[at]}
    )


def _pair(here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]], new: int, old: int) -> Change:
    mine, other = _cells(here, [new])[0], _cells(there, [old])[0]
    same = {name: mine[a] for name, (a, b) in pairs.items() if mine[a] == other[b] and mine[a]}
    differ = {name: (other[b], mine[a]) for name, (a, b) in pairs.items() if mine[a] != other[b]}
    return Change(dict(list(same.items())[:3]), differ)


def _named(columns: Columns, names: Sequence[str], rows: Sequence[int]) -> tuple[Mapping[str, str], ...]:
    return tuple(dict(zip(names, cells, strict=False)) for cells in _cells(columns, rows))


def _types(
    new: Table, old: Table, pairs: Mapping[str, tuple[int, int]], moved: Mapping[int, int]
) -> dict[str, tuple[str, str]]:
    were = {each.name: each.type for each in old.fields}
    back = {new.columns[come]: old.columns[gone] for gone, come in moved.items()}
    found = {}
    for each in new.fields:
        before = were.get(back.get(each.name, each.name))
        if each.name in pairs and before and before != each.type:
            found[each.name] = (before, each.type)
    return found


def _totals(new: Table, here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]]) -> tuple[Total, ...]:
    """Give the sums of the columns of numbers that are not the same as before."""
    kinds = {each.name: each.type for each in new.fields}
    found = []
    for name, (a, b) in pairs.items():
        if kinds.get(name) in ("integer", "number") and role_of(name) not in PLACES:
            before, after = _sum(there, b), _sum(here, a)
            if before != after:
                found.append(Total(name, before, after))
    return tuple(found)


def _sum(columns: Columns, place: int) -> float:
    import pyarrow as pa
    import pyarrow.compute as pc

    array = columns.column(place)
    bare = pc.if_else(pc.match_substring_regex(array, r"^-?[0-9]+(\.[0-9]+)?$"), array, None)
    return round(float(pc.sum(bare.cast(pa.float64())).as_py() or 0.0), 6)


def _categories(
    new: Table, here: Columns, there: Columns, pairs: Mapping[str, tuple[int, int]]
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the words that are new in a column of few different ones, and those that are lost."""
    import pyarrow.compute as pc

    kinds = {each.name: each.type for each in new.fields}
    found = {}
    for name, (a, b) in pairs.items():
        if kinds.get(name) != "string":
            continue
        counts = [pc.count_distinct(columns.column(at)).as_py() for columns, at in ((here, a), (there, b))]
        if max(counts) > WORDS or min(counts) * 2 > min(here.regular, there.regular):
            continue
        are, were = (set(columns.column(at).unique().to_pylist()) for columns, at in ((here, a), (there, b)))
        come, gone = sorted(are - were - {""}), sorted(were - are - {""})
        if come or gone:
            found[name] = (tuple(come), tuple(gone))
    return found
