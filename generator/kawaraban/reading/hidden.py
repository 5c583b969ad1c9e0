"""What a workbook keeps from sight: sheets, columns, rows, and the comments of cells. calamine does not tell of them.

The file has passed guard.check_workbook. A sheet of an XLSX is looked through only where its bytes say that something
in it is hidden; the beginning of a large one cell by cell, the rest by what its bytes show.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kawaraban.errors import KawarabanError
from kawaraban.reading.disguise import true_kind
from kawaraban.reading.office import BROKEN, CHUNK, Enough, listed_sheets, relations, walk
from kawaraban.reading.oldbook import find_hidden_in_old
from kawaraban.reading.opencells import find_hidden_cells
from kawaraban.reading.opendocument import CONTENT
from kawaraban.reading.unpacking import Lie
from kawaraban.reading.unseen import MOST, Hidden

__all__ = ["Hidden", "find_hidden"]

BEGINNING = 2 << 20  # bytes of a sheet that are looked through cell by cell
ALL = 32 << 20  # the same, of all sheets
LONGEST = 4 << 20  # bytes of a row
LAST = 16_384  # columns that a sheet can have
TRUE = ("1", "true", "on")
SAYS_SO = rb"""hidden\s*=\s*["'](?:1|true|on)["']"""
HIDING = re.compile(SAYS_SO)
ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\b" + SAYS_SO + rb"[^<>]*>")
NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)""")
CELL = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([A-Z]+)\d+["'][^<>/]*>""")  # not one that ends at once: /


@dataclass(slots=True)
class _Seen:
    """What is found in a sheet. A cell is (column, its text, or the number of a shared text and True)."""

    ranges: list[tuple[int, int]] = field(default_factory=list)
    columns: set[int] = field(default_factory=set)
    rows: list[int] = field(default_factory=list)
    cells: list[list[tuple[int, str, bool]]] = field(default_factory=list)
    count: int = 0

    def covers(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.ranges)


def find_hidden(file: Path) -> tuple[Hidden, ...]:
    """Give the sheets of a workbook that keep something from sight. Raises KawarabanError where none can tell."""
    kind = true_kind(file)
    try:
        if kind == "xls":
            return find_hidden_in_old(file)
        with zipfile.ZipFile(file) as archive:
            if kind == "ods":
                return find_hidden_cells(archive.open(CONTENT))
            return tuple(
                each for each in _sheets(archive) if each.whole or each.columns or each.rows or each.comments
            )
    except (*BROKEN, Lie) as error:
        raise KawarabanError("this workbook cannot be opened ({detail})", file.name, detail=error) from None


def _sheets(archive: zipfile.ZipFile) -> Iterator[Hidden]:
    names = set(archive.namelist())
    book, listed = listed_sheets(archive)
    shared = next((target for kind, _, target in relations(archive, book) if kind == "sharedStrings"), "")
    left = ALL
    for name, whole, part in listed:
        if part not in names:
            continue
        seen = _Seen()
        done = True
        if whole or _hides(archive.open(part)):
            most = min(BEGINNING, left)
            left -= min(most, archive.getinfo(part).file_size)
            done = _look_through(archive.open(part), seen, whole, most)
        if not whole and not done:
            _scan(archive.open(part), seen)
        yield Hidden(
            name, whole and (seen.count > 0 or not done), tuple(sorted(seen.columns)), tuple(seen.rows),
            dict(_comments(archive, part, names)), tuple(_texts(archive, shared, seen.cells)),
        )  # fmt: skip


def _look_through(stream: IO[bytes], seen: _Seen, whole: bool, most: int) -> bool:
    """Find what is hidden in a sheet, all of it where that is hidden as a `whole`; say whether nothing is left."""
    row = column = 0
    widest = LAST
    covered = shared = collecting = False
    text: list[str] = []

    def start(tag: str, given: Mapping[str, str]) -> None:
        nonlocal row, column, covered, shared, collecting, widest
        if tag == "c":
            column = _number(given["r"]) if "r" in given else column + 1
            shared = given.get("t") == "s"
        elif tag in ("v", "t"):
            collecting = covered or seen.covers(column)
            text.clear()
        elif tag == "row":
            row, column = int(given.get("r", row + 1)), 0
            covered = whole or given.get("hidden") in TRUE
            seen.cells.append([])
        elif tag == "col" and given.get("hidden") in TRUE:
            seen.ranges.append((int(given["min"]), min(int(given["max"]), widest)))
        elif tag == "dimension":
            widest = _number(given.get("ref", "").rpartition(":")[2]) or LAST

    def end(tag: str) -> None:
        nonlocal collecting
        if not collecting or tag not in ("v", "t"):
            return
        collecting = False
        if not "".join(text).strip():
            return
        if not covered:
            seen.columns.add(column)
        elif not whole and seen.rows[-1:] != [row]:
            seen.rows.append(row)
        seen.count += 1
        if seen.count <= MOST:
            seen.cells[-1].append((column, "".join(text), shared))
        elif whole:
            raise Enough

    def words(piece: str) -> None:
        if collecting:
            text.append(piece)

    return walk(stream, start, end, words, most)


