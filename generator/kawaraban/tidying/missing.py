"""Words that stand for nothing: －, 不明, 該当なし, N/A.

The law: they are nothing only where the field holds something else than text. In a column of text 不明 is what the
officer says; only dashes go, and only if the recipe asks for it (`missing: dashes`). 〃 means the cell above, 無 in a
column of yes and no means no, * may be a mark there, and x in a statistic is a number that is kept secret: nothing
can be read of it, but that is told to the officer.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.tidying.widths import DASHES

TYPES = frozenset({"number", "integer", "year", "yearmonth", "date", "time", "datetime", "boolean", "geopoint"})
DASH = rf"[-{DASHES}]{{1,10}}"
DOTS = r"[.…‥・･．]{2,10}|[…‥・･]"
UNKNOWN = (
    r"不明|非公開|非公表|未定|未記入|未入力|未調査|未確認|調査中|記載なし|記載無し|確認中|集計中|未集計|調整中|未実施"
    r"|不詳|欠測|欠損|秘匿"
)
NONE = r"なし|無し|無|該当なし|該当無し|該当せず|設定なし|特になし|未設置"
ENGLISH = r"n/a|na|nan|null|none|nil|#n/a|#null!"
SIGNS = rf"[-{DASHES}*＊/／~〜～.．…‥・･\s]{{1,10}}"
HIDDEN = r"[xｘΧχ]"  # 秘匿
ALWAYS = re.compile(rf"{DASH}|{DOTS}|{UNKNOWN}|[(（]{DASH}[)）]", re.IGNORECASE)
IN_FIGURES = re.compile(rf"{ALWAYS.pattern}|{NONE}|{ENGLISH}|{SIGNS}|{HIDDEN}", re.IGNORECASE)
IN_FLAGS = re.compile(rf"{ALWAYS.pattern}|n/a|#n/a|nan|null|#null!", re.IGNORECASE)
ONLY_DASHES = re.compile(DASH)
LONGEST = 12  # letters
DIGITS = frozenset("0123456789")  # no word begins with one; most cells do

NUMBER, FLAG = {"type": "number"}, {"type": "boolean"}
TEXT = {"type": "string", "kawaraban": {"missing": "dashes"}}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    *((word, NUMBER, "") for word in (
        "-", "－", "―", "ー", "—", "‐", "--", "（－）", "…", "・・・", "***", "*", "/", "／", "不明", "なし", "無し",
        "無", "該当なし", "該当無し", "非公開", "未定", "未記入", "調査中", "記載なし", "N/A", "n/a", "NA", "NaN",
        "NULL", "none", "#N/A", "x", "Ｘ", "集計中", "不詳", "欠測", "秘匿",
        "- -", "～", "未設置",
    )),
    ("不明", {"type": "date"}, ""),
    ("未定", {"type": "time"}, ""),
    ("－", FLAG, ""),
    ("不明", FLAG, ""),
    ("－", TEXT, ""),
]  # fmt: skip
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((word, NUMBER) for word in ("0", "〃", "同上", "なし（令和6年）", "#REF!", "-5", "▲", "約30台", "○", "")),
    *((word, FLAG) for word in ("無", "なし", "無し", "no", "×", "x", "*", "該当なし")),
    *((word, {"type": "string"}) for word in ("－", "不明", "なし", "N/A")),
    *((word, TEXT) for word in ("不明", "なし", "A-1", "・・・")),
]


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed."""
    return field.get("type") in TYPES or (field.get("kawaraban") or {}).get("missing") == "dashes"


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give nothing where the cell says that there is nothing."""
    if not cell or len(cell) > LONGEST or cell[0] in DIGITS or not touches(field):
        return cell
    return "" if _words(field).fullmatch(cell) else cell


def is_missing(cell: str, type_: str = "number") -> bool:
    """Say whether a cell of a field of that type is blank, or a word that stands for nothing."""
    return clean(cell, {"type": type_}) == ""


def decide(cells: Iterable[str], type_: str) -> list[str]:
    """Give the words met in a column of that type that stand for nothing, in the order of their first appearance."""
    found = dict.fromkeys(cell for cell in cells if cell)
    return [cell for cell in found if is_missing(cell, type_)]


def _words(field: Mapping[str, Any]) -> re.Pattern[str]:
    type_ = field.get("type")
    if type_ == "boolean":
        return IN_FLAGS
    return IN_FIGURES if type_ in TYPES else ONLY_DASHES
