"""The layout of rows that hold one table: header, columns, and the rows above, between and below that are no data."""

from collections.abc import Sequence
from dataclasses import replace

from kawaraban.tidying.blanks import groups_of
from kawaraban.tidying.comments import is_comment
from kawaraban.tidying.forms import is_form
from kawaraban.tidying.found import Dropped, Layout, Unsure
from kawaraban.tidying.headers import Header, Merged, find_header
from kawaraban.tidying.names import join, levels_of, name_columns
from kawaraban.tidying.notes import is_group, is_note, notes_below, usual_width
from kawaraban.tidying.shapes import TYPED, Line, kind_of
from kawaraban.tidying.tables import find_blocks, other_groups
from kawaraban.tidying.titles import kind_above, says_unit
from kawaraban.tidying.totals import label_columns, names_total, total_rows
from kawaraban.tidying.vocabulary import is_unit
from kawaraban.tidying.wide import find_wide

LAST = 60  # rows at the end among which notes are looked for
STRAY = 0.1  # of the rows: an unnamed column beyond a gap with less than this is a remark beside the table


def layout_of(lines: Sequence[Line], merged: Merged, wanted: tuple[int, ...] | None = None) -> Layout:
    """Give the layout of lines that hold one table; `wanted` are the places of the header rows where known."""
    usual = usual_width(lines)
    header = Header(wanted, wanted[-1] + 1) if wanted else find_header(lines, usual, merged)
    below = lines[header.first :]
    heads = [lines[at] for at in header.rows]
    width = max((len(line.cells) for line in lines), default=0)
    levels = levels_of(heads, width, merged) if heads else [[] for _ in range(width)]
    draft = Layout(
        tuple(line.number for line in heads), (), 0, usual=usual, keys=label_columns(below, width),
        labels=tuple(tuple(line.cell(at) for at in range(len(line.cells))) for line in heads),
    )  # fmt: skip
    why = _above(lines, header, usual) | _below(below, draft)
    body = [line for line in below if line.number not in why]
    labels = {at: join(level) for at, level in enumerate(levels)}
    columns, unsure = _columns(labels, heads, body)
    blocks = find_blocks({at: labels[at] for at in columns})
    others = [] if blocks else other_groups({at: labels[at] for at in columns}, body)
    if others:
        unsure.append(Unsure("side-table", {"columns": tuple(at for group in others for at in group)}))
        columns = [at for at in columns if not any(at in group for group in others)]
    units, unit = _units(lines, header, why)
    named = name_columns(columns, levels, units)
    if is_form(heads, body):
        unsure.append(Unsure("form"))
    if not body:
        unsure.append(Unsure("no-data"))
    elif not heads:
        unsure.append(Unsure("no-header", {"names": tuple(column.name for column in named)}))
    wide = find_wide([column.name for column in named])
    return replace(
        draft,
        columns=named,
        first_data=body[0].number if body else _after(lines, header),
        dropped=grouped(why),
        left_out=tuple(at for at in range(width) if at not in columns),
        unsure=(*unsure, *_doubts(body, why, columns, merged)),
        wide=wide and replace(wide, columns=tuple(named[at].index for at in wide.columns)),
        blocks=blocks,
        unit=unit,
    )


def why_no_data(line: Line, layout: Layout) -> str | None:
    """Give why a row below the header, by itself, is no data; None where it is."""
    if not line.filled:
        return "blank"
    if len(line.filled) > 1 and any(_same(line.cells, labels) for labels in layout.labels):
        return "header"
    if is_note(line, layout.usual):
        return "note"
    if is_comment(line, layout.usual, below=True):
        return "comment"
    if names_total(line.cells, layout.keys):
        return "total"
    return "group" if is_group(line, layout.usual) else None


def grouped(why: dict[int, str]) -> tuple[Dropped, ...]:
    """Give the rows that are left out as one value for each reason, in the order of the file."""
    reasons = dict.fromkeys(why[row] for row in sorted(why))
    return tuple(Dropped(tuple(sorted(row for row in why if why[row] == reason)), reason) for reason in reasons)


def _same(cells: Sequence[str], labels: Sequence[str]) -> bool:
    """Say whether a row is a header row again: every cell, up to blank ones at the end."""
    if cells[0].strip() != labels[0]:
        return False
    width = max(len(cells), len(labels))
    texts = [cell.strip() for cell in cells]
    return texts + [""] * (width - len(texts)) == [*labels, *[""] * (width - len(labels))]


