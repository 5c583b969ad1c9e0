"""Real files of towns, as they were published: every row comes out, or the dataset is held and says where.

Set KAWARABAN_REAL_DATA to the folder that holds municipal/MANIFEST.csv. No descriptor says anything of a schema.
"""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kawaraban.catalog import FORMATS
from kawaraban.site import Site

LARGEST = 420_000  # bytes; larger files take longer and show nothing new
SMALLEST_SET = 40  # files at least
WESTERN = {"latin1.csv", "issue-647.csv.txt"}  # French and English files of others
ENDINGS = {".csv", ".tsv", ".txt", ".xlsx", ".geojson"}


def decoded(body: bytes, name: str) -> str | None:
    """Give the text as Python decodes it, strictly; None where it is neither UTF-8, CP932 nor what WESTERN says."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16")
    for encoding in ("utf-8-sig", "cp1252" if name in WESTERN else "cp932"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def rows_of_text(file: Path, delimiter: str, header: int) -> list[list[str]] | None:
    """Give the rows below row `header`, blank ones too, by Python's own csv."""
    text = decoded(file.read_bytes(), file.name)
    if text is None:
        return None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return rows[header:]


def filled_rows_of_workbook(file: Path) -> int:
    """Give how many rows hold something on the first visible sheet, by openpyxl; the first of them is the header."""
    from openpyxl import load_workbook

    book = load_workbook(file, data_only=True, read_only=False)
    sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), book.worksheets[0])
    return sum(any(cell not in (None, "") for cell in row) for row in sheet.iter_rows(values_only=True))


def chosen(real_data: Path) -> list[Path]:
    """Give every readable file of the manifest that is not too large, by the rule alone."""
    folder = real_data / "municipal"
    with (folder / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as stream:
        files = [folder / each["file"] for each in csv.DictReader(stream)]
    assert set(FORMATS) >= ENDINGS
    return [file for file in files if file.suffix.lower() in ENDINGS and file.stat().st_size <= LARGEST]


def test_every_row_of_every_real_file_comes_out_or_is_accounted_for(
    real_data: Path, make_town: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {f"d{number:03}": file for number, file in enumerate(chosen(real_data))}
    assert len(files) >= SMALLEST_SET
    parts: dict[str, str | bytes] = {}
    for slug, file in files.items():
        quoted = json.dumps(file.name, ensure_ascii=False)
        parts[f"datasets/{slug}/datapackage.yaml"] = (
            f"name: {slug}\ntitle: {quoted}\nresources:\n  - path: {quoted}\n"
        )
        parts[f"datasets/{slug}/{file.name}"] = file.read_bytes()
    site = Site(make_town(parts), warn=lambda _: None)
    summary = site.render(tmp_path / "stage")
    assert list(site.entries) == list(files)

    lost, published, held, counted, unread = [], 0, 0, 0, 0
    for slug, file in files.items():
        entry = site.entries[slug]
        if entry.held:
            held += 1
            unread += not entry.verdict.rows
            errors = [each for each in entry.verdict.problems if each.severity == "error"]
            placed = [each for each in errors if each.address or each.kind == "unreadable"]
            if not placed:
                lost.append(f"{file.name}: held, but no problem says where")
            continue
        published += 1
        with (tmp_path / f"stage/datasets/{slug}/{slug}.csv").open(encoding="utf-8", newline="") as stream:
            out = list(csv.reader(stream))[1:]
        counted += len(out)
        if file.suffix.lower() == ".xlsx":
            into, kept = filled_rows_of_workbook(file) - 1, sum(map(any, out))
        elif file.suffix.lower() == ".geojson":
            into, kept = len(json.loads(file.read_text(encoding="utf-8-sig"))["features"]), len(out)
        else:
            header = entry.tables[0].origin.header
            above = any(any(row) for row in (rows_of_text(file, ",", 0) or [])[: header - 1])
            if above != any(each.kind == "title-rows" for each in entry.verdict.problems):
                lost.append(f"{file.name}: rows stand above the header, and nobody says so")
            readings = [rows_of_text(file, mark, header) for mark in ",\t;|"]
            rows = next((each for each in readings if each == out), readings[0])
            into, kept = len(rows or []), len(out)
            if rows != out:
                lost.append(f"{file.name}: the cells that came out are not those of the file")
        if into != kept:
            lost.append(f"{file.name}: {into} rows in the file, {kept} published")
    assert lost == []
    assert published >= 1
    assert (summary.published, summary.held) == (published, held)
    with capsys.disabled():
        print(
            f"\nmunicipal: {len(files)} files, {published} published, {held} held ({unread} unread), {counted} rows"
        )
