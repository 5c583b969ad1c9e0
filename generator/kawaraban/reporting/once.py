"""One cell, one trouble: where a sign says why frictionless cannot take a value, people hear the sign."""

from collections.abc import Iterable
from dataclasses import replace

from kawaraban.model import Problem

# what makes a value no date or number, said more closely than "is not a date"
EXPLAINING = (
    "full-width-number", "impossible-date", "era-date", "wrong-era", "invisible", "mojibake",
    "degrees-minutes-seconds",
)  # fmt: skip


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """Give the problems without each type error that a sign explains; the sign is an error then."""
    listed = list(problems)
    wrong = {_cell(each) for each in listed if each.kind == "type-error"}
    explained = ({_cell(each) for each in listed if each.kind in EXPLAINING} & wrong) - {None}
    told = []
    for each in listed:
        if _cell(each) not in explained or each.kind not in ("type-error", *EXPLAINING):
            told.append(each)
        elif each.kind != "type-error":
            told.append(replace(each, severity="error"))
    return told


def _cell(problem: Problem) -> tuple[str, str | None, int, int] | None:
    if problem.row is None or problem.column is None:
        return None
    return problem.path, problem.sheet, problem.row, problem.column
