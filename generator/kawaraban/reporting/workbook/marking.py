"""Colours the cells that problems name, and says in a comment what is wrong and what to do."""

from collections.abc import Callable, Iterator
from typing import Any

from kawaraban.model import Problem, Verdict
from kawaraban.reporting.once import told_once
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.workbook.cells import ILLEGAL, fits, note_size
from kawaraban.reporting.workbook.copying import Copy, Place

COLOURS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}  # light red, light yellow
MOST = 3000  # comments; Excel is slow with more
AUTHOR = "Kawaraban"


def mark(copy: Copy, verdict: Verdict, say: Callable[[str], str]) -> int:
    """Colour the cells; give the number of problems that got no comment, since they would be too many."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in COLOURS.items()}
    notes: dict[tuple[str, int, int], list[str]] = {}
    cells: dict[tuple[str, int, int], Any] = {}
    unmarked = 0
    # errors first: a cell that has both is red, and its note begins with what has to be mended
    for problem in sorted(told_once(verdict.problems), key=lambda each: each.severity != "error"):
        concerned = {(cell.parent.title, cell.row, cell.column): cell for cell in _cells(copy, problem)}
        for key, cell in concerned.items():
            if key not in cells:
                cell.fill = fills[problem.severity]
                cells[key] = cell
        first = next(iter(concerned), None)
        if first is not None and (first in notes or len(notes) < MOST):
            notes.setdefault(first, []).append(_note(problem, say))
        elif first is not None:
            unmarked += 1
    for key, told in notes.items():
        cell = cells[key]
        before = [cell.comment.text.rstrip()] if cell.comment else []
        author = cell.comment.author if cell.comment else AUTHOR
        text = ILLEGAL.sub("", "\n\n".join([*before, *told]))
        wide, high = note_size(text)
        cell.comment = Comment(text, author or AUTHOR, high, wide)
    return unmarked


def cell_of(copy: Copy, problem: Problem) -> Any:
    """Give the first cell that a problem is about; None where it is of no cell of the copy."""
    return next(_cells(copy, problem), None)


def _cells(copy: Copy, problem: Problem) -> Iterator[Any]:
    """Give the cell of a problem, all cells of its row, or the header of its column."""
    place = copy.places.get((problem.path, problem.sheet))
    if place is None:
        return
    row = problem.row + place.offset if problem.row is not None else None
    if row is None and problem.column is not None:
        row = place.header
    if row is None:
        return
    columns = [problem.column] if problem.column else range(1, max(place.width, 1) + 1)
    for column in columns:
        if fits(row, column):
            yield _writable(place, row, column)


def _writable(place: Place, row: int, column: int) -> Any:
    """Give a cell that can be coloured, of merged cells the first, in a row that can be seen."""
    from openpyxl.cell.cell import MergedCell

    cell = place.sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        inside = next((each for each in place.sheet.merged_cells.ranges if cell.coordinate in each), None)
        cell = place.sheet.cell(inside.min_row, inside.min_col) if inside else cell
    if row in place.sheet.row_dimensions and place.sheet.row_dimensions[row].hidden:
        place.sheet.row_dimensions[row].hidden = False
    return cell


def _note(problem: Problem, say: Callable[[str], str]) -> str:
    what, hint = sentence(problem, say)
    kind = "" if problem.severity == "error" else say("(remark) ")
    return f"{kind}{what}" + (f"\n→ {hint}" if hint else "")
