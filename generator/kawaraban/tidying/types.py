"""The type of a column, from all its cells, conservatively: what could be a code stays text.

RIGHT and WRONG hold examples: (cells, type).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kawaraban.reading.bycolumn import Columns

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
DATE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
CODE = re.compile(
    r"コ[ー―‐-]ド|番号|電話|郵便|〒|(?<![a-z])(?:tel|fax)(?![a-z])|code|phone|postal|zip"
    r"|(?:^|[^a-z0-9])(?:id|no|№)(?:$|[^a-z0-9])|(?-i:[a-z]I[dD]$)",
    re.IGNORECASE,
)

RIGHT: list[tuple[list[str], str]] = [
    (["1", "20", "-3"], "integer"),
    (["1", "2.5", ""], "number"),
    (["2024-04-01", "2024-04-30"], "date"),
    (["01", "02"], "string"),
    (["2024-04-31"], "string"),
    (["", ""], "string"),
    (["1234567890123456"], "string"),
    (["１"], "string"),
]


def type_of(name: str, cells: Iterable[str]) -> str:
    """Give the type that every one of a column's cells has; text where they are of several, or could be a code."""
    open_ = {"integer": INTEGER, "number": NUMBER, "date": DATE}
    filled = False
    for cell in cells:
        if cell == "":
            continue
        filled = True
        for each in list(open_):
            if not open_[each].fullmatch(cell) or (each == "date" and not real_date(cell)):
                del open_[each]
        if not open_:
            return "string"
    if not filled or (is_code(name) and "date" not in open_):
        return "string"
    return next(iter(open_))


def is_code(name: str) -> bool:
    """Say whether a column's name says that its digits are no number: a code, an identifier, a phone number."""
    return CODE.search(unicodedata.normalize("NFKC", name)) is not None


def real_date(text: str) -> bool:
    """Say whether an ISO date is in the calendar (2024-04-31 is not)."""
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def infer_schema(header: Sequence[str], columns: Columns) -> Mapping[str, Any]:
    """Give the Table Schema of a table; every cell it has is valid under it.

    A column without a name, or with one that was there before, gets one of its own, as frictionless would name
    it; the header stays as it is and is judged.
    """
    fields: list[dict[str, str]] = []
    taken: set[str] = set()
    for number, label in enumerate(header, start=1):
        first = name = label.strip() or f"field{number}"
        again = 2
        while name in taken:
            name = f"{first}{again}"
            again += 1
        taken.add(name)
        fields.append({"name": name, "type": type_of(label, columns.values(number - 1))})
    return {"fields": fields}
