"""EUC-JP and ISO-2022-JP with the letters that NEC and IBM added (①, ㈱, 髙, 﨑): Python has no such codec.

`eucjp-ms` and `cp50221` are known to `open` once this module is imported.
"""

import codecs
from collections.abc import Callable
from typing import Any

BASES = {"eucjp_ms": "euc_jp", "cp50221": "iso2022_jp_ext"}
ADDED = {0x2D, *range(0x79, 0x7D)}  # rows of the plane: NEC's, and IBM's as NEC has them
SPARE = b"\x8f"  # in EUC: a letter of three bytes


def _shift(row: int, cell: int) -> bytes:
    """Give a place in the plane (each from 0x21) as CP932 has it."""
    lead = (row - 0x21) // 2 + 0x81
    trail = cell + (0x7E if row % 2 == 0 else 0x1F + (cell > 0x5F))
    return bytes([lead + (0x40 if lead > 0x9F else 0), trail])


def _spare() -> dict[bytes, str]:
    """Give IBM's letters by their place in EUC, without those that JIS X 0212 has."""
    trails = [trail for trail in range(0x40, 0xFD) if trail != 0x7F]
    pairs = [bytes([lead, trail]) for lead in (0xFA, 0xFB, 0xFC) for trail in trails]
    listed = b"".join(pairs[: pairs.index(b"\xfc\x4b") + 1]).decode("cp932")
    own = [each for each in listed if each == "№" or not (each in "￢￤∵" or _is_known(each))]
    places = [(0xF3, trail) for trail in range(0xF3, 0xFF)] + [(0xF4, trail) for trail in range(0xA1, 0xFF)]
    return {bytes(place): letter for place, letter in zip(places, own, strict=True)}


def _is_known(letter: str) -> bool:
    try:
        letter.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return True


SPARES = _spare()


def _found(error: UnicodeDecodeError) -> tuple[str, int] | None:
    """Give the letter at an error, and where to go on."""
    here = error.object[error.start : error.start + 3]
    if here[:1] == SPARE and here[1:] in SPARES:
        return SPARES[here[1:]], error.start + 3
    half = error.encoding == "euc_jp"
    codes = [each - 0x80 for each in here[:2]] if half else list(here[:2])
    if len(codes) == 2 and codes[0] in ADDED and 0x21 <= codes[1] <= 0x7E:
        letter = _shift(*codes).decode("cp932", "replace")
        return (letter, error.start + 2) if len(letter) == 1 else None
    return None


def _handler(errors: str) -> str:
    """Give the name of the error handler that looks for an added letter before it does as `errors` says."""
    name = f"added-letters-{errors}"
    then = codecs.lookup_error(errors)

    def mend(error: UnicodeError) -> tuple[str | bytes, int]:
        return (isinstance(error, UnicodeDecodeError) and _found(error)) or then(error)

    codecs.register_error(name, mend)
    return name


def _search(name: str) -> codecs.CodecInfo | None:
    if name not in BASES:
        return None
    base = codecs.lookup(BASES[name])
    first: Callable[[str], Any] = codecs.getincrementaldecoder(BASES[name])

    def decode(body: bytes, errors: str = "strict") -> tuple[str, int]:
        return first(_handler(errors)).decode(bytes(body), True), len(body)

    def decoder(errors: str = "strict") -> Any:
        return first(_handler(errors))

    return codecs.CodecInfo(base.encode, decode, incrementaldecoder=decoder, name=name)  # type: ignore[arg-type]


codecs.register(_search)
