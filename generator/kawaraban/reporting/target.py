"""Where a report goes, as far as its writing depends on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A terminal `width` letters wide that shows `colour`, or a file, whose lines are as long as they are (None).

    `prefix` leads from the top of the repository to the project.
    """

    colour: bool = False
    width: int | None = None
    prefix: str = ""
