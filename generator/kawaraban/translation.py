"""What a descriptor says of itself in another language: `translations:` of its `kawaraban:` block."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kawaraban.model import Dataset, Field

# an element that begins with text: its name, its attributes, the text
BEGINNING = re.compile(r"<(?P<tag>[a-z][a-z0-9]*)(?P<own>(?:\s[^<>]*)?)>(?P<text>[^<]+)")
KANA, KANJI = re.compile(r"[ぁ-んァ-ヶ]"), re.compile(r"[ぁ-んァ-ヶ一-龠々]")
SILENT = ("script", "style")


def marked(html: str, lang: str) -> str:
    """Give the HTML of a page in another language with `lang="ja"` on each element that begins with Japanese."""
    if lang.startswith("ja"):
        return html
    letters = KANA if lang.startswith("zh") else KANJI

    def mark(found: re.Match[str]) -> str:
        if found["tag"] in SILENT or " lang=" in found["own"] or not letters.search(found["text"]):
            return found[0]
        return f'<{found["tag"]} lang="ja"{found["own"]}>{found["text"]}'

    return BEGINNING.sub(mark, html)


@dataclass(frozen=True, slots=True)
class Translation:
    """The words of one language. What is not translated is given as it is.

    `shared` are words of the whole site (`translations:` of `extra.town`).
    """

    own: Mapping[str, Any] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return _text(self.own.get("title"))

    @property
    def description(self) -> str:
        return _text(self.own.get("description"))

    def word(self, text: str) -> str:
        """Give a sentence or a word of the descriptor: `words: {原文: translation}`."""
        return _text(_mapping(self.own, "words").get(text)) or _text(self.shared.get(text)) or text

    def said(self, values: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
        """Give the keys of a view with the texts of some of them translated."""
        return {
            key: self.word(each) if key in keys and isinstance(each, str) else each for key, each in values.items()
        }

    def fields(self, fields: Sequence[Field]) -> tuple[Field, ...]:
        """Give the columns with their names, units, descriptions and values translated; no values are changed."""
        if not self.own and not self.shared:
            return tuple(fields)
        return tuple(self._field(each) for each in fields)

    def _field(self, column: Field) -> Field:
        found = _mapping(self.own, "fields").get(column.name)
        told = found if isinstance(found, Mapping) else {"title": found}
        values = _mapping(_mapping(self.own, "values"), column.name)
        return replace(
            column,
            title=_text(told.get("title")) or column.title,
            unit=apart(_text(told.get("unit")) or self.word(column.unit)),
            description=_text(told.get("description")) or self.word(column.description),
            values={str(key): _text(each) for key, each in values.items() if _text(each)},
        )


def apart(unit: str) -> str:
    """Give a unit as it stands behind a number where words have spaces between them: 620 people, but 620人 and 5%."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit


def translation_of(dataset: Dataset | None, lang: str, town: Mapping[str, Any]) -> Translation:
    """Give what a dataset's descriptor says in a language, and the words that `extra.town` has for all."""
    own = _mapping(_mapping(dataset.own, "translations"), lang) if dataset else {}
    return Translation(own, _mapping(_mapping(_mapping(town, "translations"), lang), "words"))


def _mapping(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
