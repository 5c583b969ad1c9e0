"""The one error that people see. It says what, where and what to do; the sink adds the word "Error"."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any


class KawarabanError(Exception):
    """Something a person can mend: `what` happened, `where` (file, line, cell or key) and a `hint` what to do.

    `what` and `hint` are sentences with {names} that `values` fill in, so that they can be said in the
    reader's language; the sentences are the keys of the catalogues in words/.
    """

    def __init__(self, what: str, where: str = "", hint: str = "", **values: Any) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint
        self.values = values

    def told(self, say: Callable[[str], str] = str) -> tuple[str, str]:
        """Give what happened and what to do, in the language of `say`."""
        return say(self.what).format(**self.values), say(self.hint).format(**self.values) if self.hint else ""

    def line(self, say: Callable[[str], str] = str) -> str:
        """Give the whole error on one line."""
        what, hint = self.told(say)
        return f"{self.where + ': ' if self.where else ''}{what}{f' — {hint}' if hint else ''}"

    def __str__(self) -> str:
        return self.line()


class BuildFailed(KawarabanError):
    """The site could not be built. The last one is as it was."""


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Give the known word most like `word`, or None where none is like it."""
    found = get_close_matches(str(word), list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def unknown(what: str, word: object, known: Iterable[str], where: str = "") -> KawarabanError:
    """Give the error for a word that is not one of `known`; its hint names the nearest, or else all of them.

    `what` is the sentence, with {word} in it.
    """
    names = list(known)
    guess = nearest(word, names)
    if guess:
        return KawarabanError(what, where, "did you mean {guess}?", word=word, guess=guess)
    return KawarabanError(what, where, "known here: {names}", word=word, names=", ".join(names[:30]))
