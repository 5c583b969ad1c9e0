"""The type of a column, from all its cells, conservatively: what could be a code stays text.

RIGHT and WRONG hold examples: (cells, type).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
DATE = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
CODE = re.compile(r"コード|番号|電話|郵便|code|phone|postal|zip|(?:^|[_ ])(?:id|no)(?:$|[_ ])", re.IGNORECASE)

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


class Column:
    """What a column's cells have allowed so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open = {"integer": INTEGER, "number": NUMBER, "date": DATE}
        self.filled = False

    def look(self, cell: str) -> None:
        """Rule out the types that this cell does not have."""
        if cell == "":
            return
        self.filled = True
        for name in list(self.open):
            if not self.open[name].fullmatch(cell) or (name == "date" and not real_date(cell)):
                del self.open[name]

    @property
    def type(self) -> str:
        if not self.filled or (CODE.search(self.name) and "date" not in self.open):
            return "string"
        return next((name for name in ("integer", "number", "date") if name in self.open), "string")


def real_date(text: str) -> bool:
    """Say whether an ISO date is in the calendar (2024-04-31 is not)."""
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def infer_schema(columns: Iterable[Column]) -> Mapping[str, Any]:
    """Give the Table Schema of the columns looked at; every cell they saw is valid under it.

    A column without a name, or with one that was there before, gets one of its own; the header stays as it is
    and is judged.
    """
    fields: list[dict[str, str]] = []
    taken: set[str] = set()
    for number, column in enumerate(columns, start=1):
        name = column.name.strip() or f"field{number}"
        while name in taken:
            name = f"{name}_{number}"
        taken.add(name)
        fields.append({"name": name, "type": column.type})
    return {"fields": fields}
