"""Notes below the data and between its rows: ※, 注, 出典, 資料, a sentence in the last row.

RIGHT holds (file, the rows that are notes), WRONG files in which every row is data.
"""

import re
import unicodedata
from collections.abc import Sequence

from kawaraban.tidying.shapes import Line, kind_of

FEW = 2  # filled cells of a note, at most: 「注1」 and its text
WIDE = 3  # filled cells of a row of data, where a single one tells a note
NOTE = re.compile(
    r"[\s(\[【〔<《]*(?:※|\*(?=\s|\D)|注\s*\d*\s*[).:、】〕\]>》]|注\s*\d*$|\d*\s*注\s*[):：]|\(?注\d*\)?\s"
    r"|(?:注[意記釈]|備考|出典|出所|典拠|凡例|補足|引用)\s*[:)】\]〕》>]\s*[^\s:)】\]〕》>]"
    r"|[○◯〇◎●△▲×✕☆★]」?\s*(?:[:=]|は|…)|凡例\s|(?:資料|参考|問い?合わ?せ先?|作成|担当|notes?|sources?)\s*:)",
    re.IGNORECASE,
)
WORD = re.compile(
    r"[(\[【〔<《]?(?:※\s*\d*|\*\d*|注[意記釈]?\s*\d*|備考|出典|出所|資料|参考|凡例|補足)[)\]】〕>》]?\s*:?"
)
SENTENCE = re.compile(
    r"。|(?:です|ます|現在|時点|による|より|について|提供|調べ|作成|除く|含む|未満|以下余白|以上|終わり)\)?$|^単位|^\(?注"
)
GROUP = re.compile(r"[<【《〔\[■●◆▼▽□◇][^。]{1,40}[>】》〕\]]?")

RIGHT: list[tuple[str, tuple[int, ...]]] = [
    ("名称,住所,電話番号\n本館,1丁目,099-123-4567\n,,\n※開館日は変わることがあります,,\n", (4,)),
    ("年,件数,率\n2023,1,2\n2024,2,3\n注1),2024年は速報,\n(注)端数は合わない,,\n出典：澄浜町統計書,,\n", (4, 5, 6)),
    ("名称,住所,電話番号\n本館,1丁目,099-123-4567\n,令和6年4月1日現在,\n", (3,)),
    ("名称,住所,電話番号\n本館,1丁目,099-1\n※分館は休み,,\n支所,3丁目,099-3\n", (3,)),
    ("地区,人数\n汐見,10\n駅前,20\n,\n担当課\n福祉課　内線12\n", (5, 6)),
    ("地区,人数\n汐見,10\n駅前,20\n資料：住民基本台帳\n", (4,)),
    ("園名,0歳,1歳\n汐見園,○,×\n駅前園,△,○\n○：空きあり　△：若干名　×：空きなし,,\n", (4,)),
]
WRONG: list[str] = [
    "名称,住所,電話番号\n本館,1丁目,099-123-4567\n※分館,2丁目,099-123-4568\n",
    "名称,住所,電話番号\n本館,1丁目,099-123-4567\n分館,,\n",
    "項目\n名称\n注連縄\n注文\n備考\n",
    "番号,名称,住所\n1,本館,1丁目\n2,,\n3,,\n",
    "名称,住所,備考\n本館,1丁目,※要予約\n※分館,2丁目,\n",
    "品名,分け方\n※電池,有害ごみ\n注射針,病院へ\n参考書,古紙\n",
]


def usual_width(lines: Sequence[Line]) -> int:
    """Give how many filled cells a row of data has: more than a title has, fewer than the header may have."""
    notes = (line for line in lines if len(line.filled) != 1 or not NOTE.match(line.cell(line.filled[0])))
    counts = sorted(len(line.filled) for line in notes if line.filled)
    several = [count for count in counts if count > 1]
    if 4 * len(several) < len(counts):
        return min(1, len(counts))
    return several[2 * len(several) // 3] if several else 1


def is_note(line: Line, usual: int) -> bool:
    """Say whether a row anywhere in a table is a note by its mark; `usual` is how many cells a row of data has."""
    if not line.filled or len(line.filled) > FEW:
        return False
    text = unicodedata.normalize("NFKC", line.cells[line.filled[0]]).strip()
    if len(line.filled) == FEW:
        return usual > FEW and WORD.fullmatch(text) is not None
    return usual > 1 and NOTE.match(text) is not None


def is_group(line: Line, usual: int) -> bool:
    """Say whether a row is a heading among the rows, 【東部】 or ■手続き: one cell, marked, in the first columns."""
    if len(line.filled) != 1 or usual < WIDE or line.filled[0] > 1:
        return False
    text = unicodedata.normalize("NFKC", line.cells[line.filled[0]]).strip()
    return GROUP.fullmatch(text) is not None


def notes_below(lines: Sequence[Line], usual: int) -> set[int]:
    """Give the numbers of the rows below the last row of data that are notes; blank rows between them are passed.

    `lines` are the last rows of the table. Without its mark a row is a note where it is one sentence, or stands
    below a blank row with few cells, none of which is a number.
    """
    found: set[int] = set()
    waiting: list[int] = []  # rows that are notes if a blank row stands above them
    for line in reversed(lines):
        if not line.filled:
            found.update(waiting)
            waiting = []
        elif is_note(line, usual) or _is_sentence(line, usual):
            found.add(line.number)
            found.update(waiting)
            waiting = []
        elif _is_loose(line, usual):
            waiting.append(line.number)
        else:
            break
    return found


def _is_sentence(line: Line, usual: int) -> bool:
    text = unicodedata.normalize("NFKC", line.cells[line.filled[0]]).strip()
    if len(line.filled) > 1 or usual < 2 or kind_of(text) in ("number", "date"):
        return False
    return (usual >= WIDE or line.filled[0] > 0 or len(text) > 20 or text in ("以下余白", "以上")) and bool(
        SENTENCE.search(text)
    )


def _is_loose(line: Line, usual: int) -> bool:
    few = len(line.filled) == 1 if usual <= WIDE else len(line.filled) <= min(2, usual // 3 + 1)
    return (
        usual > 1 and few and all(kind_of(line.cells[at]) in ("text", "prose", "link", "phone") for at in line.filled)
    )
