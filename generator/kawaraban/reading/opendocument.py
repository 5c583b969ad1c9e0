"""How far the sheets of an ODS file reach, by the bytes of their XML, and how much text they show.

calamine knows the names of its elements by their usual prefixes only, and so does the look at the bytes here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kawaraban.reading.unpacking import Lie

CONTENT = "content.xml"
TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<]*)")
REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([^"']*)""")
ROW, ROW_END = b"<table:table-row", b"</table:table-row>"
REST = re.compile(rb"<table:table-cell(?![^<]*(?:office:|formula))[^<>]*/>\s*\Z")
HOLDS = re.compile(rb"office:|formula")
STRANGE = re.compile(rb"<!--|<!\[CDATA\[|<\?(?!xml[\s-])")  # no program writes it; it could hide a tag, or show one
LONGEST = 16 << 20  # bytes of a cell
DIGITS = 9  # more rows than any sheet has


@dataclass(slots=True)
class Reach:
    """How many cells the sheets make room for, and how many letters their cells show."""

    cells: int = 0
    letters: int = 0
    width: int = 0
    height: int = 0
    blank: int = 0  # rows, not followed by one that holds something yet
    # its cells: how often, letters, and whether it holds something
    row: list[tuple[int, int, int]] = field(default_factory=list)
    times: int = 1

    def end_row(self) -> None:
        """Take the row that ends into account."""
        while self.row and not self.row[-1][2]:
            self.row.pop()
        if self.row:
            self.width = max(self.width, sum(often for often, _, _ in self.row))
            self.height += self.blank + self.times
            self.blank = 0
            self.letters += self.times * sum(often * letters for often, letters, _ in self.row)
        else:
            self.blank += self.times
        self.row = []

    def end_sheet(self) -> None:
        """Take the sheet that ends into account."""
        self.cells += self.width * self.height
        self.width = self.height = self.blank = 0


def find_reach(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Give for how many cells content.xml makes room, and how many letters they show. Never too little.

    Raises Lie where it is written so that the bytes do not tell.
    """
    reach = Reach()
    rest = b""
    for piece in pieces:
        block = rest + piece
        if STRANGE.search(block):
            raise Lie("comments in the XML of its sheets")
        if len(block) > LONGEST:
            raise Lie(f"a cell of {len(block) >> 20} MB")
        cut = block.rfind(b"<table:")
        _look(block[:cut] if cut > 0 else b"", reach)
        rest = block[max(cut, 0) :]
    _look(rest, reach)
    reach.end_row()
    reach.end_sheet()
    return reach.cells, reach.letters


def _look(block: bytes, reach: Reach) -> None:
    """Take whole rows into account by their count of cells, where no cell is repeated; else tag by tag."""
    *rows, rest = block.split(ROW_END)
    for row in rows:
        cut = row.rfind(ROW)
        plain = cut >= 0 and not reach.row
        # as a rule the last cell is an empty one that stands for the rest of the sheet
        cells = REST.sub(b"", row[cut:]) if plain and b"-repeated" in row else row[max(cut, 0) :]
        if not plain or b"-repeated" in cells:
            _look_closely(row + ROW_END, reach)
            continue
        _look_closely(row[:cut], reach)
        reach.blank += 1
        if b"</table:" in cells or b"office:" in cells or b"formula" in cells:
            reach.height, reach.blank = reach.height + reach.blank, 0
            reach.width = max(reach.width, cells.count(b"<table:"))
    _look_closely(rest, reach)


def _look_closely(block: bytes, reach: Reach) -> None:
    tags = [*TAG.finditer(block)]
    ends = [*(found.start() for found in tags[1:]), len(block)][: len(tags)]
    for found, end in zip(tags, ends, strict=True):
        closing, name, given = found.groups()
        if name == b"table" and closing:
            reach.end_row()
            reach.end_sheet()
        elif name == b"table-row" and closing:
            reach.end_row()
        elif name == b"table-row":
            reach.times = _times(given)
            if given.rstrip().endswith(b"/>"):
                reach.end_row()
        elif not closing and name != b"table":
            reach.row.append((_times(given), end - found.end(3), end > found.end() or bool(HOLDS.search(given))))


def _times(given: bytes) -> int:
    numbers = REPEATED.findall(given)
    if any(not each.isdigit() or len(each) > DIGITS for each in numbers):
        raise Lie("a cell repeated beyond all measure")
    return max(map(int, numbers), default=1)
