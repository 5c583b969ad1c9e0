"""A pattern of a schema that would take years is found, said and left out; the rest is checked."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset
from kawaraban.checking import backtracking, patterns, trial
from kawaraban.descriptor import parse
from kawaraban.intake import make_table
from kawaraban.model import Dataset, Table

# (pattern, a cell on which Python's re takes minutes or more)
SLOW = (
    ("(a+)+", "a" * 40 + "!"), ("(a|a)*", "a" * 40 + "!"), ("([a-z0-9]+)*@", "a" * 40), ("(x+x+)+y", "x" * 40),
    ("(?:a?){60}a{60}", "a" * 60), ("(.*a){25}", "a" * 48 + "!"),
)  # fmt: skip


def brought(folder: Path, text: str, fields: Sequence[Mapping[str, Any]]) -> tuple[Dataset, list[Table]]:
    """Give a dataset of one CSV with its schema, and its table."""
    home = folder / "datasets" / "d"
    home.mkdir(parents=True)
    (home / "d.csv").write_text(text, encoding="utf-8")
    said = {"resources": [{"path": "none.csv"}, {"path": "d.csv", "schema": {"fields": list(fields)}}]}
    descriptor, lines = parse(json.dumps(said, indent=1), "datasets/d/datapackage.json")
    dataset = build_dataset(home, "datasets/d/datapackage.json", descriptor, lines)
    return dataset, [make_table(dataset.resources[0], "d.csv", Cache(folder / "cache"))]


@pytest.mark.parametrize(("pattern", "longest"), backtracking.RIGHT)
def test_a_harmless_pattern_costs_nothing(pattern: str, longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert backtracking.steps(pattern, longest) <= backtracking.STEPS
    monkeypatch.setattr(patterns, "try_patterns", lambda _: pytest.fail("it was tried"))
    assert patterns.bound_pattern(pattern, ["a" * longest])


@pytest.mark.parametrize(("pattern", "longest"), backtracking.WRONG)
def test_what_a_look_cannot_tell_is_tried(pattern: str, longest: int) -> None:
    assert backtracking.steps(pattern, longest) > backtracking.STEPS


@pytest.mark.parametrize(("pattern", "text"), SLOW)
def test_a_slow_pattern_is_stopped(pattern: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", 0.2)
    began = time.perf_counter()
    assert not patterns.bound_pattern(pattern, ["ab", text])
    assert time.perf_counter() - began < 4
    assert patterns.bound_pattern(pattern, ["ab", "", "yy"])


@pytest.mark.parametrize("pattern", ["[", "(?P<a>", "\\p{Han}+", "(?P<n>a)(?P<n>b)"])
def test_a_pattern_that_is_none_is_left_to_frictionless(pattern: str) -> None:
    assert patterns.bound_pattern(pattern, ["a"])


def test_a_pattern_that_eats_memory_is_stopped() -> None:
    assert not patterns.bound_pattern("(ab)*", ["ab" * 12_000_000])


def test_a_quick_pattern_on_many_cells_is_not_slow() -> None:
    assert patterns.bound_pattern("(?:[a-z]+[0-9]*)*", (f"ab{number}" for number in range(200_000)))


def test_a_slow_pattern_is_said_and_taken_out_and_the_rest_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "SECONDS", 0.2)
    fields = [
        {"name": "番号", "constraints": {"pattern": "[0-9]{3}"}},
        {"name": "名称", "constraints": {"pattern": "(a+)+", "maxLength": 9}},
        {"name": "語", "type": "array", "arrayItem": {"type": "string", "constraints": {"pattern": "(b|b)*"}}},
    ]
    text = f'番号,名称,語\n1,{"a" * 40}!\n1,,"[""{"b" * 40}!""]"\n'
    dataset, tables = brought(tmp_path, text, fields)
    (bounded,), problems = patterns.bound_patterns(dataset, tables)
    shown = json.dumps(dict(dataset.descriptor), indent=1, ensure_ascii=False).splitlines()
    assert [(each.kind, each.label, each.value, each.severity) for each in problems] == [
        ("slow-pattern", "名称", "(a+)+", "error"), ("slow-pattern", "語", "(b|b)*", "error"),
    ]  # fmt: skip
    for each in problems:
        assert each.line is not None
        assert f'"pattern": "{each.value}"' in shown[each.line - 1]
    left = [field.get("constraints") for field in bounded.schema["fields"]]
    assert left == [{"pattern": "[0-9]{3}"}, {"maxLength": 9}, None]
    assert bounded.schema["fields"][2]["arrayItem"] == {"type": "string", "constraints": {}}
    assert tables[0].schema["fields"][1]["constraints"]["pattern"] == "(a+)+", "the table itself is unchanged"


def test_after_a_few_slow_patterns_no_more_are_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", 0.1)
    names = [f"c{number}" for number in range(trial.SLOW + 3)]
    fields = [{"name": name, "constraints": {"pattern": "(a+)+"}} for name in names]
    dataset, tables = brought(tmp_path, f"{','.join(names)}\n{','.join(['a' * 40 + '!'] * len(names))}\n", fields)
    (bounded,), problems = patterns.bound_patterns(dataset, tables)
    assert [each.kind for each in problems] == ["slow-pattern"] * trial.SLOW + ["pattern-untried"] * 3
    assert not any(field["constraints"] for field in bounded.schema["fields"])


def test_where_no_process_can_be_started_a_doubtful_pattern_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    assert trial.try_patterns([("(a+)+", [("a", 1)])]) == (set(), {0})


def test_a_check_with_slow_patterns_ends(make_town: Callable[..., Path]) -> None:
    fields = [
        {"name": name, "constraints": {"pattern": pattern}} for name, pattern in (("甲", "(a+)+"), ("乙", "[0-9]"))
    ]
    said = {"resources": [{"path": "d.csv", "schema": {"fields": fields}}]}
    files = {"datasets/d/datapackage.json": json.dumps(said), "datasets/d/d.csv": f"甲,乙\n{'a' * 60}!,x\n"}
    command = [sys.executable, "-m", "kawaraban", "--root", str(make_town(files)), "validate", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=10, check=False)
    assert done.returncode == 1
    problems = json.loads(done.stdout)["kawaraban"]["datasets"][0]["problems"]
    assert {each["kind"] for each in problems} >= {"slow-pattern", "constraint-error"}


def test_a_long_text_in_a_column_of_numbers_is_not_searched_for_one(tmp_path: Path) -> None:
    fields = [{"name": "人数", "type": "integer", "bareNumber": False}, {"name": "年", "type": "integer"}]
    dataset, tables = brought(tmp_path, f"人数,年\n335人,2024\n{'あ' * 201}1い,2024\n", fields)
    (bounded,), problems = patterns.bound_patterns(dataset, tables)
    assert [(each.kind, each.address, each.details["letters"]) for each in problems] == [("long-number", "A3", 203)]
    assert [field["type"] for field in bounded.schema["fields"]] == ["string", "integer"]
