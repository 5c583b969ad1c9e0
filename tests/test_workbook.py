"""The report as a workbook: the officer's own, coloured and commented, in which nothing can come alive."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset, read_catalog
from kawaraban.intake import Intake, take_in
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.workbook import copying, workbook
from kawaraban.reporting.workbook.saving import Alive, saved

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
FORMULAS = ["=1+1", "=cmd|'/C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.org")']
LIVE = re.compile(
    rb"<(f|formula\d?|cfRule|definedName|ddeLink|oleObject|externalReference|tablePart|legacyDrawingHF)[ >/]"
    rb"|(TargetMode=\"External\"|vbaProject)"
)


def officers_book() -> bytes:
    """Give a workbook as an officer may have made it, with everything in it that could act."""
    book = Workbook()
    sheet = book.active
    sheet.title = "避難 '一覧'"
    sheet.append(["番号", "施設名", "人数", "合計", "備考"])
    for row in (
        [1, "第一小", 300, "=C2*2", "x"],
        [2, "公民館", "百", "=SUM(C2:C3)", "y"],
        [3, "体育館", None, 5, "z"],
    ):
        sheet.append(row)
    sheet["A1"].fill = PatternFill("solid", fgColor="FF1F4E79")
    sheet["B3"].font = Font(bold=True, name="Meiryo")
    for number, text in enumerate(FORMULAS, start=2):
        sheet.cell(number, 5).value = text
        sheet.cell(number, 5).data_type = "s"
    sheet["C3"].comment = Comment("前任のメモ", "前任")
    sheet["B2"].hyperlink = "http://example.org/x"
    sheet.merge_cells("A7:B8")
    sheet.row_dimensions[4].hidden = True
    choices = DataValidation(type="list", formula1='"甲,乙"')
    choices.add("B2")
    sheet.add_data_validation(choices)
    sheet.conditional_formatting.add("C2:C9", FormulaRule(formula=["$C2>100"]))
    sheet.print_title_rows = "1:1"
    book.defined_names["evil"] = DefinedName("evil", attr_text="cmd|'/C calc'!A0")
    other = book.create_sheet("集計")
    other.append(["a", "b"])
    other.append([1, 2])
    other.add_table(ExcelTable(displayName="T", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=2))
    other.add_chart(chart)
    made = io.BytesIO()
    book.save(made)
    # a value beside the formula, as Excel keeps it
    patched = io.BytesIO()
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(patched, "w") as target:
        for name in archive.namelist():
            body = archive.read(name)
            target.writestr(name, re.sub(rb"<f>C2\*2</f><v ?/>", b"<f>C2*2</f><v>600</v>", body))
    return patched.getvalue()


SITES = {
    "datasets/sites/避難.xlsx": officers_book(),
    "datasets/sites/datapackage.yaml": "title: 避難場所\nresources: [{path: 避難.xlsx}]\n",
}
CELLS = [
    "名称,郵便番号,備考",
    "本館,0010001,x",
    *(f'館{n},0000000,"{text}"' for n, text in enumerate(["=1+1", "+1", "-5"])),
]
LIBRARY = {
    "datasets/library/館.csv": ("\n".join(CELLS) + "\n").encode("cp932"),
    "datasets/library/datapackage.yaml": "title: '=1+1'\nresources: [{path: 館.csv}]\n",
}


@pytest.fixture
def taken(make_town: Callable[..., Path], tmp_path: Path) -> Callable[..., Intake]:
    """Give the function that takes in the one dataset of some files."""

    def take(files: dict[str, str | bytes], name: str = "town") -> Intake:
        (dataset,) = read_catalog(make_town(files, name))
        return take_in(dataset, Cache(tmp_path / "cache"))

    return take


def problem(intake: Intake, row: int | None, column: int | None, severity: str = "error", **more: Any) -> Problem:
    """Give a problem at a place of the dataset's first file."""
    origin = intake.tables[0].origin
    label = intake.tables[0].columns[column - 1] if column else ""
    return Problem(
        "unique-error", severity, origin.path, origin.sheet, row, column, origin.address(row, column, label),  # type: ignore[arg-type]
        label=label, value=more.pop("value", "x"), details={"note": ""}, **more,
    )  # fmt: skip


def made(intake: Intake, *problems: Problem, lang: str = "ja") -> Any:
    """Give the workbook as it is read again."""
    verdict = Verdict(intake.dataset.slug, problems, intake.verdict.rows)
    return load_workbook(io.BytesIO(workbook(verdict, intake.dataset, intake.tables, lang)))


