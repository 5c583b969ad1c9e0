"""Workbooks of every kind become rows of text, as the spreadsheet shows them. The town is 澄浜町, and made up."""

import io
import random
import re
import struct
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from attacks import rows as xml_rows
from attacks import workbook
from kawaraban.catalog import FORMATS
from kawaraban.errors import KawarabanError
from kawaraban.model import Raw, Resource
from kawaraban.reading import read, read_rows
from kawaraban.reading.hidden import Hidden, find_hidden
from other_books import (
    binary_book,
    binary_row,
    cell,
    number,
    ods,
    old_book,
    reach,
    record,
    row,
    table,
    times,
)

HALLS = Path(__file__).parent / "books" / "halls.xls"
FAMILY = [ending for ending, form in FORMATS.items() if form == "xlsx"]
ROWS = [["番号", "名称"], ["001", "本館"]]


def resource_of(file: Path, **dialect: str) -> Resource:
    return Resource("d", file.name, file, FORMATS[file.suffix], None, dialect, None, {})


def rows_of(raw: Raw) -> list[list[str]]:
    """Give the rows, after a look at their numbers."""
    listed = list(raw.rows)
    assert [number_ for number_, _ in listed] == [*range(1, len(listed) + 1)]
    return [cells for _, cells in listed]


@pytest.fixture
def shown(tmp_path: Path) -> Callable[..., Raw]:
    """Give what is read of bytes, or of a workbook of openpyxl."""

    def look(body: bytes | Workbook, name: str = "d.xlsx", **dialect: str) -> Raw:
        if isinstance(body, Workbook):
            body.save(tmp_path / name)
        else:
            (tmp_path / name).write_bytes(body)
        return read_rows(resource_of(tmp_path / name, **dialect), name)

    return look


