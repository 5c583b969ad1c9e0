"""Takes personal data out of the copy: a report may be handed on to people who may not see it."""

from kawaraban.model import CONCEALED, Verdict
from kawaraban.reporting.workbook.cells import write_text
from kawaraban.reporting.workbook.copying import Copy


def conceal(copy: Copy, verdict: Verdict) -> None:
    """Write ●●● over every cell of the columns that hold personal data; over all cells where no column is named."""
    for problem in (*verdict.problems, *verdict.silenced):
        columns = problem.details.get("concealed")
        place = copy.places.get((problem.path, problem.sheet))
        if columns is None or place is None:
            continue
        for cell in [each for row in place.sheet.iter_rows(min_row=place.header + 1) for each in row]:
            if cell.value not in (None, "") and (not columns or cell.column - 1 in columns):
                write_text(cell, CONCEALED)