def parts(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_officers_workbook_keeps_its_look_and_shows_its_bad_cells(taken: Callable[..., Intake]) -> None:
    intake = taken(SITES)
    book = made(intake, problem(intake, 3, 3), problem(intake, 3, 3, "warning"), problem(intake, 2, 2, "warning"))
    assert book.sheetnames == ["確認結果", "避難 '一覧'", "集計"]
    sheet = book["避難 '一覧'"]
    assert sheet["C3"].fill.fgColor.rgb == RED
    assert sheet["B2"].fill.fgColor.rgb == YELLOW
    told = "列「人数」に『x』が2回以上あります\n→ 同じ値は1回だけにしてください"
    assert sheet["C3"].comment.text == f"前任のメモ\n\n{told}\n\n（確認）{told}"
    assert sheet["A1"].fill.fgColor.rgb == "FF1F4E79"
    assert (sheet["B3"].font.bold, sheet["B3"].font.name) == (True, "Meiryo")
    assert sheet["D2"].value == 600, "a formula is the value that was kept of it"
    assert sheet["C2"].value == 300
    assert sheet["D4"].fill.fill_type is None


def test_the_first_sheet_explains_and_leads_to_the_cells(taken: Callable[..., Intake]) -> None:
    intake = taken(SITES)
    many = [problem(intake, row, 3, value=str(row)) for row in range(2, 12)]
    whole = Problem("other-sheets", "warning", many[0].path, details={"sheet": "避難 '一覧'", "others": "集計"})
    book = made(intake, *many, whole)
    first = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in first.iter_rows(min_row=1, max_col=5)]
    assert rows[0][0] == "確認結果: 避難場所"
    assert rows[1][0].startswith("問題は 10 件、確認してほしいところは 1 件。")
    assert rows[5][:5] == ["区分", "ファイル・シート", "場所", "問題", "直し方"]
    assert rows[6][0] == "直す"
    assert rows[6][3] == "同じ問題が 10 件あります（列: 人数）。はじめの 3 件:"
    assert [row[2] for row in rows[7:10]] == ["C2", "C3", "C4"]
    assert rows[10][:2] == ["確認", "避難.xlsx"]
    links = {cell.value: cell.hyperlink for row in first.iter_rows() for cell in row if cell.hyperlink}
    assert {name: link.location for name, link in links.items()} == {
        name: f"'避難 ''一覧'''!{name}" for name in ("C2", "C3", "C4")
    }
    assert all(link.target is None for link in links.values())
    assert book.active is first
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets[1:]] == [False, False]


def test_nothing_of_the_officers_workbook_comes_alive(taken: Callable[..., Intake]) -> None:
    intake = taken(SITES)
    before = LIVE.findall(b"".join(parts(officers_book()).values()))
    assert {each[0] for each in before} >= {b"f", b"formula", b"formula1", b"cfRule", b"definedName", b"tablePart"}
    assert any(each[1] for each in before)
    verdict = Verdict("sites", (problem(intake, 3, 3, value="=1+1"),), 3)
    body = workbook(verdict, intake.dataset, intake.tables, "ja")
    found = {name: LIVE.findall(part) for name, part in parts(body).items()}
    assert {name: each for name, each in found.items() if each} == {}
    assert not any(re.search(r"vba|external|chart|table|pivot|media|ctrlProps|customXml", name) for name in found)
    sheet = load_workbook(io.BytesIO(body))["避難 '一覧'"]
    for number, text in enumerate(FORMULAS, start=2):
        cell = sheet.cell(number, 5)
        assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", True)


@pytest.mark.parametrize("title", ["=1+1", "@x", "確認結果"])
def test_texts_of_ours_are_no_formulas_either(title: str, taken: Callable[..., Intake]) -> None:
    intake = taken(LIBRARY)
    book = made(intake, problem(intake, 3, 3, value=title, hint=title))
    assert all(cell.data_type == "s" for row in book.worksheets[0].iter_rows() for cell in row if cell.value)


def test_a_csv_becomes_text_in_which_zeros_stay_and_formulas_sleep(taken: Callable[..., Intake]) -> None:
    intake = taken(LIBRARY)
    sheet = made(intake, problem(intake, 3, 3))["館"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["名称", "郵便番号", "備考"], ["本館", "0010001", "x"], ["館0", "0000000", "=1+1"], ["館1", "0000000", "+1"],
        ["館2", "0000000", "-5"],
    ]  # fmt: skip
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}
    assert [bool(sheet[f"C{row}"].quotePrefix) for row in (2, 3, 4, 5)] == [False, True, True, True]
    assert sheet["C3"].fill.fgColor.rgb == RED


def test_a_problem_without_a_cell_colours_its_row_its_header_or_nothing(taken: Callable[..., Intake]) -> None:
    intake = taken(LIBRARY)
    book = made(intake, problem(intake, 4, None), problem(intake, None, 2, "warning"), problem(intake, None, None))
    sheet = book["館"]
    coloured = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}
    assert coloured == {"A4", "B4", "C4", "B1"}
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {"A4", "B1"}


def test_merged_and_hidden_cells_are_found(taken: Callable[..., Intake]) -> None:
    intake = taken(SITES)
    sheet = made(intake, problem(intake, 8, 2), problem(intake, 4, 3))["避難 '一覧'"]
    assert sheet["A7"].fill.fgColor.rgb == RED
    assert sheet["A7"].comment
    assert sheet["C4"].comment
    assert not sheet.row_dimensions[4].hidden


