"""A file that ends inside a quote: all that follows the quote is in one cell, or the file was cut off."""

import csv
from collections.abc import Iterator

from kawaraban.checking.letters import BREAK
from kawaraban.checking.lines import is_text, walk
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.reading.text import csv_options

TAIL = 1 << 16  # bytes


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give the cell that the file ends in, where its quote is still open."""
    if not is_text(sheet) or not _may_be_open(sheet):
        return
    for record in walk(sheet):
        last = record
    # with one line more: it is a record of its own, or the quote swallows it too
    if len(list(csv.reader([*last.lines, "x"], **csv_options(sheet.resource, sheet.table.encoding)))) > 1:
        return
    column = len(last.cells) - 1
    yield Finding(
        row=sheet.rows - 1 if sheet.rows else None,
        column=column if column < len(sheet.names) else None,
        value=BREAK.split(last.cells[-1])[0],
        details={"line": last.line_of(column), "count": len(BREAK.findall(last.cells[-1].rstrip("\r\n")))},
    )


def _may_be_open(sheet: Sheet) -> bool:
    """Say whether the end of the file is worth a walk through all of it."""
    encoding = sheet.table.encoding
    if encoding.startswith("utf-16"):
        return True
    with sheet.resource.file.open("rb") as stream:
        stream.seek(max(0, sheet.resource.file.stat().st_size - TAIL))
        tail = stream.read().decode(encoding, "replace").rstrip("\r\n")
    cell, quote = _last_cell(sheet), str(sheet.resource.dialect.get("quoteChar") or '"')
    if BREAK.search(cell):
        return not tail.endswith(quote)
    return bool(cell) and tail.endswith(quote + cell.replace(quote, quote * 2))


def _last_cell(sheet: Sheet) -> str:
    columns = sheet.columns
    if not sheet.rows:
        return sheet.names[-1]
    if columns.ragged and columns.ragged[-1][0] == sheet.rows - 1:
        return "".join(columns.ragged[-1][1][-1:])
    if columns.lists is not None:
        return columns.lists[-1][-1]
    return str(columns.column(len(sheet.names) - 1)[-1].as_py())


SIGN = Sign("unclosed-quote", "error", look)

RIGHT = [
    Example('番号,名称\n1,"北会館"\n2,"南\n会館"\n'),
    Example('番号,名称\n1,北会館\n2,"南会館"'),
    Example('番号,名称\n1,"北\n会館"\n2,""\n'),
    Example('番号,名称\n"南\n会館",3\n'),
    Example('番号,寸法\n1,5"\n2,6"\n'),
    Example('番号,"名称"'),
]
WRONG = [
    Example('番号,名称\n1,"北会館\n2,南会館\n3,東会館\n', (("B2", None),)),
    Example('番号,名称\r\n1,北会館\r\n2,"南会館\r\n'.encode("cp932"), (("B3", None),)),
    Example('番号,名称\n1,北会館\n2,"南会館', (("B3", None),)),
    Example('番号,名称\n1,北会館\n2,"南会館\n', (("B3", None),)),
    Example('番号,名称\n1,北会館,"余り\n2,南会館\n', (("2", None),)),
    Example('番号,"名称\n1,北会館\n2,南会館\n', (("B1", None),)),
]
