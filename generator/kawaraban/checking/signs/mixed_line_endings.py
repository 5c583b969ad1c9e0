"""Lines that end in different ways in one file, outside of quotes: two files pasted together, most likely."""

from collections import Counter
from collections.abc import Iterator

from kawaraban.checking.letters import BREAK, letters
from kawaraban.checking.lines import ENDS, count_ends, is_text, walk
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

NAMES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the first line that does not end as most of the file's lines do."""
    if not is_text(sheet):
        return
    counts = count_ends(sheet)
    if sum(map(bool, counts.values())) < 2:
        return
    inside = _count_in_cells(sheet)
    counts = {end: counts[end] - inside[end] for end in ENDS}
    if sum(count > 0 for count in counts.values()) < 2:
        return
    usual = max(ENDS, key=counts.__getitem__)
    for record in walk(sheet):
        end = BREAK.search(record.lines[-1][-2:])
        if end and end[0] != usual:
            last = record.line + len(record.lines) - 1
            listed = ", ".join(f"{NAMES[each]} {counts[each]:,}" for each in ENDS if counts[each] > 0)
            details = {"line": last, "counts": listed, "end": NAMES[end[0]], "usual": NAMES[usual]}
            yield Finding(number=record.number, details=details)
            return


def _count_in_cells(sheet: Sheet) -> Counter[str]:
    """Give how many line breaks of each kind are inside of cells."""
    width = len(sheet.names)
    found = Counter(each for name in sheet.names for each in BREAK.findall(name))
    for column in range(width):
        if letters(sheet, column).newlines:
            found.update(_count(sheet, column))
    for _, cells in sheet.columns.ragged:
        found.update(each for cell in cells for each in BREAK.findall(cell))
    return found


def _count(sheet: Sheet, column: int) -> Counter[str]:
    """Give the line breaks of a column's regular rows."""
    lists = sheet.columns.lists
    if lists is not None:
        return Counter(each for cell in lists[column] for each in BREAK.findall(cell))
    import pyarrow.compute as pc

    array = sheet.columns.column(column)
    both, feeds, returns = (
        pc.sum(pc.count_substring(array, pattern=each)).as_py() or 0 for each in ("\r\n", "\n", "\r")
    )
    return Counter({"\r\n": both, "\n": feeds - both, "\r": returns - both})


SIGN = Sign("mixed-line-endings", "warning", look)

RIGHT = [
    Example("番号,名称\n1,本館\n2,分館\n"),
    Example("番号,名称\r\n1,本館\r\n2,分館"),
    Example('番号,名称\r\n1,"本館\n（改修中）"\r\n2,分館\r\n'),
    Example('番号,名称\r\n1,"本館\n（改修中）",余り\r\n2,分館\r\n'),
    Example('番号,"名称\n（正式）"\r\n1,本館\r\n'.encode("utf-16")),
    Example("番号,名称\r1,本館\r2,分館\r"),
]
WRONG = [
    Example("番号,名称\r\n1,本館\r\n2,分館\n3,別館\r\n", (("3", None),)),
    Example('番号,名称\r\n1,"本館\n（改修中）"\r\n2,分館\n'.encode("cp932"), (("3", None),)),
    Example("番号,名称\n1,本館\r2,分館\n3,別館\n", (("2", None),)),
    Example("番号,名称\n1,本館\n2,分館\r\n".encode("utf-16"), (("3", None),)),
]
