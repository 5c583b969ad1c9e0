"""Dates by era -> western ones: every day of every era comes out as itself, and what is no day does not."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawaraban.tidying.eras import ERAS, RIGHT, WRONG, as_iso, in_right_era, read_era_date, western


@pytest.mark.parametrize(("text", "iso"), RIGHT)
def test_a_date_by_era_becomes_the_day_that_it_is(text: str, iso: str) -> None:
    assert as_iso(text) == iso


@pytest.mark.parametrize("text", WRONG)
def test_what_is_not_sure_is_not_converted(text: str) -> None:
    assert as_iso(text) is None


@given(some.dates(date(1873, 1, 1), date(2117, 12, 31)), some.sampled_from(["年月日", "./", "-"]), some.booleans())
def test_every_day_has_one_era_and_comes_back(day: date, marks: str, padded: bool) -> None:
    eras = [each for each in ERAS if each.first <= day and (each.last is None or day <= each.last)]
    assert len(eras) == (2 if day in (date(1912, 7, 30), date(1926, 12, 25)) else 1)
    for era in eras:
        year = day.year - era.start + 1
        month, number = (f"{day:%m}", f"{day:%d}") if padded else (str(day.month), str(day.day))
        if marks == "年月日":
            text = f"{era.name}{'元' if year == 1 else year}年{month}月{number}日"
        else:
            text = f"{era.letter}{year}{marks[0]}{month}{marks[0]}{number}"
        assert as_iso(text) == day.isoformat()


@given(some.dates(date(1873, 1, 1), date(2040, 12, 31)))
def test_a_day_under_another_era_is_refused_and_renamed(day: date) -> None:
    for other in ERAS:
        year = day.year - other.start + 1
        if not 1 <= year <= 99:
            continue
        text = f"{other.name}{year}年{day.month}月{day.day}日"
        inside = other.first <= day and (other.last is None or day <= other.last)
        found = read_era_date(text)
        assert found is not None
        assert (as_iso(text) == day.isoformat()) == inside
        renamed = in_right_era(found)
        assert renamed is not None
        assert as_iso(renamed) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("平成31年度", "2019年度"),
        ("令和元年度", "2019年度"),
        ("平成32年度", None),
        ("昭和64年度", None),
        ("昭和64年", "1989"),
        ("平成31年", "2019"),
        ("平成32年", None),
        ("令和元年4月", None),
        ("平成31年4月", "2019-04"),
        ("令和6年13月", None),
        ("H30", "2018"),
        ("明治5年", "1872"),
        ("明治5年2月", None),
    ],
)
def test_a_year_or_a_month_goes_as_far_as_it_goes(text: str, told: str | None) -> None:
    found = read_era_date(text)
    assert found is not None
    assert western(found) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("平成32年", "令和2年"),
        ("平成31年5月1日", "令和元年5月1日"),
        ("令和元年4月30日", "平成31年4月30日"),
        ("平成32年度", "令和2年度"),
        ("昭和64年度", "平成元年度"),
        ("H32.4.1", "R2.4.1"),
        ("H32.04.01", "R02.04.01"),
        ("H320401", "R020401"),
        ("H321231", "R021231"),
        ("昭65.1.1", "平2.1.1"),
        ("平成 32 年 4 月 1 日", "令和 2 年 4 月 1 日"),
        ("令和6年4月31日", None),
        ("令和0年", None),
    ],
)
def test_a_year_that_an_era_never_had_is_told_by_the_right_one(text: str, told: str | None) -> None:
    found = read_era_date(text)
    assert found is not None
    assert in_right_era(found) == told


def test_eras_follow_each_other() -> None:
    for later, earlier in pairwise(ERAS):
        assert earlier.last is not None
        assert timedelta(0) <= later.first - earlier.last <= timedelta(days=1)
