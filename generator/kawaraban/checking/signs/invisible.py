"""Letters that nobody sees: zero-width spaces, soft hyphens, no-break spaces, control characters."""

import re
import unicodedata
from collections.abc import Iterator

from kawaraban.checking.letters import ODD, letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.checking.signs import header_spaces

FINDER = re.compile(ODD["invisible"])
SPACES = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f]")
BREAKS = re.compile("[\\x0b\\x0c\x85\u2028\u2029]")
FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
# what is written with joiners, or without spaces between words
JOINED = re.compile("[\u0590-\u109f\u1780-\u18af]")


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every name and cell with an invisible letter that has no business there."""
    for column, name in enumerate(sheet.names):
        if FINDER.search(name):
            yield from _finding(None, column, header_spaces.repair(name))
        if "invisible" in letters(sheet, column).odd:
            for row, text in sheet.cells(column, ODD["invisible"]):
                yield from _finding(row, column, text)


def _finding(row: int | None, column: int, text: str) -> Iterator[Finding]:
    positions = stray(text)
    if positions:
        found = ", ".join(sorted({f"U+{ord(text[at]):04X}" for at in positions}))
        yield Finding(row, column, text, _without(text, positions), details={"letters": found})


def stray(text: str) -> set[int]:
    """Give the positions of the invisible letters that are not part of an emoji, a kanji's variant or a script."""
    flags = {at for found in FLAG.finditer(text) for at in range(*found.span())}
    at = {found.start() for found in FINDER.finditer(text)} - flags
    return {each for each in at if not _belongs(text[each], text[max(0, each - 1) : each], text[each + 1 : each + 2])}


def _belongs(letter: str, before: str, after: str) -> bool:
    """Say whether a letter has its business between the one before and the one after."""
    kind = unicodedata.category(before) if before else ""
    if letter in "\u200b\u200c\u200d\u200e\u200f\u061c\u17b4\u17b5" or "\u180b" <= letter <= "\u180e":
        emoji = letter == "\u200d" and kind in ("So", "Sk", "Mn") and bool(after)
        return emoji or JOINED.match(before) is not None or JOINED.match(after) is not None
    if "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef":
        kanji = unicodedata.name(before, "").startswith("CJK") if before else False
        return kanji or (letter < "\U000e0000" and kind in ("So", "Sm", "Sk", "Po", "Pd", "Nd", "Mn"))
    if letter in "\xa0\u202f\u2009":  # as French and Swiss write numbers and signs
        return (before.isdigit() and after.isdigit()) or after in tuple(":;!?»%€") or before == "«"
    return False


def _without(text: str, positions: set[int]) -> str:
    """Give text with a plain space, a line break or nothing in the place of what is invisible."""
    plain = (_instead(letter) if at in positions else letter for at, letter in enumerate(text))
    return "".join(plain).strip(" ")


def _instead(letter: str) -> str:
    return " " if SPACES.match(letter) else "\n" if BREAKS.match(letter) else ""


SIGN = Sign("invisible", "warning", look)

RIGHT = [
    Example("名称,記号\n葛\U000e0100城,\U0001f468\u200d\U0001f469\u200d\U0001f467\n☀\ufe0f,1\ufe0f\u20e3\n"),
    Example("名称,記号\n本館,1\xa0234\nأ\u200cب,«\xa0oui\xa0»\n分館,\U0001f3f4\U000e0067\U000e0062\U000e007f\n"),
]
WRONG = [
    Example(
        "名\u200b称,備考\n高\u200b橋,\ufeffあ\xad\n北\xa0館\xa0,か\ufe0f\n上\u2028下,\x1b[31mred\n\t別館\t,1\t2\n",
        (
            ("A1", "名称"), ("A2", "高橋"), ("A3", "北 館"), ("A4", "上\n下"), ("A5", "別館"), ("B2", "あ"),
            ("B3", "か"), ("B4", "[31mred"), ("B5", "1 2"),
        ),
    ),
]  # fmt: skip
