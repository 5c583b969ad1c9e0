"""The words of the interface and of every message, by language. English is in the code, the rest in words/*.po.

The catalogues are read as text, so that a translator changes one file and nothing has to be compiled.
"""

import locale
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "words"
USUAL = "ja"


@cache
def catalogue(lang: str) -> dict[str, str]:
    """Give the sentences of one language: English to it. `ja-easy` falls back to `ja`."""
    base, _, variant = lang.partition("-")
    known = dict(catalogue(base)) if variant else {}
    file = FOLDER / f"{lang}.po"
    if file.is_file():
        with file.open("rb") as stream:
            for message in read_po(stream, abort_invalid=True):
                if message.id and message.string and isinstance(message.id, str):
                    known[message.id] = str(message.string)
    return known


def translator(lang: str) -> Callable[[str], str]:
    """Give the function that says an English sentence in `lang`; what is not translated stays English."""
    known = catalogue(lang)
    return lambda text: known.get(text, text)


def languages() -> list[str]:
    """Give the languages that there are words for."""
    return ["en", *sorted(file.stem for file in FOLDER.glob("*.po"))]


def chosen(asked: str | None = None) -> str:
    """Give the language of messages: the one asked for, else the one of the terminal, else English."""
    for word in (
        asked,
        os.environ.get("LC_ALL"),
        os.environ.get("LC_MESSAGES"),
        os.environ.get("LANG"),
        _system(),
    ):
        name = (word or "").replace("_", "-").split(".")[0].lower()
        for known in sorted(languages(), key=len, reverse=True):
            if name == known or name.startswith(f"{known}-"):
                return known
        if name and name not in ("c", "posix"):
            break
    return "en"


def _system() -> str | None:
    """Give the language of Windows, which sets no variable."""
    try:
        return locale.getlocale()[0]
    except ValueError:
        return None
