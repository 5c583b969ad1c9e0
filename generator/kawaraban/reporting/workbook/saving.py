"""A workbook -> bytes: the same ones on every day, and none in which something is alive."""

import io
import re
import zipfile
from datetime import datetime
from typing import Any

THEN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
AUTHOR = "Kawaraban"
# all the parts that a book of cells, styles and comments has
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
)
LIVE = re.compile(
    rb"<(f|formula\d?|cfRule)[ >/]|<definedName (?!name=\"_xlnm\._FilterDatabase\")|TargetMode=\"External\""
)


class Alive(Exception):
    """Something in the book could act."""


def saved(book: Any) -> bytes:
    """Give the bytes. Raises Alive where a part is in the book that could act; its message names the parts."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.writer.excel import ExcelWriter

    moment = datetime(*THEN)
    book.properties = DocumentProperties(creator=AUTHOR, created=moment, modified=moment)
    first = io.BytesIO()
    with zipfile.ZipFile(first, "w") as archive:
        # not book.save(), which writes the time of day
        ExcelWriter(book, archive).write_data()
    steady = io.BytesIO()
    alive = []
    with zipfile.ZipFile(first) as archive, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            body = archive.read(name)
            if not PARTS.fullmatch(name) or LIVE.search(body):
                alive.append(name)
            entry = zipfile.ZipInfo(name, THEN)
            entry.external_attr = 0o600 << 16
            target.writestr(entry, body, zipfile.ZIP_DEFLATED)
    if alive:
        raise Alive(", ".join(alive))
    return steady.getvalue()
