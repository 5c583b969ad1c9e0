"""What a column holds, from all its cells: its type, the steps that bring its cells to it, and what stays unsure.

Conservative: a column has a type only where every cell that says something has it after cleaning; what could be a
code, a phone number or an identifier stays text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from itertools import islice
from typing import Any

from kawaraban.roles import says
from kawaraban.tidying import dates, lists, marks, missing, numbers, pairs, times, trim
from kawaraban.tidying.steps import STEPS, cleaner
from kawaraban.tidying.types import INTEGER, NUMBER, is_text, real_date

MOSTLY = 0.8  # of the cells that say something: so many of a type, and the others are worth a word
ENOUGH = 5  # such cells
MANY, BATCH = 100_000, 20_000  # cells that decide, and cells asked at once of those that are left
SAMPLE = 500  # cells that tell whether it is worth looking at all
FLAGS = 20  # different marks that a column of yes and no may have
NAMED = 3  # cells that are named
FIGURES = ("integer", "number")
FORMS: dict[str, Callable[[str], object]] = {
    "integer": INTEGER.fullmatch,
    "number": NUMBER.fullmatch,
    "date": lambda cell: dates.TIDY["date"].fullmatch(cell) and real_date(cell),
    "datetime": lambda cell: dates.TIDY["datetime"].fullmatch(cell) and real_date(cell[:10]),
    "yearmonth": re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])").fullmatch,
    "year": re.compile(r"[12][0-9]{3}").fullmatch,
    "time": re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]").fullmatch,
}
DOUBTS = {"order": "undecided-dates", "year": "no-year"}
EXTRA: dict[str, dict[str, Any]] = {"time": {"format": "%H:%M"}}

# (name, cells, type)
RIGHT: list[tuple[str, list[str], str]] = [
    ("定員", ["126人", "1,200人", "－"], "integer"), ("陽性者数", ["12", "集計中", "8"], "integer"),
    ("うちFAX", ["0", "3"], "integer"), ("電話相談件数", ["9", "12"], "integer"),
    ("電話番号", ["12345", "67890"], "string"),
    ("便名", ["1便", "2便"], "string"), ("利用開始時間", ["24時間", "24時間"], "string"),
    ("開始時間", ["8:30", "9時"], "time"), ("開設日", ["R6.4.1", "S48.3.31"], "date"), ("室内", ["○", ""], "boolean"),
    ("バリアフリー", ["有", "無"], "string"), ("駐車場", ["有"], "string"), ("駐車場", ["有", ""], "boolean"),
    ("カドミウム", ["0.001未満", "0.002"], "string"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A column as it should be: its Table Schema field, what the steps must know of it, and the steps that it needs.

    `split` names the step by which it becomes two columns. `unsure` are (kind, details) of what a person should see.
    """

    field: Mapping[str, Any]
    settings: Mapping[str, Any] = default(default_factory=dict)
    steps: tuple[str, ...] = ()
    split: str = ""
    unsure: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def guess(name: str, unit: str, cells: Iterable[str]) -> Guess:
    """Give what a column named `name` holds; `cells` are its different texts, `unit` is what its header gives.

    The first ones decide; of the others, which may be millions, each is asked whether it is so.
    """
    left = iter(cells)
    head = list(islice(left, MANY))
    texts = [each for each in head if each]
    return _held(_first_guess(name, unit, texts, len(texts) < len(head)), texts, left)


def _held(found: Guess, texts: Sequence[str], left: Iterator[str]) -> Guess:
    """Give a guess that holds for the cells that are left too, with the steps that these need."""
    kind = str(found.field["type"])
    fits = FORMS.get(kind)
    whole = {**found.field, "kawaraban": found.settings}
    clean = cleaner(whole, tuple(STEPS))
    steps = set(found.steps)
    while batch := [each for each in islice(left, BATCH) if each]:
        tidy = [clean(each) for each in batch]
        wrong = [each for each in tidy if each and fits and not fits(each)]
        if wrong:
            doubt = {"name": found.field["name"], "type": kind, "count": len(wrong), "values": wrong[:NAMED]}
            text = _as_text({"name": found.field["name"], "type": "string"}, [], texts)
            return Guess(text.field, text.settings, text.steps, unsure=(("mixed", doubt),))
        steps.update(_steps_for(batch, whole))
    return Guess(
        found.field, found.settings, tuple(each for each in STEPS if each in steps), found.split, found.unsure
    )


