"""How far a sheet reaches and how much text it shows, by its XML, before anyone makes room for it.

The reader of workbooks makes room for every cell between the first and the last, and copies a shared text for each
cell that shows it: a file of 4 kB can ask for 500 GB, and the process dies of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO

from kawaraban.reading.office import walk

NEAR = (26, 999)  # columns and rows that the quick look does not tell apart
# where a cell or a row says that it stands (farther away)
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)""")
FAR = re.compile(rb"""\br\s*=\s*["'](?=[A-Za-z]{2}|[A-Za-z]?\d{4})([A-Za-z]*)(\d+)""")
DIMENSION = re.compile(rb"""dimension[^>]{1,200}ref\s*=\s*["'][A-Za-z]+\d+:([A-Za-z]+)(\d+)""")
ITEM = re.compile(rb"[<:]si[\s>]")
WALKED = 64 << 20  # bytes of XML in which texts are counted one by one
BEYOND = 10**9
OVERLAP = 400  # bytes that are looked at twice, so that no piece cuts a place in two


@dataclass(frozen=True, slots=True)
class Extent:
    """What a part of a workbook may hold, never too little."""

    sheet: bool
    columns: int
    rows: int
    cells: int  # with content
    texts: int  # shared by cells
    longest: int  # bytes of such a text
    types: bool  # it declares a document type, where entities come from


def find_extent(pieces: Iterable[bytes], near: bool = False) -> Extent:
    """Give the extent of a part by its bytes; what is at most NEAR is told apart with `near`, which takes longer."""
    columns, rows = (1, 1) if near else NEAR
    place = PLACE if near else FAR
    tags = texts = longest = since = 0
    sheet = types = False
    rest = b""
    for piece in pieces:
        window = rest + piece
        places = (*place.findall(window), *DIMENSION.findall(window))
        columns = max(columns, max(map(_column, {letters for letters, _ in places}), default=0))
        rows = max(rows, max(map(_row, {digits for _, digits in places}), default=0))
        sheet = sheet or b"sheetData" in window
        types = types or b"<!DOCTYPE" in window or b"<!ENTITY" in window
        tags += piece.count(b"<")
        *items, left = ITEM.split(piece) if b"<si" in piece or b":si" in piece else [piece]
        texts += len(items)
        for item in items:
            longest = max(longest, since + len(item))
            since = 0
        since += len(left)
        rest = window[-OVERLAP:]
    return Extent(sheet, columns, rows, tags // 4, texts, max(longest, since), types)


def text_lengths(stream: IO[bytes]) -> list[int]:
    """Give the number of letters of each shared text. Raises one of office.BROKEN where the XML is broken."""
    found: list[int] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        if name == "si":
            found.append(0)

    def words(text: str) -> None:
        if found:
            found[-1] += len(text)

    walk(stream, start, None, words, WALKED)
    return found


def shown_letters(stream: IO[bytes], lengths: list[int]) -> int:
    """Give how many letters of shared texts a sheet shows; `lengths` are those of the texts."""
    letters = 0
    shared = False
    index: list[str] | None = None

    def start(name: str, given: Mapping[str, str]) -> None:
        nonlocal shared, index
        if name == "c":
            shared = given.get("t") == "s"
        index = [] if name == "v" and shared else None

    def words(text: str) -> None:
        if index is not None:
            index.append(text)

    def end(name: str) -> None:
        nonlocal letters, index
        number = "".join(index or []).strip()
        if name == "v" and number.isdecimal() and int(number[:9]) < len(lengths):
            letters += lengths[int(number[:9])]
        index = None

    walk(stream, start, end, words, WALKED)
    return letters


def _column(letters: bytes) -> int:
    """Give the number of a column; whatever has four letters is far beyond the last."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number if len(letters) < 4 else BEYOND


def _row(digits: bytes) -> int:
    return int(digits) if len(digits) < 20 else BEYOND
