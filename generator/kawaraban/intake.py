"""One dataset from its files to its verdict: read, tidied, checked, each result kept by content."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from threading import Thread
from typing import Any

from kawaraban.analysis.summary import Consolidation, restore
from kawaraban.cache import LARGE, Cache, file_digest
from kawaraban.checking import check, import_engines
from kawaraban.errors import KawarabanError
from kawaraban.model import Dataset, Origin, Problem, Resource, Table, Verdict
from kawaraban.reading import read, read_rows
from kawaraban.tidying.plain import tidy


@dataclass(frozen=True, slots=True)
class Intake:
    """A dataset with its tidy tables and the verdict on them; how it was made, where it is made of others."""

    dataset: Dataset
    tables: tuple[Table, ...]
    verdict: Verdict
    fresh: bool
    consolidation: Consolidation | None = None

    def table(self, name: str = "") -> Table | None:
        """Give the table of a resource; the first where no name is given."""
        return next((table for table in self.tables if name in ("", table.name)), None)


def intake_key(dataset: Dataset, cache: Cache, town: Mapping[str, Any] | None = None) -> str:
    """Give the key under which an intake is kept: its files' bytes, and what the descriptor and the town say."""
    parts = [
        (
            each.path, file_digest(each.file), each.format, each.encoding, each.dialect, each.schema, each.name,
            each.recipe and asdict(each.recipe),
        )
        for each in dataset.resources
    ]  # fmt: skip
    told = [asdict(each) for each in dataset.problems]
    made_of = [[intake_key(each, cache, town), each.descriptor] for each in (*dataset.parts, *dataset.references)]
    own = [dataset.own.get("silence")]
    if dataset.consolidated:
        own += [dataset.descriptor, str(dataset.lines), made_of]
    return cache.key("intake", dataset.source, dataset.slug, told, parts, *own, town or {})


def take_in(dataset: Dataset, cache: Cache, town: Mapping[str, Any] | None = None, engine: str = "auto") -> Intake:
    """Give a dataset's tables and verdict; what cannot be read is a problem in it, never an exception.

    `town` is `extra.town` of mkdocs.yml. An `engine` that was asked for by name is asked, whatever is kept.
    """
    key = intake_key(dataset, cache, town)
    kept = cache.get_json(key) if engine == "auto" else None
    if kept is not None:
        tables = _restore(kept["tables"], dataset, cache)
        if tables is not None:
            return _with_story(Intake(dataset, tables, _verdict(kept["verdict"]), fresh=False), kept)
    if dataset.consolidated:
        return _consolidated(dataset, cache, town, engine, key)
    made: list[Table] = []
    unread: list[Problem] = []
    if any(resource.file.stat().st_size >= LARGE for resource in dataset.resources):
        # while the file is digested and read, which needs no interpreter, what will look at it is imported
        Thread(target=import_engines, daemon=True).start()
    for resource in dataset.resources:
        try:
            made.append(make_table(resource, f"{_folder(dataset)}{resource.path}", cache))
        except KawarabanError as error:
            unread.append(_unread(error, f"{_folder(dataset)}{resource.path}"))
    verdict = check(dataset, made, unread, town, engine)
    files = {resource.name: resource for resource in dataset.resources}
    tidied = [_keep(table, table.file != files[table.name].file) for table in made]
    cache.put_json(key, {"tables": tidied, "verdict": asdict(verdict)})
    return Intake(dataset, tuple(made), verdict, fresh=True)


def make_table(resource: Resource, shown: str, cache: Cache) -> Table:
    """Give the tidy table of one resource, by its recipe where it has one.

    Raises KawarabanError where its file cannot be read.
    """
    folder = cache.folder / "tables"
    if resource.recipe is None:
        return tidy(read(resource, shown), resource, folder)
    from kawaraban.tidying.apply import tidy_by

    return tidy_by(read_rows(resource, shown), resource, folder)


def _consolidated(dataset: Dataset, cache: Cache, town: Mapping[str, Any] | None, engine: str, key: str) -> Intake:
    """Give a dataset that is made of others. Its rows are of many towns: the signs that know one are not asked."""
    from kawaraban.consolidating import Taken, consolidate, point_back

    parts, references = (
        [Taken(each.dataset, each.tables, each.verdict) for each in (take_in(one, cache, town) for one in named)]
        for named in (dataset.parts, dataset.references)
    )
    made = consolidate(dataset, parts, references, cache.folder / "tables")
    verdict = point_back(check(made.dataset, made.tables, made.problems, {}, engine), made, parts)
    kept = {
        "tables": [_keep(table, True) for table in made.tables],
        "verdict": asdict(verdict),
        "consolidation": made.told and asdict(made.told),
    }
    cache.put_json(key, kept)
    return Intake(made.dataset, made.tables, verdict, True, made.told)


def _with_story(intake: Intake, kept: Mapping[str, Any]) -> Intake:
    """Give an intake that was kept with how it was made, where it is made of others."""
    if not kept.get("consolidation"):
        return intake
    from kawaraban.consolidating import with_table

    dataset = with_table(intake.dataset, intake.tables[0])
    return replace(intake, dataset=dataset, consolidation=restore(kept["consolidation"]))


def _folder(dataset: Dataset) -> str:
    return dataset.source.rpartition("/")[0] + "/" if "/" in dataset.source else ""


def _unread(error: KawarabanError, shown: str) -> Problem:
    _, _, line = error.where.rpartition(":")
    number = int(line) if line.isdigit() else None
    return Problem(
        "unreadable",
        path=shown,
        line=number,
        hint=error.hint,
        details={"what": error.what, **{key: str(value) for key, value in error.values.items()}},
    )


def _keep(table: Table, own: bool) -> dict[str, Any]:
    """Give a table as JSON; `own` says that its file is not the officer's."""
    return {
        **asdict(table),
        "file": table.file.name if own else None,
        "bytes": file_digest(table.file) if own else "",
    }


def _restore(kept: list[dict[str, Any]], dataset: Dataset, cache: Cache) -> tuple[Table, ...] | None:
    """Give the tables as they were kept; None where a tidy file is gone or was damaged."""
    files = {resource.name: resource.file for resource in dataset.resources}
    tables = []
    for each in kept:
        file = cache.folder / "tables" / each["file"] if each["file"] else files[each["name"]]
        if each["file"] and (not file.is_file() or file_digest(file) != each["bytes"]):
            return None
        tables.append(
            Table(
                each["name"], file, each["digest"], tuple(each["columns"]), each["rows"], each["schema"],
                each["inferred"], _origin(each["origin"]), each["encoding"],
                tuple(Problem(**one) for one in each["problems"]),
                {why: tuple(rows) for why, rows in each["left_out"].items()},
            )
        )  # fmt: skip
    return tuple(tables)


def _origin(kept: Mapping[str, Any]) -> Origin:
    lists = {key: None if kept[key] is None else tuple(kept[key]) for key in ("numbers", "which")}
    return Origin(**{**kept, **lists, "layouts": tuple(map(tuple, kept["layouts"]))})


def _verdict(kept: Mapping[str, Any]) -> Verdict:
    problems = tuple(Problem(**each) for each in kept["problems"])
    silenced = tuple(Problem(**each) for each in kept["silenced"])
    return Verdict(kept["slug"], problems, kept["rows"], tuple(kept["tasks"]), silenced)
