"""Metres where degrees belong: a plane rectangular system (平面直角座標系), UTM or Web Mercator."""

import json
import re
from collections.abc import Iterator

from kawaraban.checking.points import find_points
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.reading.crs import code_of, system_of
from kawaraban.reading.projection import SYSTEMS

EDGE = 1 << 16  # bytes; `crs` stands before the features, or after them
CRS = re.compile(rb'"crs"\s*:\s*(\{[^{}]*(?:\{[^{}]*\}[^{}]*)?\})')


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the column where the numbers are metres."""
    for points in find_points(sheet):
        if points.oddities.whole == "metres":
            _, north, east = next(points.read(points.located[:1]))
            yield Finding(None, points.latitude, north, details={"latitude": north, "longitude": east})


def look_at_file(sheet: Sheet) -> Iterator[Finding]:
    """Give the file as a whole where its `crs` names a system in metres: they were turned into degrees."""
    if sheet.table.origin.form != "features":
        return
    with sheet.resource.file.open("rb") as stream:
        text = stream.read(EDGE)
        stream.seek(max(len(text), stream.seek(0, 2) - EDGE))
        text += b"\n" + stream.read()
    member = CRS.search(text)
    system = system_of(_member(member[1])) if member else ""
    if code_of(system) in SYSTEMS:
        yield Finding(value=system)


def _member(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:  # a letter is cut at the edge
        return None


SIGNS = (
    Sign("projected-coordinates", "error", look),
    Sign("projected-crs", "warning", look_at_file),
)

POINT = '{{"type":"Feature","properties":{{"名称":"本館"}},"geometry":{{"type":"Point","coordinates":[{},{}]}}}}'
AREA = (
    '{"type":"Feature","properties":{"名称":"町"},"geometry":{"type":"Polygon","coordinates":'
    "[[[-34567.8,-12345.6],[-34000.1,-12345.6],[-34000.1,-12000.2],[-34567.8,-12345.6]]]}}"
)
MAP = '{{"type":"FeatureCollection",{}"features":[{}]}}'
NAMED = '"crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:{}"}}}},'
CODED = '"crs":{"type":"EPSG","properties":{"code":6677}},'
METRE, DEGREE = POINT.format(-34567.8, -12345.6), POINT.format(140.3121, 35.1787)

RIGHT = {
    "projected-coordinates": [
        Example("名称,緯度,経度\n本館,35.1787,140.3121\n"),
        Example("名称,X座標,Y座標\n本館,-12345.6,-34567.8\n"),
        Example("名称,緯度,経度\n本館,35.1787,140.3121\n分館,351841,1403407\n別館,35.17,140.32\n"),
        Example(MAP.format(NAMED.format("EPSG::6677"), METRE), name="data.geojson"),
        Example(MAP.format(NAMED.format("EPSG::3857"), POINT.format(15619375.2, 4187625.1)), name="data.geojson"),
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
        Example(MAP.format(NAMED.format("EPSG::6668"), METRE), (("features.緯度", None),), name="data.geojson"),
    ],
    "projected-crs": [
        Example(MAP.format(NAMED.format("EPSG::6677"), METRE), (("features", None),), name="data.geojson"),
        Example(MAP.format(CODED, METRE), (("features", None),), name="data.geojson"),
    ],
}
