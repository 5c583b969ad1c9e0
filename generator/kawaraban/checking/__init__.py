"""Tidy tables -> `Verdict`. The judge (frictionless) is the authority; signs see what it does not."""

from collections.abc import Mapping, Sequence
from typing import Any

from kawaraban.model import Dataset, Problem, Table, Verdict


def import_engines() -> None:
    """Import what looks at a large table."""
    import ibis.backends.sql.compilers.duckdb  # noqa: F401
    import pandas  # noqa: F401 - pyarrow imports it as soon as it meets a value of Python's

    import kawaraban.checking.engines
    import kawaraban.checking.judge
    import kawaraban.checking.search  # noqa: F401


def check(
    dataset: Dataset,
    tables: Sequence[Table],
    unread: Sequence[Problem] = (),
    town: Mapping[str, Any] | None = None,
    engine: str = "auto",
) -> Verdict:
    """Give the verdict on a dataset: its descriptor's problems, those of reading, frictionless's, and the signs.

    `town` is `extra.town` of mkdocs.yml: some signs know the town's code and place. `engine` is what screens large
    tables (model.ENGINES).
    """
    problems = [*dataset.problems, *unread, *(problem for table in tables for problem in table.problems)]
    tasks: tuple[Mapping[str, object], ...] = ()
    if tables:
        from kawaraban.checking.integrity import look_for_signs
        from kawaraban.checking.patterns import bound_patterns
        from kawaraban.checking.privacy import conceal, secrets_of
        from kawaraban.checking.routes import judged

        bounded, found = bound_patterns(dataset, tables)
        problems.extend(found)
        reports, found = judged(dataset, bounded, engine)
        tasks = tuple(reports)
        problems.extend(found)
        problems.extend(look_for_signs(dataset, tables, town or {}))
        problems, tasks = conceal(problems, tasks, secrets_of(dataset, tables, problems))
    from kawaraban.checking.integrity import silence

    loud, quiet = silence(dataset, problems)
    return Verdict(dataset.slug, tuple(loud), sum(table.rows for table in tables), tasks, tuple(quiet))
