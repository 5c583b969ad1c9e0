"""The steps that clean cells, in the order in which they apply. A recipe lists their names; the field says the rest.

The law: every step is a function of one cell and its field, and what all together made they leave as it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kawaraban.tidying import dates, lists, marks, missing, numbers, pairs, times, trim, widths

Clean = Callable[[str, Mapping[str, Any]], str]
NOTHING = re.compile("")
KEPT = 10_000  # different cells of a column whose result is remembered


@dataclass(frozen=True, slots=True)
class Step:
    """`clean` gives a cell tidy; `touches` says whether a field's cells may change at all."""

    clean: Clean
    touches: Callable[[Mapping[str, Any]], bool]


def _step(module: ModuleType) -> Step:
    return Step(module.clean, module.touches)


STEPS: dict[str, Step] = {
    "trim": _step(trim),  # every type
    "widths": _step(widths),  # figures, dates, flags; codes and readings by their name
    "missing": _step(missing),  # every type but text
    "marks": _step(marks),  # boolean
    "dates": _step(dates),  # date, datetime, yearmonth, year
    "times": _step(times),  # time
    "pairs": _step(pairs),  # number, of latitudes and longitudes
    "numbers": _step(numbers),  # number, integer
    "lists": _step(lists),  # string, where the recipe says so
}
# steps that make two columns of one: what gives the two cells, None where a cell cannot be split
SPLITS: dict[str, Callable[[str], tuple[str, str] | None]] = {"times": times.split, "pairs": pairs.split}


# how a cell of a type looks that no step would change: most do, and are asked nothing else
ALREADY = {"integer": numbers.NO_FRACTION, "number": numbers.PLAIN, **dates.TIDY}


def cleaner(field: Mapping[str, Any], steps: Iterable[str]) -> Callable[[str], str]:
    """Give one function that cleans the cells of a field by the named steps, in the order of `STEPS`."""
    wanted = set(steps)
    chosen = [step.clean for name, step in STEPS.items() if name in wanted and step.touches(field)]
    if not chosen:
        return str
    if set(chosen) <= {trim.clean, widths.clean}:  # cheaper than to remember
        return _composed(chosen, field)
    return _remembering(_composed(chosen, field), ALREADY.get(str(field.get("type"))))


def _composed(chosen: list[Clean], field: Mapping[str, Any]) -> Callable[[str], str]:
    first, *others = chosen

    def clean(cell: str) -> str:
        cell = first(cell, field)
        for each in others:
            cell = each(cell, field)
        return cell

    return clean


def _remembering(clean: Callable[[str], str], already: re.Pattern[str] | None) -> Callable[[str], str]:
    """Give the same function, which keeps what became of a cell, up to a bound: values repeat in a column."""
    known: dict[str, str] = {}
    is_tidy = (already or NOTHING).fullmatch

    def remembered(cell: str) -> str:
        done = known.get(cell)
        if done is None:
            if is_tidy(cell):
                return cell
            done = clean(cell)
            if len(known) >= KEPT:
                known.clear()
            known[cell] = done
        return done

    return remembered
