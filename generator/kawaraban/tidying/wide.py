"""Headers that are years, months, weeks or days: a table that is wide where a tidy one is long. Only proposed.

RIGHT holds (column names, (what they are, which columns)), WRONG names among which there are none.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM = 3
ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR])\.?\s*(?:元|[0-9]{1,2})"
YEAR = rf"(?:(?:19|20)[0-9]{{2}}|{ERA})"
DAY = r"(?:[01]?[0-9]/[0-3]?[0-9]|[01]?[0-9]月[0-3]?[0-9]日)(?:\s*\([月火水木金土日]\))?"
# what a label may be, the finest first
PERIODS: dict[str, re.Pattern[str]] = {
    "date": re.compile(
        rf"{YEAR}[-/.年][01]?[0-9][-/.月][0-3]?[0-9]日?(?:\s*(?:T?[0-9:]+))?"
        rf"|{DAY}(?:\s*[-~〜～]\s*{DAY})?"
    ),
    "week": re.compile(
        r"第?\s*[0-9]{1,2}\s*週目?|(?:19|20)[0-9]{2}-?W[0-9]{2}|W[0-9]{1,2}|week\s*[0-9]{1,2}", re.IGNORECASE
    ),
    "quarter": re.compile(rf"(?:{YEAR}年?度?\s*)?(?:第\s*)?[1-4](?:四半期|期)|(?:{YEAR})?\s*Q[1-4]"),
    "month": re.compile(rf"(?:{YEAR}(?:年度?|[-/.])\s*)?[01]?[0-9]月(?:末|分)?|{YEAR}[-/.][01]?[0-9]"),
    "fiscal year": re.compile(rf"{YEAR}\s*年?度(?:\s*\({YEAR}(?:年?度)?\))?"),
    "year": re.compile(rf"{YEAR}\s*年?(?:\s*\({YEAR}\s*年?\))?"),
}

RIGHT: list[tuple[list[str], tuple[str, tuple[int, ...]]]] = [
    (["地区", "2021", "2022", "2023"], ("year", (1, 2, 3))),
    (["項目", "令和3年度", "令和4年度", "令和5年度", "備考"], ("fiscal year", (1, 2, 3))),
    (["区分", "4月", "5月", "6月", "計"], ("month", (1, 2, 3))),
    (["病名", "第1週", "第2週", "第3週"], ("week", (1, 2, 3))),
    (["消防本部", "2024-04-01", "2024-04-08", "2024-04-15"], ("date", (1, 2, 3))),
    (["消防本部", "4/1(月)～4/7(日)", "4/8(月)～4/14(日)", "4/15(月)～4/21(日)"], ("date", (1, 2, 3))),
    (["地区", "R4_男", "R4_女", "R5_男", "R5_女", "R6_男", "R6_女"], ("year", (1, 2, 3, 4, 5, 6))),
]
WRONG: list[list[str]] = [
    ["名称", "住所", "電話番号"],
    ["地区", "2022", "2023"],
    ["年", "月", "日", "件数"],
    ["0-4歳の男性", "5-9歳の男性", "10-14歳の男性"],
    ["番号", "1", "2", "3", "4"],
    ["名称", "人数_令和6年1月", "人数"],
]


@dataclass(frozen=True, slots=True)
class Wide:
    """Columns (by their place in the row) whose names are periods; `measures` is what is left of each name."""

    kind: str
    columns: tuple[int, ...]
    periods: tuple[str, ...]
    measures: tuple[str, ...]


def find_wide(names: Sequence[str]) -> Wide | None:
    """Give the columns that are years, months, weeks or days, where there are three of them or more."""
    parts = [_split(name) for name in names]
    best: Wide | None = None
    for kind in PERIODS:
        found = [(at, part[0], part[1]) for at, part in enumerate(parts) if part and part[2] == kind]
        if len({period for _, period, _ in found}) < MINIMUM or (best and len(best.columns) >= len(found)):
            continue
        places, periods, rests = zip(*found, strict=True)
        best = Wide(kind, places, periods, rests)
    return best


def is_period(text: str) -> bool:
    """Say whether a whole label is a period of time: 2023, 令和5年度, 4月, 第3週, 2024-04-01."""
    return _period(text) is not None


def _period(text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    return next((kind for kind, form in PERIODS.items() if form.fullmatch(plain)), None)


def _split(name: str) -> tuple[str, str, str] | None:
    """Give a name's period, the rest of it, and what kind of period it is; a month below its year is one period."""
    whole = _period(name)
    if whole:
        return name, "", whole
    levels = name.split("_")
    kinds = [_period(level) for level in levels]
    found = [level for level, kind in zip(levels, kinds, strict=True) if kind]
    if not found:
        return None
    finest = min((kind for kind in kinds if kind), key=list(PERIODS).index)
    rest = "_".join(level for level, kind in zip(levels, kinds, strict=True) if not kind)
    return "_".join(found), rest, finest
