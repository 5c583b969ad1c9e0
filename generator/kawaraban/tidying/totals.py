"""Rows of totals among the data: 合計, 小計, 計, 平均. Whoever adds the column up counts everything twice.

A row is one where its label says so and nothing but numbers stands beside it, or where its numbers are the sums of
those above or below. A total that stands once in each of many groups (男, 女, 総数 by year) is a category: it stays.
RIGHT holds (file, the rows that are totals), WRONG files in which every row is data.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from kawaraban.tidying.shapes import Line, kind_of, number_of

FIRST = 6  # columns, among the first of which a total is named
MOST = 4  # of them
LOOK, TAIL = 200, 60  # first and last rows by which it is told which of them hold words
NAMED = re.compile(r"(?:総?合|総|小|中)計|計|(?:grand|sub)?-?total|総平均|平均値?|average")
PERHAPS = re.compile(
    r".{1,12}(?:合計|総計|小計|計)|総数|総額|全体|全[市町村県区国]|[市町村県区]計|全域|sum|all|overall"
)
ALWAYS = re.compile("[小中総]計")  # no category of anything
LAST = frozenset("計値均lLeEｌｅＬＥ)）】〕]］》>＞」』:：■●◆ \u3000")  # what the name of a total may end with
ENDS = LAST | frozenset("数額体市町村県区国域mMｍＭ\n\t")  # what a label of one may end with
LONGEST = 40  # letters of a label, with what stands around it
MARKS = re.compile(r"[\s()\[\]【】〔〕<>《》「」■●◆:]")

RIGHT: list[tuple[str, tuple[int, ...]]] = [
    ("地区,人数\n汐見,10\n駅前,20\n合計,30\n", (4,)),
    ("地区,人数\n汐見,10\n駅前,20\n【合　計】,31\n平均,15.5\n", (4, 5)),
    (
        "地区,町,人数\n駅前,1丁目,10\n駅前,2丁目,20\n駅前,小計,30\n汐見,1丁目,5\n汐見,2丁目,6\n汐見,小計,11\n計,,41\n",
        (4, 7, 8),
    ),
    ('地区,人数\n総数,"1,230"\n汐見,"1,000"\n駅前,230\n', (2,)),
    ("地区,男,女\n汐見,10,11\n駅前,20,21\n汐見地区計,30,32\n", (4,)),
    ("No,地区,人数\n1,汐見,10\n2,駅前,20\n,,30\n", (4,)),
    ("name,count\na,1\nb,2\nTotal,3\n", (4,)),
    ('NO,名称,定員\n1,本館,"1,200人"\n2,分館,80人\n,合計,"1,280人"\n', (4,)),
    ("款,科目,予算額\n1,市税,500\n2,交付税,300\n歳入合計,,1500\n", (4,)),
    ("地区,人数,増減\n汐見,10本,▲ 2\n駅前,20本,3\n計,30本,▲ 5\n", (4,)),
    ("コード,地区,年月日,人数\n991015,汐見,2024-04-01,10\n,駅前,,20\n,計,,30\n", (4,)),
]  # fmt: skip
WRONG: list[str] = [
    "地区,人数\n計良,12\n統計通り,30\n合計町,42\n",
    "年,性別,人数\n2023,男,10\n2023,女,12\n2023,総数,22\n2024,男,11\n2024,女,12\n2024,総数,23\n",
    "会計,予算\n一般会計,500\n特別会計,300\n企業会計,200\n",
    "用語,説明\n合計,足し合わせたもの\n平均,ならしたもの\n",
    "指標,値\n総数,120\n世帯数,50\n面積,30\n",
    "名称,住所,定員\n合計所,1丁目,10\n計,2丁目,20\n",
    "値\n1\n2\n3\n",
    "番号,名称,定員\n1,合計,10\n2,平均,20\n",
    "コード,区分,人口\n00000,全国,60\n01000,北,20\n02000,南,40\n",
]


def label_of(cell: str) -> str:
    """Give a cell's label where it may be one of a total, as labels are compared (【合　計】 is 合計)."""
    if cell[-1:] not in ENDS or len(cell) > LONGEST:
        return ""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", cell)).casefold()
    return plain if NAMED.fullmatch(plain) or PERHAPS.fullmatch(plain) else ""


def label_columns(lines: Sequence[Line], width: int) -> tuple[int, ...]:
    """Give the columns in which a total may be named: the first ones that hold words."""
    body = [line for line in (*lines[:LOOK], *lines[-TAIL:]) if line.filled]
    return tuple(
        at
        for at in range(min(FIRST, width))
        if any(kind_of(line.cells[at]) == "text" for line in body if at < len(line.cells))
    )[:MOST]


def names_total(cells: Sequence[str], places: Sequence[int]) -> bool:
    """Say whether a row, by itself, is one of a total: named so, with nothing but numbers and blanks beside."""
    at = _named_at(cells, places)
    return at is not None and _alone(cells, at)


