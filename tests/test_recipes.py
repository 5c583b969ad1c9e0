"""Laws of tidying: no row is lost, each cell keeps its place in the officer's file, tidy cells stay as they are."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban import recipe
from kawaraban.adding import Proposal, propose
from kawaraban.adding.looking import form_of
from kawaraban.errors import KawarabanError
from kawaraban.model import Recipe, Resource, Table
from kawaraban.reading import read_rows
from kawaraban.recipe import KEYS, column_number, letter, read_recipe, write_recipe
from kawaraban.tidying.apply import tidy_by
from kawaraban.tidying.steps import STEPS, cleaner

CELLS = {
    "名称": st.sampled_from(["本館", "第二分館 ", "みなと公民館", "　浜の家", "南地区\n集会所", "※改装中の館"]),
    "電話番号": st.sampled_from(["099-000-0001", "０９９－０００－０００２", "", "－"]),
    "定員（人）": st.sampled_from(["120", "1,200", "８０人", "－", "", "35"]),
    "開設日": st.sampled_from(["令和6年4月1日", "2024/4/1", "H31.4.30", "不明", "2020-01-31"]),
    "洪水": st.sampled_from(["○", "×", "", "〇"]),
    "利用時間": st.sampled_from(["8:30～17:15", "９時～17時", ""]),
    "位置": st.sampled_from(["34.342286,134.055021", "34.1, 134.2", ""]),
    "備考": st.sampled_from(["", "第1月曜は休み", "要予約", "なし"]),
}
ABOVE = st.lists(st.sampled_from(["澄浜町の施設", "（令和6年4月1日現在）", ""]), max_size=3)


@st.composite
def sheets(draw: st.DrawFn) -> list[list[str]]:
    """Give a sheet as an officer makes it: rows above, a header, data with blank rows, perhaps a total and a note."""
    names = draw(st.lists(st.sampled_from(list(CELLS)), min_size=3, max_size=8, unique=True))
    width = len(names)
    rows = [[text, *[""] * (width - 1)] for text in draw(ABOVE)]
    rows.append(list(names))
    for _ in range(draw(st.integers(3, 12))):
        rows.append([draw(CELLS[name]) for name in names])
        if draw(st.integers(0, 9)) == 0:
            rows.append([""] * width)
    if draw(st.booleans()):
        rows.append(["※ 休館日は変わることがあります。", *[""] * (width - 1)])
    return rows


def written(rows: list[list[str]], folder: Path) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    file = folder / "file.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    return file


def tidied(file: Path, proposal: Proposal, by: Recipe, folder: Path) -> Table:
    resource = Resource("data", file.name, file, form_of(file), None, {}, proposal.resource.schema, {}, by)
    return tidy_by(read_rows(resource, file.name), resource, folder)


def cells_of(table: Table) -> list[list[str]]:
    with table.file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_no_row_is_lost_each_cell_keeps_its_place_and_tidy_cells_stay(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("sheet")
    file = written(rows, folder)
    proposal = propose(file)
    by = proposal.resource.recipe or Recipe(header=proposal.header)
    table = tidied(file, proposal, by, folder)
    made = cells_of(table)

    # every row is a header, named as no data, or data
    numbers = [table.origin.row(index) for index in range(table.rows)]
    named = [row for each in table.left_out.values() for row in each]
    assert sorted([*proposal.header, *named, *numbers]) == list(range(1, len(rows) + 1))

    fields = {each["name"]: each for each in (proposal.resource.schema or {})["fields"]}
    halves = {name for _, into in by.split.values() for name in into}
    for at, name in enumerate(table.columns):
        field = {**fields[name], "kawaraban": by.fields.get(name, {})}
        clean = cleaner(field, by.steps)
        for index, cells in enumerate(made):
            there = rows[numbers[index] - 1][table.origin.column(at, index) - 1]
            if name in halves:
                assert cells[at] in ("", *(half for half in _digits(there, cells[at])))
            else:
                assert cells[at] == clean(there)
            # what is tidy stays as it is
            assert clean(cells[at]) == cells[at]
    again = written([list(table.columns), *made], folder)
    plain = Recipe(steps=by.steps, fields=by.fields)
    assert cells_of(tidied(again, proposal, plain, folder)) == made


def _digits(there: str, half: str) -> list[str]:
    """Give the half of a split cell again where each of its numbers stands in the cell it came from."""
    import re
    import unicodedata

    plain = unicodedata.normalize("NFKC", there)
    numbers = re.findall(r"[0-9.]+", half)
    return [half] if all(number.lstrip("0") in plain or number == "00" for number in numbers) else []


RECIPES: list[dict[str, Any]] = [
    {"header": [1]},
    {"sheet": "一覧", "header": [3, 4], "leave_out": ["total", "note"], "steps": ["trim", "dates"]},
    {"header": [], "columns": {"A": "名称", "C": None, "AB": "備考"}},
    {"header": [2], "drop": {"note": [105, "107-110"]}, "keep": [90]},
    {
        "header": [1],
        "fields": {"設置日": {"order": "mdy"}},
        "split": {"時間": {"by": "times", "into": ["開始", "終了"]}},
    },
    {"header": [1], "long": {"columns": ["2023", "2024"], "name": "年", "value": "人口"}, "blocks": ["A", "E"]},
    {"header": [1], "fixes": {"B7": {"from": "１２３", "to": "123"}}},
]
WRONG: list[tuple[Any, str]] = [
    ([], ""), ({"heder": [1]}, "heder"), ({"header": ["a"]}, "header"), ({"header": [0]}, "header"),
    ({"steps": "trim"}, "steps"), ({"steps": ["dtaes"]}, "steps"), ({"columns": {"1": "名称"}}, "columns"),
    ({"columns": {"A": "名称", "B": "名称"}}, "columns"), ({"drop": {"note": ["5-2"]}}, "drop"),
    ({"split": {"時間": {"by": "lists", "into": ["a", "b"]}}}, "split"), ({"long": {"columns": []}}, "long"),
    ({"fixes": {"7B": {"from": "", "to": ""}}}, "fixes"), ({"fixes": {"B7": "123"}}, "fixes"),
    ({"sheet": True}, "sheet"),
]  # fmt: skip


@pytest.mark.parametrize("block", RECIPES)
def test_a_recipe_is_written_as_it_was_read(block: dict[str, Any]) -> None:
    assert write_recipe(read_recipe(block)) == block


@pytest.mark.parametrize(("block", "key"), WRONG)
def test_a_wrong_recipe_is_refused_by_its_key(block: Any, key: str) -> None:
    with pytest.raises(KawarabanError) as error:
        read_recipe(block)
    assert error.value.where == key


@pytest.mark.parametrize("number", [1, 26, 27, 28, 52, 53, 702, 703, 2000])
def test_letters_and_numbers_of_columns_agree(number: int) -> None:
    assert column_number(letter(number - 1)) == number


def test_every_key_is_one_of_the_value() -> None:
    assert set(KEYS) == set(Recipe.__dataclass_fields__)
    assert tuple(STEPS) == recipe.STEPS


def long_table(folder: Path) -> Table:
    rows = [["地区", "2023年", "2024年"], ["東町", "10", "12"], ["西町", "20", ""]]
    file = written(rows, folder)
    by = Recipe(long=(("2023年", "2024年"), "年", "人口"))
    resource = Resource("data", file.name, file, "csv", None, {}, None, {}, by)
    return tidy_by(read_rows(resource, file.name), resource, folder)


def test_a_wide_table_becomes_long_where_the_recipe_says_so_and_each_cell_keeps_its_place(tmp_path: Path) -> None:
    table = long_table(tmp_path)
    assert table.columns == ("地区", "年", "人口")
    assert cells_of(table) == [
        ["東町", "2023年", "10"], ["東町", "2024年", "12"], ["西町", "2023年", "20"], ["西町", "2024年", ""],
    ]  # fmt: skip
    places = [table.origin.address(table.origin.row(row), table.origin.column(2, row)) for row in range(4)]
    assert places == ["B2", "C2", "B3", "C3"]


def test_tables_side_by_side_become_one(tmp_path: Path) -> None:
    rows = [["番号", "名称", "", "番号", "名称"], ["1", "本館", "", "3", "支所"], ["2", "分館", "", "", ""]]
    file = written(rows, tmp_path)
    proposal = propose(file)
    by = proposal.resource.recipe
    assert by is not None
    assert by.blocks == ("A", "D")
    table = tidied(file, proposal, by, tmp_path)
    assert cells_of(table) == [["1", "本館"], ["3", "支所"], ["2", "分館"]]
    assert [table.origin.column(1, row) for row in range(3)] == [2, 5, 2]


def test_a_header_that_moved_is_found_by_its_names(tmp_path: Path) -> None:
    rows = [["施設一覧", "", ""], ["名称", "住所", "定員"], ["本館", "本町1", "10"], ["分館", "浜1", "20"]]
    file = written(rows, tmp_path)
    proposal = propose(file)
    assert proposal.header == (2,)
    moved = written([["施設一覧", "", ""], ["令和7年度", "", ""], *rows[1:]], tmp_path)
    table = tidied(moved, proposal, proposal.resource.recipe or Recipe(), tmp_path)
    assert table.origin.header == 3
    assert cells_of(table) == [["本館", "本町1", "10"], ["分館", "浜1", "20"]]


def test_a_cell_outside_of_the_table_is_an_extra_cell_and_not_lost(tmp_path: Path) -> None:
    by = Recipe(columns={"A": "名称", "C": "定員"})
    file = written([["名称", "", "定員"], ["本館", "", "10"], ["分館", "改装中", "20"]], tmp_path)
    resource = Resource("data", file.name, file, "csv", None, {}, None, {}, by)
    table = tidy_by(read_rows(resource, file.name), resource, tmp_path)
    assert cells_of(table) == [["本館", "10"], ["分館", "20", "改装中"]]


def test_a_correction_counts_only_where_the_cell_still_says_what_it_said(tmp_path: Path) -> None:
    by = Recipe(fixes={"B2": ("１０", "10"), "B3": ("99", "1")})
    file = written([["名称", "定員"], ["本館", "１０"], ["分館", "20"]], tmp_path)
    resource = Resource("data", file.name, file, "csv", None, {}, None, {}, by)
    assert cells_of(tidy_by(read_rows(resource, file.name), resource, tmp_path)) == [["本館", "10"], ["分館", "20"]]


def test_a_cell_beside_tables_that_lie_side_by_side_is_not_lost(tmp_path: Path) -> None:
    file = written([["番号", "名称", "", "番号", "名称"], ["1", "本館", "改装中", "3", "支所"]], tmp_path)
    by = Recipe(columns={"A": "番号", "B": "名称"}, blocks=("A", "D"))
    resource = Resource("data", file.name, file, "csv", None, {}, None, {}, by)
    table = tidy_by(read_rows(resource, file.name), resource, tmp_path)
    assert cells_of(table) == [["1", "本館", "改装中"], ["3", "支所"]]
