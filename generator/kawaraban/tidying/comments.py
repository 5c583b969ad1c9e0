"""Comment rows above the header: `#LINK` and its like of LinkData, `# source` lines of a CSV.

RIGHT holds (file, the rows that are comments), WRONG files without one.
"""

import re

from kawaraban.tidying.shapes import Line

LINKDATA = re.compile(
    r"#(?:link|lang|attribution_name|attribution_url|license|file_name|download_from|namespace|title|description|keyword"
    r"|object_type_xsd|property_context)",
    re.IGNORECASE,
)
FEW = 2  # filled cells of a comment: a key and its value

RIGHT: list[tuple[str, tuple[int, ...]]] = [
    ("#LINK,,\n#lang,ja,\n#property,name,count\n1,本館,12\n2,分館,8\n", (1, 2)),
    ("# 澄浜町の図書館\n# 令和6年4月\n名称,住所,電話番号\n本館,汐見1丁目,099-123-4567\n", (1, 2)),
    ("#LINK,\n#property,name\n#object_type_xsd,string\n1,本館\n", (1, 3)),
    ("# a list of houses\nid,name\n1,main\n2,branch\n", (1,)),
    ("id,name\n1,main\n# 2 is closed\n3,branch\n", (3,)),
]
WRONG: list[str] = [
    "#property,name,count\n1,本館,12\n2,分館,8\n",
    "#,名称\n1,本館\n2,分館\n",
    "タグ,意味\n#祭り,\n#海,夏\n",
    "タグ,回数,割合\n#祭り,3,0.2\n#海,8,0.5\n",
]


def is_comment(line: Line, usual: int, below: bool = False) -> bool:
    """Say whether a row is a comment: it begins with # and is shorter than the table, or says what LinkData says.

    `below` the header a cell that begins with # is mostly data: a comment there is the only cell that the row has.
    """
    if not line.filled:
        return False
    first = line.cells[line.filled[0]].strip()
    if not first.startswith(("#", "＃")):
        return False
    if LINKDATA.fullmatch(first) or (below and len(line.cells) > 1):
        return LINKDATA.fullmatch(first) is not None
    return len(first) > 1 and len(line.filled) <= FEW and len(line.filled) < usual
