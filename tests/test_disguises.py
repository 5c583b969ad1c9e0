"""A file is known by its bytes, and a workbook made to fill a memory is never opened."""

import subprocess
import sys
from pathlib import Path

import pytest

from attacks import attacks, cell, rows, told_of, workbook
from kawaraban.catalog import OTHERS
from kawaraban.languages import catalogue
from kawaraban.reading.disguise import SAYINGS, true_kind
from kawaraban.reading.guard import check_archive

SHEET = workbook(rows(cell("A1", "1"), cell("A2", "2")))
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
KINDS: dict[str, bytes] = {
    "xlsx": SHEET,
    "xls": OFFICE + "Workbook".encode("utf-16-le"),
    "locked": OFFICE + "EncryptedPackage".encode("utf-16-le"),
    "xlsb": SHEET.replace(b"xl/workbook.xml", b"xl/workbook.bin"),
    "ods": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" + bytes(40),
    "word": b"PK\x03\x04" + bytes(26) + b"word/document.xml" + bytes(40),
    "slides": b"PK\x03\x04" + bytes(26) + b"ppt/presentation.xml" + bytes(40),
    "zip": b"PK\x03\x04" + bytes(26) + b"../../x.csv" + bytes(40),
    "packed": b"\x1f\x8b\x08" + bytes(40),
    "parquet": b"PAR1\x15\x00" + bytes(40) + b"PAR1",
    "pdf": b"%PDF-1.7\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "database": b"SQLite format 3\x00",
    "html": "\ufeff\n<!DOCTYPE html><html><table>".encode(),
    "xml": b'<?xml version="1.0"?><kml>',
    "json": b'{"type": "FeatureCollection", "features": []}',
    "text": "名称,住所\n".encode("cp932"),
}


@pytest.mark.parametrize("kind", SAYINGS)
def test_a_file_is_known_by_its_bytes_whatever_its_name(kind: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(KINDS[kind])
    assert true_kind(tmp_path / "x") == kind
    other = "d.csv" if kind != "text" else "d.xlsx"
    what, hint = SAYINGS[kind]
    assert told_of(tmp_path, other, KINDS[kind]) == f"{what} — {hint}"
    japanese = catalogue("ja")
    assert {what, hint} <= set(japanese)


@pytest.mark.parametrize(
    "text", ["PAR1,PAR2\n1,2\n", "PK,名称\n1,本館\n", "BZh9,a\n1,2\n", "[甲],乙\n1,2\n", "{a},b\n1,2\n"]
)
def test_a_table_that_only_begins_like_something_else_is_a_table(text: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, "d.csv", text.encode()) == ""


@pytest.mark.parametrize("ending", OTHERS)
def test_an_ending_that_is_not_read_has_its_hint(ending: str, tmp_path: Path) -> None:
    assert told_of(tmp_path, f"d{ending}", b"x").endswith(f" — {OTHERS[ending]}")
    assert OTHERS[ending] in catalogue("ja")


WEIGH = """
import re, sys, time
from pathlib import Path
from kawaraban.errors import KawarabanError
from kawaraban.reading.guard import check_archive
for name in sys.argv[1:]:
    began = time.perf_counter()
    try:
        check_archive(Path(name), "d.xlsx")
        told = "let pass"
    except KawarabanError as error:
        told = error.what
    seconds = time.perf_counter() - began
    most = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]
    print(f"{seconds:.2f}\\t{int(most) >> 10}\\t{told}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux counts it")
def test_no_attack_in_a_workbook_is_opened(tmp_path: Path) -> None:
    cases = attacks()
    for number, (body, _) in enumerate(cases.values()):
        (tmp_path / f"{number}.xlsx").write_bytes(body)
    names = [str(tmp_path / f"{number}.xlsx") for number in range(len(cases))]
    done = subprocess.run(
        [sys.executable, "-c", WEIGH, *names], capture_output=True, text=True, timeout=60, check=True
    )
    for (name, (_, told)), line in zip(cases.items(), done.stdout.splitlines(), strict=True):
        seconds, megabytes, found = line.split("\t")
        assert found == told, name
        assert float(seconds) < 2, name
        assert int(megabytes) < 300, name


def test_workbooks_as_they_occur_are_let_pass(tmp_path: Path) -> None:
    kept = {
        "plain": workbook(rows(cell("A1", "1"), cell("B2", "2"))),
        "wide and short": workbook(rows(cell("A1", "1"), cell("XFD200", "2"))),
        "long memos": workbook(
            rows(*(cell(f"A{n}", str(min(n, 2) - 1), "s") for n in range(1, 20_001))), shared=["文" * 8000, "可"]
        ),
        "another archive inside": workbook(rows(cell("A1", "1")), more={"xl/embeddings/x.xlsx": SHEET}),
    }
    for name, body in kept.items():
        file = tmp_path / f"{name}.xlsx"
        file.write_bytes(body)
        check_archive(file, name)
