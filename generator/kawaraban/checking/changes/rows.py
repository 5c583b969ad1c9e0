"""Rows that are gone: a file cut off, a filter left on, half a sheet copied."""

from collections.abc import Iterator

from kawaraban.checking.change import Change, Difference, Pair, Version

SHARPLY = 0.25  # this share of the rows
FEWEST = 5  # rows; small tables change by as much every year
AS_MUCH = 0.8  # of the drop: it is usual where it was seen before


def look_if_all_gone(pair: Pair) -> Iterator[Difference]:
    """Give the table where nothing is left of its rows."""
    if pair.old.filled and not pair.new.filled:
        yield Difference(details={"old": f"{pair.old.filled:,}"})


def look(pair: Pair) -> Iterator[Difference]:
    """Give the table where many rows are gone, and such a drop was not seen before."""
    new, old = pair.new.filled, pair.old.filled
    drop = _drop(pair.new, pair.old)
    if (
        new
        and old - new >= FEWEST
        and drop >= SHARPLY
        and not any(_drop(*each) >= AS_MUCH * drop for each in pair.steps)
    ):
        yield Difference(details={"old": f"{old:,}", "new": f"{new:,}", "percent": round(100 * drop)})


def _drop(new: Version, old: Version) -> float:
    return 1 - new.filled / old.filled if old.filled else 0.0


CHANGES = (
    Change("rows-gone", "error", look_if_all_gone),
    Change("rows-dropped", "warning", look),
)
