"""The files of a card, at addresses that stay: a page that holds only it, what it shows as CSV, SVG and PNG.

`cards/<name>/` holds index.html, data.csv, chart.svg and card.png; those of a second state are data-2.csv and so on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

from kawaraban.cache import digest
from kawaraban.languages import language_tag
from kawaraban.model import Asset
from kawaraban.publishing.downloads import BOM
from kawaraban.publishing.pictures import Picture, can_draw
from kawaraban.publishing.sharing import address_of, metadata
from kawaraban.town import Town
from kawaraban.views.card import PICTURED, Card, Frame, file_names
from kawaraban.views.palette import ACCENT
from kawaraban.views.picture import FONTS
from kawaraban.views.poster import colours, picture, poster
from kawaraban.views.spec import Setting
from kawaraban.views.text import iso_text

FOLDER = "cards"
FORM = 1  # counts up when the files change their form
HEIGHTS = {"chart": 560, "map": 900, "table": 640, "sql": 560, "figure": 260}  # px of a frame that holds a card


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card that can be drawn: its name, its view, the page it is on, and the keys of its states.

    `give` gives the cards of its states and what these are called. `ways` are what stands in its HTML for the way to
    the top of the pages in its language and of the site, each with the true way.
    """

    name: str
    view: str
    page: str
    lang: str
    setting: Setting
    keys: tuple[str, ...]
    give: Callable[[], tuple[list[Card], list[str]]]
    ways: tuple[tuple[str, str], ...] = ()


def embed_code(url: str, name: str, card: Card) -> str:
    """Give the HTML that shows a card on another site; nothing where the site's address is not known."""
    if not url:
        return ""
    tall = HEIGHTS[card.view]
    return (
        f'<iframe src="{escape(url)}{FOLDER}/{name}/" title="{escape(card.title or name)}" width="100%" '
        f'height="{tall}" style="border:0" loading="lazy"></iframe>'
    )


def assets(sheet: Sheet, town: Town) -> Iterator[Asset]:
    """Give the files of a card but its pictures; each is made only when its digest is new."""
    base, said, own = f"{FOLDER}/{sheet.name}", town.said(sheet.lang), _all_that_counts(sheet, town)
    yield Asset(f"{base}/index.html", digest("card", own), partial(_page, sheet, said))
    for at in range(1, len(sheet.keys) + 1):
        for file, _ in file_names(sheet.view, at, False):
            make = partial(MAKERS[file.rpartition(".")[2]], sheet, at - 1, said)
            yield Asset(f"{base}/{file}", digest("card", file, own), make)


def pictures(sheet: Sheet, town: Town) -> Iterator[Picture]:
    """Give the pictures of a card, one for each of its states."""
    said, own = town.said(sheet.lang), _all_that_counts(sheet, town)
    for at in range(1, len(sheet.keys) + 1):
        for file, _ in file_names(sheet.view, at, can_draw()):
            if file.endswith(".png"):
                drawn = partial(_poster, sheet, at - 1, said)
                yield Picture(f"{FOLDER}/{sheet.name}/{file}", digest("card", file, own), drawn)


def _all_that_counts(sheet: Sheet, town: Town) -> list[object]:
    """Give what the files of a card depend on."""
    name, urls = town.said(sheet.lang).name, (town.url, town.directory_urls)
    return [FORM, sheet.keys, sheet.name, sheet.page, name, urls, _accent(town), can_draw()]


def _accent(town: Town) -> str:
    return str(town.own.get("accent") or ACCENT)


def has_picture(view: str) -> bool:
    """Say whether a card of this view has a picture that a shared link shows."""
    return view in (*PICTURED, "figure") and can_draw()


def _csv(sheet: Sheet, at: int, *_: object) -> bytes:
    """Give exactly what a card shows, with the byte order mark by which Excel knows UTF-8."""
    return BOM + sheet.give()[0][at].rows.encode(errors="replace")


def _svg(sheet: Sheet, at: int, town: Town) -> bytes:
    card = _in_state(sheet, at)
    return picture(card, _foot(card, sheet.setting, town), colours(_accent(town)), FONTS).encode(errors="replace")


MAKERS: dict[str, Callable[..., bytes]] = {"csv": _csv, "svg": _svg}


def _poster(sheet: Sheet, at: int, town: Town) -> str:
    card = _in_state(sheet, at)
    note = replace(card, note="")  # a picture of this size has no room for it
    return poster(card, town.name, _foot(note, sheet.setting, town)[:1], colours(_accent(town)), FONTS)


def _in_state(sheet: Sheet, at: int) -> Card:
    """Give a card in one state; its title says which where there are several."""
    cards, names = sheet.give()
    if len(cards) == 1:
        return cards[0]
    joined = sheet.setting.say("{title} ({state})").format(title=cards[at].title, state=names[at])
    return replace(cards[at], title=joined)


def _foot(card: Card, setting: Setting, town: Town) -> list[str]:
    """Give the small print of a picture: source, date and town, and the note."""
    parts = []
    if setting.source:
        parts.append(f"{setting.say('Source')}: {setting.source}")
    if setting.updated:
        parts.append(setting.say("{date} updated").format(date=iso_text(setting.updated, setting.lang)))
    return [each for each in ("　".join([*parts, town.name]).strip("　"), card.note) if each]


def _page(sheet: Sheet, town: Town) -> bytes:
    """Give the page that holds only this card. It needs no script, and follows the reader's light or dark."""
    from kawaraban.views.frame import card_html

    cards, names = sheet.give()
    first, setting = cards[0], sheet.setting
    top = "../../"
    link = f"{top}{address_of(sheet.page, town)}#{sheet.name}"
    frame = Frame(sheet.name, names, "./", "", link, alone=True, images=can_draw())
    html = card_html(cards, setting, frame)
    for word, way in sheet.ways:
        html = html.replace(word, f"{top}{way}")
    title = first.title or setting.source or town.name
    image = f"{FOLDER}/{sheet.name}/card.png" if has_picture(sheet.view) else ""
    head = metadata(town, sheet.lang, title, first.told or setting.source, f"{FOLDER}/{sheet.name}/", image)
    canonical = f'<link rel="canonical" href="{escape(town.url)}{address_of(sheet.page, town)}">' if town.url else ""
    return (
        f'<!doctype html>\n<html lang="{escape(language_tag(sheet.lang))}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{escape(title)} - {escape(town.name)}</title>{canonical}{head}"
        f'<base target="_top"><link rel="stylesheet" href="{top}assets/kawaraban/kawaraban.css">'
        f'<link rel="stylesheet" href="{top}assets/kawaraban/card.css"></head>'
        f'<body class="md-typeset"><main>{html}</main></body></html>\n'
    ).encode(errors="replace")


def page_of(names: Sequence[tuple[str, str]]) -> str:
    """Give the card of a page whose picture stands for it: its first chart or map, else its first number."""
    for views in (PICTURED, ("figure",)):
        for name, view in names:
            if view in views and has_picture(view):
                return name
    return ""
