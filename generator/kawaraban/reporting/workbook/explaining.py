"""The first sheet: per trouble what, where (a link to the cell), what to do and why it matters."""

from collections.abc import Callable, Sequence
from typing import Any

from kawaraban.model import Dataset, Problem, Verdict
from kawaraban.reporting.grouping import Group, by_file, groups, silences
from kawaraban.reporting.place import file_of
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.summary import summary
from kawaraban.reporting.telling import silence_line, told
from kawaraban.reporting.workbook.cells import write_text
from kawaraban.reporting.workbook.copying import Copy
from kawaraban.reporting.workbook.marking import COLOURS, cell_of

SHOWN = 300  # groups; the rest is counted
WIDTHS = (12, 26, 16, 46, 40, 50)  # of the columns, in letters


class Explanation:
    """The sheet as it is written, from the top down."""

    def __init__(self, copy: Copy, title: str) -> None:
        from openpyxl.utils import get_column_letter

        self.copy = copy
        self.sheet = copy.book.create_sheet(title, 0)
        self.row = 0
        for column, letters in enumerate(WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(column)].width = letters

    def line(self, text: str, size: int = 11, bold: bool = False) -> None:
        """Write one line over all columns."""
        from openpyxl.styles import Alignment, Font

        self.row += 1
        cell = self.sheet.cell(self.row, 1)
        write_text(cell, text)
        cell.font = Font(size=size, bold=bold)
        cell.alignment = Alignment(vertical="top", wrap_text=False)

    def cells(
        self, texts: Sequence[str], colour: str = "", bold: bool = False, problem: Problem | None = None
    ) -> None:
        """Write a row; `colour` is that of its first cell, and its third leads to the cell of `problem`."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.worksheet.hyperlink import Hyperlink

        self.row += 1
        for column, text in enumerate(texts, start=1):
            cell = self.sheet.cell(self.row, column)
            write_text(cell, text)
            cell.font = Font(bold=bold)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.border = Border(bottom=Side("hair", color="FF999999"))
        if colour:
            self.sheet.cell(self.row, 1).fill = PatternFill("solid", fgColor=colour)
        target = cell_of(self.copy, problem) if problem else None
        if target is not None:
            cell = self.sheet.cell(self.row, 3)
            name = target.parent.title.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{target.coordinate}")
            cell.font = Font(color="FF0563C1", underline="single")


def explain(copy: Copy, verdict: Verdict, dataset: Dataset, unmarked: int, say: Callable[[str], str]) -> None:
    """Add the sheet in front of all others, and open the book there."""
    listed = groups(verdict.problems)
    page = Explanation(copy, say("Results of the check"))
    page.line(f"{say('Results of the check')}: {dataset.title}", size=16, bold=True)
    page.line(summary([verdict], listed, say))
    page.line(say("Red cells have to be mended, yellow ones looked at. A note at the cell says what to do."))
    page.line(say("This is a copy to look at. Mend the file itself, then check again."))
    if copy.partly:
        page.line(say("The table is large: only its rows with problems are copied, each in its place."))
    if unmarked:
        page.line(say("{count} more cells are coloured, without a note.").format(count=f"{unmarked:,}"))
    page.row += 1
    heads = [say("Kind"), say("File or sheet"), say("Place"), say("What is wrong"), say("What to do")]
    if any(_why(group) for group in listed[:SHOWN]):
        heads.append(say("Why it matters"))
    page.cells(heads, bold=True)
    page.sheet.freeze_panes = page.sheet.cell(page.row + 1, 1)
    for path, sheet, one in by_file(listed[:SHOWN]):
        for group in one:
            _write(page, group, sheet or file_of(path.rpartition("/")[2], None), say)
    if rest := sum(group.total for group in listed[SHOWN:]):
        page.line(say("{count} more problems").format(count=f"{rest:,}"))
    for each in silences(verdict):
        page.line(silence_line(each.kind, each.reason, each.count, say))
    _print_on_one_width(page.sheet)
    copy.book.active = 0


def _write(page: Explanation, group: Group, file: str, say: Callable[[str], str]) -> None:
    words = told(group, say)
    first = group.first
    kind = say("mend") if first.severity == "error" else say("look at")
    why = [say(_why(group))] if _why(group) else []
    if words.head:
        page.cells([kind, file, "", words.head, words.hint, *why], COLOURS[first.severity])
        for problem, (place, what) in zip(group.examples, words.examples, strict=True):
            page.cells(["", "", place, what], problem=problem)
    else:
        place, what = words.examples[0]
        page.cells([kind, file, place, what, words.hint, *why], COLOURS[first.severity], problem=first)


def _why(group: Group) -> str:
    return SENTENCES.get(group.first.kind, ("", "", ""))[2]


def _print_on_one_width(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
