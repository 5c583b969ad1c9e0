"""Verdicts as workflow commands of GitHub Actions: an annotation on the line of the file.

A cell may hold what looks like a command, so every line is one of ours and what it quotes is escaped, as the runner
unescapes it (actions/toolkit, packages/core/src/command.ts).
"""

from collections.abc import Callable, Iterator, Sequence

from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, groups
from kawaraban.reporting.place import file_of, line_of, place
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.summary import summary, to_be_mended
from kawaraban.reporting.target import Target

SHOWN = 10  # annotations of one kind


def github_report(verdicts: Sequence[Verdict], _seconds: float, lang: str, target: Target | None = None) -> str:
    """Give the worst problems of each kind as annotations, then a notice that says how many are hidden."""
    say = translator(lang)
    prefix = target.prefix if target else ""
    listed = [group for verdict in verdicts for group in groups(verdict.problems)]
    lines = []
    hidden: dict[str, int] = {}
    for kind, of_kind in _by_kind(listed).items():
        worst = sorted(_ranked(of_kind), key=lambda each: each[0])
        for _, problem in worst[:SHOWN]:
            lines.append(_annotation(problem, prefix, say))
        rest = sum(group.total for group in of_kind) - len(worst[:SHOWN])
        if rest:
            hidden[kind] = rest
    told = [summary(verdicts, listed, say)]
    if hidden:
        count = f"{sum(hidden.values()):,}"
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in hidden.items())
        told.append(say("{count} more are not shown here: {kinds}").format(count=count, kinds=plain(kinds)))
    told += [mended] if (mended := to_be_mended(verdicts, say)) else []
    lines.append(f"::notice title=Kawaraban::{_message(chr(10).join(told))}")
    return "\n".join(lines) + "\n"


def _by_kind(listed: Sequence[Group]) -> dict[str, list[Group]]:
    """Give the groups by kind, kinds with errors first."""
    found: dict[str, list[Group]] = {}
    for group in sorted(listed, key=lambda group: group.first.severity != "error"):
        found.setdefault(group.first.kind, []).append(group)
    return found


def _ranked(of_kind: Sequence[Group]) -> Iterator[tuple[tuple[bool, int, int], Problem]]:
    """Give every problem with its rank: errors, then one of each group, then the second of each."""
    for number, group in enumerate(of_kind):
        for depth, problem in enumerate(group.problems[:SHOWN]):
            yield (problem.severity != "error", depth, number), problem


def _annotation(problem: Problem, prefix: str, say: Callable[[str], str]) -> str:
    what, hint = sentence(problem, say)
    command = "error" if problem.severity == "error" else "warning"
    title = " ".join(each for each in (problem.sheet and file_of("", problem.sheet), place(problem, say)) if each)
    properties = {
        "file": plain(f"{prefix}{problem.path}") if problem.path else "",
        "line": str(line_of(problem) or ""),
        "title": f"{title} ({problem.kind})" if title else problem.kind,
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{command} {told}::{_message(f'{what} → {hint}' if hint else what)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
