"""Dates by the western calendar as people write them -> what they say: year, month, day, weekday, time. All pure.

The law: a text is read as a whole or not at all, and a part that it leaves open is left open. Which of 11/1/18 is the
year, the month and the day, and of which year 8月5日 is, has to be said by the caller.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from kawaraban.tidying.eras import WEEKDAYS, read_era_date, western
from kawaraban.tidying.widths import half

Order = Literal["ymd", "mdy", "dmy"]
ORDERS: tuple[Order, ...] = ("ymd", "mdy", "dmy")
PIVOT = 69  # two digits: 69 is 1969, 68 is 2068, as in POSIX
SERIALS = range(20_000, 60_001)  # days of a spreadsheet: 1954 to 2064
DAY_ZERO = date(1899, 12, 30)
YEARS = range(1873, 2101)  # of a date without marks
PACKED: Mapping[str, Any] = {"packed": True}  # what a recipe says of 20240401

_MARK = r"[./\-‐−–]"
_WEEKDAY = rf"(?:\s*(?:\((?P<weekday>[{WEEKDAYS}])(?:曜日?)?(?:・祝)?\)|(?P<weekday2>[{WEEKDAYS}])曜日?))?"
_CLOCK = (
    r"(?P<half>午前|午後)?\s*(?P<hour>[0-9]{1,2})(?:時(?:(?P<minute>[0-9]{1,2})分)?"
    r"|:(?P<minute2>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.0+)?)?)(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LATER = rf"(?:(?:T|\s+|(?<=\))){_CLOCK})?"
_KANJI = re.compile(
    r"(?P<year>[12][0-9]{3})\s*年?\s*(?:\((?P<beside>[^()]+)\)\s*年?)?(?P<fiscal>度)?\s*"
    rf"(?:(?P<month>[0-9]{{1,2}})\s*月\s*(?:(?P<day>[0-9]{{1,2}})\s*日{_WEEKDAY}(?:\s*{_CLOCK})?)?)?"
)
_MARKS = re.compile(
    rf"(?P<year>[12][0-9]{{3}})(?P<mark>{_MARK})\s?(?P<month>[0-9]{{1,2}})"
    rf"(?:(?P=mark)\s?(?P<day>[0-9]{{1,2}}){_WEEKDAY}{_LATER})?"
)
_SHORT = re.compile(
    rf"(?P<one>[0-9]{{1,2}})(?P<mark>{_MARK})(?P<two>[0-9]{{1,2}})(?P=mark)(?P<three>[0-9]{{4}}|[0-9]{{1,2}})"
    rf"{_WEEKDAY}{_LATER}"
)
_YEARLESS = re.compile(
    rf"(?P<month>[0-9]{{1,2}})(?:/(?P<day>[0-9]{{1,2}})|\s*月\s*(?P<day2>[0-9]{{1,2}})\s*日){_WEEKDAY}"
)
_PACKED = re.compile(r"(?P<year>[12][0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?")
_SERIAL = re.compile(r"[2-6][0-9]{4}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says of a date. `month` and `day` are 0 where it does not say; `clock` is hour, minute, second."""

    year: int
    month: int = 0
    day: int = 0
    weekday: str = ""
    clock: tuple[int, int, int] | None = None
    zone: str = ""
    fiscal: bool = False

    @property
    def real(self) -> bool:
        """Say whether the calendar has it, on the weekday that it says."""
        try:
            day = date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return not self.weekday or (self.day > 0 and WEEKDAYS[day.weekday()] == self.weekday)


def read_western(text: str, says: Mapping[str, Any]) -> Written | None:
    """Give what a whole text says of a date, None where it is none or the calendar does not have it.

    `says` is what a recipe says of the column: `order` of short dates (11/1/18), the `year` or the `fiscal` year of
    dates without one, `packed` where 20240401 is a date, `serial` where 45383 is.
    """
    plain = half(text).strip()
    found = _KANJI.fullmatch(plain) or _MARKS.fullmatch(plain)
    if found is not None:
        written = _full(found)
    elif (found := _SHORT.fullmatch(plain)) is not None:
        written = in_order(found, says.get("order"))
    elif (found := _YEARLESS.fullmatch(plain)) is not None:
        written = _in_year(found, says)
    elif says.get("packed") and (found := _PACKED.fullmatch(plain)) is not None:
        written = Written(int(found["year"]), int(found["month"]), int(found["day"] or 0))
    elif says.get("serial") and _SERIAL.fullmatch(plain) and int(plain) in SERIALS:
        day = DAY_ZERO + timedelta(int(plain))
        written = Written(day.year, day.month, day.day)
    else:
        written = None
    return written if written is not None and written.real else None


