"""A card as a drawing that stands alone: as a picture to take away, and as the one that a shared link shows."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from kawaraban.views.card import Card, Number
from kawaraban.views.lettering import width_of, wrapped
from kawaraban.views.palette import ACCENT, PAPERS, palettes
from kawaraban.views.svg import plain

WIDTH, HEIGHT = 1200, 630  # px of the picture of a shared link (Open Graph)
EDGE = 56  # px around what is in it
LEFT = 470  # px of its left half, where there is a drawing
TITLE, LEAST = 46, 34  # px of its title, and of a long one
SOFT, RULE, SHEET = "#5f5b54", "#d8d4ca", "#f3f1ea"  # as in kawaraban.css
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
PLAIN = re.compile(r"<text([^>]*)>([\x20-\x3b\x3d-\x7e]+)</text>")  # numbers, mostly
LATIN = "Arial,Liberation Sans,DejaVu Sans,sans-serif"  # drawn in half the time that a Japanese font takes
BODY = re.compile(r"^<svg[^>]*>(.*)</svg>$", re.DOTALL)
# what kawaraban.css does for a drawing of places
PLACES = (
    ".kb-land{fill:%(paper)s;fill-rule:evenodd}.kb-land,.kb-coast{stroke:%(soft)s;stroke-width:.7}"
    ".kb-coast,path.kb-ruler{fill:none}path.kb-ruler{stroke:%(ink)s}text.kb-ruler{fill:%(ink)s;font-size:11px}"
    "circle{stroke:%(paper)s}.kb-dots{stroke-linecap:round;stroke-width:5;fill:none}"
)
SPOTS = (
    ".kb-dot-{at}>circle{{fill:{colour}}}path.kb-dot-{at}{{stroke:{colour}}}"
    ".kb-dot-{at}>text{{fill:{paper};font-size:8.5px;font-weight:700;text-anchor:middle}}"
)


def colours(accent: str = ACCENT) -> dict[str, str]:
    """Give the colours of paper, by the names that a drawing has for them."""
    paper, ink = PAPERS["light"]
    own = palettes(accent)["light"]
    found = {"paper": paper, "ink": ink, "soft": SOFT, "rule": RULE, "sheet": SHEET, "accent": own.accent}
    return found | {str(at): each for at, each in enumerate(own.series, start=1)}


def picture(card: Card, foot: Sequence[str], named: Mapping[str, str], font: str) -> str:
    """Give a card's drawing with its title above and its source below, as SVG for any program."""
    wide, tall = size_of(card.picture)
    edge, y = 24.0, 24.0
    parts = []
    if card.title:
        lines = wrapped(card.title, wide, 4, 18)
        parts.append(_lines(lines, edge, y + 18, 18, 26, weight="bold"))
        y += 26 * len(lines) + 10
    parts.append(_placed(card, card.picture, edge, y, 1.0, named))
    y += tall + 12
    for line in foot:
        lines = wrapped(line, wide, 3, 11)
        parts.append(_lines(lines, edge, y + 11, 11, 17, named["soft"]))
        y += 17 * len(lines)
    return _whole("".join(parts), wide + 2 * edge, y + 16, named, font, card.told or card.title)


def poster(card: Card, head: str, foot: Sequence[str], named: Mapping[str, str], font: str) -> str:
    """Give the picture of a shared link: the name of the town, title and number to the left, the drawing beside."""
    drawing = card.small or card.picture
    room = LEFT if drawing else WIDTH - 2 * EDGE
    parts = [
        f'<path d="M{EDGE} 46H{WIDTH - EDGE}M{EDGE} 54H{WIDTH - EDGE}" stroke="{named["ink"]}" stroke-width="2"/>',
        _lines([wrapped(head, WIDTH - 2 * EDGE, 1, 26)[0]], EDGE, 96, 26, 26, weight="bold"),
        f'<path d="M{EDGE} 116H{WIDTH - EDGE}" stroke="{named["rule"]}" stroke-width="2"/>',
    ]
    size = TITLE if drawing or len(wrapped(card.title, room, 9, TITLE)) > 2 else 60
    lines = balanced(card.title, room, 9, size)
    if len(lines) > 5:
        size = LEAST
        lines = balanced(card.title, room, 7 if card.number is None else 5, size)
    y = 130 + size * 1.15
    parts.append(_lines(lines, EDGE, y, size, size * 1.4, weight="bold"))
    y += size * 1.4 * (len(lines) - 1)
    if card.number:
        parts.append(_number(card.number, y, room, named))
    if drawing:
        wide, tall = size_of(drawing)
        left, top, most = EDGE + LEFT + 48.0, 140.0, (WIDTH - 2 * EDGE - LEFT - 48.0, 420.0)
        scale = min(most[0] / wide, most[1] / tall, 2.0)
        parts.append(
            _placed(
                card, drawing, left + (most[0] - wide * scale) / 2, top + (most[1] - tall * scale) / 2, scale, named
            )
        )
    said = wrapped(" ".join(foot), WIDTH - 2 * EDGE, 1, 20)
    parts.append(_lines(said, EDGE, HEIGHT - 32, 20, 20, named["soft"]))
    return _whole("".join(parts), WIDTH, HEIGHT, named, font, card.title)


