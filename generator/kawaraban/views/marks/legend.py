"""The names of the series above a plot, where they cannot stand beside their marks."""

from kawaraban.views.lettering import width_of, wrapped
from kawaraban.views.plot import Chart, Drawn
from kawaraban.views.svg import COLOURS, DASHES, colour, element, line, rect, text

ROW = 18  # px of a row of names
SWATCH = 16  # px of a colour and the gap behind it
GAP = 14  # px between two names


def dash(number: int) -> str:
    """Give the dash of a line: lines have no ninth colour, so the next eight are dashed."""
    return DASHES[number // COLOURS % len(DASHES)] if number >= 0 else ""


def strength(number: int) -> str:
    """Give the opacity of a filled mark: the next eight are paler."""
    return "" if number < COLOURS else "0.55"


def legend(chart: Chart, width: float, named: bool = True, average: bool = False) -> Drawn:
    """Give the rows of names, of the series where they are to be `named`; no height where there are none."""
    parts, x, y = [], 0.0, 0.0
    entries = [
        (name, number, chart.mark == "line" or name in chart.lines)
        for number, name in enumerate(chart.series if named else ())
    ]
    if average:
        entries.append((chart.average_name, -1, True))
    for name, number, as_line in entries:
        (label,) = wrapped(name, min(width - SWATCH, 200), most=1)
        wide = SWATCH + width_of(label)
        if x and x + wide > width:
            x, y = 0.0, y + ROW
        ink = "currentColor" if number < 0 else colour(number)
        if as_line:
            parts.append(line(x, y + 8, x + 11, y + 8, stroke=ink, stroke_width=3, stroke_dasharray=dash(number)))
        elif chart.mark == "point":
            parts.append(element("circle", cx=x + 5.5, cy=y + 8.0, r=4, fill=ink, fill_opacity=strength(number)))
        else:
            parts.append(rect(x, y + 3, 11, 10, fill=ink, fill_opacity=strength(number)))
        parts.append(text(x + SWATCH, y + 12, label))
        x += wide + GAP
    return Drawn("".join(parts), width, y + ROW if entries else 0.0)
