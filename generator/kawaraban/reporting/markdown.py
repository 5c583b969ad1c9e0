"""Verdicts as Markdown, for the summary of a job or a comment. What it quotes cannot act: no link, no mention."""

import re
from collections.abc import Callable, Iterator, Sequence

from kawaraban.languages import translator
from kawaraban.model import Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, by_file, groups, silences
from kawaraban.reporting.place import file_of
from kawaraban.reporting.summary import summary, to_be_mended
from kawaraban.reporting.target import Target
from kawaraban.reporting.telling import remark, silence_line, told

MOST = 1_000_000  # bytes; GitHub refuses a summary above 1 MiB as a whole
SHOWN = 100  # groups of one dataset
# A reference to a character never is Markdown. Mentions and bare addresses are found after that, in the finished
# text; a comment behind their mark parts it from the name.
MARKS = re.compile(r"[&<>|\\`*_\[\]{}~$@#]|:(?=\S)|(?<=www)\.", re.I)
PARTED = "@#:."


def markdown_report(
    verdicts: Sequence[Verdict], _seconds: float, lang: str, _target: Target | None = None, most: int = MOST
) -> str:
    """Give a section per dataset that has something to say, the groups in a table; cut below `most` bytes."""
    say = translator(lang)
    listed = {number: groups(verdict.problems) for number, verdict in enumerate(verdicts)}
    everything = [group for each in listed.values() for group in each]
    head = f"## {say('Results of the check')}\n\n{escaped(summary(verdicts, everything, say))}\n"
    if mended := to_be_mended(verdicts, say):
        head += f"\n{escaped(mended)}\n"
    cut = f"\n{escaped(say('The report is cut here, since it would be too long. All of it: `kawaraban validate`'))}\n"
    parts = [head]
    room = most - len(head.encode()) - len(cut.encode())
    # what is held first: should the report be cut, the remarks go
    for number, verdict in sorted(enumerate(verdicts), key=lambda each: each[1].valid):
        for part in _section(verdict, listed[number], say):
            room -= len(part.encode())
            if room < 0:
                return "".join([*parts, cut])
            parts.append(part)
    return "".join(parts)


def escaped(text: str) -> str:
    """Give text for one line of Markdown, or one cell of a table, in which nothing means anything."""
    return MARKS.sub(_reference, plain(text)).strip()


def _reference(mark: re.Match[str]) -> str:
    return f"&#{ord(mark[0])};" + ("<!-- -->" if mark[0] in PARTED else "")


def _section(verdict: Verdict, listed: Sequence[Group], say: Callable[[str], str]) -> Iterator[str]:
    """Give a dataset's part, row by row."""
    silenced = silences(verdict)
    if not listed and not silenced:
        return
    state = say("with remarks") if verdict.valid and listed else say("to be mended") if listed else say("fine")
    yield f"\n### {escaped(verdict.slug)} ({escaped(state)})\n"
    if listed:
        yield f"\n| {say('Place')} | {say('What is wrong')} | {say('What to do')} |\n|---|---|---|\n"
    for path, sheet, one in by_file(listed[:SHOWN]):
        for group in one:
            yield _row(path, sheet, group, say)
    if rest := sum(group.total for group in listed[SHOWN:]):
        yield f"\n{escaped(say('{count} more problems').format(count=f'{rest:,}'))}\n"
    for each in silenced:
        yield f"\n{escaped(silence_line(each.kind, each.reason, each.count, say))}\n"


def _row(path: str, sheet: str | None, group: Group, say: Callable[[str], str]) -> str:
    words = told(group, say)
    file = escaped(file_of(path.rpartition("/")[2], sheet))
    kind = escaped(remark(group, say))
    if words.head:
        examples = "<br>".join(escaped(f"{place}: {what}" if place else what) for place, what in words.examples)
        return f"| {file} | {kind}{escaped(words.head)}<br>{examples} | {escaped(words.hint)} |\n"
    place, what = words.examples[0]
    return f"| {f'{file} {escaped(place)}'.strip()} | {kind}{escaped(what)} | {escaped(words.hint)} |\n"
