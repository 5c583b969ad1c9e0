"""Which columns of a sheet hold dates, and which dates the calendar does not have."""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from kawaraban.checking.cells import find_unlike, is_nothing, once_for_each_sheet, sample
from kawaraban.checking.sheet import Sheet
from kawaraban.roles import role_of
from kawaraban.tidying.eras import BY_SIGN, GREGORIAN, EraDate, in_right_era, read_era_date
from kawaraban.tidying.western import looks_western

Told = Literal["type", "name", "cells"]  # what tells that a column holds dates
TYPES = ("date", "datetime", "yearmonth", "year")
ROLES = ("date", "birth-date", "year-month", "fiscal-year")
MOST_OF = 0.8  # this share of a column's cells are dates, where only the cells tell
ENOUGH = 3  # cells of that kind at least
FORWARD = 40  # years after its end in which an era's count is still meant: old plans speak of 平成32年
LEAP = 2024  # where no year is written, 29 February is a day

# nothing that is impossible, nothing by era: a year, a month, and a day that the month has; 29 February is looked at
_DAYS = (
    r"(?:0?[13578]|1[02])[-/.月](?:0?[1-9]|[12]\d|3[01])|(?:0?[469]|11)[-/.月](?:0?[1-9]|[12]\d|30)"
    r"|0?2[-/.月](?:0?[1-9]|1\d|2[0-8])"
)
CLEAN = rf"^\d{{4}}[-/.年](?:{_DAYS})(?:日?|[ T]\d\d?:[0-9:.+Z]*)$|^(?:19|20)\d\d$"

_ERA = rf"(?P<era>{'|'.join(sorted(BY_SIGN, key=len, reverse=True))})"
_KANJI = re.compile(
    rf"(?:(?P<year>(?<!\d)\d{{4}})\s*年度?\s*|{_ERA}\s*(?P<count>元|\d{{1,2}})\s*年度?\s*|(?<!年)(?<!年\s)(?<!\d))"
    r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日(?!間)"
)
_MARKS = re.compile(
    r"(?<![\d/.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/.-])"
)
_PACKED = re.compile(r"(?P<year>19\d\d|20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_MONTH = re.compile(r"(?P<year>\d{4})(?P<mark>[-/年])(?P<month>\d{1,2})月?|(?P<alone>\d{1,2})月")
_SHORT = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})")
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})")


@once_for_each_sheet
def date_columns(sheet: Sheet) -> Mapping[int, Told]:
    """Give the columns that hold dates, and what tells so: the descriptor's type, the name, or most of the cells."""
    found: dict[int, Told] = {}
    for column, name in enumerate(sheet.names):
        declared, inferred = sheet.type(column), sheet.field(column).type
        if declared in TYPES:
            found[column] = "type"
        elif inferred == "date" and sheet.table.inferred:
            continue  # each cell was looked at, and is in the calendar
        elif role_of(name) in ROLES or name.strip() == "月":
            found[column] = "name"
        elif inferred in ("string", "any") and _most_are_dates(sheet, column):
            found[column] = "cells"
    return found


@once_for_each_sheet
def unusual_dates(sheet: Sheet) -> Mapping[int, list[tuple[int, str]]]:
    """Give (row, text) of the cells in columns of dates that are not plainly a western date of the calendar."""
    return {column: find_unlike(sheet, column, CLEAN) for column in date_columns(sheet)}


def _most_are_dates(sheet: Sheet, column: int) -> bool:
    cells = [each for each in sample(sheet, column) if not is_nothing(each)]
    dates = sum(1 for each in cells if len(each) < 40 and _is_date(each))
    return dates >= ENOUGH and dates >= MOST_OF * len(cells)


def _is_date(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    if looks_western(plain):
        return True
    found = read_era_date(plain)  # R6 alone could be anything
    return found is not None and (found.month is not None or "年" in plain)


def possible_instead(text: str, told: Told) -> str | None:
    """Give what is possible instead (`2024-02-01～2024-02-29`), where a text holds a date that the calendar has not.

    `told` says how sure it is that these are dates: `4/31` is one in a column that is named so, not elsewhere.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    era = read_era_date(plain)
    if era is not None:
        return _in_era(era)
    for found in (*_KANJI.finditer(plain), *_MARKS.finditer(plain)):
        possible = _of_day(found.groupdict())
        if possible:
            return possible
    packed = _PACKED.fullmatch(plain)
    if packed:
        return _of_day({**packed.groupdict(), "mark": ""})
    month = _MONTH.fullmatch(plain)
    if month and (month["alone"] or not _follows(month["year"], month["month"])):
        number = int(month["alone"] or month["month"])
        return None if 1 <= number <= 12 else _months(month["year"], month["mark"])
    last = _YEAR_LAST.fullmatch(plain)
    if last and not _exists(int(last["year"]), last["two"], last["one"]):
        return _of_day({"year": last["year"], "mark": last["mark"], "month": last["one"], "day": last["two"]})
    short = _SHORT.fullmatch(plain)
    if short and told == "name" and 1 <= int(short["month"]) <= 12 < int(short["day"]):
        return _of_day({**short.groupdict(), "mark": "/"})
    return None


def meant_instead(date: EraDate) -> str | None:
    """Give a date by the era that it falls in, where its own had not begun or was over: 令和2年 for 平成32年."""
    if date.in_era or (date.era.last is not None and date.western_year > date.era.last.year + FORWARD):
        return None
    return in_right_era(date)


def _in_era(date: EraDate) -> str | None:
    if date.lunisolar or date.in_era or meant_instead(date):
        return None
    if date.bounds is None and date.month is not None:
        return _days(date.western_year, str(date.month), None) if 1 <= date.month <= 12 else _months("", None)
    return f"{date.era.name}: {date.era.first}～{date.era.last or ''}"


def _of_day(parts: Mapping[str, str | None]) -> str | None:
    """Give the days that the month has, in the form of the text; None where the day is one of them."""
    year = int(parts.get("year") or 0)
    if parts.get("count"):
        year = BY_SIGN[str(parts["era"])].start + (1 if parts["count"] == "元" else int(parts["count"] or 1)) - 1
        if year < GREGORIAN:
            return None
    month, day, mark = parts["month"] or "", parts["day"] or "", parts.get("mark")
    if _exists(year, month, day):
        return None
    if not 1 <= int(month) <= 12:
        return _months(parts.get("year") or "", mark)
    return _days(year, month, mark, parts.get("year") or "")


def _days(year: int, month: str, mark: str | None, written: str = "") -> str:
    last = calendar.monthrange(year or LEAP, int(month))[1]
    if mark is None:
        return f"{int(month)}月1日～{int(month)}月{last}日"
    before = f"{written}{mark}{month}{mark}" if written else f"{month}{mark}"
    return f"{before}{'01' if mark in ('-', '') else '1'}～{before}{last}"


def _months(written: str | None, mark: str | None) -> str:
    if mark in (None, "年"):
        return "1月～12月"
    return f"{written}{mark}01～{written}{mark}12" if written else "1～12"


def _exists(year: int, month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(year or LEAP, int(month))[1]


def _follows(year: str, month: str) -> bool:
    """Say whether 2024-25 is two years, not a month."""
    return int(month) == (int(year) + 1) % 100
