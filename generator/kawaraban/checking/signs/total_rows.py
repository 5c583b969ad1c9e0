"""A row of totals among the data: 合計, 小計, 平均. Who adds the column up counts everything twice.

Which rows are totals, tidying knows.
"""

from collections.abc import Iterator

from kawaraban.checking.cells import ENDS, ends
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.tidying.shapes import lines_of
from kawaraban.tidying.totals import label_columns, label_of, total_rows

LARGE = 20_000


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the rows that say to be a total, and the last row where it has no label and is the sum of those above."""
    large = sheet.rows > LARGE  # nobody writes a total into the middle of such a table
    parts = ends(sheet) if large else (sheet.take(range(sheet.rows)),)
    for start, part in zip((0, sheet.rows - ENDS), parts, strict=False):
        lines = lines_of([*enumerate(part, start)])
        words = label_columns(lines, len(sheet.names))
        columns = [each for each in words if sheet.field(each).type in ("string", "any")]
        found = total_rows(lines, columns)
        for line in lines:
            if line.number not in found:
                continue
            column = next((at for at in columns if label_of(line.cell(at))), None)
            if column is not None:
                yield Finding(line.number, column, line.cells[column])
            elif start + len(part) == sheet.rows:
                yield Finding(line.number, line.filled[0], line.cells[line.filled[0]])


SIGN = Sign("total-row", "warning", look)

RIGHT = [
    Example("地区,人数\n計良,12\n統計通り,30\n合計町,42\n"),
    Example("年,性別,人数\n2023,男,10\n2023,女,12\n2023,総数,22\n2024,男,11\n2024,女,12\n2024,総数,23\n"),
    Example("会計,予算\n一般会計,500\n特別会計,300\n企業会計,200\n"),
    Example("用語,説明\n合計,足し合わせたもの\n平均,ならしたもの\n"),
    Example("指標,値\n総数,120\n世帯数,50\n面積,30\n"),
    Example("地区,人数,世帯\n駅前,10,4\n汐見,20,8\n,33,11\n"),
]
WRONG = [
    Example("地区,人数\n駅前,10\n汐見,20\n合計,30\n", (("A4", None),)),
    Example("地区,人数\n駅前,10\n汐見,20\n【合　計】,31\n平均,15.5\n", (("A4", None), ("A5", None))),
    Example(
        "地区,町名,人数\n駅前,1丁目,10\n駅前,2丁目,20\n駅前,小計,30\n汐見,1丁目,5\n汐見,2丁目,6\n汐見,小計,11\n総計,,41\n",
        (("B4", None), ("B7", None), ("A8", None)),
    ),
    Example('地区,人数\n総数,"1,230"\n駅前,"1,000"\n汐見,230\n', (("A2", None),)),
    Example("地区,男,女\n駅前,10,11\n汐見,20,21\n白砂地区計,30,32\n", (("A4", None),)),
    Example("No,地区,人数\n1,駅前,10\n2,汐見,20\n,,30\n", (("C4", None),)),
    Example("name,count\na,1\nb,2\nTotal,3\n", (("A4", None),)),
]
