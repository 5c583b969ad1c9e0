"""A place far from the town, or from the others of its table. Facilities in the next town are usual."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from kawaraban.checking.points import Points, find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

DEGREE = 111.2  # km
REACH = 40.0  # km around a town, where mkdocs.yml says nothing of it
WIDE = 0.2  # from this share beyond the reach on, the table is not about the town alone
PLACES = 10  # so many tell what is usual
TOWN = 20.0  # km around the middle, for nine of ten places: a wider table is a prefecture's
NEVER_FAR = 50.0  # km; an island of the town may lie so far out
TIMES = 4  # the distance that nine of ten places keep to
LARGE = 2.5  # the same, from the place of a town that says nothing of its reach
OUTLIERS = 0.05
SAMPLE = 10_000


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every place farther from the town than its reach, unless the table has many of them."""
    middle = _place(sheet.town)
    if middle is None:
        return
    reach = _number(sheet.town.get("reach"))
    for points in find_points(sheet):
        if _farthest(points, *middle) <= (reach or REACH):
            continue
        away = _distances(points, *middle)
        far = away > (reach or REACH)
        if far.sum() <= max(1, WIDE * points.inside.sum()):
            large = 0 if reach else LARGE * _usual(away[points.inside])
            yield from _findings(points, far & (away > large), away)


def look_among_others(sheet: Sheet) -> Iterator[Finding]:
    """Give every place that is far from the middle of the others; where the town's own place is not known."""
    if _place(sheet.town) is not None:
        return
    for points in find_points(sheet):
        import numpy as np

        count = int(points.inside.sum())
        if count < PLACES:
            continue
        some = points.located[points.inside[points.located]] if count < len(points.north) else np.arange(count)
        some = some[:: max(1, count // SAMPLE)]
        middle = float(np.median(points.north[some])), float(np.median(points.east[some]))
        if _farthest(points, *middle) <= NEVER_FAR:
            continue
        away = _distances(points, *middle)
        usual = _usual(away[points.inside])
        far = away > max(NEVER_FAR, TIMES * usual)
        if usual <= TOWN and far.sum() <= max(1, OUTLIERS * count):
            yield from _findings(points, far, away)


def _distances(points: Points, north: float, east: float) -> Any:
    """Give the kilometres to each place in Japan; NaN for what is none. As on a plane: near enough here."""
    import numpy as np

    up = (points.north - north) * DEGREE
    right = (points.east - east) * (DEGREE * math.cos(math.radians(north)))
    return np.where(points.inside, np.hypot(up, right), np.nan)


def _farthest(points: Points, north: float, east: float) -> float:
    """Give the kilometres to the corner of the box around all places in Japan that is farthest off."""
    inside = points.inside
    rows, columns = (each if inside.all() else each[inside] for each in (points.north, points.east))
    if not len(rows):
        return 0.0
    up = max(abs(rows.min() - north), abs(rows.max() - north)) * DEGREE
    right = max(abs(columns.min() - east), abs(columns.max() - east)) * DEGREE * math.cos(math.radians(north))
    return float(math.hypot(up, right))


def _usual(away: Any) -> float:
    """Give the distance that nine of ten places keep to."""
    import numpy as np

    return float(np.quantile(away[:: max(1, len(away) // SAMPLE)], 0.9)) if len(away) else 0.0


def _findings(points: Points, far: Any, away: Any) -> Iterator[Finding]:
    import numpy as np

    at = np.flatnonzero(far)
    for position, (row, north, east) in zip(at, points.read(at), strict=True):
        details = {"latitude": north, "longitude": east, "distance": round(float(away[position]))}
        yield Finding(row, points.latitude, north, details=details)


def _place(town: Mapping[str, Any]) -> tuple[float, float] | None:
    north, east = _number(town.get("latitude")), _number(town.get("longitude"))
    return None if north is None or east is None else (north, east)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


SIGNS = (
    Sign("far-from-town", "warning", look),
    Sign("far-from-others", "warning", look_among_others),
)

SUMIHAMA = {"latitude": 35.17, "longitude": 140.32}
HEAD = "名称,緯度,経度\n"
NEAR = "".join(f"集会所{number},35.17{number:02},140.32{number:02}\n" for number in range(12))
WIDER = "".join(f"学校{number},35.{number:02},139.{number:02}\n" for number in range(0, 96, 8))

RIGHT = {
    "far-from-town": [
        Example(HEAD + NEAR + "隣町の病院,35.3801,140.4002\n", town=SUMIHAMA),
        Example(HEAD + WIDER, town=SUMIHAMA),
        Example(HEAD + NEAR + "東京事務所,35.6812,139.7671\n", town={**SUMIHAMA, "reach": 100}),
        Example(HEAD + NEAR + "東京事務所,35.6812,139.7671\n"),
        Example(HEAD + NEAR + "東京事務所,35.6812,139.7671\n", town={"latitude": "北", "longitude": None}),
    ],
    "far-from-others": [
        Example(HEAD + NEAR + "隣町の病院,35.3801,140.4002\n"),
        Example(HEAD + WIDER + "離島の学校,34.0801,139.5202\n"),
        Example(HEAD + "本館,35.1787,140.3121\n分館,38.1841,140.3407\n"),
        Example(HEAD + NEAR + "北の集会所,38.1741,140.3207\n", town=SUMIHAMA),
    ],
}
WRONG = {
    "far-from-town": [
        Example(HEAD + NEAR + "北の集会所,35.9741,140.3207\n", (("B14", None),), town=SUMIHAMA),
        Example(
            HEAD + NEAR + "隣町の病院,35.3801,140.4002\n",
            (("B14", None),),
            town={"latitude": "35.17", "longitude": "140.32", "reach": 10},
        ),
    ],
    "far-from-others": [
        Example(HEAD + NEAR + "北の集会所,38.1741,140.3207\n", (("B14", None),)),
    ],
}
