"""A latitude without its longitude, or the other way round: the row has no place."""

import re
from collections.abc import Iterator

from kawaraban.checking.points import NUMBER, find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the empty cell of every such row, at the name of the other."""
    for points in find_points(sheet):
        for row, north, east in points.read(points.half):
            column, other, value = (
                (points.longitude, points.latitude, north) if north else (points.latitude, points.longitude, east)
            )
            if re.fullmatch(NUMBER, value) and float(value):  # 0 is another matter
                yield Finding(row, column, details={"other": sheet.names[other], "there": value})


SIGN = Sign("half-coordinates", "warning", look)

RIGHT = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,,\n"),
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,0,\n"),
    Example("名称,緯度\n本館,35.1787\n"),
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,調査中,\n"),
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.1787,\n分館,35.1841,140.3407\n別館,,140.2960\n", (("C2", None), ("B4", None))),
]
