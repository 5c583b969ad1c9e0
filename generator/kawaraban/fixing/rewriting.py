"""Single cells of a CSV written anew. Every byte of the others stays as it is: quotes, line ends, encoding, all.

What Python's csv module sees in a file is the law, here as in reading. The file is read again before it is given.
"""

import codecs
import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.reading.size import LETTERS

Place = tuple[int, int]  # row and column, from 1
STEPS = (1 << 16, 1 << 8, 1)  # bytes that are decoded at a time, to find where a letter begins


def can_be_encoded(text: str, encoding: str) -> bool:
    """Say whether a text can be written in an encoding and read from it again."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def write_csv_fixes(content: bytes, fixes: Mapping[Place, str], encoding: str, options: Mapping[str, Any]) -> bytes:
    """Give the bytes of a CSV with the cells at some places holding other texts; `options` are those of `csv.reader`.

    Raises KawarabanError where a place is not in the file, or the file would then not say exactly that.
    """
    plain, start = _without_mark(content, encoding)
    spans = list(_spans(_lines(content[start:], plain), fixes, options))
    if {place for place, *_ in spans} != set(fixes):
        raise _refused()
    ends = sorted({at for _, first, last, _ in spans for at in (first, last)})
    byte = _positions(content, plain, start, ends)
    pieces, done = [], 0
    for place, first, last, (quoted, alone) in spans:
        text = _cell(fixes[place], options, quoted, alone)
        pieces += [content[done : byte[first]], text.encode(plain)]
        done = byte[last]
    written = b"".join([*pieces, content[done:]])
    _compare(content, written, fixes, encoding, options)
    return written


def _refused() -> KawarabanError:
    return KawarabanError("this CSV file cannot be corrected here", "", "correct it in the program that made it")


def _without_mark(content: bytes, encoding: str) -> tuple[str, int]:
    """Give the encoding of what follows the byte order mark, and where that begins."""
    name = codecs.lookup(encoding).name
    if name == "utf-8-sig":
        return "utf-8", len(codecs.BOM_UTF8) * content.startswith(codecs.BOM_UTF8)
    if name == "utf-16":
        big = content.startswith(codecs.BOM_UTF16_BE)
        marked = big or content.startswith(codecs.BOM_UTF16_LE)
        return ("utf-16-be" if big else "utf-16-le"), 2 * marked
    return encoding, 0


def _lines(content: bytes, encoding: str) -> Iterator[str]:
    # a reader, so that no encoder is asked for: some of our encodings have none
    return iter(io.TextIOWrapper(io.BufferedReader(io.BytesIO(content)), encoding=encoding, newline=""))


def _rows(lines: Iterable[str], options: Mapping[str, Any]) -> Iterator[list[str]]:
    csv.field_size_limit(LETTERS)  # each time: frictionless takes the limit away when it is imported
    return csv.reader(lines, **options)


def _spans(
    lines: Iterator[str], places: Iterable[Place], options: Mapping[str, Any]
) -> Iterator[tuple[Place, int, int, tuple[bool, bool]]]:
    """Give where some cells stand in the text, from which letter to which, and whether they are quoted, and alone."""
    wanted: dict[int, list[int]] = {}
    for row, column in places:
        wanted.setdefault(row, []).append(column)
    taken: list[str] = []

    def seen() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    at = 0
    for number, _ in enumerate(_rows(seen(), options), start=1):
        record = "".join(taken)  # the reader takes no line more than a row needs
        taken.clear()
        if number in wanted:
            cells = cell_spans(record, options)
            for column in sorted(each for each in wanted[number] if each <= len(cells)):
                first, last = cells[column - 1]
                quoted = record.startswith(options.get("quotechar", '"'), first, last)
                yield (number, column), at + first, at + last, (quoted, len(cells) == 1)
        at += len(record)


def cell_spans(record: str, options: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Give where each cell of a row stands in its text, as Python's csv cuts it; quotes belong to a cell."""
    delimiter, quote = options.get("delimiter", ","), options.get("quotechar", '"')
    escape, skipping = options.get("escapechar"), bool(options.get("skipinitialspace"))
    spans: list[tuple[int, int]] = []
    state, start = "start", 0
    for at, letter in enumerate(record):
        if state == "escaped":
            state = "plain"
        elif state == "escaped in quotes":
            state = "quoted"
        elif state == "quoted":
            state = "escaped in quotes" if letter == escape else "quote" if letter == quote else state
        elif state == "quote" and letter == quote:
            state = "quoted"
        elif letter in "\r\n":
            return [*spans, (start, at)] if at else []
        elif state == "start" and letter == quote:
            state = "quoted"
        elif state != "quote" and letter == escape:
            state = "escaped"
        elif state == "start" and letter == " " and skipping:
            start = at + 1
        elif letter == delimiter:
            spans.append((start, at))
            state, start = "start", at + 1
        else:
            state = "plain"
    return [*spans, (start, len(record))]


def _cell(text: str, options: Mapping[str, Any], quoted: bool, alone: bool) -> str:
    """Give a cell as it is written: in quotes where it was, or where it must be."""
    delimiter, quote, escape = options.get("delimiter", ","), options.get("quotechar", '"'), options.get("escapechar")
    needs = any(each in text for each in (delimiter, quote, "\r", "\n")) or (alone and not text)
    if options.get("skipinitialspace"):
        needs = needs or (text or delimiter).startswith(" ")
    if escape:
        needs = needs or escape in text
        text = text.replace(escape, escape + escape)
    return f"{quote}{text.replace(quote, quote + quote)}{quote}" if quoted or needs else text


def _positions(content: bytes, encoding: str, start: int, letters: Sequence[int]) -> dict[int, int]:
    """Give the byte at which each of some letters begins; they are numbered from 0, in order, from `start`."""
    decoder = codecs.getincrementaldecoder(encoding)()
    found = {0: start}

    def look(begin: int, end: int, before: int, wanted: Sequence[int], steps: Sequence[int]) -> None:
        """Find the wanted letters from `begin` to `end`, where `before` letters are known to be before."""
        step = steps[0]
        for at in range(begin, end, step):
            state = decoder.getstate()
            after = before + len(decoder.decode(content[at : min(at + step, end)]))
            here = wanted[bisect_right(wanted, before) : bisect_right(wanted, after)]
            if here and step == 1:
                found.update(dict.fromkeys(here, at + 1))
            elif here:
                decoder.setstate(state)
                look(at, min(at + step, end), before, here, steps[1:])
            before = after

    look(start, len(content), 0, letters, STEPS)
    return found


def _compare(
    content: bytes, written: bytes, fixes: Mapping[Place, str], encoding: str, options: Mapping[str, Any]
) -> None:
    """Raise KawarabanError where the new file says anything but the old one with the fixes."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in fixes.items():
        by_row.setdefault(row, []).append((column, text))
    old, new = (_rows(_lines(each, encoding), options) for each in (content, written))
    try:
        for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
            for column, text in by_row.get(number, ()):
                before[column - 1] = text
            if before != after:
                raise _refused()
    except (ValueError, csv.Error):
        raise _refused() from None
