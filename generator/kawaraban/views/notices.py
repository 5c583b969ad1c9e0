"""`notices`: what the town tells its people, newest first, each with its day."""

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from kawaraban.views.text import date_text

Item = tuple[str, str, str, date, date | None]  # address, title, beginning, day, last day


def notices(items: Sequence[Item], more: str, lang: str, say: Callable[[str], str], fades: bool) -> str:
    """Give the notices as a list; `more` is the address of the older ones, where there are any.

    Where it `fades`, the page's script hides those whose last day is over.
    """
    if not items:
        listed = f"<p>{escape(say('There are no notices now.'))}</p>"
    else:
        listed = "".join(_item(*each, lang, fades) for each in items)
        listed = f'<ul class="kb-notices">{listed}</ul>'
    older = f'<p class="kb-more"><a href="{escape(more)}">{escape(say("Older notices"))}</a></p>' if more else ""
    return listed + older


def _item(href: str, title: str, lead: str, day: date, until: date | None, lang: str, fades: bool) -> str:
    fading = f' data-until="{until.isoformat()}"' if until and fades else ""
    said = f"<p>{escape(lead)}</p>" if lead else ""
    return f'<li{fading}>{stamp(day, lang)} <a href="{escape(href)}">{escape(title)}</a>{said}</li>'


def stamp(day: date, lang: str) -> str:
    """Give a day as readers and machines read it."""
    return f'<time datetime="{day.isoformat()}">{escape(date_text(day, lang))}</time>'
