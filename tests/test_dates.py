"""What the calendar has and has not, in every form that dates are written in."""

import re
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kawaraban.checking.dates import CLEAN, possible_instead
from kawaraban.tidying.eras import ERAS, read_era_date

FORMS = [
    "{y:04}-{m:02}-{d:02}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}年{m}月{d}日", "{y} 年 {m} 月 {d} 日",
    "{y:04}{m:02}{d:02}", "{y}年{m}月{d}日（月）から", "{y:04}-{m:02}-{d:02}T09:00:00", "令和{r}年{m}月{d}日",
    "R{r}.{m}.{d}", "{m}/{d}/{y}",
]  # fmt: skip
YEAR = some.integers(2020, 2099)


@given(YEAR, some.integers(1, 12), some.integers(1, 31), some.sampled_from(FORMS))
def test_a_day_is_told_of_where_the_month_does_not_have_it(year: int, month: int, day: int, form: str) -> None:
    text = form.format(y=year, m=month, d=day, r=year - 2018)
    last = monthrange(year, month)[1]
    told = possible_instead(text, "name")
    if day <= last:
        assert told is None
    else:
        assert told is not None
        assert told.replace("日", "").endswith(str(last))


@given(YEAR, some.integers(13, 99), some.integers(1, 28), some.sampled_from(FORMS[:10]))
def test_a_thirteenth_month_is_told_of(year: int, month: int, day: int, form: str) -> None:
    assert possible_instead(form.format(y=year, m=month, d=day, r=year - 2018), "cells") is not None


@given(YEAR, some.integers(0, 99), some.integers(0, 99), some.sampled_from(FORMS))
def test_what_is_passed_over_as_clean_is_in_the_calendar(year: int, month: int, day: int, form: str) -> None:
    text = form.format(y=year, m=month, d=day, r=year - 2018)
    if re.search(CLEAN, text, re.ASCII):
        assert date(year, month, day)
        assert possible_instead(text, "name") is None
        assert read_era_date(text) is None


@given(some.text("0123456789年月日/-.元RHS令和平成（）() ", max_size=20) | some.text(max_size=20))
def test_no_text_is_too_strange(text: str) -> None:
    possible_instead(text, "name")
    found = read_era_date(text)
    assert found is None or found.era in ERAS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4月31日", "4月1日～4月30日"),
        ("2024-02-30", "2024-02-01～2024-02-29"),
        ("2023/2/29", "2023/2/1～2023/2/28"),
        ("２０２３．２．２９", "2023.2.1～2023.2.28"),
        ("20240431", "20240401～20240430"),
        ("令和6年13月1日", "1月～12月"),
        ("2024-13", "2024-01～2024-12"),
        ("2024-00-00", "2024-01～2024-12"),
        ("13月", "1月～12月"),
        ("令和0年4月1日", "令和: 2019-05-01～"),
        ("4/31", "4/1～4/30"),
    ],
)
def test_what_is_possible_is_said_in_the_form_of_the_text(text: str, told: str) -> None:
    assert possible_instead(text, "name") == told
    assert possible_instead(text, "cells") == (None if text == "4/31" else told)
