"""Small multiples: one panel for each value of `facet:`, all with the same axis, so that they can be compared."""

from collections.abc import Callable
from dataclasses import replace

from kawaraban.views.lettering import LINE, wrapped
from kawaraban.views.marks.legend import legend
from kawaraban.views.marks.steps import legend_of, steps_of
from kawaraban.views.plot import STEPPED, Chart, Drawn, Room
from kawaraban.views.svg import element, plain, text

GAP = 22  # px between panels
WHOLE = ("calendar",)  # marks that need the whole width


def panels(chart: Chart, room: Room, draw: Callable[[Chart, Room], Drawn]) -> Drawn:
    """Give the panels in rows, each below its name."""
    columns = 1 if chart.mark in WHOLE else min(len(chart.panels), 2 if room.narrow else 3)
    width = (room.width - GAP * (columns - 1)) / columns
    names = (
        legend(chart, room.width, average=bool(chart.average)) if chart.mark not in ("pyramid", *STEPPED) else None
    )
    shared = replace(chart, domain=chart.extent(), places=tuple(chart.bases))
    inner = names.inner if names else ""
    y = names.height + 6 if names and names.height else 0.0
    if names and chart.channels.unit:
        inner += text(0, y + 11, chart.channels.unit)
        y += 22
    for at in range(0, len(chart.panels), columns):
        below = 0.0
        for column, name in enumerate(chart.panels[at : at + columns]):
            said = wrapped(name or "—", width, most=2)
            small = replace(room, width=width, compact=chart.mark not in WHOLE, legend=False)
            own = draw(shared.of_panel(name), small)
            head = LINE * len(said) + 6
            body = text(0, 12, said, font_weight="bold") + element(
                "g", own.inner, transform=f"translate(0,{plain(head)})"
            )
            place = f"translate({plain(column * (width + GAP))},{plain(y)})"
            inner += element("g", body, transform=place)
            below = max(below, head + own.height)
        y += below + 16
    if chart.mark in STEPPED:
        steps = legend_of(chart, steps_of(chart), room.width, chart.words.get("missing", ""))
        return Drawn(
            inner + element("g", steps.inner, transform=f"translate(0,{plain(y)})"), room.width, y + steps.height
        )
    return Drawn(inner, room.width, y - 16)
