"""Fixes -> the files of a dataset. A workbook's go into its recipe, the rest of the descriptor stays as it is."""

from pathlib import Path

from kawaraban.amending import amend
from kawaraban.cache import write_beside
from kawaraban.errors import KawarabanError
from kawaraban.fixing.fixes import Fixing
from kawaraban.model import Dataset, Recipe
from kawaraban.recipe import read_recipe, write_recipe


def descriptor_file(dataset: Dataset) -> Path:
    """Give the descriptor of a dataset."""
    return dataset.folder / Path(dataset.source).name


def with_recipe(content: bytes, dataset: Dataset, recipe: Recipe) -> bytes:
    """Give the bytes of a descriptor with a recipe's fixes in it, and with the recipe where there was none."""
    block, there = write_recipe(recipe), dataset.own.get("tidy")
    path, value = ("kawaraban", "tidy"), block
    if there is not None:
        known = there.get("fixes") or {}
        read = read_recipe({"fixes": known}).fixes  # `from: 12` means "12", and stays as it is
        added = {at: each for at, each in block["fixes"].items() if read.get(at) != recipe.fixes[at]}
        path, value = (*path, "fixes"), {**known, **added}  # type: ignore[assignment]
    return amend(content.decode(), path, value, dataset.source).encode()


def write_fixes(fixing: Fixing, root: Path) -> None:
    """Write every file that changes. Raises KawarabanError, and writes none, where one was changed meanwhile."""
    for file, (before, _) in fixing.files.items():
        if file.read_bytes() != before:
            raise KawarabanError(
                "this file was changed in the meantime", _shown(file, root), "give the same command once more"
            )
    for file, (_, after) in fixing.files.items():
        try:
            write_beside(file, after)
        except OSError as error:
            raise KawarabanError(
                "the file cannot be written ({detail})", _shown(file, root),
                "close it where it is open, and try again", detail=error.strerror or error,
            ) from None  # fmt: skip


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
