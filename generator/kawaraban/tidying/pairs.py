"""Latitude and longitude in one cell: 34.342286,134.055021; and degrees, minutes and seconds: 北緯34度20分32秒.

The law: a pair is one only in and around Japan, where no latitude can be a longitude; so the order needs no guess.
Each number keeps the digits that it has; degrees, minutes and seconds get 6 decimals (0.1 m). A pair is never
rewritten in its cell: it is split in two columns, or stays.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.roles import role_of
from kawaraban.tidying import missing
from kawaraban.tidying.widths import half

TYPES = frozenset({"number"})
# with 沖ノ鳥島 (20.42 N), 与那国島 (122.93 E), 南鳥島 (153.99 E) and 択捉島 (45.56 N)
LATITUDES, LONGITUDES = (20.4, 45.6), (122.9, 154.0)
RANGES = {"latitude": LATITUDES, "longitude": LONGITUDES}
NEARLY_ALL = 0.95
LONGEST = 80  # letters
_SIGNS = str.maketrans("′'＇‘’´`″＂“”º˚゜〃", "''''''" + "'" + '""""' + "°°°" + '"')
_AXIS = r"(?:北緯|東経|緯度|経度|LAT(?:ITUDE)?|LO?NG?(?:ITUDE)?|[NE])"
_DEGREES = r"(?P<{0}degrees>[0-9]{{1,3}}(?:\.[0-9]+)?)"
_PARTS = (
    r"(?:\s?[°度]\s?(?:(?P<{0}minutes>[0-9]{{1,2}}(?:\.[0-9]+)?)(?:\s?['分]\s?"
    r"(?:(?P<{0}seconds>[0-9]{{1,2}}(?:\.[0-9]+)?)\s?(?:\"|''|秒)?)?)?)?)?"
)
_ONE = rf"(?P<{{0}}axis>{_AXIS})?\s?[:=]?\s?{_DEGREES}{_PARTS}\s?(?P<{{0}}after>[NE])?"
ONE = re.compile(_ONE.format("a"))
TWO = re.compile(rf"[(\[]?\s*{_ONE.format('a')}\s*(?:[,、;/]|\s)\s*{_ONE.format('b')}\s*[)\]]?")
NORTH = ("北緯", "緯度", "LA", "N")
DEGREES = {"type": "number", "name": "緯度"}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    ("34°20'32\"", DEGREES, "34.342222"),
    ("34°20′32.5″", DEGREES, "34.342361"),
    ("北緯34度20分32秒", DEGREES, "34.342222"),
    ("34°20'32", DEGREES, "34.342222"),
    ("北緯３４度２０分", DEGREES, "34.333333"),
    ("N34.3422", DEGREES, "34.3422"),
    ("東経 134.05", DEGREES | {"name": "経度"}, "134.05"),
    ("134.05°", DEGREES | {"name": "経度"}, "134.05"),
]
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, DEGREES) for cell in (
        "34.3422", "34°75'32\"", "東経134度", "34.342286,134.055021", "不明", "", "34.5°20'", "134°", "S34.3",
        "34度付近", "34°20'75\"",
    )),
    ("北緯34度20分32秒", {"type": "string", "name": "緯度"}),
    ("12度30分", {"type": "number", "name": "傾き"}),
]  # fmt: skip
PARTED: list[tuple[str, tuple[str, str]]] = [
    ("34.342286,134.055021", ("34.342286", "134.055021")),
    ("34.342286, 134.055021", ("34.342286", "134.055021")),
    ("134.055021,34.342286", ("34.342286", "134.055021")),
    ("３４．３４２２８６，１３４．０５５０２１", ("34.342286", "134.055021")),
    ("(34.342286,134.055021)", ("34.342286", "134.055021")),
    ("34.342286 134.055021", ("34.342286", "134.055021")),
    ("北緯34度20分32秒、東経134度3分18秒", ("34.342222", "134.055000")),
    ("34°20'32\"N 134°03'18\"E", ("34.342222", "134.055000")),
    ("緯度:34.34／経度:134.05", ("34.34", "134.05")),
]
LEFT_WHOLE: list[str] = [
    "34.342286", "34.342286,34.342286", "0,0", "134.055021,134.055021", "51.5,-0.12", "北緯134.05,東経34.34",
    "34.34,134.05（裏口）", "34,342286,134,055021", "不明", "", "20,300", "35.1,139.7,12",
]  # fmt: skip


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed: numbers that are a latitude or a longitude by their name."""
    return field.get("type") in TYPES and role_of(str(field.get("name", ""))) in RANGES


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give one coordinate in degrees, where it has signs of degrees or says its axis."""
    if not cell or len(cell) > LONGEST or not touches(field):
        return cell
    found = ONE.fullmatch(_plain(cell))
    if found is None or found["adegrees"] == cell:
        return cell
    between = RANGES[role_of(str(field.get("name", "")))]
    degrees = _degrees(found, "a")
    if degrees is None or not _inside(degrees, between):
        return cell
    axis = _axis(found, "a")
    return degrees if axis in ("", "north" if between == LATITUDES else "east") else cell


def in_degrees(text: str) -> str | None:
    """Give one coordinate in degrees, wherever it is; None where it is none."""
    found = ONE.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    return None if found is None else _degrees(found, "a")


def split(cell: str) -> tuple[str, str] | None:
    """Give latitude and longitude of a cell that holds both; None where it does not, or they are not in Japan."""
    found = TWO.fullmatch(_plain(cell)) if len(cell) <= LONGEST else None
    if found is None:
        return None
    first, second = _degrees(found, "a"), _degrees(found, "b")
    if first is None or second is None:
        return None
    axes = _axis(found, "a"), _axis(found, "b")
    if _inside(first, LATITUDES) and _inside(second, LONGITUDES):
        return (first, second) if axes[0] in ("", "north") and axes[1] in ("", "east") else None
    if _inside(second, LATITUDES) and _inside(first, LONGITUDES):
        return (second, first) if axes[1] in ("", "north") and axes[0] in ("", "east") else None
    return None


def decide(_name: str, cells: Iterable[str]) -> bool:
    """Say whether nearly all of a column's cells are pairs, all with the same one first."""
    filled = [each for each in dict.fromkeys(cells) if not missing.is_missing(each.strip())]
    found = [(each, pair) for each in filled if (pair := split(each)) is not None]
    if not found or len(found) < NEARLY_ALL * len(filled):
        return False
    first = [_degrees(match, "a") == pair[0] for each, pair in found if (match := TWO.fullmatch(_plain(each)))]
    return all(first) or not any(first)


def _plain(cell: str) -> str:
    return half(cell).translate(_SIGNS).strip().upper()


def _degrees(found: re.Match[str], which: str) -> str | None:
    """Give the degrees as a number; None where minutes or seconds are none."""
    degrees, minutes, seconds = (found[which + part] for part in ("degrees", "minutes", "seconds"))
    if minutes is None:
        return str(degrees)
    if "." in degrees or float(minutes) >= 60 or float(seconds or 0) >= 60 or ("." in minutes and seconds):
        return None
    return f"{int(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600:.6f}"


def _axis(found: re.Match[str], which: str) -> str:
    """Give the axis that a coordinate says it is on: north, east or nothing; "both" where it says two."""
    said = {
        "north" if each.startswith(NORTH) else "east" for each in found.group(which + "axis", which + "after") if each
    }
    return said.pop() if len(said) == 1 else "both" if said else ""


def _inside(degrees: str, between: tuple[float, float]) -> bool:
    return between[0] <= float(degrees) <= between[1]
