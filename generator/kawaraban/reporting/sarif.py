"""Verdicts as SARIF 2.1.0 (OASIS, 2023), the form that code scanning takes.

What a descriptor silences is left out: code scanning would open an alert for it all the same.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from kawaraban import __version__
from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import groups
from kawaraban.reporting.place import file_of, line_of, place
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.target import Target

MOST = 25_000  # results in one run; code scanning takes no more
LEVELS = {"error": "error", "warning": "warning"}
ANY: defaultdict[str, str] = defaultdict(lambda: "…")  # what stands for the value in the sentence of a kind


def sarif_report(verdicts: Sequence[Verdict], _seconds: float, lang: str, target: Target | None = None) -> str:
    """Give one run with a rule per kind and a result per problem, errors first."""
    say = translator(lang)
    prefix = target.prefix if target else ""
    problems = [each for verdict in verdicts for group in groups(verdict.problems) for each in group.problems]
    problems.sort(key=lambda each: each.severity != "error")
    kinds = list(dict.fromkeys(each.kind for each in problems[:MOST]))
    severities = {each.kind: each.severity for each in reversed(problems)}
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if len(problems) > MOST:
        rest = say("{count} more problems").format(count=f"{len(problems) - MOST:,}")
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": rest}}]
    report = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Kawaraban",
                        "version": __version__,
                        "rules": [_rule(kind, severities[kind], say) for kind in kinds],
                    }
                },
                "invocations": [invocation],
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, kinds.index(each.kind), prefix, say) for each in problems[:MOST]],
            }
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _rule(kind: str, severity: str, say: Callable[[str], str]) -> Mapping[str, Any]:
    """Give what a kind is: its sentence without the cell, why it matters and what to do."""
    sayings = SENTENCES.get(kind, ("", "", ""))
    what, hint = (_text(say(each).format_map(ANY)) if each else "" for each in sayings[:2])
    why = _text(say(sayings[2])) if sayings[2] else ""
    # these say their own sentence each time
    whole = {"descriptor-error": say("the descriptor has a mistake"), "unreadable": say("the file cannot be read")}
    short = what or whole.get(kind) or plain(kind)
    told = "\n\n".join(each for each in (why, hint) if each.strip("…"))
    return {
        "id": plain(kind),
        "shortDescription": {"text": short},
        "fullDescription": {"text": why or short},
        "help": {"text": told or short},
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _result(problem: Problem, rule: int, prefix: str, say: Callable[[str], str]) -> Mapping[str, Any]:
    what, hint = sentence(problem, say)
    at = " ".join(each for each in (problem.sheet and file_of("", problem.sheet), place(problem, say)) if each)
    told = f"{at}: {what}" if at else what
    where = quote(f"{prefix}{problem.path}".encode(errors="replace"))
    return {
        "ruleId": plain(problem.kind),
        "ruleIndex": rule,
        "level": LEVELS[problem.severity],
        "message": {"text": _text(f"{told} → {hint}" if hint else told)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": where, "uriBaseId": "%SRCROOT%"},
                    # a workbook has no lines; the row is nearer than nothing
                    "region": {"startLine": line_of(problem) or 1},
                }
            }
        ],
    }


def _text(text: str) -> str:
    """Give text as the message of SARIF wants it: brackets would be a link (3.11.6), braces an argument (3.11.5)."""
    return re.sub(r"([\\\[\]])", r"\\\1", plain(text)).replace("{", "{{").replace("}", "}}")
