"""GeoJSON in metres: turned into degrees where its system is known, refused by name where not."""

import json
from collections.abc import Callable
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset
from kawaraban.errors import KawarabanError
from kawaraban.intake import take_in
from kawaraban.model import Verdict
from kawaraban.reading.crs import DEEPEST, system_of
from kawaraban.reading.geojson import read_geojson
from kawaraban.reading.projection import RIGHT, SYSTEMS, ZONES, Transverse, to_degrees

NAMED = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6675"}}
METRES, DEGREES = [-34567.8, -112345.6], [136.788024073, 34.986726507]


def feature(geometry: Any, name: str = "本館") -> dict[str, Any]:
    return {"type": "Feature", "properties": {"名称": name}, "geometry": geometry}


def point(coordinates: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": coordinates}


def collection(*features: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **more, "features": list(features)}


def rows(folder: Path, value: Any) -> list[list[str]]:
    """Give the rows of a file, the header first."""
    return [cells for _, cells in read_geojson(resource(folder, value), "a.geojson").rows]


def resource(folder: Path, value: Any) -> Any:
    (folder / "a.geojson").write_text(json.dumps(value), encoding="utf-8")
    return build_dataset(
        folder, "datapackage.yaml", {"resources": [{"path": "a.geojson", "name": "a"}]}, {}
    ).resources[0]


def checked(folder: Path, value: Any) -> Verdict:
    resource(folder, value)
    dataset = build_dataset(folder, "datapackage.yaml", {"resources": [{"path": "a.geojson", "name": "a"}]}, {})
    return take_in(dataset, Cache(folder / "cache")).verdict


@pytest.mark.parametrize(("code", "east", "north", "longitude", "latitude"), RIGHT)
def test_places_are_exact_to_a_millimetre(
    code: int, east: float, north: float, longitude: float, latitude: float
) -> None:
    found = to_degrees(code, east, north)
    assert found is not None
    degree = 111_320  # metres
    off = hypot((found[0] - longitude) * degree * cos(radians(latitude)), (found[1] - latitude) * degree)
    assert off < 0.001


@given(st.sampled_from(sorted(SYSTEMS)))
def test_the_middle_of_a_system_is_its_origin(code: int) -> None:
    system = SYSTEMS[code]
    if isinstance(system, Transverse):
        assert to_degrees(code, system.east, 0) == pytest.approx((system.longitude, system.latitude), abs=1e-9)
    else:
        assert to_degrees(code, 0, 0) == pytest.approx((0, 0))


@given(st.floats(-300_000, 300_000), st.floats(-400_000, 400_000), st.integers(0, len(ZONES) - 1))
def test_both_datums_give_the_same_and_sides_mirror(east: float, north: float, zone: int) -> None:
    longitude, latitude = to_degrees(6669 + zone, east, north) or (0, 0)
    assert to_degrees(2443 + zone, east, north) == (longitude, latitude)
    mirrored = to_degrees(6669 + zone, -east, north)
    assert mirrored == pytest.approx((2 * ZONES[zone][1] - longitude, latitude), abs=2e-9)


@pytest.mark.parametrize(
    ("member", "system"),
    [
        (NAMED, "EPSG:6675"),
        ({"type": "name", "properties": {"name": "EPSG:6675"}}, "EPSG:6675"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG:8.9:3857"}}, "EPSG:3857"),
        ({"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/6668"}}, "EPSG:6668"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "CRS84"),
        ({"type": "EPSG", "properties": {"code": 2450}}, "EPSG:2450"),
        ({"type": "link", "properties": {"href": "https://example.com/crs/1"}}, "https://example.com/crs/1"),
        ({"type": "name", "properties": None}, "{'type': 'name', 'properties': None}"),
        ("EPSG:6675", "EPSG:6675"),
        (None, ""),
        (5, "5"),
    ],
)
def test_the_name_of_a_system(member: Any, system: str) -> None:
    assert system_of(member) == system


def test_points_in_metres_become_degrees(tmp_path: Path) -> None:
    found = rows(tmp_path, collection(feature(point(METRES)), feature(point([*METRES, 12.5])), crs=NAMED))
    told = ["本館", *map(str, DEGREES)]
    assert found == [["名称", "経度", "緯度"], told, told]


@pytest.mark.parametrize(
    ("kind", "coordinates", "turned"),
    [
        ("MultiPoint", [METRES, METRES], [DEGREES, DEGREES]),
        ("LineString", [METRES, [*METRES, 5]], [DEGREES, [*DEGREES, 5]]),
        ("MultiLineString", [[METRES, METRES]], [[DEGREES, DEGREES]]),
        ("Polygon", [[METRES, METRES, METRES, METRES]], [[DEGREES, DEGREES, DEGREES, DEGREES]]),
        ("MultiPolygon", [[[METRES, METRES]], [[METRES]]], [[[DEGREES, DEGREES]], [[DEGREES]]]),
    ],
)
def test_every_geometry_is_turned(tmp_path: Path, kind: str, coordinates: Any, turned: Any) -> None:
    geometry = {"type": kind, "coordinates": coordinates, "bbox": [0, 0, 1, 1]}
    _, row = rows(tmp_path, collection(feature(geometry), crs=NAMED))
    assert json.loads(row[1]) == {"type": kind, "coordinates": turned}
    nested = {"type": "GeometryCollection", "geometries": [geometry, point(METRES)]}
    _, row = rows(tmp_path, collection(feature(nested), crs=NAMED))
    assert [each["coordinates"] for each in json.loads(row[1])["geometries"]] == [turned, DEGREES]


@pytest.mark.parametrize("code", [4326, 6668, 4612, 6697])
def test_degrees_stay_as_they_are(tmp_path: Path, code: int) -> None:
    member = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    place = [136.7880240731234, 34.9867265071234]
    assert rows(tmp_path, collection(feature(point(place)), crs=member))[1][1:] == list(map(str, place))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("EPSG::4301", "旧日本測地系"),
        ("EPSG::30167", "旧日本測地系"),
        ("EPSG::3095", "旧日本測地系"),
        ("EPSG::2180", "not known here"),
        ("EPSG::32632", "not known here"),
        ("somewhere", "not known here"),
    ],
)
def test_other_systems_are_refused_by_name(tmp_path: Path, name: str, told: str) -> None:
    member = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{name}"}}
    with pytest.raises(KawarabanError) as caught:
        rows(tmp_path, collection(feature(point(METRES)), crs=member))
    assert told in caught.value.what
    assert caught.value.values["name"].endswith(name.replace("::", ":"))
    assert "EPSG:6668" in caught.value.hint


