"""Verdicts as JSON, shaped like a frictionless report so that other tools read it; ours is under `kawaraban`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.sentences import sentence


def json_report(verdicts: Sequence[Verdict], seconds: float, lang: str) -> str:
    """Give a report with a task per table; `kawaraban` holds every problem with its place and sentence."""
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
            "datasets": [
                {
                    "name": verdict.slug,
                    "valid": verdict.valid,
                    "rows": verdict.rows,
                    "problems": [_problem(problem, lang) for problem in verdict.problems],
                }
                for verdict in verdicts
            ]
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=2, default=str) + "\n"


def _problem(problem: Problem, lang: str) -> Mapping[str, Any]:
    what, hint = sentence(problem, translator(lang))
    return {
        "kind": problem.kind, "severity": problem.severity, "path": problem.path, "sheet": problem.sheet,
        "row": problem.row, "column": problem.column, "line": problem.line, "address": problem.address,
        "label": problem.label, "value": problem.value, "message": what, "hint": hint, "fix": problem.fix,
    }  # fmt: skip
