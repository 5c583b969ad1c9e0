"""`masthead`: the head of a front page, as a news sheet has it: the name, the date, the number, one line."""

from collections.abc import Callable
from html import escape

from kawaraban.views.text import iso_text


def masthead(
    name: str,
    lead: str,
    count: int,
    date: str,
    lang: str,
    say: Callable[[str], str],
    arms: tuple[str, str] | None = None,
) -> str:
    """Give the head of the front page; `arms` is the address of the coat of arms, and its words."""
    shown = (
        f'<span><time datetime="{escape(date)}">{escape(say("{date} updated").format(date=iso_text(date, lang)))}'
        "</time></span>"
        if date
        else ""
    )
    picture = ""
    if arms:
        src, alt = (escape(each) for each in arms)
        picture = f'<img class="kb-arms" src="{src}" alt="{alt}" width="64" height="64">'
    counted = escape(say("{count} datasets").format(count=count))
    return (
        f'<header class="kb-masthead">{picture}<h1>{escape(name)}</h1>'
        f'<p class="kb-line">{shown}<span>{counted}</span></p>'
        f'<p class="kb-lead">{escape(lead)}</p></header>'
    )
