"""The marks of charts: a chart and the room it has -> SVG. What a mark is called in a fence stands here."""

from collections.abc import Callable, Mapping

from kawaraban.views.marks import calendar, choropleth, lying, pyramid, upright
from kawaraban.views.marks.panels import panels
from kawaraban.views.plot import Chart, Drawn, Room

Draw = Callable[[Chart, Room], Drawn]
MARKS: Mapping[str, Draw] = {
    "line": upright.draw,
    "bar": upright.draw,
    "grouped bar": upright.draw,
    "stacked bar": upright.draw,
    "bar with line": upright.draw,
    "area": upright.draw,
    "point": upright.draw,
    "histogram": upright.draw,
    "pyramid": pyramid.draw,
    "calendar": calendar.draw,
    "choropleth": choropleth.draw,
}


def drawn(chart: Chart, room: Room) -> Drawn:
    """Give the chart's drawing, in panels where it has them."""
    draw = lying.draw if chart.channels.lying and chart.mark != "pyramid" else MARKS[chart.mark]
    return panels(chart, room, draw) if chart.panels else draw(chart, room)