def _hides(stream: IO[bytes]) -> bool:
    """Say if a sheet's bytes speak of something hidden."""
    rest = b""
    with stream:
        while chunk := stream.read(CHUNK):
            if HIDING.search(rest + chunk):
                return True
            rest = chunk[-40:]
    return False


def _scan(stream: IO[bytes], seen: _Seen) -> None:
    """Find the hidden columns and rows of a whole sheet that hold something, by its bytes."""
    open_columns = {column for first, last in seen.ranges for column in range(first, last + 1)} - seen.columns
    rows = set(seen.rows)
    rest = b""
    with stream:
        while chunk := stream.read(CHUNK):
            block, mark, rest = (rest + chunk).rpartition(b"row>")
            block, rest = block + mark, rest[-LONGEST:]
            for found in ROW.finditer(block):
                number = NUMBER.search(found[0])
                inside = block[found.end() : block.find(b"row>", found.end())]
                if number and not found[0].endswith(b"/>") and (b"v>" in inside or b"t>" in inside):
                    rows.add(int(number[1]))
            if open_columns:
                filled = {_number(each.decode()) for each in set(CELL.findall(block))} & open_columns
                seen.columns |= filled
                open_columns -= filled
    seen.rows = sorted(rows)


def _texts(
    archive: zipfile.ZipFile, shared: str, cells: list[list[tuple[int, str, bool]]]
) -> Iterator[Mapping[int, str]]:
    """Give rows of cells as text: where a cell names a shared string, that string."""
    wanted = {int(text) for row in cells for _, text, is_shared in row if is_shared and text.isdigit()}
    strings = _shared(archive, shared, wanted) if wanted and shared else {}
    for row in cells:
        if row:
            yield {column: strings.get(text, "") if is_shared else text for column, text, is_shared in row}


def _shared(archive: zipfile.ZipFile, part: str, wanted: set[int]) -> dict[str, str]:
    """Give the shared strings of these numbers; how they are read aloud (rPh) is no part of them."""
    found: dict[str, str] = {}
    last = max(wanted)
    number, aloud, reading = -1, False, False
    text: list[str] = []

    def start(tag: str, given: Mapping[str, str]) -> None:  # noqa: ARG001 - expat gives the attributes
        nonlocal number, aloud, reading
        if tag == "si":
            number += 1
            text.clear()
        aloud = aloud or tag == "rPh"
        reading = tag == "t" and not aloud and number in wanted

    def end(tag: str) -> None:
        nonlocal aloud, reading
        reading = False
        aloud = aloud and tag != "rPh"
        if tag == "si":
            if number in wanted:
                found[str(number)] = "".join(text)
            if number >= last:
                raise Enough

    def words(piece: str) -> None:
        if reading:
            text.append(piece)

    walk(archive.open(part), start, end, words)
    return found


def _comments(archive: zipfile.ZipFile, part: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Give (cell, text) of every comment of a sheet that says something, the old kind and the threaded one."""
    found: dict[str, list[str]] = {}
    cell = ""

    def start(tag: str, given: Mapping[str, str]) -> None:
        nonlocal cell
        if tag in ("comment", "threadedComment"):
            cell = given.get("ref", "")
            found.setdefault(cell, []).append("\n")
            if len(found) > MOST:
                raise Enough

    def words(piece: str) -> None:
        if cell:
            found[cell].append(piece)

    for kind, _, target in relations(archive, part):
        if kind in ("comments", "threadedComment") and target in names:
            cell = ""
            walk(archive.open(target), start, None, words)
    yield from ((cell, "".join(text)) for cell, text in found.items() if "".join(text).strip())


def _number(cell: str) -> int:
    """Give the number of the column that a cell such as B7 is in."""
    number = 0
    for letter in cell:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter) - 64
    return number
