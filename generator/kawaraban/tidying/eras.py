"""Dates by era (元号) -> the western calendar. Pure functions; what is not sure is not converted.

The first and last day of an era are days of it; 1912-07-30 and 1926-12-25 are of two eras. Until the end of 明治5
Japan had a lunisolar calendar: no month or day of that time is converted. Source: 元号法 and the ordinances on 改元;
JIS X 0301 for the letters. RIGHT holds (text, western), WRONG what is refused.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

RIGHT: list[tuple[str, str]] = [
    ("令和6年4月1日", "2024-04-01"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成31年4月30日", "2019-04-30"),
    ("昭和64年1月7日", "1989-01-07"),
    ("大正15年12月25日", "1926-12-25"),
    ("明治６年１月１日", "1873-01-01"),
    ("R6.4.1", "2024-04-01"),
    ("S38.01.14", "1963-01-14"),
    ("H31/4/1", "2019-04-01"),
    ("R060401", "2024-04-01"),
    ("㋿6年4月1日（月）", "2024-04-01"),
    ("令和 6 年 (2024年) 4 月 1 日", "2024-04-01"),
    ("令和6年4月1日午後1時30分", "2024-04-01T13:30:00"),
    ("R6.4.1 9:00", "2024-04-01T09:00:00"),
]
WRONG: list[str] = [
    "令和元年4月30日", "平成32年4月1日", "昭和64年1月8日", "令和6年4月31日", "令和5年2月29日", "令和0年4月1日",
    "明治5年12月2日", "令和6年4月1日（火）", "令和6年（2023年）4月1日", "令和6年4月1日25時", "令和6年4月1日午後13時",
    "令和6年4月", "平成31年度", "2024-04-01", "令和6年4月1日から", "R6.4.1/2", "元年4月1日", "",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Era:
    """An era with its letter and its first and last day; `last` is None for the one we live in."""

    name: str
    letter: str
    first: date
    last: date | None

    @property
    def start(self) -> int:
        """The western year of the era's year 1."""
        return self.first.year


ERAS = (
    Era("令和", "R", date(2019, 5, 1), None),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
)
BY_SIGN = {sign: era for era in ERAS for sign in (era.name, era.letter, era.name[0])}
GREGORIAN = 1873
WEEKDAYS = "月火水木金土日"

_ERA = rf"(?P<era>{'|'.join(each.name for each in ERAS)}|[RHSTM]|[令平昭大明])"
_YEAR = r"(?P<year>元|[0-9]{1,2})"
_CLOCK = (
    r"(?:\s*(?P<half>午前|午後)?\s*(?P<hour>[0-9]{1,2})(?:時(?:(?P<minute>[0-9]{1,2})分)?|:(?P<minute2>[0-9]{2})))?"
)
_WEEKDAY = rf"(?:\s*\((?P<weekday>[{WEEKDAYS}])(?:曜日?)?(?:・祝)?\))?"
_KANJI = (
    rf"{_ERA}\s*{_YEAR}\s*年(?P<fiscal>度)?\s*(?:\((?P<western>[0-9]{{4}})(?:年(?:度)?)?\)\s*年?\s*)?"
    rf"(?:(?P<month>[0-9]{{1,2}})\s*月\s*(?:(?P<day>[0-9]{{1,2}})\s*日{_WEEKDAY}{_CLOCK})?)?"
)
_MARKS = (
    rf"{_ERA}\s*\.?\s*{_YEAR}(?:(?P<mark>[./\-‐−–])(?P<month>[0-9]{{1,2}})"
    rf"(?:(?P=mark)(?P<day>[0-9]{{1,2}}){_WEEKDAY}{_CLOCK})?)?"
)
_PACKED = r"(?P<era>[RHSTM])(?P<year>[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
FORMS = tuple(re.compile(form) for form in (_KANJI, _MARKS, _PACKED))