def balanced(text: str, room: float, most: int, size: float) -> list[str]:
    """Give the text in as few lines as there must be, of about one length."""
    lines = wrapped(text, room, most, size)
    narrow = width_of(text, size) / len(lines)
    while narrow < room:
        found = wrapped(text, narrow, len(lines), size)
        if "".join(found).replace(" ", "") == "".join(lines).replace(" ", ""):
            return found
        narrow += size / 2
    return lines


def size_of(svg: str) -> tuple[float, float]:
    """Give the width and height of one of our drawings."""
    found = SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (1.0, 1.0)


def _number(number: Number, y: float, room: float, named: Mapping[str, str]) -> str:
    """Give the big number with its unit, its change and its date below the title."""
    size = 104 if width_of(number.text, 104) < room else 72
    y += size * 1.2 + 12
    inner = f'{escape(number.text)}<tspan font-size="34" font-weight="normal" dx="8">{escape(number.unit)}</tspan>'
    parts = [f'<text x="{EDGE}" y="{plain(y)}" font-size="{size}" font-weight="bold">{inner}</text>']
    change = {"up": "▲ ", "down": "▼ ", "same": "→ "}.get(number.kind, "") + number.change
    y += 14  # below the commas of a large number
    for said, colour in ((change, named["ink"]), (number.moment, named["soft"])):
        if said:
            y += 42
            parts.append(_lines([wrapped(said, room, 1, 26)[0]], EDGE, y, 26, 26, colour))
    return "".join(parts)


def _lines(
    lines: Sequence[str], x: float, y: float, size: float, step: float, fill: str = "", weight: str = ""
) -> str:
    own = (f' fill="{fill}"' if fill else "") + (f' font-weight="{weight}"' if weight else "")
    inner = "".join(
        f'<tspan x="{plain(x)}" y="{plain(y + at * step)}">{escape(each)}</tspan>' for at, each in enumerate(lines)
    )
    return f'<text font-size="{plain(size)}"{own}>{inner}</text>'


def _placed(card: Card, svg: str, x: float, y: float, scale: float, named: Mapping[str, str]) -> str:
    """Give a drawing at its place, in colours instead of names of colours."""
    found = BODY.match(svg)
    inner = found[1] if found else ""
    inner = re.sub(r"var\(--kb-([a-z0-9]+)\)", lambda name: named.get(name[1], named["ink"]), inner)
    inner = re.sub(r"<(title|desc)>.*?</\1>", "", inner, flags=re.DOTALL)
    inner = PLAIN.sub(rf'<text\1 font-family="{LATIN}">\2</text>', inner)
    if card.view == "map":
        spots = "".join(SPOTS.format(at=at, colour=named[str(at)], paper=named["paper"]) for at in range(1, 9))
        inner = f"<style>{PLACES % named}{spots}</style>{inner}"
    wide, tall = size_of(svg)
    clipped = "" if card.view == "map" else ' overflow="visible"'
    return (
        f'<svg x="{plain(x)}" y="{plain(y)}" width="{plain(wide * scale)}" height="{plain(tall * scale)}" '
        f'viewBox="0 0 {plain(wide)} {plain(tall)}"{clipped}>{inner}</svg>'
    )


def _whole(inner: str, wide: float, tall: float, named: Mapping[str, str], font: str, told: str) -> str:
    size = f'width="{plain(wide)}" height="{plain(tall)}" viewBox="0 0 {plain(wide)} {plain(tall)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{escape(font)}" font-size="12" '
        f'color="{named["ink"]}" fill="{named["ink"]}"><title>{escape(told)}</title>'
        f'<rect width="{plain(wide)}" height="{plain(tall)}" fill="{named["paper"]}"/>{inner}</svg>'
    )
