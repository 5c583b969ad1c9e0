"""Page kinds: a dataset -> its pages. KINDS names them; a kind never imports another."""

from collections.abc import Callable

from kawaraban.kinds.dataset import dataset_page
from kawaraban.kinds.entry import Entry
from kawaraban.model import Page

KINDS: dict[str, Callable[..., Page]] = {
    "dataset": dataset_page,
}

__all__ = ["KINDS", "Entry"]
