"""GeoJSON -> grid: a row per feature, its properties, then its place in degrees."""

import json
from collections.abc import Mapping
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin, Resource
from kawaraban.reading.crs import check_metres, in_degrees, projected
from kawaraban.reading.jsonrows import object_rows, rows_of
from kawaraban.reading.strictjson import load_json


def read_geojson(resource: Resource, shown: str) -> Grid:
    """Give the grid of a FeatureCollection (RFC 7946).

    Where every geometry is a point the place is two columns, 経度 (longitude) and 緯度 (latitude); otherwise it
    is one, `geometry`, as GeoJSON text. Metres are turned into degrees where `crs` names a system that is known.
    """
    return features_of(load_json(resource.file, shown), shown)


def read_json(resource: Resource, shown: str) -> Grid:
    """Give the grid of a JSON file: of a list of objects, or of features, which many programs call .json."""
    value = load_json(resource.file, shown)
    if isinstance(value, dict) and value.get("type") in ("FeatureCollection", "Feature"):
        return features_of(value, shown)
    return rows_of(value, shown)


def features_of(value: Any, shown: str) -> Grid:
    """Give the grid of a parsed FeatureCollection."""
    features = value.get("features") if isinstance(value, dict) else None
    if isinstance(value, dict) and value.get("type") == "Feature":
        features = [value]
    if not isinstance(features, list) or not features or not all(isinstance(each, dict) for each in features):
        raise KawarabanError(
            "this is not a GeoJSON FeatureCollection",
            shown,
            "export it as GeoJSON (RFC 7946) from the map program",
        )
    code = projected(value.get("crs"), shown)
    if code:
        check_metres((each.get("geometry") for each in features), code, shown)
        features = [{**each, "geometry": in_degrees(each.get("geometry"), code)} for each in features]
    points = all(_point(each.get("geometry")) is not None or each.get("geometry") is None for each in features)
    rows = [_row(each, points) for each in features]
    return Grid(Origin(shown, "features", header=0), object_rows(rows), "utf-8")


def _point(geometry: Any) -> tuple[Any, Any] | None:
    """Give longitude and latitude of a point geometry; a point without a place has neither."""
    if isinstance(geometry, Mapping) and geometry.get("type") == "Point":
        place = geometry.get("coordinates")
        if place is None or place == []:
            return None, None
        if isinstance(place, list) and len(place) >= 2:
            return place[0], place[1]
    return None


def _row(feature: Mapping[str, Any], points: bool) -> dict[str, Any]:
    properties = feature.get("properties")
    row: dict[str, Any] = dict(properties) if isinstance(properties, Mapping) else {}
    geometry = feature.get("geometry")
    if points:
        place = _point(geometry) or (None, None)
        for name, part in zip(("経度", "緯度"), place, strict=True):
            row[name if name not in row else f"geometry.{name}"] = part
    elif geometry is not None:
        row["geometry"] = json.dumps(geometry, ensure_ascii=False, separators=(",", ":"))
    return row
