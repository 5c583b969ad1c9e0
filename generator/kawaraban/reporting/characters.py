"""Letters that a cell may hold and a report may not: they act on a terminal, turn a line round, or are no text."""

from collections.abc import Iterator


def _seen() -> Iterator[tuple[int, str]]:
    """Give each such letter with what is shown in its place."""
    yield from ((code, chr(0x2400 + code)) for code in range(32))
    yield from ((code, "⏎") for code in (0x0A, 0x2028, 0x2029))
    yield 0x7F, "␡"
    named = (
        *range(0x80, 0xA0), 0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2065),
        *range(0x2066, 0x2070), 0xFEFF, *range(0xE0000, 0xE0080),
    )  # fmt: skip
    yield from ((code, f"<U+{code:04X}>") for code in named)
    yield from ((code, "\ufffd") for code in (*range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


SEEN = dict(_seen())


def plain(text: str) -> str:
    """Give text on one line, in which every letter that acts, or cannot be seen, is seen and does nothing."""
    return text.replace("\r\n", "\n").translate(SEEN)
