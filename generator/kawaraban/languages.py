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
def catalogue(lang: str, own: Path | None = None) -> dict[str, str]:
    """Give the sentences of one language: English to it. `ja-easy` falls back to `ja`.

    `own` is a town's folder of catalogues, whose sentences come before ours.
    """
    base, _, variant = lang.partition("-")
    known = dict(catalogue(base, own)) if variant else {}
    for file in (folder / f"{lang}.po" for folder in (FOLDER, own) if folder is not None):
        if file.is_file():
            with file.open("rb") as stream:
                for message in read_po(stream, abort_invalid=True):
                    if message.id and message.string and isinstance(message.id, str):
                        known[message.id] = str(message.string)
    return known


def translator(lang: str, own: Path | None = None) -> Callable[[str], str]:
    """Give the function that says an English sentence in `lang`; what is not translated stays English."""
    known = catalogue(lang, own)
    return lambda text: known.get(text, text)


def language_tag(lang: str) -> str:
    """Give a language as the web names it: `ja-easy` is a use of our own (BCP 47), `ja-x-easy`."""
    base, _, variant = lang.partition("-")
    return f"{base}-x-{variant}" if variant == "easy" else lang


def spoken(lang: str) -> str:
    """Give the language that a variant of ours is a way of writing: `ja` for `ja-easy`."""
    return lang.removesuffix("-easy")


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
