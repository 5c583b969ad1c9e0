"""A verdict -> the officer's own workbook, its bad cells coloured and commented, with a sheet that explains.

Where the file is no workbook, one is made of its cells, all of them as text. It is a copy to look at: nothing in it
can come alive, neither a formula of the file nor one that a cell only looks like.
"""

from collections.abc import Sequence

from kawaraban.languages import translator
from kawaraban.model import Dataset, Table, Verdict


def workbook(verdict: Verdict, dataset: Dataset, tables: Sequence[Table], lang: str) -> bytes:
    """Give the bytes of the .xlsx file. The same problems in the same files give the same bytes."""
    from kawaraban.reporting.workbook.concealing import conceal
    from kawaraban.reporting.workbook.copying import copy_files
    from kawaraban.reporting.workbook.explaining import explain
    from kawaraban.reporting.workbook.marking import mark
    from kawaraban.reporting.workbook.saving import Alive, saved

    say = translator(lang)
    personal = any("concealed" in each.details for each in (*verdict.problems, *verdict.silenced))
    # where there is personal data, the officer's book is not copied: comments and hidden sheets would come along
    for own in (False,) if personal else (True, False):
        copy = copy_files(dataset, tables, verdict, own)
        conceal(copy, verdict)
        unmarked = mark(copy, verdict, say)
        explain(copy, verdict, dataset, unmarked, say)
        try:
            return saved(copy.book)
        except Alive:
            # something of the officer's book outlived: the cells alone will do
            if not own:
                raise
    raise AssertionError("the second round returns or raises")
