"""How a row stands against the rows below it: words above numbers are a header, numbers above numbers are data."""

from collections.abc import Sequence
from dataclasses import dataclass

from kawaraban.tidying.shapes import MISSING, TYPED, Line, comparable, kind_of, number_of
from kawaraban.tidying.vocabulary import labels_in
from kawaraban.tidying.wide import is_period

LOOK = 60  # rows of the body that are looked at
MOST = 0.8  # of a column's cells that are of one kind: the column is of that kind
YEARS = range(1868, 2101)
CLEARLY = 3  # times more columns alike than unlike: chance makes one unlike
RUN = 3  # numbers that follow one another (1, 2, 3) and are labels: months, hours, ages

RIGHT: list[tuple[list[list[str]], bool]] = [
    ([["地区", "人数"], ["汐見", "10"], ["駅前", "20"]], True),
    ([["区分", "2022", "2023"], ["男", "110", "120"], ["女", "112", "119"]], True),
    ([["時", "0", "1", "2"], ["利用者", "12", "8", "3"]], True),
    ([["品名", "分け方"], ["新聞", "古紙"], ["びん", "資源"]], True),
    ([["1", "2024-04-01", "鉛筆"], ["2", "2024-04-02", "紙"], ["3", "2024-04-03", "机"]], False),
    ([["新聞", "古紙"], ["雑誌", "古紙"], ["びん", "資源"], ["段ボール", "古紙"], ["かん", "資源"]], False),
]


@dataclass(frozen=True, slots=True)
class Contrast:
    """In how many columns a row differs from what is below it (a word above numbers), and in how many it is alike."""

    unlike: int
    alike: int


def contrast(line: Line, body: Sequence[Line]) -> Contrast:
    """Give how a row stands against the rows below it."""
    unlike = alike = 0
    run = _run(line)
    for at in line.filled:
        kinds = [kind for each in body if at < len(each.cells) and (kind := kind_of(each.cells[at])) not in SILENT]
        if not kinds:
            continue
        own = kind_of(line.cells[at])
        typed = sum(kind in TYPED for kind in kinds) >= MOST * len(kinds)
        if at in run or _is_year_above(line.cells[at], at, body):
            unlike += typed
        elif own in ("text", "prose"):
            unlike += typed and "prose" not in kinds
        elif own == "period":
            unlike += typed
            alike += kinds.count("period") >= MOST * len(kinds)
        elif own in TYPED:
            alike += kinds.count(own) >= MOST * len(kinds)
    return Contrast(unlike, alike)


SILENT = ("blank", "missing")


def _run(line: Line) -> set[int]:
    """Give the places of numbers that follow one another, one up each: 1, 2, 3."""
    found: set[int] = set()
    run: list[int] = []
    for at in (*line.filled, -1):
        value = number_of(line.cells[at]) if at >= 0 else None
        if run and value is not None and value == (number_of(line.cells[run[-1]]) or 0) + 1 and at == run[-1] + 1:
            run.append(at)
            continue
        if len(run) >= RUN:
            found.update(run)
        run = [at] if value is not None and value.is_integer() and at >= 0 else []
    return found


def _is_year_above(cell: str, at: int, body: Sequence[Line]) -> bool:
    """Say whether a cell is a year, or another period, above numbers that are none."""
    if not is_period(cell):
        return False
    below = [value for each in body if (value := number_of(each.cell(at))) is not None]
    return bool(below) and sum(value in YEARS for value in below) < MOST * len(below)


def is_data(line: Line, body: Sequence[Line]) -> bool:
    """Say whether the row that should be the header is a row of data like those below it.

    It is where no word stands above what is typed, and cells are typed as those below are; or where none of it is a
    word of headers, and its words come back below.
    """
    found = contrast(line, body)
    words = labels_in(line.texts)
    if CLEARLY * found.unlike >= max(1, found.alike) or words * 3 >= len(line.filled):
        return False
    return (found.alike > 0 and len(body) > 1) or (words == 0 and _comes_back(line, body))


def _comes_back(line: Line, body: Sequence[Line]) -> bool:
    """Say whether a cell of a row stands in its column again, twice or more, in another row than a copy of it."""
    own = [comparable(text) for text in line.texts]
    others = [each for each in body if [comparable(text) for text in each.texts] != own]
    if len(others) < RUN:
        return False
    own_cells = [(at, text) for at in line.filled if (text := line.cell(at)) not in MISSING]
    return any(sum(each.cell(at) == text for each in others) > 1 for at, text in own_cells)


def body_below(lines: Sequence[Line], start: int, usual: int) -> list[Line]:
    """Give the rows from `start` that have about as many cells as a row of data has."""
    return [line for line in lines[start : start + 2 * LOOK] if 2 * len(line.filled) >= usual and line.filled][:LOOK]
