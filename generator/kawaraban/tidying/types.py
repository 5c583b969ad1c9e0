"""The type of a column, from all its cells, conservatively: what could be a code stays text.

RIGHT and WRONG hold examples: (cells, type).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kawaraban.reading.bycolumn import Columns
from kawaraban.roles import is_code

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
DATE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
COUNTED = re.compile(
    r"^うち|(?:数|率|量|料|料金|額|費|割合)(?:[(\[].*)?$"
)  # うち電話, FAX受信数: figures of something
NAMED = re.compile(r"名称?$")  # 便名 1便, 学年名 1年: a name, whatever digits it has

TEXT = ["電話番号", "FAX", "施設コード", "便名", "号数番号", "料金コード"]
NO_TEXT = ["うち電話", "電話相談件数", "FAX受信数（件）", "郵便料金", "人口", "人数（名）", "コード割合"]
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
    if not filled or (is_text(name) and "date" not in open_):
        return "string"
    return next(iter(open_))


def is_text(name: str) -> bool:
    """Say whether a column's name says that its digits are no number: a code, a phone number, a name."""
    plain = unicodedata.normalize("NFKC", name).strip()
    return NAMED.search(plain) is not None or (is_code(name) and not COUNTED.search(plain))


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
        name = free_name(label.strip() or f"field{number}", taken)
        fields.append({"name": name, "type": type_of(label, columns.values(number - 1))})
    return {"fields": fields}


def free_name(wanted: str, taken: set[str]) -> str:
    """Give a column's name, with a number where it is taken already; from now on it is."""
    name, again = wanted, 2
    while name in taken:
        name = f"{wanted}{again}"
        again += 1
    taken.add(name)
    return name
