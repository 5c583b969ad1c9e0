"""Columns that are gone or have another name: charts and other people's programs ask for them by name."""

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher

from kawaraban.checking.change import Change, Difference, Pair

ALIKE = 0.8  # of two names
SAME = 0.9  # this share of the values
DIFFERENT = 3  # values; columns of 1 and empty are all alike
MANY = 100  # pairs of columns whose values are compared; beyond, the names must do
SHOWN = 5


def look_if_gone(pair: Pair) -> Iterator[Difference]:
    """Give every column that is no more; one finding where none is left."""
    names = [name for name in pair.old.table.columns if name.strip()]
    gone = [name for name in _gone(pair) if name not in _renamed(pair)]
    if len(gone) > 1 and len(gone) == len(names):
        yield Difference(details={"gone": ", ".join(gone[:SHOWN]) + (", …" if len(gone) > SHOWN else "")})
    else:
        yield from (Difference(label=name, details={"gone": name}) for name in gone)


def look_if_renamed(pair: Pair) -> Iterator[Difference]:
    """Give every column that has another name than before."""
    for old, column in _renamed(pair).items():
        name = pair.new.table.columns[column]
        yield Difference(column, value=name, details={"old": old})


def _gone(pair: Pair) -> list[str]:
    there = {*pair.new.table.columns}
    return [name for name in dict.fromkeys(pair.old.table.columns) if name.strip() and name not in there]


def _renamed(pair: Pair) -> dict[str, int]:
    """Give the columns that are gone, and the new column that each has become."""
    old, new = pair.old.table.columns, pair.new.table.columns
    gone = [old.index(name) for name in _gone(pair)]
    added = [at for at, name in enumerate(new) if name.strip() and name not in old]
    by_value = len(gone) * len(added) <= MANY
    ranked = sorted(
        (
            (max(_likeness(old[left], new[right]), _overlap(pair, left, right) if by_value else 0.0), left, right)
            for left in gone
            for right in added
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    found: dict[str, int] = {}
    for likeness, left, right in ranked:
        if likeness and old[left] not in found and right not in found.values():
            found[old[left]] = right
    return found


def _likeness(one: str, other: str) -> float:
    """Give how alike two names are; 0 where not enough."""
    one, other = ("".join(unicodedata.normalize("NFKC", each).casefold().split()) for each in (one, other))
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _overlap(pair: Pair, left: int, right: int) -> float:
    """Give the share of values that two columns have in common; 0 where that says too little."""
    import pyarrow.compute as pc

    old, new = pair.old.columns.column(left), pair.new.columns.column(right)
    different = pc.unique(old)
    if len(different) < DIFFERENT or not len(new):
        return 0.0
    if len(old) == len(new):
        share = pc.mean(pc.equal(old, new)).as_py()
    else:
        shared = pc.sum(pc.is_in(different, pc.unique(new))).as_py()
        share = min(shared / len(different), pc.mean(pc.is_in(new, different)).as_py())
    return share if share >= SAME else 0.0


CHANGES = (
    Change("column-gone", "warning", look_if_gone),
    Change("column-renamed", "warning", look_if_renamed),
)
