"""What is refused before it is opened: workbooks that would grow, that lie, that reach to the end of the world."""

import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from kawaraban.errors import KawarabanError
from kawaraban.reading.binarybook import BOOK, weigh_binary
from kawaraban.reading.disguise import true_kind
from kawaraban.reading.extent import WALKED, Extent, find_extent, shown_letters, text_lengths
from kawaraban.reading.office import BROKEN
from kawaraban.reading.oldbook import weigh_old
from kawaraban.reading.opendocument import CONTENT, find_reach
from kawaraban.reading.unpacking import Lie, parts, unpacked

LARGEST = 500 << 20  # bytes, unpacked
RATIO = 200  # unpacked to packed, looked at above 20 MB
ENTRIES = 10_000
CELLS = 10 << 20  # columns x rows of all sheets: ten columns down to the last row of Excel
TEXT = 200_000_000  # letters that cells show of shared texts
ANEW = "open it in Excel, copy the cells that are used into a new workbook, and save that"

Found = Sequence[tuple[zipfile.ZipInfo, Extent]]


def check_workbook(file: Path, shown: str) -> None:
    """Raise KawarabanError where the workbook, of whatever kind, is none, or is one made to fill a memory."""
    if true_kind(file) != "xls":
        check_archive(file, shown)
        return
    try:
        _check(*weigh_old(file), shown)
    except Lie as error:
        raise _broken(error, shown) from None


def check_archive(file: Path, shown: str) -> None:
    """Raise KawarabanError where the workbook is no archive, or is one made to fill a memory.

    Its parts count, not its name: calamine tries one kind of workbook after another.
    """
    try:
        listed = parts(file, ENTRIES)
        total = sum(part.file_size for part in listed)
        if total > LARGEST or (total > 20 << 20 and total > RATIO * file.stat().st_size):
            raise KawarabanError("the workbook unpacks to {mb} MB", shown, ANEW, mb=total >> 20)
        found = [(part, find_extent(unpacked(file, part))) for part in listed]
        # old writers of ODS declare one in parts that nobody reads
        idle = ("META-INF/", "Object ") if any(part.filename == CONTENT for part in listed) else ()
        if any(each.types and _is_xml(part.filename) and not part.filename.startswith(idle) for part, each in found):
            raise KawarabanError(
                "the workbook declares a document type, which no workbook needs", shown, "save it again with Excel"
            )
        _check(_cells(file, found), 0, shown)
        _check(0, _letters(file, found), shown)
        for part in listed:
            if part.filename == CONTENT:
                _check(*find_reach(unpacked(file, part)), shown)
            elif part.filename == BOOK:
                _check(*weigh_binary(file), shown)
    except (*BROKEN, Lie) as error:
        raise _broken(error, shown) from None


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _check(cells: int, letters: int, shown: str) -> None:
    if cells > CELLS:
        raise KawarabanError("a sheet claims {cells} cells", shown, ANEW, cells=f"{cells:,}")
    if letters > TEXT:
        raise KawarabanError("the cells show {mb} MB of text", shown, ANEW, mb=letters >> 20)


def _broken(error: Exception, shown: str) -> KawarabanError:
    return KawarabanError("this workbook cannot be opened ({detail})", shown, "save it again as .xlsx", detail=error)


def _cells(file: Path, found: Found) -> int:
    """Give for how many cells the sheets make room."""
    sheets = [(part, each) for part, each in found if each.sheet]
    if sum(each.columns * each.rows for _, each in sheets) > CELLS:
        sheets = [(part, find_extent(unpacked(file, part), near=True)) for part, _ in sheets]
    return sum(each.columns * each.rows for _, each in sheets)


def _letters(file: Path, found: Found) -> int:
    """Give how many letters of shared texts the sheets show: not so many that counting pays, or counted."""
    sheets = [(part, each) for part, each in found if each.sheet]
    texts = [(part, each) for part, each in found if each.texts]
    most = max((each.longest for _, each in texts), default=0) * sum(each.cells for _, each in sheets)
    if most <= TEXT or sum(part.file_size for part, _ in (*sheets, *texts)) > WALKED:
        return most
    with zipfile.ZipFile(file) as archive:
        lengths = [text_lengths(archive.open(part)) for part, _ in texts]
        longest = [max(each) for each in zip_longest(*lengths, fillvalue=0)]
        return sum(shown_letters(archive.open(part), longest) for part, _ in sheets)
