"""Problems of a consolidated table -> the cells of the officers' files that its rows are from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kawaraban.consolidating.assembling import Made
from kawaraban.consolidating.source import Taken
from kawaraban.model import Problem, Verdict

# what compares the rows of one list: those of several need not be alike
OF_ONE_LIST = {"repeated-id", "far-from-others", "far-from-town", "mixed-postal-codes", "duplicate-row"}


def point_back(verdict: Verdict, made: Made, parts: Sequence[Taken]) -> Verdict:
    """Give the verdict with its problems at their places in the officers' files, without those told there already."""
    told = {_key(each) for taken in parts for each in (*taken.verdict.problems, *taken.verdict.silenced)}
    problems, silenced = (
        tuple(each for each in _pointed(listed, made) if _key(each) not in told)
        for listed in (verdict.problems, verdict.silenced)
    )
    return replace(verdict, problems=problems, silenced=silenced)


def _key(problem: Problem) -> tuple[str, str, str | None, int | None]:
    return problem.kind, problem.path, problem.sheet, problem.row


def _pointed(problems: Iterable[Problem], made: Made) -> Iterator[Problem]:
    table = made.tables[0] if made.tables else None
    for problem in problems:
        if problem.kind in OF_ONE_LIST:
            continue
        if table is None or problem.path != table.origin.path or problem.row is None or problem.row < 2:
            yield problem
            continue
        source, number = made.rows[problem.row - 2]
        sourced = made.sourced[source]
        origin = sourced.table.origin
        at = sourced.columns.get(problem.label)
        column = None if at is None else origin.column(at)
        yield replace(
            problem, path=origin.path, sheet=origin.sheet, row=number, column=column, line=None,
            address=origin.address(number, column, sourced.table.columns[at] if at is not None else ""),
        )  # fmt: skip
