"""What a workbook keeps from sight, whatever kind of workbook it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MOST = 20_000  # hidden cells of a sheet, and comments, whose text is given


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one sheet keeps from sight, where that holds something.

    `columns` are their numbers; `comments` are by cell, such as B7. `texts` are the hidden cells, row by row, each by
    its column. Texts are for searching only, never to be shown.
    """

    sheet: str
    whole: bool = False
    columns: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[Mapping[int, str], ...] = ()


@dataclass(slots=True)
class Unseen:
    """What is being found in a sheet, cell by cell."""

    sheet: str
    whole: bool = False
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    comments: dict[str, str] = field(default_factory=dict)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    count: int = 0

    def add(self, row: int, column: int, text: str, row_hidden: bool, column_hidden: bool) -> None:
        """Take a hidden cell that holds something into account."""
        if not text.strip():
            return
        if row_hidden and not self.whole:
            self.rows.add(row)
        elif column_hidden and not self.whole:
            self.columns.add(column)
        self.count += 1
        if self.count <= MOST:
            self.texts.setdefault(row, {})[column] = text


def hidden_of(found: Iterable[Unseen]) -> tuple[Hidden, ...]:
    """Give what sheets hide, where they do."""
    return tuple(
        Hidden(
            each.sheet, each.whole and each.count > 0, tuple(sorted(each.columns)), tuple(sorted(each.rows)),
            each.comments, tuple(each.texts[row] for row in sorted(each.texts)),
        )
        for each in found
        if each.count or each.comments
    )  # fmt: skip
