"""`problems`: what is wrong with a dataset, on its page: helpful, not alarming."""

from collections.abc import Callable
from html import escape

from kawaraban.model import Verdict
from kawaraban.reporting.sentences import sentence
from kawaraban.views.text import iso_text

SHOWN = 20


def problem_box(verdict: Verdict, as_of: str, lang: str, say: Callable[[str], str]) -> str:
    """Give the box; nothing where there is nothing to say."""
    if not verdict.problems:
        return ""
    if verdict.valid:
        title = say("Published, with {count} remarks").format(count=len(verdict.problems))
    elif as_of:
        title = say("The newest file has problems. This page shows the version of {date}.").format(
            date=iso_text(as_of, lang)
        )
    else:
        title = say("This dataset has problems and is not shown until they are mended.")
    items = []
    for problem in verdict.problems[:SHOWN]:
        place = " ".join(
            each for each in (problem.path.rpartition("/")[2], problem.sheet or "", problem.address) if each
        )
        what, hint = sentence(problem, say)
        advice = f'<span class="kb-hint">{escape(hint)}</span>' if hint else ""
        items.append(f"<li><code>{escape(place)}</code> {escape(what)}{advice}</li>")
    rest = len(verdict.problems) - SHOWN
    more = f"<p>{escape(say('{count} more problems').format(count=f'{rest:,}'))}</p>" if rest > 0 else ""
    kind = "kb-problem" if not verdict.valid else "kb-remark"
    return (
        f'<div class="{kind}" role="note"><p class="kb-problem-title">{escape(title)}</p>'
        f"<ul>{''.join(items)}</ul>{more}</div>"
    )
