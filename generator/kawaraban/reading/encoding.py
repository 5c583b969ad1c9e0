"""Which encoding a text file is in, and why we think so."""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from kawaraban.errors import KawarabanError
from kawaraban.reading import extended  # noqa: F401 - makes its codecs known
from kawaraban.reading.likely import bits, is_broken, strangeness

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf8": "utf-8", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "windows-31j": "cp932"}
CHUNK = 1 << 20
# where a byte below 128 is what it looks like
ASCII_ALIKE = {"utf-8", "cp932", "euc_jp", "eucjp_ms", "ascii", "iso8859-1", "cp1252"}
# what is told apart: its codecs, the plainest first, and what it is called
FAMILIES = {
    "utf-8": (("utf-8",), "UTF-8"),
    "utf-8-sig": (("utf-8-sig",), "UTF-8"),
    "cp932": (("cp932",), "CP932 (Shift_JIS)"),
    "euc_jp": (("euc_jp", "eucjp-ms"), "EUC-JP"),
    "iso2022_jp": (("iso2022_jp", "iso2022_jp_ext", "cp50221", "iso2022_jp_2", "iso2022_jp_2004"), "ISO-2022-JP"),
    "utf-16": (("utf-16",), "UTF-16"),
    "utf-16-le": (("utf-16-le",), "UTF-16"),
    "utf-16-be": (("utf-16-be",), "UTF-16"),
    "cp1252": (("cp1252",), "Windows-1252 (Latin-1)"),
}
ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([IJ])")
BEYOND = re.compile(rb"[\x80-\xff]")
WEIGHED = ("utf-8", "cp932", "euc_jp", "cp1252")
WIDE = ("utf-16-le", "utf-16-be")
BEFOREHAND = {"cp1252": 6.0}  # bits; towns of Japan seldom write so
SAMPLE = 1 << 15  # bytes that are weighed
CLOSE = 1.2  # times the bits of the likeliest
WESTERN, JAPANESE = 11.5, 15.0  # bits of a letter beyond ASCII; with more it is no text in any of these
BROKEN = 0.1  # of the letters beyond ASCII; the same
REASONS = {
    "declared": "the descriptor says so",
    "mark": "the file begins with a byte order mark",
    "utf-8": "all of it is valid UTF-8",
    "iso2022_jp": "it has the escape sequences of ISO-2022-JP",
    "cp1252": "it reads as a Western European language so, and in no encoding as Japanese",
    "": "it reads as Japanese so, and worse in other encodings",
}


def detect_encoding(file: Path, declared: str | None, shown: str) -> tuple[str, str]:
    """Give the encoding of `file` and the reason, one of REASONS.

    Valid UTF-8 is UTF-8. Otherwise a sample is read in each encoding, and weighed by how likely its letters are.
    Raises KawarabanError with the line of the first byte that does not fit.
    """
    with file.open("rb") as stream:
        head = stream.read(CHUNK)
    mark = next((name for bom, name in BOMS if head.startswith(bom)), None)
    if declared:
        return _declared(file, declared, mark, head, shown), REASONS["declared"]
    if mark:
        return _fitting(file, mark, shown), REASONS["mark"]
    if head.isascii() and ESCAPE.search(head):
        return _fitting(file, "iso2022_jp", shown), REASONS["iso2022_jp"]
    wide = b"\0" in head[:SAMPLE]  # a table in UTF-16 has commas and line ends
    if not wide and first_wrong_line(file, "utf-8") is None:
        return "utf-8", REASONS["utf-8"]
    name = _likeliest(file, head[:SAMPLE] if wide else _sample(file), WEIGHED + WIDE * wide, shown)
    return _fitting(file, name, shown), REASONS.get(name, REASONS[""])


def _declared(file: Path, declared: str, mark: str | None, head: bytes, shown: str) -> str:
    name = NAMES.get(declared.lower(), declared.lower())
    if name == "utf-8" and mark == "utf-8-sig":
        return mark
    if codecs.lookup(name).name == "utf-16" and not mark:  # where Python takes it for little-endian
        name = min(("utf-16-le", "utf-16-be"), key=lambda each: bits(_read(head[:SAMPLE], each)))
    codes, _ = FAMILIES.get(codecs.lookup(name).name, ((), ""))
    for each in (name, *codes[1:]):
        if first_wrong_line(file, each) is None:
            return each
    raise KawarabanError(
        "the text is not {name}, as the descriptor says",
        f"{shown}:{first_wrong_line(file, name)}",
        "correct `encoding:` (Excel in Japan saves CSV as cp932), or save the file as UTF-8",
        name=declared,
    )


