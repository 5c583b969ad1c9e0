"""A text file as lines: where each record starts, and how the lines end. The raw file, not the tidy table."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from kawaraban.checking.letters import BREAK
from kawaraban.checking.sheet import Sheet
from kawaraban.reading.text import csv_options

CHUNK = 1 << 18  # bytes; fits a core's cache
ENDS = ("\r\n", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a CSV file: its number and the line it starts on, both counted from 1, its lines, its cells."""

    number: int
    line: int
    lines: tuple[str, ...]
    cells: list[str]

    def line_of(self, column: int) -> int:
        """Give the line on which a cell starts."""
        return self.line + sum(len(BREAK.findall(cell)) for cell in self.cells[:column])


def is_text(sheet: Sheet) -> bool:
    """Say whether the officer's file is text in lines and cells."""
    return sheet.resource.format == "csv"


def walk(sheet: Sheet) -> Iterator[Record]:
    """Give the records of the officer's file, as Python's csv module cuts them, the header first.

    It takes a second for a million rows: for files in which something was found.
    """
    encoding = sheet.table.encoding
    options = csv_options(sheet.resource, encoding)
    held: list[str] = []
    line = 1
    with sheet.resource.file.open(encoding=encoding, newline="") as stream:

        def hold() -> Iterator[str]:
            for each in stream:
                held.append(each)
                yield each

        for number, cells in enumerate(csv.reader(hold(), **options), start=1):
            yield Record(number, line, tuple(held), cells)
            line += len(held)
            held.clear()


def count_ends(sheet: Sheet) -> dict[str, int]:
    """Give how many lines of the officer's file end in each of ENDS, those inside of quotes included."""
    if sheet.table.encoding.startswith("utf-16"):
        with sheet.resource.file.open(encoding=sheet.table.encoding, newline="") as stream:
            found = [BREAK.search(line) for line in stream]
        ends = [each[0] for each in found if each]
        return {end: ends.count(end) for end in ENDS}
    both = feeds = returns = 0
    before = b""
    with sheet.resource.file.open("rb") as raw:
        while chunk := raw.read(CHUNK):
            feeds += chunk.count(b"\n")
            returned = chunk.count(b"\r")
            returns += returned
            if returned or before == b"\r":
                both += chunk.count(b"\r\n") + (before == b"\r" and chunk.startswith(b"\n"))
            before = chunk[-1:]
    return {"\r\n": both, "\n": feeds - both, "\r": returns - both}
