"""A map of areas, stronger where there is more. The boundaries are the town's own; there are no tiles."""

import json
import math
from collections.abc import Iterator
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.views.lettering import LINE, width_of
from kawaraban.views.marks.steps import NOTHING, legend_of, steps_of
from kawaraban.views.plot import Chart, Drawn, Room
from kawaraban.views.svg import element, plain, text, titled

TALLEST = {"wide": 0.66, "narrow": 1.2}  # height as a share of the width, at most
FINE = 0.5  # px that a boundary's points are apart at least

Ring = list[tuple[float, float]]


def draw(chart: Chart, room: Room) -> Drawn:
    """Give the drawing of the areas, with their names where they fit."""
    shapes = {name: rings for name, shape in chart.shapes.items() if (rings := list(_rings(json.loads(shape))))}
    if not shapes:
        raise KawarabanError(
            "there is no area to draw", "boundaries", "name a dataset of GeoJSON areas in `boundaries:`"
        )
    spots = [spot for rings in shapes.values() for ring in rings for spot in ring]
    west, east = min(each[0] for each in spots), max(each[0] for each in spots)
    south, north = min(each[1] for each in spots), max(each[1] for each in spots)
    shrink = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    most = room.width * TALLEST["narrow" if room.narrow else "wide"]
    scale = min((room.width - 2) / wide, (float(chart.height) if chart.height else most) / high)
    left = (room.width - wide * scale) / 2
    values = {str(row.base): row.measure for row in chart.rows}
    steps = steps_of(chart)
    areas, names = "", ""
    for name, rings in shapes.items():
        drawn = [
            _thin([(left + (x - west) * shrink * scale, 1 + (north - y) * scale) for x, y in ring]) for ring in rings
        ]
        value = values.get(name)
        strength = NOTHING if value is None else steps.strength(value)
        said = f"{name} {chart.words.get('missing', '') if value is None else chart.said(value)}"
        path = "".join("M" + "L".join(f"{plain(x)},{plain(y)}" for x, y in ring) + "Z" for ring in drawn)
        fill = "currentColor" if value is None else "var(--kb-1)"
        areas += element("path", titled(said.strip()), d=path, fill=fill, fill_opacity=strength)
        names += _name(chart, name, value, max(drawn, key=lambda ring: abs(_area(ring))))
    rim = 'fill-rule="evenodd" stroke="currentColor" stroke-opacity=".6" stroke-width=".8" stroke-linejoin="round"'
    tall = high * scale + 14
    if not room.legend:
        return Drawn(f"<g {rim}>{areas}</g>{names}", room.width, tall)
    gaps = any(name not in values for name in shapes)
    legend = legend_of(chart, steps, room.width, chart.words.get("missing", "") if gaps else "")
    below = element("g", legend.inner, transform=f"translate(0,{plain(tall)})")
    return Drawn(f"<g {rim}>{areas}</g>{names}{below}", room.width, tall + legend.height)


def _name(chart: Chart, name: str, value: float | None, ring: Ring) -> str:
    """Give an area's name and value where they fit into it."""
    x, y = _middle(ring)
    across = [each[0] for each in ring]
    wide = max(across) - min(across)
    lines = [name] if value is None else [name, chart.label(value)]
    if max(width_of(each) for each in lines) > wide * 0.9:
        return ""
    return text(x, y + 4 - LINE * (len(lines) - 1) / 2, lines, "middle", halo=True)


def _rings(geometry: Any) -> Iterator[Ring]:
    """Give every ring of a polygon, a multipolygon or a collection; what is no area has none."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        for ring in geometry["coordinates"]:
            if ring:
                yield [(float(spot[0]), float(spot[1])) for spot in ring]
    elif kind == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from _rings({"type": "Polygon", "coordinates": polygon})
    elif kind == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _rings(each)


def _thin(ring: Ring) -> Ring:
    """Give a ring without the points that nobody could see apart."""
    kept: Ring = []
    for spot in ring:
        if not kept or abs(spot[0] - kept[-1][0]) >= FINE or abs(spot[1] - kept[-1][1]) >= FINE:
            kept.append(spot)
    return kept


def _area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """Give the middle of an area; of one without any, its first point."""
    area = _area(ring)
    if abs(area) < 1e-6:
        return ring[0]
    x = y = 0.0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return x / (6 * area), y / (6 * area)
