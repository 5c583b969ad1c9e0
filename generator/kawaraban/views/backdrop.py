"""What lies under the points of a map: the tiles that the town chose, those of 国土地理院 where it chose none."""

from collections.abc import Mapping
from html import escape
from typing import Any

from kawaraban.errors import KawarabanError

USUAL: Mapping[str, Any] = {
    "url": "https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
    "attribution": "国土地理院",
    "link": "https://maps.gsi.go.jp/development/ichiran.html",
    "min_zoom": 5,
    "max_zoom": 18,
}


def tiles_of(own: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Give the tiles as the map's script takes them, out of `extra.town`; None where the town wants none."""
    given = own.get("tiles", {})
    if given is False:
        return None
    if not isinstance(given, Mapping):
        raise KawarabanError(
            "`{key}` must hold keys and values", "mkdocs.yml",
            "write `url` and `attribution` below it, or `tiles: false` for none", key="extra.town.tiles",
        )  # fmt: skip
    wanted = {**({} if "url" in given else USUAL), **given}
    url = str(wanted["url"])
    if not url.startswith("https://") or not all(part in url for part in ("{z}", "{x}", "{y}")):
        raise KawarabanError(
            "the address of the tiles does not begin with https:// or lacks {{z}}, {{x}} or {{y}}", "mkdocs.yml",
            "write it as the provider gives it, such as {example}", example=USUAL["url"],
        )  # fmt: skip
    name, link = str(wanted.get("attribution") or ""), str(wanted.get("link") or "")
    credit = f'<a href="{escape(link)}">{escape(name)}</a>' if link.startswith("https://") else escape(name)
    zooms = {"min": _zoom(wanted, "min_zoom", 0), "max": _zoom(wanted, "max_zoom", 18)}
    return {"url": url, "credit": credit, **zooms}


def _zoom(wanted: Mapping[str, Any], key: str, usual: int) -> int:
    value = wanted.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 24:
        raise KawarabanError(
            "`{key}` must be a whole number from 0 to 24", "mkdocs.yml", "write it without quotes",
            key=f"extra.town.tiles.{key}",
        )  # fmt: skip
    return value
