"""Metres where degrees belong: a plane rectangular system (平面直角座標系), UTM or Web Mercator."""

import re
from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

EDGE = 1 << 16  # bytes; `crs` stands before the features, or after them
CRS = re.compile(rb'"crs"\s*:\s*\{[^{}]*(?:\{[^{}]*\})?')
CODE = re.compile(rb"EPSG\D{1,8}(?:[\d.]+:)?(\d{4,6})(?!\d)|\b(900913)\b", re.IGNORECASE)
# EPSG codes of systems in metres, as used in Japan
METRES = (
    range(2443, 2462),  # plane rectangular, JGD2000
    range(3092, 3102),  # UTM, Tokyo and JGD2000
    (3785, 3857, 102100, 102113, 900913),  # Web Mercator
    range(6669, 6693),  # plane rectangular and UTM, JGD2011
    range(10162, 10175),  # plane rectangular, JGD2011 with height
    range(30161, 30180),  # plane rectangular, Tokyo
    range(32601, 32661),  # UTM, WGS 84
)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the column where the numbers are metres; not where the file itself names the system."""
    if _system(sheet):
        return
    for points in find_points(sheet):
        if points.oddities.whole == "metres":
            _, north, east = next(points.read(points.located[:1]))
            yield Finding(None, points.latitude, north, details={"latitude": north, "longitude": east})


def look_at_file(sheet: Sheet) -> Iterator[Finding]:
    """Give the file as a whole where its `crs` names a system in metres."""
    system = _system(sheet)
    if system:
        yield Finding(value=system)


def _system(sheet: Sheet) -> str:
    """Give the system in metres that a GeoJSON file names, such as EPSG:6677."""
    if sheet.table.origin.form != "features":
        return ""
    with sheet.resource.file.open("rb") as stream:
        text = stream.read(EDGE)
        stream.seek(max(len(text), stream.seek(0, 2) - EDGE))
        text += b"\n" + stream.read()
    member = CRS.search(text)
    found = CODE.search(member[0]) if member else None
    code = int(found[1] or found[2]) if found else 0
    return f"EPSG:{code}" if any(code in each for each in METRES) else ""


SIGNS = (
    Sign("projected-coordinates", "error", look),
    Sign("projected-crs", "error", look_at_file),
)

POINT = '{{"type":"Feature","properties":{{"名称":"本館"}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}'
AREA = (
    '{"type":"Feature","properties":{"名称":"町"},"geometry":{"type":"Polygon","coordinates":'
    "[[[-34567.8,-12345.6],[-34000.1,-12345.6],[-34000.1,-12000.2],[-34567.8,-12345.6]]]}}"
)
MAP = '{{"type":"FeatureCollection",{}"features":[{}]}}'
NAMED = '"crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:{}"}}}},'
METRE, DEGREE = POINT.format(-34567.8, -12345.6), POINT.format(140.3121, 35.1787)

RIGHT = {
    "projected-coordinates": [
        Example("名称,緯度,経度\n本館,35.1787,140.3121\n"),
        Example("名称,X座標,Y座標\n本館,-12345.6,-34567.8\n"),
        Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,351841,1403407\n別館,35.17,140.32\n"),
        Example(MAP.format(NAMED.format("EPSG::6677"), METRE), name="data.geojson"),
    ],
    "projected-crs": [
        Example(MAP.format(NAMED.format("OGC:1.3:CRS84"), DEGREE), name="data.geojson"),
        Example(MAP.format(NAMED.format("EPSG::6668"), DEGREE), name="data.geojson"),
        Example(MAP.format("", METRE), name="data.geojson"),
        Example('名称,説明\n本館,"""crs"": {""name"": ""EPSG:6677""}"\n'),
    ],
}
WRONG = {
    "projected-coordinates": [
        Example("名称,緯度,経度\n本館,-12345.6,-34567.8\n分館,-12300.1,-34600.2\n", (("B1", None),)),
        Example(MAP.format("", METRE), (("features.緯度", None),), name="data.geojson"),
        Example(MAP.format("", AREA), (("features.geometry", None),), name="data.geojson"),
    ],
    "projected-crs": [
        Example(MAP.format(NAMED.format("EPSG::6677"), METRE), (("features", None),), name="data.geojson"),
        Example(MAP.format(NAMED.format("EPSG:8.9:3857"), DEGREE), (("features", None),), name="data.geojson"),
    ],
}
