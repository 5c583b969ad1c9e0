"""A workbook -> its rows, by calamine. One sheet: the one that the descriptor names, or the first that is visible."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Grid, Origin, Problem, Raw, Resource, column_letters
from kawaraban.reading.disguise import true_kind
from kawaraban.reading.guard import check_workbook
from kawaraban.reading.shown import find_shown
from kawaraban.reading.values import duration_of, texts_of

MOST = 20  # other sheets that are named
NOTHING: Mapping[int, Mapping[int, str]] = {}


def read_workbook(resource: Resource, shown: str) -> Grid:
    """Give the grid of a sheet: its first row that holds something is the header."""
    raw = read_sheet(resource, shown)
    sheet = raw.origin.sheet
    number, header = next(((number, cells) for number, cells in raw.rows if any(cells)), (0, []))
    if not header:
        raise KawarabanError(
            "the sheet {name} is empty", shown, "name the right `sheet:` in the descriptor", name=sheet
        )

    def rows() -> Iterator[tuple[int, list[str]]]:
        yield number, header
        yield from raw.rows

    return Grid(replace(raw.origin, header=number), rows(), raw.encoding, problems=raw.problems)


def read_sheet(resource: Resource, shown: str) -> Raw:
    """Give all rows of a sheet, numbered as Excel numbers it. Rows and columns that are empty at the end are cut.

    Other visible sheets that hold something are named in a warning; where the descriptor names its sheet, no other is
    looked at.
    """
    import python_calamine

    check_workbook(resource.file, shown)
    with _told(shown):
        with resource.file.open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)  # a path would be believed by its ending
        listed = list(book.sheets_metadata)
        sheets = [each for each in listed if each.typ == python_calamine.SheetTypeEnum.WorkSheet]
        visible = [each.name for each in sheets if each.visible == python_calamine.SheetVisibleEnum.Visible]
        names = [each.name for each in sheets]
        wanted = _wanted(resource)
        if wanted and wanted not in names:
            raise unknown("the workbook has no sheet {word}", wanted, names, shown)
        if not names:
            raise KawarabanError("the workbook has no sheet with cells", shown, "save the table itself as .xlsx")
        name = wanted or (visible or names)[0]
        counts = {each: _extent(book.get_sheet_by_name(each))[0] for each in visible if each != name and not wanted}
        shown_cells = find_shown(resource.file, name, [each.name for each in listed].index(name))
        sheet = book.get_sheet_by_name(name)
        filled, height, width = _extent(sheet, shown_cells.texts)
    others = [each for each, count in counts.items() if count]
    problems = []
    if others:
        problems.append(
            Problem(
                "other-sheets", "warning", shown, sheet=name, address="",
                hint="make a resource of each that is data: `dialect: {{sheet: ...}}`",
                details={"sheet": name, "others": _some(others)},
            )
        )  # fmt: skip
    if shown_cells.bare:
        row, column = shown_cells.first
        problems.append(
            Problem(
                "no-value", "error", shown, sheet=name, row=row, column=column,
                address=f"{column_letters(column)}{row}", details={"count": shown_cells.bare},
            )
        )  # fmt: skip
    counted = {**counts, name: filled} if name in visible else counts
    return Raw(
        Origin(shown, sheet=name),
        _rows(sheet, height, width, shown_cells.texts, true_kind(resource.file) == "ods"),
        "utf-8",
        merged=_merged(sheet) or tuple(shown_cells.merged),
        sheets={each: counted[each] for each in visible if counted.get(each)},
        problems=tuple(problems),
    )


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Tell what calamine raises as one error: it has a dozen kinds, and a panic below it is no Exception."""
    try:
        yield
    except KawarabanError:
        raise
    except BaseException as error:
        # a sheet that cannot be looked through for its errors cannot be read rightly either
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise KawarabanError(
            "this workbook cannot be opened ({detail})", shown, "save it again as .xlsx", detail=error
        ) from None


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (", …" if len(names) > MOST else "")


def _wanted(resource: Resource) -> str | None:
    dialect: Any = resource.dialect
    block = dialect.get("excel")
    sheet = dialect.get("sheet") or (block.get("sheet") if isinstance(block, dict) else None)
    sheet = sheet or (resource.recipe.sheet if resource.recipe else None)
    return str(sheet) if sheet else None


def _extent(sheet: Any, shown: Mapping[int, Mapping[int, str]] = NOTHING) -> tuple[int, int, int]:
    """Give how many rows of a sheet hold something, the number of the last of them, and of the last such column."""
    filled = height = width = 0
    blank: list[str] = []
    for number, row in enumerate(_whole_rows(sheet), start=1):
        if len(blank) != len(row):
            blank = [""] * len(row)
        if number in shown:
            width = max(width, *shown[number])
        elif row == blank:
            continue
        filled, height = filled + 1, number
        if row[width:] != blank[width:]:
            width = max(at for at, value in enumerate(row, start=1) if value != "")
    return filled, height, width


def _whole_rows(sheet: Any) -> Iterator[list[Any]]:
    """Give the values of every row; calamine begins at the first row of all, but at the first column with a value."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    return (left + row for row in sheet.iter_rows()) if left else sheet.iter_rows()


def _rows(
    sheet: Any, height: int, width: int, shown: Mapping[int, Mapping[int, str]], durations: bool
) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(_whole_rows(sheet), start=1):
        if number > height:
            return
        cells = texts_of(row[:width])
        if durations:
            cells = [duration_of(cell) if cell.startswith("PT") else cell for cell in cells]
        if number in shown:
            for column, text in shown[number].items():
                cells += [""] * (column - len(cells))
                cells[column - 1] = text
        yield number, cells


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    found = sheet.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found)
