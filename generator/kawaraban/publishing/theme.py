"""Our style, our script and Leaflet, as files of the site: no page asks another host for anything."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from kawaraban.cache import digest, file_digest
from kawaraban.model import Asset
from kawaraban.templating import shipped_templates
from kawaraban.views.palette import style

FOLDER = "assets/kawaraban"
STYLE = f"{FOLDER}/kawaraban.css"
SCRIPT = f"{FOLDER}/kawaraban.js"
ALONE = f"{FOLDER}/card.css"
DARK = re.compile(r'^\[data-md-color-scheme="slate"\] (\{[^}]*\})', re.MULTILINE)
LEAFLET = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")

# What the search box says; templates/assets/search.js knows the keys.
SEARCH = {
    "door": "Find data",
    "label": "Search this site",
    "placeholder": "A place, a word, a column",
    "hint": "Type a name or a word. The arrow keys choose, Enter opens, Esc closes.",
    "results": "Results",
    "count": "{count} found",
    "none": "Nothing was found. Try a shorter word, or look through the list of datasets.",
    "more": "Show more",
    "close": "Close",
    "failed": "The search cannot be used here. Look through the list of datasets.",
    "dataset": "Dataset",
    "page": "Page",
    "row": "Row",
}


def frame(say: Callable[[str], str], lang: str, home: str, contact: Mapping[str, str]) -> dict[str, Any]:
    """Give what our templates of the theme take: the words of a language, and who answers questions.

    `home` is the folder of that language's pages, below the top of the site.
    """
    search = {**{name: say(words) for name, words in SEARCH.items()}, "lang": lang, "home": home}
    return {"search": search, "contact": contact, "words": {"contact": say("Contact")}}


def overrides() -> Path:
    """Give the folder of the theme's templates that are ours."""
    return shipped_templates() / "theme"


def dark(sheet: str, accent: object = None) -> str:
    """Give the colours of a dark screen for a page without the theme's switch: it follows the reader's own."""
    rules = [*DARK.findall(sheet)[:1], *(DARK.findall(style(str(accent))) if accent is not None else [])]
    return "@media (prefers-color-scheme: dark) {\n" + "".join(f":root {each}\n" for each in rules) + "}\n"


def assets(accent: object = None) -> Iterator[Asset]:
    """Give the files that every page may use, in the colours that come of a town's `accent`.

    Raises KawarabanError where that is no colour.
    """
    from xstatic.pkg import leaflet

    own = shipped_templates() / "assets"
    for file in sorted(own.iterdir()):
        path = f"{FOLDER}/{file.name}"
        if path in (STYLE, ALONE):
            body = file.read_bytes()
            if path == ALONE:
                body = body + dark((own / "kawaraban.css").read_text(encoding="utf-8"), accent).encode()
            elif accent is not None:
                body += style(str(accent)).encode()
            yield Asset(path, digest(body), partial(bytes, body))
            continue
        yield Asset(path, file_digest(file), file.read_bytes)
    base = Path(leaflet.BASE_DIR)
    for name in LEAFLET:
        file = base / name
        if file.is_file():
            yield Asset(f"{FOLDER}/leaflet/{name}", file_digest(file), partial(Path.read_bytes, file))
