"""What every card shares: title above; note, source and date below."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from kawaraban.model import Field
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import cell_html, is_missing, iso_text


def complete(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Give the rows that have a value in each of the columns."""
    kept = [not any(is_missing(each) for each in row) for row in zip(*(frame[name] for name in columns), strict=True)]
    return frame.loc[pd.Series(kept, index=frame.index, dtype=bool)]


def card(spec: Spec, setting: Setting, body: str, extra: str = "") -> str:
    """Give the card of a view: a figure with its title as caption, the body, and its foot."""
    title = spec.text("title")
    caption = f'<figcaption class="kb-title">{escape(title)}</figcaption>' if title else ""
    return f'<figure class="kb-card kb-{spec.view}">{caption}{body}{foot(spec, setting)}{extra}</figure>'


def foot(spec: Spec, setting: Setting) -> str:
    """Give the small print: the note, where the numbers come from, and when they were changed."""
    parts = []
    if note := spec.text("note"):
        parts.append(f'<p class="kb-note">{escape(note)}</p>')
    if setting.source:
        source = f'<a href="{escape(setting.href)}">{escape(setting.source)}</a>'
        line = f"{escape(setting.say('Source'))}: {source}"
        if setting.updated:
            line += (
                f' <span class="kb-updated"><time datetime="{escape(setting.updated)}">'
                f"{escape(setting.say('{date} updated').format(date=iso_text(setting.updated, setting.lang)))}"
                "</time></span>"
            )
        parts.append(f'<p class="kb-source">{line}</p>')
    return f'<div class="kb-foot">{"".join(parts)}</div>' if parts else ""


def table_html(frame: pd.DataFrame, fields: Sequence[Field], setting: Setting, caption: str = "") -> str:
    """Give a frame as an HTML table: numbers to the right, missing values as an empty cell that says so."""
    numeric = [each.type in ("integer", "number") for each in fields]
    head = "".join(
        f'<th scope="col"{" class=kb-n" if number else ""}>{escape(each.label)}'
        f"{f'<span class=kb-unit>{escape(each.unit)}</span>' if each.unit else ''}</th>"
        for each, number in zip(fields, numeric, strict=True)
    )
    missing = f'<span class="kb-missing" aria-label="{escape(setting.say("no value"))}"></span>'
    rows = []
    for values in frame.itertuples(index=False, name=None):
        cells = "".join(
            f"<td{' class=kb-n' if number else ''}>"
            f"{missing if is_missing(value) else cell_html(value, each, setting.lang)}</td>"
            for value, each, number in zip(values, fields, numeric, strict=True)
        )
        rows.append(f"<tr>{cells}</tr>")
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    label = escape(caption or setting.say("Table"))
    return (
        f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{label}"><table class="kb-table">{title}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
