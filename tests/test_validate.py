"""`kawaraban validate`: where the report goes, what it is told of, and how it ends."""

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from kawaraban.cli import main, report
from kawaraban.errors import KawarabanError
from kawaraban.history import changed_since, prefix

NUMBERS = "title: 数\nresources: [{path: a.csv, schema: {fields: [{name: 名称}, {name: 数, type: integer}]}}]\n"
TOWN = {
    "datasets/good/datapackage.yaml": NUMBERS,
    "datasets/good/a.csv": "名称,数\n東,1\n西,2\n",
    "datasets/odd/datapackage.yaml": "title: 行\nresources: [{path: a.csv}]\n",
    "datasets/odd/a.csv": "名称,数\n東,1\n西,2\n東,1\n",
    "datasets/wrong/datapackage.yaml": NUMBERS,
    "datasets/wrong/a.csv": "名称,数\n東,一\n西,2\n",
}


@pytest.fixture
def root(make_town: Callable[..., Path]) -> Path:
    return make_town(TOWN)


def run(root: Path, *words: str, lang: str = "ja", **env: str | None) -> Result:
    clean: dict[str, str | None] = {"GITHUB_STEP_SUMMARY": None, **env}
    call = ["--root", str(root), "--lang", lang, "validate", *words]
    return CliRunner().invoke(main, call, env=clean, catch_exceptions=False)


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, timeout=30)


# How it ends -------------------------------------------------------------------------------------------------


def test_the_status_says_how_it_ended(root: Path) -> None:
    assert [run(root, name).exit_code for name in ("good", "odd", "wrong")] == [0, 0, 1]
    assert run(root, "odd", "--strict").exit_code == 1
    assert run(root, "nothing").exit_code == 2


def test_with_strict_a_remark_is_told_as_a_problem(root: Path) -> None:
    assert "（確認）" in run(root, "odd").stdout
    told = run(root, "odd", "--strict").stdout
    assert "（確認）" not in told
    assert "問題は 1 件。1 件のデータセット、3 行を調べました。" in told
    assert json.loads(run(root, "odd", "--strict", "--format", "json").stdout)["valid"] is False


@pytest.mark.parametrize("form", ["text", "json", "github", "markdown", "junit", "sarif"])
def test_a_file_holds_what_the_terminal_would_show(form: str, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "report"
    shown = run(root, "wrong", "--format", form)
    written = run(root, "wrong", "--format", form, "--output", str(file))
    assert (shown.exit_code, written.exit_code, written.stdout) == (1, 1, "")

    def without_times(text: str) -> list[str]:
        return [line for line in text.splitlines() if "seconds" not in line and "time=" not in line]

    assert without_times(file.read_bytes().decode()) == without_times(shown.stdout_bytes.decode())
    assert "『一』は整数ではありません" in file.read_text(encoding="utf-8")


# Wrong use ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "xlsx"], "`--format xlsx` needs `--output`"),
        (["--format", "xlsx", "--output", "{out}/a.xlsx"], "is one file for several datasets"),
        (["--format", "xlsx", "--output", "{out}/file"], "is no folder"),
        (["--output", "{out}"], "is a folder"),
        (["--output", "{out}/none/a.txt"], "there is no folder"),
        (["wrong", "--format", "xlsx", "--output", "{out}/none/a.xlsx"], "there is no folder"),
        (["--output", "{root}/datasets/wrong/a.csv"], "would be among the data"),
        (
            ["wrong", "--format", "xlsx", "--output", "{root}/docs/../datasets/wrong/b.xlsx"],
            "would be among the data",
        ),
    ],
)
def test_an_output_that_cannot_be_is_wrong_use(words: list[str], told: str, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "file").write_text("mine", encoding="utf-8")
    done = run(root, *(word.format(out=out, root=root) for word in words), lang="en")
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""
    assert [file.name for file in out.iterdir()] == ["file"]
    assert (root / "datasets/wrong/a.csv").read_text(encoding="utf-8") == TOWN["datasets/wrong/a.csv"]


# Workbooks ---------------------------------------------------------------------------------------------------