@dataclass(frozen=True, slots=True)
class EraDate:
    """A date by era as it is written: `month` and `day` are None where it says only the year, or year and month.

    `text` is what was read, after NFKC; `span` where the era and its year stand in it. `fiscal` is 年度 (from April).
    """

    text: str
    span: tuple[int, int]
    era: Era
    year: int
    month: int | None = None
    day: int | None = None
    fiscal: bool = False
    weekday: str = ""
    stated: int | None = None  # the western year beside it: 令和6年(2024年)
    clock: tuple[int, int] | None = None

    @property
    def western_year(self) -> int:
        return self.era.start + self.year - 1

    @property
    def bounds(self) -> tuple[date, date] | None:
        """Give the first and last day that it can mean; None where the calendar has no such day, month or year."""
        year, month, day = self.western_year, self.month, self.day
        try:
            if month is None and self.fiscal:
                return date(year, 4, 1), date(year + 1, 3, 31)
            if month is None:
                return date(year, 1, 1), date(year, 12, 31)
            if day is None:
                return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            return date(year, month, day), date(year, month, day)
        except ValueError:  # calendar.IllegalMonthError is one too
            return None

    @property
    def in_era(self) -> bool:
        """Say whether some day that it can mean lies in its era."""
        bounds = self.bounds
        if bounds is None or self.year < 1:
            return False
        return bounds[1] >= self.era.first and (self.era.last is None or bounds[0] <= self.era.last)

    @property
    def lunisolar(self) -> bool:
        return self.western_year < GREGORIAN and self.month is not None


def read_era_date(text: str) -> EraDate | None:
    """Give the date by era that a whole text is, possible or not; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("〔", "(").replace("〕", ")")
    upper = plain.upper()
    found = next((match for form in FORMS if (match := form.fullmatch(upper))), None)
    if found is None:
        return None
    parts = found.groupdict()
    minute = parts.get("minute") or parts.get("minute2") or "0"
    hour = parts.get("hour")
    clock = _clock(parts.get("half"), int(hour), int(minute)) if hour else None
    if hour and clock is None:
        return None
    return EraDate(
        text=plain,
        span=(found.start("era"), found.end("year")),
        era=BY_SIGN[parts["era"]],
        year=1 if parts["year"] == "元" else int(parts["year"]),
        month=_number(parts.get("month")),
        day=_number(parts.get("day")),
        fiscal=bool(parts.get("fiscal")),
        weekday=parts.get("weekday") or "",
        stated=_number(parts.get("western")),
        clock=clock,
    )


def western(found: EraDate) -> str | None:
    """Give it by the western calendar as far as it goes: 2024-04-01, 2024-04, 2024, 2024年度. None where not sure."""
    bounds = found.bounds
    if bounds is None or not found.in_era or found.lunisolar:
        return None
    first = bounds[0]
    if found.stated not in (None, first.year):
        return None
    if found.month is None:
        return f"{first.year}年度" if found.fiscal else f"{first.year:04}"
    if found.day is None:
        return None if found.fiscal else f"{first:%Y-%m}"
    if found.fiscal or (found.weekday and WEEKDAYS[first.weekday()] != found.weekday):
        return None
    return first.isoformat() + (f"T{found.clock[0]:02}:{found.clock[1]:02}:00" if found.clock else "")


def as_iso(text: str) -> str | None:
    """Give the ISO date, or date and time, of a whole text that is a date by era to the day; None where not sure."""
    found = read_era_date(text)
    return western(found) if found is not None and found.day is not None else None


def in_right_era(found: EraDate) -> str | None:
    """Give the same date by the era that it falls in (平成32年 is 令和2年); None where there is none."""
    bounds = found.bounds
    if bounds is None or found.year < 1 or found.lunisolar:
        return None
    era = next((each for each in ERAS if bounds[1] >= each.first), None)
    if era is None or (era.last is not None and bounds[0] > era.last):
        return None
    year = found.western_year - era.start + 1
    start, end = found.span
    written = found.text[start:end]
    sign = next(
        sign for sign in (found.era.name, found.era.letter, found.era.name[0]) if written.upper().startswith(sign)
    )
    new = era.name if sign == found.era.name else era.letter if sign == found.era.letter else era.name[0]
    rest = found.text[end:]
    kanji = "年" in rest
    padded = not kanji and re.match(r"[0-9]|[^0-9]0", rest)  # R060401, R06.04.01
    number = "元" if kanji and year == 1 else f"{year:02}" if padded else str(year)
    return found.text[:start] + new + written[len(sign) :].rstrip("元0123456789") + number + rest


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _clock(half: str | None, hour: int, minute: int) -> tuple[int, int] | None:
    """Give hour and minute of the day; None where it is no time, or one that people read in two ways (午後12時)."""
    if minute > 59 or hour > (11 if half else 23):
        return None
    return hour + (12 if half == "午後" else 0), minute
