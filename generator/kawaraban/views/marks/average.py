"""The moving average: of each value and those before it."""

from typing import Any

from kawaraban.views.plot import Chart


def averages(chart: Chart) -> list[tuple[Any, float]]:
    """Give each place, from the first that has enough before it, and the mean of the last `average` values up to it.

    The parts of a stack are added up.
    """
    totals: dict[Any, float] = {}
    for row in chart.rows:
        totals[row.base] = totals.get(row.base, 0.0) + row.measure
    places, values = list(totals), list(totals.values())
    window = chart.average
    return [
        (place, sum(values[index + 1 - window : index + 1]) / window)
        for index, place in enumerate(places)
        if window and index + 1 >= window
    ]
