"""A scene: a small dataset as someone might bring it, looked at by the same way that `kawaraban validate` goes."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.checking.integrity import silence
from kawaraban.checking.versions import KINDS as BETWEEN_VERSIONS
from kawaraban.checking.versions import compare_versions
from kawaraban.intake import Intake, take_in
from kawaraban.model import Problem, Verdict
from kawaraban.reporting.once import told_once

Files = Mapping[str, str | bytes]
BEFORE, TODAY = "2025-04-01", date(2025, 5, 10)
DESCRIPTOR = "datapackage.yaml"


@dataclass(frozen=True)
class Scene:
    """A dataset's files by name. `right` are those that change where nothing is wrong, `before` the last version.

    Files of other datasets have names such as ../kitaiso/data.csv.
    """

    files: Files
    right: Files = field(default_factory=dict)
    before: Files | None = None
    town: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mended(self) -> "Scene":
        """The scene as it should be."""
        return replace(self, files={**self.files, **self.right}, right={})


def look_at(scene: Scene, folder: Path, own: Mapping[str, Any] | None = None) -> Verdict:
    """Give the verdict on a scene, by the same way that `kawaraban validate` goes; `own` is put into `kawaraban:`."""
    intake = _taken_in(scene.files, folder, scene.town, own)
    if scene.before is None:
        return intake.verdict
    old = _taken_in(scene.before, folder / "before", scene.town)
    found = compare_versions(intake.dataset, intake.tables, old.dataset, old.tables, BEFORE, TODAY)
    loud, quiet = silence(intake.dataset, list(found), BETWEEN_VERSIONS.__contains__)
    verdict = intake.verdict
    return replace(verdict, problems=(*verdict.problems, *loud), silenced=(*verdict.silenced, *quiet))


def _taken_in(files: Files, root: Path, town: Mapping[str, Any], own: Mapping[str, Any] | None = None) -> Intake:
    folder = root / "datasets" / "example"
    folder.mkdir(parents=True)
    for name, body in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    if own:
        text = files[DESCRIPTOR]
        descriptor = yaml.safe_load(text)
        descriptor["kawaraban"] = {**descriptor.get("kawaraban", {}), **own}
        (folder / DESCRIPTOR).write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    return take_in(read_catalog(root).datasets["example"], Cache(root / "cache"), town)


def of_kind(verdict: Verdict, kind: str) -> list[Problem]:
    """Give the problems of a kind as people are told them."""
    return [problem for problem in told_once(verdict.problems) if problem.kind == kind]


def rows_of(text: str) -> list[list[str]]:
    """Give the cells of a CSV by row."""
    return list(csv.reader(io.StringIO(text, newline="")))


def with_fixes(scene: Scene, problems: Sequence[Problem]) -> Scene:
    """Give the scene in which every problem's own fix was written into its cell; none where one has no fix."""
    name = next(iter(scene.files))
    text = scene.files[name]
    if not isinstance(text, str) or not all(each.fix and each.row and each.column for each in problems):
        return scene
    rows = rows_of(text)
    for each in problems:
        rows[(each.row or 1) - 1][(each.column or 1) - 1] = each.fix or ""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return replace(scene, right={name: stream.getvalue()})
