"""The headings under which towns write where a place is and what it is called, and the name its address has."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kawaraban.model import Field
from kawaraban.views.text import is_missing

LATITUDE = ("緯度", "lat", "latitude", "Latitude", "北緯")
LONGITUDE = ("経度", "lon", "lng", "longitude", "Longitude", "東経")
NAMES = ("名称", "施設名", "name", "Name", "title")
ADDRESS = re.compile(r"(住所|所在地)(_連結表記)?|address", re.IGNORECASE)
KANA = re.compile(r".*(カナ|かな|フリガナ|ふりがな)")
IDENTIFIER = re.compile(r"共通ID|ID|No\.?|番号|管理番号|施設番号|識別子", re.IGNORECASE)
# what a designated evacuation site may be used for: a column each, in the standard with 災害種別_ before it
HAZARD = re.compile(
    r"(災害種別[_＿])?(洪水|(崖崩れ|がけ崩れ|土砂災害|土石流|地すべり|地滑り).*|高潮|地震|津波|大規模な?(火事|火災)|火災"
    r"|内水(氾濫|はん濫)?|火山(現象|噴火)?)(時|のとき)?"
)
LONGEST = 60  # letters of the last part of an address


def usual(fields: Iterable[Field], names: Sequence[str]) -> str | None:
    """Give the first of the usual names that is a column."""
    known = {each.name for each in fields}
    return next((name for name in names if name in known), None)


def like(fields: Iterable[Field], pattern: re.Pattern[str]) -> str | None:
    """Give the first column whose whole name fits."""
    return next((each.name for each in fields if pattern.fullmatch(each.name)), None)


def hazards(fields: Iterable[Field]) -> tuple[str, ...]:
    """Give the columns that say for which hazards a place may be used."""
    return tuple(each.name for each in fields if HAZARD.fullmatch(each.name))


def identifier(schema: Mapping[str, Any]) -> str | None:
    """Give the column that tells one place from another: the primary key, else one that is named so."""
    key = schema.get("primaryKey")
    key = [key] if isinstance(key, str) else key
    if isinstance(key, list) and len(key) == 1 and isinstance(key[0], str):
        return key[0]
    names = [str(each.get("name", "")) for each in schema.get("fields", [])]
    return next((name for name in names if IDENTIFIER.fullmatch(name)), None)


def addresses(values: Iterable[Any]) -> Iterator[str]:
    """Give each place the last part of its address, out of its identifier or name; a second of the same gets -2.

    The same in every language: words that only stand for a value are no part of it.
    """
    taken: set[str] = set()
    for value in values:
        plain = "" if is_missing(value) else unicodedata.normalize("NFKC", str(value))
        base = re.sub(r"[^\w]+", "-", plain).strip("-")[:LONGEST] or "place"
        found, number = base, 1
        while found.casefold() in taken:  # some disks do not tell A from a
            number += 1
            found = f"{base}-{number}"
        taken.add(found.casefold())
        yield found
