"""A row of totals among the data: 合計, 小計, 平均. Who adds the column up counts everything twice.

A total that stands once in each of many groups (男, 女, 総数 by year) is a category of a tidy table: it stays.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from kawaraban.checking.cells import ENDS, ends
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

FIRST = 3  # text columns, among the first SIX, in which a total is named
SIX = 6
LARGE = 20_000
NAMED = re.compile(r"(?:総?合|総|小|中)計|計|(?:grand|sub)?-?total|総平均|平均値?|average")
PERHAPS = re.compile(r".{1,12}(?:合計|総計|小計|計)|総数|全体|全[市町村県区国]|[市町村県区]計|全域|sum|all|overall")
ALWAYS = re.compile("[小中総]計")  # no category of anything
HINT = re.compile("[計数均体市町村県区国域]|total|average|sum|all", re.IGNORECASE)
NUMBER = re.compile(r"[-△▲]?[0-9]+(?:\.[0-9]+)?")


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the rows that say to be a total, and the rows without a label that are the sum of those above."""
    columns = [each for each in range(min(SIX, len(sheet.names))) if sheet.field(each).type in ("string", "any")]
    if not columns:
        return
    large = sheet.rows > LARGE  # nobody writes a total into the middle of such a table
    parts = ends(sheet) if large else (sheet.take(range(sheet.rows)),)
    for start, part in zip((0, sheet.rows - ENDS), parts, strict=False):
        for at, column in _totals(part, columns[:FIRST], to_end=start + len(part) == sheet.rows):
            yield Finding(start + at, column, part[at][column])


def _totals(rows: list[list[str]], columns: Sequence[int], to_end: bool) -> Iterator[tuple[int, int]]:
    """Give (row, column) of what names a total, or of the sum in the table's last row where nothing names it."""
    labels = [
        (at, column, label) for at, cells in enumerate(rows) for column in columns if (label := _label(cells, column))
    ]
    categories = {column: _categories(rows, column) for column in {column for _, column, _ in labels}}
    named: dict[int, tuple[int, str]] = {}
    for at, column, label in labels:
        if ALWAYS.fullmatch(label) or rows[at][column] not in categories[column]:
            named.setdefault(at, (column, label))
    last = max((at for at, cells in enumerate(rows) if any(cells)), default=0)
    texts = any(rows[last][column] for column in columns if column < len(rows[last])) if rows else True
    unnamed = to_end and last > 1 and not texts
    if not named and not unnamed:
        return
    sums = Sums(rows, {*named, *([last] if unnamed else [])})
    for at, (column, label) in named.items():
        others = [cell for place, cell in enumerate(rows[at]) if place != column and cell]
        alone = not others or any(_value(cell) is not None for cell in others)
        if (alone and NAMED.fullmatch(label)) or sums.agree(at):
            yield at, column
    if unnamed and sums.agree(last):
        yield last, next(place for place, cell in enumerate(rows[last]) if cell)


def _label(cells: list[str], column: int) -> str:
    """Give a cell's label where it may be one of a total, as labels are compared: 【合　計】 is 合計."""
    text = cells[column] if column < len(cells) else ""
    if len(text) > 40 or not HINT.search(text):
        return ""
    plain = re.sub(r"[\s()\[\]【】〔〕<>《》「」■●◆:]", "", unicodedata.normalize("NFKC", text)).casefold()
    return plain if NAMED.fullmatch(plain) or PERHAPS.fullmatch(plain) else ""


def _categories(rows: list[list[str]], column: int) -> set[str]:
    """Give the labels that stand no oftener than a column's other texts do: those are its categories."""
    counts = Counter(cells[column] for cells in rows if column < len(cells) and cells[column])
    usual = sorted(counts.values())[len(counts) // 2] if counts else 0
    return {text for text, times in counts.items() if 1 < times <= 2 * usual}


def _value(text: str) -> float | None:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip() if len(text) < 30 else ""
    return float(re.sub("[△▲]", "-", plain)) if NUMBER.fullmatch(plain) else None


class Sums:
    """The numbers of some rows, by column, and what they add up to between the rows that may be totals."""

    def __init__(self, rows: list[list[str]], totals: set[int]) -> None:
        self.rows = rows
        self.totals = sorted(totals)
        self._known: dict[int, tuple[list[float], list[int]]] = {}

    def _up_to(self, column: int) -> tuple[list[float], list[int]]:
        """Give for each row the sum of a column's numbers above it, totals aside, and how many there are."""
        if column not in self._known:
            totals = set(self.totals)
            values = [
                0.0 if at in totals or column >= len(cells) else _value(cells[column]) or 0.0
                for at, cells in enumerate(self.rows)
            ]
            self._known[column] = [*accumulate(values, initial=0.0)], [*accumulate(map(bool, values), initial=0)]
        return self._known[column]

    def agree(self, at: int) -> bool:
        """Say whether half of a row's numbers or more are the sums of the rows above, or below, it."""
        place = bisect_left(self.totals, at)
        before = self.totals[place - 1] + 1 if place else 0
        after = self.totals[place + 1] if place + 1 < len(self.totals) else len(self.rows)
        numbers = [(column, value) for column, cell in enumerate(self.rows[at]) if (value := _value(cell))]
        spans = {(0, at), (before, at), (at + 1, len(self.rows)), (at + 1, after)}
        return any(self._agree(numbers, start, end) for start, end in spans)

    def _agree(self, numbers: list[tuple[int, float]], start: int, end: int) -> bool:
        right = 0
        for column, value in numbers:
            sums, counts = self._up_to(column)
            close = abs(sums[end] - sums[start] - value) <= 1e-9 * abs(sums[end]) + 1e-6
            right += close and counts[end] - counts[start] > 1
        return bool(right) and 2 * right >= len(numbers)


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
