"""Tidy tables -> `Verdict`. The judge (frictionless) is the authority on what is valid."""

from collections.abc import Mapping, Sequence

from kawaraban.model import Dataset, Problem, Table, Verdict


def check(dataset: Dataset, tables: Sequence[Table], unread: Sequence[Problem] = ()) -> Verdict:
    """Give the verdict on a dataset: its descriptor's problems, those of reading, and frictionless's."""
    problems = [*dataset.problems, *unread, *(problem for table in tables for problem in table.problems)]
    tasks: tuple[Mapping[str, object], ...] = ()
    if tables:
        from kawaraban.checking.judge import judge

        tasks, found = judge(tables)
        problems.extend(found)
    return Verdict(dataset.slug, tuple(problems), sum(table.rows for table in tables), tasks)
