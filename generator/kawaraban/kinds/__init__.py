"""Page kinds: a dataset -> its pages. KINDS names them; a kind never imports another."""

from collections.abc import Callable
from functools import partial

from kawaraban.kinds.dataset import dataset_page
from kawaraban.kinds.entry import Entry
from kawaraban.kinds.places import map_first, place_pages
from kawaraban.model import Page

KINDS: dict[str, Callable[..., Page]] = {
    "dataset": dataset_page,
    "places": partial(dataset_page, arrange=map_first),
    "dashboard": partial(dataset_page, grid=True),
}

__all__ = ["KINDS", "Entry", "place_pages"]
