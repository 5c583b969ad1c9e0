"""A small drawing of where the places are, made at build: seen before the script of a map runs, and on paper.

It is in Mercator's projection, like the tiles; the map's script reads the outline back out of it.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from math import asinh, cos, degrees, log10, radians, tan
from typing import Any

WIDTH = 480.0
SHAPE = (0.55, 1.1)  # height as a share of the width, least and most
EDGE = 18.0  # px between the outermost points and the edge
SMALLEST = 0.012  # degrees that are shown at least
NUMBERED = 99  # places of which each has its number, as it has in the list
FINE = 0.7  # px that the points of an outline are apart at least
DEGREE = 111_320.0  # metres of a degree of longitude at the equator

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: its number in the list, where it is, and the number of its colour."""

    number: int
    lat: float
    lon: float
    colour: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    """What part of the world is drawn: west edge, north edge (Mercator's degrees), px per degree, size."""

    west: float
    north: float
    scale: float
    height: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Give where a place is in the drawing."""
        return (lon - self.west) * self.scale, (self.north - _mercator(lat)) * self.scale


def locator(spots: Sequence[Spot], shapes: Sequence[str], title: str) -> str:
    """Give the drawing of the places, with the outline in `shapes` (GeoJSON texts) under them."""
    window = _window(spots)
    land = ""
    with suppress(ArithmeticError, LookupError, TypeError, ValueError):  # the places matter more than the outline
        land = "".join(_outline(shape, window) for shape in shapes)
    drawn = _numbered(spots, window) if len(spots) <= NUMBERED else _dotted(spots, window)
    view = f"{window.west:.6f} {window.north:.6f} {window.scale:.4f}"
    return (
        f'<svg class="kb-locator" viewBox="0 0 {WIDTH:.0f} {window.height:.0f}" role="img" '
        f'aria-label="{escape(title)}" data-view="{view}"><title>{escape(title)}</title>'
        f'{land}{drawn}{_ruler(window, spots)}</svg>'
    )  # fmt: skip


def _mercator(lat: float) -> float:
    return degrees(asinh(tan(radians(max(-85.0, min(85.0, lat))))))


def _window(spots: Sequence[Spot]) -> Window:
    west, east = min(each.lon for each in spots), max(each.lon for each in spots)
    south, north = (_mercator(pick(each.lat for each in spots)) for pick in (min, max))
    wide, high = max(east - west, SMALLEST), max(north - south, SMALLEST)
    least, most = SHAPE
    height = min(max(WIDTH * high / wide, WIDTH * least), WIDTH * most)
    scale = min((WIDTH - 2 * EDGE) / wide, (height - 2 * EDGE) / high)
    return Window(
        (west + east) / 2 - WIDTH / 2 / scale, (south + north) / 2 + height / 2 / scale, scale, round(height)
    )


def _numbered(spots: Sequence[Spot], window: Window) -> str:
    found = []
    radius = 7.5 if len(spots) <= 40 else 6.5
    for each in spots:
        x, y = window.at(each.lat, each.lon)
        found.append(
            f'<g class="kb-dot-{each.colour}" data-n="{each.number}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
            f'<text x="{x:.1f}" y="{y + 3.1:.1f}">{each.number}</text></g>'
        )
    return "".join(found)


def _dotted(spots: Sequence[Spot], window: Window) -> str:
    """Give a path for each colour, of strokes without length whose ends are round."""
    paths = []
    for colour in sorted({each.colour for each in spots}):
        points = (window.at(each.lat, each.lon) for each in spots if each.colour == colour)
        path = "".join(dict.fromkeys(f"M{x:.1f},{y:.1f}h0" for x, y in points))
        paths.append(f'<path class="kb-dots kb-dot-{colour}" d="{path}"/>')
    return "".join(paths)


def _outline(shape: str, window: Window) -> str:
    """Give the lines and areas of a GeoJSON text that the drawing shows a part of."""
    areas, lines = "", ""
    for ring, closed in _rings(json.loads(shape)):
        drawn = _thin([window.at(lat, lon) for lon, lat in ring])
        across, down = [each[0] for each in drawn], [each[1] for each in drawn]
        if max(across) < 0 or min(across) > WIDTH or max(down) < 0 or min(down) > window.height:
            continue
        path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        areas, lines = (f"{areas}{path}Z", lines) if closed else (areas, lines + path)
    land = f'<path class="kb-land" d="{areas}"/>' if areas else ""
    return land + (f'<path class="kb-coast" d="{lines}"/>' if lines else "")


def _rings(geometry: Any) -> Iterator[tuple[Ring, bool]]:
    """Give every line of a geometry as longitudes and latitudes, and whether it encloses an area."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "GeometryCollection":
        for each in geometry.get("geometries", []):
            yield from _rings(each)
        return
    parts = geometry.get("coordinates", []) if isinstance(geometry, dict) else []
    if kind == "LineString":
        parts = [parts]
    elif kind == "MultiPolygon":
        parts = [ring for polygon in parts for ring in polygon]
    elif kind not in ("Polygon", "MultiLineString"):
        return
    for part in parts:
        ring = [(float(spot[0]), float(spot[1])) for spot in part]
        if len(ring) > 1:
            yield ring, "Polygon" in kind


def _thin(ring: Ring) -> Ring:
    kept = ring[:1]
    for spot in ring[1:-1]:
        if abs(spot[0] - kept[-1][0]) >= FINE or abs(spot[1] - kept[-1][1]) >= FINE:
            kept.append(spot)
    return [*kept, ring[-1]]


def _ruler(window: Window, spots: Sequence[Spot]) -> str:
    """Give a length of 1, 2 or 5 times a power of ten metres, at the latitude of the middle."""
    middle = (min(each.lat for each in spots) + max(each.lat for each in spots)) / 2
    metre = window.scale / (DEGREE * cos(radians(middle)))
    most = WIDTH / 4 / metre
    power = 10 ** int(log10(most))
    length = next(power * each for each in (5, 2, 1) if power * each <= most)
    words = f"{length // 1000:,} km" if length >= 1000 else f"{length} m"
    y = window.height - 8
    return (
        f'<path class="kb-ruler" d="M10,{y - 4:.0f}v4h{length * metre:.1f}v-4"/>'
        f'<text class="kb-ruler" x="{16 + length * metre:.1f}" y="{y:.0f}">{words}</text>'
    )
