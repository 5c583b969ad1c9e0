"""A latitude beyond 90 or a longitude beyond 180: such a place is not on the earth. Mostly the point is missing."""

from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell whose number is too large."""
    for points in find_points(sheet):
        for row, north, east in points.read(points.oddities.impossible):
            for column, text, most in ((points.latitude, north, 90), (points.longitude, east, 180)):
                if abs(float(text)) > most:
                    yield Finding(row, column, text, details={"most": most})


SIGN = Sign("impossible-coordinates", "error", look)

RIGHT = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.1841,140.3407\n"),
    Example("名称,緯度,経度\n本館,-12345.6,-34567.8\n分館,-12300.1,-34600.2\n"),  # metres: told of the table
]
WRONG = [
    Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,351841,140.3407\n別館,35.1541,140.2960\n", (("B3", None),)),
    Example(
        "名称,緯度,経度\n本館,35.1787,140.3121\n分館,351841,1403407\n別館,35.1541,140.2960\n",
        (("B3", None), ("C3", None)),
    ),
]
