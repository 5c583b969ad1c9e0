"""The day that a file's name or title says its data is of: 20210930, 2022.6, 令和3年10月1日時点.

RIGHT holds (text, ISO date or month), WRONG what says no day: a municipality's code is none.
"""

import re
import unicodedata
from datetime import date

ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}  # the year before their first
ERA = re.compile(r"(令和|平成|(?<![A-Za-z])[RH])(元|\d{1,2})[年.\-_](\d{1,2})?(?:[月.\-_](\d{1,2}))?")
WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d\d)[年.\-_/](\d{1,2})(?!\d)(?:[月.\-_/](\d{1,2})(?!\d))?")
PACKED = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)?(?!\d)")
SIX = re.compile(r"(?<!\d)\d{6}(?!\d)")
WEIGHTS = (6, 5, 4, 3, 2)

RIGHT: list[tuple[str, str]] = [
    ("352999_population_20210930.csv", "2021-09-30"),
    ("10_避難場所_991015_evacuation_space_2022.6.csv", "2022-06"),
    ("公共施設一覧（令和3年10月1日時点）.csv", "2021-10-01"),
    ("避難所一覧_R6.4.1.xlsx", "2024-04-01"),
    ("平成31年4月の避難所", "2019-04"),
    ("2024-01-24 開設避難所", "2024-01-24"),
    ("991015_population_movement_202304.csv", "2023-04"),
    ("令和元年10月1日", "2019-10-01"),
]
WRONG = [
    "202011_避難場所.csv",
    "991015_evacuation_space.csv",
    "避難場所2023版.csv",
    "令和9999年",
    "2021.13.csv",
    "20210931.csv",
]


def as_of(*texts: str) -> str:
    """Give the first day, or month, that one of the texts names; empty where none does."""
    for text in texts:
        found = _in(unicodedata.normalize("NFKC", text))
        if found:
            return found
    return ""


def _in(text: str) -> str:
    for found in ERA.finditer(text):
        year = ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        if found[3] and (told := _iso(year, found[3], found[4])):
            return told
    for pattern in (WRITTEN, PACKED):
        for found in pattern.finditer(text):
            if pattern is PACKED and not found[3] and _is_code(found[0]) and not SIX.search(text[: found.start()]):
                continue  # a file bears one code, at its beginning
            if told := _iso(int(found[1]), found[2], found[3]):
                return told
    return ""


def _iso(year: int, month: str, day: str | None) -> str:
    try:
        told = date(year, int(month), int(day or 1))
    except ValueError:
        return ""
    return told.isoformat() if day else f"{told:%Y-%m}"


def _is_code(digits: str) -> bool:
    """Say whether six digits are a municipality's code, by its check digit (JIS X 0402)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(digits[5])
