"""Spaces and line breaks in a column's name that nobody sees, and every program minds."""

import re
from collections.abc import Iterator

from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

BREAKS = re.compile(r"[ \u3000\u00a0]*[\r\n]+[ \u3000\u00a0]*")
WIDE = re.compile(r"[^\W\da-zA-Z_](\u3000+[^\W\da-zA-Z_])+")  # 名　称: letters set wide apart


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every name with spaces at its ends, a line break, a no-break space, or its letters set wide apart."""
    for column, name in enumerate(sheet.names):
        fix = repair(name)
        if fix and fix != name:
            yield Finding(column=column, value=name, fix=fix)


def repair(name: str) -> str:
    """Give a name without needless spaces; one remains where words of Latin letters meet."""
    stripped = name.strip()
    plain = BREAKS.sub(lambda found: _between(stripped, *found.span()), stripped).replace("\u00a0", " ")
    return plain.replace("\u3000", "") if WIDE.fullmatch(plain) else plain


def _between(name: str, start: int, end: int) -> str:
    return " " if name[start - 1].isascii() and name[end].isascii() else ""


SIGN = Sign("header-spaces", "warning", look)

RIGHT = [
    Example("名称,Case Number,施設名　通称\n本館,1,北\n"),
    Example(" ,名称\n1,本館\n"),
]
WRONG = [
    Example("名称 ,　住所,電話\u00a0番号\n本館,1丁目,\n", (("A1", "名称"), ("B1", "住所"), ("C1", "電話 番号"))),
    Example('"面積\n（ha）","Case\r\nNumber"\n1,2\n', (("A1", "面積（ha）"), ("B1", "Case Number"))),
    Example("名　称,番号\n本館,1\n", (("A1", "名称"),)),
]
