"""A large table is looked at by Arrow, a small one by Python: both see the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kawaraban.checking import repeats
from kawaraban.checking.cells import distinct, find_texts, find_unlike, sample
from kawaraban.checking.repeats import repeated_rows, repeated_texts
from kawaraban.checking.sheet import Example, Sheet
from kawaraban.model import Dataset, Origin, Resource, Table
from kawaraban.reading import columns as reading
from test_signs import examples, found_in

CELL = some.sampled_from(["", "a", "b", "本", "10", "9", "2024-04-01", " "])


@pytest.fixture
def by_arrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reading, "SMALL", 0)
    reading._read.cache_clear()
    yield
    reading._read.cache_clear()


@pytest.mark.parametrize(("kind", "example"), examples("RIGHT"))
def test_what_is_right_in_a_large_table_is_left_alone(
    kind: str, example: Example, tmp_path: Path, by_arrow: None
) -> None:
    assert [(each.address, each.value) for each in found_in(example, kind, tmp_path)] == []


@pytest.mark.parametrize(("kind", "example"), examples("WRONG"))
def test_what_is_wrong_in_a_large_table_is_found(kind: str, example: Example, tmp_path: Path, by_arrow: None) -> None:
    assert [(each.address, each.fix) for each in found_in(example, kind, tmp_path)] == list(example.found)


def sheet_of(rows: list[list[str]], width: int, small: bool) -> Sheet:
    """Give a sheet of some rows, by lists or by Arrow; a row of another width is ragged."""
    import pyarrow as pa

    ragged = [(row, cells) for row, cells in enumerate(rows) if len(cells) != width]
    regular = [cells for cells in rows if len(cells) == width]
    held = reading.Columns(width, ragged, len(regular))
    by_column = [[cells[place] for cells in regular] for place in range(width)]
    if small:
        held.lists = by_column
    else:
        chunks = [pa.chunked_array([each[:2], each[2:5], each[5:]], pa.string()) for each in by_column]
        held.table = pa.table(chunks, names=[f"c{place}" for place in range(width)])
    names = tuple(f"n{place}" for place in range(width))
    table = Table("x", Path("x.csv"), "", names, len(rows), {}, True, Origin("x.csv"), "utf-8")
    resource = Resource("x", "x.csv", Path("x.csv"), "csv", None, {}, None, {})
    sheet = Sheet(Dataset("x", Path(), "x", {}), resource, table, {})
    sheet.__dict__["columns"] = held
    return sheet


@given(some.lists(some.lists(CELL, min_size=1, max_size=3) | some.lists(CELL, min_size=2, max_size=2), max_size=12))
@settings(deadline=None)
def test_both_ways_to_look_at_a_column_see_the_same(rows: list[list[str]]) -> None:
    one, other = sheet_of(rows, 2, small=True), sheet_of(rows, 2, small=False)
    assert find_unlike(one, 0, "^[a-z]$") == find_unlike(other, 0, "^[a-z]$")
    assert find_texts(one, 1, {"a": 1, "本": 1}) == find_texts(other, 1, {"a": 1, "本": 1})
    assert distinct(one, 0) == distinct(other, 0)
    assert sample(one, 1, 3) == sample(other, 1, 3)
    for most in (2, 12):
        assert repeated_texts(one, 0, most) == repeated_texts(other, 0, most)


@given(
    some.lists(some.lists(CELL, min_size=3, max_size=3) | some.lists(CELL, max_size=2), max_size=20), some.booleans()
)
@settings(deadline=None)
def test_both_ways_find_the_same_rows_twice(rows: list[list[str]], heavy: bool) -> None:
    expected = []
    for row, cells in enumerate(rows):
        first = rows.index(cells)
        if len(cells) == 3 and any(cells) and first != row:
            expected.append((row, first))
    assert list(repeated_rows(sheet_of(rows, 3, small=True))) == expected
    with pytest.MonkeyPatch.context() as patch:
        if heavy:
            patch.setattr(repeats, "HEAVY", -1)
            patch.setattr(repeats, "BLOCK", 2)
        assert list(repeated_rows(sheet_of(rows, 3, small=False))) == expected


def test_a_large_column_of_few_texts_is_searched_by_text() -> None:
    rows = [["2024-04-01" if row != 700 else "2024-04-31"] for row in range(1000)]
    assert find_unlike(sheet_of(rows, 1, small=False), 0, "-01$") == [(700, "2024-04-31")]