def _first_guess(name: str, unit: str, texts: Sequence[str], blank: bool) -> Guess:
    text: dict[str, Any] = {"name": name, "type": "string"}
    said = list(dict.fromkeys(cell for each in texts if (cell := trim.clean(each, text))))
    told = [each for each in said if not missing.is_missing(each)]
    if not told:
        return _as_text(text, said, texts)
    if _surely(pairs.decide, name, told):
        return Guess(text, steps=("trim", "pairs"), split="pairs")
    if len(said) <= FLAGS and marks.decide(name, [*said, ""] if blank else said):
        return _guessed({**text, "type": "boolean"}, {}, texts)
    if is_text(name):
        return _as_text(text, said, texts)
    found, doubts = _typed(name, unit, told, texts)
    if found:
        return found
    if _surely(times.decide, name, told):
        return Guess(text, steps=("trim", "times"), split="times")
    kept = _as_text(text, said, texts)
    return Guess(kept.field, kept.settings, kept.steps, unsure=(*_date_doubts(name, told), *doubts)[:1])


def _typed(
    name: str, unit: str, told: Sequence[str], texts: Sequence[str]
) -> tuple[Guess | None, list[tuple[str, Mapping[str, Any]]]]:
    """Give the guess of the first type that every cell has; and for the others what stands in the way."""
    doubts: list[tuple[str, Mapping[str, Any]]] = []
    some = told[:SAMPLE]
    figures = _surely(numbers.decide, name, told) or {}
    days = dates.decide(name, told) if dates.doubt(name, some) or dates.decide(name, some) else {}
    for kind in _candidates(name, days):
        settings = figures if kind in FIGURES else days if kind in dates.TYPES else {}
        field_: dict[str, Any] = {"name": name, "type": kind, **EXTRA.get(kind, {})}
        shown = settings.get("unit") or (unit if kind in FIGURES else "")
        if shown:
            field_["unit"] = shown
        inner = {key: value for key, value in settings.items() if key != "unit"}
        clean = cleaner({**field_, "kawaraban": inner}, tuple(STEPS))
        fits = FORMS[kind]
        sample = [each for each in some if not fits(clean(each))]
        if len(sample) > (1 - MOSTLY) * len(some):
            continue
        wrong = [each for each in told if not fits(clean(each))]
        if not wrong:
            return _guessed(field_, inner, texts), []
        if len(told) >= ENOUGH:
            doubts.append(("mixed", {"name": name, "type": kind, "count": len(wrong), "values": wrong[:NAMED]}))
    return None, doubts


def _surely(decide: Callable[[str, Sequence[str]], Any], name: str, cells: Sequence[str]) -> Any:
    """Give what is decided of all cells; where the first ones already say no, the others are not looked at."""
    return decide(name, cells[:SAMPLE]) and decide(name, cells)


def _candidates(name: str, days: Mapping[str, Any]) -> list[str]:
    """Give the types that a column may have, in the order in which they are tried."""
    kinds = list(FORMS)
    if {"packed", "serial"} & set(days):  # 20240401 is a number too
        kinds = [*(kind for kind in kinds if kind not in FIGURES), *FIGURES]
    if says(name, *numbers.YEARS):
        kinds.remove("year")
        kinds.insert(0, "year")
    return kinds


def _as_text(field_: Mapping[str, Any], said: Sequence[str], texts: Sequence[str]) -> Guess:
    """Give the guess of a column that stays text; a list has its separators made one where that is sure."""
    settings = lists.decide(str(field_["name"]), said) if said else {}
    return _guessed(field_, settings, texts)


def _guessed(field_: Mapping[str, Any], settings: Mapping[str, Any], texts: Sequence[str]) -> Guess:
    """Give the guess with the steps that change at least one cell."""
    return Guess(field_, settings, tuple(_steps_for(texts, {**field_, "kawaraban": settings})))


def _steps_for(texts: Sequence[str], field_: Mapping[str, Any]) -> list[str]:
    steps = []
    now = list(texts)
    for name, step in STEPS.items():
        if step.touches(field_):
            then = [step.clean(cell, field_) for cell in now]
            if then != now:
                steps.append(name)
            now = then
    return steps


def _date_doubts(name: str, told: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Give why a column of dates stays text: nobody can say which part is the month, or the year is missing."""
    kind = dates.doubt(name, told[:SAMPLE])
    return [(DOUBTS[kind], {"name": name, "values": told[:NAMED]})] if kind in DOUBTS else []
