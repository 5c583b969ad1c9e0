"""What the verbs share: the project's configuration, and a bar while datasets are read."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from kawaraban.errors import KawarabanError

Item = TypeVar("Item")
Result = TypeVar("Result")
FEW = 5  # so many are done before a bar could be read


def project(root: Path) -> Path:
    """Give the mkdocs.yml of the project in `root`. Raises KawarabanError where there is none."""
    config = root / "mkdocs.yml"
    if not config.is_file():
        raise KawarabanError(
            "there is no mkdocs.yml in {folder}",
            "",
            "go to the project's folder, or name it with --root",
            folder=root,
        )
    return config


def each(items: Iterable[Item], does: Callable[[Item], Result]) -> list[Result]:
    """Give what `does` gives for each item, with a bar on the terminal where there are many."""
    listed = list(items)
    bar: Any = click.progressbar(listed, file=sys.stderr, hidden=len(listed) < FEW)
    with bar as shown:
        return [does(item) for item in shown]
