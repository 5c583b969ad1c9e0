"""A built page -> what the search finds of it: a dataset's page as a whole, other pages by their sections."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

CONTENT = re.compile(r"<article[^>]*\bmd-content__inner\b[^>]*>(.*?)</article>\s*</div>", re.DOTALL)
LANGUAGE = re.compile(r"<html[^>]*\blang=\"?([\w-]+)")
# what is no sentence, or is found by itself (rows); taken away by a search of text, since charts are long
LARGE = re.compile(
    r"<svg\b.*?</svg>|<script\b.*?</script>|<style\b.*?</style>|<form\b.*?</form>|"
    r"<table[^>]*\bkb-table\b.*?</table>|<a[^>]*\bheaderlink\b.*?</a>|<button\b.*?</button>",
    re.DOTALL,
)
LEFT_OUT = {"kb-places", "kb-data", "kb-foot", "kb-legend", "kb-card-foot"}
VOID = {"br", "hr", "img", "input", "wbr", "col", "source", "link", "meta"}
INLINE = {"a", "b", "code", "em", "i", "mark", "span", "strong", "time", "ruby", "small", "sub", "sup", "abbr"}
LONGEST = 2_000  # letters of a section that are searched


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: its anchor (empty for the beginning), its heading and its text."""

    anchor: str
    title: str
    text: str


def sections(html: str, whole: bool = False) -> list[Section]:
    """Give the sections of a page that begin with h1 and h2; one where it is to be found as a whole."""
    content = CONTENT.search(html)
    if not content:
        return []
    reader = _Reader(whole)
    reader.feed(LARGE.sub(" ", content[1]))
    reader.close()
    found = []
    for anchor, heading, text in reader.parts:
        title, said = (" ".join("".join(each).split()) for each in (heading, text))
        if title or said:
            found.append(Section(anchor, title, said[:LONGEST]))
    return found


class _Reader(HTMLParser):
    """Collects headings and text."""

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self.breaks = ("h1",) if whole else ("h1", "h2")
        self.parts: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.heading = ""
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self.hidden or (
            tag not in VOID
            and ("hidden" in values or "aria-hidden" in values or LEFT_OUT & set((values.get("class") or "").split()))
        ):
            self.hidden += [] if tag in VOID else [tag]
        elif tag in self.breaks:
            self.heading = tag
            if any("".join(each).strip() for each in self.parts[-1][1:]):
                self.parts.append(("" if tag == "h1" else str(values.get("id") or ""), [], []))
        elif tag not in INLINE:
            self.parts[-1][2].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            if tag == self.hidden[-1]:
                self.hidden.pop()
        elif tag == self.heading:
            self.heading = ""
        elif tag not in INLINE:
            self.parts[-1][2].append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            _, heading, text = self.parts[-1]
            (heading if self.heading else text).append(data)
