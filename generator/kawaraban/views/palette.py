"""The one colour of a town -> the colours of its series, for paper and for a dark screen.

Colours are reckoned in OKLCH (Ottosson 2020), where equal steps look equal. Colour-blind vision is simulated in
linear light by the matrices of Machado, Oliveira and Fernandes (2009) at full severity.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from kawaraban.errors import KawarabanError

ACCENT = "#b3321b"  # vermilion
SERIES = 8
PAPERS = {"light": ("#fbfaf7", "#1d1c1a"), "dark": ("#14171a", "#e8e5de")}  # scheme -> paper and ink
MARK = 3.0  # contrast of a mark with the paper, and with the ink of letters and axes (WCAG 2.2, 1.4.11)
TEXT = {"light": 4.5, "dark": 6.9}  # contrast of the accent, which letters have too; a dark screen wants more
CALM = 0.135  # chroma that a series has at most: print, not neon
HUES = 24  # hues that are tried
USUAL = 0.7  # what a difference counts that usual eyes see: most readers have them, and want different hues
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme: the accent, for letters and links, and the series."""

    accent: str
    series: tuple[str, ...]


def palettes(accent: str = ACCENT) -> dict[str, Palette]:
    """Give the palette of each scheme. Raises KawarabanError where `accent` is not written like #b3321b."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise KawarabanError(
            "{word} is not a colour", "mkdocs.yml", "write it as `accent: \"#b3321b\"`", word=accent
        )  # fmt: skip
    return _palettes(accent.lower())


@cache
def _palettes(accent: str) -> dict[str, Palette]:
    _, chroma, hue = oklch(accent)
    chosen = _chosen(min(chroma, CALM * 1.25), hue)
    return {
        scheme: Palette(
            _with_contrast(accent, scheme),
            tuple(_rendered(scheme, *each) for each in chosen),
        )
        for scheme in PAPERS
    }


def style(accent: str) -> str:
    """Give the custom properties of both schemes as CSS."""
    rules = []
    for scheme, selector in (
        ("light", ':root,\n[data-md-color-scheme="default"]'),
        ("dark", '[data-md-color-scheme="slate"]'),
    ):
        own = palettes(accent)[scheme]
        lines = [f"  --kb-accent: {own.accent};"]
        lines += [f"  --kb-{number}: {colour};" for number, colour in enumerate(own.series, start=1)]
        rules.append(f"{selector} {{\n" + "\n".join(lines) + "\n}\n")
    return "".join(rules)


# Choosing ----------------------------------------------------------------------------------------------------


def _chosen(chroma: float, hue: float) -> list[tuple[float, float, float]]:
    """Give (lightness from 0 to 1 within the band, chroma, hue) of each series: each far from those before it.

    The one just before counts most: in a stack or a legend they are neighbours.
    """
    found = [(_place_of_accent(chroma), chroma, hue)]
    calm = max(min(chroma, CALM), 0.09)
    tried = [
        (place, calm if place < 1 else calm * 0.9, (hue + 360 * step / HUES) % 360)
        for step, place in product(range(HUES), (0.0, 0.5, 1.0))
    ] + [(place, 0.012, hue) for place in (0.0, 1.0)]
    while len(found) < SERIES:
        found.append(max(tried, key=lambda each: _apart(each, found)))
    return found


def _place_of_accent(chroma: float) -> float:
    return 0.0 if chroma > 0.02 else 0.5


def _apart(candidate: tuple[float, float, float], found: list[tuple[float, float, float]]) -> float:
    """Give how far a colour is from those chosen, in the scheme and vision where it is nearest."""
    nearest = math.inf
    for scheme in PAPERS:
        own = _seen(_rendered(scheme, *candidate))
        for age, other in enumerate(reversed(found)):
            weight = 1.0 if age == 0 else 1.2 if len(found) < 4 else 1.6 if age < 3 else 2.4
            theirs = _seen(_rendered(scheme, *other))
            usual, *blind = (math.dist(one, two) for one, two in zip(own, theirs, strict=True))
            nearest = min(nearest, weight * min(usual * USUAL, *blind))
    return nearest


@cache
def _seen(colour: str) -> tuple[Triple, ...]:
    """Give a colour as usual eyes and each kind of colour-blind ones see it, in OKLab."""
    linear = _linear(colour)
    return (_oklab(linear), *(_oklab(_times(matrix, linear)) for matrix in BLIND.values()))


@cache
def _rendered(scheme: str, place: float, chroma: float, hue: float) -> str:
    """Give the colour at a place (0 the farthest from the paper, 1 the farthest from the ink) as hex."""
    low, high = _band(scheme)
    dark, light = min(low, high), max(low, high)
    share = place if scheme == "light" else 1 - place
    wanted = dark * (light / dark) ** share
    return _of_luminance(wanted, chroma, hue)


def _band(scheme: str) -> tuple[float, float]:
    """Give the luminance at which a mark has just enough contrast with the paper, and with the ink."""
    paper, ink = (luminance(each) for each in PAPERS[scheme])
    slack = 1.02  # hex has 256 steps only
    if paper > ink:
        return (paper + 0.05) / MARK / slack - 0.05, (ink + 0.05) * MARK * slack - 0.05
    return (paper + 0.05) * MARK * slack - 0.05, (ink + 0.05) / MARK / slack - 0.05


def _with_contrast(accent: str, scheme: str) -> str:
    """Give the accent, made darker or lighter until letters of it can be read on the paper."""
    paper = PAPERS[scheme][0]
    if contrast(accent, paper) >= TEXT[scheme]:
        return accent
    lightness, chroma, hue = oklch(accent)
    step = -0.005 if luminance(paper) > 0.5 else 0.005
    chroma = chroma if step < 0 else min(chroma, CALM)  # on a dark screen the full strength glares
    while 0 < lightness < 1:
        lightness += step
        found = of_oklch(lightness, chroma, hue)
        if contrast(found, paper) >= TEXT[scheme]:
            return found
    return PAPERS[scheme][1]


def _of_luminance(wanted: float, chroma: float, hue: float) -> str:
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(of_oklch(middle, chroma, hue)) < wanted else (low, middle)
    return of_oklch((low + high) / 2, chroma, hue)


# Colour ------------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Give the relative luminance (WCAG 2.2)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklch(colour: str) -> Triple:
    """Give lightness (0 to 1), chroma and hue (degrees) of a colour."""
    lightness, a, b = _oklab(_linear(colour))
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def of_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Give the colour as hex; where the screen has none so strong, a paler one of that hue."""
    for share in _shares():
        found = _unlab(lightness, chroma * share, hue)
        if all(-1e-4 <= each <= 1.0001 for each in found):
            break
    return "#" + "".join(f"{round(255 * _curved(min(max(each, 0.0), 1.0))):02x}" for each in found)


def _shares() -> Iterator[float]:
    yield from (1 - step / 25 for step in range(26))


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curved(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)


def _times(matrix: tuple[Triple, ...], values: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix)
    return first, second, third


TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def _oklab(linear: Triple) -> Triple:
    red, green, blue = (min(max(each, 0.0), 1.0) for each in linear)
    long, medium, short = (math.cbrt(each) for each in _times(TO_CONES, (red, green, blue)))
    return _times(TO_LAB, (long, medium, short))


def _unlab(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, medium, short = (each**3 for each in _times(FROM_LAB, (lightness, a, b)))
    return _times(FROM_CONES, (long, medium, short))
