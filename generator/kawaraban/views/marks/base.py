"""The axis along the base of an upright chart: names, numbers or moments, and how they are written below it."""

import math
from dataclasses import dataclass

from kawaraban.views import axes
from kawaraban.views.lettering import LINE, breaks_well, width_of, wrapped
from kawaraban.views.marks import layers
from kawaraban.views.plot import Chart, Room
from kawaraban.views.scales import Band, Linear, ticks, within
from kawaraban.views.svg import plain, text
from kawaraban.views.text import is_year

TURNED, UPENDED = 40, 90  # degrees of names that do not fit side by side; the more where they are many
LONGEST = 150  # px of a turned name


@dataclass(frozen=True, slots=True)
class Base:
    """The axis along the base: its scale, its labels, and the px that they need below the plot."""

    scale: Linear | Band
    labels: list[axes.Tick]
    turned: int
    below: float


def base_of(chart: Chart, plot: float, room: Room) -> Base:
    """Give the axis along the base of a plot of `plot` px."""
    field = chart.channels.base
    if chart.mark == "histogram":
        low, high = min(row.base for row in chart.rows), max(row.base for row in chart.rows) + chart.bin
        edges = within(low, high, max(int(plot / 56), 1), whole=field.type == "integer")
        return Base(Linear(low, high, 0.0, plot), _labelled(edges, chart.lang, field.unit), 0, LINE + 6)
    if chart.channels.kind == "ordinal":
        return _names(chart, plot)
    places = [float(each) for each in chart.bases]
    low, high = min(places), max(places)
    inset = 0.0
    if chart.channels.bars:
        inset = layers.thickness(places, plot) / 2 / 0.8
    elif chart.mark == "point" or low == high:
        inset = 8.0
    scale = Linear(low, high, inset, plot - inset)
    if chart.channels.kind == "temporal":
        found = axes.time_ticks(low, high, plot, chart.lang, chart.era)
    elif is_year(field):
        found = axes.year_ticks(low, high, plot, field, chart.lang, chart.era)
    else:
        values = ticks(low, high, 3 if room.compact or room.narrow else 6, field.type == "integer")
        values = values if low != high else [low]
        scale = Linear(values[0], values[-1], 0.0, plot) if low != high else scale
        found = _labelled(values, chart.lang, field.unit)
    if low == high and len(found) > 1:
        found = found[-1:]
    return Base(scale, found, 0, LINE * max((len(said) for _, said in found), default=1) + 6)


def _labelled(values: list[float], lang: str, unit: str) -> list[axes.Tick]:
    return [(each, [said]) for each, said in zip(values, axes.number_labels(values, lang, unit), strict=True)]


def _names(chart: Chart, plot: float) -> Base:
    """Give the axis of names: side by side where they fit, in lines, every n-th year, or turned."""
    scale = Band(chart.bases, 0.0, plot)
    if axes.kind_of(chart.channels.base) == "quantitative":
        labels = [(scale.at(each), [each]) for each in scale.names]
        return Base(scale, axes.thinned(labels, plot), 0, LINE + 6)
    lines = [wrapped(each, scale.step - 4) for each in scale.names]
    kept = all(breaks_well(said) and not said[-1].endswith("…") for said in lines)
    if kept and all(width_of(part) <= scale.step - 2 for said in lines for part in said):
        labels = [(scale.at(each), said) for each, said in zip(scale.names, lines, strict=True)]
        return Base(scale, labels, 0, LINE * max(map(len, lines)) + 6)
    turned = TURNED if scale.step * math.sin(math.radians(TURNED)) >= LINE else UPENDED
    names = list(scale.names)[:: max(1, math.ceil((LINE - 2) / max(scale.step, 0.1)))]
    cut = {each: wrapped(each, LONGEST, most=1)[0] for each in names}
    labels = [(scale.at(each), [cut[each]]) for each in names]
    longest = max(width_of(each) for each in cut.values())
    return Base(scale, labels, turned, longest * math.sin(math.radians(turned)) + 18)


def below(base: Base, tall: float, left: float, right: float, plot: float) -> str:
    """Give the labels below a plot; those at its ends stay inside of the drawing."""
    parts = []
    for place, said in base.labels:
        x = base.scale.at(place) if isinstance(base.scale, Linear) else place
        if base.turned:
            x += 4 if base.turned == UPENDED else 2
            turn = f"rotate({-base.turned} {plain(x)} {plain(tall + 14)})"
            parts.append(text(x, tall + 14, said, "end", transform=turn))
        else:
            half = max(width_of(each) for each in said) / 2
            parts.append(text(min(max(x, half - left), plot + right - half), tall + 17, said, "middle"))
    return "".join(parts)
