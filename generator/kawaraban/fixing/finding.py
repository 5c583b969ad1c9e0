"""A dataset -> the fixes of it: applied to a copy, checked again, to the point where there is nothing more to fix."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

from kawaraban.cache import Cache
from kawaraban.errors import KawarabanError
from kawaraban.fixing.fixes import Fix, Fixing, Unwritten
from kawaraban.fixing.hindrances import hindrance
from kawaraban.fixing.rewriting import Place, write_csv_fixes
from kawaraban.fixing.writing import descriptor_file, with_recipe
from kawaraban.intake import Intake, take_in
from kawaraban.model import Dataset, Origin, Problem, Recipe, Resource, Table
from kawaraban.reading import read_rows
from kawaraban.reading.text import csv_options

ROUNDS = 50  # a check tells the first thousand of a kind
CHANGES = 5  # of one cell


@dataclass(slots=True)
class _File:
    """A resource whose cells are fixed: its table as it was, the texts that stand there and that should, by place."""

    resource: Resource
    table: Table
    content: bytes = b""
    olds: dict[Place, str] = field(default_factory=dict)
    news: dict[Place, list[str]] = field(default_factory=dict)
    problems: dict[Place, Problem] = field(default_factory=dict)
    refused: dict[Place, Unwritten] = field(default_factory=dict)

    @property
    def texts(self) -> dict[Place, str]:
        return {place: texts[-1] for place, texts in self.news.items() if texts[-1] != self.olds[place]}

    def refuse(self, place: Place, why: str, problem: Problem | None = None) -> None:
        """Leave a cell as it is, and say why; its first problem, if there was one, stands for it."""
        self.news.pop(place, None)
        first = self.problems.get(place) or problem
        if first:
            self.refused[place] = Unwritten(first, why, self.table.encoding)


def sure_fixes(dataset: Dataset, cache: Cache, town: Mapping[str, Any] | None = None) -> Fixing:
    """Give the fixes of a dataset that leave nothing more to fix, and the files with them.

    Of two problems in a cell the first is fixed, and the cell is checked again. Silenced problems are not touched.
    """
    if dataset.consolidated:
        raise KawarabanError("{name} is made of other datasets", "", "correct those", name=dataset.slug)
    intake = take_in(dataset, cache, town)
    files = _files(dataset, intake)
    with tempfile.TemporaryDirectory(prefix="kawaraban-") as folder:
        for number in count():
            fresh = _found(dataset, intake, files)
            if not fresh or number == ROUNDS:
                break
            changed = _changed(dataset, files, Path(folder) / str(number))
            intake = take_in(changed, cache, town)
            if _turn_back(files, intake):
                intake = take_in(_changed(dataset, files, Path(folder) / f"{number}-back"), cache, town)
    return _fixing(dataset, files, more=bool(fresh))


def _files(dataset: Dataset, intake: Intake) -> dict[str, _File]:
    resources = {each.name: each for each in dataset.resources}
    return {table.name: _File(resources[table.name], table) for table in intake.tables}


def _found(dataset: Dataset, intake: Intake, files: Mapping[str, _File]) -> int:
    """Take the fixes that a verdict names into the files, one a cell; give how many cells change."""
    wanted: dict[str, dict[Place, Problem]] = {}
    for problem in intake.verdict.problems:
        if problem.fix is not None and problem.row and problem.column:
            file = _file_of(problem, files)
            if file and (problem.row, problem.column) not in file.refused:
                here = wanted.setdefault(file.resource.name, {})
                here.setdefault((problem.row, problem.column), problem)
    fresh = 0
    for name, problems in wanted.items():
        file = files[name]
        unknown = set(problems) - set(file.olds)
        file.olds |= dict(_texts(file, unknown)) if unknown else {}
        for place, problem in problems.items():
            fresh += _take(file, place, problem, dataset)
    return fresh


def _file_of(problem: Problem, files: Mapping[str, _File]) -> _File | None:
    origins: Iterator[tuple[_File, Origin]] = ((each, each.table.origin) for each in files.values())
    return next((file for file, at in origins if (at.path, at.sheet) == (problem.path, problem.sheet)), None)


def _take(file: _File, place: Place, problem: Problem, dataset: Dataset) -> bool:
    """Take one fix into its file; say whether the cell changes by it."""
    texts = file.news.get(place, [])
    before = texts[-1] if texts else file.olds.get(place)
    why = hindrance(problem, dataset, file.resource, file.table, before)
    if why is None and (problem.fix in (*texts, file.olds[place]) or len(texts) == CHANGES):
        why = "against"
    if why:
        file.refuse(place, why, problem)
        return bool(texts)
    file.news.setdefault(place, []).append(str(problem.fix))
    file.problems.setdefault(place, problem)
    return True


def _texts(file: _File, places: set[Place]) -> Iterator[tuple[Place, str]]:
    """Give what stands at some places of a file, before any step has cleaned it."""
    if file.resource.format not in ("csv", "xlsx"):
        return
    by_row: dict[int, list[int]] = {}
    for row, column in places:
        by_row.setdefault(row, []).append(column)
    for number, cells in read_rows(file.resource, file.table.origin.path).rows:
        for column in by_row.pop(number, ()):
            if column <= len(cells):
                yield (number, column), cells[column - 1]
        if not by_row:
            return


def _changed(dataset: Dataset, files: Mapping[str, _File], folder: Path) -> Dataset:
    """Give the dataset as it would be, its corrected CSVs below `folder`."""
    resources = []
    for resource in dataset.resources:
        file = files.get(resource.name)
        if file is None or not file.texts:
            resources.append(resource)
        elif resource.format == "xlsx":
            resources.append(replace(resource, recipe=recipe_of(file)))
        else:
            copy = folder / resource.name / resource.file.name
            copy.parent.mkdir(parents=True)
            copy.write_bytes(_corrected(file))
            resources.append(replace(resource, file=copy))
    return replace(dataset, resources=tuple(resources))


def _corrected(file: _File) -> bytes:
    """Give a CSV's bytes with its fixes; as it is, and every fix refused, where that cannot be done."""
    file.content = file.content or file.resource.file.read_bytes()
    try:
        options = csv_options(file.resource, file.table.encoding)
        return write_csv_fixes(file.content, file.texts, file.table.encoding, options)
    except KawarabanError:
        for place in list(file.news):
            file.refuse(place, "elsewhere")
        return file.content


