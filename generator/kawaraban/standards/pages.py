"""What the page of a standard's dataset shows, in the words of the table at hand."""

from collections.abc import Mapping
from typing import Any

from kawaraban.standards.catalogue import standard
from kawaraban.standards.match import Match, canonical

ONE = ("lat", "lon", "name", "color", "x", "value", "by", "sort", "latest")  # keys of a view that name a column
SEVERAL = ("y", "popup", "columns", "left", "right")  # keys that name one or a list of them
NEEDED = {"map": ("lat", "lon"), "chart": ("x", "y"), "figure": ("value",), "table": ("columns",)}
NUMBERS = ("lat", "lon", "y", "value", "left", "right")  # keys whose columns must hold numbers


def views_for(match: Match, types: Mapping[str, str] | None = None) -> list[dict[str, dict[str, Any]]]:
    """Give the standard's views for a table, without what it lacks; a view that needs what it lacks is left out.

    `types` are the Table Schema types of the table's columns, where they are known: a map needs numbers.
    """
    had = canonical(match)
    found = []
    for view in standard(match.name).views:
        ((kind, told),) = view.items()
        values = {key: _named(key, value, had, types) for key, value in told.items()}
        values = {key: value for key, value in values.items() if value not in (None, [])}
        if _whole(kind, told, values):
            found.append({kind: values})
    return found


def _whole(kind: str, told: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a view has what it cannot do without; a pyramid of columns needs every one of both its sides."""
    if "left" in told:
        return all(len(values.get(key, ())) == len(told[key]) for key in ("left", "right"))
    return all(key in values for key in NEEDED[kind])


def _named(key: str, value: Any, had: Mapping[str, str], types: Mapping[str, str] | None) -> Any:
    """Give a key's value with the table's own names; None or a shorter list where it has no such column."""

    def fits(name: str | None) -> bool:
        right = types is None or key not in NUMBERS or types.get(name or "") in ("number", "integer")
        return name is not None and right

    if key in ONE:
        down = "-" if str(value).startswith("-") else ""
        name = had.get(str(value).removeprefix(down))
        return f"{down}{name}" if fits(name) else None
    if key in SEVERAL:
        listed = value if isinstance(value, list) else [value]
        names = [name for each in listed if (name := had.get(each)) is not None and fits(name)]
        return names if isinstance(value, list) else (names[0] if names else None)
    return value
