"""How wide text is on a terminal, where a Japanese letter takes two places, and where a line of it may end."""

import re
import unicodedata

NOT_FIRST = "、。，．・：；？！）」』】〕］｝〉》”’ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥!),.:;?]}%"
NOT_LAST = "（「『【〔［｛〈《“‘([{"
PIECES = re.compile(r"[!-~]+|\s+|.", re.S)


def width(text: str) -> int:
    """Give the number of places that text takes on a terminal; a letter that may be either counts as wide."""
    return sum(_width(letter) for letter in text)


def wrapped(text: str, places: int | None, first: str = "", rest: str = "") -> list[str]:
    """Give text as lines of at most `places`; the first begins with `first`, the others with `rest`.

    Words of the Latin alphabet stay whole where they fit on a line; 。 never begins one. None: one line.
    """
    if places is None:
        return [first + text]
    room = max(places - width(rest), 10)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, room):
        if line and width(line + piece.rstrip()) > (room if lines else max(places - width(first), 10)):
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    return [(rest if number else first) + each for number, each in enumerate(lines)]


def _pieces(text: str, room: int) -> list[str]:
    """Give text cut where a line may end."""
    pieces: list[str] = []
    for piece in PIECES.findall(text):
        joined = pieces and (piece[0] in NOT_FIRST or unicodedata.combining(piece[0]) or pieces[-1][-1] in NOT_LAST)
        if joined and width(pieces[-1] + piece) <= room:
            pieces[-1] += piece
        else:
            pieces += [piece[at : at + room] for at in range(0, len(piece), room)]
    return pieces


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Me", "Mn", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "FWA" else 1
