"""A spec and a frame -> HTML. Deterministic, no I/O. The fences and the descriptors have the same keys.

The modules are imported when they are first needed: a site whose drawings are all kept imports none.
"""

from importlib import import_module
from typing import Any

VIEWS = {
    "chart": "kawaraban.views.chart",
    "table": "kawaraban.views.table",
    "figure": "kawaraban.views.figure",
    "map": "kawaraban.views.map",
}


def view_named(name: str) -> Any:
    """Give the module of a view: its KEYS, `plan(spec)` and `draw(spec, frame, setting)`."""
    return import_module(VIEWS[name])
