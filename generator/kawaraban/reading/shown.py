"""What Excel shows in cells where calamine gives something else, or nothing: errors, 007 of the number 7.

And formulas that were stored without a value, by a program that did not calculate: Excel shows one.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kawaraban.reading.disguise import true_kind
from kawaraban.reading.office import CHUNK, listed_sheets, relations, walk
from kawaraban.reading.oldbook import find_shown_in_old
from kawaraban.reading.opencells import WIDEST, Cell, walk_cells
from kawaraban.reading.opendocument import CONTENT

LONGEST = 4 << 20  # bytes of a row
RANGES = 100_000  # of merged cells
WALKED = 256 << 20  # bytes of XML of an ODS
ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
NUMBER = re.compile(rb"""\bt\s*=\s*["'](?!n["'])""")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
STYLE = re.compile(rb"""\bs\s*=\s*["'](\d{1,6})["']""")
FORMULA = rb"<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
FILLED = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>\s*(?:" + FORMULA + rb")?<(?:\w+:)?v\b[^<>]*>([^<]+)<")
BARE = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*" + FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
PADDED = re.compile(rb"""value-type="float"[^<>]*>\s*<text:p[^<>]*>0\d""")


@dataclass(slots=True)
class Shown:
    """Texts by row and column, from 1; the cells whose formula has no value: how many, the first of them; and the
    merged ranges of an ODS: first row, first column, last row, last column."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    bare: int = 0
    first: tuple[int, int] = (0, 0)

    def add(self, row: int, column: int, text: str) -> None:
        self.texts.setdefault(row, {})[column] = text


def find_shown(file: Path, sheet: str, index: int) -> Shown:
    """Give what a sheet shows beside its values; `index` is its place among all sheets. Raises BROKEN or Lie."""
    kind = true_kind(file)
    shown = Shown()
    if kind == "xls":
        for row, column, text in find_shown_in_old(file, index):
            shown.add(row, column, text)
    elif kind in ("ods", "xlsx"):
        with zipfile.ZipFile(file) as archive:
            (_look_through_ods if kind == "ods" else _look_through)(archive, sheet, shown)
    return shown


def _look_through(archive: zipfile.ZipFile, sheet: str, shown: Shown) -> None:
    book, listed = listed_sheets(archive)
    part = next((part for name, _, part in listed if name == sheet), "")
    if part not in archive.NameToInfo:
        return
    styles = next((target for kind, _, target in relations(archive, book) if kind == "styles"), "")
    zeros = _zeros(archive, styles) if styles in archive.NameToInfo else {}
    padded = re.compile(rb"""\bs\s*=\s*["'](?:%s)["']""" % b"|".join(zeros)) if zeros else None
    for block in _rows(archive, part):
        if b'"e"' in block or b"'e'" in block or (padded and padded.search(block)):
            for given, value in FILLED.findall(block):
                place = PLACE.search(given)
                style = STYLE.search(given)
                if not place:
                    continue
                if ERROR.search(given):
                    shown.add(int(place[2]), _column(place[1]), value.decode("utf-8", "replace").strip())
                elif style and style[1] in zeros and value.isdigit() and not NUMBER.search(given):
                    shown.add(int(place[2]), _column(place[1]), value.decode().zfill(zeros[style[1]]))
        if b"<f" in block or b":f" in block:
            for given in BARE.findall(block):
                place = PLACE.search(given)
                if place and not NUMBER.search(given):  # an empty text is a value
                    shown.bare += 1
                    if not shown.first[0]:
                        shown.first = int(place[2]), _column(place[1])


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Give the bytes of a sheet in pieces that end with a row."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            block, mark, rest = (rest + chunk).rpartition(b"row>")
            yield block + mark
            rest = rest[-LONGEST:]
    yield rest


def _zeros(archive: zipfile.ZipFile, part: str) -> Mapping[bytes, int]:
    """Give the styles of cells whose number format is nothing but two zeros or more, with their number."""
    formats: dict[str, int] = {}
    found: dict[bytes, int] = {}
    number, inside = 0, False

    def start(tag: str, given: Mapping[str, str]) -> None:
        nonlocal number, inside
        code = given.get("formatCode", "").replace("\\", "").replace('"', "")
        if tag == "numFmt" and len(code) > 1 and not code.strip("0"):
            formats[given.get("numFmtId", "")] = len(code)
        elif tag == "cellXfs":
            inside = True
        elif tag == "xf" and inside:
            if given.get("numFmtId", "") in formats:
                found[str(number).encode()] = formats[given["numFmtId"]]
            number += 1

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag != "cellXfs"

    walk(archive.open(part), start, end)
    return found


def _look_through_ods(archive: zipfile.ZipFile, sheet: str, shown: Shown) -> None:
    def see(cell: Cell) -> None:
        rows, columns = cell.spans
        if cell.sheet == sheet and max(cell.spans) > 1 and len(shown.merged) < RANGES:
            shown.merged.append((cell.row, cell.column, cell.row + rows - 1, cell.column + columns - 1))
        if cell.sheet == sheet and (cell.kind == "error" or _is_padded(cell)):
            for column in range(cell.column, cell.column + min(cell.columns, WIDEST)):
                shown.add(cell.row, column, cell.text)

    with archive.open(CONTENT) as stream:
        speaks = _speaks(iter(lambda: stream.read(CHUNK), b""))
    if speaks:
        walk_cells(archive.open(CONTENT), see, WALKED)


def _is_padded(cell: Cell) -> bool:
    return (
        cell.kind == "float"
        and cell.text[:1] == "0"
        and cell.text.isdecimal()
        and cell.text.lstrip("0") == cell.value
    )


def _speaks(chunks: Iterable[bytes]) -> bool:
    """Say whether there is anything to be found."""
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        if b'"error"' in block or b"-spanned=" in block or PADDED.search(block):
            return True
        rest = block[-1000:]
    return False


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
