"""Cells that stay text: a value that looks like a formula is one no more when the book is opened, copied or saved."""

import re
from typing import Any

from kawaraban.reporting.width import width

LONGEST = 32_767  # letters that a cell holds
ROWS, COLUMNS = 1_048_576, 16_384  # cells that a sheet holds
# what XML cannot hold; the line ends that it can are written as one
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A
LIVE = ("=", "+", "-", "@", "\t", "\n")
NOTE_WIDTH, NOTE_LINE = 300, 18  # of a comment, in points
NOTE_PLACES = 44  # on one line of it


def write_text(cell: Any, text: str) -> None:
    """Put text into a cell as text. The mark `'` of Excel (quotePrefix) keeps it so where someone edits the cell."""
    legal = ILLEGAL.sub(_seen, text.replace("\r\n", "\n").replace("\r", "\n"))
    cell.value = ESCAPE.sub("_x005F_", legal)[:LONGEST]
    cell.data_type = "s"
    if text.lstrip(" \u3000").startswith(LIVE):
        cell.quotePrefix = True


def fits(row: int, column: int) -> bool:
    """Say whether a sheet has this cell."""
    return 1 <= row <= ROWS and 1 <= column <= COLUMNS


def note_size(text: str) -> tuple[int, int]:
    """Give width and height of a comment in which the text can be read as a whole."""
    lines = sum(1 + width(line) // NOTE_PLACES for line in text.split("\n"))
    return NOTE_WIDTH, NOTE_LINE * (lines + 1)


def _seen(letter: re.Match[str]) -> str:
    return chr(0x2400 + ord(letter[0])) if letter[0] < " " else "\ufffd"
