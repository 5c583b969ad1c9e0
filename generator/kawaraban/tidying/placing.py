"""Where a recipe's table is in a file: its header rows and columns, found again by their names where they moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawaraban.model import Raw, Recipe
from kawaraban.recipe import column_number
from kawaraban.tidying.found import Layout
from kawaraban.tidying.layout import same_header
from kawaraban.tidying.names import Column, one_line
from kawaraban.tidying.notes import usual_width
from kawaraban.tidying.shapes import comparable, lines_of
from kawaraban.tidying.single import layout_of

FITS = 0.6  # of the known names: the header is where it was

Rows = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """The table in the file: numbers of its header rows, (place from 0, name) of its columns, places left out."""

    header: tuple[int, ...]
    columns: tuple[tuple[int, str], ...]
    ignored: frozenset[int]
    layout: Layout


def place(recipe: Recipe, head: Rows, raw: Raw, wanted: Sequence[str]) -> Placed:
    """Give where the table is; `head` are the first rows, `wanted` the names that its columns had."""
    ignored = frozenset(column_number(each) - 1 for each, name in recipe.columns.items() if name is None)
    if raw.origin.form != "sheet":
        layout = _named(head[0][1], (head[0][0],), head[1:])
    elif not recipe.header:
        layout = _unnamed(recipe, head, wanted)
    else:
        layout = _layout(recipe, head, raw, wanted)
    return Placed(layout.header_rows, _columns(recipe, layout, ignored), ignored, layout)


def _layout(recipe: Recipe, head: Rows, raw: Raw, wanted: Sequence[str]) -> Layout:
    places = tuple(at for at, (number, _) in enumerate(head) if number in recipe.header)
    lines = lines_of(head)
    found = layout_of(lines, raw.merged, places) if places else None
    if found is not None and _share(found, wanted) >= FITS:
        return found
    columns = tuple(Column(at, name) for at, name in enumerate(wanted))
    known = Layout(recipe.header, columns, max(recipe.header) + 1)
    moved = same_header(known, head, raw.merged) if wanted else None
    return moved or found or layout_of(lines, raw.merged)


def _share(layout: Layout, wanted: Sequence[str]) -> float:
    """Give the share of the wanted names that a layout has."""
    names = {comparable(column.name) for column in layout.columns}
    return sum(comparable(each) in names for each in wanted) / len(wanted) if wanted else 1.0


def _named(labels: Sequence[str], header: tuple[int, ...], rows: Rows) -> Layout:
    columns = tuple(Column(at, label) for at, label in enumerate(labels))
    return Layout(header, columns, rows[0][0] if rows else 1, usual=max(len(labels), 1))


def _unnamed(recipe: Recipe, head: Rows, wanted: Sequence[str]) -> Layout:
    """Give the layout of a file without a header: columns by the recipe's names, else by their number."""
    lines = lines_of(head)
    width = max((line.filled[-1] + 1 for line in lines if line.filled), default=0)
    names = dict(enumerate(wanted)) if not recipe.columns else {}
    columns = tuple(Column(at, names.get(at, f"field{at + 1}")) for at in range(max(width, len(names))))
    return Layout((), columns, head[0][0] if head else 1, usual=usual_width(lines))


def _columns(recipe: Recipe, layout: Layout, ignored: frozenset[int]) -> tuple[tuple[int, str], ...]:
    """Give the columns by the recipe, each where its name now is; those that it does not know come last."""
    found = {column.index: column.name for column in layout.columns if column.index not in ignored}
    if not recipe.columns:
        return tuple(found.items())
    by_name: dict[str, int] = {}
    for index, name in found.items():
        by_name.setdefault(comparable(name), index)
    chosen: dict[int, str] = {}
    for letters, wanted in recipe.columns.items():
        if wanted is None:
            continue
        home = column_number(letters) - 1
        there = by_name.get(comparable(wanted))
        label = found.get(home, "")
        if comparable(label) == comparable(wanted) or (there is None and label in ("", f"field{home + 1}")):
            chosen.setdefault(home, wanted)
        elif there is not None:
            chosen.setdefault(there, wanted)
    blocks = {column_number(each) - 1 for each in recipe.blocks[1:]}
    last = min(blocks, default=None)
    for index, name in found.items():
        unnamed = name == f"field{index + 1}"
        if index not in chosen and not unnamed and (last is None or index < last):
            chosen[index] = one_line(name)
    return tuple(chosen.items())
