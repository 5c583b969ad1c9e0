"""Workbooks that are no XLSX, written by hand: ODS as XML, XLS and XLSB record by record."""

import io
import struct
import zipfile

from attacks import archive, relations

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
END_OF_CHAIN, FREE, OF_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def ods(*tables: str) -> bytes:
    """Give an ODS of such tables; the style `gone` hides one."""
    gone = '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/>'
    body = archive(
        {
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OFFICE}" '
            f'xmlns:table="{TABLE}" xmlns:text="{TEXT}" xmlns:style="{STYLE}" xmlns:calcext="{CALC}">'
            f"<office:automatic-styles>{gone}</style:style></office:automatic-styles><office:body>"
            f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed, zipfile.ZipFile(io.BytesIO(body)) as others:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")  # first, and not compressed
        for name in others.namelist():
            packed.writestr(name, others.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def table(name: str, *rows: str, style: str = "", columns: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{named}>{columns}{"".join(rows)}</table:table>'


def row(*cells: str, given: str = "") -> str:
    return f"<table:table-row {given}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", kind: str = "string", given: str = "", inside: str = "") -> str:
    """Give a cell; without a text an empty one."""
    if not text:
        return f"<table:table-cell {given}/>"
    shown = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}" {given}>{inside}{shown}</table:table-cell>'


def times(rows: int = 0, columns: int = 0) -> str:
    """Give the attribute by which a row or a cell stands so many times."""
    return f'table:number-rows-repeated="{rows}"' if rows else f'table:number-columns-repeated="{columns}"'


def record(kind: int, layout: str = "", *values: object) -> bytes:
    """Give a record of an XLS."""
    body = struct.pack(f"<{layout}", *values)
    return struct.pack("<HH", kind, len(body)) + body


def number(row_: int, column: int, value: float = 1.0) -> bytes:
    return record(0x203, "HHHd", row_, column, 0, value)


def old_book(sheet: bytes, before: bytes = b"", sheets: int = 1) -> bytes:
    """Give an XLS whose sheets all have the same records; `before` are records that stand before them."""
    first, begins, ends = (
        record(0x809, "HHHHII", 0x600, 5, 0, 0, 0, 0),
        record(0x809, "HHHHII", 0x600, 16, 0, 0, 0, 0),
        record(10),
    )
    place = len(first + before) + 14 * sheets + len(ends)
    listed = b"".join(record(0x85, "IBBBB2s", place, 0, 0, 2, 0, b"%02d" % each) for each in range(sheets))
    return compound(first + before + listed + ends + begins + sheet + ends)


def compound(stream: bytes) -> bytes:
    """Give a compound file with the stream `Workbook`: its sectors, one of directory entries, and their chains."""
    stream = stream.ljust(max(8 * SECTOR, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    fats = 1
    while fats * 128 < count + 1 + fats:
        fats += 1
    places = [count + 1 + each for each in range(fats)] + [FREE] * (109 - fats)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, fats, count, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0) + struct.pack(
        "<109I", *places
    )
    fat = [*range(1, count), END_OF_CHAIN, END_OF_CHAIN, *[OF_FAT] * fats]
    fat += [FREE] * (fats * 128 - len(fat))
    entries = _entry("Root Entry", 5, END_OF_CHAIN, 0) + _entry("Workbook", 2, 0, len(stream))
    return head + stream + entries.ljust(SECTOR, b"\0") + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, length: int) -> bytes:
    named = (name + "\0").encode("utf-16-le")
    child = 1 if kind == 5 else FREE
    return named.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", len(named), kind, 1, FREE, FREE, child, start, length)


def binary_book(*records: bytes, shared: bytes = b"") -> bytes:
    """Give an XLSB of one sheet with such records."""
    name = "一覧".encode("utf-16-le")
    key = "rId1".encode("utf-16-le")
    listed = binary(156, struct.pack("<II", 0, 1) + struct.pack("<I", 4) + key + struct.pack("<I", 2) + name)
    targets = [("rId1", "worksheet", "worksheets/sheet1.bin")]
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.bin")]),
            "xl/workbook.bin": binary(131) + binary(143) + listed + binary(144) + binary(132),
            "xl/_rels/workbook.bin.rels": relations(targets),
            "xl/worksheets/sheet1.bin": binary(129) + b"".join(records) + binary(146) + binary(130),
            **({"xl/sharedStrings.bin": shared} if shared else {}),
        }
    )


def binary(kind: int, body: bytes = b"") -> bytes:
    """Give a record of an XLSB."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    return head + bytes([len(body) & 127 | 128, len(body) >> 7 & 127]) + body


def reach(rows: int, columns: int) -> bytes:
    """Give the record of an XLSB sheet that says how far it reaches, and the one that begins its cells."""
    return binary(148, struct.pack("<4I", 0, rows - 1, 0, columns - 1)) + binary(145)


def binary_row(row_: int, *columns: int) -> bytes:
    """Give a row of an XLSB with the number 7 in some columns."""
    cells = (binary(5, struct.pack("<IId", column, 0, 7.0)) for column in columns)
    return binary(0, struct.pack("<I21x", row_)) + b"".join(cells)
