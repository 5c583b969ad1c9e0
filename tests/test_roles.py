"""What a column holds is told by its name alone; checking and tidying ask the same words."""

import pytest

from kawaraban.roles import CODES, NO_CODES, RIGHT, ROLES, is_code, role_of, says


@pytest.mark.parametrize(("name", "role"), RIGHT)
def test_a_name_tells_the_role(name: str, role: str) -> None:
    assert role_of(name) == role
    assert role == "" or says(name, role)


def test_every_role_has_an_example() -> None:
    assert {role for _, role in RIGHT} == {*ROLES, ""}


@pytest.mark.parametrize("name", CODES)
def test_digits_of_a_code_are_no_number(name: str) -> None:
    assert is_code(name)


@pytest.mark.parametrize("name", NO_CODES)
def test_no_code_is_seen_where_none_is(name: str) -> None:
    assert not is_code(name)


def test_a_name_may_say_two_things() -> None:
    assert says("電話番号", "phone") and says("電話番号", "code")
    assert role_of("電話番号") == "phone"
