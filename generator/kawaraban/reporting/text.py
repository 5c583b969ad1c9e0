"""Verdicts as people read them on a terminal."""

from collections.abc import Sequence

from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.sentences import sentence

SHOWN = 50  # problems of one dataset; the rest is counted


def text_report(verdicts: Sequence[Verdict], seconds: float, lang: str) -> str:
    """Give every problem on a line with its place and what to do, then one line that sums up."""
    say = translator(lang)
    lines: list[str] = []
    for verdict in verdicts:
        for problem in verdict.problems[:SHOWN]:
            lines += _lines(problem, lang)
        if len(verdict.problems) > SHOWN:
            rest = len(verdict.problems) - SHOWN
            lines.append(f"{verdict.slug}: " + say("{count} more problems").format(count=f"{rest:,}"))
    if lines:
        lines.append("")
    problems = sum(len(verdict.problems) for verdict in verdicts)
    invalid = [verdict.slug for verdict in verdicts if not verdict.valid]
    total = say("{problems} problems. {datasets} datasets, {rows} rows checked in {seconds} s.").format(
        problems=f"{problems:,}",
        datasets=f"{len(verdicts):,}",
        rows=f"{sum(verdict.rows for verdict in verdicts):,}",
        seconds=f"{seconds:.1f}",
    )
    if invalid:
        total += "\n" + say("To be mended: {names}").format(names=", ".join(invalid))
    return "\n".join([*lines, total]) + "\n"


def _lines(problem: Problem, lang: str) -> list[str]:
    say = translator(lang)
    what, hint = sentence(problem, say)
    sheet = f"[{problem.sheet}]" if problem.sheet else ""
    place = ":".join(each for each in (f"{problem.path}{sheet}", problem.address) if each)
    kind = "" if problem.severity == "error" else say("(remark) ")
    return [f"{place}: {kind}{what}", *([f"    → {hint}"] if hint else [])]
