"""A workbook -> grid, by calamine. One sheet: the one that the descriptor names, or the first that is visible."""

from collections.abc import Iterator
from typing import Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Grid, Origin, Problem, Resource
from kawaraban.reading.guard import check_archive
from kawaraban.reading.values import text_of

MOST = 20  # other sheets that are named


def read_workbook(resource: Resource, shown: str) -> Grid:
    """Give the grid of a sheet, numbered as Excel numbers it. Rows and columns that are empty at the end are cut.

    Other sheets that hold something are named in a warning.
    """
    import python_calamine

    check_archive(resource.file, shown)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(resource.file))
        visible = [
            each.name for each in book.sheets_metadata if each.visible == python_calamine.SheetVisibleEnum.Visible
        ]
        wanted = _wanted(resource)
        names = list(book.sheet_names)
        if wanted and wanted not in names:
            raise unknown("the workbook has no sheet {word}", wanted, names, shown)
        name = wanted or (visible or names)[0]
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        others = [] if wanted else [each for each in visible if each != name and _filled(book, each)]
    except KawarabanError:
        raise
    except BaseException as error:
        # calamine raises a dozen kinds, and a panic below it is an exception that is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise KawarabanError(
            "this workbook cannot be opened ({detail})", shown, "save it again as .xlsx", detail=error
        ) from None
    rows = _cut([[text_of(value) for value in row] for row in cells])
    first = next((index for index, row in enumerate(rows) if any(row)), None)
    if first is None:
        raise KawarabanError(
            "the sheet {name} is empty", shown, "name the right `sheet:` in the descriptor", name=name
        )
    problems = (
        Problem(
            "other-sheets", "warning", shown, sheet=name, address="",
            hint="make a resource of each that is data: `dialect: {{sheet: ...}}`",
            details={"sheet": name, "others": _some(others)},
        ),
    ) if others else ()  # fmt: skip
    origin = Origin(shown, sheet=name, header=first + 1)
    return Grid(origin, _numbered(rows, first), "utf-8", problems=problems)


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (", …" if len(names) > MOST else "")


def _wanted(resource: Resource) -> str | None:
    dialect: Any = resource.dialect
    block = dialect.get("excel")
    sheet = dialect.get("sheet") or (block.get("sheet") if isinstance(block, dict) else None)
    return str(sheet) if sheet else None


def _filled(book: Any, name: str) -> bool:
    return any(value != "" for row in book.get_sheet_by_name(name).to_python(nrows=200) for value in row)


def _cut(rows: list[list[str]]) -> list[list[str]]:
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]


def _numbered(rows: list[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(rows[first:], start=first + 1)
