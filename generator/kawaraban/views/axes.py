"""What axes say: numbers in 万 and 億, moments that do not run into each other, years of an era."""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kawaraban.model import Field
from kawaraban.views.eras import era_of_day, era_of_year
from kawaraban.views.lettering import width_of
from kawaraban.views.scales import step_of
from kawaraban.views.text import number_text

GAP = 10  # px between the labels of an axis
NUMERALS = tuple("百千万億")
MONTHS = (1, 2, 3, 6)
DAYS = (1, 2, 7, 14, 28)

Tick = tuple[float, list[str]]


def kind_of(field: Field) -> str:
    """Give what a column measures: temporal, quantitative or ordinal."""
    if field.type in ("date", "datetime"):
        return "temporal"
    return "quantitative" if field.type in ("integer", "number", "year") else "ordinal"


def begins_at_zero(low: float, high: float) -> bool:
    """Say whether a line's axis should begin at zero: only where that does not flatten it."""
    return low < 0 or high == 0 or (high - low) / abs(high) > 0.25


def magnitude(top: float, lang: str, unit: str = "") -> tuple[float, str]:
    """Give the unit in which the numbers of an axis are said: 1, 万 or 億; millions in English.

    A unit that is a number of its own (千円) is said with whole numbers: 323万千円 is nobody's Japanese.
    """
    if unit[:1] in NUMERALS:
        return 1.0, ""
    words = ((1e12, "兆"), (1e8, "億"), (1e4, "万")) if lang.startswith("ja") else ((1e9, "bn"), (1e6, "M"))
    return next(((step, word) for step, word in words if top >= step * 2), (1.0, ""))


def number_labels(values: Sequence[float], lang: str, unit: str = "") -> list[str]:
    """Give the labels of an axis of numbers."""
    step, word = magnitude(max((abs(each) for each in values), default=0.0), lang, unit)
    return [number_text(round(each / step, 9)) + (word if each else "") for each in values]


def short(value: float, lang: str, unit: str = "") -> str:
    """Give a number as a label has room for it: 18,371; 123.4万; 1.2億."""
    size = abs(value)
    if size < (1e5 if lang.startswith("ja") else 1e6) or unit[:1] in NUMERALS:
        return number_text(float(f"{value:.4g}") if not float(value).is_integer() else value)
    step, word = magnitude(size, lang, unit)
    digits = max(0, 3 - math.floor(math.log10(size / step))) if size / step < 1000 else 0
    return number_text(round(value / step, min(digits, 1))) + word


def year_text(year: int, field: Field, lang: str, era: bool) -> str:
    """Give a year as an axis says it."""
    fiscal = field.name.endswith("年度")
    if era:
        return era_of_year(year) + ("度" if fiscal else "")
    if not lang.startswith("ja"):
        return str(year)
    return f"{year}年度" if fiscal else f"{year}年"


def year_ticks(low: float, high: float, room: float, field: Field, lang: str, era: bool) -> list[Tick]:
    """Give the years that an axis of `room` px names; the last one is one of them."""
    label = max(width_of(year_text(int(each), field, lang, era)) for each in (low, high))
    step = int(step_of(high - low, max(int(room / (label + GAP)), 1), whole=True)) if high > low else 1
    found = range(int(high), math.ceil(low) - 1, -step)
    return [(float(each), [year_text(each, field, lang, era)]) for each in reversed(found)]


def time_ticks(low: float, high: float, room: float, lang: str, era: bool) -> list[Tick]:
    """Give the moments that an axis of `room` px names, in days; the year stands where it begins."""
    first, last = _day(low), _day(high)
    months = (last.year - first.year) * 12 + last.month - first.month
    if (last - first).days <= 75:
        return _days(first, last, room, lang, era)
    year = year_of(last, lang, era)
    for step in MONTHS:
        if (months / step) * (max(width_of("10月"), width_of(year) * 0.8) + GAP) <= room:
            return _months(first, last, step, lang, era)
    every = int(step_of(months / 12, max(int(room / (width_of(year) + GAP)), 1), whole=True))
    starts = [date(each, 1, 1) for each in range(first.year, last.year + 1) if each % every == 0]
    inside = [each for each in starts if first <= each <= last] or [first]
    return [(float(each.toordinal()), [year_of(each, lang, era)]) for each in inside]


def _days(first: date, last: date, room: float, lang: str, era: bool) -> list[Tick]:
    """Give days counted back from the last one, which is what people look for."""
    label = max(width_of("12/31"), width_of(year_of(last, lang, era)))
    span = (last - first).days
    step = next((each for each in DAYS if span / each * (label + GAP) <= room), max(span, 1))
    found = [last - timedelta(days=each) for each in range(0, span + 1, step)][::-1]
    ticks: list[Tick] = []
    for index, day in enumerate(found):
        said = [f"{day.month}/{day.day}" if lang.startswith("ja") else f"{day.day} {day:%b}"]
        if index == 0 or found[index - 1].year != day.year:
            said.append(year_of(day, lang, era))
        ticks.append((float(day.toordinal()), said))
    return ticks


def _months(first: date, last: date, step: int, lang: str, era: bool) -> list[Tick]:
    ticks: list[Tick] = []
    shown = 0
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(count // 12, count % 12 + 1, 1)
        if day < first or day > last or (day.month - 1) % step:
            continue
        said = [f"{day.month}月" if lang.startswith("ja") else f"{day:%b}"]
        if day.year != shown:
            shown = day.year
            said.append(year_of(day, lang, era))
        ticks.append((float(day.toordinal()), said))
    return ticks


def year_of(day: date, lang: str, era: bool) -> str:
    """Give the year of a day, of its era where that is asked for."""
    if era:
        return era_of_day(day)
    return f"{day.year}年" if lang.startswith("ja") else str(day.year)


def _day(moment: float) -> date:
    return date.fromordinal(int(moment))


def moment_of(value: date) -> float:
    """Give a date or a time of a date as days since the year 1."""
    days = float(value.toordinal())
    return days + (value.hour * 60 + value.minute) / 1440 if isinstance(value, datetime) else days


def thinned(labels: list[Tick], room: float) -> list[Tick]:
    """Give every n-th label so that they do not run into each other; the last one is kept."""
    widest = max((width_of(each) for _, said in labels for each in said), default=0.0) + GAP
    every = max(1, math.ceil(widest * len(labels) / max(room, 1.0)))
    return labels[::-1][::every][::-1]


def shifted(places: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Give for each place one at least `room` px from its neighbours, near to it and between `low` and `high`."""
    order = sorted(range(len(places)), key=lambda each: places[each])
    found = [places[each] for each in order]
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + room)
    # pushing down alone would leave the plot: share the push between both directions, then keep inside
    drift = (sum(found) - sum(places)) / max(len(found), 1)
    found = [each - drift for each in found]
    if found:
        back = max(0.0, found[-1] - high)
        found = [each - back for each in found]
        on = max(0.0, low - found[0])
        found = [each + on for each in found]
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1] + room)
    result = [0.0] * len(places)
    for index, place in zip(order, found, strict=True):
        result[index] = place
    return result
