"""Which rows frictionless has to see: all of a small table, of a large one those that the screen suspects."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Literal

from kawaraban.cache import file_digest
from kawaraban.checking.brief import Brief, Finding
from kawaraban.model import Dataset, Problem, Resource, Table

SMALL = 1 << 20  # bytes; the judge is done with such a table before a database has started


def judged(
    dataset: Dataset, tables: Sequence[Table], engine: str = "auto"
) -> tuple[list[Mapping[str, Any]], list[Problem]]:
    """Give frictionless's report of each table (as its JSON tasks) and the same errors as problems."""
    large = [each for each in tables if engine in ("duckdb", "spark") or each.file.stat().st_size >= SMALL]
    with ThreadPoolExecutor(1) as beside:
        resources = {each.name: each for each in dataset.resources}
        digests = {each.name: beside.submit(_digests, resources[each.name].file) for each in tables}
        if large and engine != "frictionless":
            briefs = _screened(tables, {each.name for each in large}, "duckdb" if engine == "auto" else engine)
        else:
            briefs = [Brief(each) for each in tables]
        from kawaraban.checking.judge import LIMIT, judge, problem_of

        findings = judge(briefs, _version(dataset))
        tasks: list[Mapping[str, Any]] = []
        problems: list[Problem] = []
        for table, finding in zip(tables, findings, strict=True):
            tasks.append(_task(resources[table.name], table, finding, digests[table.name].result()))
            problems.extend(problem_of(table, each) for each in finding.errors)
            if not finding.complete:
                problems.append(Problem("limit-reached", "warning", table.origin.path, details={"limit": LIMIT}))
    return tasks, problems


def _version(dataset: Dataset) -> Literal["v1", "v2", "unknown"]:
    """Give the version of the standard that frictionless goes by: a descriptor without `$schema` is v1 to it."""
    profile = dataset.descriptor.get("$schema")
    if not isinstance(profile, str) or not profile:
        return "v1"
    if "datapackage.org/profiles/1." in profile:
        return "v1"
    return "v2" if "datapackage.org/profiles/2." in profile else "unknown"


def _digests(file: Path) -> Mapping[str, Any]:
    with file.open("rb") as stream:
        md5 = hashlib.file_digest(stream, partial(hashlib.md5, usedforsecurity=False)).hexdigest()
    return {"md5": md5, "sha256": file_digest(file), "bytes": file.stat().st_size}


def _task(resource: Resource, table: Table, finding: Finding, digests: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give a task as frictionless's report has it; the row numbers are those of the file."""
    stats: dict[str, Any] = {
        "errors": len(finding.errors), "warnings": len(finding.warnings), "seconds": round(finding.seconds, 3),
        **digests, "fields": finding.fields,
        "rows": table.rows if finding.complete and finding.fields is not None else finding.rows,
    }  # fmt: skip
    return {
        "name": table.name,
        "type": "table",
        "valid": not finding.errors,
        "place": resource.path,
        "labels": list(finding.labels),
        "stats": {key: value for key, value in stats.items() if value or key in ("errors", "warnings", "seconds")},
        "warnings": list(finding.warnings),
        "errors": list(finding.errors),
    }


def _screened(tables: Sequence[Table], large: set[str], engine: str) -> list[Brief]:
    from kawaraban.checking.engines import started
    from kawaraban.checking.search import Search

    with started(engine) as running:
        search = Search(tables, running)
        briefs = [search.brief(each) if each.name in large else Brief(each) for each in tables]
    # a table that is looked at as a whole looks up its foreign keys in whole tables
    wanted = {name for brief in briefs if brief.rows is None for name in _referred(brief.table)}
    return [Brief(each.table) if each.table.name in wanted else each for each in briefs]


def _referred(table: Table) -> Iterator[str]:
    keys = table.schema.get("foreignKeys")
    for each in keys if isinstance(keys, list) else []:
        reference = each.get("reference") if isinstance(each, Mapping) else None
        if isinstance(reference, Mapping):
            yield str(reference.get("resource") or "")
