"""Rows above the header that are no part of it: the title, the day, the unit, a note.

A title has fewer cells than the table. What has as few and is one level of a header is for headers.py to tell.
RIGHT holds (file, {row: why}), WRONG files in which no row is a title or a unit.
"""

import re
import unicodedata

from kawaraban.tidying.notes import NOTE
from kawaraban.tidying.shapes import Line, kind_of
from kawaraban.tidying.vocabulary import is_label, is_unit

UNIT = re.compile(r"[(\[【〔<]\s*単位\s*[:/は]?\s*.{1,30}|単位\s*(?:[:/は]|\s).{1,30}")
# what a title row says and no header does: the day of the figures, who made them, which table this is
SAYS = re.compile(
    r"(?:現在|時点|調べ|調査)\)?$|(?:作成|更新|公表|公開|改定|掲載|発行|基準)(?:年月)?日?(?:\s*[:は]|$)|^(?:出典|資料|作成者?|提供)\s*:"
    r"|^\(?(?:表|図|別紙|別表|様式|資料|付表|統計表)\s*[0-9-]|^第?\s*[0-9]+(?:[-.][0-9]+)*\s*(?:表|図|章|節)|のお知らせ|について$"
    r"|^.{4,}(?:の?一覧表?|名簿|統計表|集計表|状況表?|推移|内訳)(?:\(.*\))?$"
)
LEVEL = 12  # letters of a label of an upper level of a header, at most

RIGHT: list[tuple[str, dict[int, str]]] = [
    ("澄浜町の図書館,,\n名称,住所,電話番号\n本館,1丁目,099-123-4567\n分館,2丁目,099-123-4568\n", {1: "title"}),
    (
        "地区別人口,,,\n,,,令和6年4月1日現在\n,,,（単位：人）\n地区,男,女,計\n汐見,10,11,21\n駅前,20,21,41\n",
        {1: "title", 2: "title", 3: "unit"},
    ),
    ("避難所一覧\n\n名称,住所\n本館,1丁目\n分館,2丁目\n", {1: "title"}),
    ("※見本です,,\n名称,定員,住所\n本館,10,1丁目\n分館,8,2丁目\n", {1: "note"}),
    (
        "作成日,2024-04-01,,\n作成課,福祉課,,\n,,,\n名称,住所,定員,備考\n本館,1丁目,10,\n分館,2丁目,8,\n",
        {1: "title", 2: "title"},
    ),
]
WRONG: list[str] = [
    "名称,住所,電話番号\n本館,1丁目,099-123-4567\n",
    "名称\n本館\n分館\n",
    "件数,\n1,2\n3,4\n",
    ",男,,女,\n地区,人数,割合,人数,割合\n汐見,10,0.5,11,0.5\n駅前,20,0.5,21,0.5\n",
    "単位,数量\n冊,10\n点,5\n",
]


def says_title(text: str) -> bool:
    """Say whether a text is one that stands above a table: a day, a maker, a unit, a table's number, a note."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(SAYS.search(plain) or NOTE.match(plain) or says_unit(plain))


def says_unit(text: str) -> bool:
    """Say whether a text names the unit of the whole table: （単位：人）."""
    return UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def is_above(line: Line, usual: int) -> bool:
    """Say whether a row, by itself, is of those above a header: few cells, and one says so."""
    few = len(line.filled) <= max(1, usual // 2) and len(line.filled) <= 4
    return few and any(map(says_title, line.texts))


def kind_above(line: Line) -> str:
    """Give what a row above the header is: unit, note or title."""
    texts = line.texts
    if all(says_unit(text) or (is_unit(text) and not is_label(text)) for text in texts):
        return "unit"
    return "note" if all(NOTE.match(unicodedata.normalize("NFKC", text).strip()) for text in texts) else "title"


def is_short(text: str) -> bool:
    """Say whether a text is short enough for a label of an upper level, and a word."""
    return len(text.strip()) <= LEVEL and kind_of(text) in ("text", "period")
