"""The files of a dataset -> one workbook: the officer's own where it is one, and a sheet of text for every other."""

import csv
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kawaraban.model import Dataset, Table, Verdict
from kawaraban.reporting.width import width
from kawaraban.reporting.workbook.cells import fits, note_size, write_text

LARGEST_BOOK = 60 << 20  # bytes of its sheets, unpacked; openpyxl takes some twenty times as much memory
LARGEST_TABLE = 300_000  # cells; of a larger table only the rows with problems are copied
WIDEST, NARROWEST = 40, 6  # of a column, in letters
LOOKED_AT = 200  # rows whose width counts
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f']")  # in the name of a sheet


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet of the copy: its rows are those of the file moved down by `offset`; `width` columns hold data."""

    sheet: Any
    offset: int
    header: int
    width: int


@dataclass(slots=True)
class Copy:
    """A workbook, and where in it each file (path, sheet) is; `partly`: rows without problems are left out."""

    book: Any
    places: dict[tuple[str, str | None], Place] = field(default_factory=dict)
    partly: bool = False


def copy_files(dataset: Dataset, tables: Sequence[Table], verdict: Verdict, own: bool = True) -> Copy:
    """Give the copy. `own` False: the officer's workbook is not opened, its cells are copied as text."""
    from openpyxl import Workbook

    resources = {resource.name: resource for resource in dataset.resources}
    files = {table.origin.path: resources[table.name] for table in tables}
    first = next((path for path, resource in files.items() if own and resource.format == "xlsx"), None)
    book = officers_book(files[first].file) if first else None
    copy = Copy(book or Workbook())
    if book is None:
        copy.book.remove(copy.book.active)
    elif first:
        copy.places = {(first, sheet.title): Place(sheet, 0, 1, sheet.max_column) for sheet in book.worksheets}
    for table in tables:
        origin = table.origin
        key = (origin.path, origin.sheet)
        there = copy.places.get(key)
        if there:
            copy.places[key] = Place(there.sheet, 0, max(origin.header, 1), origin.width(len(table.columns)))
        else:
            rows = {each.row for each in verdict.problems if (each.path, each.sheet) == key and each.row}
            _add_sheet(copy, key, table, rows)
    return copy


def officers_book(file: Path) -> Any:
    """Give a workbook with nothing alive in it: values for formulas, no names, links, rules, drawings, macros.

    None where it is too large for that, or openpyxl cannot read it.
    """
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(file) as archive:
            entries = [each for each in archive.infolist() if each.filename.startswith("xl/worksheets/")]
            declared = any(b"<!DOCTYPE" in archive.open(each).read(4096) for each in entries)
        if declared or sum(each.file_size for each in entries) > LARGEST_BOOK:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that it does not keep; we keep fewer
            book = load_workbook(file, data_only=True, keep_vba=False, keep_links=False)
    except Exception:  # openpyxl raises what it meets; the cells as text are the answer to all of it
        return None
    if not book.worksheets:
        return None
    _kill(book)
    return book


def _kill(book: Any) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList
    from openpyxl.packaging.custom import CustomPropertyList
    from openpyxl.workbook.protection import DocumentSecurity
    from openpyxl.worksheet.datavalidation import DataValidationList
    from openpyxl.worksheet.scenario import ScenarioList

    for sheet in book.chartsheets:
        book.remove(sheet)
    book.defined_names.clear()
    book._external_links = []
    book._pivots = []
    book.custom_doc_props = CustomPropertyList()
    book.security = DocumentSecurity()
    for sheet in book.worksheets:
        sheet.defined_names.clear()
        sheet.print_area = None
        sheet._print_rows = sheet._print_cols = None  # the properties ignore a None
        sheet.data_validations = DataValidationList()
        # they would paint over the colours, too
        sheet.conditional_formatting = ConditionalFormattingList()
        sheet.scenarios = ScenarioList()
        sheet._tables.clear()
        sheet._charts, sheet._images, sheet._pivots = [], [], []
        sheet.legacy_drawing = None
        sheet.protection.disable()
        sheet.sheet_view.tabSelected = False
        for cell in sheet._cells.values():
            if cell.hyperlink:
                cell._hyperlink = None
            if cell.comment:  # openpyxl forgets its size
                cell.comment.width, cell.comment.height = note_size(cell.comment.text)
            if isinstance(cell.value, str) and cell.data_type == "s":
                write_text(cell, cell.value)


def _add_sheet(copy: Copy, key: tuple[str, str | None], table: Table, rows: set[int]) -> None:
    """Add a sheet with the cells of a table as text, each where it stands in the file."""
    origin = table.origin
    offset = 1 if origin.header < 1 else 0  # items of a list have no header row; theirs is ours
    header = origin.header + offset
    sheet = copy.book.create_sheet(_title(key))
    partly = table.rows * max(len(table.columns), 1) > LARGEST_TABLE
    copy.partly |= partly
    widths: dict[int, int] = {}
    for index, (number, cells) in enumerate(_rows(table), start=-1):
        row = number + offset
        if row != header and partly and number not in rows:
            continue
        for at, text in enumerate(cells):
            column = origin.column(at, index if index >= 0 else None)
            if text and fits(row, column):
                cell = sheet.cell(row, column)
                cell.number_format = "@"
                write_text(cell, text)
                if len(widths) < LOOKED_AT * max(len(cells), 1) and row < header + LOOKED_AT:
                    widths[column] = max(widths.get(column, 0), min(width(text[:WIDEST]), WIDEST))
    _lay_out(sheet, header, widths)
    copy.places[key] = Place(sheet, offset, header, origin.width(len(table.columns)))


def _rows(table: Table) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a table with the header first, each with its number in the file."""
    origin = table.origin
    with table.file.open(encoding="utf-8", errors="replace", newline="") as stream:
        for index, cells in enumerate(csv.reader(stream)):
            yield (origin.row(index - 1) if index else origin.header), cells


def _lay_out(sheet: Any, header: int, widths: Mapping[int, int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for cell in sheet[header] if widths else ():
        cell.font = Font(bold=True)
    for column, letters in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = max(letters, NARROWEST) + 2
    sheet.freeze_panes = sheet.cell(header + 1, 1)


def _title(key: tuple[str, str | None]) -> str:
    path, sheet = key
    name = sheet or path.rpartition("/")[2].rpartition(".")[0] or path
    title = FORBIDDEN.sub("_", name)[:25].strip() or "1"
    return f"{title}_" if title.lower() == "history" else title  # a name that Excel keeps for itself
