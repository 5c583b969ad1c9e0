"""Verdicts as JSON, shaped like a frictionless report so that other tools read it; ours is under `kawaraban`."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.place import place
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.target import Target

# what acts on a terminal or is half a letter; within a report they can only stand in strings
ACTIVE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_report(verdicts: Sequence[Verdict], seconds: float, lang: str, _target: Target | None = None) -> str:
    """Give a report with a task per table; `kawaraban` holds every problem with its place and sentence."""
    say = translator(lang)
    tasks = [task for verdict in verdicts for task in verdict.tasks]
    errors = sum(problem.severity == "error" for verdict in verdicts for problem in verdict.problems)
    report: Mapping[str, Any] = {
        "valid": all(verdict.valid for verdict in verdicts),
        "stats": {
            "tasks": len(tasks),
            "errors": errors,
            "warnings": sum(len(verdict.problems) for verdict in verdicts) - errors,
            "seconds": round(seconds, 3),
        },
        "warnings": [],
        "errors": [],
        "tasks": tasks,
        "kawaraban": {
            "language": lang,
            "datasets": [
                {
                    "name": verdict.slug,
                    "valid": verdict.valid,
                    "rows": verdict.rows,
                    "problems": [_problem(problem, say) for problem in verdict.problems],
                    "silenced": [
                        {**_problem(problem, say), "reason": problem.silenced} for problem in verdict.silenced
                    ],
                }
                for verdict in verdicts
            ],
        },
    }
    text = json.dumps(report, ensure_ascii=False, indent=2, default=str)
    return ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _problem(problem: Problem, say: Callable[[str], str]) -> Mapping[str, Any]:
    what, hint = sentence(problem, say)
    return {
        "kind": problem.kind, "severity": problem.severity, "path": problem.path, "sheet": problem.sheet,
        "row": problem.row, "column": problem.column, "line": problem.line, "address": problem.address,
        "place": place(problem, say), "label": problem.label, "value": problem.value, "message": what,
        "hint": hint, "fix": problem.fix, "details": dict(problem.details),
    }  # fmt: skip
