"""Problems -> groups: the same trouble in 3,000 cells is told once, with the count and three examples."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kawaraban.model import Problem, Verdict
from kawaraban.reporting.once import told_once

FEW = 3  # so many cells are told one by one, and so many stand as examples for more
# what makes two cells of one kind two troubles: they are mended in two ways
TELLING = ("what", "constraint", "limit", "type", "format")


@dataclass(frozen=True, slots=True)
class Group:
    """Problems of one kind in one sheet, in the order of the file; `total` counts those too that a limit cut."""

    problems: tuple[Problem, ...]
    total: int

    @property
    def first(self) -> Problem:
        return self.problems[0]

    @property
    def examples(self) -> tuple[Problem, ...]:
        return self.problems[:FEW]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the file."""
        named = sorted((each.column or 0, each.label) for each in self.problems if each.label)
        return tuple(dict.fromkeys(label for _, label in named))


@dataclass(frozen=True, slots=True)
class Silence:
    """What a descriptor gives a reason for: the kind of problem, the reason, how many they are."""

    kind: str
    reason: str
    count: int


def groups(problems: Iterable[Problem]) -> list[Group]:
    """Give the groups, errors first, then by place. A group of at most three is told cell by cell: as one each."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    cut: list[Problem] = []
    for problem in told_once(problems):
        if problem.kind == "more-of-a-kind":
            cut.append(problem)
        else:
            found.setdefault(_trouble(problem), []).append(problem)
    totals = {key: len(each) for key, each in found.items()}
    for problem in cut:
        kind, path = problem.details.get("kind"), problem.path
        same = [key for key, each in found.items() if (each[0].kind, each[0].path) == (kind, path)]
        if len(same) == 1:
            totals[same[0]] = max(totals[same[0]], int(problem.details["count"]))
        else:  # it cannot be said of which group it is
            key = _trouble(problem)
            found.setdefault(key, []).append(problem)
            totals[key] = len(found[key])
    made = []
    for key, listed in found.items():
        listed.sort(key=_place)
        if totals[key] > FEW:
            made.append(Group(tuple(listed), totals[key]))
        else:
            made += [Group((each,), 1) for each in listed]
    return sorted(made, key=lambda group: (group.first.severity != "error", _place(group.first)))


def by_file(listed: Sequence[Group]) -> Iterator[tuple[str, str | None, list[Group]]]:
    """Give the groups by file and sheet, those with errors first; the order within one stays."""
    worst = {_file(group.first) for group in listed if group.first.severity == "error"}

    def order(group: Group) -> tuple[bool, tuple[str, str]]:
        return _file(group.first) not in worst, _file(group.first)

    for _, each in groupby(sorted(listed, key=order), key=order):
        one = list(each)
        yield one[0].first.path, one[0].first.sheet, one


def counted(listed: Iterable[Group]) -> tuple[int, int]:
    """Give the number of errors and of remarks."""
    errors = remarks = 0
    for group in listed:
        if group.first.severity == "error":
            errors += group.total
        else:
            remarks += group.total
    return errors, remarks


def silences(verdict: Verdict) -> list[Silence]:
    """Give what the descriptor silences, in the order of the file."""
    counts: dict[tuple[str, str], int] = {}
    for problem in verdict.silenced:
        key = (problem.kind, problem.silenced)
        counts[key] = counts.get(key, 0) + 1
    return [Silence(kind, reason, count) for (kind, reason), count in counts.items()]


def _trouble(problem: Problem) -> tuple[object, ...]:
    told = tuple(str(problem.details.get(name, "")) for name in TELLING)
    return problem.kind, problem.severity, problem.path, problem.sheet, problem.hint, told


def _place(problem: Problem) -> tuple[str, str, int, int]:
    return *_file(problem), problem.row or problem.line or 0, problem.column or 0


def _file(problem: Problem) -> tuple[str, str]:
    return problem.path, problem.sheet or ""
