"""Rows as an HTML table: numbers to the right, long text folded, empty and missing told apart."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd

from kawaraban.model import Field
from kawaraban.reporting.width import width
from kawaraban.views.spec import Setting
from kawaraban.views.text import cell_html, is_missing

FOLDED = 80  # letters of a cell that a reader opens
LETTERS, NARROW = 12, 4  # letters that a line of a wide, and of the narrowest column has
LINES = 3  # lines that are seen of it; kawaraban.css has the same number

# type -> its class: numbers stand to the right, dates on one line
CLASSES = {"integer": " class=kb-n", "number": " class=kb-n"} | dict.fromkeys(
    ("date", "datetime", "time"), " class=kb-d"
)


def table_html(frame: pd.DataFrame, fields: Sequence[Field], setting: Setting, caption: str = "") -> str:
    """Give a frame as an HTML table in a region that scrolls."""
    classes = [CLASSES.get(each.type, "") for each in fields]
    head = "".join(
        f'<th scope="col"{own}{_room(each, frame.iloc[:, at])}>{escape(each.label)}'
        f"{f'<span class=kb-unit>{escape(each.unit)}</span>' if each.unit else ''}</th>"
        for at, (each, own) in enumerate(zip(fields, classes, strict=True))
    )
    empty = empty_html(setting)
    rows = []
    for values in frame.itertuples(index=False, name=None):
        cells = "".join(
            f"<td{own}>{_cell(value, each, setting, empty)}</td>"
            for value, each, own in zip(values, fields, classes, strict=True)
        )
        rows.append(f"<tr>{cells}</tr>")
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    label = escape(caption or setting.say("Table"))
    return (
        f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{label}"><table class="kb-table">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _room(field: Field, values: "pd.Series[Any]") -> str:
    """Give the least width of a column of text: its longest cell, or as much of it as stands in a line of LETTERS."""
    if field.type in CLASSES or field.type == "boolean":
        return ""
    longest = max((width(str(each)[: 2 * LETTERS]) for each in values if isinstance(each, str)), default=0) / 2
    return f' style="min-width:{min(longest, LETTERS) + 1:g}em"' if longest > NARROW else ""


def empty_html(setting: Setting) -> str:
    """Give what stands in an empty cell: nothing to see, a word to hear."""
    return f'<span class="kb-none">{escape(setting.say("no value"))}</span>'


def _cell(value: Any, field: Field, setting: Setting, empty: str) -> str:
    """Give what stands in a cell; the word of a missing value (see Select.words) stays, paler."""
    if isinstance(value, tuple):
        return f'<span class="kb-missing">{escape(value[0])}</span>'
    if is_missing(value) or value == "":
        return empty
    html = cell_html(value, field, setting.lang)
    if isinstance(value, str) and (len(value) > FOLDED or value.count("\n") >= LINES) and html[:2] != "<a":
        return f'<details class="kb-data kb-fold"><summary>{html}</summary></details>'
    return html
