"""Where a tidy cell stands in the file that the officer sees."""

from dataclasses import dataclass
from typing import Literal


def column_letters(number: int) -> str:
    """Give the letters a spreadsheet shows for column `number`, counted from 1 (28 is AB)."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Origin:
    """Where each tidy cell stands in the file that the officer sees.

    `numbers` gives the row number of each tidy row; None means that they follow the header without a gap.
    `form` is how that kind of file is spoken of: sheet (B7), rows (row 7, column 名称) or features.
    Where a recipe chose the columns, `layouts` gives the column in the file of each tidy column, from 1; where it
    made rows of columns, there are several, and `which` says which of them each tidy row goes by.
    """

    path: str
    form: Literal["sheet", "rows", "features"] = "sheet"
    sheet: str | None = None
    header: int = 1
    numbers: tuple[int, ...] | None = None
    layouts: tuple[tuple[int, ...], ...] = ()
    which: tuple[int, ...] | None = None

    @property
    def by_number(self) -> bool:
        """Say whether a row's number in the file tells which tidy row it is."""
        return self.form == "sheet" and self.which is None

    def row(self, index: int) -> int:
        """Give the row number in the file of tidy row `index`, counted from 0."""
        return self.header + 1 + index if self.numbers is None else self.numbers[index]

    def column(self, index: int, row: int | None = None) -> int:
        """Give the column in the file, from 1, of tidy column `index` in tidy row `row`, both counted from 0."""
        if not self.layouts:
            return index + 1
        layout = self.layouts[self.which[row] if self.which and row is not None else 0]
        return layout[index] if index < len(layout) else index + 1

    def width(self, columns: int) -> int:
        """Give the last column in the file of a table that has so many."""
        return max((max(each, default=0) for each in self.layouts), default=columns)

    def tidy_columns(self, column: int) -> list[int]:
        """Give the tidy columns, from 0, that hold cells of the file's column `column`."""
        if not self.layouts:
            return [column - 1]
        return sorted({index for each in self.layouts for index, place in enumerate(each) if place == column})

    def address(self, row: int | None, column: int | None, label: str = "") -> str:
        """Give the place as the file's reader sees it: `B7`, `row 7`, `features[6].名称`."""
        if self.form == "sheet":
            letters = column_letters(column) if column else ""
            return f"{letters}{row or ''}"
        base = "features" if self.form == "features" else ""
        place = f"{base}[{row - 1}]" if row else base
        return f"{place}.{label}" if label else place
