"""A row that stands twice, cell for cell: pasted once too often, most likely."""

from collections.abc import Iterator

from kawaraban.checking.repeats import repeated_rows
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every row that an earlier row equals, all cells being the same; blank rows are another matter."""
    if len(sheet.names) < 2:
        return
    for row, first in repeated_rows(sheet):
        yield Finding(row, details={"first": sheet.table.origin.row(first)})


SIGN = Sign("duplicate-row", "warning", look)

RIGHT = [
    Example("名称,住所\n本館,1丁目\n分館,1丁目\n"),
    Example("名称\n本館\n本館\n"),
    Example("名称,住所\n本館,1丁目\n,\n,\n"),
]
WRONG = [
    Example("名称,住所\n本館,1丁目\n分館,2丁目\n本館,1丁目\n", (("4", None),)),
]
