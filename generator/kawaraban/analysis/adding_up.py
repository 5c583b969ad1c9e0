"""What the consolidated rows add up to, for comparing with a total that somebody stated."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kawaraban.analysis.consolidation import Combined
from kawaraban.analysis.writing import NUMBER


@dataclass(frozen=True, slots=True)
class Sum:
    """What the rows add up to. Where rows of one place differ, it is not one number: `least` and `most` are its ends.

    `blank` and `text` count the cells that hold nothing, and no number.
    """

    least: Decimal
    most: Decimal
    blank: int = 0
    text: int = 0


def count_places(combined: Combined, publisher: str = "", publishers: Sequence[str] = ()) -> int:
    """Give how many places there are, a group being one; of one publisher where it is named."""
    chosen = _chosen(combined, publisher, publishers)
    groups = combined.group_of()
    return len({groups.get(index, -index - 1) for index in chosen})


def add_up(combined: Combined, column: str, publisher: str = "", publishers: Sequence[str] = ()) -> Sum | None:
    """Give the sum of a column, each place once; None where there is no such column."""
    at = next((index for index, each in enumerate(combined.columns) if each.name == column), None)
    if at is None:
        return None
    groups = combined.group_of()
    said: dict[int, set[Decimal]] = {}
    blank = text = 0
    for index in _chosen(combined, publisher, publishers):
        cell = combined.rows[index].cells[at]
        place = groups.get(index, -index - 1)
        if NUMBER.fullmatch(cell):
            said.setdefault(place, set()).add(Decimal(cell))
        elif cell:
            text += 1
        else:
            blank += 1
    return Sum(sum(map(min, said.values()), Decimal()), sum(map(max, said.values()), Decimal()), blank, text)


def _chosen(combined: Combined, publisher: str, publishers: Sequence[str]) -> list[int]:
    return [index for index, row in enumerate(combined.rows) if not publisher or publishers[row.source] == publisher]
