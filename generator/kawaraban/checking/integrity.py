"""Runs the signs over a dataset's tables, and sets aside what its descriptor silences with a reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kawaraban.checking.sheet import Sheet, as_problem
from kawaraban.checking.signs import SIGNS
from kawaraban.checking.versions import KINDS
from kawaraban.model import Dataset, Problem, Table

MOST = 1000  # findings of one sign in one table; the rest is counted


def look_for_signs(dataset: Dataset, tables: Sequence[Table], town: Mapping[str, Any]) -> Iterator[Problem]:
    """Give what every sign finds in every table."""
    resources = {resource.name: resource for resource in dataset.resources}
    for table in tables:
        sheet = Sheet(dataset, resources[table.name], table, town)
        for sign in SIGNS.values():
            count = 0
            for finding in sign.look(sheet):
                count += 1
                if count <= MOST:
                    yield as_problem(sign, finding, table)
            if count > MOST:
                yield Problem(
                    "more-of-a-kind",
                    "warning",
                    table.origin.path,
                    details={"kind": sign.kind, "count": count, "limit": MOST},
                )


def of_one_version(kind: str) -> bool:
    """Say whether a kind of problem is found in one version alone: not by comparing it with an earlier one."""
    return kind not in KINDS


def silence(
    dataset: Dataset, problems: Sequence[Problem], looked_for: Callable[[str], bool] = of_one_version
) -> tuple[list[Problem], list[Problem]]:
    """Give the problems that count, and those that `kawaraban: silence:` gives a reason for.

    Only what our own signs see can be silenced; what frictionless calls wrong cannot. A rule is told to be unused
    where its kind was `looked_for`, and not found.
    """
    rules = dataset.own.get("silence")
    loud: list[Problem] = []
    quiet: list[Problem] = []
    used: set[int] = set()
    listed = [each for each in rules if isinstance(each, Mapping)] if isinstance(rules, list) else []
    for problem in problems:
        rule = next((number for number, each in enumerate(listed) if _covers(each, problem)), None)
        if rule is None:
            loud.append(problem)
        else:
            used.add(rule)
            quiet.append(replace(problem, silenced=str(listed[rule].get("reason"))))
    for number, each in enumerate(listed):
        if number not in used and looked_for(str(each.get("problem", ""))):
            line = dataset.lines.get(("kawaraban", "silence", number))
            loud.append(
                Problem(
                    "silence-unused", "warning", dataset.source, line=line,
                    details={"kind": str(each.get("problem", ""))},
                )
            )  # fmt: skip
    return loud, quiet


def _covers(rule: Mapping[str, Any], problem: Problem) -> bool:
    return (
        bool(problem.details.get("sign"))
        and rule.get("problem") == problem.kind
        and rule.get("column") in (None, problem.label)
        and bool(str(rule.get("reason") or "").strip())
    )
