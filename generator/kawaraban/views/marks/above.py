"""What is written over a plot: notes at their moments, targets at their heights."""

from kawaraban.views.lettering import LINE, width_of, wrapped
from kawaraban.views.plot import Chart, Drawn, Room
from kawaraban.views.scales import Band, Linear
from kawaraban.views.svg import line, text

GAP = 8  # px between two notes on one level


def notes(chart: Chart, x: Linear | Band, left: float, plot: float, tall: float, room: Room) -> Drawn:
    """Give the notes above the plot, each with a thread down to the base, on as many levels as they need.

    A note stands to the right of its thread, so it is placed after those right of it, above what is in its way.
    """
    if room.compact:
        return Drawn("", 0.0, 0.0)
    found = []
    for base, said in chart.notes:
        at = x.at(base)
        lines = wrapped(said, min(plot * 0.45, 190), most=2)
        wide = max(width_of(each) for each in lines)
        begin = at + 4 if at + 4 + wide <= plot + 8 else at - 4 - wide
        found.append((at, begin, wide, lines))
    levels: list[list[tuple[float, float]]] = []
    depth: list[int] = []
    placed = []
    for at, begin, wide, lines in sorted(found, key=lambda each: -each[0]):
        level = 0
        while level < len(levels) and any(
            begin < end + GAP and start - GAP < begin + wide + GAP for start, end in levels[level]
        ):
            level += 1
        if level == len(levels):
            levels.append([])
            depth.append(0)
        levels[level].append((begin, begin + wide))
        depth[level] = max(depth[level], len(lines))
        placed.append((level, at, begin, lines))
    inner = ""
    for level, at, begin, lines in placed:
        top = -sum(depth[: level + 1]) * LINE - 4
        inner += line(at, top, at, tall, stroke_dasharray="3 3", stroke_opacity="0.7")
        inner += text(max(begin, -left), top + 11, lines, halo=True)
    return Drawn(inner, plot, float(sum(depth) * LINE + 6 if depth else 0))


def targets(chart: Chart, y: Linear, plot: float) -> str:
    """Give a dashed line at each target, with its name and its value at the left above it."""
    inner = ""
    for name, value in chart.targets:
        at = y.at(value)
        inner += line(0, at, plot, at, stroke_dasharray="7 4", stroke_width=1.5)
        inner += text(4, at - 5 if at > LINE else at + LINE, target_text(chart, name, value), halo=True)
    return inner


def target_text(chart: Chart, name: str, value: float) -> str:
    return f"{name} {chart.label(value)}{chart.channels.unit}".strip()
