"""Charts whose numbers go up: lines, bars, areas, points, histograms. The axes, and the marks between them."""

from kawaraban.views import axes
from kawaraban.views.lettering import width_of, wrapped
from kawaraban.views.marks import layers
from kawaraban.views.marks.above import notes, targets
from kawaraban.views.marks.base import base_of, below
from kawaraban.views.marks.ends import Ends, ends_of
from kawaraban.views.marks.legend import legend
from kawaraban.views.plot import Chart, Drawn, Room
from kawaraban.views.scales import Linear, ticks
from kawaraban.views.svg import element, line, plain, text
from kawaraban.views.text import is_year


def draw(chart: Chart, room: Room) -> Drawn:
    """Give the drawing of a chart whose numbers go up."""
    count = 3 if room.compact else 4 if room.narrow else 5
    low, high = chart.extent()
    values = ticks(low, high, count, whole=_whole(chart))
    labels = axes.number_labels(values, chart.lang, chart.channels.unit)
    left = max(width_of(each) for each in labels) + 8
    second = _second(chart, len(values) - 1)
    ends = ends_of(chart, room)
    right = max(ends.room, max((width_of(each) for each in second[1]), default=0.0) + 8 if second else 8.0, 8.0)
    plot = room.width - left - right
    tall = float(chart.height or room.tall)
    base = base_of(chart, plot, room)
    head, top = _head(chart, room, ends)
    annotated = notes(chart, base.scale, left, plot, tall, room)
    top += annotated.height
    y = Linear(values[0], values[-1], tall, 0.0)
    inner = "".join(
        line(0, y.at(each), plot, y.at(each), stroke_opacity="0.5" if each == 0 or each == values[0] else "0.14")
        + text(-8, y.at(each) + 4, label, "end")
        for each, label in zip(values, labels, strict=True)
    )
    other = Linear(second[0][0], second[0][-1], tall, 0.0) if second else None
    if second and other:
        inner += "".join(text(plot + 8, other.at(each) + 4, label) for each, label in zip(*second, strict=True))
    inner += below(base, tall, left, right, plot)
    inner += annotated.inner
    inner += layers.marks(chart, base.scale, y, other, room)
    inner += targets(chart, y, plot)
    inner += ends.drawn(y, plot, tall)
    if chart.channels.kind == "quantitative" and not is_year(chart.channels.base):
        unit = chart.channels.base.unit
        named = f"{chart.channels.base.label}（{unit}）" if unit else chart.channels.base.label
        (said,) = wrapped(named, plot, most=1)
        inner += text(plot, tall + base.below + 10, said, "end")
        tall += 16
    whole = element("g", inner, transform=f"translate({plain(left)},{plain(top)})")
    return Drawn(head + whole, room.width, top + tall + base.below)


def _whole(chart: Chart) -> bool:
    return chart.channels.measure.type == "integer" or chart.mark == "histogram"


def _second(chart: Chart, steps: int) -> tuple[list[float], list[str]] | None:
    """Give the values and labels of the axis at the right, as many as at the left: the lines share the grid."""
    if not chart.lines or chart.line_unit is None:
        return None
    values = [row.measure for row in chart.rows if row.series in chart.lines]
    if not values:
        return None
    low, high = min(0.0, *values), max(0.0, *values)
    step = 0.0
    for count in range(steps, 0, -1):
        found = ticks(low, high, count)
        if len(found) <= steps + 1:
            step = found[1] - found[0]
            break
    found = [round(found[0] + number * step, 12) for number in range(steps + 1)]
    return found, axes.number_labels(found, chart.lang, chart.line_unit or "")


def _head(chart: Chart, room: Room, ends: Ends) -> tuple[str, float]:
    """Give what stands above the plot, names and units, and its height."""
    inner, top = "", 8.0
    if not room.compact:
        names = legend(chart, room.width, not ends.named, bool(chart.average) and not ends.averaged)
        if names.height:
            inner, top = names.inner, names.height + 8
    unit = chart.channels.unit
    if (unit or chart.line_unit) and not room.compact:
        inner += text(0, top + 6, unit) if unit else ""
        inner += text(room.width, top + 6, chart.line_unit, "end") if chart.line_unit else ""
        top += 18
    return inner, top
