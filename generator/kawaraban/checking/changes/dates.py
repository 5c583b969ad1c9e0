"""A series whose newest date stands still while rows are added, or goes back: the new figures bear an old date."""

from collections.abc import Iterator

from kawaraban.checking.change import Change, Difference, Pair

CHANGED = 0.2  # this share of the rows of a table that is of one day
FEWEST = 2


def look_if_still(pair: Pair) -> Iterator[Difference]:
    """Give the date column where rows were added, or those of one day have changed, and no newer date is there.

    A column of years is left alone: within a year many rows come and go.
    """
    new, old = pair.new.newest, pair.old.newest
    if new is None or old is None or new.period != old.period or not new.period.fine:
        return
    added = pair.new.filled - pair.old.filled
    alone = new.count == old.count == 1 and pair.old.filled > 1
    if added > 0 or (alone and _changed(pair) >= max(FEWEST, CHANGED * pair.old.filled)):
        yield Difference(new.column, value=new.period.text)


def look_if_back(pair: Pair) -> Iterator[Difference]:
    """Give the date column where the newest date is older than before."""
    new, old = pair.new.newest, pair.old.newest
    if new is not None and old is not None and new.period.start < old.period.start:
        yield Difference(new.column, value=new.period.text, details={"old": old.period.text})


def _changed(pair: Pair) -> int:
    """Give how many rows differ, where both versions have the same columns and as many rows."""
    import pyarrow.compute as pc

    new, old = pair.new.columns, pair.old.columns
    if pair.new.table.columns != pair.old.table.columns or new.regular != old.regular or not new.regular:
        return 0
    differs = pc.not_equal(new.column(0), old.column(0))
    for index in range(1, new.width):
        differs = pc.or_(differs, pc.not_equal(new.column(index), old.column(index)))
    return int(pc.sum(differs).as_py())


CHANGES = (
    Change("date-not-advancing", "warning", look_if_still),
    Change("date-went-back", "warning", look_if_back),
)
