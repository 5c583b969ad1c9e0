"""`table`: the first rows, or the rows that `where:` and `sort:` choose."""

from html import escape

import pandas as pd

from kawaraban.views.frame import card, table_html
from kawaraban.views.spec import Setting, Spec
from kawaraban.warehouse import Select

KEYS = ("columns", "sort", "limit")
USUAL = 20  # rows


def plan(spec: Spec) -> Select:
    """Give what the table needs of its data."""
    spec.number("limit", USUAL)
    if spec.values.get("sort") is not None:
        spec.known(str(spec.values["sort"]).removeprefix("-"), "sort")
        columns = spec.columns("columns") or tuple(each.name for each in spec.fields)
        return Select(tuple(dict.fromkeys((*columns, str(spec.values["sort"]).removeprefix("-")))), spec.where)
    columns = spec.columns("columns") or tuple(each.name for each in spec.fields)
    return Select(columns, spec.where, limit=spec.number("limit", USUAL) + 1)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> str:
    """Give the table as HTML; what the limit cut is said."""
    limit = spec.number("limit", USUAL)
    if spec.values.get("sort") is not None:
        key = str(spec.values["sort"])
        frame = frame.sort_values(key.removeprefix("-"), ascending=not key.startswith("-"), kind="stable")
    names = list(spec.columns("columns") or (each.name for each in spec.fields))
    shown = frame[names].head(limit)
    body = table_html(shown, [spec.field(name) for name in names], setting)
    if len(frame) > limit:
        cut = setting.say("The first {count} rows. All of them are in the data.").format(count=f"{limit:,}")
        body += f'<p class="kb-note">{escape(cut)}</p>'
    return card(spec, setting, body)
