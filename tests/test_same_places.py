"""Which rows of several lists are one place, in what they differ, and what they add up to. Values in, values out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kawaraban.analysis import as_of, writing
from kawaraban.analysis.adding_up import add_up, count_places
from kawaraban.analysis.consolidation import Column, Source, combine
from kawaraban.analysis.places import Place, found_in, same_places

# What is compared ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "town"), writing.RIGHT_NAMES)
def test_names_that_are_the_same(one: str, other: str, town: str) -> None:
    assert writing.plain_name(one, town) == writing.plain_name(other, town)


@pytest.mark.parametrize(("one", "other", "town"), writing.WRONG_NAMES)
def test_names_that_are_not(one: str, other: str, town: str) -> None:
    assert writing.plain_name(one, town) != writing.plain_name(other, town)


@pytest.mark.parametrize(("one", "other"), writing.RIGHT_ADDRESSES)
def test_addresses_that_are_the_same(one: str, other: str) -> None:
    assert writing.plain_address(one) == writing.plain_address(other)


@pytest.mark.parametrize(("one", "other"), writing.WRONG_ADDRESSES)
def test_addresses_that_are_not(one: str, other: str) -> None:
    assert writing.plain_address(one) != writing.plain_address(other)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("北浜県東郡澄浜町字本町5番地", "北浜県澄浜町"), ("稲山市市場1-5-1", "稲山市"), ("四日市市本町", "四日市市"),
        ("十日町市", "十日町市"), ("小浦88", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_municipality_of_an_address(text: str, town: str) -> None:
    assert writing.municipality("", text) == town


@pytest.mark.parametrize(("text", "day"), as_of.RIGHT)
def test_the_day_in_a_name(text: str, day: str) -> None:
    assert as_of.as_of("", text) == day


@pytest.mark.parametrize("text", as_of.WRONG)
def test_what_names_no_day(text: str) -> None:
    assert as_of.as_of(text) == ""


# Which rows are one place -------------------------------------------------------------------------------------

SCHOOL = Place("汐見小学校", "澄浜町汐見1580", 35.154345, 140.310752)


def grouped(*places: Place) -> list[int | None]:
    return same_places(places)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Place("澄浜町立汐見小学校", "澄浜町汐見1580番地", 35.1543, 140.3107, 1, "澄浜町"), True),
        (Place("汐見小学校", "澄浜町汐見1580", None, None, 1), True),
        (Place("汐見小学校", "", 35.1575, 140.3107, 1), True),  # 350 m
        (Place("汐見小学校", "", 35.1643, 140.3107, 1), False),  # 1.1 km
        (Place("汐見小学校体育館", "", 35.1543, 140.3107, 1), True),
        (Place("汐見小学校体育館", "", 35.1563, 140.3107, 1), False),  # 220 m
        (Place("汐見小学校体育館", "澄浜町汐見1580", None, None, 1), True),
        (Place("汐見公民館", "澄浜町汐見1580", 35.154345, 140.310752, 1), False),
        (Place("汐見小学校", "", 35.154345, 140.310752, 0), False),  # of the same list
        (Place("", "澄浜町汐見1580", 35.154345, 140.310752, 1), False),
    ],
)
def test_two_rows_are_one_place(other: Place, same: bool) -> None:
    assert (grouped(SCHOOL, other)[1] is not None) == same
    assert (grouped(other, SCHOOL)[1] is not None) == same


def test_a_hall_beside_its_school_is_a_place_of_its_own() -> None:
    hall = Place("汐見小学校（体育館）", "澄浜町汐見1580", 35.1543, 140.3107)
    theirs = Place("汐見小学校", "", 35.1543, 140.3107, 1)
    assert grouped(SCHOOL, hall, theirs) == [0, None, 0]


def test_a_name_that_could_be_of_two_is_of_none() -> None:
    north, south = (Place(f"汐見小学校{side}棟", "", 35.1543, 140.3107) for side in "北南")
    assert grouped(north, south, Place("汐見小学校", "", 35.1543, 140.3107, 1)) == [None, None, None]


def test_a_row_that_stands_twice_is_one_place() -> None:
    twice = [Place("汐見小学校", said=("汐見小学校", "430")), Place("汐見小学校", said=("汐見小学校", "430"))]
    assert grouped(*twice) == [0, 0]


def test_the_reference_is_searched() -> None:
    reference = [Place("汐見小学校体育館", "澄浜町汐見1580", 35.1543, 140.3107), Place("稲瀬公民館", "", 35.1, 140.1)]
    assert found_in([SCHOOL, Place("白砂公民館", "", 35.1867, 140.3506)], reference) == [True, False]


NAMES = some.sampled_from(["汐見小学校", "汐見小学校体育館", "澄浜町立汐見小学校", "白砂公民館", "公園", ""])
PLACES = some.builds(
    Place, NAMES, some.sampled_from(["", "澄浜町汐見1", "汐見1番地", "澄浜町白砂2"]),
    some.one_of(some.none(), some.sampled_from([35.15, 35.1503, 35.154, 35.2])),
    some.one_of(some.none(), some.sampled_from([140.3, 140.3003, 140.31])), some.integers(0, 3),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(some.lists(PLACES, max_size=12))
def test_a_group_holds_one_row_of_each_list(places: list[Place]) -> None:
    groups: dict[int, list[int]] = {}
    for index, group in enumerate(same_places(places)):
        if group is not None:
            groups.setdefault(group, []).append(index)
    for first, members in groups.items():
        assert first == members[0]
        assert len(members) > 1
        assert len({places[index].source for index in members}) == len(members)


# The rows -----------------------------------------------------------------------------------------------------

COLUMNS = [
    Column("名称", "name"),
    Column("緯度", "latitude"),
    Column("経度", "longitude"),
    Column("津波", flag=True),
    Column("人数"),
]


def source(*rows: tuple[str, ...], slug: str = "a") -> Source:
    cells = dict(zip([column.name for column in COLUMNS], zip(*rows, strict=True), strict=True))
    return Source(slug, slug, "", f"{slug}.csv", "", range(2, len(rows) + 2), cells, rows)


def test_what_differs_is_told_and_not_resolved() -> None:
    first = source(("小学校", "35.1", "140.3", "1", "100"), ("公民館", "35.2", "140.3", "", "50"))
    second = source(("小学校", "35.10001", "140.3", "", "90"), ("公民館", "35.2", "140.3", "", "50.0"), slug="b")
    made = combine([first, second], COLUMNS)
    assert [row.cells[4] for row in made.rows] == ["100", "50", "90", "50.0"]
    differences = {each.column: each.values for each in made.groups[0].differences}
    # the second list marks no place for the tsunami at all, so its blank says nothing
    assert differences == {"人数": (("100", (0,)), ("90", (2,)))}
    assert made.groups[1].differences == ()


def test_a_blank_is_a_no_where_a_list_marks_only_yes() -> None:
    first = source(("小学校", "35.1", "140.3", "1", ""), ("公民館", "35.2", "140.3", "1", ""))
    second = source(("小学校", "35.1", "140.3", "1", ""), ("公民館", "35.2", "140.3", "", ""), slug="b")
    (difference,) = combine([first, second], COLUMNS).groups[1].differences
    assert (difference.column, difference.values) == ("津波", (("1", (1,)), ("", (3,))))


def test_a_sum_takes_each_place_once() -> None:
    first = source(("小学校", "35.1", "140.3", "", "100"), ("公民館", "35.2", "140.3", "", "約50"))
    second = source(("小学校", "35.1", "140.3", "", "90"), ("体育館", "35.3", "140.3", "", ""), slug="b")
    made = combine([first, second], COLUMNS)
    found = add_up(made, "人数")
    assert found is not None
    assert (found.least, found.most, found.blank, found.text) == (90, 100, 1, 1)
    assert count_places(made) == 3
    assert count_places(made, "b", ["a", "b"]) == 2
    assert add_up(made, "ない列") is None


CELLS = some.lists(
    some.tuples(NAMES, some.sampled_from(["35.1", "35.2", ""]), some.just("140.3"), some.sampled_from(["", "0", "1"]),
                some.text(max_size=3)),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(some.lists(CELLS, min_size=1, max_size=4))
def test_no_row_and_no_cell_is_lost(lists: list[list[tuple[str, ...]]]) -> None:
    sources = [source(*rows, slug=str(number)) for number, rows in enumerate(lists)]
    made = combine(sources, COLUMNS)
    assert [row.cells for row in made.rows] == [row for rows in lists for row in rows]
    assert [(row.source, row.number) for row in made.rows] == [
        (at, number) for at, rows in enumerate(lists) for number in range(2, len(rows) + 2)
    ]