def made(*rows: tuple[Any, ...], change: Callable[[Any], None] = lambda _: None) -> Workbook:
    book = Workbook()
    book.active.title = "一覧"
    for each in rows:
        book.active.append(each)
    change(book.active)
    return book


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(body: bytes, part: str, old: str, new: str) -> bytes:
    """Give a workbook with a part of its XML changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as given, zipfile.ZipFile(stream, "w") as changed:
        for name in given.namelist():
            text = given.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            changed.writestr(name, text)
    return stream.getvalue()


KINDS = {
    "xlsx": saved(made(("番号", "名称"), ("001", "本館"))),
    "ods": ods(table("一覧", row(cell("番号"), cell("名称")), row(cell("001"), cell("本館")))),
    "xls": HALLS.read_bytes(),
    "xlsb": binary_book(reach(1, 2), binary_row(0, 0, 1)),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", FAMILY)
def test_a_workbook_is_read_whatever_ending_it_has(kind: str, ending: str, shown: Callable[..., Raw]) -> None:
    found = rows_of(shown(KINDS[kind], f"d{ending}"))
    expected = {"xls": [["澄浜町の集会施設"]], "xlsb": [["7", "7"]]}
    assert found == expected.get(kind, ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_is_called_csv_is_told_by_its_kind(kind: str, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_bytes(KINDS[kind])
    with pytest.raises(KawarabanError) as refused:
        read(resource_of(tmp_path / "d.csv"), "d.csv")
    assert refused.value.told()[1] == f"give it the ending .{kind}, and correct the name in the descriptor"


def test_rows_and_columns_keep_their_numbers(shown: Callable[..., Raw]) -> None:
    def fill(sheet: Any) -> None:
        sheet["C3"] = "施設一覧"
        sheet.merge_cells("C3:E3")
        sheet["C5"] = "名称"
        sheet["E6"] = "本館"
        sheet["G9"] = "注"
        sheet["H12"] = ""

    raw = shown(made(change=fill))
    assert rows_of(raw) == [
        [""] * 7, [""] * 7, ["", "", "施設一覧", "", "", "", ""], [""] * 7, ["", "", "名称", "", "", "", ""],
        ["", "", "", "", "本館", "", ""], [""] * 7, [""] * 7, ["", "", "", "", "", "", "注"],
    ]  # fmt: skip
    assert raw.merged == ((3, 3, 3, 5),)
    assert raw.sheets == {"一覧": 4}
    assert (raw.origin.sheet, raw.problems) == ("一覧", ())


def test_the_grid_begins_with_the_first_row_that_holds_something(tmp_path: Path) -> None:
    made((), (), ("名称", "定員"), (), ("本館", 40)).save(tmp_path / "d.xlsx")
    grid = read(resource_of(tmp_path / "d.xlsx"), "d.xlsx")
    assert grid.origin.header == 3
    assert list(grid.rows) == [(3, ["名称", "定員"]), (4, ["", ""]), (5, ["本館", "40"])]


VALUES: dict[str, tuple[Any, str, str]] = {
    "text with zeros": ("007", "General", "007"),
    "a number shown with zeros": (7, "000", "007"),
    "a code shown with zeros": (991015, "0000000000", "0000991015"),
    "a longer number than its zeros": (12345, "000", "12345"),
    "no whole number": (7.5, "000", "7.5"),
    "one zero": (7, "0", "7"),
    "a number with a unit": (7, '0"人"', "7"),
    "thousands": (12345, "#,##0", "12345"),
    "a part of a hundred": (0.25, "0%", "0.25"),
    "a fraction": (0.1 + 0.2, "General", "0.3"),
    "yes": (True, "General", "true"),
    "a date": (date(2024, 4, 1), "yyyy/m/d", "2024-04-01"),
    "a date by era": (date(2024, 4, 1), '[$-411]ggge"年"m"月"d"日"', "2024-04-01"),
    "a day of a year that is not shown": (date(2024, 4, 1), 'm"月"d"日"', "2024-04-01"),
    "the first day": (1, "yyyy/m/d", "1900-01-01"),
    "a day before the one that never was": (59, "yyyy/m/d", "1900-02-28"),
    "the day after it": (61, "yyyy/m/d", "1900-03-01"),
    "a year as a number": (2024, '0"年度"', "2024"),
    "a moment": (datetime(2024, 4, 1, 8, 30), "yyyy/m/d h:mm", "2024-04-01T08:30:00"),
    "a moment that is no fraction of a day": (45383.99999999, "yyyy/m/d h:mm", "2024-04-02"),
    "a time": (time(8, 30), "h:mm", "08:30"),
    "a time with seconds": (time(8, 30, 15), "h:mm:ss", "08:30:15"),
    "a time that is no fraction of a day": (1061 / 1440 - 1e-9, "h:mm", "17:41"),
    "midnight": (0, "h:mm", "00:00"),
    "a day": (timedelta(hours=24), "[h]:mm", "24:00"),
    "more than a day": (timedelta(hours=25, minutes=3), "[h]:mm", "25:03"),
    "lines": ("本館\n分館", "General", "本館\n分館"),
    "lines of Windows": ("本館_x000D_\n分館", "General", "本館\r\n分館"),
    "letters of several kinds": (
        CellRichText("本", TextBlock(InlineFont(b=True), "館"), " 1階"), "General", "本館 1階",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("value", "style", "text"), VALUES.values(), ids=VALUES)
def test_a_cell_is_read_as_it_is_shown(value: Any, style: str, text: str, shown: Callable[..., Raw]) -> None:
    def fill(sheet: Any) -> None:
        sheet["B2"] = value
        sheet["B2"].number_format = style

    assert rows_of(shown(made(("名称", "値"), change=fill)))[1] == ["", text]


def test_a_workbook_that_counts_from_1904(shown: Callable[..., Raw]) -> None:
    book = made(
        ("開館日",), (date(1989, 1, 8),), change=lambda sheet: setattr(sheet.parent, "epoch", CALENDAR_MAC_1904)
    )
    assert rows_of(shown(book)) == [["開館日"], ["1989-01-08"]]


def test_how_a_text_is_read_aloud_is_no_part_of_it(shown: Callable[..., Raw]) -> None:
    aloud = '澄浜</t></si><si><t>港</t><rPh sb="0" eb="1"><t>ミナト</t></rPh><phoneticPr fontId="1"/></si><si><t>本館'
    sheet = "<sheetData><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row></sheetData>"
    assert rows_of(shown(workbook(sheet, shared=[aloud]))) == [["澄浜", "港", "本館"]]


ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


def test_errors_are_shown(shown: Callable[..., Raw]) -> None:
    def fill(sheet: Any) -> None:
        for at, error in enumerate(ERRORS, start=2):
            sheet.cell(2, at).value = error
            assert sheet.cell(2, at).data_type == "e"

    book = rewritten(
        saved(made(("名称",), change=fill)),
        "xl/worksheets/sheet1.xml",
        '<c r="C2" t="e">',
        '<c r="C2" t="e"><f>1/0</f>',
    )
    assert rows_of(shown(book))[1] == ["", *ERRORS]
    codes = (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A)
    records = b"".join(record(0x205, "HHHBB", 0, at, 0, code, 1) for at, code in enumerate(codes))
    assert rows_of(shown(old_book(records), "d.xls")) == [list(ERRORS)]
    cells = [cell(each, given='calcext:value-type="error" office:string-value=""') for each in ERRORS]
    assert rows_of(shown(ods(table("一覧", row(*cells))), "d.ods")) == [list(ERRORS)]


def test_a_formula_without_a_result_is_a_problem(shown: Callable[..., Raw]) -> None:
    book = saved(made(("定員", "2部制"), (40, "=A2*2"), (30, "=A3*2")))
    (problem,) = shown(book).problems
    assert (problem.kind, problem.severity, problem.address, problem.details) == (
        "no-value", "error", "B2", {"count": 2},
    )  # fmt: skip
    part = "xl/worksheets/sheet1.xml"
    half = rewritten(book, part, "<f>A2*2</f><v />", "<f>A2*2</f><v>80</v>")
    raw = shown(half)
    assert (raw.problems[0].address, raw.problems[0].details) == ("B3", {"count": 1})
    assert rows_of(raw) == [["定員", "2部制"], ["40", "80"], ["30", ""]]
    empty_text = rewritten(half, part, '<c r="B3"><f>A3*2</f><v />', '<c r="B3" t="str"><f>A3*2</f><v></v>')
    assert shown(empty_text).problems == ()


def test_sheets_are_counted_and_the_first_that_is_seen_is_read(shown: Callable[..., Raw]) -> None:
    book = made(("控え",))
    book["一覧"].sheet_state = "hidden"
    for name, rows in (("表紙", [("澄浜町",)]), ("空", []), ("施設", [("名称",), (), ("本館",)])):
        sheet = book.create_sheet(name)
        for each in rows:
            sheet.append(each)
    book.create_chartsheet("図")
    raw = shown(book)
    assert (raw.origin.sheet, dict(raw.sheets)) == ("表紙", {"表紙": 1, "施設": 2})
    assert [(each.kind, each.details["others"]) for each in raw.problems] == [("other-sheets", "施設")]
    raw = shown(book, sheet="施設")
    assert (rows_of(raw), dict(raw.sheets), raw.problems) == ([["名称"], [""], ["本館"]], {"施設": 2}, ())
    raw = shown(book, sheet="一覧")
    assert (rows_of(raw), dict(raw.sheets)) == ([["控え"]], {})
    with pytest.raises(KawarabanError, match="the workbook has no sheet"):
        shown(book, sheet="図")


def test_the_old_kind_of_workbook(shown: Callable[..., Raw]) -> None:
    raw = shown(HALLS.read_bytes(), "d.xls", sheet="一覧")
    assert rows_of(raw) == [
        ["施設一覧", "", "", "", "", ""],
        ["番号", "名称", "定員", "開館日", "開館時間", "控え"],
        ["001", "本館", "40", "1989-04-01", "08:30", "済"],
        ["002", "分館", "30.5", "2024-12-31", "09:00", "#N/A"],
        ["003", "港の家", "", "2025-01-05", "25:03", "済"],
    ]
    assert raw.merged == ((1, 1, 1, 6),)
    assert dict(shown(HALLS.read_bytes(), "d.xls").sheets) == {"表紙": 1, "一覧": 5}
    shown_sheet, whole = find_hidden(HALLS)
    assert (shown_sheet.columns, shown_sheet.rows, dict(shown_sheet.comments)) == ((6,), (5,), {"B3": "住所を確認"})
    assert shown_sheet.texts[3] == {1: "3", 2: "港の家", 4: "45662", 5: "1.04375", 6: "済"}
    assert whole == Hidden("名簿", True, (), (), {}, ({1: "名称"}, {1: "控え"}))


def test_an_open_document_sheet(shown: Callable[..., Raw], tmp_path: Path) -> None:
    note = "<office:annotation><text:p>住所を確認</text:p></office:annotation>"
    body = ods(
        table(
            "一覧",
            row(cell(), given=times(rows=2)),
            row(cell(given=times(columns=2)), cell("番号"), cell("名称"), cell("定員"), cell("時間"), cell("控え")),
            row(
                cell(given=times(columns=2)), cell("007", "float", 'office:value="7"'),
                cell("本館\n分館", inside=note), cell("1,200", "float", 'office:value="1200"'),
                cell("25:03", "time", 'office:time-value="PT25H03M00S"'), cell("済"),
            ),
            row(cell(given=times(columns=2)), cell("8", "float", 'office:value="8"'), cell("港の家"),
                given='table:visibility="collapse"'),
            row(cell(given=times(columns=16384)), given=times(rows=1048571)),
            columns=f'<table:table-column {times(columns=6)}/><table:table-column table:visibility="collapse"/>',
        ),
        table("名簿", row(cell("海野")), style="gone"),
    )  # fmt: skip
    assert rows_of(shown(body, "d.ods")) == [
        [""] * 7, [""] * 7, ["", "", "番号", "名称", "定員", "時間", "控え"],
        ["", "", "007", "本館\n分館", "1200", "25:03", "済"], ["", "", "8", "港の家", "", "", ""],
    ]  # fmt: skip
    assert find_hidden(tmp_path / "d.ods") == (
        Hidden("一覧", False, (7,), (5,), {"D4": "住所を確認"}, ({7: "控え"}, {7: "済"}, {3: "8", 4: "港の家"})),
        Hidden("名簿", True, (), (), {}, ({1: "海野"},)),
    )


def test_what_an_xlsb_hides_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "d.xlsb").write_bytes(KINDS["xlsb"])
    with pytest.raises(KawarabanError, match="cannot be opened"):
        find_hidden(tmp_path / "d.xlsb")


CLAIMS, SHOWS, BROKEN = (
    "a sheet claims {cells} cells",
    "the cells show {mb} MB of text",
    "this workbook cannot be opened",
)
LONG_TEXT = record(0xFC, "iiHB", 1, 1, 32_000, 0) + b"".join(record(0x3C, "B8000s", 0, b"x" * 8000) for _ in range(4))
LABELS = b"".join(record(0xFD, "HHHI", each, 0, 0, 0) for each in range(60_000))


def changed(body: bytes, place: int, value: int) -> bytes:
    return body[:place] + struct.pack("<I", value) + body[place + 4 :]


# the first chain of sectors begins at the last sector but one
BOMBS: dict[str, tuple[bytes, str]] = {
    "ods: columns": (ods(table("a", row(cell("x", given=times(columns=99_999_999))))), CLAIMS),
    "ods: rows": (ods(table("a", row(cell("x"), given=times(rows=99_999_999)))), CLAIMS),
    "ods: both": (ods(table("a", row(cell("x", given=times(columns=16384)), given=times(rows=1048576)))), CLAIMS),
    "ods: a gap": (
        ods(table("a", row(cell(given=times(columns=999)), cell("x")), row(given=times(rows=10**6)), row(cell("x")))),
        CLAIMS,
    ),
    "ods: a gap of rows without cells": (
        ods(
            table(
                "a", row(cell("x")), f"<table:table-row {times(rows=10**6)}/>",
                row(cell("y", given=times(columns=99))),
            )
        ),
        CLAIMS,
    ),
    "ods: many sheets": (
        ods(*(table(f"{n}", row(cell("x", given=times(columns=1000)), given=times(rows=1000))) for n in range(20))),
        CLAIMS,
    ),
    "ods: texts": (
        ods(table("a", row(cell("x" * 100_000, given=times(columns=1000)), given=times(rows=100)))), SHOWS,
    ),
    "ods: a number in disguise": (
        ods(table("a", row(cell("x", given=times(columns=9).replace("9", "&#57;"))))), BROKEN,
    ),
    "ods: a comment": (ods(table("a", "<!-- </table:table> -->", row(cell("x")))), BROKEN),
    "xls: far cells": (old_book(number(0, 0) + number(65535, 65535)), CLAIMS),
    "xls: a claim": (old_book(record(0x200, "IIHHH", 0, 4 * 10**9, 0, 60_000, 0)), CLAIMS),
    "xls: an old claim": (old_book(record(0x200, "HHHHH", 0, 65535, 0, 65535, 0)), CLAIMS),
    "xls: a claim backwards": (old_book(record(0x200, "IIHHH", 5, 1, 0, 60_000, 0)), CLAIMS),
    "xls: many sheets": (old_book(number(65535, 250), sheets=60), CLAIMS),
    "xls: texts": (old_book(LABELS, LONG_TEXT), SHOWS),
    "xls: more texts than bytes": (old_book(number(0, 0), record(0xFC, "ii", 1, 2 * 10**9)), BROKEN),
    "xls: a circle": (changed(old_book(number(0, 0)), 512 * 10 + 4 * 2, 1), BROKEN),
    "xls: a circle of tables": (changed(changed(old_book(number(0, 0)), 68, 0), 72, 1), BROKEN),
    "xls: more tables than sectors": (changed(old_book(number(0, 0)), 44, 0xFFFFFFFF), BROKEN),
    "xls: more small sectors than sectors": (changed(old_book(number(0, 0)), 64, 0xFFFFFFFF), BROKEN),
    "xls: cut off": (old_book(number(0, 0))[:900], BROKEN),
    "xlsb: far cells": (binary_book(reach(1, 1), binary_row(0, 0), binary_row(2**31, 16383)), CLAIMS),
    "xlsb: a claim": (binary_book(reach(2**31, 2**31)), CLAIMS),
    "an ODS in an XLSX": (
        workbook(
            xml_rows("<c><v>1</v></c>"),
            more={"content.xml": table("a", row(cell("x", given=times(columns=99_999_999))))},
        ),
        CLAIMS,
    ),
}  # fmt: skip
WEIGH = """
import re, resource, sys, time
from pathlib import Path
from kawaraban.errors import KawarabanError
from kawaraban.model import Resource
from kawaraban.reading import read_rows
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
for name in sys.argv[1:]:
    began = time.perf_counter()
    try:
        count = sum(1 for _ in read_rows(Resource("d", name, Path(name), "xlsx", None, {}, None, {}), name).rows)
        told = f"{count} rows"
    except KawarabanError as error:
        told = error.what
    most = re.search(r"VmHWM:\\\\s*(\\\\d+)", Path("/proc/self/status").read_text())[1]
    print(f"{time.perf_counter() - began:.2f}\\\\t{int(most) >> 10}\\\\t{told}")
