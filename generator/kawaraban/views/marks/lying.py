"""Bars that lie: names at the left, in lines where they are long, and values at the ends of the bars."""

from typing import Any

from kawaraban.views import axes
from kawaraban.views.lettering import LINE, width_of, wrapped
from kawaraban.views.marks.above import target_text
from kawaraban.views.marks.layers import said
from kawaraban.views.marks.legend import legend, strength
from kawaraban.views.plot import Chart, Drawn, Room, Row
from kawaraban.views.scales import Linear, ticks
from kawaraban.views.svg import colour, element, line, plain, rect, text

STEP = 26  # px from one bar to the next
NAMES = {"wide": 190, "narrow": 118, "compact": 72}  # px for the names at most


def draw(chart: Chart, room: Room) -> Drawn:
    """Give the drawing of lying bars."""
    names = {each: wrapped(each, _room_of_names(room)) for each in chart.bases}
    left = max(width_of(part) for lines in names.values() for part in lines) + 8
    series = list(chart.series) or [""]
    side = 1 if chart.stacked else len(series)
    ends = _ends(chart)
    low, high = chart.extent()
    values = ticks(
        low, high, 2 if room.compact else 3 if room.narrow else 5, chart.channels.measure.type == "integer"
    )
    right = max((width_of(each) for each in ends.values()), default=8.0) + 6
    x = Linear(values[0], values[-1], 0.0, max(room.width - left - right, 40.0))
    head = legend(chart, room.width) if not room.compact else Drawn("", 0.0, 0.0)
    top = head.height + 6 + (LINE + 4 if chart.targets else 0)
    grid = chart.stacked or low < 0 or bool(chart.targets) or room.compact
    inner, y = "", 0.0
    for name, lines in names.items():
        tall = max(STEP * (1 if side == 1 else 0.72 * side), LINE * len(lines) + 8.0)
        thick = tall * 0.7 if side == 1 else tall - 6
        thick = min(thick, STEP * 0.7 * side)
        inner += text(-8, y + tall / 2 + 4 - LINE * (len(lines) - 1) / 2, lines, "end")
        begin: dict[bool, float] = {}
        for row in [row for row in chart.rows if row.base == name]:
            number = chart.series.index(row.series) if chart.series else 0
            at = y + (tall - thick) / 2 + (0 if side == 1 else number * thick / side)
            start = begin.get(row.measure >= 0, 0.0) if chart.stacked else 0.0
            begin[row.measure >= 0] = start + row.measure
            inner += rect(
                x.at(start), at, x.at(start + row.measure) - x.at(start), thick / side, said(chart, row),
                fill=colour(number), fill_opacity=strength(number),
            )  # fmt: skip
            if row in ends:
                inner += text(x.at(max(start + row.measure, 0.0)) + 5, at + thick / side / 2 + 4, ends[row])
        y += tall
    under, below = _axis(chart, x, values, y) if grid else (line(0, 0, 0, y, stroke_opacity="0.5"), 4.0)
    body = under + inner + _targets(chart, x, y)
    return Drawn(
        head.inner + element("g", body, transform=f"translate({plain(left)},{plain(top)})"),
        room.width,
        top + y + below,
    )


def _room_of_names(room: Room) -> float:
    return NAMES["compact" if room.compact else "narrow" if room.narrow else "wide"]


def _ends(chart: Chart) -> dict[Row, str]:
    """Give what stands at the ends of the bars: their values, and of a stack the whole."""
    short_unit = chart.channels.unit if width_of(chart.channels.unit) <= 24 else ""
    if not chart.stacked:
        return {row: chart.label(row.measure) + short_unit for row in chart.rows}
    totals: dict[Any, float] = {}
    last: dict[Any, Row] = {}
    for row in chart.rows:
        totals[row.base] = totals.get(row.base, 0.0) + row.measure
        last[row.base] = row
    if any(row.measure < 0 for row in chart.rows):
        return {}
    return {last[base]: chart.label(total) + short_unit for base, total in totals.items()}


def _axis(chart: Chart, x: Linear, values: list[float], tall: float) -> tuple[str, float]:
    labels = axes.number_labels(values, chart.lang, chart.channels.unit)
    inner = "".join(
        line(x.at(each), 0, x.at(each), tall, stroke_opacity="0.5" if each == 0 else "0.14")
        + text(x.at(each), tall + 16, label, "middle")
        for each, label in zip(values, labels, strict=True)
    )
    return inner, 22.0


def _targets(chart: Chart, x: Linear, tall: float) -> str:
    inner = ""
    for name, value in chart.targets:
        label = target_text(chart, name, value)
        inner += line(x.at(value), -4, x.at(value), tall, stroke_dasharray="7 4", stroke_width=1.5)
        anchor = "end" if x.at(value) > width_of(label) else "start"
        inner += text(x.at(value), -8, label, anchor, halo=True)
    return inner
