"""The records of an XLS workbook (BIFF): how far its sheets reach, what they hide, and their errors.

calamine reads every sheet when it opens such a file, and makes room for what a record says.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kawaraban.model import column_letters
from kawaraban.reading.compound import read_stream
from kawaraban.reading.unpacking import Lie
from kawaraban.reading.unseen import MOST, Hidden, Unseen, hidden_of

STREAMS = ("Workbook", "Book")
RECORDS = 6_000_000  # of all sheets
RECORD = 8224  # bytes, the most that a record may have
GROWTH = 10  # a formula's text may be so much longer than its bytes, and at the worst five times that
WORK = 3 * 10**9  # letters moved to make the texts of formulas: each sign moves what stands behind it
FORMULA, EOF, NOTE, CONTINUE, OBJECT, COLUMNS = 0x06, 0x0A, 0x1C, 0x3C, 0x5D, 0x7D
SHEET, MULRK, XF, SHARED, LABEL_SHARED, TEXT = 0x85, 0xBD, 0xE0, 0xFC, 0xFD, 0x1B6
DIMENSIONS, NUMBER, LABEL, ERROR, ROW, RK, FORMAT = 0x200, 0x203, 0x204, 0x205, 0x208, 0x27E, 0x41E
CELLS = {FORMULA, MULRK, LABEL_SHARED, NUMBER, LABEL, ERROR, RK}
ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
Record = tuple[int, bytes]


@dataclass(slots=True)
class Book:
    """What stands before the sheets: their (name, whether hidden, place), the shared texts, and number formats."""

    data: bytes
    sheets: list[tuple[str, bool, int]] = field(default_factory=list)
    shared: list[bytes] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)

    def texts(self) -> list[str]:
        """Give the shared texts."""
        return _shared_texts(self.shared) if self.shared else []

    def zeros(self) -> Mapping[int, int]:
        """Give the styles whose number format is nothing but zeros, with their number."""
        named = ((number, self.formats.get(style, "")) for number, style in enumerate(self.styles))
        return {number: len(name) for number, name in named if len(name) > 1 and not name.strip("0")}


def open_old(file: Path) -> Book:
    """Give the beginning of an XLS workbook. Raises Lie where its records are not as they should be."""
    book = Book(read_stream(file, STREAMS))
    last = 0
    try:
        for kind, body in records(book.data, 0):
            if kind == SHEET:
                wide = body[7] & 1
                name = body[8:].decode("utf-16-le" if wide else "latin-1", "replace")[: body[6]]
                book.sheets.append((name, body[4] & 63 != 0, struct.unpack_from("<I", body)[0]))
            elif kind == SHARED or (kind == CONTINUE and last == SHARED):
                book.shared.append(body)
            elif kind == XF:
                book.styles.append(struct.unpack_from("<H", body, 2)[0])
            elif kind == FORMAT:
                number, length, wide = struct.unpack_from("<HHB", body)
                book.formats[number] = body[5:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")[:length]
            last = kind if kind != CONTINUE else last
    except (struct.error, IndexError) as error:
        raise Lie("a record is cut off") from error
    return book


def records(data: bytes, place: int) -> Iterator[Record]:
    """Give the (kind, bytes) of the records from a place on, up to the one that ends the sheet."""
    while place + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, place)
        if length > RECORD:
            raise Lie("a record that is too long")
        if kind == EOF:
            return
        yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length


def weigh_old(file: Path) -> tuple[int, int]:
    """Give for how many cells the sheets of an XLS make room, and how many letters they show. Raises Lie."""
    book = open_old(file)
    lengths = [len(each) for each in book.texts()]
    cells = letters = seen = work = 0
    for _, _, place in book.sheets:
        rows = columns = claimed = 0
        for kind, body in records(book.data, place):
            seen += 1
            if kind in CELLS and len(body) >= 6:
                row, column = struct.unpack_from("<HH", body)
                column += len(body) // 6 - 1 if kind == MULRK else 0
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                if kind == LABEL_SHARED and len(body) >= 10:
                    number = struct.unpack_from("<I", body, 6)[0]
                    letters += lengths[number] if number < len(lengths) else 0
                elif kind == FORMULA:
                    letters += GROWTH * len(body)
                    work += len(body) ** 2
            elif kind == DIMENSIONS and len(body) >= 10:
                top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) >= 14 else "<4H", body)
                claimed += (max(bottom - top, 1) if bottom >= top else 1 << 32) * max(right - left, 1, left - right)
            if seen > RECORDS or work > WORK:
                raise Lie("more records or longer formulas than sheets have")
        cells += max(rows * columns, claimed)
    return cells, letters


def find_hidden_in_old(file: Path) -> tuple[Hidden, ...]:
    """Give the sheets of an XLS that keep something from sight."""
    book = open_old(file)
    texts = book.texts()
    return hidden_of(_unseen(book, *sheet, texts) for sheet in book.sheets)


def _unseen(book: Book, name: str, whole: bool, place: int, texts: Sequence[str]) -> Unseen:
    found = Unseen(name, whole)
    rows: set[int] = set()
    columns: set[int] = set()
    notes: dict[int, str] = {}
    owner = -1
    waiting = False
    for kind, body in records(book.data, place):
        if kind == ROW and len(body) >= 16 and body[12] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first, min(last, 255) + 1))
        elif kind == OBJECT and len(body) >= 8:
            owner = struct.unpack_from("<H", body, 6)[0]
        elif kind == CONTINUE and waiting and len(body) > 1:
            notes[owner] = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
        elif kind == NOTE and len(body) >= 8 and len(found.comments) < MOST:
            row, column, _, number = struct.unpack_from("<4H", body)
            if notes.get(number, "").strip():
                found.comments[f"{column_letters(column + 1)}{row + 1}"] = notes[number]
        elif kind in CELLS and (whole or rows or columns):
            for row, column, text in _cells(kind, body, texts):
                if whole or row in rows or column in columns:
                    found.add(row + 1, column + 1, text, row in rows, column in columns)
        waiting = kind == TEXT
    return found


def _cells(kind: int, body: bytes, texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give (row, column, text) of a record's cells, counted from 0; a formula's value is 0 here: it is something."""
    if len(body) < 8:
        return
    row, column = struct.unpack_from("<HH", body)
    if kind == LABEL_SHARED and len(body) >= 10:
        number = struct.unpack_from("<I", body, 6)[0]
        yield row, column, texts[number] if number < len(texts) else ""
    elif kind == NUMBER and len(body) >= 14:
        yield row, column, f"{struct.unpack_from('<d', body, 6)[0]:.15g}"
    elif kind == LABEL:
        yield row, column, body[9:].decode("utf-16-le" if body[8] & 1 else "latin-1", "replace")
    elif kind in (RK, MULRK):
        for at in range(6, len(body) - 3, 6):
            yield row, column + at // 6 - 1, f"{_packed(body[at : at + 4]):.15g}"
    else:
        yield row, column, "0"


