"""A layout -> the draft of a recipe, and what it must say of single rows so that it reads what the layout saw."""

from collections.abc import Sequence
from dataclasses import replace

from kawaraban.model import Recipe, Table
from kawaraban.recipe import KINDS, letter
from kawaraban.tidying.layout import Layout, row_kind, tail_kinds


def draft(layout: Layout) -> Recipe:
    """Give the recipe that reads a table laid out so; `settle` completes it."""
    first = layout.first_data
    last = max(layout.header_rows, default=0)
    whys = [each.why for each in layout.dropped if any(row > last for row in each.rows)]
    drop = {
        each.why: tuple(row for row in each.rows if row > last)
        for each in layout.dropped
        if each.why not in KINDS and any(row > last for row in each.rows)
    }
    between = {each.why: tuple(row for row in each.rows if last < row < first) for each in layout.dropped}
    drop |= {why: rows for why, rows in between.items() if rows and why not in KINDS}
    return Recipe(
        header=layout.header_rows,
        columns=_columns(layout),
        leave_out=tuple(why for why in KINDS if why in whys),
        drop=drop,
        blocks=tuple(letter(block[0]) for block in layout.blocks),
    )


def is_plain(recipe: Recipe, rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Say whether a file needs no recipe: its first row that holds something is the header, and all below is data."""
    first = next((number for number, cells in rows if any(cells)), 0)
    told = (recipe.columns, recipe.leave_out, recipe.drop, recipe.keep, recipe.blocks)
    return recipe.header == (first,) and not any(told) and _same_names(recipe, rows)


def settle_by_tail(recipe: Recipe, layout: Layout, tail: Sequence[tuple[int, list[str]]]) -> Recipe:
    """Give the recipe of a large file, of which only the first and the last rows are looked at.

    The kinds of rows found among the last ones (a total, notes) are left out wherever they stand; a total that does
    not say so by itself is named by its number.
    """
    ends = tail_kinds(tail, layout)
    totals = {number for number, cells in tail if ends.get(number) == "total" != row_kind(cells, layout)}
    kinds = {why for number, cells in tail if (why := ends.get(number) or row_kind(cells, layout))}
    drop = (
        {**recipe.drop, "total": tuple(sorted({*recipe.drop.get("total", ()), *totals}))} if totals else recipe.drop
    )
    return replace(
        recipe, leave_out=tuple(why for why in KINDS if why in kinds or why in recipe.leave_out), drop=drop
    )


def settle(recipe: Recipe, layout: Layout, table: Table) -> Recipe:
    """Give the recipe with the rows named of which its rules say another thing than the layout."""
    wanted = {row: each.why for each in layout.dropped for row in each.rows}
    got = {row for rows in table.left_out.values() for row in rows}
    header = set(layout.header_rows)
    drop = {why: set(rows) for why, rows in recipe.drop.items()}
    for row, why in wanted.items():
        if row not in got and row not in header and row >= min(header, default=0):
            drop.setdefault(why, set()).add(row)
    keep = tuple(sorted({*recipe.keep, *(row for row in got if row not in wanted)}))
    return replace(recipe, keep=keep, drop={why: tuple(sorted(rows)) for why, rows in drop.items()})


def _columns(layout: Layout) -> dict[str, str | None]:
    """Give the columns by letter, where they are not simply all that have a name."""
    indices = [column.index for column in layout.columns]
    stray = {
        at for each in layout.unsure if each.kind in ("stray-cells", "extra-cells", "side-table")
        for at in each.details["columns"]
    }  # fmt: skip
    unnamed = any(column.name == f"field{column.index + 1}" for column in layout.columns)
    if not stray and not unnamed and not layout.blocks and indices == list(range(len(indices))):
        return {}
    inner = set(layout.blocks[0]) if layout.blocks else set(indices)
    found: dict[str, str | None] = {letter(each.index): each.name for each in layout.columns if each.index in inner}
    return {**found, **{letter(at): None for at in sorted(stray)}}


def _same_names(recipe: Recipe, rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Say whether the header's labels are names as they stand: no spaces around them, none twice."""
    labels = next((cells for number, cells in rows if number in recipe.header), [])
    while labels and not labels[-1]:
        labels = labels[:-1]
    plain = [" ".join(label.split()) if "\n" in label else label.strip() for label in labels]
    return labels == plain and len(set(labels)) == len(labels) and all(labels)
