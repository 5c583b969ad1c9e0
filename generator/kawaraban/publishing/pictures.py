"""SVG -> PNG. Letters come only out of fonts of this machine, so it is asked first."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kawaraban.views.picture import FONTS
from kawaraban.views.picture import png as drawn_png

PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text x="4" y="26" font-size="24" '
    'font-family="{font}">{letter}</text></svg>'
)
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# what is said where `can_draw` says no
NO_FONT = (
    "This computer has no font with Japanese letters, so no pictures (PNG) of cards were made. "
    "Install one, such as Noto Sans CJK."
)
LETTERS = ("鬱", "町", "あ")


@cache
def can_draw() -> bool:
    """Say whether this machine has a font with Japanese letters: without, they are left out, or all look alike."""
    drawn = {drawn_png(PROBE.format(font=FONTS, letter=each), scale=1.0) for each in (*LETTERS, "")}
    return len(drawn) == len(LETTERS) + 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to make: its path in the site, a digest that changes with it, and what gives its drawing."""

    path: str
    digest: str
    svg: Callable[[], str]


def png(svg: str) -> bytes:
    """Give a drawing as PNG."""
    return packed(drawn_png(svg.encode(errors="replace").decode(), scale=1.0))


def packed(image: bytes) -> bytes:
    """Give a PNG with its pixels packed better: half the bytes, the same picture."""
    at, data, parts = len(SIGNATURE), b"", []
    while at < len(image):
        (length,) = struct.unpack(">I", image[at : at + 4])
        kind, body = image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        if kind == b"IDAT":
            data += body
        else:
            parts.append((kind, body))
        at += 12 + length
    parts.insert(-1, (b"IDAT", zlib.compress(zlib.decompress(data), 3)))
    return SIGNATURE + b"".join(_chunk(*each) for each in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
