"""電話番号: ten digits from the zero of the area code on, eleven for 050, 060, 070, 080, 090; +81 is that zero.

Only what cannot be called is told: several numbers in a cell, brackets, extensions (内線) and remarks are let pass.
Source: 総務省 電気通信番号計画.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kawaraban.checking.cells import find_unlike, is_nothing, once_for_each_sheet, sample
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of
from kawaraban.tidying.widths import DASHES

CLEAN = (
    r"^\s*\(?(?:0[1-9]\)?-?\d{4}-\d{4}|0[1-9][1-9]\)?-?\d{3}-\d{4}|0[1-9][1-9]\d\)?-?\d\d-\d{4}"
    r"|0[1-9][1-9]\d\d\)?-?\d-\d{4}|0[5-9]0-\d{4}-\d{4}|0120-\d{3}-\d{3}|0570-\d{3}-\d{3}|0[1-9][1-9]\d{7}"
    r"|0000-\d\d-\d{4})\s*$"
)
BETWEEN = rf"[-\s().{DASHES}~/]{{0,3}}"
ZERO = rf"(?<![0-9])(?:0|\+81{BETWEEN}(?:\(0\))?){BETWEEN}"
CALLED = re.compile(rf"{ZERO}(?:[5-9]0|(?![5-9]0)[1-9])(?:{BETWEEN}[0-9]){{8}}(?![0-9])")
ABROAD = re.compile(r"\+(?!81)[1-9](?:[\s().-]{0,2}[0-9]){6,14}(?![0-9])")
SHORT = re.compile(r"(?:#[0-9]{4}|1[0-9]{2})(?![0-9])")
MADE_UP = re.compile(r"(?<![0-9])\(?0{3,5}\)?-?[0-9]{1,4}-[0-9]{4}")  # an area of zeros only: for examples
LOCAL = re.compile(r"\(?[0-9]{1,4}\)?-[0-9]{4}")
LOST = re.compile("[5-9]0[0-9]{8}|(?![5-9]0)[1-9][0-9]{8}")


@once_for_each_sheet
def read_phone_numbers(sheet: Sheet) -> Mapping[int, list[tuple[int, str, str]]]:
    """Give (row, text, number) of the cells that cannot be called; the number where only its zero was lost."""
    found = {}
    for column, name in enumerate(sheet.names):
        if role_of(name) == "phone" and _holds_numbers(sheet, column):
            odd = find_unlike(sheet, column, CLEAN)
            told = [(row, text, lost_zero(text)) for row, text in odd if not can_be_called(text)]
            found[column] = told
    return found


def _holds_numbers(sheet: Sheet, column: int) -> bool:
    """Say whether a column holds numbers to call: 電話受付時間 does not."""
    cells = [each for each in sample(sheet, column) if re.search("[0-9０-９]", each)]
    like = sum(1 for each in cells if can_be_called(each) or lost_zero(each))
    if re.search("[ァ-ヶ一-鿿]", sheet.names[column]):
        like += sum(1 for each in cells if LOCAL.fullmatch(unicodedata.normalize("NFKC", each).strip()))
    return bool(cells) and 2 * like >= len(cells)


def can_be_called(text: str) -> bool:
    """Say whether a cell holds a telephone number, or nothing that would be one."""
    plain = unicodedata.normalize("NFKC", text)
    if not re.search("[0-9]", plain) or is_nothing(plain):
        return True
    return any(each.search(plain) for each in (CALLED, ABROAD, MADE_UP)) or bool(SHORT.fullmatch(plain.strip()))


def lost_zero(text: str) -> str:
    """Give the number with the zero that a spreadsheet took off; empty where it is no such number."""
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    return f"0{plain}" if LOST.fullmatch(plain) else ""


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the cells that cannot be called; those that lost their zero are told of as such."""
    for column, found in read_phone_numbers(sheet).items():
        for row, text, number in found:
            if not number:
                yield Finding(row, column, text)


SIGN = Sign("phone-number", "warning", look)

RIGHT = [
    Example(
        "名称,電話番号\na,03-1234-5678\nb,(099)123-4567\nc,09912-3-4567\nd,090-1234-5678\ne,0120-123-456\n"
        "f,0800-123-4567\ng,0570-012-345\nh,050 1234 5678\ni,0991234567\n"
        "j,+81-99-123-4567\nk,０９９－１２３－４５６７\nl,\nm,-\nn,なし\n"
    ),
    Example(
        "電話番号\n099-123-4567（代表）\n099-123-4567 内線 123\n099-123-4567(123)\n099-123-4567、099-123-4568\n"
        "防災課 099-123-4567\n099-123-4567～9\n03-1234-5678/9\n+81(0)3-1234-5678\n本人に確認\n"
        "119\n#7119\n+1 415-555-0100\n0000-00-1234\n"
    ),
    Example("名称,電話受付時間\n本館,9:00-17:00\n分館,10:00-16:00\n"),
    Example("hotel,number\n12345,1\n"),
    Example("name,phone\nx,555-0100\ny,555-0101 ext 4\nz,555-0102\n"),
]
WRONG = [
    Example(
        "名称,電話番号\na,099-123-4567\nb,099-123-456\nc,099-123-45678\nd,123-4567\ne,090-123-4567\nf,99-123-4567\n"
        "g,099-123-4567\nh,099-123-4568\ni,099-123-4569\nj,000-0000\n",
        (("B3", None), ("B4", None), ("B5", None), ("B6", None), ("B7", None), ("B11", None)),
    ),
    Example("名称,電話番号\n本館,23-4567\n分館,23-4568\n", (("B2", None), ("B3", None))),
]
