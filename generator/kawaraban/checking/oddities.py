"""Latitudes and longitudes -> which cannot be places in Japan, and what they are instead.

Each position is in at most one of the groups, so that one mistake is told once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from kawaraban.tidying.pairs import LATITUDES, LONGITUDES

(SOUTH, NORTH), (WEST, EAST) = LATITUDES, LONGITUDES
HALF = 0.5  # from this share on, it is not a row that is wrong
NEARLY_ALL = 0.9
SAMPLE = 1000  # positions read as text, where the form of the numbers matters


@dataclass(frozen=True, slots=True)
class Oddities:
    """Positions (numpy arrays of int64) by what is odd at them.

    `whole` says what the two columns are as a whole, instead of latitude and longitude; the groups are empty then.
    `elsewhere` is true where most places of the table lie abroad: then it is not about Japan.
    """

    zero: Any
    equal: Any
    swapped: Any
    impossible: Any
    abroad: Any
    whole: Literal["", "swapped", "metres", "packed"] = ""
    elsewhere: bool = False


def in_japan(north: Any, east: Any) -> Any:
    """Give the mask of what lies in the box around Japan."""
    return (north >= SOUTH) & (north <= NORTH) & (east >= WEST) & (east <= EAST)


def find_oddities(north: Any, east: Any, packed: Callable[[Any], bool], alone: bool) -> Oddities:
    """Give what is odd in the numbers. `packed` says of some positions if they are degrees, minutes and seconds.

    `alone` says that even a single place tells what the whole file is (a polygon of a hundred corners does).
    """
    import numpy as np

    none = np.zeros(0, np.int64)
    located = np.isfinite(north) & np.isfinite(east)
    count = int(located.sum())
    at = np.flatnonzero((located & ~in_japan(north, east)) | (north == 0) | (east == 0))
    if not len(at):
        return Oddities(none, none, none, none, none)
    y, x = north[at], east[at]
    swapped = in_japan(x, y)
    zero = (y == 0) | (x == 0)
    impossible = ((np.abs(y) > 90) | (np.abs(x) > 180)) & ~swapped & ~zero
    equal = (y == x) & ~zero & ~impossible
    abroad = np.isfinite(y) & np.isfinite(x) & ~swapped & ~zero & ~impossible & ~equal
    several = count > 1 or alone
    if several and swapped.sum() >= NEARLY_ALL * count:
        return Oddities(none, none, none, none, none, "swapped")
    if count and impossible.sum() >= HALF * count:
        found = at[impossible]
        if packed(found[:: max(1, len(found) // SAMPLE)]):
            return Oddities(none, none, none, none, none, "packed")
        if several:
            return Oddities(none, none, none, none, none, "metres")
    elsewhere = bool(abroad.sum() > HALF * count)
    if elsewhere:  # the equator and the meridian of Greenwich are places too
        zero = (y == 0) & ((x == 0) | np.isnan(x)) | (x == 0) & np.isnan(y)
    return Oddities(at[zero], at[equal], at[swapped], at[impossible], at[abroad], "", elsewhere)
