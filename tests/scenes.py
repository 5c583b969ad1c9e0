"""A small dataset in which each kind of problem is found, and one in which it is not, for the page of the manual.

Signs bring their own examples; what they lack, and the other kinds, are here. Everything is made up.
"""

import csv
import importlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kawaraban.cache import Cache
from kawaraban.catalog import read_dataset
from kawaraban.checking.integrity import silence
from kawaraban.checking.signs import SIGNS
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
    """A dataset's files by name. `right` are those that change where nothing is wrong, `before` the last version."""

    files: Files
    right: Files = field(default_factory=dict)
    before: Files | None = None
    town: Mapping[str, Any] = field(default_factory=dict)

    @property
    def mended(self) -> "Scene":
        """The scene as it should be."""
        return replace(self, files={**self.files, **self.right}, right={})


def scene_of(kind: str) -> Scene:
    """Give the scene of a kind."""
    if kind not in SIGNS:
        return SCENES[kind]
    module = importlib.import_module(SIGNS[kind].look.__module__)
    wrong, right = (
        (listed[kind] if isinstance(listed, dict) else listed)[0] for listed in (module.WRONG, module.RIGHT)
    )
    descriptor = described(wrong.name, wrong.types, wrong.constraints)
    mended = RIGHT.get(kind, right.text)
    scene = Scene({wrong.name: wrong.text, DESCRIPTOR: descriptor}, {wrong.name: mended}, town=wrong.town)
    return scene if kind in RIGHT or right.name == wrong.name else replace(scene, right={})


def described(name: str, types: Mapping[str, str], constraints: Mapping[str, Any]) -> str:
    """Give a descriptor of one file."""
    if not types:
        return f"resources:\n  - path: {name}\n"
    fields = [
        {"name": label, "type": type_, **({"constraints": dict(constraints[label])} if label in constraints else {})}
        for label, type_ in types.items()
    ]
    lines = [yaml.safe_dump(each, allow_unicode=True, default_flow_style=True, sort_keys=False) for each in fields]
    listed = "".join(f"        - {line}" for line in lines)
    return f"resources:\n  - path: {name}\n    schema:\n      fields:\n{listed}"


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
        (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
    if own:
        text = files[DESCRIPTOR]
        descriptor = yaml.safe_load(text)
        descriptor["kawaraban"] = {**descriptor.get("kawaraban", {}), **own}
        (folder / DESCRIPTOR).write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    return take_in(read_dataset(folder, DESCRIPTOR, root), Cache(root / "cache"), town)


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


# What is right, where the first example of the sign shows something else ----------------------------------

PLACES = "名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.1841,140.3407\n別館,35.1541,140.2960\n"
RIGHT: dict[str, str] = {
    "bidi-name": "名称,price\n本館,1\n",
    "bidi-cell": "名称,資料\n本館,案内fdp.exe\n分館,السعر\n",
    "mojibake": "名称,備考\n図書館,データ\n",
    "lost-letter": "名称,時間\n髙橋商店,9:00～17:00\n本館,火曜～木曜は休館。\n分館,西浜６丁目５－１\n",
    "era-date": "開設日\n2024-04-01\n1963-01-14\n2019-04-01\n",
    "municipality-code": "市区町村コード,名称\n131016,本館\n131016,分館\n011002,新館\n401307,倉庫\n",
    "phone-number": "名称,電話番号\n本館,099-123-4567\n分館,0120-123-456\n支所,090-1234-5678\n",
    "swapped-coordinate-columns": PLACES,
    "coarse-coordinates": PLACES,
    "half-coordinates": PLACES,
    "total-row": "地区,人数\n駅前,10\n汐見,20\n",
    "note-row": "名称,住所,電話番号\n本館,1丁目,099-123-4567\n",
    "duplicate-row": "名称,住所\n本館,1丁目\n分館,2丁目\n",
    "impossible-date": "開始日\n2024-04-30\n2024-02-29\n",
}

# The kinds that are no signs -------------------------------------------------------------------------------

VISITORS = "来館者数.csv"
FACILITIES = "施設.csv"


def table(name: str, body: str | bytes, right: str | bytes | None, more: str = "", **beside: str) -> Scene:
    """Give the scene of one file; `more` stands in its resource."""
    descriptor = f"resources:\n  - path: {name}\n{more}"
    return Scene({name: body, DESCRIPTOR: descriptor, **beside}, {} if right is None else {name: right})


def fields(*lines: str, after: str = "") -> str:
    """Give a schema with one field per line."""
    listed = "".join(f"        - {{name: {line}}}\n" for line in lines)
    return f"    schema:\n      fields:\n{listed}{after}"


def changed(name: str, before: str, after: str, right: str, more: str = "") -> Scene:
    """Give the scene of a file that has changed."""
    descriptor = f"resources:\n  - path: {name}\n{more}"
    return Scene({name: after, DESCRIPTOR: descriptor}, {name: right}, {name: before, DESCRIPTOR: descriptor})
