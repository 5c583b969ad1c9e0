"""What the page of a consolidated dataset tells beside its table. Plain values that can be kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN = 50  # places whose differences are shown


@dataclass(frozen=True, slots=True)
class Part:
    """A table that was consolidated, or `why` it was not.

    `recognised` of its `columns` are the standard's; `others` are those that are not, with how many cells they hold.
    `found` counts the rows that the references hold too. `left_out` are rows of the file that are no data, by why.
    """

    slug: str
    title: str
    publisher: str = ""
    as_of: str = ""
    file: str = ""
    sheet: str = ""
    rows: int = 0
    recognised: int = 0
    columns: int = 0
    others: tuple[tuple[str, int], ...] = ()
    found: int | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    checked: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that several rows are about: `rows` say (publisher, slug, file, row); `differences` what they say."""

    name: str
    rows: tuple[tuple[str, str, str, int], ...]
    differences: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A stated total beside what the rows give; `most` differs from `least` where rows of one place differ."""

    publisher: str
    column: str
    stated: str
    source: str
    least: str
    most: str
    difference: str
    blank: int = 0
    text: int = 0


@dataclass(frozen=True, slots=True)
class Consolidation:
    """How a consolidated table was made.

    `places` counts a group of rows once; it is 0 where the rows are no places. `spots` are the first that differ.
    """

    standard: str
    title: str
    edition: str
    rows: int
    places: int
    groups: int
    differing: int
    parts: tuple[Part, ...]
    spots: tuple[Spot, ...] = ()
    totals: tuple[Total, ...] = ()
    references: tuple[tuple[str, str, int], ...] = ()
    found: int | None = None


def restore(kept: Mapping[str, Any]) -> Consolidation:
    """Give what was kept as JSON."""
    plain = {key: _frozen(value) for key, value in kept.items()}
    return Consolidation(**{
        **plain,
        "parts": tuple(Part(**{key: _frozen(each[key]) for key in each}) for each in kept["parts"]),
        "spots": tuple(Spot(**{key: _frozen(each[key]) for key in each}) for each in kept["spots"]),
        "totals": tuple(Total(**each) for each in kept["totals"]),
    })  # fmt: skip


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
