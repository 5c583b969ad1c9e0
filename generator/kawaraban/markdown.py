"""The Python-Markdown extension: our fences are drawn, and all other HTML goes through the sanitiser."""

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from kawaraban import fences
from kawaraban.sanitiser import sanitise
from kawaraban.site import Site

RUBY = r"\{([^{}|｜\n]+)[|｜]([ぁ-んァ-ヶー・ 　]+)\}"


class KawarabanExtension(Extension):
    """`site` is handed over by the MkDocs plugin; where there is none, the project in `root` is read."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "site": ["", "The site whose data the fences show"],
            "root": [".", "The folder of the project, where no site is given"],
        }
        super().__init__(**options)

    @property
    def site(self) -> Site:
        given = self.getConfig("site")
        return given if isinstance(given, Site) else _site_in(str(self.getConfig("root")))

    def extendMarkdown(self, md: Markdown) -> None:
        """Draw fences before anything else reads the text (28: above superfences, below white space)."""
        drawn: dict[str, str] = {}
        md.inlinePatterns.register(_Ruby(RUBY, md), "ruby", 100)
        md.preprocessors.register(_Draw(md, self, drawn), "kawaraban", 28)
        md.postprocessors.register(_Clean(md, drawn), "kawaraban", -100)
        md.treeprocessors.register(_Whole(md), "kawaraban", 6)  # between attr_list (8) and toc (5)


@cache
def _site_in(root: str) -> Site:
    """Give the site of a folder; one for all pages, since a generator makes an extension for each."""
    return Site(Path(root))


class _Draw(Preprocessor):
    """Puts a token where each fence stood, and keeps its drawing."""

    def __init__(self, md: Markdown, extension: KawarabanExtension, drawn: dict[str, str]) -> None:
        super().__init__(md)
        self.extension = extension
        self.drawn = drawn

    def run(self, lines: list[str]) -> list[str]:
        self.drawn.clear()
        secret = secrets.token_hex(16)  # nobody who writes a page can guess a token
        found: list[str] = []
        at = 0
        for number, fence in enumerate(fences.find(lines)):
            token = f"kb{secret}x{number}x"
            self.drawn[token] = self.extension.site.draw(fence)
            found += [*lines[at : fence.start], "", fence.indent + token, ""]
            at = fence.end
        return found + lines[at:]


class _Ruby(InlineProcessor):
    """Makes ruby of a word with its reading: `{避難|ひなん}`, in the cell of a table `{避難｜ひなん}`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002
        ruby = Element("ruby")
        ruby.text = m[1]
        for tag, text in (("rp", "（"), ("rt", m[2]), ("rp", "）")):
            SubElement(ruby, tag).text = text
        return ruby, m.start(), m.end()


class _Whole(Treeprocessor):
    """Drops attributes without a value: `# Title {id}` gives one, on which toc fails."""

    def run(self, root: Element) -> None:
        for each in root.iter():
            for name in [key for key, value in each.attrib.items() if value is None]:
                del each.attrib[name]


class _Clean(Postprocessor):
    """Cleans the finished HTML, then puts the drawings in."""

    def __init__(self, md: Markdown, drawn: dict[str, str]) -> None:
        super().__init__(md)
        self.drawn = drawn

    def run(self, text: str) -> str:
        clean = sanitise(text)
        if not self.drawn:
            return clean
        tokens = "|".join(self.drawn)
        return re.sub(rf"<p>({tokens})</p>|({tokens})", lambda match: self.drawn[match[1] or match[2]], clean)


def makeExtension(**options: Any) -> KawarabanExtension:
    return KawarabanExtension(**options)