def _fitting(file: Path, name: str, shown: str) -> str:
    """Give the first codec of a family that reads all of the file. Raises KawarabanError where none does."""
    codes, called = FAMILIES[name]
    reached = 0
    for code in codes:
        line = first_wrong_line(file, code)
        if line is None:
            return code
        reached = max(reached, line)
    raise KawarabanError(
        "the text is in {name}, but some bytes of this line are not",
        f"{shown}:{reached}",
        "type the line anew, or save the file as UTF-8 from the program that made it",
        name=called,
    )


def _likeliest(file: Path, sample: bytes, names: Sequence[str], shown: str) -> str:
    """Give the encoding in which a sample is likeliest; one nearly as likely that reads all of the file goes before.

    Raises KawarabanError where it is not likely in any.
    """
    texts = {name: _read(sample, FAMILIES[name][0][-1]) for name in names}
    plain = 0.0 if len(names) > len(WEIGHED) else bits(sample.decode("ascii", "ignore"))
    weights = {name: bits(text) - plain + BEFOREHAND.get(name, 0.0) for name, text in texts.items()}
    ranked = sorted(weights, key=weights.__getitem__)
    best = texts[ranked[0]]
    if strangeness(best) > (WESTERN if ranked[0] == "cp1252" else JAPANESE) or is_broken(best, BROKEN):
        raise KawarabanError(
            "the encoding of the text cannot be told",
            f"{shown}:{first_wrong_line(file, 'utf-8') or 1}",
            "save the file as UTF-8, or name its `encoding:` in the descriptor",
        )
    close = [name for name in ranked if weights[name] <= CLOSE * weights[ranked[0]]]
    if len(close) < 2:
        return ranked[0]
    return next((name for name in close if _fits(file, name)), ranked[0])


def _fits(file: Path, name: str) -> bool:
    return any(first_wrong_line(file, code) is None for code in FAMILIES[name][0])


def _sample(file: Path) -> bytes:
    """Give the first lines of a file that are not ASCII."""
    taken: list[bytes] = []
    size = 0
    for line in _lines_beyond(file):
        found = BEYOND.search(line)
        taken.append(line[found.start() if found and len(line) > SAMPLE else 0 :] + b"\n")
        size += len(taken[-1])
        if size >= SAMPLE:
            break
    return b"".join(taken)[:SAMPLE]


def _lines_beyond(file: Path) -> Iterator[bytes]:
    """Give the lines that are not ASCII; a very long one in parts."""
    rest = b""
    with file.open("rb") as stream:
        for chunk in iter(partial(stream.read, CHUNK), b""):
            body = rest + chunk
            if body.isascii():
                rest = body[body.rfind(b"\n") + 1 :][-CHUNK:]
                continue
            *lines, rest = body.split(b"\n")
            yield from (line for line in lines if not line.isascii())
            if len(rest) > CHUNK:
                yield rest
                rest = b""
    if not rest.isascii():
        yield rest


def _read(sample: bytes, name: str) -> str:
    """Give a text that may be cut within its last letter."""
    return codecs.getincrementaldecoder(name)("replace").decode(sample, False)


def first_wrong_line(file: Path, encoding: str) -> int | None:
    """Give the line, counted from 1, of the first byte that is not `encoding`; None where all of it is."""
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding  # which does not count its mark
    decoder = codecs.getincrementaldecoder(encoding)()
    alike = codecs.lookup(encoding).name in ASCII_ALIKE
    read = 0
    with file.open("rb") as stream:
        while True:
            chunk = stream.read(CHUNK)
            held = len(decoder.getstate()[0])
            try:
                if not (chunk and alike and chunk.isascii() and not held):
                    decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _lines(file, read - held + error.start, encoding)
            except UnicodeError:
                return _lines(file, read, encoding)
            if not chunk:
                return None
            read += len(chunk)


def _lines(file: Path, size: int, encoding: str) -> int:
    """Give the line that the byte at `size` stands on."""
    wide = codecs.getincrementaldecoder(encoding)("replace") if encoding.startswith("utf-16") else None
    line = 1
    with file.open("rb") as stream:
        while size > 0 and (chunk := stream.read(min(size, CHUNK))):
            line += wide.decode(chunk).count("\n") if wide else chunk.count(b"\n")
            size -= len(chunk)
    return line
