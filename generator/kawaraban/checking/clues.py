"""Where personal data could stand: the columns that show many digits together, or the mark of a mail address.

Several signs ask; the bytes of a large column are looked at once, before any regular expression is tried.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kawaraban.checking.cells import once_for_each_sheet
from kawaraban.checking.sheet import Finding, Sheet
from kawaraban.tidying.widths import DASHES

DIGIT = "[0-9０-９]"
GAP = f"[-{DASHES} 　()（）]"
ELEVEN = f"{DIGIT}(?:{GAP}{{0,2}}{DIGIT}){{10}}"  # the fewest digits that a person's number has
AT = r"@|＠|[\[(（]at[\])）]"
SHORTEST = 11  # bytes
# after one of these a number goes on, or is part of a name or an address; after the L of TEL it begins
BEFORE = f"-{DASHES}0-9０-９A-KM-Za-km-z/_=%&#+"


@dataclass(frozen=True, slots=True)
class Clues:
    """The columns with at least eleven digits together in some cell, and those with the mark of a mail address."""

    digits: tuple[int, ...]
    mails: tuple[int, ...]


def anywhere(core: str) -> str:
    """Give the sign (RE2) of cells that hold `core`, which no number and no address goes on around it."""
    return f"(?:^[.]?|[^{BEFORE}.]|[^0-9０-９][.])(?:{core})(?:$|[^0-9０-９])"


def parts_of(core: str) -> re.Pattern[str]:
    """Give what finds each `core` in a text, by the same law as `anywhere`."""
    return re.compile(f"(?<![{BEFORE}])(?<![0-9０-９][.])(?:{core})(?![0-9０-９])")


@once_for_each_sheet
def find_clues(sheet: Sheet) -> Clues:
    """Give the columns of a sheet that are worth a look."""
    digits, mails = [], []
    for column in range(len(sheet.names)):
        if sheet.field(column).type in ("number", "date", "boolean") and sheet.table.inferred:
            continue  # every cell was seen to be one
        if sheet.longest(column) < SHORTEST:
            continue
        many, marked = _look(sheet, column)
        if many and next(sheet.cells(column, ELEVEN), None):
            digits.append(column)
        if marked and next(sheet.cells(column, AT), None):
            mails.append(column)
    return Clues(tuple(digits), tuple(mails))


def find_loose(sheet: Sheet, parts: Callable[[str], list[str]]) -> Iterator[Finding]:
    """Give what is in no column and has parts that are personal."""
    for row, column, text in loose_texts(sheet):
        if parts(text):
            yield Finding(row, column, details={"count": 1})


def loose_texts(sheet: Sheet) -> Iterator[tuple[int | None, int | None, str]]:
    """Give (row, column, text) of what is in no column: the columns' names, and cells right of the table."""
    yield from ((None, column, name) for column, name in enumerate(sheet.names))
    for row, cells in sheet.columns.ragged:
        yield from ((row, None, text) for text in cells[len(sheet.names) :])


def _look(sheet: Sheet, column: int) -> tuple[bool, bool]:
    """Say if a column may hold many digits together, and the mark of a mail address: all its cells as one text."""
    columns = sheet.columns
    if columns.ragged or columns.lists is not None:
        return True, True
    chunks = [_together(chunk) for chunk in columns.column(column).chunks if len(chunk)]
    either = [chunk for chunk in chunks if _found(chunk, f"{ELEVEN}|{AT}")]
    return any(_found(each, ELEVEN) for each in either), any(_found(each, AT) for each in either)


def _together(chunk: Any) -> Any:
    """Give the cells of an Arrow array of text as an array of one text: RE2 is called once, not a million times."""
    import numpy as np
    import pyarrow as pa

    _, offsets, text = chunk.buffers()
    bounds = np.frombuffer(offsets, np.int32)[[chunk.offset, chunk.offset + len(chunk)]]
    return pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(bounds.tobytes()), text or pa.py_buffer(b"")])


def _found(array: Any, sign: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.match_substring_regex(array, sign)[0].as_py())
