"""What a recipe changed between the officer's file and the table on the page: notes, said by the template."""

from collections.abc import Callable, Sequence
from typing import Any

from kawaraban.model import Resource, Table
from kawaraban.reporting.deciding import told


def changes(tables: Sequence[Table], resources: Sequence[Resource]) -> Callable[[Callable[[str], str]], list[str]]:
    """Give what says, in the page's language, which rows were left out and how the cells were cleaned."""
    recipes = {resource.name: resource.recipe for resource in resources}
    notes: list[tuple[str, dict[str, Any]]] = []
    for table in tables:
        recipe = recipes.get(table.name)
        if recipe is None:
            continue
        if table.origin.header > 1:
            several = len(recipe.header) > 1
            notes.append(("headers" if several else "header", {"rows": _header(table, len(recipe.header))}))
        notes += [("left-out", {"rows": rows, "why": why}) for why, rows in table.left_out.items()]
        notes += [
            (f"split-{step}", {"name": name, "first": into[0], "second": into[1]})
            for name, (step, into) in recipe.split.items()
        ]
        notes += [("step", {"step": step, "does": step}) for step in recipe.steps]
        notes += [("fixed", {"address": place, "old": old, "new": new}) for place, (old, new) in recipe.fixes.items()]
    return lambda say: told(notes, say)


def _header(table: Table, rows: int) -> list[int]:
    """Give the numbers of the header rows, which may have moved since the recipe was written."""
    return list(range(table.origin.header - max(rows, 1) + 1, table.origin.header + 1))
