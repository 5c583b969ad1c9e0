"""`problems`: what is wrong with a dataset, on its page: helpful, not alarming. The same trouble is told once."""

import re
from collections.abc import Callable, Sequence
from html import escape

from kawaraban.model import Problem, Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, by_file, counted, groups
from kawaraban.reporting.place import file_of, place
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.telling import remark, told
from kawaraban.views.text import iso_text

SHOWN = 20  # groups; the rest is counted
CODE = re.compile(r"`([^`]+)`")

Say = Callable[[str], str]


def problem_box(verdict: Verdict, as_of: str, lang: str, say: Say) -> str:
    """Give the box, and closed below it what the descriptor silences; nothing where there is nothing to say."""
    box = _box(groups(verdict.problems), verdict, as_of, lang, say) if verdict.problems else ""
    return box + _silenced(verdict.silenced, say)


def _box(listed: Sequence[Group], verdict: Verdict, as_of: str, lang: str, say: Say) -> str:
    if verdict.valid:
        title = say("Published, with {count} remarks").format(count=f"{counted(listed)[1]:,}")
    elif as_of:
        title = say("The newest file has problems. This page shows the version of {date}.").format(
            date=iso_text(as_of, lang)
        )
    else:
        title = say("This dataset has problems and is not shown until they are mended.")
    parts = []
    for path, sheet, one in by_file(listed[:SHOWN]):
        items = "".join(_item(group, "" if verdict.valid else remark(group, say), say) for group in one)
        parts.append(f'<p class="kb-file">{escape(_name(path, sheet))}</p><ul>{items}</ul>')
    if rest := sum(group.total for group in listed[SHOWN:]):
        parts.append(f"<p>{_html(say('{count} more problems').format(count=f'{rest:,}'))}</p>")
    kind = "kb-remark" if verdict.valid else "kb-problem"
    return f'<div class="{kind}" role="note"><p class="kb-problem-title">{escape(title)}</p>{"".join(parts)}</div>'


def _item(group: Group, before: str, say: Say) -> str:
    """Give a group: one cell, or what is the same with its first places. `before` is the word for a remark."""
    words = told(group, say)
    if words.head:
        listed = "".join(f"<li>{_place(where)}{_html(what)}</li>" for where, what in words.examples)
        text = f"{escape(before)}{_html(words.head)}<ul>{listed}</ul>"
    else:
        where, what = words.examples[0]
        text = f"{_place(where)}{escape(before)}{_html(what)}"
    hint = f'<span class="kb-hint">{_html(words.hint)}</span>' if words.hint else ""
    return f"<li>{text}{hint}</li>"


def _silenced(problems: Sequence[Problem], say: Say) -> str:
    """Give what is silenced, by kind and reason."""
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.kind, problem.silenced), []).append(problem)
    if not found:
        return ""
    several = len({_name(each.path, each.sheet) for each in problems}) > 1
    items = "".join(_told_silenced(each, several, say) for each in found.values())
    summary = say("{count} remarks that were looked into").format(count=f"{len(problems):,}")
    return f'<details class="kb-data kb-silenced"><summary>{escape(summary)}</summary><ul>{items}</ul></details>'


def _told_silenced(problems: Sequence[Problem], several: bool, say: Say) -> str:
    first = problems[0]
    file = f'<span class="kb-file">{escape(_name(first.path, first.sheet))}</span> ' if several else ""
    what = _html(sentence(first, say)[0])
    if len(problems) > 1:
        what = escape(say("{what} (and {count} more)")).format(what=what, count=f"{len(problems) - 1:,}")
    reason = say("Reason: {reason}").format(reason=plain(first.silenced))
    return f'<li>{file}{_place(place(first, say))}{what}<span class="kb-hint">{escape(reason)}</span></li>'


def _name(path: str, sheet: str | None) -> str:
    return file_of(path.rpartition("/")[2], sheet)


def _place(where: str) -> str:
    return f'<b class="kb-place">{escape(where)}</b> ' if where else ""


def _html(text: str) -> str:
    """Give a sentence with what stands in backticks as code; everything else is escaped."""
    return CODE.sub(r"<code>\1</code>", escape(text))
