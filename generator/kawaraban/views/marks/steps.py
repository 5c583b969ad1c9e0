"""Numbers as steps of one colour: a heat map's days, a map's areas."""

from dataclasses import dataclass
from itertools import pairwise

from kawaraban.views.lettering import width_of
from kawaraban.views.plot import Chart, Drawn
from kawaraban.views.scales import ticks
from kawaraban.views.svg import rect, text
from kawaraban.views.text import number_text

STRENGTHS = ("0.15", "0.32", "0.49", "0.66", "0.83", "1")
ZERO = "0.06"  # of the colour, where nothing happened
NOTHING = "0.06"  # of ink, where there is no value
ROW = 20  # px of a row of the legend


@dataclass(frozen=True, slots=True)
class Steps:
    """The lowest and the highest number of each step; `zero` where the first is nought alone."""

    ranges: tuple[tuple[float, float], ...]
    zero: bool = False

    def strength(self, value: float) -> str:
        """Give the opacity for a value."""
        return self.strengths[max(0, sum(value >= low for low, _ in self.ranges) - 1)]

    @property
    def strengths(self) -> tuple[str, ...]:
        count = len(self.ranges) - self.zero
        last = len(STRENGTHS) - 1
        found = (STRENGTHS[round(each * last / (count - 1)) if count > 1 else last] for each in range(count))
        return ((ZERO,) if self.zero else ()) + tuple(found)

    def said(self) -> list[str]:
        """Give what each step stands for: 10–19."""
        return [
            number_text(low) if low == high else f"{number_text(low)}–{number_text(high)}"
            for low, high in self.ranges
        ]


def steps_of(chart: Chart) -> Steps:
    """Give round steps, six at most and nought, that hold every value of the chart."""
    values = [row.measure for row in chart.rows]
    low, high = (min(values), max(values)) if chart.domain is None else chart.domain
    most = len(STRENGTHS)
    whole = all(each.is_integer() for each in values)
    if whole and high - low < most:
        return Steps(tuple((float(each), float(each)) for each in range(int(low), int(high) + 1)), low == 0 < high)
    tried = (ticks(low, high, count, whole) for count in range(most + 1, 0, -1))
    edges = next(each for each in tried if len(each) <= most + 1)
    if not whole:
        return Steps(tuple(pairwise(edges)))
    found = [(edge, following - 1) for edge, following in pairwise(edges)]
    found[-1] = (found[-1][0], max(high, found[-1][0]))
    zero = low == 0 and edges[0] == 0 and edges[1] > 1
    if zero:
        found = [(0.0, 0.0), (1.0, found[0][1]), *found[1:]]
    return Steps(tuple(found), zero)


def legend_of(chart: Chart, steps: Steps, width: float, missing: str = "") -> Drawn:
    """Give the steps and what they stand for, in rows."""
    parts, x, y = [], 0.0, 0.0
    entries = [(strength, "var(--kb-1)", said) for strength, said in zip(steps.strengths, steps.said(), strict=True)]
    entries[-1] = (*entries[-1][:2], entries[-1][2] + chart.channels.unit)
    if missing:
        entries.append((NOTHING, "currentColor", missing))
    for strength, ink, said in entries:
        wide = 18 + width_of(said)
        if x and x + wide > width:
            x, y = 0.0, y + ROW
        parts.append(rect(x, y + 2, 12, 12, fill=ink, fill_opacity=strength))
        parts.append(text(x + 18, y + 12, said))
        x += wide + 14
    return Drawn("".join(parts), width, y + ROW)
