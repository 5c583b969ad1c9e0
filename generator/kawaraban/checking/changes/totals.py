"""A total that jumped: thousands of yen written as yen, two digits too many, a column shifted."""

import math
from collections.abc import Iterator

from kawaraban.checking.change import Change, Difference, Pair, Version
from kawaraban.checking.periods import series_column
from kawaraban.roles import is_code, role_of

TIMES = 10  # where nothing is known of earlier changes
FEWER = 3  # where at least two are known, and all were much smaller
UNUSUAL = 3  # times the largest of them, as powers
KNOWN = 2
FEWEST = 3  # numbers; a single one may be anything


def look(pair: Pair) -> Iterator[Difference]:
    """Give every column of numbers whose sum and mean both changed by a factor that was not seen before."""
    series = series_column(pair.new.table)
    for column, name in enumerate(pair.new.table.columns):
        if column == series or role_of(name) or is_code(name) or not _is_number(pair, name):
            continue
        total, before = _total(pair.new, name), _total(pair.old, name)
        power = _power(total, before)
        if abs(power) >= math.log10(FEWER) and _unusual(pair, name, abs(power)):
            details = {"old": _shown(before[0]), "new": _shown(total[0])}
            yield Difference(column, value=_shown(total[0]), details=details)


def _is_number(pair: Pair, name: str) -> bool:
    versions = (pair.new, pair.old)
    return all(name in each.table.columns and each.type(name) in ("integer", "number") for each in versions)


def _total(version: Version, name: str) -> tuple[float, int]:
    """Give the sum of a column, and of how many numbers it is."""
    import pyarrow.compute as pc

    if name not in version.table.columns:
        return 0.0, 0
    numbers = version.numbers(version.table.columns.index(name))
    return float(pc.sum(numbers).as_py() or 0.0), int(pc.count(numbers).as_py())


def _power(new: tuple[float, int], old: tuple[float, int]) -> float:
    """Give by which power of ten a total changed: sum or mean, whichever changed less; 0 where that says nothing."""
    if min(new[1], old[1]) < FEWEST or old[0] == 0 or new[0] / old[0] < 0:
        return 0.0
    if new[0] == 0:
        return -math.inf
    by_sum = math.log10(new[0] / old[0])
    by_mean = by_sum - math.log10(new[1] / old[1])
    return min(by_sum, by_mean, key=abs) if by_sum * by_mean > 0 else 0.0


def _unusual(pair: Pair, name: str, power: float) -> bool:
    powers = [
        abs(_power(newer, older))
        for newer, older in ((_total(new, name), _total(old, name)) for new, old in pair.steps)
        if min(newer[1], older[1]) >= FEWEST
    ]
    if len(powers) >= KNOWN:
        return power >= UNUSUAL * max(powers)
    return power >= math.log10(TIMES) and power > max(powers, default=0.0)


def _shown(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"


CHANGE = Change("total-jumped", "warning", look)