def _packed(body: bytes) -> float:
    """Give the number that four bytes stand for."""
    (whole,) = struct.unpack("<i", body)
    number = float(whole >> 2) if whole & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", whole & ~3))[0]
    return number / 100 if whole & 1 else number


def find_shown_in_old(file: Path, index: int) -> Iterator[tuple[int, int, str]]:
    """Give (row, column, text) of cells, from 1, that calamine does not give as Excel shows them: errors, 007."""
    book = open_old(file)
    zeros = book.zeros()
    for kind, body in records(book.data, book.sheets[index][2]):
        if kind == ERROR and len(body) >= 8 and body[7] == 1:
            row, column = struct.unpack_from("<HH", body)
            yield row + 1, column + 1, ERRORS.get(body[6], "#N/A")
        elif kind == FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", body)
            yield row + 1, column + 1, ERRORS.get(body[8], "#N/A")
        elif zeros and kind in (NUMBER, RK, MULRK):
            for (row, column, text), style in zip(_cells(kind, body, ()), _styles(kind, body), strict=False):
                if style in zeros and text.isdigit():
                    yield row + 1, column + 1, text.zfill(zeros[style])


def _styles(kind: int, body: bytes) -> list[int]:
    places = range(4, len(body) - 3, 6) if kind == MULRK else (4,)
    return [struct.unpack_from("<H", body, at)[0] for at in places]


def _shared_texts(parts: Sequence[bytes]) -> list[str]:
    """Give the shared texts; a text may go on in the next part, which says again how its letters are written."""
    count = struct.unpack_from("<i", parts[0], 4)[0] if len(parts[0]) >= 8 else -1
    if count < 0 or count * 3 > sum(map(len, parts)):
        raise Lie("more shared texts than there are bytes")
    found: list[str] = []
    part, at = 0, 8
    try:
        for _ in range(count):
            if at >= len(parts[part]):
                part, at = part + 1, 0
            left, flags = struct.unpack_from("<HB", parts[part], at)
            at += 3
            skipped = 0
            if flags & 8:
                skipped, at = 4 * struct.unpack_from("<H", parts[part], at)[0], at + 2
            if flags & 4:
                skipped, at = skipped + max(struct.unpack_from("<i", parts[part], at)[0], 0), at + 4
            pieces = []
            while left:
                letter = 1 + (flags & 1)
                taken = min(left, (len(parts[part]) - at) // letter)
                piece = parts[part][at : at + taken * letter]
                pieces.append(piece.decode("utf-16-le" if letter == 2 else "latin-1", "replace"))
                left, at = left - taken, at + taken * letter
                if left:
                    part, at = part + 1, 1
                    flags = parts[part][0]
            found.append("".join(pieces))
            while skipped > len(parts[part]) - at:
                skipped -= len(parts[part]) - at
                part, at = part + 1, 0
            at += skipped
    except (struct.error, IndexError) as error:
        raise Lie("the shared texts are cut off") from error
    return found
