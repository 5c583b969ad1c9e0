"""What is refused before it is opened: archives that would grow, sheets that claim to be endless."""

import re
import zipfile
from pathlib import Path

from kawaraban.errors import KawarabanError

LARGEST = 500 << 20  # bytes, unpacked
RATIO = 200  # unpacked to packed, looked at above 20 MB
ENTRIES = 10_000
CELLS = 20_000_000  # rows x columns a sheet may claim
DIMENSION = re.compile(rb'<dimension[^>]*ref="[A-Z]+\d+:([A-Z]+)(\d+)"')


def check_archive(file: Path, shown: str) -> None:
    """Raise KawarabanError where the workbook is no archive, or is one made to fill a memory."""
    hint = "open it in Excel, copy the cells that are used into a new workbook, and save that"
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            total = sum(entry.file_size for entry in entries)
            if len(entries) > ENTRIES or total > LARGEST:
                raise KawarabanError("the workbook unpacks to {mb} MB", shown, hint, mb=total >> 20)
            if total > 20 << 20 and total > RATIO * file.stat().st_size:
                raise KawarabanError("the workbook unpacks to {mb} MB", shown, hint, mb=total >> 20)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    with archive.open(entry) as stream:
                        claim = DIMENSION.search(stream.read(4096))
                    if claim and _columns(claim[1]) * int(claim[2]) > CELLS:
                        raise KawarabanError(
                            "a sheet claims {cells} cells", shown, hint, cells=claim[0][-20:].decode()
                        )
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise KawarabanError(
            "this workbook cannot be opened ({detail})", shown, "save it again as .xlsx", detail=error
        ) from None


def _columns(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
