"""The cells of an ODS file, one by one: what they show, their comments, and whether they are hidden."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO

from kawaraban.model import column_letters
from kawaraban.reading.office import walk
from kawaraban.reading.unseen import MOST, Hidden, Unseen, hidden_of

WIDEST = 1024  # columns in which one cell is repeated
WALKED = 64 << 20  # bytes of XML that are looked through
HIDES = ("collapse", "filter")
MARKS = {"s": " ", "tab": "\t", "line-break": "\n"}
CELLS = ("table-cell", "covered-table-cell")


@dataclass(slots=True)
class Cell:
    """A cell that holds something: where it stands, in how many columns, what it is and shows, and its comment."""

    sheet: str
    row: int
    column: int
    columns: int
    kind: str
    value: str
    row_hidden: bool
    column_hidden: bool
    sheet_hidden: bool
    spans: tuple[int, int] = (1, 1)  # rows and columns that it is merged over
    text: str = ""
    note: str = ""


@dataclass(slots=True)
class _Walk:
    """The state between the beginning and the end of elements."""

    see: Callable[[Cell], None]
    sheet: str = ""
    style: str = ""
    styles: set[str] = field(default_factory=set)  # of hidden sheets
    hidden: list[tuple[int, int]] = field(default_factory=list)  # columns
    sheet_hidden: bool = False
    row_hidden: bool = False
    row: int = 0
    rows: int = 1
    column: int = 0
    cell: Cell | None = None
    comments: int = 0
    paragraphs: int = 0
    told: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in CELLS:
            self.start_cell({name.rpartition(":")[2]: value for name, value in given.items()}, given)
        elif tag == "annotation":
            self.comments += 1
        elif self.cell is not None:
            self.start_text(tag)
        elif tag.startswith("table") or tag == "style":
            self.start_sheet(tag, {name.rpartition(":")[2]: value for name, value in given.items()})

    def start_cell(self, own: Mapping[str, str], given: Mapping[str, str]) -> None:
        columns = int(own.get("number-columns-repeated", 1))
        kind = given.get("calcext:value-type") or given.get("office:value-type", "")
        covered = any(first <= self.column + 1 <= last for first, last in self.hidden)
        self.cell = Cell(
            self.sheet, self.row, self.column + 1, columns, kind, own.get("value", ""), self.row_hidden, covered,
            self.sheet_hidden, (int(own.get("number-rows-spanned", 1)), int(own.get("number-columns-spanned", 1))),
        )  # fmt: skip
        self.column += columns
        self.told.clear()
        self.note.clear()

    def start_text(self, tag: str) -> None:
        kept = self.note if self.comments else self.told
        if tag == "p":
            self.paragraphs += 1
            kept += ["\n"] if kept else []
        elif tag in MARKS:
            kept.append(MARKS[tag])

    def start_sheet(self, tag: str, own: Mapping[str, str]) -> None:
        if tag == "table-row":
            self.row, self.rows, self.column = self.row + self.rows, int(own.get("number-rows-repeated", 1)), 0
            self.row_hidden = own.get("visibility") in HIDES
        elif tag == "table-column":
            columns = int(own.get("number-columns-repeated", 1))
            if own.get("visibility") in HIDES:
                self.hidden.append((self.column + 1, self.column + columns))
            self.column += columns
        elif tag == "table":
            self.sheet, self.row, self.rows, self.column = own.get("name", ""), 0, 1, 0
            self.hidden.clear()
            self.sheet_hidden = own.get("style-name") in self.styles
        elif tag == "style":
            self.style = own.get("name", "")
        elif tag == "table-properties" and own.get("display") == "false":
            self.styles.add(self.style)

    def end(self, tag: str) -> None:
        if tag == "annotation":
            self.comments -= 1
        elif self.cell is None:
            return
        elif tag == "p":
            self.paragraphs -= 1
        elif tag in CELLS:
            self.cell.text, self.cell.note = "".join(self.told), "".join(self.note).strip()
            if self.cell.text or self.cell.note:
                self.see(self.cell)
            self.cell = None

    def words(self, piece: str) -> None:
        if self.cell is not None and self.paragraphs:
            (self.note if self.comments else self.told).append(piece)


def walk_cells(stream: IO[bytes], see: Callable[[Cell], None], most: int = WALKED) -> bool:
    """Show each cell of content.xml that holds something to `see`; say whether it came to the end."""
    state = _Walk(see)
    return walk(stream, state.start, state.end, state.words, most)


def find_hidden_cells(stream: IO[bytes]) -> tuple[Hidden, ...]:
    """Give the sheets that keep something from sight. Raises ValueError where they are too large for that."""
    found: dict[str, Unseen] = {}

    def see(cell: Cell) -> None:
        sheet = found.setdefault(cell.sheet, Unseen(cell.sheet, cell.sheet_hidden))
        if cell.note and len(sheet.comments) < MOST:
            sheet.comments[f"{column_letters(cell.column)}{cell.row}"] = cell.note
        if cell.row_hidden or cell.column_hidden or cell.sheet_hidden:
            for column in range(cell.column, cell.column + min(cell.columns, WIDEST)):
                sheet.add(cell.row, column, cell.text, cell.row_hidden, cell.column_hidden)

    if not walk_cells(stream, see):
        raise ValueError(f"more than {WALKED >> 20} MB of XML")
    return hidden_of(found.values())
