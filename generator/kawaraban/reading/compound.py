"""An OLE compound file, in which old Office programs keep their documents -> one of its streams.

Every chain of sectors that a reader may follow is followed here first: one that goes in a circle never ends.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from kawaraban.reading.unpacking import Lie

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST = 128 << 20  # bytes of a file
SPECIAL = 0xFFFFFFFA  # sector numbers from here on are none
ENTRY = 128  # bytes of a directory entry
MINI = 64  # bytes of a small sector
SMALL = 4096  # streams below this are in small sectors


def read_stream(file: Path, names: Iterable[str]) -> bytes:
    """Give the first of the streams `names` that the file has. Raises Lie where it is not as it should be."""
    body = file.read_bytes() if file.stat().st_size <= LARGEST else b""
    try:
        return _stream(body, names)
    except (struct.error, LookupError) as error:
        raise Lie("the file is cut off") from error


def _stream(body: bytes, names: Iterable[str]) -> bytes:
    if not body.startswith(MAGIC):
        raise Lie("larger than 128 MB" if not body else "no compound file")
    shift, mini_shift = struct.unpack_from("<HH", body, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise Lie("sectors of a strange size")
    size = 1 << shift
    count = len(body) // size + 1
    directories, fats, first, _, _, mini_first, minis, more, mores = struct.unpack_from("<9I", body, 40)
    if max(directories, fats, minis, mores) > count:
        raise Lie("more sectors than the file has")

    def sector(number: int) -> bytes:
        return body[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", body, 76))
    seen: set[int] = set()
    while more < SPECIAL:
        if more in seen or more >= count:
            raise Lie("sectors that go in a circle")
        seen.add(more)
        *places, more = _numbers(sector(more))
        listed += places
    fat: list[int] = []
    for number in [each for each in listed if each < SPECIAL][:count]:
        fat += _numbers(sector(number))

    def chained(number: int, length: int | None = None) -> bytes:
        if length is not None and length > len(body):
            raise Lie("a stream longer than the file")
        return b"".join(map(sector, _chain(number, fat, count)))[:length]

    entries = chained(first)
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        name = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        start, length = struct.unpack_from("<IQ" if shift == 12 else "<II", entries, at + 116)
        found.setdefault(name if at else "", (start, length))
    inner = chained(*found[""])
    mini_fat = _numbers(chained(mini_first))
    start, length = next((found[name] for name in names if name in found), (SPECIAL, 0))
    if length > len(body):
        raise Lie("a stream longer than the file")
    if length >= SMALL:
        return chained(start, length)
    pieces = _chain(start, mini_fat, len(inner) // MINI + 1)
    return b"".join(inner[number * MINI : (number + 1) * MINI] for number in pieces)[:length]


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(number: int, fat: Sequence[int], most: int) -> Iterable[int]:
    """Give the sectors of a chain."""
    found: list[int] = []
    while number < SPECIAL:
        if len(found) > most or number >= len(fat):
            raise Lie("sectors that go in a circle, or nowhere")
        found.append(number)
        number = fat[number]
    return found
