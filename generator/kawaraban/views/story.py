"""How a consolidated table was made, as its template takes it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from kawaraban.analysis.summary import Consolidation, Part, Spot
from kawaraban.reporting.deciding import WHYS
from kawaraban.views.text import iso_text

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

TITLES = 5  # references that are named
NAMED = 30  # columns of a file that are named; the others are counted


def story(told: Consolidation | None, lang: str) -> Mapping[str, Any] | None:
    """Give the values of the template; None where the dataset is made of no others."""
    if told is None:
        return None
    return {
        "told": told,
        "apart": [_apart(part) for part in told.parts if part.others or part.left_out],
        "percent": percent,
        "figure": figure,
        "day": partial(day, lang=lang),
        "name_of": name_of,
        "several": {name for name, count in Counter(part.publisher for part in told.parts).items() if count > 1},
        "reference_names": _titles(told),
    }


def percent(part: int | None, whole: int) -> str:
    """Give a share in whole percent; less than all never is 100."""
    if not whole:
        return "–"
    share = round(100 * (part or 0) / whole)
    return f"{min(share, 99) if (part or 0) < whole else share}%"


def figure(number: str) -> str:
    """Give a number with commas."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}{point}{rest}"


def day(told: str, lang: str) -> str:
    """Give a day or a month (2025-04) as it is read."""
    if MONTH.fullmatch(told):
        return f"{told[:4]}年{int(told[5:])}月" if lang.startswith("ja") else told
    return iso_text(told, lang)


def name_of(spot: Spot, at: int) -> str:
    """Give who says something of a place: the publisher, and the file where that one has said something else too."""
    publisher, _, file, _ = spot.rows[at]
    alone = sum(each[0] == publisher for each in spot.rows) == 1
    return publisher if alone else f"{publisher} {file}"


def _titles(told: Consolidation) -> str:
    """Give the titles of the references; of many the first ones."""
    titles = list(dict.fromkeys(title for _, title, _ in told.references))
    return "、".join(titles[:TITLES]) + ("…" if len(titles) > TITLES else "")


def _apart(part: Part) -> tuple[Part, str, int, Sequence[tuple[str, int]]]:
    """Give what of a file is not in the table: names of columns, how many more, rows that are no data by why."""
    named = "、".join(f"{name or '―'} {count:,}" for name, count in part.others[:NAMED])
    return (
        part,
        named,
        max(len(part.others) - NAMED, 0),
        [(WHYS.get(why, why), count) for why, count in part.left_out],
    )
