"""The system of coordinates that a GeoJSON file names (`crs`, of before RFC 7946) -> degrees, or refused."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.reading.projection import GEOGRAPHIC, SYSTEMS, TOKYO, to_degrees

CODE = re.compile(r"EPSG\D{1,8}(?:[\d.]+[:/])?(\d{4,6})(?!\d)|\b(900913)\b", re.IGNORECASE)
CRS84 = re.compile(r"\bCRS84h?\b", re.IGNORECASE)
DEEPEST = 8  # collections in collections, lists in lists; a polygon of several parts takes three
JAPAN = ((122.0, 155.0), (20.0, 46.0))  # degrees


def system_of(member: Any) -> str:
    """Give what a `crs` names: `EPSG:6675`, `CRS84`, or its text where it is neither; nothing where there is none."""
    if member is None:
        return ""
    properties = member.get("properties") if isinstance(member, Mapping) else None
    inner = properties if isinstance(properties, Mapping) else {}
    told = inner.get("name") or inner.get("href") or inner.get("code") or member
    if isinstance(member, Mapping) and member.get("type") == "EPSG":
        told = f"EPSG:{told}"
    if CRS84.search(str(told)):
        return "CRS84"
    found = CODE.search(str(told))
    return f"EPSG:{found[1] or found[2]}" if found else str(told)[:60]


def code_of(system: str) -> int:
    """Give the EPSG code of a system's name; 0 where it is none."""
    return int(system[5:]) if re.fullmatch(r"EPSG:\d+", system) else 0


def projected(member: Any, shown: str) -> int | None:
    """Give the code of a system in metres that can be turned into degrees; None where they are degrees already.

    Raises KawarabanError for every other system.
    """
    system = system_of(member)
    code = code_of(system)
    if system in ("", "CRS84") or code in GEOGRAPHIC:
        return None
    if code in SYSTEMS:
        return code
    raise KawarabanError(
        "the coordinates are in {name}, on the Tokyo datum (旧日本測地系), which is off by hundreds of metres"
        if code in TOKYO
        else "the coordinates are in {name}, a system that is not known here",
        shown,
        "export it from the map program in EPSG:4326 or JGD2011 (EPSG:6668)",
        name=system,
    )


def in_degrees(geometry: Any, code: int, depth: int = 0) -> Any:
    """Give a geometry with longitudes and latitudes. What is no place in the system stays as it is."""
    if not isinstance(geometry, Mapping) or depth > DEEPEST:
        return geometry
    turned = {key: each for key, each in geometry.items() if key not in ("bbox", "crs")}
    if "coordinates" in turned:
        turned["coordinates"] = _turned(turned["coordinates"], code)
    if isinstance(turned.get("geometries"), list):
        turned["geometries"] = [in_degrees(each, code, depth + 1) for each in turned["geometries"]]
    return turned


def _turned(coordinates: Any, code: int, depth: int = 0) -> Any:
    if not isinstance(coordinates, list) or depth > DEEPEST:
        return coordinates
    if is_position(coordinates):
        place = to_degrees(code, coordinates[0], coordinates[1])
        return coordinates if place is None else [*place, *coordinates[2:]]
    return [_turned(each, code, depth + 1) for each in coordinates]


def is_position(value: Any) -> bool:
    """Say whether a list is a place: two numbers or more."""
    return len(value) >= 2 and all(isinstance(each, int | float) and not isinstance(each, bool) for each in value[:2])


def check_metres(geometries: Iterator[Any], code: int, shown: str) -> None:
    """Raise KawarabanError where a system in metres is named, and all the numbers are degrees in Japan."""
    places = [place for each in geometries for place in _places(each)]
    (west, east), (south, north) = JAPAN
    if places and all(west <= place[0] <= east and south <= place[1] <= north for place in places):
        raise KawarabanError(
            "the file names {name}, a system in metres, but its coordinates are degrees",
            shown,
            "take `crs` out of the file, or export it in EPSG:4326 or JGD2011 (EPSG:6668)",
            name=f"EPSG:{code}",
        )


def _places(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    """Give the positions in a geometry."""
    if depth > 2 * DEEPEST:
        return
    if isinstance(value, Mapping):
        yield from _places(value.get("coordinates"), depth + 1)
        yield from _places(value.get("geometries"), depth + 1)
    elif isinstance(value, list) and is_position(value):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _places(each, depth + 1)
