"""Rows right below the names that only explain them: units, types, the numbers of the columns, an example.

RIGHT holds (file, why the second row is no data), WRONG files whose second row is data.
"""

import re
import unicodedata
from collections.abc import Sequence

from kawaraban.tidying.comments import is_comment
from kawaraban.tidying.contrast import body_below, contrast
from kawaraban.tidying.shapes import Line, kind_of
from kawaraban.tidying.vocabulary import TYPES, is_unit

NUMBERED = 6  # columns that are numbered 1, 2, 3, ... below their names; 3 where they are in brackets: (1), (2), (3)
ASCII_NAME = re.compile(r"[A-Za-z][\w .()/#%-]*", re.ASCII)
EXAMPLE = re.compile(r"[(\[【〔<](?:記入|記載|入力|作成)?例[)\]】〕>]|(?:記入|記載|入力|作成)例")

RIGHT: list[tuple[str, str]] = [
    ("年度,人口,面積\n,人,㎢\n令和4年度,100,2.5\n令和5年度,110,2.5\n", "unit"),
    ("名称,住所,備考\n必須,必須,任意\n本館,1丁目,\n分館,2丁目,\n", "header"),
    ("名称,開館日\nstring,date\n本館,2024-04-01\n分館,2024-04-02\n", "header"),
    ("名称,住所,定員\n（文字列）,（文字列）,（数値）\n本館,1丁目,10\n分館,2丁目,20\n", "header"),
    ("名称,住所,定員\n(1),(2),(3)\n本館,1丁目,10\n分館,2丁目,20\n", "header"),
    ("名称,面積\nname,area\n本館,12\n分館,8\n", "header"),
    ("名称,住所,定員\n（例）,汐見1丁目,100\n本館,1丁目,50\n分館,2丁目,20\n", "example"),
    ("#property,name\n#object_type_xsd,string\n1,本館\n", "comment"),
]
WRONG: list[str] = [
    "a,b,c\n1,2,3\n4,5,6\n",
    "名称,英語名\nlibrary,Library\nhall,Town Hall\n",
    "単位,読み\n冊,さつ\n点,てん\n",
    "名称,住所\n例,汐見1丁目\n本館,1丁目\n",
    "項目,型\n名称,文字列\n定員,整数\n",
]


def explains(lines: Sequence[Line], above: int, at: int, usual: int) -> str:
    """Give why a row below a header row is no data but says what the columns are; else nothing."""
    line, head = lines[at], lines[above]
    if is_comment(line, usual, below=True):
        return "comment"
    if not line.filled or not set(line.filled) <= set(head.filled):
        return ""
    texts = line.texts
    body = body_below(lines, at + 1, usual)
    bracketed = all(text[0] in "(（[［" for text in texts)
    if all(map(is_unit, texts)) and (bracketed or contrast(line, body).unlike == len(texts)):
        return "unit"
    if len(texts) > 1 and all(TYPES.fullmatch(unicodedata.normalize("NFKC", text).strip("()[]")) for text in texts):
        return "header"
    if _numbers_columns(texts):
        return "header"
    if EXAMPLE.fullmatch(unicodedata.normalize("NFKC", texts[0])) and len(body) > 0:
        return "example"
    return "header" if _translates(line, head, body) else ""


def _numbers_columns(texts: Sequence[str]) -> bool:
    plain = [unicodedata.normalize("NFKC", text).strip("()[]") for text in texts]
    marked = plain != list(texts)
    return len(texts) >= (3 if marked else NUMBERED) and plain == [str(each) for each in range(1, len(texts) + 1)]


def _translates(line: Line, head: Line, body: Sequence[Line]) -> bool:
    """Say whether a row gives the Japanese names above it again in Latin letters: 名称, 住所 over name, address."""
    names = [place for place in line.filled if not head.cell(place).isascii()]
    if 2 * len(names) < len(line.filled) or len(line.filled) < 2 or 3 * len(line.filled) < 2 * len(head.filled):
        return False
    texts = line.texts
    latin = all(ASCII_NAME.fullmatch(text) and kind_of(text) == "text" for text in texts)
    if not latin or len(set(texts)) < len(texts):
        return False
    alike = sum(any(ASCII_NAME.fullmatch(each.cell(at)) is not None for each in body) for at in line.filled)
    return bool(body) and 2 * alike < len(line.filled)
