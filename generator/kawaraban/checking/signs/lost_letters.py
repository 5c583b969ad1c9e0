"""A ? where a letter was lost: 9:00?17:00, 高?橋. The file was saved in an encoding that has no such letter."""

import re
from collections.abc import Iterator

from kawaraban.checking.letters import ODD, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

# from a figure or a day to another
RANGE = re.compile(r"[0-9０-９]\?[0-9０-９]|[月火水木金土日曜]\?[月火水木金土日]")
# one kanji among others, in what is too short for a question
NAME = re.compile(r"[^?？。、,.!！\s]*[一-鿿]\?[一-鿿][^?？。、,.!！\s]*")
SHORT = 12  # letters
ADDRESS = re.compile(r"://|www\.|[=&]")


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell with a ? in the place of a dash, a wave or a kanji."""
    for column in range(len(sheet.names)):
        if "lost" in letters(sheet, column).odd:
            for row, text in sheet.cells(column, ODD["lost"]):
                if _has_lost(text):
                    yield Finding(row, column, text)


def _has_lost(text: str) -> bool:
    if ADDRESS.search(text):
        return False
    return bool(RANGE.search(text)) or (len(text) <= SHORT and NAME.fullmatch(text) is not None)


SIGN = Sign("lost-letter", "warning", look)

RIGHT = [
    Example(
        "名称,備考\n本館,本当に休館?理由は窓口で聞いてください\n分館,https://example.com/a1?2=3\n別館,休館?\n新館,?1\n"
    ),
]
WRONG = [
    Example(
        "名称,時間\n高?橋商店,9:00?17:00\n本館,火曜?木曜は休館。\n分館,西浜６丁目５?１\n",
        (("A2", None), ("B2", None), ("B3", None), ("B4", None)),
    ),
]
