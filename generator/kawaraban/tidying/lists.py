"""Several values in one cell: 洪水、津波 -> 洪水;津波 as the municipal standards ask, and 月～金 -> 月火水木金.

The law: only in a column that the recipe calls a list (`list: true`), or a list of weekdays (`list: weekdays`); free
text is never one. The strongest sign in a cell parts its values, the weaker ones are inside them, and so are those in
brackets.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.tidying import missing
from kawaraban.tidying.eras import WEEKDAYS

TYPES = frozenset({"string", "any", ""})
SIGNS = (re.compile(r"[;；\n]"), re.compile(r"[、，,]"), re.compile(r"[・／/･]"))  # from the strongest
BRACKETS = re.compile(r"[(（「『\[［【][^)）」』\]］】]*[)）」』\]］】]")
OPEN = re.compile(r"[(（「『\[［【)）」』\]］】]")
NAMED = re.compile(
    r"災害(の?種[別類])?$|種別$|分類$|形式$|言語$|診療科目?|設備$|決済|支払|カテゴリ|対象者?$|品目$|サービス$"
)
TAGS = re.compile(r"タグ[0-9]*$|キーワード|^tags?$|keywords?$", re.IGNORECASE)  # each may stand once
DAYS_NAMED = re.compile("曜日$|曜日[_(]|^曜$")
LONGEST = 15  # letters of a value
NEARLY_ALL = 0.9
KINDS = WEEKDAYS + "祝"  # towns write 月火水木金土日祝
DAY = rf"([{WEEKDAYS}])(?:曜日?)?"
_RUN = re.compile(rf"{DAY}\s*(?:[~～〜−–—―ー-]|から)\s*{DAY}(?:まで)?")
_DAYS = re.compile(rf"([{KINDS}])(?:曜日?|(?<=祝)日)?")

LIST: Mapping[str, Any] = {"type": "string", "kawaraban": {"list": True}}
DAYS: Mapping[str, Any] = {"type": "string", "kawaraban": {"list": "weekdays"}}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    ("洪水、津波", LIST, "洪水;津波"),
    ("洪水；津波；", LIST, "洪水;津波"),
    ("洪水, 津波", LIST, "洪水;津波"),
    ("洪水\n津波", LIST, "洪水;津波"),
    ("洪水・津波", LIST, "洪水;津波"),
    ("洪水／津波", LIST, "洪水;津波"),
    ("崖崩れ・土石流、洪水", LIST, "崖崩れ・土石流;洪水"),
    ("洪水（川、池）、津波", LIST, "洪水（川、池）;津波"),
    ("月～金", DAYS, "月火水木金"),
    ("月・火・水", DAYS, "月火水"),
    ("月曜日～金曜日", DAYS, "月火水木金"),
    ("月、水、金", DAYS, "月水金"),
    ("月～水、金", DAYS, "月火水金"),
    ("日・月", DAYS, "月日"),
    ("日;月;金;土;祝", DAYS, "月金土日祝"),
    ("月～金、祝日", DAYS, "月火水木金祝"),
]
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, LIST) for cell in (
        "洪水;津波", "洪水", "", "洪水（川、池）", "洪水（川、津波", "、", "崖崩れ・土石流;洪水",
    )),
    *((cell, DAYS) for cell in (
        "月火水木金", "平日", "土日祝", "祝前日", "毎日", "土～月", "月～金（祝日を除く）", "第1月曜",
        "月～金、土は午前", "", "月・月",
    )),
    ("洪水、津波", {"type": "string"}),
    ("月～金", {"type": "string", "name": "利用可能曜日"}),
]  # fmt: skip
DECIDED: list[tuple[str, list[str], Mapping[str, Any]]] = [
    ("対象災害", ["洪水、津波", "洪水", "津波、地震", ""], {"list": True}),
    ("対応言語", ["英語・中国語", "英語", "中国語・英語"], {"list": True}),
    ("利用可能曜日", ["月～金", "月火水", "－"], {"list": "weekdays"}),
    ("タグ", ["海、公園", "駅", "子育て"], {"list": True}),
    ("対象災害", ["洪水", "津波"], {}),
    ("備考", ["洪水、津波", "洪水、地震"], {}),
    ("対象災害", ["洪水、ただし大雨のときは使えません。", "津波"], {}),
    ("利用可能曜日", ["平日", "毎日", "月～金"], {}),
    ("曜日", ["月", "火曜日", "水"], {}),
    ("定休日", ["月～金"], {}),
    ("設備", ["スロープ・手すり付きのトイレ", "冷房"], {}),
]


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed."""
    return field.get("type", "") in TYPES and bool((field.get("kawaraban") or {}).get("list"))


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give the values with ; between them, or the weekdays in their order."""
    if not cell or not touches(field):
        return cell
    if (field.get("kawaraban") or {}).get("list") == "weekdays":
        return weekdays(cell) or cell
    values = split(cell)
    return ";".join(values) if len(values) > 1 else cell


def split(cell: str) -> list[str]:
    """Give the values of a cell; one alone where no sign parts it, or a bracket is not closed."""
    outside = BRACKETS.sub(lambda found: "\0" * len(found[0]), cell)  # so that places stay
    if OPEN.search(outside):
        return [cell]
    for sign in SIGNS:
        places = [found.start() for found in sign.finditer(outside)]
        if not places:
            continue
        values = [cell[at + 1 : to].strip() for at, to in zip([-1, *places], [*places, len(cell)], strict=True)]
        values = [each for each in values if each]
        return values if not any(";" in each for each in values) else [cell]
    return [cell]


def weekdays(cell: str) -> str:
    """Give the weekdays that a cell names, as 月火水木金; empty where it says anything else."""
    plain = unicodedata.normalize("NFKC", cell).strip()
    named: list[str] = []
    for part in re.split(r"\s*[・、,;/\s]\s*", plain):
        run = _RUN.fullmatch(part)
        if run is not None:
            first, last = (WEEKDAYS.index(each) for each in run.groups())
            if first >= last:
                return ""
            named += WEEKDAYS[first : last + 1]
        elif part and not _DAYS.sub("", part):
            named += _DAYS.findall(part)
        else:
            return ""
    return "".join(sorted(named, key=KINDS.index)) if len(set(named)) == len(named) else ""


def decide(name: str, cells: Iterable[str]) -> dict[str, Any]:
    """Give `{"list": "weekdays"}` or `{"list": True}` for a column of lists, by its name and cells; else nothing."""
    label = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    filled = [each for each in dict.fromkeys(cells) if not missing.is_missing(each.strip())]
    if DAYS_NAMED.search(label):
        read = [days for days in map(weekdays, filled) if days]
        several = any(len(days) > 1 for days in read)
        return {"list": "weekdays"} if several and len(read) >= NEARLY_ALL * len(filled) else {}
    tags = TAGS.search(label) is not None
    if not tags and not NAMED.search(label):
        return {}
    parted = [values for values in map(split, filled) if len(values) > 1]
    if not parted or any(len(each) > LONGEST or "。" in each for cell in filled for each in split(cell)):
        return {}
    times: dict[str, int] = {}
    for cell in filled:
        for value in split(cell):
            times[value] = times.get(value, 0) + 1
    return {"list": True} if tags or all(any(times[value] > 1 for value in values) for values in parted) else {}
