"""How much work a pattern can be, by its look alone: Python's `re` goes back and tries another way."""

import re
import warnings
from math import inf
from typing import Any

STEPS = 100_000  # for one cell; what surely needs no more is harmless
LONGEST = 1000  # letters of a pattern that is judged by its look
ONE_WAY = ("LITERAL", "NOT_LITERAL", "ANY", "IN", "RANGE", "CATEGORY", "AT", "FAILURE")

# (pattern, letters of the longest cell): surely harmless, and where the look cannot say
RIGHT = (
    ("[0-9]{6}", 1_000), ("[0-9]{2,4}-[0-9]{2,4}-[0-9]{4}", 14), ("[A-Z]+", 90), (".*市.*", 20), ("(本館|分館)", 9),
    ("(?:[0-9]{1,3}(?:,[0-9]{3})*)", 30), ("[一-龠ぁ-んァ-ヶー]+", 60), ("a{1000000000}", 40), ("", 0),
    ("(" * 400 + ")" * 400, 5),
)  # fmt: skip
WRONG = (
    ("(a+)+", 40), ("(a|a)*", 40), ("(.*a){25}", 40), ("(?:a?){50}a{50}", 50), ("(?=(a+))\\1*b", 40), ("[", 1),
    ("(x+x+)+y", 20), (".*a.*b.*", 200), ("(?:){1000000000}", 0), ("(a|a){1000}", 40),
    ("a" * 2000, 5), ("a?" * 40, 40),
)  # fmt: skip


def steps(pattern: str, longest: int) -> float:
    """Give at most how many steps a pattern takes on a cell of `longest` letters; infinity where nobody can say."""
    from re import _parser  # type: ignore[attr-defined]  # what `re.compile` itself reads a pattern with

    if len(pattern) > LONGEST:
        return inf
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = _parser.parse(f"^{pattern}$")
    except (re.error, RecursionError, OverflowError, ValueError):
        return inf
    return _ways(parsed, longest) * (longest + len(pattern))


def _ways(parsed: Any, longest: int) -> float:
    """Give in how many ways a pattern can be laid on a text of `longest` letters: each may be tried, never more."""
    ways = 1.0
    for code, value in parsed:
        name = str(code)
        if name in ONE_WAY:
            continue
        if name == "BRANCH":
            ways *= sum(_ways(each, longest) for each in value[1])
        elif name == "SUBPATTERN":
            ways *= _ways(value[3], longest)
        elif name == "ATOMIC_GROUP":
            ways *= _ways(value, longest)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            ways *= _ways_to_repeat(least, most, inner, longest)
        else:  # looking around, referring back
            return inf
        if ways > STEPS:
            return inf
    return ways


def _ways_to_repeat(least: int, most: int, parsed: Any, longest: int) -> float:
    inner = _ways(parsed, longest)
    if parsed.getwidth()[0] == 0 and (least > 1 or (inner > 1 and most > 1)):
        return inf  # a repeat of nothing is not limited by the text
    most = min(most, longest)
    if inner == 1:
        return max(most - least, 0) + 1
    ways = 0.0
    for times in range(min(least, most), most + 1):
        ways += inner**times
        if ways > STEPS:
            return inf
    return ways
