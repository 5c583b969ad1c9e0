"""A year of days: a column for each week, Monday first, a square for each day, stronger where there was more."""

from datetime import date, timedelta

from kawaraban.views import axes
from kawaraban.views.lettering import width_of
from kawaraban.views.marks.steps import NOTHING, Steps, legend_of, steps_of
from kawaraban.views.plot import Chart, Drawn, Room
from kawaraban.views.svg import element, plain, rect, text

DAYS = {"ja": "月火水木金土日", "en": "MTWTFSS"}
WEEKS = {"wide": 53, "narrow": 27}  # columns of a strip


def draw(chart: Chart, room: Room) -> Drawn:
    """Give the drawing: strips of weeks below each other, and what the strengths mean."""
    values: dict[date, float] = {}
    for row in chart.rows:
        day = date.fromordinal(int(row.base))
        values[day] = values.get(day, 0.0) + row.measure
    steps = steps_of(chart)
    inner, y = "", 0.0
    size = (room.width - 18) / WEEKS["narrow" if room.narrow else "wide"]
    begin, end = (date.fromordinal(int(each(chart.bases))) for each in (min, max))
    for first, last in _strips(begin, end, WEEKS["narrow" if room.narrow else "wide"]):
        strip = _strip(chart, first, last, values, steps, size, not room.narrow)
        inner += element("g", strip, transform=f"translate(0,{plain(y)})")
        y += 18 + 7 * size + 12
    if not room.legend:
        return Drawn(inner, room.width, y)
    gaps = any(each not in values for each in _days(begin, end))
    legend = legend_of(chart, steps, room.width, chart.words.get("missing", "") if gaps else "")
    inner += element("g", legend.inner, transform=f"translate(0,{plain(y)})")
    return Drawn(inner, room.width, y + legend.height)


def _strips(first: date, last: date, weeks: int) -> list[tuple[date, date]]:
    """Give the first and last day of each strip: a year from the first month on, or half of one on a phone."""
    found = []
    months = 12 if weeks > 50 else 6
    start = date(first.year, first.month, 1)
    while start <= last:
        count = start.year * 12 + start.month - 1 + months
        following = date(count // 12, count % 12 + 1, 1)
        found.append((start, min(following - timedelta(days=1), _end_of_month(last))))
        start = following
    return found


def _end_of_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def _strip(
    chart: Chart, first: date, last: date, values: dict[date, float], steps: Steps, size: float, spoken: bool
) -> str:
    monday = first - timedelta(days=first.weekday())
    letters = DAYS["ja" if chart.lang.startswith("ja") else "en"]
    inner = "".join(
        text(0, 18 + (number + 0.5) * size + 4, letters[number])
        for number in ((0, 2, 4, 6) if size < 14 else range(7))
    )
    empty, squares, free = "", [], 0.0
    for day in _days(first, last):
        week = (day - monday).days // 7
        x, y = 18 + week * size, 18 + day.weekday() * size
        if day.day == 1:
            label = _month(chart, day, day == first or day.month == 1)
            at = x if day.weekday() == 0 else x + size
            if at >= free and at + width_of(label) <= 18 + 53 * size:
                inner += text(at, 11, label)
                free = at + width_of(label) + 4
        if day in values:
            said = f"{chart.place(float(day.toordinal()))} {chart.said(values[day])}" if spoken else ""
            squares.append(
                rect(x + 0.5, y + 0.5, size - 1.5, size - 1.5, said,
                     fill_opacity=steps.strength(values[day]))
            )  # fmt: skip
        else:
            empty += (
                f"M{plain(x + 0.5)},{plain(y + 0.5)}h{plain(size - 1.5)}v{plain(size - 1.5)}h{plain(1.5 - size)}z"
            )
    blank = element("path", d=empty, fill_opacity=NOTHING) if empty else ""
    return inner + blank + element("g", "".join(squares), fill="var(--kb-1)")


def _month(chart: Chart, day: date, with_year: bool) -> str:
    japanese = chart.lang.startswith("ja")
    month = f"{day.month}月" if japanese else f"{day:%b}"
    if not with_year:
        return month
    year = axes.year_of(day, chart.lang, chart.era)
    return f"{year}{month}" if japanese else f"{month} {year}"
