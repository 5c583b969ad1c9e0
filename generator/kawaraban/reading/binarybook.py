"""The records of an XLSB workbook (BIFF12): how far its sheets reach, and how much text they show."""

import struct
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kawaraban.reading.office import relations
from kawaraban.reading.unpacking import Lie, unpacked

BOOK, SHARED = "xl/workbook.bin", "xl/sharedStrings.bin"
ROW, CELLS, CELL_SHARED, TEXT, REACH, TEXTS = 0, range(1, 12), 7, 19, 148, 159
RECORDS = 20_000_000  # of all sheets
LONGEST = 16 << 20  # bytes of a record


def weigh_binary(file: Path) -> tuple[int, int]:
    """Give for how many cells the sheets of an XLSB make room, and how many letters they show. Raises Lie."""
    with zipfile.ZipFile(file) as archive:
        parts = {part.filename: part for part in archive.infolist()}
        sheets = [target for kind, _, target in relations(archive, BOOK) if target in parts and kind != "vbaProject"]
    lengths: list[int] = []
    for kind, body in _records(unpacked(file, parts[SHARED])) if SHARED in parts else ():
        if kind == TEXTS and _number(body, 4) * 5 > parts[SHARED].file_size:
            raise Lie("more shared texts than there are bytes")
        if kind == TEXT:
            lengths.append(_number(body, 1))
    cells = letters = seen = 0
    for name in sheets:
        rows = columns = row = claimed = 0
        for kind, body in _records(unpacked(file, parts[name])):
            seen += 1
            if seen > RECORDS:
                raise Lie("more records than sheets can have")
            if kind == ROW:
                row = _number(body, 0) + 1
            elif kind in CELLS:
                rows, columns = max(rows, row), max(columns, _number(body, 0) + 1)
                if kind == CELL_SHARED:
                    number = _number(body, 8)
                    letters += lengths[number] if number < len(lengths) else 0
            elif kind == REACH and len(body) >= 16:
                top, bottom, left, right = struct.unpack_from("<4I", body)
                claimed = max(claimed, abs(bottom - top) * abs(right - left))
        cells += max(rows * columns, claimed)
    return cells, letters


def _number(body: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", body, at)[0]) if len(body) >= at + 4 else 0


def _records(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Give the (kind, bytes) of a part's records; a kind takes one or two bytes, a length up to four."""
    rest = b""
    for piece in pieces:
        block = rest + piece
        at = 0
        while at < len(block):
            kind, place = block[at], at + 1
            if kind & 128 and place < len(block):
                kind, place = (kind & 127) | (block[place] & 127) << 7, place + 1
            length = shift = 0
            more = True
            while more and shift < 28 and place < len(block):
                more, length = bool(block[place] & 128), length | (block[place] & 127) << shift
                place, shift = place + 1, shift + 7
            if length > LONGEST:
                raise Lie("a record that is too long")
            if place + length > len(block) or (more and shift < 28):
                break
            yield kind, block[place : place + length]
            at = place + length
        rest = block[at:]
