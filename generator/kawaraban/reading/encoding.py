"""Which encoding a text file is in, and why we think so."""

import codecs
from pathlib import Path

from kawaraban.errors import KawarabanError

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf8": "utf-8", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "windows-31j": "cp932"}
CHUNK = 1 << 20
ASCII_ALIKE = {"utf-8", "cp932", "euc_jp", "ascii", "iso8859-1"}  # where a byte below 128 is what it looks like


def detect_encoding(file: Path, declared: str | None, shown: str) -> tuple[str, str]:
    """Give the encoding of `file` and the reason: declared, a byte order mark, or the first that decodes it all.

    Raises KawarabanError with the line of the first byte that does not fit.
    """
    with file.open("rb") as stream:
        head = stream.read(4)
    mark = next((name for bom, name in BOMS if head.startswith(bom)), None)
    if declared:
        name = NAMES.get(declared.lower(), declared.lower())
        if name == "utf-8" and mark == "utf-8-sig":
            return mark, "byte order mark"
        line = first_wrong_line(file, name)
        if line is None:
            return name, "declared"
        raise KawarabanError(
            "the text is not {name}, as the descriptor says",
            f"{shown}:{line}",
            "correct `encoding:` (Excel in Japan saves CSV as cp932), or save the file as UTF-8",
            name=declared,
        )
    if mark:
        return mark, "byte order mark"
    for name in ("utf-8", "cp932"):
        if first_wrong_line(file, name) is None:
            return name, "decodes to the last byte"
    raise KawarabanError(
        "the text is neither UTF-8 nor CP932",
        f"{shown}:{first_wrong_line(file, 'utf-8')}",
        "save the file as UTF-8, or name its `encoding:` in the descriptor",
    )


def first_wrong_line(file: Path, encoding: str) -> int | None:
    """Give the line, counted from 1, of the first byte that is not `encoding`; None where all of it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    alike = codecs.lookup(encoding).name in ASCII_ALIKE
    read = 0
    with file.open("rb") as stream:
        while True:
            chunk = stream.read(CHUNK)
            try:
                if not (chunk and alike and chunk.isascii() and not decoder.getstate()[0]):
                    decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _lines(file, read) + error.object[: error.start].count(b"\n")
            except UnicodeError:
                return _lines(file, read)
            if not chunk:
                return None
            read += len(chunk)


def _lines(file: Path, size: int) -> int:
    """Give the line that the byte at `size` stands on."""
    line = 1
    with file.open("rb") as stream:
        while size > 0 and (chunk := stream.read(min(size, CHUNK))):
            line += chunk.count(b"\n")
            size -= len(chunk)
    return line
