"""A dataset beside an earlier version of it -> what may have gone wrong in between. Pure: who calls has both."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from kawaraban.checking.change import Pair, Version, as_problem
from kawaraban.checking.changes import CHANGES
from kawaraban.checking.staleness import look_if_stale
from kawaraban.model import Dataset, Problem, Table

KINDS = frozenset({*CHANGES, "table-gone", "stale", "updates-not-understood"})

Tables = Sequence[Table]


def compare_versions(
    dataset: Dataset,
    tables: Tables,
    old_dataset: Dataset | None,
    old_tables: Tables,
    old_date: str,
    today: date,
    updated: str = "",
    earlier: Callable[[], Sequence[Tables]] = tuple,
) -> Iterator[Problem]:
    """Give what changed suspiciously between two versions, and whether the data is stale.

    `old_date` (ISO) is the old version's. `updated` is the date of the last change, for data without dates of its
    own. `earlier` gives the tables of the versions before the old one, newest first; it is only asked where
    something looks unusual. Without `old_dataset` there is nothing to compare.
    """
    if old_dataset is not None:
        yield from _gone(dataset, old_dataset, old_date)
        for new, old in pairs_of(tables, old_tables):
            if new.digest != old.digest:
                pair = Pair(new, old, old_date, partial(_named, earlier, new.name))
                for change in CHANGES.values():
                    for difference in change.look(pair):
                        yield as_problem(change, difference, pair)
    if dataset.own.get("updates") is not None:
        yield from look_if_stale(dataset, [Version(table) for table in tables], updated, today)


def pairs_of(tables: Tables, old_tables: Tables) -> Iterator[tuple[Table, Table]]:
    """Give the tables that are versions of each other: by name, else the only one and the only one."""
    if len(tables) == len(old_tables) == 1:
        yield tables[0], old_tables[0]
        return
    named = {table.name: table for table in old_tables}
    yield from ((table, named[table.name]) for table in tables if table.name in named)


def _named(earlier: Callable[[], Sequence[Tables]], name: str) -> list[Table]:
    versions = earlier()
    found = (next((each for each in tables if each.name == name or len(tables) == 1), None) for tables in versions)
    return [table for table in found if table is not None]


def _gone(dataset: Dataset, old_dataset: Dataset, old_date: str) -> Iterator[Problem]:
    """Give the resources that the dataset has no more."""
    there = {resource.name for resource in dataset.resources}
    if len(dataset.resources) == len(old_dataset.resources) == 1:
        return
    line = dataset.lines.get(("resources",))
    for resource in old_dataset.resources:
        if resource.name not in there:
            yield Problem(
                "table-gone", "warning", dataset.source, line=line, value=resource.name,
                details={"sign": True, "before": old_date},
            )  # fmt: skip
