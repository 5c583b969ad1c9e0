"""The values of this room: a fix, one that is not written and why, and all of them with the files they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kawaraban.model import Problem


@dataclass(frozen=True, slots=True)
class Fix:
    """A cell of a file as it shows it, the text there, and the text to write; `kind` is the problem it ends."""

    path: str
    sheet: str | None
    row: int
    column: int
    address: str
    label: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Unwritten:
    """A fix that is sure and is not written; `why` is one of hindrances.HINTS, `encoding` that of the file."""

    problem: Problem
    why: str
    encoding: str


@dataclass(frozen=True, slots=True)
class Fixing:
    """What would be done: the fixes in the order of the files, those not written, and each file before and after.

    `recipes` are the workbooks whose fixes go into the descriptor. `more` says that there are fixes beyond these.
    """

    fixes: tuple[Fix, ...]
    unwritten: tuple[Unwritten, ...] = ()
    files: Mapping[Path, tuple[bytes, bytes]] = field(default_factory=dict)
    recipes: tuple[str, ...] = ()
    more: bool = False