def test_items_of_a_list_stand_below_their_names(taken: Callable[..., Intake]) -> None:
    files = {
        "datasets/bins/a.json": '[{"品": "びん", "数": 1}, {"品": "かん", "数": "x"}]',
        "datasets/bins/datapackage.yaml": "resources: [{path: a.json}]\n",
    }
    intake = taken(files)
    book = made(intake, problem(intake, 2, 2))
    assert [[cell.value for cell in row] for row in book["a"].iter_rows()] == [
        ["品", "数"],
        ["びん", "1"],
        ["かん", "x"],
    ]
    assert book["a"]["B3"].fill.fgColor.rgb == RED
    assert book.worksheets[0]["C7"].value == "2 件目の 数"
    assert book.worksheets[0]["C7"].hyperlink.location == "'a'!B3"


def test_of_a_large_table_only_the_rows_with_problems_are_copied(
    taken: Callable[..., Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LARGEST_TABLE", 5)
    intake = taken(LIBRARY)
    book = made(intake, problem(intake, 4, 3))
    filled = {cell.row for row in book["館"].iter_rows() for cell in row if cell.value}
    assert filled == {1, 4}
    assert any("問題のある行だけ" in str(cell.value) for cell in book.worksheets[0]["A"])


def test_a_workbook_that_is_too_large_is_copied_as_text(
    taken: Callable[..., Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "LARGEST_BOOK", 10)
    intake = taken(SITES)
    sheet = made(intake, problem(intake, 3, 3))["避難 _一覧_"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("300", "s")
    assert sheet["C3"].fill.fgColor.rgb == RED


def test_a_file_that_cannot_be_read_has_its_explanation(taken: Callable[..., Intake]) -> None:
    intake = taken({**SITES, "datasets/sites/避難.xlsx": b"PK\x03\x04 no archive"})
    assert not intake.tables
    book = made(intake, *intake.verdict.problems)
    assert book.sheetnames == ["確認結果"]
    assert book.worksheets[0]["A7"].value == "直す"
    assert book.worksheets[0]["D7"].value


def test_what_no_cell_can_hold_is_shown_otherwise(taken: Callable[..., Intake]) -> None:
    files = {
        "datasets/odd/a.json": '[{"名": "a\\u0000b\\ufffe", "x": "_x0041_", "y": "' + "長" * 40_000 + '"}]',
        "datasets/odd/datapackage.yaml": "resources: [{path: a.json}]\n",
    }
    intake = taken(files)
    sheet = made(intake, problem(intake, 1, 1, value="a\0b"))["a"]
    assert [cell.value for cell in sheet[2]] == ["a␀b\ufffd", "_x005F_x0041_", "長" * 32_767]


def test_the_same_problems_give_the_same_bytes_on_another_day(taken: Callable[..., Intake]) -> None:
    bodies = []
    for name, day in (("a", datetime(2024, 4, 1)), ("b", datetime(2031, 12, 31, 23, 59))):
        intake = taken(SITES, name)
        verdict = Verdict("sites", (problem(intake, 3, 3), problem(intake, 2, None)), 3)
        with time_machine.travel(day):
            bodies.append(workbook(verdict, intake.dataset, intake.tables, "ja"))
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("alive", ["formula", "name", "link", "chart"])
def test_a_book_in_which_something_is_alive_is_not_saved(alive: str) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = 1
    if alive == "formula":
        sheet["A2"] = "=A1"
    elif alive == "name":
        book.defined_names["x"] = DefinedName("x", attr_text="Sheet!$A$1")
    elif alive == "link":
        sheet["A1"].hyperlink = "https://example.org/"
    else:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1))
        sheet.add_chart(chart)
    with pytest.raises(Alive):
        saved(book)


def test_real_workbooks_are_coloured_and_none_is_alive(real_data: Path, tmp_path: Path) -> None:
    files = [file for file in (real_data / "municipal").rglob("*.xlsx") if 0 < file.stat().st_size < 100_000]
    assert len(files) >= 5
    for file in files:
        described = {"resources": [{"path": file.name, "name": "a"}]}
        dataset = build_dataset(file.parent, "datasets/a/datapackage.yaml", described, {})
        intake = take_in(dataset, Cache(tmp_path / "cache"))
        place = problem(intake, intake.tables[0].origin.row(0), 1)
        body = workbook(Verdict("a", (place,), 1), dataset, intake.tables, "ja")
        sheet = load_workbook(io.BytesIO(body))[intake.tables[0].origin.sheet]
        assert RED in {cell.fill.fgColor.rgb for row in sheet.iter_rows() for cell in row}, file.name
        found = [name for name, part in parts(body).items() if LIVE.search(part) and b"_FilterDatabase" not in part]
        assert found == [], file.name
