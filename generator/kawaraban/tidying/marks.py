"""Marks and words for yes and no: ○, 1, 有 -> 1; ×, 0, 無 -> 0.

The law: only in a column that holds nothing else. Where words for no (無, なし, 不可) stand, 有 and 無 are what the
column says, and it stays text, as one named ...有無 does, or where 有 stands in every row. ◎ or △ beside
○, and ● beside ○, make a scale: it is left. A column of 1 alone, of 0 and 1, or without any yes is taken for flags
only where its name says so.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.roles import says
from kawaraban.tidying import missing

# U+25CB, U+3007, U+25EF, U+2B55, U+25CF; officers type all of them
CIRCLES = "○〇◯⭕"
DISC = "●"
YES = frozenset({
    *CIRCLES, DISC, "1", "1.0", "有", "あり", "有り", "可", "はい", "対象", "該当", "yes", "y", "true", *"✓✔☑✅レ",
})  # fmt: skip
NO = frozenset({
    *"×✕✖╳❌", "x", "0", "0.0", "無", "なし", "無し", "不可", "いいえ", "対象外", "非該当", "no", "n", "false",
})  # fmt: skip
YES_WORDS = frozenset({"有", "あり", "有り", "可", "はい", "対象", "該当"})
NO_WORDS = frozenset({"無", "なし", "無し", "不可", "いいえ", "対象外", "非該当"})
FIGURES = frozenset({"0", "1", "0.0", "1.0"})  # pandas makes 1.0 of a column of 1 and blank
FLAG = {"type": "boolean"}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    *((mark, FLAG, "1") for mark in (
        "○", "〇", "◯", "⭕", "●", "1", "1.0", "１", "有", "あり", "有り", "可", "はい", "yes", "Y", "TRUE", "✓", "レ"
    )),
    *((mark, FLAG, "0") for mark in (
        "×", "✕", "✖", "x", "ｘ", "0", "無", "なし", "無し", "不可", "いいえ", "no", "N", "FALSE"
    )),
    ("－", FLAG, "－"),
]  # fmt: skip
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, FLAG) for cell in ("◎", "△", "◎○", "あり（要予約）", "2", "-", "", "*", "不明", "該当なし", "01")),
    ("有", {"type": "string", "name": "駐車場の有無"}),
    ("○", {"type": "string"}),
    ("○", {"type": "boolean", "trueValues": ["○"]}),
]
FLAG_COLUMNS: list[tuple[str, list[str]]] = [
    ("洪水", ["1", "", "1"]),
    ("津波", ["1", "0"]),
    ("高潮", ["1.0", ""]),
    ("災害種別_地震", ["○", "×", "－"]),
    ("車椅子使用者用トイレ", ["○", "", "〇"]),
    ("駐車場", ["あり", ""]),
    ("土砂災害", ["×", "×"]),
]
OTHER_COLUMNS: list[tuple[str, list[str]]] = [
    ("階数", ["1", "1", ""]),
    ("件数", ["0", "1"]),
    ("評価", ["○", "◎"]),
    ("区分", ["○", "●"]),
    ("判定", ["○", "△", "×"]),
    ("授乳室有無", ["有", "無"]),
    ("駐車場", ["あり", "なし"]),
    ("駐車場", ["あり", "あり"]),
    ("備考", ["なし", ""]),
    ("津波", ["", ""]),
    ("津波", ["1", "2"]),
    ("津波浸水深", ["0", "1"]),
]


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed: a field that names its own words keeps them."""
    return field.get("type") == "boolean" and "trueValues" not in field and "falseValues" not in field


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give 1 for yes and 0 for no."""
    if not touches(field):
        return cell
    word = _plain(cell)
    return "1" if word in YES else "0" if word in NO else cell


def decide(name: str, cells: Iterable[str]) -> bool:
    """Say whether a column holds yes and no, and nothing else."""
    if says(name, "presence"):
        return False
    known = dict.fromkeys(cells)
    marks = {_plain(cell) for cell in known if not missing.is_missing(cell, "boolean")}
    if not marks or not marks <= YES | NO or marks & NO_WORDS or (DISC in marks and marks & set(CIRCLES)):
        return False
    if marks <= YES_WORDS and len(marks) == len(known) and not says(name, "flag"):
        return False
    return says(name, "flag") or bool(marks & YES - FIGURES)


def _plain(cell: str) -> str:
    """Give a mark as it is compared: half-width, small letters. ⭕ and the like have no other form."""
    return (
        cell.strip() if len(cell) == 1 and not cell.isalnum() else unicodedata.normalize("NFKC", cell).strip().lower()
    )
