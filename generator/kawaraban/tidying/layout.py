"""Where the table is in an officer's sheet: header rows, columns, the rows that are no data and why. Pure.

`find_layout` reads a whole sheet. A large one is read by `find_head` from its first rows; then `row_kind` says of
each later row whether it is data, `tail_kinds` which of the last rows are notes. Nothing goes without a reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kawaraban.tidying.found import Dropped, Layout, Unsure
from kawaraban.tidying.headers import Merged
from kawaraban.tidying.names import Column
from kawaraban.tidying.notes import notes_below
from kawaraban.tidying.shapes import Line, comparable, filled_of, lines_of
from kawaraban.tidying.single import grouped, layout_of, why_no_data
from kawaraban.tidying.tables import heads_below, start_of
from kawaraban.tidying.totals import LAST, label_columns, names_total
from kawaraban.tidying.wide import Wide

__all__ = [
    "Column", "Dropped", "Layout", "Unsure", "Wide", "find_head", "find_layout", "lost_cells", "row_kind",
    "same_header", "tail_kinds",
]  # fmt: skip
HEAD = 100  # rows in which the header of a known dataset is looked for
ENOUGH = 0.6  # of the known names: the header is found
# what a row may begin with that is no data; all others are data where they name no total and are no header again
SUSPECT = frozenset("※*＊注(（[［【〔<＜《■●◆▼▽□◇#＃出典資備参凡補引問作担NnSs0０ \u3000")


def find_layout(rows: Sequence[tuple[int, list[str]]], merged: Merged = ()) -> Layout:
    """Give the layout of a whole sheet, every row of it given. Of several tables it is the largest one's."""
    lines = lines_of(rows)
    whole = layout_of(lines, merged)
    heads = [at for at, line in enumerate(lines) if line.number in whole.header_rows]
    first = next((at for at, line in enumerate(lines) if line.number == whole.first_data), len(lines))
    later = heads_below(lines, [lines[at] for at in heads], first)
    if not later:
        return whole
    starts = [0, *(start_of(lines, at) for at in later), len(lines)]
    parts = [lines[start:end] for start, end in pairwise(starts)]
    sizes = [sum(len(line.filled) for line in part if len(line.filled) > 1) for part in parts]
    largest = sizes.index(max(sizes))
    found = layout_of(parts[largest], merged)
    others = [part for at, part in enumerate(parts) if at != largest]
    why = {row: each.why for each in found.dropped for row in each.rows}
    why |= {line.number: "table" if line.filled else "blank" for part in others for line in part}
    rows_of_others = tuple(line.number for part in others for line in part if line.filled)
    return replace(
        found, dropped=grouped(why), unsure=(*found.unsure, Unsure("many-tables", {"rows": rows_of_others}))
    )


def find_head(rows: Sequence[tuple[int, list[str]]], merged: Merged = ()) -> Layout:
    """Give the layout by the first rows of a large sheet; only the rows above the first data are dropped by it."""
    found = layout_of(lines_of(rows), merged)
    why = {row: each.why for each in found.dropped for row in each.rows if row < found.first_data}
    return replace(found, dropped=grouped(why))


def row_kind(cells: Sequence[str], layout: Layout) -> str | None:
    """Give why a row below the header is no data (blank, header, note, comment, total, group); None where it is."""
    if len(cells) > 2 and (first := cells[0]) and cells[1] and first[0] not in SUSPECT and first not in layout.firsts:
        for at in layout.keys:
            if at < len(cells) and cells[at][-1:] in LAST:
                break
        else:
            return None
    return why_no_data(Line(0, cells, filled_of(cells)), layout)


def tail_kinds(rows: Sequence[tuple[int, list[str]]], layout: Layout) -> dict[int, str]:
    """Give {row number: why} of the last rows that are notes, totals or blank; `rows`: 60 at the end are enough.

    A total may be named in a column that holds no words elsewhere: 合計 below days.
    """
    lines = lines_of(rows)
    places = label_columns(lines, max((len(line.cells) for line in lines), default=0))
    totals = {line.number: "total" for line in lines if names_total(line.cells, places)}
    found = dict.fromkeys(notes_below(lines, layout.usual), "note")
    return totals | {line.number: "blank" for line in lines if not line.filled} | found


def lost_cells(cells: Sequence[str], layout: Layout) -> tuple[int, ...]:
    """Give the columns outside of the table in which a row holds something: cells that would be lost."""
    kept = {column.index for column in layout.columns}
    return tuple(at for at in filled_of(cells) if at not in kept)


def same_header(layout: Layout, rows: Sequence[tuple[int, list[str]]], merged: Merged = ()) -> Layout | None:
    """Give the layout of a newer file whose columns are named as those of `layout`, wherever its header now is.

    None where no rows have most of the names.
    """
    known = {comparable(column.name) for column in layout.columns}
    lines = lines_of(rows)
    best, most = None, 0.0
    depth = len(layout.header_rows)
    starts = range(min(HEAD, len(lines) - depth + 1)) if depth else range(0)
    for wanted in (None, *(tuple(range(at, at + depth)) for at in starts)):
        if wanted and not any(comparable(text) in name for text in lines[wanted[-1]].texts for name in known):
            continue
        found = layout_of(lines, merged, wanted)
        share = len(known & {comparable(column.name) for column in found.columns}) / max(1, len(known))
        if share > most:
            best, most = found, share
        if most == 1:
            break
    return best if most >= ENOUGH else None
