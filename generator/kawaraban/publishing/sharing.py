"""What a shared link says (Open Graph): title, description and picture. Addresses in it are whole ones."""

from html import escape

from kawaraban.town import Town

LOCALES = {"ja": "ja_JP", "en": "en_US"}
LONGEST = 200  # letters of a description


def address_of(page: str, town: Town) -> str:
    """Give where a page will stand, from the top of the site, by its path below docs/."""
    lang = town.language(page)
    path = page.removesuffix(".md")
    if lang != town.lang:
        path = f"{lang}/{path.removesuffix(f'.{lang}')}"
    folder, _, name = path.rpartition("/")
    folder = f"{folder}/" if folder else ""
    if name in ("index", "README"):
        return folder if town.directory_urls else f"{folder}index.html"
    return f"{path}/" if town.directory_urls else f"{path}.html"


def page_metadata(town: Town, page: str, title: str, told: str, card: str) -> str:
    """Give the elements for the head of a page, whose picture is that of one of its cards, if any."""
    lang = town.language(page)
    image = f"cards/{card}/card.png" if card else ""
    return metadata(town.said(lang), lang, title, told, address_of(page, town), image)


def metadata(town: Town, lang: str, title: str, told: str, address: str, image: str) -> str:
    """Give the elements for the head of a page; `address` and `image` are from the top of the site.

    Where the site's own address is not known there is no picture: it needs a whole one.
    """
    said = {
        "og:type": "website", "og:site_name": town.name, "og:title": title, "og:description": " ".join(told.split()),
        "og:locale": LOCALES.get(lang.partition("-")[0], lang),
    }  # fmt: skip
    if town.url:
        said["og:url"] = f"{town.url}{address}"
    if town.url and image:
        said |= {"og:image": f"{town.url}{image}", "og:image:width": "1200", "og:image:height": "630"}
    lines = [
        f'<meta property="{name}" content="{escape(text[:LONGEST] if name == "og:description" else text)}">'
        for name, text in said.items()
        if text
    ]
    card = "summary_large_image" if "og:image" in said else "summary"
    return "".join([*lines, f'<meta name="twitter:card" content="{card}">'])
