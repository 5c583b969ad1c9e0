"""White space around a cell, and line breaks as Windows and old Macs write them.

The law: no letter that somebody sees is changed, and nothing between two of them but a line break's form. Joiners and
marks of direction stay: in some scripts they belong to the last letter.
"""

from collections.abc import Mapping
from typing import Any

# what no eye sees: white space of Unicode, zero-width space, word joiner, byte order mark
EDGE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)

RIGHT: list[tuple[str, str]] = [
    ("  澄浜会館 ", "澄浜会館"),
    ("\u3000第一公園\u3000", "第一公園"),
    ("\ufeff名称\u200b", "名称"),
    ("\xa0\r\n12\r\n", "12"),
    ("月曜休館\r\n祝日休館", "月曜休館\n祝日休館"),
    ("月曜休館\r祝日休館\r", "月曜休館\n祝日休館"),
    (" \u3000\u200b\n", ""),
]
WRONG: list[str] = ["", "第一\u3000公園", "a  b", "澄\u200b浜", "月曜休館\n\n祝日休館", "می\u200c", "１２"]


def touches(_field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed: all may."""
    return True


def clean(cell: str, _field: Mapping[str, Any]) -> str:
    """Give the cell without white space around it, its line breaks as \\n."""
    cell = cell.strip(EDGE)
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell
