"""Which cells of a field surely pass, as a regular expression that RE2, Java and Python read alike.

Each type gives the text that frictionless surely takes for it, never more; what is left out is looked at again by
frictionless itself. Explicit classes and anchors only: no `\\d`, no look-around, nothing that depends on Unicode.
Source: Table Schema v2 (datapackage.org) and the readers of frictionless 5.21.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Order = Literal["", "number", "text"]
DAY = (
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)  # fmt: skip
ISO_DATE = f"(?:[1-9][0-9]{{3}}-{DAY}|[1-9][0-9](?:0[48]|[2468][048]|[13579][26])-02-29)"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
PLAIN = "(?:0|-?[1-9][0-9]{0,17})"  # one text for one whole number: no 007, no -0
DECIMAL = rf"(?:{PLAIN}|-?(?:0|[1-9][0-9]{{0,14}})\.[0-9]{{0,14}}[1-9])"  # one text for one number: no 1.50
JSON_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"
JSON_VALUE = f'(?:"[^"\\\\\\x00-\\x1f]*"|{JSON_NUMBER}|true|false|null)'
DEGREES = r"-?(?:[0-9]|[1-9][0-9]|1[0-7][0-9])(?:\.[0-9]{1,15})?"
LATITUDE = r"-?[0-8]?[0-9](?:\.[0-9]{1,15})?"
HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
PATH = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*"
STRINGS = {
    "default": "",
    "uri": f"https?://{HOST}(?::[0-9]{{1,4}})?(?:/{PATH})?(?:\\?{PATH})?(?:#{PATH})?",
    "email": r"[a-z0-9]{1,20}(?:[._-][a-z0-9]{1,20}){0,2}@[a-z0-9]{1,40}(?:\.[a-z0-9]{2,20}){0,2}\.[a-z]{2,6}",
    "uuid": "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    "binary": "(?:[A-Za-z0-9+/]{4})*",
}
PARTS = {"%Y": "[1-9][0-9]{3}", "%H": "(?:[01][0-9]|2[0-3])", "%M": "[0-5][0-9]", "%S": "[0-5][0-9]"}
MONTH_DAY = {"%m": "(?:0[1-9]|1[0-2])", "%d": "(?:0[1-9]|1[0-9]|2[0-8])"}


@dataclass(frozen=True, slots=True)
class Sure:
    """Text that surely passes. `pattern` is matched against the whole cell; an empty one lets every text pass.

    `canon` is the text of which there is one for each value, so that two cells are the same value only where they
    are the same text; None where that cannot be said. `order` says how bounds are compared: as numbers, as text
    (ISO dates), or not at all. `decimal` is the mark that stands for the point. `words`, where given, is all that
    passes.
    """

    pattern: str
    canon: str | None = None
    order: Order = ""
    decimal: str = "."
    words: tuple[str, ...] | None = None


class Undecided(Exception):
    """Nothing can be said of this field beforehand: every cell of it has to be looked at."""


def sure_text(field: Mapping[str, Any]) -> Sure:
    """Give what surely passes for a field's type and format. Raises Undecided."""
    name = field.get("type", "string")
    make = TYPES.get(name)
    if make is None:
        raise Undecided
    return make(field, field.get("format", "default"))


def _string(field: Mapping[str, Any], form: str) -> Sure:
    if form not in STRINGS:
        raise Undecided
    return Sure(STRINGS[form], canon="")


def _any(field: Mapping[str, Any], form: str) -> Sure:
    return Sure("", canon="")


def _integer(field: Mapping[str, Any], form: str) -> Sure:
    return Sure("-?[0-9]{1,18}", PLAIN, "number")


def _number(field: Mapping[str, Any], form: str) -> Sure:
    point, group = field.get("decimalChar", "."), field.get("groupChar", "")
    if not isinstance(point, str) or len(point) != 1 or not re.fullmatch(r"[^0-9A-Za-z+\s-]", point):
        raise Undecided
    if not isinstance(group, str) or group == point or not re.fullmatch(r"[^0-9A-Za-z+\s-]?", group):
        raise Undecided
    mark = re.escape(point)
    # fifteen digits: so many a double holds exactly, and bounds are compared as doubles
    forms = (f"[0-9]{{1,8}}(?:{mark}[0-9]{{1,7}})?", f"[0-9]{{1,3}}{mark}[0-9]{{1,12}}", "[0-9]{1,15}")
    canon = DECIMAL if point == "." and not field.get("floatNumber") else None
    return Sure(f"-?(?:{'|'.join(forms)})", canon, "number", point)


def _boolean(field: Mapping[str, Any], form: str) -> Sure:
    words = [*_texts(field.get("trueValues", TRUE)), *_texts(field.get("falseValues", FALSE))]
    return Sure("", words=tuple(words))


