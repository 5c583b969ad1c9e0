"""Several tables in one sheet: one below the other, or side by side. The largest is read, the others are named.

RIGHT holds (file, the rows of other tables, the columns of the blocks that are one table), WRONG files of one table.
"""

from collections.abc import Mapping, Sequence

from kawaraban.tidying.blanks import groups_of
from kawaraban.tidying.contrast import LOOK, contrast
from kawaraban.tidying.shapes import TYPED, Line, comparable, kind_of
from kawaraban.tidying.vocabulary import labels_in

RIGHT: list[tuple[str, tuple[int, ...], tuple[tuple[int, ...], ...]]] = [
    (
        "館名,蔵書数\n本館,1200\n分館,800\n支所,300\n,\n貸出\n月,冊数\n4月,120\n5月,130\n",
        (6, 7, 8, 9),
        (),
    ),
    ("番号,名称,,番号,名称\n1,本館,,3,支所\n2,分館,,4,別館\n", (), ((0, 1), (3, 4))),
    ("番号,名称,番号,名称\n1,本館,3,支所\n2,分館,4,別館\n", (), ((0, 1), (2, 3))),
]
WRONG: list[str] = [
    "館名,蔵書数\n本館,1200\n,\n分館,800\n支所,300\n",
    "番号,名称,,備考\n1,本館,,休み\n2,分館,,\n",
    "属性,属性,属性\n甲,1,2\n乙,3,4\n",
    "館名,蔵書数\n本館,1200\n,\n館名,蔵書数\n支所,300\n",
]


def heads_below(lines: Sequence[Line], header: Sequence[Line], first: int) -> list[int]:
    """Give the places in `lines` of later headers of other tables: words above what is typed, after a blank row."""
    own = {comparable(text) for line in header for text in line.texts}
    named = {at for line in header for at in line.filled}
    body = lines[first : first + LOOK]
    found = []
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if len(line.filled) < 2 or line.typed or not _starts_block(lines, at):
            continue
        if {comparable(text) for text in line.texts} <= own:
            continue
        end = next((place for place in range(at + 1, len(lines)) if not lines[place].filled), len(lines))
        below = lines[at + 1 : end]
        stands_out = contrast(line, below[:LOOK]).unlike
        beyond = set(line.filled) - named - {place for each in body for place in each.filled}
        beyond = {place for place in beyond if sum(place in each.filled for each in below) * 2 > len(below)}
        words = labels_in(line.texts)
        wordy = words > 1 and 2 * words >= len(line.filled)
        if below and (stands_out > 1 or wordy or beyond or (stands_out and _out_of_place(line, body))):
            found.append(at)
    return found


def _starts_block(lines: Sequence[Line], at: int) -> bool:
    """Say whether a blank row stands above a row, or above the one or two title rows over it."""
    for above in range(at - 1, max(-1, at - 4), -1):
        if not lines[above].filled:
            return True
        if len(lines[above].filled) > 1:
            return False
    return False


def _out_of_place(line: Line, body: Sequence[Line]) -> bool:
    """Say whether words stand in a row where the table's own rows are typed."""
    for at in line.filled:
        kinds = [kind for each in body if (kind := kind_of(each.cell(at))) not in ("blank", "missing")]
        if len(kinds) > 1 and kind_of(line.cells[at]) == "text" and all(kind in TYPED for kind in kinds):
            return True
    return False


def start_of(lines: Sequence[Line], at: int) -> int:
    """Give the place of the first row that goes with a header: titles above it, a blank row between or not."""
    while at > 0 and lines[at - 1].filled:
        at -= 1
    if at > 2 and len(lines[at - 2].filled) == 1 and not lines[at - 3].filled:
        at -= 2
    return at


def find_blocks(labels: Mapping[int, str]) -> tuple[tuple[int, ...], ...]:
    """Give the columns of the tables that stand side by side under the same names; none where there is but one."""
    columns = sorted(labels)
    groups = groups_of(columns)
    if len(groups) > 1 and len(groups[0]) > 1:
        first = [comparable(labels[at]) for at in groups[0]]
        if all([comparable(labels[at]) for at in group] == first for group in groups) and len(set(first)) > 1:
            return tuple(map(tuple, groups))
    names = [comparable(labels[at]) for at in columns]
    for period in range(2, len(names) // 2 + 1):
        first = names[:period]
        if len(names) % period == 0 and len(set(first)) == period and names == first * (len(names) // period):
            return tuple(tuple(columns[at : at + period]) for at in range(0, len(names), period))
    return ()


def other_groups(labels: Mapping[int, str], lines: Sequence[Line]) -> list[list[int]]:
    """Give the groups of columns that are other tables beside the largest one, a gap between them.

    A gap alone makes no other table: it is one where both have a name in common, or mostly other rows.
    """
    groups = groups_of(labels)
    if len(groups) < 2:
        return []
    sizes = [sum(at in group for line in lines for at in line.filled) for group in groups]
    largest = sizes.index(max(sizes))
    names = {comparable(labels[at]) for at in groups[largest]}
    rows = {line.number for line in lines if any(at in groups[largest] for at in line.filled)}
    found = []
    for place, group in enumerate(groups):
        if place == largest or len(group) < 2:
            continue
        own = {line.number for line in lines if any(at in group for at in line.filled)}
        shared = {comparable(labels[at]) for at in group} & names - {""}
        if shared or 2 * len(own & rows) < len(own):
            found.append(group)
    return found
