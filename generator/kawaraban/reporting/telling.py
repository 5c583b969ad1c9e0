"""A group -> its head and its examples, as sentences; every format for people tells them so."""

from collections.abc import Callable
from dataclasses import dataclass

from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group
from kawaraban.reporting.place import place
from kawaraban.reporting.sentences import sentence, shortened

NAMED = 5  # columns of a group; the rest is counted
LONGEST = 30  # letters of a column's name


@dataclass(frozen=True, slots=True)
class Told:
    """A group in words: `head` where it is more than one cell, (place, what) per example, and what to do.

    Where each example is mended in a way of its own, `hint` is empty and `what` says it too.
    """

    head: str
    examples: tuple[tuple[str, str], ...]
    hint: str


def told(group: Group, say: Callable[[str], str]) -> Told:
    """Give a group in words."""
    pairs = [sentence(each, say) for each in group.examples]
    places = [place(each, say) for each in group.examples]
    hints = {hint for _, hint in pairs}
    if len(hints) == 1:
        whats, hint = [what for what, _ in pairs], hints.pop()
    else:
        whats, hint = [f"{what} → {hint}" if hint else what for what, hint in pairs], ""
    return Told(_head(group, say), tuple(zip(places, whats, strict=True)), hint)


def remark(group: Group, say: Callable[[str], str]) -> str:
    """Give the word that stands before a remark; empty for an error."""
    return "" if group.first.severity == "error" else say("(remark) ")


def columns(group: Group, say: Callable[[str], str]) -> str:
    """Give the names of a group's columns, the first few by name."""
    names = [shortened(each, LONGEST) for each in group.columns]
    listed = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        return say("{names} and {count} more").format(names=listed, count=f"{len(names) - NAMED:,}")
    return listed


def _head(group: Group, say: Callable[[str], str]) -> str:
    if group.total == 1:
        return ""
    names = columns(group, say)
    head = (
        say("the same problem {count} times (columns: {names}); the first {shown}:")
        if names
        else say("the same problem {count} times; the first {shown}:")
    )
    return head.format(count=f"{group.total:,}", names=names, shown=len(group.examples))


def silence_line(kind: str, reason: str, count: int, say: Callable[[str], str]) -> str:
    """Give what is said of problems that the descriptor silences."""
    line = say("{count} of “{kind}” do not count; the reason given: {reason}")
    return line.format(count=f"{count:,}", kind=plain(kind), reason=plain(reason))
