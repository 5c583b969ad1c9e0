"""Our style, our script and Leaflet, as files of the site: no page asks another host for anything."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kawaraban.cache import file_digest
from kawaraban.model import Asset
from kawaraban.templating import shipped_templates

FOLDER = "assets/kawaraban"
STYLE = f"{FOLDER}/kawaraban.css"
SCRIPT = f"{FOLDER}/kawaraban.js"
LEAFLET = ("leaflet.js", "leaflet.css", "images/layers.png", "images/layers-2x.png")


def assets() -> Iterator[Asset]:
    """Give the files that every page may use."""
    from xstatic.pkg import leaflet

    own = shipped_templates() / "assets"
    for file in sorted(own.iterdir()):
        yield Asset(f"{FOLDER}/{file.name}", file_digest(file), file.read_bytes)
    base = Path(leaflet.BASE_DIR)
    for name in LEAFLET:
        file = base / name
        if file.is_file():
            yield Asset(f"{FOLDER}/leaflet/{name}", file_digest(file), partial(Path.read_bytes, file))
