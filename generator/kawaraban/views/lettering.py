"""How wide text will be, and where it breaks: a drawing has no browser to ask."""

import unicodedata
from functools import lru_cache
from itertools import pairwise

SIZE = 12  # px of the letters of a chart
LINE = 15  # px from one line to the next
NARROW = 0.6  # width of a Latin letter or digit, as a share of the size; that of wide fonts
NEVER_FIRST = set("、。，．・：；！？）」』】〕］ーっゃゅょッャュョぁぃぅぇぉァィゥェォ々〜～%％")
NEVER_LAST = set("（「『【〔［")


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = SIZE) -> float:
    """Give the width of one line in px; rather too much than too little."""
    return sum(size * (1.0 if unicodedata.east_asian_width(each) in "WFA" else NARROW) for each in text)


def wrapped(text: str, room: float, most: int = 3, size: float = SIZE) -> list[str]:
    """Give the text in lines of at most `room` px; what does not fit into `most` lines ends in an ellipsis."""
    lines: list[str] = []
    rest = text
    while rest:
        end = _end(rest, room, size)
        if len(lines) == most - 1 and end < len(rest):
            end = _end(rest, room - size, size)
            lines.append(rest[:end].rstrip() + "…")
            break
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return lines or [""]


def _end(text: str, room: float, size: float) -> int:
    """Give how many letters the first line takes."""
    if width_of(text, size) <= room:
        return len(text)
    fits, total = 1, 0.0
    for index, letter in enumerate(text, start=1):
        total += width_of(letter, size)
        if total > room:
            break
        fits = index
    for end in range(fits, max(fits // 2, 1), -1):
        before, after = text[end - 1], text[end]
        if after in NEVER_FIRST or before in NEVER_LAST:
            continue
        if not (_latin(before) and _latin(after)):
            return end
    return fits


def breaks_well(lines: list[str]) -> bool:
    """Say whether no line ends within a word or a number."""
    return not any(_latin(before[-1:] or " ") and _latin(after[:1] or " ") for before, after in pairwise(lines))


def _latin(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()