def recipe_of(file: _File) -> Recipe:
    """Give a workbook's recipe with the fixes in it; where it has none, the one that goes without saying."""
    recipe = file.resource.recipe or Recipe(header=(file.table.origin.header,))
    fixes = {
        file.table.origin.address(row, column): (file.olds[row, column], text)
        for (row, column), text in file.texts.items()
    }
    return replace(recipe, fixes={**recipe.fixes, **fixes})


def _turn_back(files: Mapping[str, _File], intake: Intake) -> bool:
    """Refuse the fixes of a workbook of which the recipe would make another table; say whether there was one."""
    found = False
    for file in files.values():
        if file.resource.format == "xlsx" and file.resource.recipe is None and file.texts:
            table = intake.table(file.resource.name)
            if table is None or (table.columns, table.rows) != (file.table.columns, file.table.rows):
                found = True
                for place in list(file.news):
                    file.refuse(place, "other-table")
    return found


def _fixing(dataset: Dataset, files: Mapping[str, _File], more: bool) -> Fixing:
    fixes, unwritten, recipes = [], [], []
    contents: dict[Path, tuple[bytes, bytes]] = {}
    for file in files.values():
        origin, texts = file.table.origin, file.texts
        if texts and file.resource.format == "csv":
            corrected = _corrected(file)
            texts = file.texts
            if texts:
                contents[file.resource.file] = (file.content, corrected)
        elif texts:
            descriptor = descriptor_file(dataset)
            before = descriptor.read_bytes()
            contents[descriptor] = (before, with_recipe(before, dataset, recipe_of(file)))
            recipes.append(origin.path)
        for (row, column), text in sorted(texts.items()):
            problem = file.problems[row, column]
            address = origin.address(row, column)
            fixes.append(
                Fix(
                    origin.path, origin.sheet, row, column, address, problem.label, problem.kind,
                    file.olds[row, column], text,
                )
            )  # fmt: skip
        unwritten += [each for _, each in sorted(file.refused.items())]
    return Fixing(tuple(fixes), tuple(unwritten), contents, tuple(recipes), more)
