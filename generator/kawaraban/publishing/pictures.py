"""SVG -> PNG, kept by content. Letters come only out of fonts of this machine, so it is asked first."""

from functools import cache

from kawaraban.cache import Cache, digest
from kawaraban.views.picture import FONTS
from kawaraban.views.picture import png as drawn_png

PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text x="4" y="26" font-size="24" '
    'font-family="{font}">{letter}</text></svg>'
)
LETTERS = ("鬱", "町", "あ")


@cache
def can_draw() -> bool:
    """Say whether this machine has a font with Japanese letters: without, they are left out, or all look alike."""
    drawn = {_png(PROBE.format(font=FONTS, letter=each)) for each in (*LETTERS, "")}
    return len(drawn) == len(LETTERS) + 1


def png(svg: str, kept: Cache) -> bytes:
    """Give a drawing as PNG; the same drawing is made once."""
    key = kept.key("png", digest(svg.encode(errors="replace")))
    found = kept.get(key)
    if found is None:
        found = _png(svg)
        kept.put(key, found)
    return found


def _png(svg: str) -> bytes:
    return drawn_png(svg.encode(errors="replace").decode(), scale=1.0)
