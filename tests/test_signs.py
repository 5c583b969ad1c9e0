"""Every sign finds what its WRONG examples show, at the cell and with the fix, and nothing in its RIGHT ones."""

import importlib
from pathlib import Path
from typing import Any

import pytest

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset
from kawaraban.checking.sheet import Example, Sheet, as_problem
from kawaraban.checking.signs import SIGNS
from kawaraban.intake import make_table
from kawaraban.model import Problem
from kawaraban.reporting.sayings import SENTENCES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "generator" / "kawaraban" / "checking" / "signs"


def found_in(example: Example, kind: str, folder: Path) -> list[Problem]:
    """Give what the sign of `kind` finds in an example, brought as a dataset of one file."""
    file = folder / "datasets" / "example" / example.name
    file.parent.mkdir(parents=True)
    file.write_bytes(example.text if isinstance(example.text, bytes) else example.text.encode())
    resource: dict[str, Any] = {"path": example.name, "name": "example"}
    if example.types:
        fields = [
            {"name": name, "type": type_, "constraints": dict(example.constraints.get(name, {}))}
            for name, type_ in example.types.items()
        ]
        resource["schema"] = {"fields": fields}
    dataset = build_dataset(file.parent, "datasets/example/datapackage.yaml", {"resources": [resource]}, {})
    assert not dataset.problems
    table = make_table(dataset.resources[0], example.name, Cache(folder / "cache"))
    sheet = Sheet(dataset, dataset.resources[0], table, example.town)
    return [as_problem(SIGNS[kind], finding, table) for finding in SIGNS[kind].look(sheet)]


def examples(which: str) -> list[Any]:
    """Give the examples of every sign: RIGHT and WRONG are lists, or a mapping by kind where a file holds more."""
    found = []
    for kind, sign in SIGNS.items():
        module = importlib.import_module(sign.look.__module__)
        listed = getattr(module, which)
        for number, each in enumerate(listed[kind] if isinstance(listed, dict) else listed):
            found.append(pytest.param(kind, each, id=f"{kind}-{number}"))
    return found


@pytest.mark.parametrize(("kind", "example"), examples("RIGHT"))
def test_what_is_right_is_left_alone(kind: str, example: Example, tmp_path: Path) -> None:
    assert not example.found
    assert [(each.address, each.value) for each in found_in(example, kind, tmp_path)] == []


@pytest.mark.parametrize(("kind", "example"), examples("WRONG"))
def test_what_is_wrong_is_found_where_it_stands(kind: str, example: Example, tmp_path: Path) -> None:
    assert example.found
    assert [(each.address, each.fix) for each in found_in(example, kind, tmp_path)] == list(example.found)


@pytest.mark.parametrize("kind", SIGNS)
def test_a_sign_has_both_examples_a_sentence_and_a_severity(kind: str) -> None:
    ids = {each.values[0] for each in examples("RIGHT")} & {each.values[0] for each in examples("WRONG")}
    assert kind in ids
    assert all(SENTENCES[kind])
    assert SIGNS[kind].severity in ("error", "warning")


def test_every_file_of_the_folder_is_in_the_dict() -> None:
    used = {Path(importlib.import_module(sign.look.__module__).__file__ or "").stem for sign in SIGNS.values()}
    assert used == {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}


def test_the_longest_cell_may_stand_in_a_short_row(tmp_path: Path) -> None:
    """A sign passes over a column of short cells; a row that ends early has cells in it too, in a small table too."""
    (tmp_path / "a.csv").write_text("番号,備考,数\n1,あ,2\n" + "x" * 40 + "\n", encoding="utf-8")
    descriptor = {"resources": [{"path": "a.csv", "name": "a", "dialect": {"header": True}}]}
    dataset = build_dataset(tmp_path, "datasets/a/datapackage.yaml", descriptor, {})
    table = make_table(dataset.resources[0], "a.csv", Cache(tmp_path / "cache"))
    assert Sheet(dataset, dataset.resources[0], table, {}).longest(0) == 40