def test_several_datasets_are_workbooks_in_a_folder(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "books"
    done = run(root, "--format", "xlsx", "--output", str(out))
    assert done.exit_code == 1
    assert sorted(file.name for file in out.iterdir()) == ["odd.xlsx", "wrong.xlsx"]
    assert load_workbook(out / "wrong.xlsx")["a"]["B2"].comment.text.startswith("『一』は整数ではありません")
    assert "wrong.xlsx を作りました。" in done.stdout
    assert "問題は 1 件、確認してほしいところは 1 件。3 件のデータセット、7 行を調べました。" in done.stdout


def test_one_dataset_is_one_workbook(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "報告.xlsx"
    assert run(root, "wrong", "--format", "xlsx", "--output", str(file)).exit_code == 1
    assert load_workbook(io.BytesIO(file.read_bytes())).sheetnames == ["確認結果", "a"]
    assert run(root, "wrong", "--format", "xlsx", "--output", str(tmp_path)).exit_code == 1
    assert (tmp_path / "wrong.xlsx").read_bytes() == file.read_bytes()


def test_a_clean_dataset_has_no_workbook(root: Path, tmp_path: Path) -> None:
    done = run(root, "good", "--format", "xlsx", "--output", str(tmp_path / "a.xlsx"))
    assert (done.exit_code, done.stdout) == (0, "問題は 0 件。1 件のデータセット、2 行を調べました。\n")
    assert not (tmp_path / "a.xlsx").exists()


# The terminal and the job ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terminal", "env", "output", "coloured"),
    [
        (True, {}, None, True),
        (True, {"NO_COLOR": ""}, None, True),
        (True, {"NO_COLOR": "1"}, None, False),
        (True, {"TERM": "dumb"}, None, False),
        (True, {}, Path("a.txt"), False),
        (False, {}, None, False),
    ],
)
def test_colours_are_for_a_terminal_that_wants_them(
    terminal: bool, env: dict[str, str], output: Path | None, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    target = report.target_of("text", output, Path())
    assert target.colour == coloured
    assert (target.width is None) == (not terminal or output is not None)


def test_the_summary_of_a_job_gets_the_report_too(root: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# 前の段\n", encoding="utf-8")
    done = run(root, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=datasets/wrong/a.csv,line=2,title=B2 (type-error)::")
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# 前の段\n")
    assert "| a.csv B2 | 『一』は整数ではありません |" in text
    assert run(root, "--format", "text", GITHUB_STEP_SUMMARY=str(summary)).exit_code == 1
    assert summary.read_text(encoding="utf-8") == text


def test_annotations_name_the_file_in_the_repository(root: Path) -> None:
    git(root.parent, "init", ".")
    assert prefix(root) == "town/"
    assert "file=town/datasets/wrong/a.csv," in run(root, "--format", "github").stdout
    assert '"uri": "town/datasets/wrong/a.csv"' in run(root, "--format", "sarif").stdout


# --since -----------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(root: Path) -> Path:
    """Give the town committed once, with the tag `before`."""
    (root / ".gitignore").write_text("*.tmp\n.kawaraban/\n", encoding="utf-8")
    git(root, "init", ".")
    git(root, "add", ".")
    git(root, "commit", "--message", "x")
    git(root, "tag", "before")
    return root


def test_only_datasets_that_changed_are_checked(repository: Path) -> None:
    assert changed_since(repository, "before") == set()
    none = run(repository, "--since", "before")
    assert (none.exit_code, none.stdout) == (0, "問題は 0 件。0 件のデータセット、0 行を調べました。\n")
    assert none.stderr == "3 件のうち、before から変わった 0 件のデータセットだけを調べます。\n"

    (repository / "datasets/good/メモ.txt").write_text("x", encoding="utf-8")
    (repository / "datasets/odd/x.tmp").write_text("x", encoding="utf-8")
    assert changed_since(repository, "before") == {"good"}
    (repository / "datasets/odd/a.csv").write_text("名称,数\n東,1\n", encoding="utf-8")
    git(repository, "commit", "--all", "--message", "y")
    assert changed_since(repository, "before") == {"good", "odd"}
    assert changed_since(repository, "HEAD") == {"good"}
    (repository / "datasets/wrong/a.csv").unlink()
    assert changed_since(repository, "before") == {"good", "odd", "wrong"}

    some = run(repository, "good", "wrong", "--since", "before", "--format", "json")
    assert [each["name"] for each in json.loads(some.stdout)["kawaraban"]["datasets"]] == ["good", "wrong"]


def test_a_project_in_a_folder_of_its_repository_has_its_own_changes(root: Path) -> None:
    git(root.parent, "init", ".")
    git(root.parent, "add", ".")
    git(root.parent, "commit", "--message", "x")
    (root.parent / "datasets/other").mkdir(parents=True)
    (root.parent / "datasets/other/a.csv").write_text("x", encoding="utf-8")
    (root / "datasets/wrong/a.csv").write_text("名称,数\n東,1\n", encoding="utf-8")
    assert changed_since(root, "HEAD") == {"wrong"}


@pytest.mark.parametrize(
    "revision", ["none", "", "HEAD..HEAD", "--output=x", "-h", "HEAD:datasets", "before\n", "日"]
)
def test_an_unknown_revision_is_wrong_use(revision: str, repository: Path) -> None:
    done = run(repository, f"--since={revision}", lang="en")
    assert done.exit_code == 2
    assert "there is no revision" in done.stderr
    assert "git fetch" in done.stderr
    assert done.stdout == ""
    assert not (repository / "x").exists()


def test_without_git_there_is_nothing_to_compare_with(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    done = run(root, "--since", "HEAD", lang="en")
    assert done.exit_code == 2
    assert "there is no git history for" in done.stderr
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KawarabanError, match="there is no git history"):
        changed_since(root, "HEAD")
