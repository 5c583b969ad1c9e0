"""Yes and no as towns write them in a column, and how they are shown: as a word with its mark, not by colour."""

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import Any

from kawaraban.views.text import is_missing

YES = {"1", "1.0", "○", "◯", "〇", "●", "◎", "true", "yes", "有", "可", "はい", "あり", "適", "対応"}
WIDE = "\N{EM SPACE}"  # between one and the next
NARROW = "\N{NARROW NO-BREAK SPACE}"  # the mark stays with its word
NO = {"", "0", "0.0", "×", "✕", "x", "-", "―", "ー", "false", "no", "無", "不可", "否", "いいえ", "なし", "不適"}


def word_of(value: Any) -> str:
    """Give a cell's text so that it can be compared."""
    return "" if is_missing(value) else unicodedata.normalize("NFKC", str(value)).strip().lower()


def is_yes(value: Any) -> bool:
    """Say whether the cell says yes, also with a condition behind it. Only a sure no is no."""
    return word_of(value) not in NO


def is_yes_or_no(values: Iterable[Any]) -> bool:
    """Say whether a column holds nothing but yes and no, and yes at least once."""
    words = {word_of(each) for each in values}
    return bool(words & YES) and words <= YES | NO


def tags(labelled: Iterable[tuple[str, Any]]) -> str:
    """Give each label with ○ or ×, or with the words of the cell where it says more; what is ○ comes first."""
    on: list[str] = []
    off: list[str] = []
    for label, value in labelled:
        word = word_of(value)
        mark = "×" if word in NO else "○" if word in YES else str(value).strip()
        shown = escape(f"{label}{NARROW}{mark}")
        (on if is_yes(value) else off).append(shown)
    last = f'<span class="kb-off">{WIDE.join(off)}</span>' if off else ""
    return f'<span class="kb-tags">{WIDE.join([*on, *([last] if last else [])])}</span>'
