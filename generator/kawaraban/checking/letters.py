"""Which odd letters a column holds: looked at once for every sign that minds letters.

A large column is searched as one long string: a million cells cost RE2 one call, not a million.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from kawaraban.checking.sheet import Sheet

# the kanji that CP932 shows where the first two bytes of a kanji in UTF-8 are read as one of its own
BROKEN = bytes(each for lead in range(0xE4, 0xEA) for tail in range(0x80, 0xC0) for each in (lead, tail)).decode(
    "cp932", "ignore"
)
# what Windows-1252 shows where a later byte of UTF-8 is read as a letter of its own
LATER = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# group -> what RE2 and Python find the letters by; clean text shows none
ODD: Mapping[str, str] = {
    "bidi": "[\u202a-\u202e\u2066-\u2069]",
    "invisible": (
        "[\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f\\x7f\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f"
        "\u2028\u2029\u202f\u205f-\u2064\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
        "\U000e0000-\U000e0fff]"
    ),
    "combining": "[\u0300-\u034e\u0350-\u036f\u1161-\u11ff\u3099-\u309c]|[か-ヺ][ﾞﾟ]",
    "mojibake": (
        f"[\ufffd\x80-\x84\x86-\x9f縺繧繝ƒ]|[{BROKEN}][｡-ｿ][{BROKEN}]|‚[^\\x00-\\x7f]‚|[ÂÃÅâãäåæçèéïð][{LATER}]|､[｡-ﾟ]､|･[｡-ﾟ]+･"
        "|[„†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ][¡-ÿ]|¤[¡-ÿ]¤|¥[¡-ÿ]¥|¡¼¥|„[ÅÇÉ]"
    ),
    "lost": "[0-9０-９]\\?[0-9０-９]|[一-鿿]\\?[一-鿿]",
}
FINDERS = {group: re.compile(sign) for group, sign in ODD.items()}
BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Letters:
    """What a column holds beyond plain letters: line breaks, letters that are not ASCII, groups of ODD."""

    ascii: bool = True
    newlines: bool = False
    odd: frozenset[str] = frozenset()


KEPT: WeakKeyDictionary[Sheet, dict[int, Letters]] = WeakKeyDictionary()


def letters(sheet: Sheet, column: int) -> Letters:
    """Give what letters a column holds; ragged rows count."""
    kept = KEPT.setdefault(sheet, {})
    if column not in kept:
        columns = sheet.columns
        texts = [text for _, text in columns.odd(column)]
        texts += columns.lists[column] if columns.lists is not None else []
        found = letters_in("".join(texts))
        kept[column] = found if columns.lists is not None else _add(found, columns.column(column).chunks)
    return kept[column]


def letters_in(text: str) -> Letters:
    """Give what letters a text holds."""
    if text.isascii() and text.isprintable() and "?" not in text:
        return Letters()
    odd = frozenset(group for group, finder in FINDERS.items() if finder.search(text))
    return Letters(text.isascii(), BREAK.search(text) is not None, odd)


def _add(found: Letters, chunks: list[Any]) -> Letters:
    """Give `found` with what the cells of Arrow arrays hold."""
    import numpy as np

    ascii_, newlines, odd = found.ascii, found.newlines, set(found.odd)
    for text, codes in _run_together(chunks):
        least, most = int(codes.min()), int(codes.max())
        newlines = newlines or (least < 0x20 and bool(np.any((codes == 10) | (codes == 13))))
        ascii_ = ascii_ and most < 0x80
        plain = least >= 0x20 and most < 0x7F and not np.any(codes == ord("?"))
        if not plain and _holds(text, "|".join(ODD.values())):
            odd |= {group for group, sign in ODD.items() if group not in odd and _holds(text, sign)}
    return Letters(ascii_, newlines, frozenset(odd))


def _holds(text: Any, sign: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.match_substring_regex(text, sign)).as_py())


def _run_together(chunks: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Give the cells of each chunk as (an Arrow array of one text, its bytes in numpy)."""
    import numpy as np
    import pyarrow as pa

    for chunk in chunks:
        _, offsets, bytes_ = chunk.buffers()
        if not len(chunk) or bytes_ is None:
            continue
        bounds = np.frombuffer(offsets, np.int32)[[chunk.offset, chunk.offset + len(chunk)]]
        codes = np.frombuffer(bytes_, np.uint8)[bounds[0] : bounds[1]]
        if len(codes):
            yield pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(bounds.tobytes()), bytes_]), codes