def _after(lines: Sequence[Line], header: Header) -> int:
    """Give the number of the row in which data would begin, where there is none."""
    if header.rows:
        return lines[header.rows[-1]].number + 1
    return lines[0].number if lines else 1


def _above(lines: Sequence[Line], header: Header, usual: int) -> dict[int, str]:
    """Give why each row above the first data is no part of the header."""
    why = {}
    for at, line in enumerate(lines[: header.first]):
        if at in header.rows:
            continue
        if not line.filled:
            why[line.number] = "blank"
        elif at in header.beside:
            why[line.number] = header.beside[at]
        else:
            why[line.number] = "comment" if is_comment(line, usual) else kind_above(line)
    return why


def _below(below: Sequence[Line], layout: Layout) -> dict[int, str]:
    """Give why each row below the header that is no data is none."""
    why = {line.number: kind for line in below if (kind := why_no_data(line, layout)) and kind != "total"}
    for at, line in enumerate(below):
        if why.get(line.number) == "header":
            why |= dict.fromkeys(_titles_over(below, at), "title")
    for number in notes_below(below[-LAST:], layout.usual):
        why[number] = "note"
    body = [line for line in below if line.number not in why]
    return why | dict.fromkeys(total_rows(body, layout.keys), "total")


def _titles_over(below: Sequence[Line], at: int) -> list[int]:
    """Give the numbers of the rows over a header that stands there again: 表1（続き）, alone in its row."""
    found = []
    for line in reversed(below[max(0, at - 3) : at]):
        if len(line.filled) > 1 or line.typed:
            break
        found += [line.number] if line.filled else []
    return found


def _columns(labels: dict[int, str], heads: Sequence[Line], body: Sequence[Line]) -> tuple[list[int], list[Unsure]]:
    """Give the columns of the table: the named ones, and those unnamed that hold data and are no remark beside it."""
    counts = dict.fromkeys(labels, 0)
    for line in body:
        for at in line.filled:
            counts[at] += 1
    named = [at for at, label in labels.items() if label]
    length = max((len(line.cells) for line in heads), default=len(labels))
    kept, unsure = [], []
    for group in groups_of([at for at, count in counts.items() if count or labels[at]]):
        beyond = (
            heads and not any(labels[at] for at in group) and named and (group[0] > named[-1] or group[-1] < named[0])
        )
        most = max(counts[at] for at in group)
        if beyond and most <= max(2, STRAY * len(body)) and most < len(body):
            unsure.append(Unsure("stray-cells", {"columns": tuple(group), "rows": _rows_with(group, body)}))
            continue
        extra = [at for at in group if at >= length and 2 * counts[at] <= len(body)]
        if extra:
            unsure.append(Unsure("extra-cells", {"columns": tuple(extra), "rows": _rows_with(extra, body)}))
        kept += [at for at in group if at not in extra]
    return kept, unsure


def _rows_with(columns: Sequence[int], body: Sequence[Line]) -> tuple[int, ...]:
    return tuple(line.number for line in body if any(at in line.filled for at in columns))


def _units(lines: Sequence[Line], header: Header, why: dict[int, str]) -> tuple[dict[int, str], str]:
    """Give the units that stand in a row of their own below the names, by column, and the one of the whole table."""
    units = {
        at: line.cells[at].strip().strip("()（）[]［］")
        for place, reason in header.beside.items()
        if reason == "unit"
        for line in [lines[place]]
        for at in line.filled
    }
    whole = next(
        (text for line in lines[: header.first] if line.number in why for text in line.texts if says_unit(text)), ""
    )
    plain = whole.strip("()（）[]［］【】〔〕").removeprefix("単位").lstrip(":：/／は　 ").strip()
    return units, plain if plain and is_unit(plain) else ""


def _doubts(body: Sequence[Line], why: dict[int, str], columns: Sequence[int], merged: Merged) -> list[Unsure]:
    """Give what a person should look at in the body: merged cells, headings, rows with but a number."""
    found = []
    numbers = {line.number for line in body}
    spans = tuple(span for span in merged if span[2] > span[0] and span[0] in numbers)
    if spans:
        found.append(Unsure("merged-cells", {"ranges": spans}))
    groups = tuple(sorted(row for row, reason in why.items() if reason == "group"))
    if groups:
        found.append(Unsure("groups", {"rows": groups}))
    bare = tuple(
        line.number
        for line in body
        if len(columns) > 2 and len(line.filled) == 1 and kind_of(line.cells[line.filled[0]]) in TYPED
    )
    if bare:
        found.append(Unsure("bare-rows", {"rows": bare}))
    return found
