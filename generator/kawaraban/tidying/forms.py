"""Sheets that are no table: a form or a list of keys and values, whose words of headers stand beside what they name.

RIGHT holds files that are forms, WRONG files that are tables.
"""

from collections.abc import Sequence

from kawaraban.tidying.shapes import Line, comparable, kind_of
from kawaraban.tidying.vocabulary import is_label, is_word
from kawaraban.tidying.wide import is_period

NARROW = 3
LABELS = 5  # different words of headers among the cells of a form, at least
SHARE = 0.3  # of all cells

RIGHT: list[str] = [
    "名称,澄浜町立図書館\n住所,汐見1丁目\n電話番号,099-123-4567\n開館時間,9:00\n備考,月曜休館\n",
    "名称,本館,電話番号,099-123-4567\n住所,汐見1丁目,郵便番号,990-0015\n担当課,総務課,定員,120\n備考,なし,開館日,毎日\n",
    "概要,図書館の位置\n,\nname,館の名前\naddress,館の住所\ntel,館の電話\n",
]
WRONG: list[str] = [
    "名称,住所\n本館,1丁目\n分館,2丁目\n",
    "項目,数量\n人口,1200\n世帯数,500\n面積,20\n件数,12\n",
    "項目,令和4年度,令和5年度\n人口,1200,1190\n世帯数,500,510\n面積,20,20\n件数,12,11\n",
    "年,性別,人数\n2023,男,10\n2023,女,12\n2024,男,11\n2024,女,13\n",
    "original_name,display_name\nname,名称\naddress,住所\ntel,電話番号\nnote,備考\nurl,リンク\n",
]


def is_form(heads: Sequence[Line], body: Sequence[Line]) -> bool:
    """Say whether a sheet is rather a form than a table."""
    lines = [*heads, *body]
    if len(lines) < NARROW:
        return False
    width = max((len(line.filled) for line in lines), default=0)
    if 1 < width <= NARROW:
        return _keys_and_values(lines)
    texts = [text for line in body for text in line.texts]
    labels = [text for text in texts if is_word(text)]
    return len({comparable(text) for text in labels}) >= LABELS and len(labels) >= SHARE * len(texts)


def _keys_and_values(lines: Sequence[Line]) -> bool:
    """Say whether the first two columns hold words of headers, and the first row is but one with its value."""
    keys = [line.cell(0) for line in lines if line.cell(0)]
    labels = sum(is_label(line.cell(0)) or is_label(line.cell(1)) for line in lines[1:])
    value = lines[0].cell(1)
    heading = not value or is_label(value) or is_period(value)
    return not heading and labels >= NARROW and labels >= SHARE * len(keys) and kind_of(keys[0]) == "text"
