"""Which rows are the header: one, or several with labels above labels, and the rows that only explain it.

The lead is the row that looks most like a header: about as wide as the table, words above what is typed. Above it
stand upper levels (labels of several columns), below it lower levels, units, types, names in another language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kawaraban.tidying.comments import is_comment
from kawaraban.tidying.contrast import body_below, contrast, is_data
from kawaraban.tidying.explaining import explains
from kawaraban.tidying.shapes import Line, comparable
from kawaraban.tidying.titles import is_above, is_short, says_title, says_unit
from kawaraban.tidying.vocabulary import labels_in
from kawaraban.tidying.wide import is_period

HEAD = 60  # rows in which a header begins
LEVELS = 6
WHOLE = 0.9  # of the table's width: a merged cell as wide as this is a title

Merged = Sequence[tuple[int, int, int, int]]

# (file, header rows, names joined by a space)
RIGHT: list[tuple[str, tuple[int, ...], str]] = [
    ("名称,住所\n本館,1丁目\n", (1,), "名称 住所"),
    (
        ",男,,女,\n地区,人数,割合,人数,割合\n汐見,10,0.5,11,0.5\n駅前,20,0.5,21,0.5\n", (1, 2),
        "地区 男_人数 男_割合 女_人数 女_割合",
    ),
    (
        "地区,人口,,,世帯数\n,総数,男,女,\n汐見,21,10,11,8\n駅前,41,20,21,15\n", (1, 2),
        "地区 人口_総数 人口_男 人口_女 世帯数",
    ),
    (
        "年度,人口,,,\n,日本人,,外国人,\n,男,女,男,女\n令和4年度,10,11,1,2\n令和5年度,10,12,1,3\n", (1, 2, 3),
        "年度 人口_日本人_男 人口_日本人_女 人口_外国人_男 人口_外国人_女",
    ),
    (
        "番号,名称,災害,,,備考\n,,洪水,津波,火災,\n1,本館,○,○,,\n2,分館,,○,○,\n3,支所,○,,○,改修中\n", (1, 2),
        "番号 名称 災害_洪水 災害_津波 災害_火災 備考",
    ),
    (
        "属性,属性,満足度,理由\n番号,年代,,\n1,20代,5,近い\n2,30代,4,静か\n3,40代,4,安い\n", (1, 2),
        "属性_番号 属性_年代 満足度 理由",
    ),
    ("区分,2022,2023\n男,110,120\n女,112,119\n", (1,), "区分 2022 2023"),
    (",2021,2022,2023\n転入,100,110,120\n転出,90,80,70\n", (1,), "field1 2021 2022 2023"),
    ("1,2024-04-01,鉛筆\n2,2024-04-02,紙\n3,2024-04-03,机\n", (), "field1 field2 field3"),
    ('"電話\n番号",  名　　称 \n099-123-4567,本館\n', (1,), "電話 番号 名 称"),
    ("属性,属性,属性\n甲,1,2\n乙,3,4\n", (1,), "属性 属性2 属性3"),
    ("名称,\n本館,12\n分館,8\n", (1,), "名称 field2"),
    ("名称,面積\nname,area\n本館,12\n分館,8\n", (1,), "名称 面積"),
    ("名称,住所,定員\n（例）,汐見1丁目,100\n本館,1丁目,50\n分館,2丁目,20\n", (1,), "名称 住所 定員"),
    (
        "自治体名,澄浜町,,\n作成日,2024-04-01,,\n名称,住所,定員,備考\n本館,1丁目,50,\n分館,2丁目,20,\n", (3,),
        "名称 住所 定員 備考",
    ),
    ("地区,人口,面積\n,（人）,（㎢）\n汐見,10,1.5\n駅前,20,0.5\n", (1,), "地区 人口 面積"),
]  # fmt: skip
# files whose header is the first row alone
WRONG: list[str] = [
    "区分,内容,備考\n開館,9時から,\n休館,,月曜日\n",
    "a,b,c\n1,2,3\n",
    "名称,住所,\n本館,1丁目,駐車場あり\n分館,2丁目,なし\n",
    "id,name\n1,english\n2,日本語\n",
    "empty,0,0.00\n,1.5,2.5\n",
    "品名,分け方\n新聞,古紙\nびん,資源\n",
]


@dataclass(frozen=True, slots=True)
class Header:
    """The header, by places in the lines: its rows, where data begins, rows beside it that are left out and why."""

    rows: tuple[int, ...]
    first: int
    beside: dict[int, str] = field(default_factory=dict)


def find_header(lines: Sequence[Line], usual: int, merged: Merged) -> Header:
    """Give the header rows; none where the first row is data already."""
    lead = _lead(lines, usual)
    if lead is None:
        return Header((), next((at for at, line in enumerate(lines) if line.filled), len(lines)))
    if _is_first_data(lines, lead, usual, merged):
        above = lead - 1
        if above < 0 or not _is_short_header(lines, above, usual):
            return Header((), lead)
        lead = above
    rows = [lead]
    while len(rows) < LEVELS and rows[0] > 0 and _is_upper(lines, rows[0] - 1, rows[0], usual, merged):
        rows.insert(0, rows[0] - 1)
    return _lower(lines, rows, usual, merged)


def _lead(lines: Sequence[Line], usual: int) -> int | None:
    """Give the row that leads the header: wide enough, and no later one beside it stands out more from the body."""
    wide = -(-usual // 2)
    for at, line in enumerate(lines[:HEAD]):
        if len(line.filled) < max(1, wide) or is_comment(line, usual) or is_above(line, usual):
            continue
        if line.typed == len(line.filled) == 1 < usual or _states_unit(lines, at):
            continue  # a date alone; a title with the unit
        if not _is_preamble(lines, at):
            return _advance(lines, at, usual)
    return next((at for at, line in enumerate(lines) if line.filled and not is_comment(line, usual)), None)


def _states_unit(lines: Sequence[Line], at: int) -> bool:
    """Say whether a row gives the unit of the table, and no data follows right below it."""
    below = next((line for line in lines[at + 1 :] if line.filled), None)
    return any(map(says_unit, lines[at].texts)) and below is not None and below.typed == 0


def _is_preamble(lines: Sequence[Line], at: int) -> bool:
    """Say whether a row is one of a few above a blank row, all less wide than what follows it: keys and values."""
    end = next((place for place in range(at, len(lines)) if not lines[place].filled), len(lines))
    after = next((place for place in range(end, len(lines)) if lines[place].filled), None)
    if after is None or end - at > LEVELS or len(lines) - after <= end - at:
        return False
    return all(3 * len(line.filled) <= 2 * len(lines[after].filled) for line in lines[at:end])


def _advance(lines: Sequence[Line], at: int, usual: int) -> int:
    """Give the better of a row and those right below it: more words above what is typed, or more words of headers.

    Rows with a cell or two that stand between are passed, where the row is itself less wide than the table.
    """
    for below in range(at + 1, min(at + 1 + LEVELS, len(lines))):
        own, next_ = lines[at], lines[below]
        narrow = len(next_.filled) <= 2 and max(len(next_.filled), len(own.filled)) < usual
        if len(next_.filled) >= max(2, len(own.filled)):
            if explains(lines, at, below, usual):
                return at
            if _is_better(next_, own, body_below(lines, below + 1, usual)):
                at = below
                continue
        if not narrow:
            return at
    return at


def _is_better(line: Line, own: Line, body: Sequence[Line]) -> bool:
    """Say whether a row below another is rather the header: it stands out more, or has more words of headers."""
    here, there = contrast(own, body), contrast(line, body)
    words, more = labels_in(own.texts), labels_in(line.texts)
    if line.typed - sum(map(is_period, line.texts)) > own.typed:
        return False
    if there.alike > min(here.alike, there.unlike) or there.unlike < here.unlike:
        return False
    if there.unlike > here.unlike:
        return True
    if len(own.filled) == 1 and not words and not line.typed:  # a title above two columns
        return True
    return 2 * words < len(own.filled) and more > max(words, len(line.filled) // 3)


def _is_first_data(lines: Sequence[Line], lead: int, usual: int, merged: Merged) -> bool:
    body = body_below(lines, lead + 1, usual)
    spans = any(first == lines[lead].number for first, *_ in merged)
    return not spans and len(body) > 0 and is_data(lines[lead], body)


def _is_short_header(lines: Sequence[Line], at: int, usual: int) -> bool:
    """Say whether the row above the first data can be a header in which names are missing."""
    line = lines[at]
    return 2 * len(line.filled) >= max(2, usual) and not is_above(line, usual) and line.typed == 0


def _is_upper(lines: Sequence[Line], at: int, below: int, usual: int, merged: Merged) -> bool:
    """Say whether a row is an upper level of the header row below it, and no title."""
    line, under = lines[at], lines[below]
    if not line.filled or is_comment(line, usual):
        return False
    spans = [(left, right) for first, left, _, right in merged if first == line.number and right > left]
    alone = len(line.filled) == 1
    if any(right - left + 1 >= WHOLE * len(under.filled) for left, right in spans) and len(line.filled) < 3:
        return False
    if len(spans) > 1 or any(first == line.number and last >= under.number for first, _, last, _ in merged):
        return True
    if any(map(says_title, line.texts)) or line.typed > sum(map(is_period, line.texts)):
        return False
    if alone:  # a title stands at the left, the day of the figures at the right
        place, text = line.filled[0], line.texts[0]
        inside = under.filled[0] < place and (spans or place < under.filled[-1])
        return bool(inside) and (bool(spans) or (len(text) <= 8 and is_short(text)))
    if spans or any(place not in under.filled for place in line.filled):  # a label that goes down over both rows
        return True
    labels = [comparable(text) for text in under.texts]
    if len(set(labels)) < len(labels):  # 人数, 割合, 人数, 割合 need a level above
        return True
    return all(map(is_short, line.texts)) and len(line.filled) < len(under.filled)


def _lower(lines: Sequence[Line], rows: list[int], usual: int, merged: Merged) -> Header:
    """Give the header with the levels below it and the rows that explain it."""
    beside: dict[int, str] = {}
    at = rows[-1] + 1
    while at < len(lines) and len(rows) < LEVELS:
        why = explains(lines, rows[-1], at, usual)
        if why:
            beside[at] = why
        elif _is_lower(lines, rows, at, usual, merged):
            rows.append(at)
        else:
            break
        at += 1
    while rows and not lines[rows[-1]].filled:
        at = rows.pop()
    return Header(tuple(rows), at, beside)


def _is_lower(lines: Sequence[Line], rows: Sequence[int], at: int, usual: int, merged: Merged) -> bool:
    """Say whether a row is a lower level: labels below a label of several columns, or beside one that goes down."""
    line, above = lines[at], lines[rows[-1]]
    numbers = {lines[row].number for row in rows}
    if any(first in numbers and last >= line.number for first, _, last, _ in merged):
        return True
    body = body_below(lines, at + 1, usual)
    if not line.filled or line.typed > sum(map(is_period, line.texts)) or not body:
        return False
    spans = spans_of(above, merged)
    below = [place for place in line.filled if any(left <= place <= right for left, right in spans)]
    if not below or is_data(line, body):
        return False
    if len(below) < len(line.filled):  # labels elsewhere too: only where they stand out from the body
        found = contrast(line, body)
        sparse = 2 * len(line.filled) <= len(above.filled) and 2 * found.unlike >= len(line.filled)
        return not found.alike and (sparse or found.unlike > contrast(above, body).unlike)
    return len(below) > 1 and len({comparable(text) for text in line.texts}) > 1


def spans_of(line: Line, merged: Merged) -> list[tuple[int, int]]:
    """Give the places that each label of several columns is above: merged, blank to its right, or the same again."""
    own = [(left - 1, right - 1) for first, left, _, right in merged if first == line.number and right > left]
    if own:
        return own
    found = []
    end = len(line.cells)
    for at, place in enumerate(line.filled):
        right = line.filled[at + 1] - 1 if at + 1 < len(line.filled) else end - 1
        while right + 1 < end and line.cell(right + 1) == line.cell(place):
            right += 1
        if right > place:
            found.append((place, right))
    return found
