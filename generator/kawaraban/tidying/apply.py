"""Rows as they are + a recipe -> tidy table. Rows that are no data are named; each cell keeps its place in the file.

The law: what a recipe made, the same recipe leaves as it is; and a tidy cell's address is that of the officer's cell.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from kawaraban.cache import digest
from kawaraban.errors import KawarabanError
from kawaraban.model import Raw, Recipe, Resource, Table
from kawaraban.reading.columns import read_columns
from kawaraban.recipe import column_number, place_of
from kawaraban.tidying.layout import row_kind, tail_kinds
from kawaraban.tidying.placing import Placed, place
from kawaraban.tidying.plain import gaps, write_tidy
from kawaraban.tidying.steps import SPLITS, cleaner
from kawaraban.tidying.types import infer_schema

HEAD = 1000  # rows among which the header is
TAIL = 60  # rows at the end among which notes are looked for

Cells = Sequence[str]


@dataclass(slots=True)
class _Made:
    """What applying a recipe tells beside the rows: which layout each tidy row goes by, and the rows left out."""

    which: "array[int]" = field(default_factory=lambda: array("l"))
    left_out: dict[str, list[int]] = field(default_factory=dict)


def tidy_by(raw: Raw, resource: Resource, folder: Path) -> Table:
    """Give the tidy table of `raw` by the resource's recipe, written below `folder`.

    Raises KawarabanError where the recipe does not fit the file at all.
    """
    recipe = resource.recipe or Recipe()
    head = list(islice(raw.rows, HEAD))
    if not any(any(cells) for _, cells in head):
        raise KawarabanError("the file has no rows", raw.origin.path, "put the column names into the first row")
    placed = place(recipe, head, raw, names_wanted(recipe, resource.schema))
    names, layouts = _shape(recipe, placed)
    made = _Made()
    rows = data_rows(chain(head, raw.rows), recipe, placed, made.left_out)
    shaped = _shaped(rows, recipe, placed, layouts, made.which)
    cleaned = _cleaned(shaped, names, recipe, resource.schema)
    file, content, numbers = write_tidy(names, cleaned, folder)
    columns = read_columns(file, len(names))
    schema = resource.schema or infer_schema(names, columns)
    header = max(placed.header, default=0)
    origin = replace(
        raw.origin,
        header=header,
        numbers=gaps(numbers, header + 1),
        layouts=tuple(layouts),
        which=tuple(made.which) if len(layouts) > 1 else None,
    )
    return Table(
        name=resource.name,
        file=file,
        digest=digest(content, schema),
        columns=tuple(names),
        rows=columns.rows,
        schema=schema,
        inferred=resource.schema is None,
        origin=origin,
        encoding=raw.encoding,
        problems=raw.problems,
        left_out={why: tuple(each) for why, each in made.left_out.items()},
    )


def names_wanted(recipe: Recipe, schema: Mapping[str, Any] | None) -> list[str]:
    """Give the names that the file's columns had when the recipe was written, as far as it tells them."""
    if recipe.columns:
        return [name for name in recipe.columns.values() if name is not None]
    names = [str(each.get("name", "")) for each in (schema or {}).get("fields", [])]
    if not names or recipe.long:
        return []
    made = {into[0]: name for name, (_, into) in recipe.split.items()}
    halves = {into[1] for _, into in recipe.split.values()}
    return [made.get(name, name) for name in names if name not in halves]


