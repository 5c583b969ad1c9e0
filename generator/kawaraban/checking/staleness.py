"""Data that is older than its descriptor says it may be: `updates: P1M`, and nothing new for three months."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kawaraban.checking.change import Version
from kawaraban.model import Dataset, Problem

DURATION = re.compile(r"P(?=\d)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")
HALF = 2  # half an interval late is not stale: figures take time to make
LEAST = 3  # days; there are weekends
LONGEST = 100  # years


@dataclass(frozen=True, slots=True)
class Interval:
    """How often data is renewed."""

    months: int
    days: int

    @property
    def grace(self) -> timedelta:
        return timedelta(max(LEAST, (self.months * 30 + self.days) // HALF))

    def after(self, day: date) -> date:
        """Give the day one interval later; the last of the month where that has no such day."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(self.days)


def read_interval(text: str) -> Interval | None:
    """Give the interval of an ISO 8601 duration such as P1Y, P3M, P2W, P1D; None where it is none."""
    found = DURATION.fullmatch(text.strip())
    if found is None:
        return None
    years, months, weeks, days = (int(found[part] or 0) for part in ("years", "months", "weeks", "days"))
    interval = Interval(years * 12 + months, weeks * 7 + days)
    long = interval.months > LONGEST * 12 or interval.days > LONGEST * 366
    return None if long or interval == Interval(0, 0) else interval


def look_if_stale(dataset: Dataset, tables: Sequence[Version], updated: str, today: date) -> Iterator[Problem]:
    """Give the dataset where its newest date, else the date of its last commit (`updated`, ISO), is too long ago."""
    stated = dataset.own.get("updates")
    if stated is None:
        return
    line = dataset.lines.get(("kawaraban", "updates"))
    interval = read_interval(stated) if isinstance(stated, str) else None
    if interval is None:
        yield Problem(
            "updates-not-understood", "warning", dataset.source, line=line, value=str(stated),
            details={"sign": True},
        )  # fmt: skip
        return
    ends = [(each.newest.period.end, each.newest.period.text) for each in tables if each.newest]
    last = max(ends, default=(date.fromisoformat(updated), updated) if updated else None)
    if last and interval.after(last[0]) + interval.grace < today:
        yield Problem(
            "stale", "warning", dataset.source, line=line, value=last[1],
            details={"sign": True, "updates": stated.strip(), "days": f"{(today - last[0]).days:,}"},
        )  # fmt: skip