def test_degrees_under_the_name_of_metres_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KawarabanError, match="but its coordinates are degrees"):
        rows(tmp_path, collection(feature(point(DEGREES)), crs=NAMED))


def test_the_report_says_that_places_were_turned(tmp_path: Path) -> None:
    verdict = checked(
        tmp_path, collection(feature(point(METRES)), feature(point([-34000.5, -112000.1]), "分館"), crs=NAMED)
    )
    assert [(each.kind, each.severity, each.value) for each in verdict.problems] == [
        ("projected-crs", "warning", "EPSG:6675")
    ]


def test_metres_without_a_system_are_refused(tmp_path: Path) -> None:
    verdict = checked(tmp_path, collection(feature(point(METRES)), feature(point([-34000.5, -112000.1]), "分館")))
    assert ("projected-coordinates", "error") in {(each.kind, each.severity) for each in verdict.problems}


@pytest.mark.parametrize("crs", [None, NAMED])
@pytest.mark.parametrize(
    "odd",
    [
        None, [], [None, None], ["a", 35], [35], 7, "x", [999999999999, 35], [1e308, 1e308], [10**400, 35],
        [True, False], {"a": 1}, [[1, 2]],
    ],
)  # fmt: skip
def test_odd_places_do_not_break_the_reader(tmp_path: Path, odd: Any, crs: Any) -> None:
    value = collection(feature(point(odd)), feature(point(METRES if crs else DEGREES), "分館"), feature(None, "別館"))
    value["crs"] = crs
    found = rows(tmp_path, value)
    assert [row[0] for row in found] == ["名称", "本館", "分館", "別館"]
    if odd in (None, [], [None, None]):
        assert found[0] == ["名称", "経度", "緯度"]
        assert found[1][1:] == ["", ""]
    assert checked(tmp_path, value).rows == 3


@pytest.mark.parametrize("place", [[999, 35], [140.31, 99], [99999.5, 35]])
def test_an_impossible_place_stays_a_problem(tmp_path: Path, place: list[float]) -> None:
    near = [feature(point([140.31 + at / 1000, 35.17 + at / 1000]), f"第{at}会館") for at in range(5)]
    verdict = checked(tmp_path, collection(feature(point(place)), *near))
    (found,) = [each for each in verdict.problems if each.kind == "impossible-coordinates"]
    assert found.row == 1


def test_what_is_nested_without_end_is_left_alone(tmp_path: Path) -> None:
    deep: Any = METRES
    for _ in range(200):
        deep = [deep]
    nested: Any = point(METRES)
    for _ in range(100):
        nested = {"type": "GeometryCollection", "geometries": [nested]}
    for geometry in ({"type": "Polygon", "coordinates": deep}, nested):
        _, row = rows(tmp_path, collection(feature(geometry), crs=NAMED))
        assert json.loads(row[1]) == geometry
    assert DEEPEST > 4


def test_a_town_sees_it_in_the_command(make_town: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from kawaraban.cli import main

    town = make_town(
        {
            "datasets/halls/datapackage.yaml": "resources:\n  - path: a.geojson\n",
            "datasets/halls/a.geojson": json.dumps(collection(feature(point(METRES)), crs=NAMED)),
        }
    )
    monkeypatch.chdir(town)
    done = CliRunner().invoke(main, ["--lang", "ja", "validate"])
    assert done.exit_code == 0, done.output
    assert "EPSG:6675 なので、経度と緯度に直して読みました" in done.output
