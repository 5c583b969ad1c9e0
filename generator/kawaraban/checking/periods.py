"""Text -> the day, month or year that it says, and which of a table's are the newest.

RIGHT holds (text, whether a year is 年度, first day, last day), WRONG what is no period.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from kawaraban.model import Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.tidying.eras import read_era_date
from kawaraban.tidying.western import PACKED, read_western

FIRST, LAST = 1900, 2100  # years; 9999-12-31 is no date
MANY = 100_000  # different texts; so many are read only in ISO form, by Arrow
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")  # the time of the day tells of no other period
# how towns name the column that says of when a row is; 開設年, 生年月日 and 開催日 say something else
SERIES = re.compile(
    r"年月日?|日付|日時|月日|期日|年度?|時点|(?:更新|最終更新|データ|公開|公表|発表)(?:年月)?日時?"
    r"|(?:基準|調査|集計|測定|計測|観測|検査|報告|統計|採水|会計|対象)(?:年月日?|日付?|日時|時点|年度?)"
    r"|date|day|month|year|datetime|timestamp|as_?of|fiscal_?year|(?:observed|updated|reported)_?(?:at|on|date)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:\w*[^月日])?年度?|(?:fiscal_?)?year", re.IGNORECASE)
MONTH = re.compile(r"月|月分|month", re.IGNORECASE)
DAY = re.compile(r"日|day|date", re.IGNORECASE)
FISCAL = re.compile(r"年度|fiscal", re.IGNORECASE)
NUMBER = re.compile(r"\s*(\d{1,2})\s*[月日]?分?\s*")

RIGHT: list[tuple[str, bool, str, str]] = [
    ("2025-04-01", False, "2025-04-01", "2025-04-01"),
    ("2025-04-01T09:30:00+09:00", False, "2025-04-01", "2025-04-01"),
    ("2025/4/1", False, "2025-04-01", "2025-04-01"),
    ("2025年4月1日", False, "2025-04-01", "2025-04-01"),
    ("20250401", False, "2025-04-01", "2025-04-01"),
    ("令和7年4月1日", False, "2025-04-01", "2025-04-01"),
    ("2025-02", False, "2025-02-01", "2025-02-28"),
    ("2024年2月", True, "2024-02-01", "2024-02-29"),
    ("202502", False, "2025-02-01", "2025-02-28"),
    ("2025", False, "2025-01-01", "2025-12-31"),
    ("2025", True, "2025-04-01", "2026-03-31"),
    ("2025年度", False, "2025-04-01", "2026-03-31"),
    ("令和7年度", False, "2025-04-01", "2026-03-31"),
    ("令和7", True, "2025-04-01", "2026-03-31"),
]
WRONG = ["", "本館", "2025-04-31", "2025-13", "9999-12-31", "0001", "4/1", "12", "令和7年4月31日", "2025-04-01から"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days that a text may mean, the first and the last."""

    start: date
    end: date

    @property
    def fine(self) -> bool:
        """Say whether it is a day or a month, not a year."""
        return (self.end - self.start).days <= 31

    @property
    def text(self) -> str:
        """The day, month or year as ISO has it."""
        whole = self.start.isoformat()
        return whole if self.start == self.end else whole[:7] if self.fine else whole[:4]


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest period of a table, its column, and how many different ones the table has."""

    column: int
    period: Period
    count: int


def read_period(text: str, fiscal: bool = False) -> Period | None:
    """Give the period of a date in one of the forms of Japan; None where it is none. `fiscal`: a year is 年度."""
    if ISO_DAY.match(text):
        return make_period(int(text[:4]), int(text[5:7]), int(text[8:10]))
    plain = unicodedata.normalize("NFKC", text).strip()
    written = read_western(plain, PACKED)
    if written is not None:
        return make_period(written.year, written.month or None, written.day or None, fiscal or written.fiscal)
    era = read_era_date(plain)
    if era is None or era.bounds is None:
        return None
    if era.month is None and fiscal:
        return make_period(era.western_year, fiscal=True)
    return Period(*era.bounds)


def make_period(year: int, month: int | None = None, day: int | None = None, fiscal: bool = False) -> Period | None:
    """Give the period; None where the calendar has none. A fiscal year begins in April."""
    try:
        if not FIRST <= year <= LAST:
            return None
        if month is None:
            return (
                Period(date(year, 4, 1), date(year + 1, 3, 31))
                if fiscal
                else Period(date(year, 1, 1), date(year, 12, 31))
            )
        if day is None:
            return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return Period(date(year, month, day), date(year, month, day))
    except ValueError:  # calendar.IllegalMonthError is one too
        return None


def series_column(table: Table) -> int | None:
    """Give the column that says of when each row is: by its name, or a date in the primary key."""
    names = [re.sub(r"\s+|[（(].*[)）]$", "", unicodedata.normalize("NFKC", name)) for name in table.columns]
    named = next((at for at, name in enumerate(names) if SERIES.fullmatch(name)), None)
    if named is not None:
        return named
    key = table.schema.get("primaryKey", [])
    keys = [key] if isinstance(key, str) else key if isinstance(key, list) else []
    dates = {
        each.name for each in table.fields if each.type in ("date", "datetime", "yearmonth") and each.name in keys
    }
    return next((at for at, name in enumerate(table.columns) if name in dates), None)


def newest(table: Table, columns: Columns) -> Newest | None:
    """Give the newest period of a table; None where no column says of when its rows are.

    年, 月 and 日 may stand in columns of their own.
    """
    at = series_column(table)
    if at is None or not columns.regular:
        return None
    import pyarrow.compute as pc

    fiscal = bool(FISCAL.search(table.columns[at]))
    parts = [each for each in (_alone(table, MONTH), _alone(table, DAY)) if each is not None]
    if not YEAR.fullmatch(table.columns[at].strip()) or parts[:1] != [_alone(table, MONTH)]:
        parts = []
    texts = columns.column(at)
    if parts:
        texts = pc.binary_join_element_wise(texts, *(columns.column(each) for each in parts), "\t")
    different = pc.unique(texts)
    if len(different) > MANY:
        iso = pc.filter(different, pc.match_substring_regex(different, r"^\d{4}-\d{2}-\d{2}"))
        last = pc.max(iso).as_py() if len(iso) else None
        period = read_period(last) if last else None
        return Newest(at, period, len(iso)) if period else None
    found = {each for text in different.to_pylist() if (each := _joined(text.split("\t"), fiscal))}
    return Newest(at, max(found), len(found)) if found else None


def _alone(table: Table, name: re.Pattern[str]) -> int | None:
    return next((at for at, each in enumerate(table.columns) if name.fullmatch(each.strip())), None)


def _joined(parts: list[str], fiscal: bool) -> Period | None:
    """Give the period of a year, its month and its day, where these stand in columns of their own."""
    whole = read_period(parts[0], fiscal)
    found = [NUMBER.fullmatch(unicodedata.normalize("NFKC", part)) for part in parts[1:]]
    month, day = (int(each[1]) if each else None for each in (*found, None, None)[:2])
    if whole is None or whole.fine or month is None:
        return whole
    year = whole.start.year + (whole.start.month == 4 and month < 4)
    return make_period(year, month, day)
