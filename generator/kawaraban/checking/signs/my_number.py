"""A My Number (個人番号): twelve digits of which the last checks the others (平成26年総務省令第85号第5条).

One of ten strings of twelve digits passes the check by chance. So the column's name and the share that passes decide
together. A 法人番号 has thirteen digits and is public.
"""

import re
import unicodedata
from collections.abc import Iterator

from kawaraban.checking.cells import sample
from kawaraban.checking.clues import DIGIT, anywhere, find_clues, find_loose, parts_of
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of
from kawaraban.tidying.widths import DASHES

GAP = f"[-{DASHES} 　]?"
TWELVE = f"{DIGIT}{{4}}{GAP}{DIGIT}{{4}}{GAP}{DIGIT}{{4}}"
ALONE = rf"^\s*{TWELVE}\s*$"
SHORT = rf"^\s*[1-9]{DIGIT}{{10}}\s*$"  # Excel drops the first digit where it is 0
WORD = "(?:マイナンバー|ﾏｲﾅﾝﾊﾞｰ|個人番号|[Mm][Yy][ _]?[Nn]umber)"
TOLD = f"{WORD}[^0-9０-９]{{0,20}}{TWELVE}(?:$|[^0-9０-９])"
NUMBERS = parts_of(TWELVE)
ENOUGH = 5  # different numbers, where no name says what they are
NEARLY_ALL = 0.9
SAMPLE = 1000
MANY = 100  # cells of twelve digits, which tell what the whole column is


def check_holds(digits: str) -> bool:
    """Say if the last of twelve digits is the check digit of the others."""
    weighed = sum(int(digit) * (at + 1 if at <= 6 else at - 5) for at, digit in enumerate(reversed(digits[:11]), 1))
    rest = weighed % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def parts(text: str) -> list[str]:
    """Give the numbers of a text that says the word before one."""
    return NUMBERS.findall(text) if re.search(TOLD, text) else []


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give each column that holds such numbers, at the first of them."""
    for column in find_clues(sheet).digits:
        name = sheet.names[column]
        some = [text for text in sample(sheet, column, SAMPLE) if re.search(ALONE, text)]
        if not _says_so(name) and len(some) > MANY and not fills(name, some):
            continue  # a column of other numbers: the million of them need not be taken out
        found = list(sheet.cells(column, f"{anywhere(TWELVE)}|{SHORT}" if _says_so(name) else ALONE))
        if found and fills(name, [text for _, text in found]):
            yield Finding(found[0][0], column, details={"count": len(found), "whole": True})
        elif told := list(sheet.cells(column, TOLD)):
            yield Finding(told[0][0], column, details={"count": len(told)})
    yield from find_loose(sheet, parts)


def fills(name: str, texts: list[str]) -> bool:
    """Say if a column holds such numbers, by its name or by nearly all the twelve digits in its `texts`."""
    if _says_so(name):
        return any(NUMBERS.search(text) or re.search(SHORT, text) for text in texts)
    numbers = (each for text in texts[:SAMPLE] for each in NUMBERS.findall(text))
    some = {re.sub(r"\D", "", unicodedata.normalize("NFKC", each)) for each in numbers}
    return len(some) >= ENOUGH and sum(map(check_holds, some)) >= NEARLY_ALL * len(some)


def _says_so(name: str) -> bool:
    return role_of(name) == "my-number"


SIGN = Sign("my-number", "error", look)

# made for this file: nobody's, whether the check digit holds or not
RIGHT = [
    Example("名称,法人番号\n第一商店,9999999999991\n第二商店,8888888888882\n"),
    Example("個人番号カードの交付,電話番号\n1200,012-345-6789\n"),
    # one of twelve digits in ten passes by chance
    Example("管理番号,名称\n" + "".join(f"1000000000{number:02},棚{number}\n" for number in range(30))),
    Example("管理番号,名称\n" + "123456789018,棚\n" * 9),
    Example("備考\nマイナンバーのご相談は 0120-00-0000 へ\n"),
    Example("備考\n受付番号 123456789018\n"),
]
WRONG = [
    Example("受付,マイナンバー\n1,１２３４ ５６７８ ９０１８\n2,123456789019\n", (("B2", None),)),
    Example("受付,個人番号\n1,11070434190\n", (("B2", None),)),
    Example(
        "受付,番号\n1,123456789018\n2,1111-1111-1118\n3,222222222225\n4,333333333332\n5,444444444440\n6,555555555557\n",
        (("B2", None),),
    ),
    Example("受付,備考\n1,なし\n2,本人のマイナンバーは 1234-5678-9018 です\n", (("B3", None),)),
    Example("受付,個人番号：123456789018\n1,なし\n", (("B1", None),)),
]