def total_rows(lines: Sequence[Line], places: Sequence[int]) -> set[int]:
    """Give the numbers of the rows that are totals. `places` are the columns in which one may be named."""
    labels = [(at, *label) for at, line in enumerate(lines) if (label := _label(line, places))]
    categories = {column: _categories(lines, column) for column in {column for _, column, _ in labels}}
    named = {
        at: (column, label)
        for at, column, label in labels
        if ALWAYS.fullmatch(label) or lines[at].cell(column) not in categories[column]
    }
    last = max((at for at, line in enumerate(lines) if line.filled), default=0)
    unnamed = last > 1 and not any(kind_of(lines[last].cells[at]) not in NUMERIC for at in lines[last].filled)
    unnamed = unnamed and bool(places) and not any(at in places for at in lines[last].filled)
    if not named and not unnamed:
        return set()
    sums = Sums(lines, {*named, *([last] if unnamed else [])})
    found = {
        at
        for at, (column, label) in named.items()
        if _alone(lines[at].cells, column)
        and (NAMED.fullmatch(label) or sums.agree(at) or (at == last and _out_of_place(lines, at, column)))
    }
    if unnamed and sums.agree(last):
        found.add(last)
    return {lines[at].number for at in found}


FIGURES = {"number", "quantity"}
NUMERIC = (*FIGURES, "missing", "blank")


def _alone(cells: Sequence[str], column: int) -> bool:
    """Say whether numbers stand beside a label, and words at most on its left (駅前, 小計)."""
    kinds = [kind_of(cell) for cell in cells]
    others = kinds[:column] + kinds[column + 1 :]
    after = kinds[column + 1 :]
    return (
        bool(FIGURES & set(after))
        and all(kind in NUMERIC for kind in after)
        and _no_code(cells[:column])
        and bool(others)
    )


def _out_of_place(lines: Sequence[Line], at: int, column: int) -> bool:
    """Say whether a label stands in a column whose other cells are numbers: 歳入合計 below 1, 2, 3."""
    kinds = [
        kind for line in lines if line.number != lines[at].number and (kind := kind_of(line.cell(column))) != "blank"
    ]
    return len(kinds) > 1 and all(kind in ("number", "code") for kind in kinds)


def _no_code(cells: Sequence[str]) -> bool:
    """Say whether no number stands left of the label: a row with its own number or code is a row of data."""
    return not any(kind_of(cell) in ("number", "code") for cell in cells)


def _named_at(cells: Sequence[str], places: Sequence[int]) -> int | None:
    for at in places:
        if at < len(cells) and (label := label_of(cells[at])) and NAMED.fullmatch(label):
            return at
    return None


def _label(line: Line, places: Sequence[int]) -> tuple[int, str] | None:
    return next(((at, label) for at in places if at < len(line.cells) and (label := label_of(line.cells[at]))), None)


def _categories(lines: Sequence[Line], column: int) -> set[str]:
    """Give the labels that stand no oftener than a column's other texts do: those are its categories."""
    counts = Counter(text for line in lines if (text := line.cell(column)))
    usual = sorted(counts.values())[len(counts) // 2] if counts else 0
    return {text for text, times in counts.items() if 1 < times <= 2 * usual}


class Sums:
    """The numbers of some rows, by column, and what they add up to between the rows that may be totals."""

    def __init__(self, lines: Sequence[Line], totals: set[int]) -> None:
        self.lines = lines
        self.totals = sorted(totals)
        self._known: dict[int, tuple[list[float], list[int]]] = {}

    def _up_to(self, column: int) -> tuple[list[float], list[int]]:
        """Give for each row the sum of a column's numbers above it, totals aside, and how many there are."""
        if column not in self._known:
            totals = set(self.totals)
            values = [
                0.0 if at in totals else number_of(line.cell(column)) or 0.0 for at, line in enumerate(self.lines)
            ]
            self._known[column] = [*accumulate(values, initial=0.0)], [*accumulate(map(bool, values), initial=0)]
        return self._known[column]

    def agree(self, at: int) -> bool:
        """Say whether half of a row's numbers or more are the sums of the rows above, or below, it."""
        place = bisect_left(self.totals, at)
        before = self.totals[place - 1] + 1 if place else 0
        after = self.totals[place + 1] if place + 1 < len(self.totals) else len(self.lines)
        line = self.lines[at]
        numbers = [(column, value) for column in line.filled if (value := number_of(line.cells[column]))]
        spans = {(0, at), (before, at), (at + 1, len(self.lines)), (at + 1, after)}
        return any(self._agree(numbers, start, end) for start, end in spans)

    def _agree(self, numbers: list[tuple[int, float]], start: int, end: int) -> bool:
        right = 0
        for column, value in numbers:
            sums, counts = self._up_to(column)
            close = abs(sums[end] - sums[start] - value) <= 1e-9 * abs(sums[end]) + 1e-6
            right += close and counts[end] - counts[start] > 1
        return bool(right) and 2 * right >= len(numbers)
