"""What every card shares: title, big number, toggle, table, notes, date, source, and the ways to take it away."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from kawaraban.model import Field
from kawaraban.views.card import Card, Frame, Number, csv_text, file_names
from kawaraban.views.grid import table_html
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_missing, iso_text

__all__ = ["card", "card_html", "complete", "foot", "number_html", "table_html"]


def complete(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Give the rows that have a value in each of the columns."""
    kept = [not any(is_missing(each) for each in row) for row in zip(*(frame[name] for name in columns), strict=True)]
    return frame.loc[pd.Series(kept, index=frame.index, dtype=bool)]


def card(
    spec: Spec,
    setting: Setting,
    body: str,
    *,
    rows: tuple[pd.DataFrame, Sequence[Field]] | None = None,
    table: str = "",
    picture: str = "",
    small: str = "",
    told: str = "",
    state: str = "",
    number: Number | None = None,
) -> Card:
    """Give the card of a view in one state; `rows` are exactly what it shows."""
    listed = csv_text(*rows, setting.say) if rows else ""
    return Card(
        spec.view, spec.text("title"), spec.text("note"), body, table, listed, picture, small,
        told or spec.text("description"), state, number,
    )  # fmt: skip


def card_html(cards: Sequence[Card], setting: Setting, frame: Frame) -> str:
    """Give a card as it stands on a page: a figure with its title as heading, of its states the chosen one."""
    first, say = cards[0], setting.say
    title = (
        f'<figcaption class="kb-title" id="{frame.name}-title"><span role="heading" aria-level="3">'
        f"{escape(first.title)}</span></figcaption>"
        if first.title
        else ""
    )
    named = f'aria-labelledby="{frame.name}-title"' if title else f'aria-label="{escape(say(first.view))}"'
    several = len(cards) > 1
    body = "".join(_in_state(each, at, several, frame) for at, each in enumerate(cards, start=1))
    return (
        f'<figure class="kb-card kb-{first.view}" id="{frame.name}" {named}>{title}'
        f"{_toggle(frame, say('What to show')) if several else ''}{body}{foot(first.note, setting)}"
        f"{_under(cards, setting, frame)}</figure>"
    )


def number_html(number: Number | None) -> str:
    """Give a big number with its change and its date."""
    if number is None:
        return ""
    unit = f"<span class=kb-unit>{escape(number.unit)}</span>" if number.unit else ""
    parts = [f'<p class="kb-number">{escape(number.text)}{unit}</p>']
    if number.change:
        arrow = {"up": "▲", "down": "▼"}.get(number.kind, "→")
        change = f'<span aria-hidden="true">{arrow}</span> {escape(number.change)}'
        parts.append(f'<p class="kb-change kb-{number.kind}">{change}</p>')
    if number.moment:
        parts.append(f'<p class="kb-date">{escape(number.moment)}</p>')
    return "".join(parts)


def _in_state(card: Card, at: int, several: bool, frame: Frame) -> str:
    """Give what is seen of a card in one state."""
    number = number_html(card.number)
    if number and card.view != "figure":
        number = f'<div class="kb-latest">{number}</div>'
    if not several:
        return number + card.body
    name = f'<p class="kb-state-name">{escape(frame.states[at - 1])}</p>'
    return f'<div class="kb-s kb-s{at}">{name}{number}{card.body}</div>'


def _toggle(frame: Frame, legend: str) -> str:
    """Give the radio buttons of the states; style alone shows the one that is chosen."""
    choices = "".join(
        f'<input type="radio" name="{frame.name}-s" id="{frame.name}-s{at}" value="{at}"{" checked" * (at == 1)}>'
        f'<label for="{frame.name}-s{at}">{escape(name)}</label>'
        for at, name in enumerate(frame.states, start=1)
    )
    return f'<fieldset class="kb-toggle"><legend class="kb-none">{escape(legend)}</legend>{choices}</fieldset>'


def foot(note: str, setting: Setting) -> str:
    """Give the small print: the note, where the numbers come from, and when they were changed."""
    parts = []
    if note:
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


def _under(cards: Sequence[Card], setting: Setting, frame: Frame) -> str:
    """Give what a reader opens: the table of what is shown, and the ways to take the card away."""
    say, several = setting.say, len(cards) > 1

    def in_states(pieces: Sequence[str], tag: str) -> str:
        if not several:
            return pieces[0]
        return "".join(f'<{tag} class="kb-s kb-s{at}">{each}</{tag}>' for at, each in enumerate(pieces, start=1))

    parts = []
    if cards[0].table:
        tables = in_states([each.table for each in cards], "div")
        parts.append(
            f"<details class='kb-data'><summary>{escape(say('Show as a table'))}</summary>{tables}</details>"
        )
    if frame.files:
        links = [_files(each, at, frame, setting) for at, each in enumerate(cards, start=1)]
        ways = in_states(links, "span")
        if frame.link:
            word = say("See it on its page") if frame.alone else say("Link to this card")
            ways += f' <a href="{escape(frame.link)}">{escape(word)}</a>'
        if not frame.alone:
            ways += f' <a href="{escape(frame.files)}">{escape(say("This card alone"))}</a>'
        share = "" if frame.alone else f' data-share="{escape(say("Share this"))}"'
        code = ""
        if frame.code:
            code = f"{escape(say('Code to embed it'))}: <code>{escape(frame.code)}</code>"
            code = f'<p class="kb-code">{code}</p>'
        word = say("Data and image") if frame.alone else say("Data, image, embed, share")
        parts.append(
            f"<details class='kb-data kb-take'><summary>{escape(word)}</summary>"
            f'<p class="kb-ways"{share}>{ways}</p>{code}</details>'
        )
    return f'<div class="kb-under">{"".join(parts)}</div>' if parts else ""


def _files(card: Card, at: int, frame: Frame, setting: Setting) -> str:
    """Give the links to the files of a card in one state."""
    found = []
    for file, word in file_names(card.view, at, frame.images):
        ending = file.rpartition(".")[2]
        save = f"{frame.name}{f'-{at}' if at > 1 else ''}.{ending}"
        said = escape(setting.say(word))
        found.append(f'<a href="{escape(frame.files)}{file}" download="{save}">{said}</a>')
    return " ".join(found)
