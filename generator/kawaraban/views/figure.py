"""`figure`: one big number with its unit, its date, and the change to the one before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.model import Field
from kawaraban.views.card import Card, Number
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


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> Card:
    """Give the figure as a card; its rows are the value shown and the one it is compared with."""
    value, by = spec.needed("value"), order(spec)
    rows = complete(frame, [value, by] if by else [value])
    if by:
        rows = rows.sort_values(by, kind="stable")
    if rows.empty:
        raise KawarabanError("there is no value to show", "value", "check `where:`")
    shown = rows.tail(2 if by else 1)
    own = spec.field(value)
    moment = spec.field(by) if by else None
    numbers = [_plain(each) for each in shown[value]]
    moments = list(shown[by]) if by else []
    number = reckoned(numbers, moments, spec.text("unit") or own.unit, moment, spec, setting)
    fields = [*([moment] if moment else []), Field(value, own.type, own.label, unit=number.unit)]
    return card(
        spec,
        setting,
        "",
        rows=(shown[[each.name for each in fields]], fields),
        number=number,
    )


def reckoned(
    numbers: Sequence[float], moments: Sequence[Any], unit: str, by: Field | None, spec: Spec, setting: Setting
) -> Number:
    """Give the last of the numbers, large, with the change to the one before; `by` is what the moments are of."""
    places = spec.number("places", 1) if "places" in spec.values else None
    change = kind = moment = ""
    if by is not None and len(numbers) > 1:
        word = spec.text("compare") or _word(moments[-1], moments[-2], setting)
        change, kind = _change(numbers[-1] - numbers[-2], word, unit, places, setting)
    if by is not None:
        moment = _moment(moments[-1], by, setting)
    return Number(number_text(numbers[-1], places), unit, change, kind, moment)


def _plain(value: Any) -> float:
    return value if isinstance(value, int) else float(value)


def _moment(value: Any, by: Field, setting: Setting) -> str:
    text = value_text(value, by, setting.lang)
    return f"{text}年" if is_year(by) and by.name == "年" else f"{text}年度" if by.name == "年度" else text


def _word(last: Any, before: Any, setting: Setting) -> str:
    """Give the word for what the value is compared with: the day before only where it is the day before."""
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


def _change(change: float, word: str, unit: str, places: int | None, setting: Setting) -> tuple[str, str]:
    """Give the change in words, and whether it is up, down or the same."""
    change = round(change, 10)
    if change == 0:
        return setting.say("no change from {word}").format(word=word), "same"
    shown = ("+" if change > 0 else MINUS) + number_text(abs(change), places)
    text = setting.say("{change}{unit} from {word}").format(change=shown, unit=unit, word=word)
    return text, "up" if change > 0 else "down"
