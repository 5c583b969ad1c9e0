"""Controls that turn the direction of text round, so that it shows something else than it holds."""

import re
import unicodedata
from collections.abc import Iterator

from kawaraban.checking.letters import ODD, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

CONTROLS = re.compile(ODD["bidi"])


def look_at_names(sheet: Sheet) -> Iterator[Finding]:
    """Give every column's name with such a control."""
    for column, name in enumerate(sheet.names):
        if CONTROLS.search(name):
            yield _finding(None, column, name)


def look_at_cells(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell with such a control."""
    for column in range(len(sheet.names)):
        if "bidi" in letters(sheet, column).odd:
            for row, text in sheet.cells(column, ODD["bidi"]):
                yield _finding(row, column, text)


def _finding(row: int | None, column: int, text: str) -> Finding:
    """Give the finding; what to write instead is sure where no letter runs from right to left."""
    plain = CONTROLS.sub("", text)
    leftward = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in plain)
    found = ", ".join(sorted({f"U+{ord(letter):04X}" for letter in CONTROLS.findall(text)}))
    return Finding(row, column, text, None if leftward else plain, details={"letters": found})


SIGNS = (
    Sign("bidi-name", "error", look_at_names),
    Sign("bidi-cell", "warning", look_at_cells),
)

RIGHT = {
    "bidi-name": [Example("名称,السعر\n本館,\u202e1\u202c\n")],
    "bidi-cell": [Example("名称,\u202eecirp\u202c\n本館,السعر\n")],
}
WRONG = {
    "bidi-name": [Example("名称,\u202eecirp\n本館,1\n", (("B1", "ecirp"),))],
    "bidi-cell": [
        Example("名称,資料\n本館,案内\u202efdp.exe\n分館,\u2067السعر\u2069\n", (("B2", "案内fdp.exe"), ("B3", None))),
    ],
}