""".replace("\\\\", "\\")
LARGEST = {
    "ods": (ods(table("a", row(cell("x", given=times(columns=1000)), given=times(rows=10_000)))), "10000 rows"),
    "xls": (old_book(number(0, 0) + number(65535, 158)), "65536 rows"),
}


def weighed(cases: dict[str, tuple[bytes, str]], folder: Path) -> list[tuple[str, float, int, str]]:
    """Give the name of each case, seconds, megabytes, and what was said, all of them read by one other process."""
    for at, (body, _) in enumerate(cases.values()):
        (folder / f"{at}.xls").write_bytes(body)
    names = [str(folder / f"{at}.xls") for at in range(len(cases))]
    done = subprocess.run(
        [sys.executable, "-c", WEIGH, *names], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, (list(cases)[len(done.stdout.splitlines())], done.stderr[-300:])
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [(name, float(line[0]), int(line[1]), line[2]) for name, line in zip(cases, lines, strict=True)]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux counts it")
def test_a_workbook_made_to_fill_a_memory_is_not_opened(tmp_path: Path) -> None:
    for name, seconds, megabytes, told in weighed(BOMBS, tmp_path):
        assert told.startswith(BOMBS[name][1]), name
        assert seconds < 2, name
        assert megabytes < 300, name


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux counts it")
def test_the_largest_that_is_opened_stays_within_bounds(tmp_path: Path) -> None:
    for name, seconds, megabytes, told in weighed(LARGEST, tmp_path):
        assert told == LARGEST[name][1]
        assert seconds < 30, name
        assert megabytes < 2048, name


def test_a_damaged_old_workbook_is_read_or_refused(tmp_path: Path) -> None:
    """What is not read ends as KawarabanError, in whatever place the damage is."""
    given = HALLS.read_bytes()
    some = random.Random(4)  # noqa: S311 - the same damage each time
    file = tmp_path / "d.xls"
    outcomes = Counter()
    for _ in range(400):
        body = bytearray(given)
        for _ in range(some.choice((1, 2, 9))):
            place = some.randrange(len(body))
            body[place : place + 4] = some.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff", some.randbytes(2), b""))
        file.write_bytes(body)
        for look in (lambda: list(read_rows(resource_of(file), "d.xls").rows), lambda: find_hidden(file)):
            try:
                look()
                outcomes["read"] += 1
            except KawarabanError:
                outcomes["refused"] += 1
    assert min(outcomes["read"], outcomes["refused"]) > 50


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "d.xls").write_bytes(body)
    with pytest.raises(KawarabanError, match="locked with a password"):
        read(resource_of(tmp_path / "d.xls"), "d.xls")


def test_every_real_workbook_is_read(real_data: Path) -> None:
    files = [
        file for file in sorted(real_data.rglob("*"))
        if file.suffix.lower() in FAMILY and file.stat().st_size and not re.match("attack", file.name)
    ]  # fmt: skip
    assert len(files) > 50
    for file in files:
        raw = read_rows(resource_of(file), file.name)
        assert rows_of(raw), file


def test_the_merged_cells_of_an_ods_are_told(shown: Callable[..., Raw]) -> None:
    wide, tall = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    covered = "<table:covered-table-cell/>"
    body = ods(
        table(
            "一覧",
            row(cell("名称", given=tall), cell("令和5年度", given=wide), covered),
            row(covered, cell("件数"), cell("人数")),
            row(cell("本館"), cell("3", "float", 'office:value="3"'), cell("40", "float", 'office:value="40"')),
        )
    )
    raw = shown(body, "d.ods")
    assert set(raw.merged) == {(1, 1, 2, 1), (1, 2, 1, 3)}
