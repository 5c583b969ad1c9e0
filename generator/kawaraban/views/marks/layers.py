"""The marks between the axes of an upright chart."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from kawaraban.views.lettering import width_of
from kawaraban.views.marks.average import averages
from kawaraban.views.marks.legend import dash, strength
from kawaraban.views.plot import Chart, Room, Row
from kawaraban.views.scales import Band, Linear
from kawaraban.views.svg import colour, element, plain, polyline, rect, text, titled

Scale = Linear | Band
SPOKEN = 150  # marks that say their value when one points at them; more would only be in each other's way
PALE = "0.45"  # bars behind a moving average


def marks(chart: Chart, x: Scale, y: Linear, other: Linear | None, room: Room) -> str:
    """Give the marks of a chart, its moving average above them; `other` is the scale of lines with an own axis."""
    inner = LAYERS[chart.mark](chart, x, y, room)
    if chart.lines:
        inner += lines(chart, x, other or y, room)
    if chart.average and (points := [(x.at(base), y.at(value)) for base, value in averages(chart)]):
        inner += element(
            "path", d=polyline(points), fill="none", stroke="currentColor", stroke_width=2, stroke_linejoin="round"
        )  # fmt: skip
    return inner


def thickness(places: Sequence[float], plot: float) -> float:
    """Give the width of a bar among moments: a share of the shortest step between two."""
    found = sorted(set(places))
    if len(found) < 2:
        return min(plot * 0.3, 60.0)
    gap = min(after - before for before, after in pairwise(found))
    return max(1.0, plot / ((found[-1] - found[0]) / gap + 1) * 0.8)


def bars(chart: Chart, x: Scale, y: Linear, room: Room) -> str:
    """Give bars, side by side or stacked where there are several series."""
    names = [each for each in chart.series if each not in chart.lines] if chart.series else [""]
    whole = x.width if isinstance(x, Band) else thickness(list(chart.bases), x.end + x.start)
    side = 1 if chart.stacked else max(len(names), 1)
    pale = PALE if chart.average else ""
    tops: dict[tuple[Any, bool], float] = {}
    spoken = not room.narrow and len(chart.rows) <= SPOKEN
    parts = []
    for number, name in enumerate(names):
        pieces = []
        for row in _of(chart, name):
            up = row.measure >= 0
            begin = tops.get((row.base, up), 0.0) if chart.stacked else 0.0
            tops[row.base, up] = begin + row.measure
            width = whole / side
            left = x.at(row.base) - whole / 2 + (0 if chart.stacked else number * width)
            at, tall = y.at(begin + row.measure), y.at(begin) - y.at(begin + row.measure)
            if spoken:
                pieces.append(rect(left, at, width, tall, said(chart, row)))
            else:
                pieces.append(f"M{plain(left)},{plain(y.at(begin))}v{plain(-tall)}h{plain(width)}v{plain(tall)}z")
        inner = "".join(pieces) if spoken else element("path", d="".join(pieces))
        parts.append(
            element(
                "g", inner, fill=colour(_number(chart, name)), fill_opacity=pale or strength(_number(chart, name))
            )
        )
    labels = "" if chart.stacked or len(names) > 1 else _values(chart, x, y, whole)
    return "".join(parts) + labels


def _values(chart: Chart, x: Scale, y: Linear, whole: float) -> str:
    """Give the values above bars: of each where they fit, else of the last one where bars follow time."""
    if chart.lines:  # the line would run through them
        return ""
    step = x.step if isinstance(x, Band) else whole / 0.8
    labels = [chart.label(row.measure) for row in chart.rows]
    wanted = list(zip(chart.rows, labels, strict=True))
    if len(labels) > len(chart.bases) or max(width_of(each) for each in labels) > step - 2:
        in_time = chart.channels.kind != "ordinal" or chart.channels.base.type != "string"
        wanted = wanted[-1:] if in_time and not chart.average else []
    return "".join(
        text(
            min(x.at(row.base), x.end - width_of(label) / 2 + 8), y.at(max(row.measure, 0.0)) - 5, label, "middle",
            halo=True, font_weight="bold" if len(wanted) == 1 else "",
        )
        for row, label in wanted
    )  # fmt: skip


def lines(chart: Chart, x: Scale, y: Linear, room: Room) -> str:
    """Give a line through the values of each series, with a dot at its end."""
    parts = []
    for name in chart.series or ("",):
        if chart.lines and name not in chart.lines:
            continue
        rows, number = _of(chart, name), _number(chart, name)
        if not rows:
            continue
        points = [(x.at(row.base), y.at(row.measure)) for row in rows]
        ink = colour(number)
        faint = "0.5" if chart.average else ""
        parts.append(
            element(
                "path", d=polyline(points), fill="none", stroke=ink, stroke_width=2.2, stroke_linejoin="round",
                stroke_dasharray=dash(number), stroke_opacity=faint,
            )
        )  # fmt: skip
        parts.append(element("circle", cx=points[-1][0], cy=points[-1][1], r=3.5, fill=ink))
        if not room.narrow and len(chart.rows) <= SPOKEN:
            spots = "".join(
                element("circle", titled(said(chart, row)), cx=place[0], cy=place[1], r=8)
                for row, place in zip(rows, points, strict=True)
            )
            parts.append(element("g", spots, fill_opacity="0"))
    return "".join(parts)


def areas(chart: Chart, x: Scale, y: Linear, _: Room) -> str:
    """Give areas, one on top of the other; a series that lacks a place is nothing there."""
    places = list(dict.fromkeys(row.base for row in chart.rows))
    floor = dict.fromkeys(places, 0.0)
    parts = []
    for name in chart.series or ("",):
        own: dict[Any, float] = {}
        for row in _of(chart, name):
            own[row.base] = own.get(row.base, 0.0) + row.measure
        top = {each: floor[each] + own.get(each, 0.0) for each in places}
        edge = [(x.at(each), y.at(top[each])) for each in places]
        back = [(x.at(each), y.at(floor[each])) for each in reversed(places)]
        number = _number(chart, name)
        parts.append(
            element(
                "path", d=polyline([*edge, *back]) + "Z", fill=colour(number), stroke="var(--kb-paper)",
                fill_opacity=PALE if chart.average else strength(number),
            )
        )  # fmt: skip
        floor = top
    return "".join(parts)


def points(chart: Chart, x: Scale, y: Linear, room: Room) -> str:
    """Give a dot for each value."""
    spoken = not room.narrow and len(chart.rows) <= SPOKEN
    parts = []
    for name in chart.series or ("",):
        number = _number(chart, name)
        dots = "".join(
            element(
                "circle", titled(said(chart, row)) if spoken else "", cx=x.at(row.base), cy=y.at(row.measure), r=3.5
            )
            for row in _of(chart, name)
        )
        parts.append(element("g", dots, fill=colour(number), fill_opacity="0.8" if number < 8 else "0.45"))
    return "".join(parts)


def bins(chart: Chart, x: Scale, y: Linear, _: Room) -> str:
    """Give the bars of a histogram: as wide as what they count, a hairline apart."""
    parts = []
    for row in chart.rows:
        left, right = x.at(row.base), x.at(row.base + chart.bin)
        tall = y.at(0.0) - y.at(row.measure)
        parts.append(rect(left + 0.5, y.at(row.measure), max(right - left - 1, 0.5), tall, said(chart, row)))
        label = chart.label(row.measure)
        if row.measure and width_of(label) <= right - left:
            parts.append(text((left + right) / 2, y.at(row.measure) - 5, label, "middle", fill="currentColor"))
    return element("g", "".join(parts), fill=colour(0))


def said(chart: Chart, row: Row) -> str:
    """Give what a mark says: its series, its place, its value."""
    unit = chart.line_unit if row.series in chart.lines else None
    return " ".join(each for each in (row.series, chart.place(row.base), chart.said(row.measure, unit)) if each)


def _of(chart: Chart, name: str) -> Sequence[Row]:
    return chart.of_series(name) if chart.series else chart.rows


def _number(chart: Chart, name: str) -> int:
    return chart.series.index(name) if chart.series else 0


LAYERS: Mapping[str, Callable[[Chart, Scale, Linear, Room], str]] = {
    "line": lines,
    "bar": bars,
    "grouped bar": bars,
    "stacked bar": bars,
    "bar with line": bars,
    "area": areas,
    "point": points,
    "histogram": bins,
}
