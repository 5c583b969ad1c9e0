"""全国地方公共団体コード: six digits of which the last one checks, or the first five of them alone.

Source: 総務省「全国地方公共団体コード」: weights 6 5 4 3 2, the check digit is (11 - sum mod 11) mod 10.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kawaraban.checking.cells import distinct, find_texts, is_nothing, once_for_each_sheet
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of

EXAMPLES = {6: "131016", 5: "13101"}


@dataclass(frozen=True, slots=True)
class Codes:
    """A column's texts as codes of so many digits; `other` is the code of all rows, where it is not the town's."""

    digits: int
    wrong: frozenset[str]
    unchecked: Mapping[str, str]  # text -> the code with the check digit that fits
    short: Mapping[str, str]  # text -> the code with the zero that it lost
    other: str = ""


def check_digit(five: str) -> str:
    """Give the sixth digit that belongs to the first five."""
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def fits(code: str) -> bool:
    """Say whether six digits end in their check digit."""
    return len(code) == 6 and check_digit(code[:5]) == code[5]


@once_for_each_sheet
def read_codes(sheet: Sheet) -> Mapping[int, Codes]:
    """Give what the columns of municipality codes hold."""
    found = {}
    for column, name in enumerate(sheet.names):
        if role_of(name) == "municipality-code":
            texts = {each: _plain(each) for each in distinct(sheet, column) if not is_nothing(each)}
            codes = [each for each in texts.values() if re.fullmatch("[0-9]{4,6}", each)]
            if codes and 2 * len(codes) >= len(texts):  # else they are something of their own
                found[column] = _read(texts, _town(sheet), "所在" in name)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().removesuffix(".0")


def _town(sheet: Sheet) -> str:
    code = str(sheet.town.get("code") or "")
    return code if re.fullmatch("[0-9]{6}", code) else ""


def _read(texts: Mapping[str, str], town: str, elsewhere: bool) -> Codes:
    codes = {each for each in texts.values() if re.fullmatch("[0-9]+", each)}
    restored = {each for each in codes if len(each) == 5 and fits(f"0{each}")}
    five = {each for each in codes if len(each) == 5} - restored
    six = {each for each in codes if len(each) == 6}
    # a zero is surely lost where more than one code says so, or where five digits alone could be no code
    sure = six or len(restored) > 1 or any(f"0{each}" == town or 0 < int(each[2:]) < 100 for each in restored)
    whole = six and len(six) >= len(five)  # six are the rule, five are the exception
    digits = 6 if whole or (restored and not five and sure) else 5
    wrong, unchecked, short = set(), {}, {}
    for text, code in texts.items():
        if code in restored if digits == 6 else re.fullmatch("[1-9][0-9]{3}", code):
            short[text] = f"0{code}"
        elif not re.fullmatch(f"[0-9]{{{digits}}}", code):
            wrong.add(text)
        elif digits == 6 and not fits(code):
            unchecked[text] = code[:5] + check_digit(code[:5])
    only = next(iter(texts.values())) if len(texts) == 1 else ""
    strange = bool(town and not elsewhere and re.fullmatch("[0-9]{5,6}", only)) and not (wrong or unchecked or short)
    other = only if strange and only[:5] != town[:5] and not (only[:2] == town[:2] and only[2:5] == "000") else ""
    return Codes(digits, frozenset(wrong), unchecked, short, other)


def look_for_wrong_form(sheet: Sheet) -> Iterator[Finding]:
    """Give the cells that are no code of the column's length."""
    for column, codes in read_codes(sheet).items():
        details = {"digits": codes.digits, "sample": EXAMPLES[codes.digits]}
        for row, text in find_texts(sheet, column, dict.fromkeys(codes.wrong)):
            yield Finding(row, column, text, details=details)


def look_for_check_digits(sheet: Sheet) -> Iterator[Finding]:
    """Give the codes whose last digit does not belong to the five before it."""
    for column, codes in read_codes(sheet).items():
        for row, text in find_texts(sheet, column, codes.unchecked):
            yield Finding(row, column, text, details={"right": codes.unchecked[text]})


def look_for_other_town(sheet: Sheet) -> Iterator[Finding]:
    """Give the columns whose one code is another town's."""
    for column, codes in read_codes(sheet).items():
        if codes.other:
            yield Finding(None, column, codes.other, details={"town": _town(sheet)})


SIGNS = (
    Sign("municipality-code", "warning", look_for_wrong_form),
    Sign("municipality-check-digit", "warning", look_for_check_digits),
    Sign("other-municipality", "warning", look_for_other_town),
)

RIGHT = {
    "municipality-code": [
        Example("市区町村コード,名称\n131016,本館\n011002,分館\n401307,別館\n,新館\n-,旧館\n"),
        Example("市区町村コード,名称\n13101,本館\n01100,分館\n00000,全国\n"),
        Example("市区町村コード,名称\n101,本館\n102,分館\n"),
        Example("団体コード,名称\nA-1,本館\nA-2,分館\n"),
    ],
    "municipality-check-digit": [
        Example("全国地方公共団体コード\n131016\n011002\n401307\n991015\n"),
        Example("市区町村コード\n13101\n40130\n"),
    ],
    "other-municipality": [
        Example("市区町村コード,名称\n991015,本館\n991015,分館\n", town={"code": "991015"}),
        Example("市区町村コード,名称\n99101,本館\n", town={"code": 991015}),
        Example("市区町村コード,名称\n131016,本館\n991015,分館\n", town={"code": "991015"}),
        Example("所在地_全国地方公共団体コード,名称\n131016,本館\n", town={"code": "991015"}),
        Example("市区町村コード,名称\n990001,本館\n", town={"code": "991015"}),
        Example("市区町村コード,名称\n131016,本館\n"),
    ],
}
WRONG = {
    "municipality-code": [
        Example(
            "市区町村コード,名称\n131016,本館\n13,分館\n澄浜町,別館\n011002,新館\n1310165,旧館\n401307,倉庫\n",
            (("A3", None), ("A4", None), ("A6", None)),
        ),
        Example("市区町村コード\n131016\n401307\n40130\n", (("A4", None),)),
        Example("市区町村コード\n13101\n40130\n131016\n", (("A4", None),)),
    ],
    "municipality-check-digit": [
        Example("全国地方公共団体コード\n131016\n131017\n401307\n", (("A3", None),)),
    ],
    "other-municipality": [
        Example("市区町村コード,名称\n131016,本館\n131016,分館\n", (("A1", None),), town={"code": "991015"}),
        Example("市区町村コード,名称\n13101,本館\n", (("A1", None),), town={"code": 991015}),
    ],
}
