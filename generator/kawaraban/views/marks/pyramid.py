"""A population pyramid: two series back to back, the names between them, the first at the bottom."""

from kawaraban.views import axes
from kawaraban.views.lettering import width_of
from kawaraban.views.marks.layers import said
from kawaraban.views.plot import Chart, Drawn, Room
from kawaraban.views.scales import Linear, ticks
from kawaraban.views.svg import colour, element, line, plain, rect, text

STEP = {"wide": 15.0, "narrow": 14.0}  # px from one bar to the next


def draw(chart: Chart, room: Room) -> Drawn:
    """Give the drawing of a pyramid: the first series to the left, the second to the right."""
    names = list(chart.bases)
    gutter = max(width_of(each) for each in names) + 12
    half = (room.width - gutter) / 2
    step = STEP["narrow" if room.narrow or room.compact else "wide"]
    tall = step * len(names)
    high = chart.extent()[1]
    tight = room.narrow and room.compact
    values = ticks(
        0.0, high, 1 if tight else 2 if room.narrow or room.compact else 4, chart.channels.measure.type == "integer"
    )
    edge = width_of(axes.number_labels(values[-1:], chart.lang)[0]) / 2
    sides = (Linear(0.0, values[-1], half, edge), Linear(0.0, values[-1], 0.0, half - edge))
    inner = "".join(
        text(room.width / 2, tall - (number + 0.5) * step + 4, name, "middle") for number, name in enumerate(names)
    )
    for side, (name, x) in enumerate(zip(chart.series, sides, strict=True)):
        rows = chart.of_series(name)
        total = name if tight else f"{name} {chart.said(round(sum(row.measure for row in rows), 9))}"
        at = half if side == 0 else 0.0
        part = _grid(chart, x, values, tall)
        bars = "".join(
            rect(
                at, tall - (chart.bases[row.base] + 1) * step + 1, x.at(row.measure) - at, step - 2,
                "" if room.narrow else said(chart, row),
            )
            for row in rows
        )  # fmt: skip
        part += element("g", bars, fill=colour(side))
        part += text(at, -8, total, "end" if side == 0 else "start", font_weight="bold")
        part = element("g", part, transform=f"translate({plain(half + gutter)},0)") if side else part
        inner += part
    return Drawn(element("g", inner, transform="translate(0,24)"), room.width, tall + 24 + 22)


def _grid(chart: Chart, x: Linear, values: list[float], tall: float) -> str:
    labels = axes.number_labels(values, chart.lang, chart.channels.unit)
    return "".join(
        line(x.at(each), 0, x.at(each), tall, stroke_opacity="0.5" if each == 0 else "0.14")
        + text(x.at(each), tall + 16, label, "middle")
        for each, label in zip(values, labels, strict=True)
    )
