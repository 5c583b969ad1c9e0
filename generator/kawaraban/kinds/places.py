"""Places: a dataset of where things are. The map comes first, and each place may have a page of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from kawaraban.kinds.entry import Entry
from kawaraban.model import Page

View = tuple[dict[str, Any], int | None]


def map_first(views: list[View], slug: str) -> list[View]:
    """Give the views with a map of all places at the top; where there is none, one that finds its own columns."""
    first = next((index for index, (view, _) in enumerate(views) if view["view"] == "map"), None)
    if first is None:
        return [({"view": "map", "values": {"data": slug}}, None), *views]
    return [views[first], *views[:first], *views[first + 1 :]]


def place_pages(entry: Entry, places: Mapping[str, Mapping[str, str]], fill: Callable[..., str]) -> Iterator[Page]:
    """Give a small page for each place, so that a link and a search engine can reach it."""
    dataset = entry.dataset
    for anchor, place in places.items():
        path = f"datasets/{dataset.slug}/{anchor}/index.md"
        info = f"place page={quote(path)} at={quote(dataset.source)}:1"
        values = {"data": dataset.slug, "id": anchor}
        text = fill("pages/place.md.j2", dataset=dataset, place=place, info=info, values=values)
        yield Page(path, text, dataset.source)
