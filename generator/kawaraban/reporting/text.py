"""Verdicts as people read them on a terminal: by file, each trouble with its place and what to do."""

from collections.abc import Callable, Iterator, Sequence

from kawaraban.languages import translator
from kawaraban.model import Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, by_file, groups, silences
from kawaraban.reporting.place import file_of
from kawaraban.reporting.summary import summary, to_be_mended
from kawaraban.reporting.target import Target
from kawaraban.reporting.telling import remark, silence_line, told
from kawaraban.reporting.width import wrapped

SHOWN = 50  # groups of one dataset; the rest is counted
PAINT = {"red": "\x1b[31m", "yellow": "\x1b[33m", "green": "\x1b[32m", "bold": "\x1b[1m"}
END = "\x1b[0m"
BESIDE, BELOW = "  ", "      "


class Page:
    """Collects lines, as wide and as coloured as the target wants them."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.lines: list[str] = []

    def write(self, text: str, before: str = "", rest: str = "", mark: str = "", colour: str = "") -> None:
        """Add a paragraph: `before` and `mark` at its head, the mark coloured; the whole of it where it has none."""
        lines = wrapped(text, self.target.width, before + mark, rest)
        if self.target.colour and colour:
            head, end = (len(before), len(before) + len(mark)) if mark else (0, len(lines[0]))
            lines[0] = f"{lines[0][:head]}{PAINT[colour]}{lines[0][head:end]}{END}{lines[0][end:]}"
            if not mark:
                lines[1:] = [f"{PAINT[colour]}{line}{END}" for line in lines[1:]]
        self.lines += lines


def text_report(verdicts: Sequence[Verdict], _seconds: float, lang: str, target: Target | None = None) -> str:
    """Give every trouble below the name of its file, then one line that sums up."""
    say = translator(lang)
    page = Page(target or Target())
    everything: list[Group] = []
    for verdict in verdicts:
        listed = groups(verdict.problems)
        everything += listed
        for path, sheet, one in by_file(listed[:SHOWN]):
            page.write(file_of(path, sheet), colour="bold")
            for group in one:
                _write(page, group, say)
            page.lines.append("")
        afterwards = list(_afterwards(verdict, listed, say))
        for line in afterwards:
            page.write(line, f"{plain(verdict.slug)}: ", BESIDE)
        page.lines += [""] if afterwards else []
    mended = to_be_mended(verdicts, say)
    page.write(summary(verdicts, everything, say), colour="red" if mended else "green")
    if mended:
        page.write(mended)
    return "\n".join(page.lines) + "\n"


def _write(page: Page, group: Group, say: Callable[[str], str]) -> None:
    words = told(group, say)
    colour = "red" if group.first.severity == "error" else "yellow"
    kind = remark(group, say)
    if words.head:
        page.write(kind + words.head, BESIDE, BELOW, colour=colour)
    for place, what in words.examples:
        if words.head:
            page.write(what, f"{BELOW}{place}: " if place else BELOW, BELOW + BESIDE)
        else:
            page.write(kind + what, BESIDE, BELOW, f"{place}: " if place else "", colour)
    if words.hint:
        page.write(words.hint, f"{BELOW}→ ", BELOW + BESIDE)


def _afterwards(verdict: Verdict, listed: Sequence[Group], say: Callable[[str], str]) -> Iterator[str]:
    """Give what is said of a dataset below its files: what is left out, and what is silenced."""
    rest = sum(group.total for group in listed[SHOWN:])
    if rest:
        yield say("{count} more problems").format(count=f"{rest:,}")
    for each in silences(verdict):
        yield silence_line(each.kind, each.reason, each.count, say)
