"""Latitude and longitude the wrong way round: 35 and 140 are in Japan, 140 and 35 are nowhere."""

from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give both cells of every such row; one finding where the two are in one cell."""
    for points in find_points(sheet):
        for row, north, east in points.read(points.oddities.swapped):
            if points.form == "columns":
                yield Finding(row, points.latitude, north, east)
                yield Finding(row, points.longitude, east, north)
            else:
                first, second = (east, north) if points.flipped else (north, east)
                fix = f"{second},{first}" if points.form == "cell" else None
                yield Finding(row, points.latitude, f"{first},{second}", fix)


def look_at_columns(sheet: Sheet) -> Iterator[Finding]:
    """Give the column of latitudes where (nearly) all of them are longitudes."""
    for points in find_points(sheet):
        if points.oddities.whole == "swapped":
            yield Finding(None, points.latitude, sheet.names[points.latitude])


SIGNS = (
    Sign("swapped-coordinates", "error", look),
    Sign("swapped-coordinate-columns", "error", look_at_columns),
)

ONE = "名称,緯度,経度\n本館,35.1787,140.3121\n分館,140.3407,35.1841\n別館,35.1541,140.2960\n"
ALL = "名称,緯度,経度\n本館,140.3121,35.1787\n分館,140.3407,35.1841\n別館,140.2960,35.1541\n"
POINT = '{{"type":"Feature","properties":{{"名称":"{}"}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}'
MAP = '{{"type":"FeatureCollection","features":[{}]}}'

RIGHT = {
    "swapped-coordinates": [
        Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,,\n"),
        Example("名称,経度,緯度\n本館,140.3121,35.1787\n"),
        Example(ALL),
        Example("名称,緯度,高さ\n本館,140.3121,35.1787\n"),
    ],
    "swapped-coordinate-columns": [
        Example(ONE),
        Example("名称,北緯,東経\n本館,35.1787,140.3121\n分館,35.1841,140.3407\n"),
        Example(
            '名称,位置\n本館,"140.3121,35.1787"\n分館,"140.3407,35.1841"\n',
            types={"名称": "string", "位置": "geopoint"},
        ),
    ],
}
WRONG = {
    "swapped-coordinates": [
        Example(ONE, (("B3", "35.1841"), ("C3", "140.3407"))),
        Example(ONE.replace("35.1841", "35.1841,余り"), (("B3", "35.1841"), ("C3", "140.3407"))),
        Example(ONE.replace("35.1841", " 35.1841 "), (("B3", "35.1841"), ("C3", "140.3407"))),
        Example(
            '名称,"緯度,経度"\n本館,"35.1787,140.3121"\n分館,"140.3407, 35.1841"\n', (("B3", "35.1841,140.3407"),)
        ),
        Example(
            "発地緯度,着地緯度,発地経度,着地経度\n35.17,35.18,140.31,140.32\n35.17,140.32,140.31,35.18\n",
            (("B3", "35.18"), ("D3", "140.32")),
        ),
        Example(
            MAP.format(",".join((POINT.format("本館", 140.3121, 35.1787), POINT.format("分館", 35.1841, 140.3407)))),
            (("features[1].緯度", "35.1841"), ("features[1].経度", "140.3407")),
            name="data.geojson",
        ),
    ],
    "swapped-coordinate-columns": [
        Example(ALL, (("B1", None),)),
        Example(
            MAP.format(",".join((POINT.format("本館", 35.1787, 140.3121), POINT.format("分館", 35.1841, 140.3407)))),
            (("features.緯度", None),),
            name="data.geojson",
        ),
        Example(
            '名称,位置\n本館,"35.1787,140.3121"\n分館,"35.1841,140.3407"\n',
            (("B1", None),),
            types={"名称": "string", "位置": "geopoint"},
        ),
    ],
}
