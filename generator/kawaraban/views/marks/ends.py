"""Names beside the end of lines and areas instead of a legend, where they fit."""

from dataclasses import dataclass

from kawaraban.views import axes
from kawaraban.views.lettering import LINE, width_of
from kawaraban.views.marks.average import averages
from kawaraban.views.plot import Chart, Room
from kawaraban.views.scales import Linear
from kawaraban.views.svg import colour, line, text

MOST = 6  # series that are named at their ends
SHARE = {"wide": 0.3, "narrow": 0.24}  # of the width, for the names at most
LEAD = 16  # px from the end of a line to its name


@dataclass(frozen=True, slots=True)
class End:
    """One name: what it says, where its line ends, its number among the series (-1 for the average)."""

    said: str
    value: float
    number: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """The names at the right of a plot, and the px that they need."""

    found: tuple[End, ...] = ()
    room: float = 0.0
    named: bool = False
    averaged: bool = False

    def drawn(self, y: Linear, plot: float, tall: float) -> str:
        """Give the names, each with a thread to the end of its line."""
        places = axes.shifted([y.at(each.value) for each in self.found], LINE, 4.0, tall)
        parts = []
        for end, place in zip(self.found, places, strict=True):
            at = y.at(end.value)
            if len(self.found) > 1:
                ink = colour(end.number) if end.number >= 0 else "currentColor"
                parts.append(line(plot + 5, at, plot + LEAD - 3, place, stroke=ink))
            weight = "bold" if end.bold else ""
            before = LEAD if len(self.found) > 1 else 8
            parts.append(text(plot + before, place + 4, end.said, font_weight=weight))
        return "".join(parts)


def ends_of(chart: Chart, room: Room) -> Ends:
    """Give the names that stand at the ends of a chart's marks; none where a legend serves better."""
    most = room.width * SHARE["narrow" if room.narrow else "wide"]
    last = averages(chart)[-1:] if chart.average and not room.compact and not room.narrow else []
    average = tuple(End(chart.average_name, value, -1) for _, value in last)
    names: tuple[End, ...] = ()
    if chart.mark == "line" and not chart.series and chart.rows:
        value = chart.rows[-1].measure
        names = (End(chart.label(value), value, 0, bold=True),)
    elif chart.series and len(chart.series) <= MOST and not room.compact:
        names = _series(chart, most)
    for found in ((*names, *average), names, average):
        wide = max((width_of(each.said) * (1.05 if each.bold else 1) for each in found), default=0.0)
        tall = room.tall if chart.height is None else chart.height
        if found and (wide <= most or not chart.series) and len(found) * LINE <= tall:
            need = wide + (LEAD if len(found) > 1 else 8)
            named = bool(names) and names[0] in found
            return Ends(found, need, named or not chart.series, bool(average) and average[0] in found)
    return Ends(named=not chart.series)


def _series(chart: Chart, most: float) -> tuple[End, ...]:
    """Give name and last value of each line, or name alone where there is no room, or the names of bands."""
    last = {name: rows[-1] for name in chart.series if (rows := chart.of_series(name))}
    end = chart.rows[-1].base if chart.rows else None
    if chart.mark == "line":
        both = tuple(
            End(f"{name} {chart.label(row.measure)}", row.measure, number)
            for number, (name, row) in enumerate(last.items())
        )
        if max(width_of(each.said) for each in both) + LEAD <= most:
            return both
        return tuple(End(name, row.measure, number) for number, (name, row) in enumerate(last.items()))
    if chart.mark == "area" and all(row.base == end for row in last.values()) and len(last) == len(chart.series):
        found, floor = [], 0.0
        for number, (name, row) in enumerate(last.items()):
            found.append(End(name, floor + row.measure / 2, number))
            floor += row.measure
        return tuple(found)
    return ()
