"""A typed value -> the text that a tidy table holds. Shared by the formats whose cells have types."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


def text_of(value: Any) -> str:
    """Give the text of one value: ISO dates, `12` for 12.0, true and false, JSON for what has parts.

    A date and time at midnight is the date alone: spreadsheets type every date so.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0) and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def texts_of(row: Iterable[Any]) -> list[str]:
    """Give the texts of a row of a sheet, times as `08:30`, with seconds where there are any.

    A duration of a day or more goes on counting hours: `25:03`.
    """
    return [value if value.__class__ is str else QUICK.get(value.__class__, text_of)(value) for value in row]


def duration_of(text: str) -> str:
    """Give a duration as a sheet shows it (25:03), where an OpenDocument sheet says PT25H03M00S; else the text."""
    found = DURATION.fullmatch(text)
    return _duration(timedelta(**{unit: float(n) for unit, n in found.groupdict().items() if n})) if found else text


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and -1e15 < value < 1e15 else repr(value)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minus, seconds = "-" * (seconds < 0), abs(seconds)
    return f"{minus}{seconds // 3600:02d}:{seconds // 60 % 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _time(value: time) -> str:
    return _duration(
        timedelta(hours=value.hour, minutes=value.minute, seconds=value.second + value.microsecond / 1e6)
    )


def _moment(value: datetime) -> str:
    """Give a date and time to the second: a sheet counts in days, and a minute is a fraction without end."""
    whole = value.replace(microsecond=0)
    return text_of(whole + timedelta(seconds=1) if value.microsecond >= 500_000 and whole < LAST else whole)


LAST = datetime(9999, 12, 31, 23, 59, 59)
DURATION = re.compile(r"PT(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,6}(?:\.\d{1,9})?)S)?")
QUICK: Mapping[type, Callable[[Any], str]] = {
    float: _number, int: int.__repr__, date: date.isoformat, datetime: _moment, time: _time, timedelta: _duration,
}  # fmt: skip
