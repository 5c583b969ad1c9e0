"""Times of day: 9時, 午後1時30分 and 22：00 are 09:00, 13:30 and 22:00; 8:30～17:15 in one cell is two times.

The law: a time is the one that it says, or the cell stays. Refused are 9:5 (05 or 50), 午後12時 (read in two ways),
9.30 (a number), 24:00 and 25:00 (no time of the day: 24:00 is the next day), 9:00頃. A range is split only where both
ends are sure; several ranges, remarks and 24時間 stay whole. Towns write hh:mm: a field with `format: "%H:%M"` gets
that, one without a format gets the seconds that a Table Schema asks for, any other keeps its form.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.tidying import missing
from kawaraban.tidying.widths import DASHES, half

FORMAT = "%H:%M"  # of the municipal standards
TIDY = {FORMAT: re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")}
WITH_SECONDS = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
NOON = 12
LONGEST = 30  # letters

_HALF = r"(?:(?P<half>午前|午後|AM|PM|A\.M\.|P\.M\.)\s?)?"
_TIME = re.compile(
    rf"{_HALF}(?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?:\.0+)?)?"
    r"|\s?時(?:\s?(?P<minute2>[0-9]{1,2})\s?分|(?P<past>半))?)\s?(?P<after>AM|PM|A\.M\.|P\.M\.)?"
)
_RANGE = re.compile(
    rf"(?P<start>[^~〜～から{DASHES}-]+?)\s*(?:[~〜～{DASHES}-]|から|より)\s*(?P<end>[^~〜～{DASHES}-]+?)(?:\s*まで)?"
)

CLOCK, PLAIN = {"type": "time", "format": FORMAT}, {"type": "time"}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    ("22：00", CLOCK, "22:00"),
    ("２２：００", CLOCK, "22:00"),
    ("8:30", CLOCK, "08:30"),
    ("9時", CLOCK, "09:00"),
    ("9時5分", CLOCK, "09:05"),
    ("９時３０分", CLOCK, "09:30"),
    ("9時半", CLOCK, "09:30"),
    ("午前9時", CLOCK, "09:00"),
    ("午後1時", CLOCK, "13:00"),
    ("午後 0時30分", CLOCK, "12:30"),
    ("午後1:30", CLOCK, "13:30"),
    ("1:30 pm", CLOCK, "13:30"),
    ("12:30 PM", CLOCK, "12:30"),
    ("12:00 AM", CLOCK, "00:00"),
    ("正午", CLOCK, "12:00"),
    ("8:30:00", CLOCK, "08:30"),
    ("8:30", PLAIN, "08:30:00"),
    ("9時", PLAIN, "09:00:00"),
    ("8:30:15", PLAIN, "08:30:15"),
]
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, CLOCK) for cell in (
        "08:30", "24:00", "25:00", "9:60", "9:5", "9.30", "0930", "9", "午後12時", "午前12時", "午後13時", "9:00頃",
        "9時から", "8:30～17:15", "24時間", "8:30:15", "13:00 PM", "午前9:00 AM", "AM9:00 AM", "翌2:00", "不明", "",
        "9時間", "9時30",
    )),
    ("08:30:00", PLAIN),
    ("8:30", {"type": "time", "format": "%H時%M分"}),
    ("8:30", {"type": "string"}),
]  # fmt: skip
PARTED: list[tuple[str, tuple[str, str]]] = [
    ("8:30～17:15", ("08:30", "17:15")),
    ("8:30-17:15", ("08:30", "17:15")),
    ("８：３０ 〜 １７：１５", ("08:30", "17:15")),
    ("8時30分から17時15分まで", ("08:30", "17:15")),
    ("午前9時～午後5時", ("09:00", "17:00")),
    ("午前9時ー正午", ("09:00", "12:00")),
    ("9～17時", ("09:00", "17:00")),
    ("9時～17時30分", ("09:00", "17:30")),
    ("18:00～2:00", ("18:00", "02:00")),
    ("AM9:00~PM5:00", ("09:00", "17:00")),
]
LEFT_WHOLE: list[str] = [
    "9:00～12:00、13:00～17:00", "24時間", "0:00～24:00", "9:00～", "～17:00", "9:00～17:00（土日は16:00まで）",
    "平日9:00～17:00", "9:00", "9:00～5:00", "午後1時～5時", "9:00～9:00", "9～17", "9:00～12:00～17:00",
    "8:30～翌2:00", "10時頃から17時", "", "9:00～12:00 13:00～17:00", "月～金",
]  # fmt: skip


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed."""
    return field.get("type") == "time" and field.get("format", "default") in ("default", "any", "", FORMAT)


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give the time as hh:mm, or hh:mm:ss where the field has no format."""
    if not cell or len(cell) > LONGEST or not touches(field):
        return cell
    short = field.get("format") == FORMAT
    if (TIDY[FORMAT] if short else WITH_SECONDS).fullmatch(cell):
        return cell
    read = read_time(cell)
    if read is None or (short and read[2]):
        return cell
    hour, minute, second = read
    return f"{hour:02}:{minute:02}" if short else f"{hour:02}:{minute:02}:{second:02}"


def split(cell: str) -> tuple[str, str] | None:
    """Give start and end of a range of times as hh:mm; None where it is none, or not surely that one."""
    if len(cell) > LONGEST:
        return None
    found = _RANGE.fullmatch(_plain(cell))
    if found is None:
        return None
    start, end = found.group("start", "end")
    if start.isdigit() and end.endswith("時"):
        start += "時"  # 9～17時
    first, last = read_time(start), read_time(end)
    if first is None or last is None or first[2] or last[2] or _says_half(start) != _says_half(end):
        return None
    if first == last or (last < first and first[0] < NOON):
        return None  # 9:00～5:00 is not through the night; somebody means 17:00
    return f"{first[0]:02}:{first[1]:02}", f"{last[0]:02}:{last[1]:02}"


def decide(_name: str, cells: Iterable[str]) -> bool:
    """Say whether a column's cells are all ranges of times, so that it can be two columns."""
    filled = [each for each in dict.fromkeys(cells) if not missing.is_missing(each.strip(), "time")]
    return bool(filled) and all(map(split, filled))


def read_time(text: str) -> tuple[int, int, int] | None:
    """Give hour, minute and second of a whole text that is a time; None where it is none, or not surely that one."""
    plain = _plain(text)
    if plain == "正午":
        return NOON, 0, 0
    found = _TIME.fullmatch(plain)
    if found is None or (found["half"] and found["after"]):
        return None
    hour = int(found["hour"])
    minute = 30 if found["past"] else int(found["minute"] or found["minute2"] or 0)
    second = int(found["second"] or 0)
    half = (found["half"] or found["after"] or "").replace(".", "")
    if half in ("AM", "PM"):
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "PM" else 0)
    elif half:
        if hour >= NOON:
            return None
        hour += NOON if half == "午後" else 0
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _plain(text: str) -> str:
    return half(text).strip().upper()


def _says_half(text: str) -> bool:
    """Say whether a time says which half of the day it is in; noon does."""
    return text == "正午" or re.search(r"午前|午後|[AP]\.?M", text) is not None
