"""Rows swallowed by a quote that is not closed: one cell holds dozens of lines, and every reader says "valid".

The proof: with that one quote taken away, the lines are rows like the others.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawaraban.checking.letters import BREAK, letters
from kawaraban.checking.lines import Record, is_text, walk
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.checking.signs import unclosed_quote
from kawaraban.reading.text import csv_options

SAMPLE = 200  # rows whose cells show what a column's cells look like
AGREE = 0.9  # of the lines cut into as many cells as the header has
FIT = 0.8  # of the cells inside look as the column's others do
ENOUGH = 10  # delimiters that fit, where no column has a look of its own
FORMS = 5  # more kinds of look in one column are none
MOST = 8  # cells of one row that are looked at closely
THOUSANDS = re.compile(r"\d,(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell with line breaks, and how many cells its row has; row -1 is the header."""

    row: int
    column: int
    text: str
    cells: int


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every cell whose lines are rows."""
    suspects = _suspects(sheet) if is_text(sheet) else {}
    if not suspects:
        return
    options = csv_options(sheet.resource, sheet.table.encoding)
    looks = _looks(sheet, {each.row for some in suspects.values() for each in some})
    open_ = {each.row for each in unclosed_quote.look(sheet)}  # said there
    for record in walk(sheet):
        for each in suspects.get(record.number, ()):
            if each.row not in open_ and (each.row < 0 or _is_rows(each, record, looks, options)):
                yield Finding(
                    row=None if each.row < 0 else each.row,
                    column=each.column if each.column < len(sheet.names) else None,
                    value=BREAK.split(each.text)[0],
                    details={"line": record.line_of(each.column), "count": len(BREAK.findall(each.text))},
                )
                break  # what stands wrong behind it follows from it


def _suspects(sheet: Sheet) -> dict[int, list[Suspect]]:
    """Give the cells that may hold rows, by the number of their record, from left to right."""
    delimiter = ""
    found: dict[int, list[Suspect]] = {}
    for each in _cells_of_lines(sheet):
        delimiter = delimiter or csv_options(sheet.resource, sheet.table.encoding)["delimiter"]
        if _may_be_rows(each, len(sheet.names), delimiter):
            origin = sheet.table.origin
            some = found.setdefault(origin.header if each.row < 0 else origin.row(each.row), [])
            some.append(each)
            if len(some) > MOST:
                some.pop()
    return found


def _cells_of_lines(sheet: Sheet) -> Iterator[Suspect]:
    """Give the cells with line breaks, those of a row from left to right."""
    width = len(sheet.names)
    yield from (Suspect(-1, column, name, width) for column, name in enumerate(sheet.names) if BREAK.search(name))
    odd = dict(sheet.columns.ragged)
    for column in range(width):
        if letters(sheet, column).newlines:
            cells = sheet.cells(column, r"[\r\n]")
            yield from (Suspect(row, column, text, width) for row, text in cells if row not in odd)
    for row, texts in odd.items():
        yield from (Suspect(row, at, text, len(texts)) for at, text in enumerate(texts) if BREAK.search(text))


def _may_be_rows(suspect: Suspect, width: int, delimiter: str) -> bool:
    """Say whether the delimiters in the cell are as many as rows would have, without a look at the file."""
    counts = [line.count(delimiter) for line in BREAK.split(suspect.text)]
    inner = counts[1:-1]
    if suspect.row < 0:
        return len(inner) > 2 and min(inner) > 0 and len(set(inner)) == 1
    needed = width - 1
    if needed < 1 or suspect.column + counts[0] < needed:
        return False
    behind = suspect.cells - suspect.column - 1
    return suspect.cells != width or (counts[-1] + behind >= needed and inner.count(needed) >= AGREE * len(inner))


def _is_rows(suspect: Suspect, record: Record, looks: Sequence[frozenset[str]], options: Mapping[str, Any]) -> bool:
    """Say whether the lines of a record are rows, once the quote before the cell is taken away."""
    width = len(looks)
    rows = _without_quote(record, suspect.column, options)
    # a cell with delimiters of its own was quoted, and is cut now
    if len(rows) < 2 or len(rows[0]) < width:
        return False
    inner = [cells for cells in rows[1:-1] if any(cells)]
    if not inner and (len(rows[-1]) != width or (len(rows[0]) > width and suspect.cells == width)):
        return False
    if sum(len(cells) == width for cells in inner) < AGREE * len(inner):
        return False
    pairs = [(cell, look) for cells in (inner or rows[1:])[:SAMPLE] for cell, look in zip(cells, looks, strict=False)]
    fits = [_form(cell.strip('"')) in look for cell, look in pairs if look and cell]
    if fits:
        several = width > 2 or len(fits) > 2 or suspect.cells != width or suspect.text.count('"') % 2 == 1
        return several and sum(fits) >= FIT * len(fits)
    delimiter = options["delimiter"]
    prose = suspect.text.count(f"{delimiter} ") + len(THOUSANDS.findall(suspect.text))
    return suspect.text.count(delimiter) - 2 * prose >= ENOUGH or (suspect.cells != width and width > 2)


def _without_quote(record: Record, column: int, options: Mapping[str, Any]) -> list[list[str]]:
    """Give the rows of a record's lines, once the quote that opens a cell is taken away; none where it has none."""
    text, quote = "".join(record.lines), options.get("quotechar", '"')
    at = 0
    for cell in record.cells[:column]:
        quoted = f"{quote}{cell.replace(quote, quote * 2)}{quote}"
        at += len(quoted if text.startswith(quoted, at) else cell) + 1
    if text[at : at + 1] != quote:
        return []
    return list(csv.reader(io.StringIO(text[:at] + text[at + 1 :], newline=""), **options))


