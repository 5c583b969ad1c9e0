"""`kawaraban diff`: what changed in the data, as a slow and plain comparison finds it, and told without markup."""

import csv
import io
import json
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.cache import Cache
from kawaraban.cli import main
from kawaraban.diffing import Difference, diff_tables
from kawaraban.intake import make_table
from kawaraban.model import Resource, Table

Rows = list[list[str]]
NAMES = ["番号", "名称", "定員"]


def table(rows: Rows, folder: Path, names: list[str] | None = None, **schema: Any) -> Table:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([names or NAMES, *rows])
    file = folder / f"{abs(hash(text.getvalue()))}.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    return make_table(
        Resource("data", file.name, file, "csv", None, {}, schema or None, {}), file.name, Cache(folder)
    )


def difference(new: Rows, old: Rows, folder: Path, **schema: Any) -> Difference:
    return diff_tables(table(new, folder, **schema), table(old, folder, **schema))


KEYED = st.dictionaries(
    st.integers(1, 30).map(str), st.tuples(st.sampled_from(["本館", "分館", "浜の家"]), st.integers(0, 3).map(str))
)
KEY = {"fields": [{"name": "番号"}, {"name": "名称"}, {"name": "定員", "type": "integer"}], "primaryKey": "番号"}


@settings(max_examples=150, deadline=None)
@given(new=KEYED, old=KEYED)
def test_by_key_it_counts_what_a_plain_comparison_counts(
    tmp_path_factory: pytest.TempPathFactory, new: dict[str, tuple[str, str]], old: dict[str, tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("diff")
    found = difference([[k, *v] for k, v in new.items()], [[k, *v] for k, v in old.items()], folder, **KEY)
    shared = set(new) & set(old)
    if found.key:
        assert found.key == ("番号",)
        assert (found.added, found.removed) == (len(set(new) - set(old)), len(set(old) - set(new)))
        assert found.changed == sum(new[key] != old[key] for key in shared)
        for change in found.first_changed:
            key = change.key["番号"]
            assert change.columns == {
                name: pair for name, pair in zip(NAMES[1:], zip(old[key], new[key], strict=True), strict=True)
                if pair[0] != pair[1]
            }  # fmt: skip
    assert found.nothing == (list(new.items()) == list(old.items()) or new == old)


ROWS = st.lists(st.tuples(*(st.sampled_from(["a", "b", "c"]) for _ in NAMES)).map(list), max_size=12)


@settings(max_examples=150, deadline=None)
@given(new=ROWS, old=ROWS)
def test_without_a_key_equal_rows_are_matched_and_no_row_is_counted_twice(
    tmp_path_factory: pytest.TempPathFactory, new: Rows, old: Rows
) -> None:
    found = difference(new, old, tmp_path_factory.mktemp("diff"))
    if found.key or found.state == "same":
        return
    mine, other = Counter(map(tuple, new)), Counter(map(tuple, old))
    assert found.added + found.changed == sum((mine - other).values())
    assert found.removed + found.changed == sum((other - mine).values())


def test_columns_that_came_went_and_got_another_name(tmp_path: Path) -> None:
    old = table([["1", "本館", "10"], ["2", "分館", "20"]], tmp_path, ["番号", "名前", "定員"])
    new = table([["1", "本館", "あり"], ["2", "分館", "なし"]], tmp_path, ["番号", "名称", "駐車場"])
    found = diff_tables(new, old)
    assert (dict(found.renamed), found.columns_added, found.columns_removed) == (
        {"名前": "名称"}, ("駐車場",), ("定員",),
    )  # fmt: skip
    assert found.changed == 0


def test_sums_and_categories(tmp_path: Path) -> None:
    old = [[str(at), "公民館" if at % 2 else "集会所", "10"] for at in range(10)]
    new = [[str(at), "公民館" if at % 2 else "交流館", "12"] for at in range(10)]
    found = difference(new, old, tmp_path, **KEY)
    assert [(each.column, each.before, each.after) for each in found.totals] == [("定員", 100.0, 120.0)]
    assert dict(found.categories) == {"名称": (("交流館",), ("集会所",))}
    assert found.changed == 10


def test_many_changed_rows_are_counted_and_the_first_are_shown(tmp_path: Path) -> None:
    old = [[str(at), "本館", "1"] for at in range(1000)]
    found = difference([[at, name, "2"] for at, name, _ in old], old, tmp_path, **KEY)
    assert (found.changed, len(found.first_changed)) == (1000, 20)


DESCRIPTOR = """\
title: 会館
resources:
  - path: a.csv
    schema: {fields: [{name: 番号}, {name: 名称}, {name: 定員, type: integer}], primaryKey: 番号}
"""
BEFORE = "番号,名称,定員\n1,本館,100\n2,分館,50\n3,浜の家,20\n"


def run(root: Path, *words: str, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "--lang", lang, "diff", *words])


@pytest.fixture
def town(make_town: Callable[..., Path]) -> Path:
    root = make_town({"datasets/halls/datapackage.yaml": DESCRIPTOR, "datasets/halls/a.csv": BEFORE})
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.jp", *words], cwd=root, check=True)
    return root


def test_the_command_tells_it_in_every_form(town: Path) -> None:
    assert "変わったところはありません" in run(town, lang="ja").output
    (town / "datasets/halls/a.csv").write_text(
        BEFORE.replace("100", "120").replace("2,分館,50\n", ""), encoding="utf-8"
    )
    said = run(town, lang="ja").output
    assert "なくなった行 1、変わった行 1" in said
    assert "~ 1: 定員: 100 → 120" in said
    found = json.loads(run(town, "HEAD", "halls", "--format", "json").output)["datasets"][0]["resources"][0]
    assert (found["key"], found["added"], found["removed"], found["changed"]) == (["番号"], 0, 1, 1)
    assert found["first"]["changed"] == [{"key": {"番号": "1"}, "columns": {"定員": ["100", "120"]}}]
    rows = list(csv.DictReader(io.StringIO(run(town, "--format", "csv").output)))
    assert {"change": "changed", "column": "定員", "before": "100", "after": "120"}.items() <= rows[-1].items()
    assert run(town, "--format", "markdown", "--output", str(town / "out.md")).exit_code == 0
    assert "### `halls`" in (town / "out.md").read_text(encoding="utf-8")


def test_a_new_dataset_and_one_that_is_gone_are_told(town: Path) -> None:
    (town / "datasets/parks").mkdir()
    (town / "datasets/parks/datapackage.yaml").write_text("resources: [{path: b.csv}]\n", encoding="utf-8")
    (town / "datasets/parks/b.csv").write_text("名称\n東公園\n", encoding="utf-8")
    for file in (town / "datasets/halls").iterdir():
        file.unlink()
    said = run(town).output
    assert "new, 1 rows" in said
    assert "gone, it had 3 rows" in said


def test_what_a_cell_holds_is_no_markup_and_personal_data_is_not_told(town: Path) -> None:
    hostile = "<script>alert(1)</script>|`x`"
    (town / "datasets/halls/a.csv").write_text(BEFORE.replace("浜の家", hostile), encoding="utf-8")
    assert "<script>" not in run(town, "--format", "markdown").output
    assert "<script>" not in run(town, "--format", "html").output
    (town / "datasets/halls/a.csv").write_text(BEFORE.replace("浜の家", "090-1234-5678"), encoding="utf-8")
    assert "090-1234-5678" not in run(town).output


@pytest.mark.parametrize("words", [["nothere"], ["HEAD", "nothere"]])
def test_wrong_use_is_told(town: Path, words: list[str]) -> None:
    result = run(town, *words)
    assert result.exit_code == 2
    assert "nothere" in result.output