def read_short(text: str) -> re.Match[str] | None:
    """Give the parts of a date that does not say which of them is the year: 11/1/18, 4/1/2024."""
    return _SHORT.fullmatch(half(text).strip())


def is_yearless(text: str) -> bool:
    """Say whether a text is a month and a day of no year: 4/9, 8月5日."""
    return _YEARLESS.fullmatch(half(text).strip()) is not None


def is_day(text: str) -> bool:
    """Say whether a whole text is a day, by era or not, that the calendar has; 20240401 is one."""
    era = read_era_date(text)
    if era is not None:
        return era.day is not None and era.bounds is not None
    return (written := read_western(text, PACKED)) is not None and written.day > 0


def looks_western(text: str) -> bool:
    """Say whether a whole text is written as a date with its month is, be it in the calendar or not (4月31日)."""
    plain = half(text).strip()
    if (found := _KANJI.fullmatch(plain)) is not None:
        return found["month"] is not None
    if (found := _MARKS.fullmatch(plain)) is not None:
        return found["day"] is not None
    if (found := _SHORT.fullmatch(plain)) is not None:
        return len(found["three"]) == 4
    return (found := _YEARLESS.fullmatch(plain)) is not None and found["day2"] is not None


def in_order(found: re.Match[str], order: Any) -> Written | None:
    """Give a short date read in an order; None where it cannot be (a year of four digits is the last)."""
    one, two, three = found.group("one", "two", "three")
    if order not in ORDERS or (order == "ymd" and (len(three) == 4 or len(one) != 2)):
        return None
    if order != "ymd" and (len(three) == 1 or (len(three) == 2 and found["mark"] != "/")):
        return None  # 11-13-18 is rather a number of houses
    year, month, day = {"ymd": (one, two, three), "mdy": (three, one, two), "dmy": (three, two, one)}[order]
    if not int(month) or not int(day):
        return None
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < PIVOT else 1900)
    return _with_time(found, full, int(month), int(day))


def _full(found: re.Match[str]) -> Written | None:
    parts = found.groupdict()
    year, month, day = int(parts["year"]), parts.get("month"), parts.get("day")
    beside = parts.get("beside")
    if beside and not _same_year(beside, year):
        return None
    if parts.get("mark") == "." and not day and len(month or "") < 2:
        return None  # 2024.1 may be what a spreadsheet made of 2024.10
    if (month and not int(month)) or (day and not int(day)):
        return None
    fiscal = bool(parts.get("fiscal"))
    return None if fiscal and month else _with_time(found, year, int(month or 0), int(day or 0), fiscal)


def _same_year(beside: str, year: int) -> bool:
    """Say whether the year by era beside a western one is the same: 2024年（令和6年）."""
    era = read_era_date(beside if beside.endswith("年") else f"{beside}年")
    return era is not None and era.month is None and western(era) == str(year)


def _in_year(found: re.Match[str], says: Mapping[str, Any]) -> Written | None:
    month, day = int(found["month"]), int(found["day"] or found["day2"])
    year, fiscal = says.get("year"), says.get("fiscal")
    if isinstance(fiscal, int) and year is None:
        year = fiscal if month > 3 else fiscal + 1
    if not isinstance(year, int) or not month or not day:
        return None
    return Written(year, month, day, found["weekday"] or found["weekday2"] or "")


def _with_time(found: re.Match[str], year: int, month: int, day: int, fiscal: bool = False) -> Written | None:
    parts = found.groupdict()
    clock: tuple[int, int, int] | None = None
    if parts.get("hour"):
        hour, minute = int(parts["hour"]), int(parts["minute"] or parts["minute2"] or 0)
        second = int(parts["second"] or 0)
        if hour > (11 if parts["half"] else 23) or minute > 59 or second > 59:
            return None  # 午後12時 is read in two ways
        clock = (hour + (12 if parts["half"] == "午後" else 0), minute, second)
    weekday = parts.get("weekday") or parts.get("weekday2") or ""
    return Written(year, month, day, weekday, clock, parts.get("zone") or "", fiscal)
