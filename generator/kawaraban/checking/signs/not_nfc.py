"""Letters in pieces: か and ゛ side by side where が is meant, as some programs on a Mac write them."""

import re
import unicodedata
from collections.abc import Iterator

from kawaraban.checking.letters import ODD, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

PIECES = re.compile("[^\u0300-\u036f\u3099-\u309cﾞﾟ][\u0300-\u034e\u0350-\u036f\u3099-\u309cﾞﾟ]+|[\u1100-\u11ff]+")
MARKS = str.maketrans("゛゜ﾞﾟ", "\u3099\u309a\u3099\u309a")


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every name and cell with letters in pieces, and the same composed (NFC)."""
    for column, name in enumerate(sheet.names):
        if compose(name) != name:
            yield Finding(column=column, value=name, fix=compose(name))
        if "combining" in letters(sheet, column).odd:
            for row, text in sheet.cells(column, ODD["combining"]):
                fix = compose(text)
                if fix != text and "://" not in text:  # the file behind an address may be named so
                    yield Finding(row, column, text, fix)


def compose(text: str) -> str:
    """Give text with its pieces composed. What NFC would change beside that (神 to 神, in names) stays."""
    return PIECES.sub(lambda found: _whole(found[0]), text)


def _whole(pieces: str) -> str:
    """Give pieces as one letter; a spacing mark only where it makes a letter with the one before."""
    if "ｦ" <= pieces[0] <= "ﾝ":
        return pieces
    whole = unicodedata.normalize("NFC", pieces.translate(MARKS))
    return pieces if "\u3099" in whole or "\u309a" in whole else whole


SIGN = Sign("not-nfc", "warning", look)

RIGHT = [
    Example("名称,ガイド,ｶﾞｲﾄﾞ\nがっこう,プール,ﾊﾞｽ\n神社,あ゛,q\u0307\n"),
    Example("名称,画像\n本館,https://example.com/か\u3099.jpg\n"),
]
WRONG = [
    Example(
        "名称,か\u3099いと\u3099\nフ\u309aール,1\nか゛っこう,2\n",
        (("A2", "プール"), ("A3", "がっこう"), ("B1", "がいど")),
    ),
    Example("名称,備考\nカﾞス,cafe\u0301\n", (("A2", "ガス"), ("B2", "café"))),
]
