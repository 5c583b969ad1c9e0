"""Values -> how many of them lie in each bin of a round width."""

import math
from collections import Counter
from collections.abc import Sequence

from kawaraban.views.plot import Row
from kawaraban.views.scales import step_of

FEWEST, MOST = 5, 20  # bins where nobody says how many


def binned(
    values: Sequence[float], panels: Sequence[str], wanted: int | None, whole: bool
) -> tuple[float, list[Row]]:
    """Give the width of the bins, and a row for each: its lower edge and how many values it has.

    A value at an edge belongs to the bin above it. All panels have the same bins, the empty ones among them.
    """
    if not values:
        return 1.0, []
    low, high = min(values), max(values)
    count = wanted or max(FEWEST, min(MOST, math.ceil(math.sqrt(len(values)))))
    step = step_of((high - low) or 1.0, count, whole)
    first, last = math.floor(low / step + 1e-9), math.floor(high / step + 1e-9)
    found = Counter((panel, math.floor(each / step + 1e-9)) for each, panel in zip(values, panels, strict=True))
    rows = [
        Row(round(number * step, 12), float(found[panel, number]), "", panel)
        for panel in dict.fromkeys(panels)
        for number in range(first, last + 1)
    ]
    return step, rows
