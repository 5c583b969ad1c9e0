"""`sql`: the rows of a query as a table, and the query itself."""

from html import escape

import pandas as pd

from kawaraban.model import Field
from kawaraban.views.card import Card
from kawaraban.views.frame import card, table_html
from kawaraban.views.spec import Setting, Spec


def draw(frame: pd.DataFrame, fields: tuple[Field, ...], more: bool, setting: Setting) -> Card:
    """Give the rows as a card; where there were more than may be shown, that is said."""
    body = table_html(frame, fields, setting)
    if more:
        cut = setting.say("The first {count} rows. All of them are in the data.").format(count=f"{len(frame):,}")
        body += f'<p class="kb-note">{escape(cut)}</p>'
    return card(Spec("sql", {}, fields), setting, body, rows=(frame, fields))
