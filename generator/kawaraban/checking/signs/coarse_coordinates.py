"""Coordinates of two decimals or fewer, all of them: a place to within a kilometre."""

from collections.abc import Iterator
from typing import Any

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

FIRST = 100  # places; clean data is known by them
LEAST = 3  # places; one or two may lie on a round number


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the column of latitudes where no place of the table is finer."""
    for points in find_points(sheet):
        if points.form == "geometry" or not _coarse(points.north[points.located[:FIRST]]):
            continue
        at = points.located[points.inside[points.located]]
        if len(at) >= LEAST and _coarse(points.north[at]) and _coarse(points.east[at]):
            _, north, east = next(points.read(at[:1]))
            yield Finding(None, points.latitude, north, details={"latitude": north, "longitude": east})


def _coarse(numbers: Any) -> bool:
    import numpy as np

    hundreds = numbers * 100
    return bool((np.abs(hundreds - np.rint(hundreds)) < 1e-6).all())


SIGN = Sign("coarse-coordinates", "warning", look)

RIGHT = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.18,140.34\n別館,35.15,140.29\n"),
    Example("名称,緯度,経度\n本館,35.18,140.31\n分館,35.17,140.34\n"),
    Example("名称,緯度,経度\n本館,,\n分館,,\n別館,,\n"),
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.18,140.31\n分館,35.2,140.34\n別館,35.15,140.29\n", (("B1", None),)),
]
