"""A latitude or a longitude of 0: a place that was not known, and now lies in the sea off Africa."""

from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the latitude of every such row, or its longitude where only that is 0."""
    for points in find_points(sheet):
        for row, north, east in points.read(points.oddities.zero):
            on_equator = _is_zero(north)
            column = points.latitude if on_equator else points.longitude
            yield Finding(row, column, north if on_equator else east)


def _is_zero(text: str) -> bool:
    return bool(text) and not text.strip("+-0.")


SIGN = Sign("zero-coordinates", "error", look)

RIGHT = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,,\n"),
    Example("名称,標高,面積\n本館,0,0\n"),
    Example("都市,緯度,経度\n姉妹町,48.8566,2.3522\n友好町,52.5200,13.4050\n隣国,51.4779,0.0000\n"),
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,0,0\n", (("B3", None),)),
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.1841,0.000000\n", (("C3", None),)),
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,0,\n別館,,0\n", (("B3", None), ("C4", None))),
]
