"""The colours of a town: told apart by colour-blind eyes, seen on paper and beside ink, whatever the accent.

Vision is simulated here by other models than in the palette: Viénot, Brettel and Mollon (1999) for red and green,
Brettel, Viénot and Mollon (1997) for blue; differences are those of CIELAB (1976).
"""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from kawaraban.errors import KawarabanError
from kawaraban.publishing import theme
from kawaraban.templating import shipped_templates
from kawaraban.views.palette import ACCENT, PAPERS, of_oklch, oklch, palettes, style

ACCENTS = [ACCENT, "#1f5f99", "#2d6a34", "#8a6a00", "#5b4a9e", "#333333", "#00a0e9", "#ffd400", "#ffffff", "#000000",
           "#e4007f", "#006400", "#7fffd4", "#800000"]  # fmt: skip
NEIGHBOURS = 10.0  # least CIELAB difference of series that lie on each other; 2.3 is just seen
FIRST = 8.0  # of any two of the first four
Triple = tuple[float, float, float]
RED_GREEN = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
BLUE = (
    ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
    ((0.93678, 0.18979, -0.12657), (0.06154, 0.81526, 0.12320), (-0.37562, 1.12767, 0.24796)),
)
BETWEEN = (0.03901, -0.02788, -0.01113)


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]


def product(matrix: tuple[Triple, Triple, Triple], values: list[float]) -> list[float]:
    return [min(max(sum(a * b for a, b in zip(row, values, strict=True)), 0.0), 1.0) for row in matrix]


def visions(colour: str) -> dict[str, list[float]]:
    """Give the light that each kind of eyes takes a colour for."""
    own = linear(colour)
    side = BLUE[0] if sum(a * b for a, b in zip(BETWEEN, own, strict=True)) >= 0 else BLUE[1]
    return {
        "usual": own,
        **{name: product(each, own) for name, each in RED_GREEN.items()},
        "tritan": product(side, own),
    }


def lab(light: list[float]) -> Triple:
    red, green, blue = light
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str) -> float:
    """Give the difference of two colours to the eyes that see least of it."""
    first, second = visions(one), visions(other)
    return min(
        sum((a - b) ** 2 for a, b in zip(lab(first[each]), lab(second[each]), strict=True)) ** 0.5 for each in first
    )


def contrast(one: str, other: str) -> float:
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", PAPERS)
def test_series_are_told_apart_by_everybody_and_seen_on_paper_and_beside_ink(accent: str, scheme: str) -> None:
    series = palettes(accent)[scheme].series
    assert len(set(series)) == 8
    assert min(difference(one, other) for one, other in pairwise(series)) >= NEIGHBOURS
    assert min(difference(one, other) for one, other in combinations(series[:4], 2)) >= FIRST
    paper, ink = PAPERS[scheme]
    assert min(contrast(each, paper) for each in series) >= 3
    assert min(contrast(each, ink) for each in series) >= 3


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("scheme", PAPERS)
def test_letters_in_the_accent_can_be_read(accent: str, scheme: str) -> None:
    assert contrast(palettes(accent)[scheme].accent, PAPERS[scheme][0]) >= 4.5


@pytest.mark.parametrize("accent", [each for each in ACCENTS if oklch(each)[1] > 0.05])
def test_the_first_series_has_the_hue_of_the_accent(accent: str) -> None:
    for own in palettes(accent).values():
        away = abs(oklch(own.series[0])[2] - oklch(accent)[2])
        assert min(away, 360 - away) < 8


def test_an_accent_that_can_be_read_stays_as_it_is() -> None:
    assert palettes(ACCENT)["light"].accent == ACCENT
    assert contrast("#777777", PAPERS["light"][0]) < 4.5
    assert palettes("#777777")["light"].accent != "#777777"


def test_two_colours_that_red_blind_eyes_confuse_would_be_noticed() -> None:
    """The check can fail: these are far apart for most, and nearly the same for some."""
    assert difference("#c04030", "#7a6a30") < NEIGHBOURS


@pytest.mark.parametrize("colour", ["#b3321b", "#808080", "#00a0e9", "#123456"])
def test_a_colour_comes_back_out_of_oklch(colour: str) -> None:
    assert of_oklch(*oklch(colour)) == colour


@pytest.mark.parametrize("wrong", ["red", "#fff", "b3321b", "#b3321g", "", "#b3321b; }"])
def test_what_is_no_colour_says_how_to_write_one(wrong: str) -> None:
    with pytest.raises(KawarabanError) as error:
        palettes(wrong)
    assert error.value.where == "mkdocs.yml"
    assert "accent" in error.value.hint


def test_the_style_has_the_palette_of_the_usual_accent() -> None:
    """Without `accent:` in mkdocs.yml the style is used as it is."""
    css = (shipped_templates() / "assets" / "kawaraban.css").read_text(encoding="utf-8")
    light, _, dark = css.partition('[data-md-color-scheme="slate"] {')
    for part, scheme in ((light, "light"), (dark, "dark")):
        own = palettes()[scheme]
        assert re.search(r"--kb-accent: (#\w+);", part)[1] == own.accent  # type: ignore[index]
        assert re.search(r"--kb-paper: (#\w+);", part)[1] == PAPERS[scheme][0]  # type: ignore[index]
        assert re.search(r"--kb-ink: (#\w+);", part)[1] == PAPERS[scheme][1]  # type: ignore[index]
        found = [re.search(rf"--kb-{number}: (#\w+);", part)[1] for number in range(1, 9)]  # type: ignore[index]
        assert found == list(own.series)


def test_another_accent_colours_the_style_of_the_site() -> None:
    plain = {each.path: each for each in theme.assets()}
    blue = {each.path: each for each in theme.assets("#1f5f99")}
    assert plain.keys() == blue.keys()
    changed = {path for path in plain if plain[path].digest != blue[path].digest}
    assert theme.STYLE in changed
    assert {Path(path).suffix for path in changed} == {".css"}
    text = blue[theme.STYLE].make().decode()
    assert text.endswith(style("#1f5f99"))
    assert text.rindex("--kb-accent: #1f5f99") > text.rindex(f"--kb-accent: {ACCENT}")
