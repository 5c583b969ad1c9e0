"""What a column holds, from its name and its cells: the examples of the modules that tell it."""

import pytest

from kawaraban.tidying import inferring, types


@pytest.mark.parametrize(("name", "cells", "kind"), inferring.RIGHT)
def test_a_column_has_the_type_that_all_its_cells_have(name: str, cells: list[str], kind: str) -> None:
    assert inferring.guess(name, "", cells).field["type"] == kind


@pytest.mark.parametrize(("cells", "kind"), types.RIGHT)
def test_a_column_without_a_recipe_has_a_type_only_where_every_cell_is_plain(cells: list[str], kind: str) -> None:
    assert types.type_of("値", cells) == kind


@pytest.mark.parametrize("name", types.TEXT)
def test_a_name_says_that_digits_are_no_number(name: str) -> None:
    assert types.is_text(name)


@pytest.mark.parametrize("name", types.NO_TEXT)
def test_a_name_of_figures_says_nothing_of_the_kind(name: str) -> None:
    assert not types.is_text(name)
