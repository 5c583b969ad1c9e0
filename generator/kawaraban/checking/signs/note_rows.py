"""A note below the data: ※, 注, 出典, or a last row with one sentence in it. It would be read as a row of data."""

import re
import unicodedata
from collections.abc import Iterator

from kawaraban.checking.cells import ends
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

LARGE = 20_000
LAST = 60  # rows at the end that are looked at
FEW = 2  # filled cells of a note, at most: 「注1」 and its text
WIDE = 3  # filled cells of a row of data, where a single one tells a note
NOTE = re.compile(
    r"[\s(\[【〔<《]*(?:※|\*|注\s*\d*\s*[).:、】〕\]>》]|注\s*\d*$"
    r"|(?:注[意記釈]|備考|出典|出所|典拠|凡例|補足)[\s:)】\]〕》>]*[^\s:)】\]〕》>]|(?:資料|参考|notes?|sources?)\s*:)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"。|です|ます|(?:現在|時点|による|より|について|提供|作成|除く|含む|未満|以下余白|以上|終わり)\)?$|^単位"
)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the rows at the end that hold a note."""
    rows = sheet.rows
    start = max(0, rows - LAST)
    cells = ends(sheet)[1][-LAST:] if rows > LARGE else sheet.take(range(start, rows))
    filled = [[place for place, cell in enumerate(each) if cell.strip()] for each in cells]
    notes: list[tuple[int, int]] = []
    for at in range(len(cells) - 1, -1, -1):
        if not filled[at]:
            continue
        place = filled[at][0]
        if not _is_note(cells[at][place], len(filled[at]), _usual(filled[:at])):
            break
        notes.append((at, place))
    for at, place in reversed(notes):
        if at or start:  # a file that holds nothing else has no data to stand below
            yield Finding(start + at, min(place, len(sheet.names) - 1), cells[at][place])


def _usual(filled: list[list[int]]) -> int:
    """Give how many cells a row of data mostly has."""
    counts = sorted(len(each) for each in filled if each)
    return counts[len(counts) // 2] if counts else 0


def _is_note(text: str, filled: int, usual: int) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    if NOTE.match(plain):
        return filled == 1 or (filled <= FEW and usual > FEW)
    return filled == 1 and usual >= WIDE and SENTENCE.search(plain) is not None


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
