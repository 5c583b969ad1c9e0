"""`chart`: a static SVG, drawn twice: for a desk and for a phone. No script is needed to see it."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.views.card import Card
from kawaraban.views.charting import charted
from kawaraban.views.frame import card, table_html
from kawaraban.views.listing import describe, listed
from kawaraban.views.marks import MARKS, drawn
from kawaraban.views.plot import WIDTHS, Chart, Room
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.states import in_state, latest
from kawaraban.views.svg import drawing
from kawaraban.views.wishes import KEYS, SORTS, plan

__all__ = ["KEYS", "MARKS", "SORTS", "draw", "plan"]
LISTED = 500  # rows of the table below the chart


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> Card:
    """Give the chart as a card: two drawings of which the page shows one, and the numbers as a table."""
    chart, raw = charted(spec, frame, setting)
    if not chart.rows:
        raise KawarabanError("there is no value to show", "y", "check `where:`")
    chart, state = in_state(spec, chart, setting)
    told = spec.text("description") or describe(chart, setting)
    title = spec.text("title") or chart.channels.measure.label
    drawings = {size: _svg(chart, size, title, told) for size in WIDTHS}
    body = "".join(f'<div class="kb-{size}">{each}</div>' for size, each in drawings.items())
    table, fields = listed(chart, raw)
    numbers = table_html(table.head(LISTED), fields, setting)
    if len(table) > LISTED:
        more = setting.say("{count} more rows are in the data.").format(count=f"{len(table) - LISTED:,}")
        numbers += f'<p class="kb-note">{escape(more)}</p>'
    if left_out := [each for each in chart.bases if chart.shapes and each not in chart.shapes]:
        away = setting.say("Not on the map: {names}").format(names="、".join(left_out))
        body += f'<p class="kb-note">{escape(away)}</p>'
    # notes of moments are in the drawing; below it stands only a note that is text
    values = {key: value for key, value in spec.values.items() if key != "note" or not isinstance(value, Mapping)}
    return card(
        replace(spec, values=values), setting, body, rows=(table, fields), table=numbers, picture=drawings["wide"],
        small=drawings["narrow"], told=told, state=state, number=latest(spec, chart, raw, setting),
    )  # fmt: skip


def _svg(chart: Chart, size: str, title: str, told: str) -> str:
    found = drawn(chart, Room(float(WIDTHS[size]), size == "narrow"))
    return drawing(found.inner, found.width, found.height, title, told)
