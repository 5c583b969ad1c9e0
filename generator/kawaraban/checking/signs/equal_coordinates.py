"""A longitude that is the same as the latitude: the cell was copied, or filled down sideways."""

from collections.abc import Iterator

from kawaraban.checking.oddities import NORTH
from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the cell of the two that cannot be right: nowhere in Japan are they the same."""
    for points in find_points(sheet):
        for row, north, east in points.read(points.oddities.equal):
            column = points.longitude if float(north) <= NORTH else points.latitude
            yield Finding(row, column, east)


SIGN = Sign("equal-coordinates", "error", look)

RIGHT = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n"),
    Example("名称,最低,最高\n本館,35.1787,35.1787\n"),
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.1841,35.1841\n", (("C3", None),)),
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,84.3407,84.3407\n", (("B3", None),)),
]
