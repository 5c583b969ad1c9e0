"""The fenced blocks that we draw: found in Markdown, marked with where they stand, and read.

Staging marks each fence with its page and its line, so that an error can name them whoever renders the page.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

import yaml

from kawaraban.errors import KawarabanError

KINDS = ("chart", "table", "figure", "map", "sql", "masthead", "notices", "catalogue", "problems", "place", "cards")
CARDS = ("chart", "table", "figure", "map", "sql")  # kinds that are drawn as a card with a name of its own
OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<info>.*?)[ \t]*$")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")  # of a card: a folder, and a part of an address
LONGEST = 60  # letters of a name
# keys that say how a card looks and what is said of it: its name stays when they change
WORDING = {
    "card", "title", "note", "description", "toggle", "figure", "height", "unit", "compare", "places", "limit",
    "sort", "average", "target", "era", "popup", "anchors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fence:
    """One block: its kind, its text, the lines it takes (from 0, the end not included), and where it came from.

    `card` is the name that staging gave to its card.
    """

    kind: str
    body: str
    start: int
    end: int
    indent: str
    marks: str
    page: str = ""
    at: str = ""
    card: str = ""

    @property
    def info(self) -> str:
        """The words behind the marks that say where this fence stands."""
        card = f" card={self.card}" if self.card else ""
        return f"{self.kind} page={quote(self.page)} at={quote(self.at)}{card}"


def find(lines: list[str]) -> Iterator[Fence]:
    """Give our fences in a page; one that stands inside another block is an example, not ours."""
    index = 0
    while index < len(lines):
        opening = OPENING.match(lines[index])
        if not opening or "`" in opening["info"]:
            index += 1
            continue
        marks, start = opening["marks"], index
        closing = re.compile(rf"^[ \t]*{re.escape(marks[0])}{{{len(marks)},}}[ \t]*$")
        index += 1
        while index < len(lines) and not closing.match(lines[index]):
            index += 1
        index += 1
        words = opening["info"].split()
        if words and words[0] in KINDS and index <= len(lines):
            named = dict(word.split("=", 1) for word in words[1:] if "=" in word)
            indent = opening["indent"]
            body = "\n".join(line.removeprefix(indent) for line in lines[start + 1 : index - 1])
            page, at = unquote(named.get("page", "")), unquote(named.get("at", ""))
            card = named.get("card", "")
            yield Fence(words[0], body, start, index, indent, marks, page, at, card if NAME.fullmatch(card) else "")


def inside(fence: Fence) -> Iterator[Fence]:
    """Give the fences that stand inside a `cards` fence, by their lines in the page."""
    for each in find(fence.body.split("\n")):
        begins = fence.start + 1
        yield replace(each, start=each.start + begins, end=each.end + begins, indent=fence.indent + each.indent)


def every(lines: list[str]) -> Iterator[Fence]:
    """Give our fences in a page, those inside `cards` too."""
    for fence in find(lines):
        yield fence
        if fence.kind == "cards":
            yield from inside(fence)


def mark(text: str, page: str, source: str) -> str:
    """Give the page's text with every fence saying its page (below docs/) and its `source:line`."""
    lines = text.split("\n")
    for fence in every(lines):
        if not fence.at:
            marked = replace(fence, page=page, at=f"{source}:{fence.start + 1}")
            lines[fence.start] = f"{fence.indent}{fence.marks}{marked.info}"
    return "\n".join(lines)


def named(text: str, taken: set[str]) -> str:
    """Give a marked page's text with the name of each card in its fence; names that are `taken` get a number."""
    lines = text.split("\n")
    for fence in every(lines):
        if fence.kind not in CARDS:
            continue
        base = name = card_name(fence)
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name)
        lines[fence.start] = f"{fence.indent}{fence.marks}{replace(fence, card=name).info}"
    return "\n".join(lines)


def card_name(fence: Fence) -> str:
    """Give the name of a card: `card:`, else one that comes of its page, its kind and what it shows.

    It stays when the data change, and when the words of the card do.
    """
    try:
        known: Mapping[str, Any] = values(fence)
    except KawarabanError:
        known = {"body": fence.body}
    given = known.get("card")
    if isinstance(given, str) and NAME.fullmatch(given) and len(given) <= LONGEST:
        return given
    shown = {key: each for key, each in known.items() if key not in WORDING}
    told = json.dumps([fence.page, fence.kind, _sorted(shown)]).encode()
    steps = fence.page.removesuffix(".md").split("/")
    stem = steps[-2] if steps[-1].partition(".")[0] in ("index", "README") and len(steps) > 1 else steps[-1]
    stem = "-".join(re.findall(r"[a-z0-9]+", stem.lower()))[:LONGEST] or "page"
    return f"{stem}-{fence.kind}-{hashlib.sha256(told).hexdigest()[:6]}"


def _sorted(value: Any) -> Any:
    """Give keys and values in an order that does not depend on how they were written."""
    if isinstance(value, Mapping):
        return sorted([str(key), _sorted(each)] for key, each in value.items())
    if isinstance(value, list):
        return [_sorted(each) for each in value]
    return " ".join(str(value).split())


def values(fence: Fence) -> Mapping[str, Any]:
    """Give the keys and values of a fence's body. Raises KawarabanError with the line in the page."""
    if fence.kind == "sql":
        return {"sql": fence.body}
    try:
        for event in yaml.parse(fence.body, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise KawarabanError("aliases (*name) are not allowed here", fence.at, "write the value out")
        found = yaml.safe_load(fence.body)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise KawarabanError(
            "this is not valid YAML ({detail})",
            further(fence.at, mark.line + 1 if mark else 0),
            "write `key: value` on each line; put text with a colon in quotes",
            detail=error.problem or error.context,
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise KawarabanError("this is not valid YAML ({detail})", fence.at, "check it", detail=error) from None
    if found is None:
        return {}
    if not isinstance(found, Mapping):
        raise KawarabanError(
            "a {view} holds keys and values", fence.at, "write `key: value` on each line", view=fence.kind
        )
    return {str(key): value for key, value in found.items()}


def further(at: str, lines: int) -> str:
    """Give `file:line` moved on by some lines."""
    file, _, line = at.rpartition(":")
    return f"{file}:{int(line) + lines}" if file and line.isdigit() else at


def line_of(fence: Fence, key: str) -> str:
    """Give `file:line` of a key in a fence, or of the fence where the key is not in it."""
    for number, line in enumerate(fence.body.split("\n"), start=1):
        if line.startswith((f"{key}:", f'"{key}":')):
            return further(fence.at, number)
    return fence.at
