"""Files as attackers write them, by hand, and what is said of a file that someone brings."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset
from kawaraban.errors import KawarabanError
from kawaraban.intake import make_table

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def cell(place: str, value: str, kind: str = "") -> str:
    """Give a cell's XML; `kind` s is a shared text."""
    of = f' t="{kind}"' if kind else ""
    return f'<c r="{place}"{of}><v>{value}</v></c>'


def rows(*cells: str) -> str:
    """Give a sheet's XML with a row for each cell, none of which says its number."""
    return "<sheetData>" + "".join(f"<row>{each}</row>" for each in cells) + "</sheetData>"


def workbook(
    *sheets: str, shared: Sequence[str] = (), head: str = HEAD, more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """Give an XLSX of sheets, each as the XML inside its root; `head` stands before each, `more` are other parts."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    targets = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    targets += [("rIdS", "sharedStrings", "sharedStrings.xml")] if shared else []
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(targets),
        **{f"xl/worksheets/sheet{n}.xml": f"{head}<worksheet {MAIN}>{body}</worksheet>" for n, body in
           zip(numbers, sheets, strict=True)},
    }  # fmt: skip
    if shared:
        texts = "".join(f"<si><t>{text}</t></si>" for text in shared)
        files["xl/sharedStrings.xml"] = f"{HEAD}<sst {MAIN}>{texts}</sst>"
    return archive({**files, **(more or {})})


def relations(targets: Sequence[tuple[str, str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Give a ZIP archive of files by path."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in files.items():
            packed.writestr(path, text)
    return body.getvalue()


def claiming(body: bytes, part: str, size: int) -> bytes:
    """Give an archive whose directory says that a part has `size` bytes, whatever it has."""
    changed = bytearray(body)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        length = struct.unpack_from("<H", changed, place + 28)[0]
        if changed[place + 46 : place + 46 + length].decode() == part:
            struct.pack_into("<I", changed, place + 24, size)
        place = changed.find(b"PK\x01\x02", place + 46)
    return bytes(changed)


ONE = rows(cell("A1", "1"), cell("A2", "2"))
FAR = "a sheet claims {cells} cells"
BARE = "<c><v>1</v></c>"
ODD = " s='1' r = 'XFD1048576' >"
LARGE = "the workbook unpacks to {mb} MB"
TYPES = "the workbook declares a document type, which no workbook needs"
BROKEN = "this workbook cannot be opened ({detail})"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
TEXTS = "the cells show {mb} MB of text"


def attacks() -> dict[str, tuple[bytes, str]]:
    """Give attacks by name: the file, and the sentence with which it must be refused."""
    return {
        "two cells far apart": (workbook(rows(cell("A1", "1"), cell("XFD1048576", "2"))), FAR),
        "a row with a far number": (workbook(f'<sheetData><row r="99999999999">{BARE}</row></sheetData>'), FAR),
        "a column that is none": (workbook(rows(cell("Z" * 50 + "1", "1"))), FAR),
        "zeros before a number": (workbook(rows(cell("XFD" + "0" * 15 + "1048576", "1"))), FAR),
        "other quotes": (workbook(f"<sheetData><row r = '9999'>{BARE.replace('>', ODD, 1)}</row></sheetData>"), FAR),
        "a dimension": (workbook(f'<dimension ref="A1:XFD1048576"/>{ONE}'), FAR),
        "many middling sheets": (workbook(*[rows(cell("AZ20000", "1"))] * 60), FAR),
        "a text in many cells": (
            workbook(rows(*(cell(f"A{n}", "0", "s") for n in range(1, 20_001))), shared=["文" * 32_000]), TEXTS
        ),
        "entities": (workbook(ONE, head=f"{HEAD}<!DOCTYPE x [{LAUGHS}]>"), TYPES),
        "a file from outside": (
            workbook(ONE, head=f'{HEAD}<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), TYPES
        ),
        "a size that is a lie": (
            claiming(workbook(ONE + " " * 60_000_000), "xl/worksheets/sheet1.xml", 500), BROKEN
        ),
        "a large part": (workbook(ONE, more={"xl/media/image1.png": bytes(60_000_000)}), LARGE),
        "a part outside": (workbook(ONE, more={"../../x.txt": "x"}), BROKEN),
        "a part cut off": (workbook(ONE)[:700], BROKEN),
    }  # fmt: skip


def told_of(folder: Path, name: str, body: bytes, **resource: Any) -> str:
    """Give the sentence with which the file of a dataset is refused; empty where it is read."""
    (folder / name).write_bytes(body)
    said = {"resources": [{"path": name, "name": "d", **resource}]}
    dataset = build_dataset(folder, "datapackage.json", said, {})
    if dataset.problems:
        return f"{dataset.problems[0].details['what']} — {dataset.problems[0].hint}"
    try:
        make_table(dataset.resources[0], name, Cache(folder / "cache"))
    except KawarabanError as error:
        assert name in error.where
        return f"{error.what} — {error.hint}"
    return ""