TRUE = ["true", "True", "TRUE", "1"]
FALSE = ["false", "False", "FALSE", "0"]


def _date(field: Mapping[str, Any], form: str) -> Sure:
    if form in ("default", "any"):
        return Sure(ISO_DATE, ISO_DATE, "text")
    return _moment(form, {**MONTH_DAY, "%Y": PARTS["%Y"]}, ("%Y", "%m", "%d"))


def _datetime(field: Mapping[str, Any], form: str) -> Sure:
    if form == "default":
        text = f"{ISO_DATE}T{CLOCK}"
        return Sure(text, text, "text")
    if form == "any":
        return Sure(f"{ISO_DATE}T{CLOCK}", f"{ISO_DATE}T{CLOCK}", "text")
    return _moment(form, {**MONTH_DAY, **PARTS}, ("%Y", "%m", "%d"))


def _time(field: Mapping[str, Any], form: str) -> Sure:
    if form in ("default", "any"):
        return Sure(CLOCK, CLOCK, "text")
    return _moment(form, {each: PARTS[each] for each in ("%H", "%M", "%S")}, ("%H",))


def _moment(form: Any, parts: Mapping[str, str], needed: Sequence[str]) -> Sure:
    """Give the text of a strptime format that is made of plain parts, each once, and of marks between them."""
    if not isinstance(form, str):
        raise Undecided
    found = re.findall(r"%.", form)
    rest = re.sub(r"%.", "", form)
    if len(set(found)) != len(found) or not set(needed) <= set(found) <= set(parts):
        raise Undecided
    if not re.fullmatch(r"[ /.:年月日時分秒T-]*", rest):
        raise Undecided
    text = "".join(parts[each] if each in parts else re.escape(each) for each in re.split(r"(%.)", form) if each)
    return Sure(text)


def _year(field: Mapping[str, Any], form: str) -> Sure:
    return Sure("[0-9]{4}", "[1-9][0-9]{3}", "number")


def _yearmonth(field: Mapping[str, Any], form: str) -> Sure:
    text = "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"
    return Sure(text, None, "text")


def _duration(field: Mapping[str, Any], form: str) -> Sure:
    some = "[0-9]{1,4}"
    return Sure(f"P(?:{some}[YMWD]|{some}Y{some}M(?:{some}D)?|T{some}[HMS]|T{some}H{some}M)")


def _geopoint(field: Mapping[str, Any], form: str) -> Sure:
    if form == "default":
        return Sure(f"{DEGREES}, ?{LATITUDE}")
    json_degrees, json_latitude = DEGREES, LATITUDE.replace("[0-8]?[0-9]", "(?:[0-9]|[1-8][0-9])")
    if form == "array":
        return Sure(rf"\[{json_degrees}, ?{json_latitude}\]")
    if form == "object":
        return Sure(rf'\{{"lon": ?{json_degrees}, ?"lat": ?{json_latitude}\}}')
    raise Undecided


def _geojson(field: Mapping[str, Any], form: str) -> Sure:
    if form != "default":
        raise Undecided
    return Sure(rf'\{{"type": ?"Point", ?"coordinates": ?\[{JSON_NUMBER}, ?{JSON_NUMBER}\]\}}')


def _object(field: Mapping[str, Any], form: str) -> Sure:
    pair = f'"[^"\\\\\\x00-\\x1f]*": ?{JSON_VALUE}'
    return Sure(rf"\{{(?:{pair}(?:, ?{pair})*)?\}}")


def _array(field: Mapping[str, Any], form: str) -> Sure:
    if field.get("arrayItem"):
        raise Undecided
    return Sure(rf"\[(?:{JSON_VALUE}(?:, ?{JSON_VALUE})*)?\]")


def _list(field: Mapping[str, Any], form: str) -> Sure:
    kind, between = field.get("itemType", "string"), field.get("delimiter", ",")
    if not isinstance(between, str) or not between or kind not in TYPES:
        raise Undecided
    if kind == "string":
        return Sure("")
    item = sure_text({"type": kind}).pattern
    if re.search(r"[0-9A-Za-z.:-]", between):
        raise Undecided
    return Sure(f"(?:{item})(?:{re.escape(between)}(?:{item}))*")


TYPES = {
    "string": _string, "any": _any, "integer": _integer, "number": _number, "boolean": _boolean, "date": _date,
    "datetime": _datetime, "time": _time, "year": _year, "yearmonth": _yearmonth, "duration": _duration,
    "geopoint": _geopoint, "geojson": _geojson, "object": _object, "array": _array, "list": _list,
}  # fmt: skip


def _texts(values: Any) -> list[str]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise Undecided
    return [each for each in values if isinstance(each, str)]


def canonical(value: Any) -> str | None:
    """Give the canonical text of a value that frictionless read; None where it has none."""
    from decimal import Decimal

    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value.is_finite() else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
