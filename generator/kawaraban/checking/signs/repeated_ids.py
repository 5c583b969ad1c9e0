"""An identifier that stands twice, in a column where each row has one of its own."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kawaraban.checking.cells import find_texts, is_nothing, sample
from kawaraban.checking.repeats import repeated_texts
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of

ENOUGH = 10  # rows; in fewer, who can say that a number is meant for one row
OWN = re.compile(r"_?id|№|no\.?|(?:通し|管理|整理|識別)?番号|識別子", re.IGNORECASE)
FEW = 0.2  # of the rows share their value with another, at most
# with such a column, only both together identify
PART = re.compile(r"枝番?$|副番|連番|(?<![a-z])sub_?(?:id|no)|branch", re.IGNORECASE)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the later of two rows with the same identifier, where the schema does not ask for uniqueness itself."""
    columns = [each for each, name in enumerate(sheet.names) if role_of(name) == "identifier"]
    for column in columns if sheet.rows >= ENOUGH else ():
        # after the first, 所有者ID and the like name rows of other tables
        if (column == columns[0] or OWN.fullmatch(sheet.names[column].strip())) and not _is_told(sheet, column):
            yield from _repeated(sheet, column)


def _is_told(sheet: Sheet, column: int) -> bool:
    """Say whether the schema asks for uniqueness, or another column makes it together with this one."""
    name = sheet.names[column]
    keys = sheet.table.schema.get("primaryKey")
    constraints = sheet.field(column).descriptor.get("constraints")
    unique = isinstance(constraints, Mapping) and bool(constraints.get("unique"))
    key = name == keys or (isinstance(keys, list) and name in keys)
    in_parts = any(PART.search(unicodedata.normalize("NFKC", each)) for each in sheet.names if each != name)
    return unique or key or in_parts


def _repeated(sheet: Sheet, column: int) -> Iterator[Finding]:
    counts = repeated_texts(sheet, column, FEW * sheet.rows)
    if "" in counts or not counts:
        return
    found = find_texts(sheet, column, {text: count for text, count in counts.items() if not is_nothing(text)})
    if _starts_again(sheet, column, found):
        return
    rows = dict(zip((row for row, _ in found), sheet.take([row for row, _ in found]), strict=True))
    first: dict[str, int] = {}
    for row, text in found:
        if first.setdefault(text, row) != row and rows[row] != rows[first[text]]:
            yield Finding(row, column, text, details={"first": sheet.table.origin.row(first[text])})


def _starts_again(sheet: Sheet, column: int, found: list[tuple[int, str]]) -> bool:
    """Say whether a running number begins anew (1, 2, 3, 1, 2): then it counts in groups."""
    start = next(iter(sample(sheet, column)), "")
    return start.isdecimal() and int(start) < 2 and any(text == start for _, text in found)


SIGN = Sign("repeated-id", "warning", look)

RUN = "".join(f"{number},施設{number}\n" for number in range(1, 12))
RIGHT = [
    Example("ID,名称\n" + RUN),
    Example("ID,名称\n" + RUN + "1,別館\n2,新館\n"),
    Example("区分,名称\n" + RUN + "11,別館\n"),
    Example("番号,枝番\n" + RUN + "11,2\n"),
    Example("ID,名称\n" + RUN + "11,施設11\n"),
    Example(
        "ID,名称\n" + RUN + "11,別館\n",
        types={"ID": "string", "名称": "string"},
        constraints={"ID": {"unique": True}},
    ),
    Example("ID,名称\n1,a\n1,b\n2,c\n2,d\n3,e\n3,f\n4,g\n4,h\n5,i\n5,j\n"),
    Example("ID,名称\n1,a\n2,b\n2,c\n"),
    Example("番号,所有者ID\n" + RUN + "12,施設11\n"),
    Example("SSID,名称\n" + RUN + "11,別館\n"),
]
WRONG = [
    Example(
        "_id,NO,名称\n" + "".join(f"{row},A{min(row, 11)},施設{row}\n" for row in range(1, 13)), (("B13", None),)
    ),
    Example("ID,名称\n" + RUN + "7,別館\n", (("A13", None),)),
    Example("管理番号,名称\n" + RUN.replace(",", "-A,") + "11-A,別館\n", (("A13", None),)),
    Example("No.,名称\n" + RUN + "7,別館\n", (("A13", None),), types={"No.": "integer", "名称": "string"}),
]