def data_rows(
    rows: Iterator[tuple[int, list[str]]], recipe: Recipe, placed: Placed, left_out: dict[str, list[int]]
) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are data; every other one is put into `left_out`, by why."""
    header, keep = set(placed.header), set(recipe.keep)
    last = max(header, default=0)
    drop = {number: why for why, numbers in recipe.drop.items() for number in numbers}
    kinds = set(recipe.leave_out)
    known = {number: each.why for each in placed.layout.dropped for number in each.rows}
    fixes = _fixes(recipe)
    tail: deque[tuple[int, list[str]]] = deque()
    for number, cells in rows:
        if number in header:
            continue
        why: str | None = None
        if number in drop:
            why = drop[number]
        elif number not in keep:
            if number < last:
                why = known.get(number) or ("title" if any(cells) else "blank")
            elif kinds and (kind := row_kind(cells, placed.layout)) in kinds:
                why = kind
        if why is not None:
            left_out.setdefault(why, []).append(number)
            continue
        tail.append((number, _fixed(cells, fixes.get(number, ()))))
        if len(tail) > TAIL:
            yield tail.popleft()
    below = tail_kinds(list(tail), placed.layout) if "note" in kinds else {}
    for number, cells in tail:
        why = None if number in keep else below.get(number)
        if why in kinds:
            left_out.setdefault(str(why), []).append(number)
        else:
            yield number, cells


def _fixes(recipe: Recipe) -> dict[int, list[tuple[int, str, str]]]:
    """Give the corrections of single cells, by row: (place from 0, what stands there, what it should be)."""
    found: dict[int, list[tuple[int, str, str]]] = {}
    for address, (old, new) in recipe.fixes.items():
        number, column = place_of(address)
        found.setdefault(number, []).append((column - 1, old, new))
    return found


def _fixed(cells: list[str], fixes: Sequence[tuple[int, str, str]]) -> list[str]:
    """Give the cells of a row, corrected where the file still says what it said."""
    found = list(cells) if fixes else cells
    for index, old, new in fixes:
        if index < len(found) and found[index] == old:
            found[index] = new
    return found


def _shape(recipe: Recipe, placed: Placed) -> tuple[list[str], list[tuple[int, ...]]]:
    """Give the names of the tidy columns, and for each way a tidy row is made the file's columns (from 1)."""
    names: list[str] = []
    base: list[int] = []
    long = set(recipe.long[0]) if recipe.long else set()
    turning = []
    for index, name in placed.columns:
        if name in long:
            turning.append((index, name))
        elif name in recipe.split:
            into = recipe.split[name][1]
            names += into
            base += [index + 1, index + 1]
        else:
            names.append(name)
            base.append(index + 1)
    layouts = [tuple(base)]
    if recipe.long:
        names += recipe.long[1:]
        layouts = [(*base, index + 1, index + 1) for index, _ in turning]
        if not layouts:
            raise KawarabanError(
                "the file has none of the columns that `long:` names", "", "correct `long:` in the recipe"
            )
    if recipe.blocks:
        starts = [column_number(each) for each in recipe.blocks]
        layouts = [tuple(column + start - starts[0] for column in layout) for start in starts for layout in layouts]
    return names, layouts


def _shaped(
    rows: Iterator[tuple[int, list[str]]], recipe: Recipe, placed: Placed, layouts: list[tuple[int, ...]],
    which: "array[int]",
) -> Iterator[tuple[int, list[str]]]:  # fmt: skip
    """Give each row's cells in the tidy columns; a row of a wide table gives several."""
    columns = [index for index, _ in placed.columns]
    if len(layouts) == 1 and not recipe.split:
        width = max(columns, default=-1) + 1
        straight = columns == list(range(width))
        taken = placed.ignored | set(columns)
        between = [at for at in range(width) if at not in taken]
        for number, short in rows:
            cells = short if len(short) >= width else [*short, *[""] * (width - len(short))]
            lost = [cells[at] for at in between if cells[at]]
            if len(cells) > width:
                lost += [cell for at, cell in enumerate(cells[width:], start=width) if cell and at not in taken]
            chosen = cells[:width] if straight else [cells[index] for index in columns]
            yield number, [*chosen, *lost]
        return
    labels = dict(placed.columns)
    splits = {index: SPLITS[recipe.split[name][0]] for index, name in placed.columns if name in recipe.split}
    taken = placed.ignored | {column - 1 for layout in layouts for column in layout}
    for number, cells in rows:
        lost = [cell for at, cell in enumerate(cells) if cell and at not in taken]
        for at, layout in enumerate(layouts):
            found = [cells[column - 1] if column <= len(cells) else "" for column in layout]
            if recipe.blocks and not any(found):
                continue
            if recipe.long:
                found[-2] = labels.get(layout[-1] - 1, "")
            if splits:
                _split(found, layout, splits)
            which.append(at)
            yield number, [*found, *lost]
            lost = []


def _split(cells: list[str], layout: Sequence[int], splits: Mapping[int, Callable[[str], Any]]) -> None:
    """Put the two parts of a cell into its two columns; one that cannot be split stays whole, in the first."""
    at = 0
    while at < len(layout) - 1:
        split = splits.get(layout[at] - 1)
        if split is not None and layout[at] == layout[at + 1]:
            whole = cells[at]
            cells[at], cells[at + 1] = split(whole) or (whole, "")
            at += 1
        at += 1


def _cleaned(
    rows: Iterator[tuple[int, list[str]]], names: Sequence[str], recipe: Recipe, schema: Mapping[str, Any] | None
) -> Iterator[tuple[int, list[str]]]:
    fields = {str(each.get("name")): each for each in (schema or {}).get("fields", [])}
    cleaners = [
        cleaner({"name": name, **fields.get(name, {}), "kawaraban": recipe.fields.get(name, {})}, recipe.steps)
        for name in names
    ]
    if not recipe.steps:
        yield from rows
        return
    width = len(names)
    for number, cells in rows:
        if len(cells) == width:
            yield number, [clean(cell) for clean, cell in zip(cleaners, cells, strict=True)]
        else:
            yield number, [*(clean(cell) for clean, cell in zip(cleaners, cells, strict=False)), *cells[width:]]
