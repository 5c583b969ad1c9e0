"""Sheets, columns and rows that Excel hides, and comments of cells: everybody who opens the file can show them.

In practice personal data is found there. Each is told once per sheet; where it looks like personal data, as an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kawaraban.checking.cells import once_for_each_sheet
from kawaraban.checking.examples import BookSheet, workbook
from kawaraban.checking.persons import find_persons
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.checking.signs import my_number, payment_card, personal_email, personal_phone
from kawaraban.errors import KawarabanError
from kawaraban.model import column_letters
from kawaraban.reading.hidden import Hidden, find_hidden
from kawaraban.roles import role_of

SHOWN = 8  # columns, rows or cells that are named; the rest is counted
LONGEST = 2000  # letters of a cell or a comment that are looked at
HEADS = 5  # rows in which the names of the columns may stand
BESIDE = ("birth-date", "address", "phone", "e-mail", "my-number")


@once_for_each_sheet
def hidden_in(sheet: Sheet) -> tuple[Hidden, ...] | None:
    """Give what the workbook of a sheet keeps from sight; None where that cannot be told.

    Where several resources read one workbook, the first of them tells.
    """
    file = sheet.resource.file
    first = next((each for each in sheet.dataset.resources if each.file == file), sheet.resource)
    if sheet.resource.format != "xlsx" or first.name != sheet.resource.name:
        return ()
    try:
        return find_hidden(file)
    except KawarabanError:
        return None


def look_for_sheets(sheet: Sheet) -> Iterator[Finding]:
    """Give each hidden sheet that holds something."""
    yield from (Finding(details={"hidden": each.sheet}) for each in hidden_in(sheet) or () if each.whole)


def look_for_columns(sheet: Sheet) -> Iterator[Finding]:
    """Give each sheet with hidden columns that hold something."""
    for each in hidden_in(sheet) or ():
        if each.columns and not each.whole:
            yield Finding(details={"hidden": each.sheet, "cells": _listed([*map(column_letters, each.columns)])})


def look_for_rows(sheet: Sheet) -> Iterator[Finding]:
    """Give each sheet with hidden rows that hold something."""
    for each in hidden_in(sheet) or ():
        if each.rows:
            yield Finding(
                number=each.rows[0] if each.sheet == sheet.table.origin.sheet else None,
                details={"hidden": each.sheet, "cells": _listed(each.rows), "count": len(each.rows)},
            )


def look_for_comments(sheet: Sheet) -> Iterator[Finding]:
    """Give each sheet whose cells have comments."""
    for each in hidden_in(sheet) or ():
        if each.comments:
            yield Finding(
                details={"hidden": each.sheet, "cells": _listed([*each.comments]), "count": len(each.comments)}
            )


def look_for_persons(sheet: Sheet) -> Iterator[Finding]:
    """Give each sheet whose hidden parts or comments look like personal data."""
    yield from (Finding(details={"hidden": each.sheet}) for each in hidden_in(sheet) or () if _is_personal(each))


def look_for_unknown(sheet: Sheet) -> Iterator[Finding]:
    """Give a workbook that can be read, but not searched for what it hides."""
    if hidden_in(sheet) is None:
        yield Finding()


def _is_personal(hidden: Hidden) -> bool:
    parts = (my_number.parts, payment_card.parts, personal_phone.parts, personal_email.parts)
    if any(find(text[:LONGEST]) for text in hidden.comments.values() for find in parts):
        return True
    rows = [{column: text[:LONGEST] for column, text in row.items()} for row in hidden.texts]
    # a title may stand above the names of the columns
    return any(_names_persons(rows[at], rows[at + 1 :]) for at in range(min(HEADS, len(rows))))


def _names_persons(head: Mapping[int, str], rows: Sequence[Mapping[int, str]]) -> bool:
    """Say if rows below the names in `head`, and these names themselves, look like personal data."""
    places = sorted({column for row in (head, *rows) for column in row})
    names = [head.get(column, "") for column in places]
    for column, name in zip(places, names, strict=True):
        texts = [row[column] for row in rows if column in row]
        if my_number.fills(name, texts) or payment_card.rows_with_cards(enumerate([name, *texts])):
            return True
        found = (my_number.parts, personal_phone.parts, personal_email.parts)
        if any(find(text) for text in (name, *texts) for find in found):
            return True
    persons = find_persons(names, lambda at: [row.get(places[at], "") for row in rows])
    return bool(persons.private) and any(role_of(name) in BESIDE for name in names)


def _listed(places: Sequence[object]) -> str:
    return ", ".join(map(str, places[:SHOWN])) + (", …" if len(places) > SHOWN else "")


SIGNS = (
    Sign("hidden-sheet", "warning", look_for_sheets),
    Sign("hidden-columns", "warning", look_for_columns),
    Sign("hidden-rows", "warning", look_for_rows),
    Sign("cell-comment", "warning", look_for_comments),
    Sign("hidden-personal-data", "error", look_for_persons),
    Sign("hidden-unknown", "warning", look_for_unknown),
)

TABLE = (("施設名", "席数", "控え"), ("公民館", "120", "済"), ("図書館", "80", "済"))
PERSONS = (("名簿",), ("氏名", "生年月日"), ("海野 太郎", "29221"), ("浜田 花子", "31080"))


def _example(*found: tuple[str, None], beside: Sequence[BookSheet] = (), **hidden: Any) -> Example:
    return Example(workbook(BookSheet("一覧", TABLE, **hidden), *beside), found, name="data.xlsx")


TOLD = (("", None),)
PLAIN = _example()
EMPTY = _example(beside=[BookSheet("控え", (), "hidden"), BookSheet("白紙", ((" ",),), "veryHidden")])
SHEET = BookSheet("担当", PERSONS, "hidden")
RIGHT = {
    "hidden-sheet": [PLAIN, EMPTY, _example(beside=[BookSheet("担当", TABLE)])],
    "hidden-columns": [PLAIN, _example(hidden_columns=[4, 5])],
    "hidden-rows": [PLAIN, _example(hidden_rows=[4])],
    "cell-comment": [PLAIN, _example(comments={"B2": " "})],
    "hidden-personal-data": [
        PLAIN,
        EMPTY,
        _example(hidden_columns=[2, 3], hidden_rows=[2], comments={"B2": "要確認 0470-00-0000"}),
        _example(beside=[BookSheet("控え", TABLE, "hidden"), BookSheet("名簿", PERSONS)]),
    ],
    "hidden-unknown": [PLAIN, Example("施設名\n公民館\n")],
}
WRONG = {
    "hidden-sheet": [
        _example(*TOLD, beside=[BookSheet("控え", TABLE, "hidden")]),
        _example(*TOLD, beside=[BookSheet("控え", TABLE, "veryHidden")]),
    ],
    "hidden-columns": [_example(*TOLD, hidden_columns=[2, 3])],
    "hidden-rows": [_example(("3", None), hidden_rows=[3])],
    "cell-comment": [_example(*TOLD, comments={"B2": "要確認"})],
    "hidden-personal-data": [
        _example(*TOLD, beside=[SHEET]),
        _example(*TOLD, comments={"B2": "海野さん 090-0000-0000"}),
        _example(*TOLD, beside=[BookSheet("控え", (("番号",), ("4000-0012-3456-7899",)), "veryHidden")]),
        _example(*TOLD, beside=[BookSheet("控え", (("", "個人番号"), ("", "123456789019")), hidden_columns=[2])]),
    ],
    "hidden-unknown": [
        Example(workbook(BookSheet("一覧", TABLE, comments={"A1": "要確認"}), prologue="<"), TOLD, name="data.xlsx"),
    ],
}
