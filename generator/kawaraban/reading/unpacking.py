"""The parts of a ZIP archive, unpacked piece by piece and never further than the archive says they reach."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

PIECE = 1 << 20  # bytes
END = b"PK\x05\x06"
ENTRY = 200  # bytes of the directory for a part: names are short


class Lie(Exception):
    """An archive that is not what its directory says, or not what a workbook is."""


def parts(file: Path, most: int) -> list[zipfile.ZipInfo]:
    """Give the parts of an archive. Raises Lie where there are too many, or their names are not as they should be."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - (1 << 16) - 22, 0))
        tail = stream.read()
    place = tail.rfind(END)
    if place < 0 or len(tail) < place + 22:
        raise zipfile.BadZipFile("the end is missing")
    count, directory = struct.unpack_from("<HI", tail, place + 10)
    if count > most or directory > most * ENTRY:  # looked at before Python reads that directory
        raise Lie(f"{count} parts")
    with zipfile.ZipFile(file) as archive:
        listed = archive.infolist()
        if archive.comment or len({each.filename for each in listed}) < len(listed):
            raise Lie("two parts of one name, or a comment")
        if any(each.filename.startswith("/") or ".." in each.filename.split("/") for each in listed):
            raise Lie("a part that leads out of it")
    return listed


def unpacked(file: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give the bytes of a part, a piece at a time. Raises Lie where they are not as many as the directory says.

    Python's own reader stops at that number without a word; other readers go on.
    """
    if part.flag_bits & 1:
        raise Lie("locked with a password")
    with file.open("rb") as stream:
        stream.seek(part.header_offset + 26)
        lengths = stream.read(4)
        if len(lengths) < 4:
            raise Lie(f"{part.filename} is missing")
        stream.seek(sum(struct.unpack("<HH", lengths)), 1)
        total = 0
        for piece in _pieces(stream, part):
            total += len(piece)
            if total > part.file_size:
                raise Lie(f"{part.filename} is longer than it says")
            yield piece
        if total < part.file_size:
            raise Lie(f"{part.filename} is cut off")


def _pieces(stream: IO[bytes], part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Lie(f"{part.filename} is packed in a way of its own")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left = part.compress_size
    while left > 0 and (packed := stream.read(min(PIECE, left))):
        left -= len(packed)
        if inflate is None:
            yield packed
        while inflate and packed and not inflate.eof:
            yield inflate.decompress(packed, PIECE)
            packed = inflate.unconsumed_tail
