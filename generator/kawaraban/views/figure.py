"""`figure`: one big number with its unit, its date, and the change to the one before."""

from datetime import date
from html import escape
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.views.frame import card, complete
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import MINUS, is_year, number_text, value_text
from kawaraban.warehouse import AGGREGATES, Select

KEYS = ("value", "by", "aggregate", "unit", "compare", "places")


def plan(spec: Spec) -> Select:
    """Give what the figure needs of its data."""
    value, by = spec.needed("value"), order(spec)
    rule = spec.one_of("aggregate", tuple(AGGREGATES))
    kind = spec.field(value).type
    if kind not in ("integer", "number") and rule != "count":
        raise KawarabanError(
            "{word} is not a column of numbers",
            "value",
            "name another column, or give it `type: integer`",
            word=value,
        )
    columns = (by,) if by else ()
    if rule:
        return Select(columns, spec.where, rule, (value,))
    return Select((*columns, value), spec.where)


def order(spec: Spec) -> str | None:
    """Give the column that says which value is the last: `by:`, else the first date or year."""
    if spec.values.get("by") is not None:
        return spec.column("by")
    return next((each.name for each in spec.fields if each.type in ("date", "datetime") or is_year(each)), None)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> str:
    """Give the figure as HTML."""
    value, by = spec.needed("value"), order(spec)
    rows = complete(frame, [value, by] if by else [value])
    if by:
        rows = rows.sort_values(by, kind="stable")
    if rows.empty:
        raise KawarabanError("there is no value to show", "value", "check `where:`")
    last = rows.iloc[-1]
    unit = spec.text("unit") or spec.field(value).unit
    places = spec.number("places", 1) if "places" in spec.values else None
    parts = [
        f'<p class="kb-number">{number_text(_plain(last[value]), places)}'
        f"{f'<span class=kb-unit>{escape(unit)}</span>' if unit else ''}</p>"
    ]
    if by and len(rows) > 1:
        before = rows.iloc[-2]
        parts.append(
            _change(
                _plain(last[value]) - _plain(before[value]),
                _word(spec, last[by], before[by], setting),
                unit,
                places,
                setting,
            )
        )
    if by:
        parts.append(f'<p class="kb-date">{escape(_moment(last[by], spec, by, setting))}</p>')
    return card(spec, setting, "".join(parts))


def _plain(value: Any) -> float:
    return value if isinstance(value, int) else float(value)


def _moment(value: Any, spec: Spec, by: str, setting: Setting) -> str:
    text = value_text(value, spec.field(by), setting.lang)
    return f"{text}年" if is_year(spec.field(by)) and by == "年" else f"{text}年度" if by == "年度" else text


def _word(spec: Spec, last: Any, before: Any, setting: Setting) -> str:
    """Give the word for what the value is compared with: the day before only where it is the day before."""
    if spec.text("compare"):
        return spec.text("compare")
    if isinstance(last, date) and isinstance(before, date):
        days = (last - before).days
        words = {1: "the day before", 7: "the week before"}
        word = words.get(days) or (
            "the month before" if 28 <= days <= 31 else "the year before" if 365 <= days <= 366 else ""
        )
        return setting.say(word or "the time before")
    if isinstance(last, int) and last - before == 1:
        return setting.say("the year before")
    return setting.say("the time before")


def _change(change: float, word: str, unit: str, places: int | None, setting: Setting) -> str:
    change = round(change, 10)
    if change == 0:
        text, arrow, kind = setting.say("no change from {word}").format(word=word), "→", "same"
    else:
        shown = ("+" if change > 0 else MINUS) + number_text(abs(change), places)
        text = setting.say("{change}{unit} from {word}").format(change=shown, unit=unit, word=word)
        arrow, kind = ("▲", "up") if change > 0 else ("▼", "down")
    return f'<p class="kb-change kb-{kind}"><span aria-hidden="true">{arrow}</span> {escape(text)}</p>'
