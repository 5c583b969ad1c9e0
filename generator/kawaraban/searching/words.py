"""Text -> the terms it is found by. The same is done in the browser with what a reader types (search.js).

Where a Japanese word ends is guessed, and every guesser guesses otherwise: 北磯小学校 was cut one way into the index
and another way in the browser, and not found. So nothing is guessed: terms are pairs of letters (北磯, 磯小, 小学,
学校). They are written in consonants, since pagefind would cut them again, and takes バ for ハ with an accent.
Katakana counts as hiragana, full width as half, so ゴミ finds ごみ.
"""

import re
import unicodedata
from functools import cache

JAPANESE = "\u3005\u3007\u3041-\u3096\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUNS = re.compile(f"[{JAPANESE}]+|[^\\W_{JAPANESE}]+")
FIRST = re.compile(f"[{JAPANESE}]")
HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
CONSONANTS = "bcdfghjklmnpqrstvwxz"
END = "y"  # stands behind the last letter of a run, so that it is found alone too, and as nothing else


def folded(text: str) -> str:
    """Give text with the differences taken away that a reader does not type."""
    return unicodedata.normalize("NFKC", text).lower().translate(HIRAGANA)


def terms(text: str) -> str:
    """Give the terms of a text, with spaces between."""
    found: list[str] = []
    for run in RUNS.findall(folded(text)):
        if FIRST.match(run):
            letters = [_written(each) for each in run]
            found += map("".join, zip(letters, [*letters[1:], END], strict=True))
        else:
            found.append(run)
    return " ".join(found)


@cache
def _written(letter: str) -> str:
    """Give a Japanese letter as four consonants: its code to the base of twenty."""
    code, said = ord(letter), ""
    for _ in range(4):
        code, rest = divmod(code, len(CONSONANTS))
        said = CONSONANTS[rest] + said
    return said