def _looks(sheet: Sheet, without: set[int]) -> list[frozenset[str]]:
    """Give by column what its cells look like, where that is a form (digits, a code); else nothing."""
    rows = sheet.take([row for row in range(min(SAMPLE + len(without), sheet.rows)) if row not in without][:SAMPLE])
    looks = []
    for column in range(len(sheet.names)):
        seen = Counter(_form(cells[column]) for cells in rows if column < len(cells) and cells[column])
        usual = seen.most_common(FORMS)
        covered = sum(count for _, count in usual) >= AGREE * seen.total()
        plain = all(form.isascii() for form, _ in usual)
        looks.append(frozenset(form for form, _ in usual) if seen and covered and plain else frozenset())
    return looks


def _form(cell: str) -> str:
    """Give what a cell looks like: `a9-9` for B12-3."""
    return re.sub(r"[^\W\d_a-zA-Z]+", "あ", re.sub(r"[a-zA-Z]+", "a", re.sub(r"\d+", "9", cell)))


SIGN = Sign("swallowed-rows", "error", look)

ROWS = [f"{number},第{number}会館,{number}丁目,{20 + number}" for number in range(1, 30)]
HEAD = "番号,名称,住所,定員"
RIGHT = [
    Example("\n".join([HEAD, *ROWS]) + "\n"),
    Example('番号,備考\n1,"休館日\n月曜, 祝日\n年末, 年始\n盆, 正月\n点検日, 他"\n2,なし\n3,なし\n'),
    Example('施設,料金\n北会館,"下記のとおり\n大人1,000円\n学生1,500円\n子供2,500円"\n南会館,無料\n東会館,無料\n'),
    Example('番号,料金\n1,"下記\n大人,500円\n子供,200円\n幼児,0円"\n2,無料\n3,無料\n'),
    Example('名称,備考\n北会館,"「はい""\nか, いいえ"""\n南会館,"幅\n10, 5"""\n'),
    Example('番号,時間\n1,"下記\n9,12\n13,17"\n2,なし\n3,なし\n'),
    Example('番号,名称\n1,"北\n会館"\n2,"南\n会館"\n'),
    Example('名称\n"北\n会館\n別館\n新館"\n南\n'),
    Example('番号,"名称\n（正式な名称、\n略さない、\n通称は別の列、\n全角）"\n1,北会館\n'),
]
OPEN = [HEAD, *ROWS[:4], '5,"第5会館,5丁目,25']
WRONG = [
    Example("\n".join([*OPEN, *ROWS[5:19], '20,第20会館",20丁目,40', *ROWS[20:]]), (("B6", None),)),
    Example("\n".join([*OPEN, *ROWS[5:9], '10,"第10会館、本館",10丁目,30', *ROWS[10:]]), (("B6", None),)),
    Example("\n".join([*OPEN, *ROWS[5:9], '10,"第10会館,本館",10丁目,30', *ROWS[10:]]), (("B6", None),)),
    Example('番号,名称\n1,"北\n2,南\n3,東\n4,西\n5,奥"\n6,中\n7,上\n', (("B2", None),)),
    Example('"番号","名称"\n"1","北"\n"2","南\n"3","東"\n"4","西"\n', (("B3", None),)),
    Example('番号,地点\n1,"35.1,139.1"\n2,"35.2,139.2\n3,"35.3,139.3"\n4,"35.4,139.4"\n', (("B3", None),)),
    Example('番号,"名称\n1,北\n2,南\n3,東\n4,西\n5,"中\n6,上\n', (("B1", None),)),
]
