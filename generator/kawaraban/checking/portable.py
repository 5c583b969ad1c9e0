"""A descriptor's pattern -> one that RE2 and Java read as Python does, or None where that is not sure.

Only what all three agree on is let through: literal characters, explicit classes, groups, branches, greedy repeats.
"""

import re
from typing import Any

PARSER: Any = re._parser  # type: ignore[attr-defined]  # the only reader that knows Python's own syntax
MOST = 1000  # RE2's limit of a counted repeat
PIECES = 5_000  # a counted repeat of a counted repeat is written out by RE2
# what a class of Python's means to all three, at least: Python's \d has more digits, which are then looked at again
CLASSES = {"CATEGORY_DIGIT": "0-9", "CATEGORY_WORD": "0-9A-Za-z_", "CATEGORY_SPACE": r" \t"}


class _Apart(Exception):
    """The pattern says something that the three read differently."""


def portable(pattern: str) -> str | None:
    """Give a pattern that matches whole cells and only such that `re.match("^…$", cell)` matches too; or None."""
    try:
        tree = PARSER.parse(f"^{pattern}$")
        if tree.state.flags & ~re.UNICODE:
            return None
        return f"^(?:{_write(tree, PIECES)})"
    except (_Apart, re.error, RecursionError, OverflowError, ValueError):
        return None


def _write(tree: Any, room: int) -> str:
    return "".join(_piece(str(name), given, room) for name, given in tree)


def _piece(name: str, given: Any, room: int) -> str:
    if name == "LITERAL":
        return _letter(given)
    if name == "ANY":
        return r"[^\x00-\x1f\x7f-\x9f\x{2028}\x{2029}]"  # less than a dot is to any of the three
    if name == "IN":
        return _class(given)
    if name == "NOT_LITERAL":
        return f"[^{_letter(given)}]"
    if name == "BRANCH":
        return f"(?:{'|'.join(_write(each, room) for each in given[1])})"
    if name == "SUBPATTERN":
        _, add, remove, inner = given
        if add or remove:
            raise _Apart
        return f"(?:{_write(inner, room)})"
    if name in ("MAX_REPEAT", "MIN_REPEAT"):  # greedy or not, the cells that match are the same
        low, high, inner = given
        unbounded = high == PARSER.MAXREPEAT
        times = low if unbounded else int(high)
        if times > MOST or times > room:
            raise _Apart
        left = room // max(times, 1)
        return f"(?:{_write(inner, left)}){{{low},{'' if unbounded else high}}}"
    if name == "AT":
        # Python's $ lets a line end stand after it; the end of the text is less, and the same to all
        if str(given) in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
            return "^"
        if str(given) in ("AT_END", "AT_END_STRING"):
            return r"\z"
    raise _Apart


def _class(given: Any) -> str:
    parts = []
    negated = str(given[0][0]) == "NEGATE"
    for name, value in given[negated:]:
        if str(name) == "LITERAL":
            parts.append(_letter(value))
        elif str(name) == "RANGE":
            parts.append(f"{_letter(value[0])}-{_letter(value[1])}")
        elif str(name) == "CATEGORY" and str(value) in CLASSES and not negated:
            parts.append(CLASSES[str(value)])
        else:
            raise _Apart
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def _letter(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:
        raise _Apart
    letter = chr(code)
    if letter.isalnum():
        return letter
    return rf"\x{{{code:x}}}"
