"""A code that lost its leading zero, because a spreadsheet took it for a number: 01100 became 1100."""

from collections.abc import Iterator

from kawaraban.checking.cells import find_texts
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.checking.signs.municipality_codes import read_codes
from kawaraban.checking.signs.phone_numbers import read_phone_numbers
from kawaraban.checking.signs.postal_codes import read_postal_codes


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the municipality codes, postal codes and telephone numbers that are whole again with their zero."""
    for column, codes in read_codes(sheet).items():
        for row, text in find_texts(sheet, column, codes.short):
            yield Finding(row, column, text, codes.short[text])
    for column, postal in read_postal_codes(sheet).items():
        for row, text, code in postal.short:
            yield Finding(row, column, text, code)
    for column, numbers in read_phone_numbers(sheet).items():
        for row, text, number in numbers:
            if number:
                yield Finding(row, column, text, number)


SIGN = Sign("lost-leading-zero", "warning", look)

RIGHT = [
    Example("市区町村コード,郵便番号,電話番号\n011002,012-3456,0120-123-456\n131016,123-4567,090-1234-5678\n"),
    Example("市区町村コード\n13101\n01100\n"),
    Example("市区町村コード\n12149\n"),
    Example("番号,人数\n1100,60001\n1101,60002\n"),
    Example("郵便番号\n123-4567\n123-4568\n123456\n"),
    Example("電話番号\n099-123-4567\n99-123-4568\n"),
]
WRONG = [
    Example("市区町村コード,名称\n011002,本館\n11002,分館\n131016,別館\n", (("A3", "011002"),)),
    Example("市区町村コード,名称\n11002,本館\n11002,分館\n", (("A2", "011002"), ("A3", "011002"))),
    Example("市区町村コード\n13101\n40130\n1100\n", (("A4", "01100"),)),
    Example("郵便番号\n12345\n123456\n", (("A2", "001-2345"), ("A3", "012-3456"))),
    Example(
        "電話番号\n312345678\n9012345678\n991234567\n",
        (("A2", "0312345678"), ("A3", "09012345678"), ("A4", "0991234567")),
    ),
]
