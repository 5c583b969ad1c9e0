"""The smallest workbooks that the signs' examples need: cells as text, with what is hidden and commented."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from kawaraban.model import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet: its rows, its state, the numbers of hidden columns and rows, and comments by cell."""

    name: str
    rows: Sequence[Sequence[str]]
    state: str = "visible"
    hidden_columns: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    comments: Mapping[str, str] = field(default_factory=dict)


def workbook(*sheets: BookSheet, prologue: str = "") -> bytes:
    """Give the bytes of an XLSX of such sheets; `prologue` stands before its comments."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:

        def put(path: str, text: str) -> None:
            archive.writestr(zipfile.ZipInfo(path), text)

        put("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        listed = [(f"rId{at}", each) for at, each in enumerate(sheets, 1)]
        put(
            "xl/_rels/workbook.xml.rels",
            _relations([(key, "worksheet", f"worksheets/{key}.xml") for key, _ in listed]),
        )
        entries = "".join(
            f'<sheet name="{escape(each.name)}" sheetId="{key[3:]}" state="{each.state}" r:id="{key}"/>'
            for key, each in listed
        )
        put(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>',
        )
        for key, each in listed:
            put(f"xl/worksheets/{key}.xml", _sheet(each))
            if each.comments:
                put(f"xl/worksheets/_rels/{key}.xml.rels", _relations([("rId1", "comments", f"../{key}.xml")]))
                notes = "".join(
                    f'<comment ref="{cell}" authorId="0"><text><t>{escape(text)}</t></text></comment>'
                    for cell, text in each.comments.items()
                )
                put(
                    f"xl/{key}.xml",
                    f'{prologue}<comments xmlns="{MAIN}"><commentList>{notes}</commentList></comments>',
                )
    return stream.getvalue()


def _sheet(sheet: BookSheet) -> str:
    columns = "".join(f'<col min="{each}" max="{each}" hidden="1"/>' for each in sheet.hidden_columns)
    rows = "".join(
        f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in sheet.hidden_rows else ""}>'
        + "".join(
            f'<c r="{column_letters(column)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for column, text in enumerate(cells, 1)
        )
        + "</row>"
        for number, cells in enumerate(sheet.rows, 1)
    )
    cols = f"<cols>{columns}</cols>" if columns else ""
    return f'<worksheet xmlns="{MAIN}">{cols}<sheetData>{rows}</sheetData></worksheet>'


def _relations(listed: Sequence[tuple[str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in listed
    )
    return f'<Relationships xmlns="{PACKAGE}">{entries}</Relationships>'
