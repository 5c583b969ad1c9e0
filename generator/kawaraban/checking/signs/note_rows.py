"""A note below the data: ※, 注, 出典, or a last row with one sentence in it. It would be read as a row of data.

Which rows are notes, tidying knows.
"""

from collections.abc import Iterator

from kawaraban.checking.cells import ends
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.tidying.notes import notes_below, usual_width
from kawaraban.tidying.shapes import lines_of

LARGE = 20_000
LAST = 60  # rows at the end that are looked at


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the rows at the end that hold a note."""
    start = max(0, sheet.rows - LAST)
    cells = ends(sheet)[1][-LAST:] if sheet.rows > LARGE else sheet.take(range(start, sheet.rows))
    lines = lines_of([*enumerate(cells, start)])
    notes = notes_below(lines, usual_width(lines))
    for line in lines:
        if line.number in notes and line.number:  # a file that holds nothing else has no data to stand below
            place = line.filled[0]
            yield Finding(line.number, min(place, len(sheet.names) - 1), line.cells[place])


SIGN = Sign("note-row", "warning", look)

RIGHT = [
    Example("名称,住所,電話番号\n本館,1丁目,099-123-4567\n※分館,2丁目,099-123-4568\n"),
    Example("名称,住所,電話番号\n本館,1丁目,099-123-4567\n分館,,\n"),
    Example("項目\n名称\n注連縄\n注文\n備考\n"),
    Example("※この表は見本です\n"),
    Example("番号,名称,住所\n1,本館,1丁目\n2,,\n3,,\n"),
]
WRONG = [
    Example("名称,住所,電話番号\n本館,1丁目,099-123-4567\n,,\n※開館日は変わることがあります,,\n", (("A4", None),)),
    Example(
        "年,件数,率\n2023,1,2\n2024,2,3\n注1),2024年は速報,\n(注)端数は合わない,,\n出典：澄浜町統計書,,\n",
        (("A4", None), ("A5", None), ("A6", None)),
    ),
    Example("名称,住所,電話番号\n本館,1丁目,099-123-4567\n,令和6年4月1日現在,\n", (("B3", None),)),
    Example("名称,住所,電話番号\n本館,1丁目,099-123-4567\n※見本\n", (("A3", None),)),
]
