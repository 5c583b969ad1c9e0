"""`table`: the first rows, or the rows that `where:` and `sort:` choose. A script sorts and filters all of them."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from kawaraban.model import Field
from kawaraban.typed import json_columns
from kawaraban.views.card import Card
from kawaraban.views.frame import card
from kawaraban.views.grid import FOLDED, LINES, table_html
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import date_pattern, is_year, value_text
from kawaraban.warehouse import Select

KEYS = ("columns", "sort", "limit")
USUAL = 50  # rows
SHORT = 10  # rows; a table of no more needs no search
CHOICES = 6  # columns that a reader is offered to choose from
WORD = 20  # letters of a value that may be chosen
LETTERS = {"integer": "n", "number": "n", "boolean": "b", "date": "d", "datetime": "m", "time": "t"}
# key -> the words that the script says
WORDS = {
    "find": "Search this table", "all": "any value", "more": "Show more rows",
    "wait": "Reading the rows …", "fail": "The rows could not be read. Please download the data.",
    "shown": "{count} of {total} rows", "nothing": "No row has that.", "up": "{column}: ascending",
    "down": "{column}: descending", "none": "no value", "yes": "yes", "no": "no",
}  # fmt: skip


def plan(spec: Spec) -> Select:
    """Give what the table needs of its data."""
    limit = spec.number("limit", USUAL)
    sort = str(spec.values.get("sort") or "")
    if sort:
        spec.known(sort.removeprefix("-"), "sort")
    columns = spec.columns("columns") or tuple(each.name for each in spec.fields)
    return Select(tuple(dict.fromkeys(columns)), spec.where, limit=limit + 1, sort=sort, words=True)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> Card:
    """Give the table as a card; what the limit cut is said, with the way to all rows."""
    limit = spec.number("limit", USUAL)
    fields = [spec.field(str(name)) for name in frame.columns]
    body = table_html(frame.head(limit), fields, setting)
    whole = setting.whole
    if len(frame) > limit:
        cut = escape(setting.say("The first {count} rows. All of them are in the data.").format(count=f"{limit:,}"))
        if whole:
            told = escape(setting.say("The first {count} of {total} rows."))
            cut = f"<span>{told.format(count=f'{limit:,}', total=f'{whole.count:,}')}</span>"
            cut += f' <a href="{escape(whole.csv)}" download>{escape(setting.say("All rows as CSV"))}</a>'
        body += f'<p class="kb-note kb-cut">{cut}</p>'
    able = len(frame) <= limit or (whole is not None and whole.chunks > 0)
    if able and len(frame) > 1:
        settled = escape(
            json.dumps(_settled(spec, frame, fields, setting), ensure_ascii=False, separators=(",", ":"))
        )
        body = f'<div class="kb-rows" data-rows="{settled}">{body}</div>'
    return card(spec, setting, body, rows=(frame.head(limit), fields))


def _settled(spec: Spec, frame: pd.DataFrame, fields: Sequence[Field], setting: Setting) -> Mapping[str, Any]:
    """Give what the script must know: types of the columns, where the rows are, what may be chosen, its words."""
    limit = spec.number("limit", USUAL)
    names = [each.name for each in spec.fields]
    complete = len(frame) <= limit
    whole = setting.whole
    total = len(frame) if complete or whole is None else whole.count
    found: dict[str, Any] = {
        "kinds": "".join("y" if is_year(each) else LETTERS.get(each.type, "s") for each in fields),
        "lang": setting.lang, "fold": [FOLDED, LINES], "total": total,
        "words": {key: setting.say(word) for key, word in WORDS.items()},
    }  # fmt: skip
    if any(each.values for each in fields):
        found["values"] = {index: dict(each.values) for index, each in enumerate(fields) if each.values}
    found["date"], found["months"] = date_pattern(setting.lang)
    if total > SHORT and (complete or whole):
        choices = {
            key: each
            for key, each in (whole.choices.items() if whole else ())
            if 1 < len(each) <= total / 2 and max(len(str(one)) for one in each) <= WORD
        }
        found["choices"] = [
            [index, [[_raw(value), value_text(value, each, setting.lang)] for value in choices[each.name]]]
            for index, each in enumerate(fields)
            if each.name in choices
        ][:CHOICES]
        found["search"] = 2 if complete or limit >= USUAL else 1
    sort = str(spec.values.get("sort") or "")
    shown = [str(name) for name in frame.columns]
    if sort.removeprefix("-") in shown:
        found["sorted"] = [shown.index(sort.removeprefix("-")), -1 if sort[0] == "-" else 1]
    if complete:
        found["data"] = json_columns(frame)
    elif whole:
        found |= {"base": whole.rows, "chunks": whole.chunks, "at": [names.index(each.name) for each in fields]}
        found["where"] = [
            [names.index(key), [_raw(each) for each in (value if isinstance(value, list) else [value])]]
            for key, value in spec.where.items()
        ]
        if sort:
            found["sort"] = [names.index(sort.removeprefix("-")), -1 if sort[0] == "-" else 1]
    return found


def _raw(value: Any) -> str:
    """Give a value as the script has it as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)
