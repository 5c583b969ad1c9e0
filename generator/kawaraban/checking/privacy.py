"""Personal data that the signs saw is shown nowhere: it is taken out of everything that the verdict says.

A type error in the row of a person would print the row, with name and birth date; so would a report's `cells`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kawaraban.checking.clues import AT, ELEVEN
from kawaraban.checking.sheet import Sheet
from kawaraban.checking.signs import my_number, payment_card, person_records, personal_email, personal_phone
from kawaraban.model import CONCEALED, Dataset, Problem, Table
from kawaraban.tidying.widths import DASHES

HIDDEN = "hidden-personal-data"
HINT = "correct the cell in the file; what stands there is not shown, because it may be personal data"
MOST = 50_000  # rows; of a longer table only those with problems are looked at
SHORT = 3  # letters; what is shorter (岬, 海野) is taken out only where it stands as a word
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}(?![^\W_])")
SAFE = ("what", "type", "format", "constraint", "kind", "title", "description", "tags", "name", "place")  # our words
LONGEST = 2000  # letters of a text; where there are secrets, a longer one is cut
NUMERAL = 100_000  # a smaller number says nothing of a person

# kind -> what finds the personal parts of a text; None: only the column as a whole tells
PARTS: Mapping[str, Callable[[str], list[str]] | None] = {
    my_number.SIGN.kind: my_number.parts,
    payment_card.SIGN.kind: payment_card.parts,
    personal_phone.SIGN.kind: personal_phone.parts,
    personal_email.SIGN.kind: personal_email.parts,
    **dict.fromkeys((sign.kind for sign in person_records.SIGNS), None),
}


def secrets_of(dataset: Dataset, tables: Sequence[Table], problems: Sequence[Problem]) -> set[str]:
    """Give the personal texts in the tables, as the problems that our signs saw say where they are."""
    found: set[str] = set()
    resources = {resource.name: resource for resource in dataset.resources}
    for table in tables:
        own = [each for each in problems if _is_in(table, each)]
        personal = [each for each in own if _is_personal(each)]
        if not personal:
            continue
        sheet = Sheet(dataset, resources[table.name], table, {})
        rows = _rows(table, own)
        for problem in personal:
            parts = PARTS[problem.kind]
            whole = bool(problem.details.get("whole"))
            # a file without names of columns has data in their place
            found.update(_forms(problem.label) if re.search(ELEVEN, problem.label) else ())
            for text in _texts(sheet, problem, rows):
                told = [text] if whole else []
                told += parts(text) if parts else []
                if told:
                    found.update(form for each in (text, *told) for form in _forms(each))
    return found


def conceal(
    problems: Sequence[Problem], tasks: Sequence[Mapping[str, Any]], secrets: Iterable[str]
) -> tuple[list[Problem], tuple[Mapping[str, Any], ...]]:
    """Give problems and tasks with ●●● for every secret text, and for what looks like one."""
    hide = _hider(secrets)
    whole = {
        (each.path, each.sheet, column)
        for each in problems if _is_personal(each) and each.details.get("whole")
        for column in _columns(each)
    }  # fmt: skip
    told = [
        _concealed(each, hide, each.column is not None and (each.path, each.sheet, each.column - 1) in whole)
        for each in problems
    ]
    return told, tuple(_walked(each, hide) for each in tasks)


def _concealed(problem: Problem, hide: Callable[[str], str], own: bool) -> Problem:
    """Give the problem without secrets; `own`: all that is told of its cell is one, its older values too."""
    details = _walked(problem.details, hide)
    if _is_personal(problem) or problem.kind == HIDDEN:
        details = {**details, "concealed": list(_columns(problem))}  # the columns nobody may copy; empty: all
    fix = hide(problem.fix) if problem.fix else problem.fix
    value = hide(problem.value)
    if own and problem.details.get("sign") and problem.kind not in PARTS and problem.value != problem.label:
        details = {
            key: CONCEALED if isinstance(each, str) and key not in SAFE else each for key, each in details.items()
        }
        value, fix = value and CONCEALED, fix and CONCEALED
    changed = value != problem.value or fix != problem.fix
    return replace(
        problem,
        value=value,
        # nobody may write ●●● into a file
        fix=None if changed else fix,
        hint=HINT if changed and problem.fix else hide(problem.hint),
        label=hide(problem.label),
        address=hide(problem.address),
        details=details,
        report=_walked(problem.report, hide),
    )


def _walked(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {key: each if key in SAFE else _walked(each, hide) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(each, hide) for each in value]
    if isinstance(value, int | float) and abs(value) >= NUMERAL and hide(str(value)) != str(value):
        return CONCEALED
    return value


def _hider(secrets: Iterable[str]) -> Callable[[str], str]:
    """Give the function that takes secrets out of a text: the longest first, in one walk over the text."""
    alone: set[str] = set()
    starts: dict[str, dict[int, set[str]]] = {}
    for secret in secrets:
        if len(secret) < SHORT:
            alone.add(secret)
        else:
            starts.setdefault(secret[:SHORT], {}).setdefault(len(secret), set()).add(secret)
    lengths = {start: sorted(each, reverse=True) for start, each in starts.items()}
    patterns = [parts for parts in PARTS.values() if parts]
    could = re.compile(f"{ELEVEN}|{AT}")

    def hide(text: str) -> str:
        if text in alone:
            return CONCEALED
        if alone:
            text = WORD.sub(lambda word: CONCEALED if word[0] in alone else word[0], text)
        if could.search(text):
            for part in (part for parts in patterns for part in parts(text)):
                text = text.replace(part, CONCEALED)
        if not starts:
            return text
        text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        told: list[str] = []
        at = 0
        while at < len(text):
            start = text[at : at + SHORT]
            length = next((n for n in lengths.get(start, ()) if text[at : at + n] in starts[start][n]), 0)
            told.append(CONCEALED if length else text[at])
            at += length or 1
        return "".join(told)

    return hide


def _forms(text: str) -> Iterator[str]:
    """Give a text as our sentences may show it: as it is, with half-width letters, without blanks and hyphens."""
    plain = unicodedata.normalize("NFKC", text)
    for form in (text, text.strip(), plain, plain.strip(), re.sub(rf"[-\s(){DASHES}]", "", plain)):
        if form:
            yield form


def _is_in(table: Table, problem: Problem) -> bool:
    return (problem.path, problem.sheet) == (table.origin.path, table.origin.sheet)


def _is_personal(problem: Problem) -> bool:
    return problem.kind in PARTS and bool(problem.details.get("sign"))


def _columns(problem: Problem) -> Sequence[int]:
    """Give the columns of the file that a personal problem is about, counted from 0."""
    given = problem.details.get("columns")
    return given if isinstance(given, list) else [problem.column - 1] if problem.column else []


def _rows(table: Table, problems: Sequence[Problem]) -> list[int] | None:
    """Give the rows of the tidy table that problems name; None: all of them."""
    if table.rows <= MOST:
        return None
    named = {each.row for each in problems if each.row is not None}
    return [index for index in range(table.rows) if table.origin.row(index) in named]


def _texts(sheet: Sheet, problem: Problem, rows: list[int] | None) -> Iterator[str]:
    """Give the filled cells of a personal problem's columns; where it is of no column, those right of the table."""
    columns = [each for column in _columns(problem) for each in sheet.table.origin.tidy_columns(column + 1)]
    if rows is not None:
        for cells in sheet.take(rows):
            yield from (cells[column] for column in columns if column < len(cells) and cells[column])
    else:
        for column in columns:
            yield from (text for _, text in sheet.cells(column))
    if not _columns(problem):
        yield from (text for _, cells in sheet.columns.ragged for text in cells[len(sheet.names) :])
