"""A cell with very many line breaks: a whole letter or list in one cell."""

from collections.abc import Iterator

from kawaraban.checking.letters import BREAK, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.checking.signs import swallowed_rows, unclosed_quote

MANY = 10  # line breaks


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell with at least MANY line breaks that is not made of swallowed rows."""
    found = []
    for column in range(len(sheet.names)):
        if letters(sheet, column).newlines:
            cells = sheet.cells(column, rf"(?:[\r\n][^\r\n]*){{{MANY}}}")
            found += [(row, column, text, len(BREAK.findall(text.strip()))) for row, text in cells]
    found = [each for each in found if each[3] >= MANY]
    signs = (swallowed_rows, unclosed_quote) if found else ()
    taken = {(each.row, each.column) for sign in signs for each in sign.look(sheet)}
    for row, column, text, count in found:
        if (row, column) not in taken:
            yield Finding(row, column, text, details={"count": count})


SIGN = Sign("many-newlines", "warning", look)

LINES = "\n".join(f"{number}月の予定" for number in range(1, 13))
RIGHT = [
    Example('名称,説明\n本館,"月曜休館\n祝日開館\n年末年始休館"\n'),
    Example('名称,説明\n本館,"' + "\n" * 11 + '"\n'),
    Example("番号,名称,定員\n1,本館,5\n" + '2,"分館,7\n' + "3,別館,9\n" * 12 + '4,新館",9\n'),
]
WRONG = [
    Example(f'名称,説明\n本館,"{LINES}"\n', (("B2", None),)),
]
