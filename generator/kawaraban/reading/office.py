"""The parts of an Office Open XML archive: which refers to which, and their XML as a stream of events.

expat walks through a part; no tree is built, and a document type, where entities would come from, is refused.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import IO, Any
from xml.parsers import expat

CHUNK = 1 << 20  # bytes
MOST = 32 << 20  # bytes of a part that are walked, where nothing else is asked
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, OSError, EOFError, RuntimeError, NotImplementedError,
    ValueError, LookupError,
)  # fmt: skip


class Enough(Exception):
    """The rest of a part need not be walked."""


def walk(
    stream: IO[bytes],
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    words: Callable[[str], None] | None = None,
    most: int = MOST,
) -> bool:
    """Walk through a part, calling at each start, end and text; until `Enough`, or for `most` bytes.

    Says whether it came to the end. Names are local, without the prefix of their namespace. Raises one of BROKEN.
    """
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: start(name.rpartition(":")[2], given)
    parser.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if end else None
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = _refuse
    read = 0
    with stream:
        try:
            while chunk := stream.read(CHUNK):
                if read >= most:
                    return False
                parser.Parse(chunk, False)
                read += len(chunk)
            parser.Parse(b"", True)
        except Enough:
            pass
    return True


def relations(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Give (kind, id, target) of what a part refers to inside of the archive; `part` is empty for the archive."""
    folder, name = posixpath.split(part)
    found: list[tuple[str, str, str]] = []

    def start(tag: str, given: Mapping[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
            found.append((given.get("Type", "").rpartition("/")[2], given.get("Id", ""), target))

    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path in archive.NameToInfo:
        walk(archive.open(path), start)
    return found


def listed_sheets(archive: zipfile.ZipFile) -> tuple[str, list[tuple[str, bool, str]]]:
    """Give the part that is the workbook, and (name, whether it is hidden, part) of its sheets."""
    book = next((target for kind, _, target in relations(archive, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = {key: target for kind, key, target in relations(archive, book) if kind == "worksheet"}
    listed: list[tuple[str, bool, str]] = []

    def start(tag: str, given: Mapping[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in given.items() if name.rpartition(":")[2] == "id"), "")
            hidden = given.get("state", "visible") in ("hidden", "veryHidden")
            listed.append((given.get("name", ""), hidden, parts.get(key, "")))

    walk(archive.open(book), start)
    return book, listed


def _refuse(*_: object) -> None:
    raise ValueError("it declares a document type")
