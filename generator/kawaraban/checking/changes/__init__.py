"""The changes: what may have gone wrong from one version of a table to the next. One concept, one file."""

from kawaraban.checking.change import Change
from kawaraban.checking.changes import columns, dates, rows, totals

CHANGES: dict[str, Change] = {
    each.kind: each
    for each in (
        *rows.CHANGES,
        *columns.CHANGES,
        *dates.CHANGES,
        totals.CHANGE,
    )
}  # fmt: skip
