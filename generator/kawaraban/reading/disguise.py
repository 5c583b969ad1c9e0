"""What a file really is, by its first bytes, whatever its name says."""

import re
from collections.abc import Mapping
from pathlib import Path

from kawaraban.errors import KawarabanError

ENDS = 1 << 16  # bytes looked at, first and last
JSON = re.compile(rb"""\{\s*(?:\}|"[^"]*"\s*:)|\[\s*[\[{]""")  # no CSV begins so
RENAME = "give it the ending {ending}, and correct the name in the descriptor"
EXPORT = "ask for the table it was made of, as Excel or CSV"

# kind -> (what it is, what to do)
SAYINGS: Mapping[str, tuple[str, str]] = {
    "xlsx": ("this is an Excel workbook, whatever its name says", RENAME),
    "xls": ("this is a workbook of the old kind (.xls)", RENAME),
    "locked": ("this workbook is locked with a password", "take the password off in Excel, and save it as .xlsx"),
    "xlsb": ("this is a binary workbook (.xlsb)", RENAME),
    "ods": ("this is an OpenDocument sheet (.ods)", RENAME),
    "word": ("this is a Word document", "copy its table into Excel and save that as .xlsx"),
    "slides": ("this is a set of slides", EXPORT),
    "zip": ("this is a ZIP archive", "unpack it, and put the data file itself here"),
    "packed": ("this is a compressed file", "unpack it, and put the data file itself here"),
    "parquet": ("this is a Parquet file, whatever its name says", RENAME),
    "pdf": ("this is a PDF", EXPORT),
    "picture": ("this is a picture", EXPORT),
    "database": ("this is a database", "export the table from it as CSV"),
    "html": (
        "this is a web page, not data",
        "download the data file itself, or open this in Excel and save it as .xlsx",
    ),
    "xml": ("this is XML", "save it as CSV, .xlsx or GeoJSON in the program that made it"),
    "json": (
        "this is JSON, whatever its name says",
        "give it the ending .json or .geojson, and correct the descriptor",
    ),
    "text": ("this is plain text", "if it is a table, give it the ending .csv, and correct the descriptor"),
}
WORKBOOKS = {"xlsx", "xls", "xlsb", "ods"}  # calamine tells them apart, whatever their names say
ENDINGS = {**{kind: f".{kind}" for kind in WORKBOOKS}, "parquet": ".parquet"}
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"), (b"SQLite format 3\x00", "database"), (b"\x1f\x8b\x08", "packed"), (b"\xfd7zXZ\x00", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"), (b"Rar!\x1a", "packed"), (b"\x28\xb5\x2f\xfd", "packed"),
    (b"\x89PNG\r\n", "picture"), (b"\xff\xd8\xff", "picture"), (b"II*\x00", "picture"), (b"MM\x00*", "picture"),
)  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BELONGS = {
    "csv": {"text"}, "json": {"text", "json"}, "geojson": {"text", "json"}, "xlsx": WORKBOOKS, "parquet": {"parquet"},
}  # fmt: skip


def check_disguise(file: Path, form: str, shown: str) -> None:
    """Raise KawarabanError where a file is of another kind than the form it is read as."""
    found = true_kind(file)
    if found not in BELONGS[form]:
        what, hint = SAYINGS[found]
        raise KawarabanError(what, shown, hint, ending=ENDINGS.get(found, ""))


def true_kind(file: Path) -> str:
    """Give what a file is: a key of SAYINGS; text is all that is nothing else."""
    with file.open("rb") as stream:
        head = stream.read(ENDS)
        stream.seek(max(stream.seek(0, 2) - ENDS, 0))
        tail = stream.read()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(head + tail)
    if head.startswith(OLD_OFFICE):
        # a workbook with a password is such a file too, with a part of this name
        return "locked" if "EncryptedPackage".encode("utf-16-le") in head + tail else "xls"
    if head.startswith(b"PAR1") and b"\x00" in head:
        return "parquet"
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return "packed"
    return next((kind for magic, kind in MAGIC if head.startswith(magic)), None) or _text(head)


def _archive(ends: bytes) -> str:
    """Give what a ZIP archive is, by the names of its parts in its first and last bytes."""
    marks = (
        (b"xl/workbook.bin", "xlsb"), (b"xl/workbook", "xlsx"), (b"word/document", "word"),
        (b"ppt/presentation", "slides"), (b"opendocument.spreadsheet", "ods"), (b"[Content_Types].xml", "xlsx"),
    )  # fmt: skip
    return next((kind for mark, kind in marks if mark in ends), "zip")


def _text(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:100].lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<table")):
        return "html"
    if text.startswith(b"<?xml"):
        return "xml"
    return "json" if JSON.match(text) else "text"
