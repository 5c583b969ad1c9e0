"""What a workbook hides is found, and its words are printed nowhere. Nobody in these files exists."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.comments import Comment

from kawaraban.cache import Cache
from kawaraban.catalog import read_dataset
from kawaraban.checking.examples import BookSheet, workbook
from kawaraban.cli import main
from kawaraban.errors import KawarabanError
from kawaraban.intake import take_in
from kawaraban.reading import hidden
from kawaraban.reading.hidden import Hidden, find_hidden
from kawaraban.reporting import TEXTS

NAME, OTHER, HOME, PHONE = "海野 潮太郎", "浜田 波子", "澄浜町潮見1丁目23番4号", "090-0000-1234"


def kinds_in(root: Path) -> list[str]:
    """Give the kinds of problems of the one dataset of a town."""
    dataset = read_dataset(root / "datasets/meibo", "datapackage.yaml", root)
    return [each.kind for each in take_in(dataset, Cache(root / "cache")).verdict.problems]


def book(file: Path, change: Callable[[Workbook], None]) -> Path:
    """Write a workbook with openpyxl, with a sheet that is read and one beside it."""
    made = Workbook()
    made.active.title = "一覧"
    for row in (("施設名", "席数", "控え"), ("公民館", 120, "済"), ("図書館", 80, "未")):
        made.active.append(row)
    made.create_sheet("控え").append(("氏名", "住所"))
    made["控え"].append((NAME, HOME))
    change(made)
    made.save(file)
    return file


def hide(sheet: Any, columns: str = "", rows: tuple[int, ...] = ()) -> None:
    for letter in columns:
        sheet.column_dimensions[letter].hidden = True
    for row in rows:
        sheet.row_dimensions[row].hidden = True


def test_what_openpyxl_hides_is_found(tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        hide(made["一覧"], "BZ", (3, 9))
        made["一覧"]["A2"].comment = Comment(f"{OTHER}さんに確認", "係")
        made["控え"].sheet_state = "veryHidden"

    shown, whole = find_hidden(book(tmp_path / "a.xlsx", change))
    assert shown == Hidden(
        "一覧",
        False,
        (2,),
        (3,),
        {"A2": shown.comments["A2"]},
        ({2: "席数"}, {2: "120"}, {1: "図書館", 2: "80", 3: "未"}),
    )
    assert shown.comments["A2"].strip() == f"{OTHER}さんに確認"
    assert (whole.sheet, whole.whole, whole.texts) == (
        "控え",
        True,
        ({1: "氏名", 2: "住所"}, {1: NAME, 2: HOME}),
    )


def test_nothing_is_found_where_nothing_is_hidden(tmp_path: Path) -> None:
    assert find_hidden(book(tmp_path / "a.xlsx", lambda made: hide(made["一覧"], "XYZ", (7, 8)))) == ()


def test_the_rest_of_a_large_sheet_is_told_by_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(made: Workbook) -> None:
        for number in range(3000):
            made["一覧"].append((f"施設{number}", number, "", "x" if number == 2900 else None))
        hide(made["一覧"], "DE", (2950, 2951, 3500))

    file = book(tmp_path / "a.xlsx", change)
    (whole,) = find_hidden(file)
    assert (whole.columns, whole.rows) == ((4,), (2950, 2951))
    for size in (1500, 20_000, 1 << 20):
        monkeypatch.setattr(hidden, "CHUNK", size)
        monkeypatch.setattr("kawaraban.reading.office.CHUNK", size)
        monkeypatch.setattr(hidden, "BEGINNING", 2 * size)
        (part,) = find_hidden(file)
        assert (part.columns, part.rows) == (whole.columns, whole.rows)


def test_other_writers_prefix_their_names_and_leave_addresses_out(tmp_path: Path) -> None:
    body = workbook(BookSheet("一覧", (("施設名", "控え"), ("公民館", "済")), hidden_columns=(2,), hidden_rows=(2,)))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as archive, zipfile.ZipFile(changed, "w") as target:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if "worksheets/rId" in name and "rels" not in name:
                for tag in ("worksheet", "cols", "col", "sheetData", "row", "c", "is", "t"):
                    text = (
                        text.replace(f"<{tag} ", f"<x:{tag} ")
                        .replace(f"<{tag}>", f"<x:{tag}>")
                        .replace(f"</{tag}>", f"</x:{tag}>")
                    )
                for cell in ("A1", "B1", "A2", "B2"):
                    text = text.replace(f' r="{cell}"', "")
                text = text.replace(' r="2"', "").replace('hidden="1"', "hidden='true'").replace("xmlns=", "xmlns:x=")
            target.writestr(name, text)
    file = tmp_path / "a.xlsx"
    file.write_bytes(changed.getvalue())
    (found,) = find_hidden(file)
    assert (found.columns, found.rows, found.texts) == ((2,), (2,), ({2: "控え"}, {1: "公民館", 2: "済"}))


def test_shared_strings_and_threaded_comments(tmp_path: Path) -> None:
    """Excel writes each text once, with how it is read aloud; openpyxl does neither."""
    made = book(tmp_path / "a.xlsx", lambda book_: setattr(book_["控え"], "sheet_state", "hidden"))
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    own = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", own)
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>別</t></si>'
        f"<si><r><t>{NAME[:2]}</t></r><r><t>{NAME[2:]}</t></r><rPh><t>ウミノ</t></rPh></si></sst>"
    )
    sheet = "xl/worksheets/sheet2.xml"
    parts[sheet], count = re.subn(f' t="inlineStr"><is><t>{NAME}</t></is>', ' t="s"><v>1</v>', parts[sheet])
    assert count == 1
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="B2" id="1"><text>{PHONE}</text></threadedComment></ThreadedComments>'
    )
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    shown, whole = find_hidden(made)
    assert {cell: text.strip() for cell, text in shown.comments.items()} == {"B2": PHONE}
    assert whole.texts[1] == {1: NAME, 2: HOME}


@pytest.mark.parametrize(
    "prologue", ['<!DOCTYPE workbook [<!ENTITY a "aaaa">]>', "<!DOCTYPE workbook SYSTEM 'file:///etc/passwd'>", "<<"]
)
def test_a_document_type_is_refused(tmp_path: Path, prologue: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook(BookSheet("一覧", (("施設名",),), comments={"A1": "要確認"}), prologue=prologue))
    with pytest.raises(KawarabanError):
        find_hidden(file)


@pytest.mark.parametrize(
    "body",
    [
        b'<row hidden="1" ' * 300_000,
        b'<sheetData hidden="1">' + b"<a" * 2_000_000,
        b'<col hidden="1"/><c r="' + b"A" * 4_000_000,
        b'hidden="1"' + b"<x:row " * 500_000,
    ],
    ids=["rows", "tags", "letters", "prefixes"],
)
def test_a_sheet_made_to_be_slow_is_not(body: bytes) -> None:
    seen = hidden._Seen(ranges=[(1, 16_384)])
    began = time.perf_counter()
    hidden._scan(io.BytesIO(body), seen)
    assert time.perf_counter() - began < 5


def test_no_report_says_what_is_hidden(make_town: Callable[..., Path], tmp_path: Path) -> None:
    def change(made: Workbook) -> None:
        made["控え"].sheet_state = "hidden"
        made["一覧"]["A2"].comment = Comment(f"{OTHER} {PHONE}", "係")

    file = book(tmp_path / "a.xlsx", change)
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": "title: 施設\nresources: [{path: a.xlsx}]\n",
            "datasets/meibo/a.xlsx": file.read_bytes(),
        }
    )
    kinds = kinds_in(root)
    assert kinds == ["hidden-sheet", "cell-comment", "hidden-personal-data", "hidden-personal-data"]
    for form in TEXTS:
        told = CliRunner().invoke(main, ["--root", str(root), "--lang", "ja", "validate", "--format", form]).output
        assert "meibo" in told
        assert not any(secret in told for secret in (NAME, OTHER, HOME, PHONE))


def test_a_workbook_of_two_resources_is_told_of_once(make_town: Callable[..., Path], tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", lambda made: hide(made["一覧"], rows=(3,)))
    listed = "[{name: a, path: a.xlsx, dialect: {sheet: 一覧}}, {name: b, path: a.xlsx, dialect: {sheet: 控え}}]"
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": f"title: 施設\nresources: {listed}\n",
            "datasets/meibo/a.xlsx": file.read_bytes(),
        }
    )
    assert kinds_in(root).count("hidden-rows") == 1
