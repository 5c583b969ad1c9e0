"""A number of a payment card: it begins as cards do (ISO/IEC 7812), and its last digit passes the check of Luhn.

Thirteen digits alone are a 法人番号 or a JAN code far more often than an old card; they count where a name says so.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from kawaraban.checking.clues import DIGIT, anywhere, find_clues, find_loose, parts_of
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.tidying.widths import DASHES

GAP = f"[-{DASHES} 　]"
FOUR = f"{DIGIT}{{4}}"
GROUPS = f"{FOUR}(?:{GAP}{FOUR}){{3}}(?:{GAP}{DIGIT}{{1,3}})?|{FOUR}{GAP}{DIGIT}{{6}}{GAP}{DIGIT}{{4,5}}"
BARE = f"{DIGIT}{{14,19}}"
NUMBERS = parts_of(f"{GROUPS}|{BARE}")
OLD = parts_of(f"{GROUPS}|{DIGIT}{{13,19}}")
HEADING = re.compile(r"クレジット|カード番号|credit|card_?(no|number)", re.IGNORECASE)
# how the numbers of a brand begin, and how many digits they have
BRANDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|"
    r"35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-59]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|62\d{14,17}"
)
SAMPLE = 1000


def luhn_holds(digits: str) -> bool:
    """Say if the last digit is the check digit of the others."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(digit), 10)) for digit in even)) % 10 == 0


def is_card(number: str) -> bool:
    """Say if a number, grouped or not, is one that a card can have."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", number))
    return bool(BRANDS.fullmatch(digits)) and luhn_holds(digits)


def parts(text: str) -> list[str]:
    """Give the card numbers in a text."""
    return [each for each in NUMBERS.findall(text) if is_card(each)]


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give each column that holds such numbers, at the first of them."""
    for column in find_clues(sheet).digits:
        named = bool(HEADING.search(sheet.names[column]))
        cells = sheet.cells(column, anywhere(f"{GROUPS}|{DIGIT}{{13,19}}" if named else f"{GROUPS}|{BARE}"))
        found = rows_with_cards(islice(cells, SAMPLE), named)
        if found:
            found += rows_with_cards(cells, named)
            yield Finding(found[0], column, details={"count": len(found), "whole": named})
    yield from find_loose(sheet, parts)


def rows_with_cards(cells: Iterable[tuple[int, str]], named: bool = False) -> list[int]:
    """Give the rows with a card number, of (row, text); `named` says that the column is called so.

    Where most of the bare numbers are none, those that are came so by chance: the column holds other long numbers.
    """
    grouped, bare, others = set(), set(), 0
    for row, text in cells:
        numbers = (OLD if named else NUMBERS).findall(text)
        cards = [each for each in numbers if is_card(each)]
        if any(not each.isdigit() for each in cards):
            grouped.add(row)
        elif cards:
            bare.add(row)
        elif any(each.isdigit() for each in numbers):
            others += 1
    return sorted(grouped | bare if named or len(bare) >= others else grouped)


SIGN = Sign("payment-card", "error", look)

# numbers made for this file, nobody's; those of WRONG pass the check
RIGHT = [
    Example("名称,法人番号,JAN\n第一商店,4999999999994,4900000000009\n第二商店,5888888888885,4900000000016\n"),
    Example("整理番号\n" + "".join(f"40000012345678{number}\n" for number in range(10, 30))),
    Example("収集日\n20400402 20400416\n"),
    Example("緯度,経度,写真\n35.40000012345678,139.4000001234567899,https://example.jp/4000001234567899\n"),
    Example("電話番号\n0120-000-000\n"),
]
WRONG = [
    Example("受付,支払い\n1,4000-0012-3456-7899\n2,現金\n", (("B2", None),)),
    Example("受付,支払い\n1,現金\n2,４０００００１２３４５６７８９９ で支払い\n", (("B3", None),)),
    Example("受付,支払い\n1,3400 001234 56781\n", (("B2", None),)),
    Example("受付,カード番号\n1,4000001234562\n", (("B2", None),)),
    Example("受付,支払い\n1,5100 0012 3456 7895\n", (("B2", None),)),
]
