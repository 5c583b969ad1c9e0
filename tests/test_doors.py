"""Every door leads to the same site: the command line, plain MkDocs, the live preview, and Zensical."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kawaraban.templating import shipped_templates

ROOT = Path(__file__).resolve().parent.parent
DEADLINE = 30  # seconds for a saved file to show; what is slower than that is no live preview
MKDOCS = """\
site_name: 小町
site_url: https://town.example.org/
theme: {name: material, language: ja, font: false}
extra: {town: {name: 小町}}
plugins: [kawaraban]
markdown_extensions: [attr_list, md_in_html, tables]
"""
INDEX = """\
# 小町

```chart
data: people
x: 年
y: 人口
color: 地区
title: 東だけが増えた
```

```catalogue
```
"""
WRONG = """\
# まちがい

```chart
data: peple
x: 年
y: 人口
```
"""
PEOPLE = "年,地区,人口\n2020,東,1010\n2021,東,1012\n2020,西,808\n2021,西,707\n"
SITES = "名称,緯度,経度\n公民館,35.2,140.3\n小学校,35.21,140.31\n"
SHOPS = "名称,席数\n食堂,31\n喫茶,17\n"


def descriptor(name: str, title: str, *fields: str) -> str:
    listed = "".join(f"        - {{{field}}}\n" for field in fields)
    return (
        f"name: {name}\ntitle: {title}\nlicenses: [{{name: CC-BY-4.0}}]\nresources:\n  - name: {name}\n"
        f"    path: {name}.csv\n    schema:\n      fields:\n{listed}"
    )


TOWN = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": INDEX,
    "datasets/people/people.csv": PEOPLE,
    "datasets/people/datapackage.yaml": descriptor(
        "people", "ひとの数", "name: 年, type: integer", "name: 地区, type: string", "name: 人口, type: integer"
    ),
    "datasets/sites/sites.csv": SITES,
    "datasets/sites/datapackage.yaml": descriptor(
        "sites", "場所の一覧", "name: 名称, type: string", "name: 緯度, type: number", "name: 経度, type: number"
    ),
    "datasets/shops/shops.csv": SHOPS,
    "datasets/shops/datapackage.yaml": descriptor(
        "shops", "店の一覧", "name: 名称, type: string", "name: 席数, type: integer"
    ),
}


@pytest.fixture
def town(make_town: Callable[..., Path]) -> Path:
    """A project of three datasets, with its own copy of the page templates."""
    root = make_town(TOWN)
    shutil.copytree(shipped_templates() / "pages", root / "templates" / "pages")
    return root


def environment(**given: str) -> dict[str, str]:
    """Give the environment of a command: no colours, no git of whoever runs the tests, a fixed language."""
    env = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LANGUAGE")}
    fixed = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return {**env, **fixed, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", **given}


def command(program: str, *words: str | Path) -> list[str]:
    return [sys.executable, "-m", program, *(str(word) for word in words)]


def run(program: str, *words: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours, of MkDocs or of Zensical; what it prints is together in `stdout` and `stderr`."""
    return subprocess.run(
        command(program, *words), cwd=cwd, env=environment(**env), capture_output=True, text=True, encoding="utf-8",
        timeout=300, check=False,
    )  # fmt: skip


def tree(folder: Path) -> dict[str, str]:
    """Give the digest of every file below a folder."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def page(site: Path, path: str = "") -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def commit(root: Path, day: str, first: bool = False) -> None:
    """Commit everything in the project, on a day of the past."""
    moment = f"{day}T09:00:00+0900"
    env = environment(GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
    who = ["-c", "user.name=Town", "-c", "user.email=town@example.org", "-c", "commit.gpgsign=false"]
    for words in ([["init", "-q", "-b", "main"]] if first else []) + [["add", "-A"], ["commit", "-q", "-m", day]]:
        subprocess.run(["git", *who, *words], cwd=root, env=env, check=True, capture_output=True)


# Plain MkDocs ------------------------------------------------------------------------------------------------


def test_plain_mkdocs_builds_the_demo_as_strictly_and_to_the_same_bytes(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    for name in ("docs", "datasets", "templates"):
        shutil.copytree(ROOT / name, demo / name)
    shutil.copy2(ROOT / "mkdocs.yml", demo)
    epoch = {"SOURCE_DATE_EPOCH": "1746000000"}
    ours = run("kawaraban", "build", "--strict", "--site-dir", tmp_path / "ours", cwd=demo, **epoch)
    assert ours.returncode == 0, ours.stderr
    theirs = run("mkdocs", "build", "--strict", "-d", tmp_path / "theirs", cwd=demo, **epoch)
    assert theirs.returncode == 0, theirs.stderr
    one, other = tree(tmp_path / "ours"), tree(tmp_path / "theirs")
    assert [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)] == []
    datasets = [folder.name for folder in (demo / "datasets").iterdir() if folder.is_dir()]
    assert len(datasets) > 5
    assert {f"datasets/{name}/index.html" for name in datasets} <= one.keys()


@pytest.mark.parametrize("program", ["mkdocs", "kawaraban"])
def test_a_wrong_fence_fails_a_strict_build_with_its_line_and_the_nearest_name(town: Path, program: str) -> None:
    (town / "docs" / "wrong.md").write_text(WRONG, encoding="utf-8")
    done = run(program, "build", "--strict", cwd=town)
    assert done.returncode == 1, done.stderr
    told = [line for line in done.stderr.splitlines() if "peple" in line]
    assert len(told) == 1, done.stderr
    assert "docs/wrong.md:4: " in told[0]
    assert str(town) not in told[0], "the line names the file as the writer knows it, not as this machine does"
    assert "「people」" in told[0]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("program", ["mkdocs", "kawaraban"])
def test_a_wrong_fence_is_a_box_on_the_page_of_a_build_that_is_not_strict(town: Path, program: str) -> None:
    (town / "docs" / "wrong.md").write_text(WRONG, encoding="utf-8")
    done = run(program, "build", cwd=town)
    assert done.returncode == 0, done.stderr
    assert "docs/wrong.md:4: " in done.stderr
    shown = page(town / "site", "wrong")
    assert shown.count('class="kb-problem"') == 1
    assert "<code>docs/wrong.md:4</code>" in shown
    assert "「people」ではありませんか" in shown
    assert "<svg viewBox" in page(town / "site"), "one wrong fence spoils no other page"


def test_the_folder_that_the_command_is_given_in_changes_nothing(town: Path, tmp_path: Path) -> None:
    assert run("kawaraban", "build", cwd=town, SOURCE_DATE_EPOCH="1746000000").returncode == 0
    inside = tree(town / "site")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("kawaraban", "--root", town, "build", cwd=elsewhere, SOURCE_DATE_EPOCH="1746000000")
    assert done.returncode == 0, done.stderr
    assert tree(town / "site") == inside
    assert list(elsewhere.iterdir()) == []


# The live preview --------------------------------------------------------------------------------------------


class Preview:
    """A running server of a project; what it says is in the file `log`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self.process = process
        self.url = url
        self.log = log

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.read().decode()

    def until(self, path: str, holds: Callable[[str], bool]) -> str:
        """Give the page once it holds what it should; fail at the deadline or where the server has ended."""
        end = time.monotonic() + DEADLINE
        text = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            try:
                text = self.get(path)
                if holds(text):
                    return text
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.1)
        pytest.fail(f"{path} did not change in {DEADLINE} s\n{self.log.read_text(encoding='utf-8')}\n{text[-3000:]}")


@contextmanager
def preview(program: str, root: Path, log: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    words = {"kawaraban": ["serve", "--address", address], "mkdocs": ["serve", "--dev-addr", address]}[program]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command(program, *words), cwd=root, stdout=stream, stderr=subprocess.STDOUT,
            env=environment(TMPDIR=str(log.parent)),  # MkDocs leaves its temporary site behind when it is ended
        )  # fmt: skip
    try:
        yield Preview(process, f"http://{address}/", log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.mark.parametrize("program", ["mkdocs", "kawaraban"])
def test_a_saved_file_is_a_changed_page_and_a_broken_one_ends_nothing(
    town: Path, tmp_path: Path, program: str
) -> None:
    people, source = town / "datasets" / "people" / "people.csv", town / "datasets" / "people" / "datapackage.yaml"
    template, written = town / "templates" / "pages" / "dataset.md.j2", town / "docs" / "index.md"
    with preview(program, town, tmp_path / "log.txt") as seen:
        before = seen.until("datasets/people/", lambda text: "1,012" in text)
        assert "4,321" not in before
        assert "<svg viewBox" in seen.get("")

        people.write_text(PEOPLE.replace("1012", "4321"), encoding="utf-8")
        seen.until("datasets/people/", lambda text: "4,321" in text and "1,012" not in text)
        seen.until("", lambda text: "4,321" in text)

        written.write_text(INDEX + "\nきょうのひとこと\n", encoding="utf-8")
        seen.until("", lambda text: "きょうのひとこと" in text)

        template.write_text(template.read_text(encoding="utf-8") + "\n型紙の足もと\n", encoding="utf-8")
        seen.until("datasets/people/", lambda text: "型紙の足もと" in text)
        assert "型紙の足もと" in seen.get("datasets/shops/")

        whole = source.read_text(encoding="utf-8")
        source.write_text(whole.replace("title: ひとの数", "title: [ひとの数"), encoding="utf-8")
        broken = seen.until("datasets/people/", lambda text: 'class="kb-problem"' in text)
        assert "datapackage.yaml" in broken
        assert "食堂" in seen.get("datasets/shops/"), "the other datasets stay"

        source.write_text(whole, encoding="utf-8")
        mended = seen.until("datasets/people/", lambda text: 'class="kb-problem"' not in text)
        assert "4,321" in mended
    assert "Traceback" not in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_a_broken_template_saved_while_serving_is_told_and_mended_without_a_new_start(
    town: Path, tmp_path: Path
) -> None:
    template = town / "templates" / "pages" / "dataset.md.j2"
    whole = template.read_text(encoding="utf-8")
    with preview("kawaraban", town, tmp_path / "log.txt") as seen:
        seen.until("datasets/people/", lambda text: "1,012" in text)
        template.write_text(whole + "\n{% if %}\n", encoding="utf-8")
        end = time.monotonic() + DEADLINE
        while "templates/pages/dataset.md.j2:" not in seen.log.read_text(encoding="utf-8"):
            assert time.monotonic() < end, seen.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        assert "1,012" in seen.get("datasets/people/"), "the last good page is still served"
        template.write_text(whole + "\n型紙の足もと\n", encoding="utf-8")
        seen.until("datasets/people/", lambda text: "型紙の足もと" in text)


# Rendering for others ----------------------------------------------------------------------------------------


def test_rendering_again_writes_nothing_and_one_cell_writes_one_dataset(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rendered"
    first = run("kawaraban", "--lang", "en", "render", folder, cwd=town)
    assert first.returncode == 0, first.stderr
    before = tree(folder)
    count = len([name for name in before if not name.startswith(".")])
    assert f"{count} files written, 0 kept" in first.stdout
    times = {file: file.stat().st_mtime_ns for file in folder.rglob("*") if not file.name.startswith(".")}
    again = run("kawaraban", "--lang", "en", "render", folder, cwd=town)
    assert f"0 files written, {count} kept" in again.stdout
    assert {file: file.stat().st_mtime_ns for file in times} == times
    assert tree(folder) == before
    (town / "datasets" / "people" / "people.csv").write_text(PEOPLE.replace("1012", "1013"), encoding="utf-8")
    run("kawaraban", "render", folder, cwd=town)
    changed = {name for name, digest in tree(folder).items() if before[name] != digest and name[0] != "."}
    cards = {name for name in changed if name.startswith("cards/")}
    assert changed - cards == {f"datasets/people/people.{ending}" for ending in ("csv", "excel.csv", "json")}
    assert {name.split("/")[1].rpartition("-")[0] for name in cards} == {"people-table", "index-chart"}


def test_what_is_no_longer_published_leaves_the_rendered_folder(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rendered"
    run("kawaraban", "render", folder, cwd=town)
    assert (folder / "datasets" / "shops" / "index.md").is_file()
    shutil.rmtree(town / "datasets" / "shops")
    run("kawaraban", "render", folder, cwd=town)
    assert not (folder / "datasets" / "shops").exists()
    assert (folder / "datasets" / "people" / "index.md").is_file()


def test_rendering_refuses_a_folder_with_files_of_others(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "diary.md").write_text("mine", encoding="utf-8")
    done = run("kawaraban", "--lang", "en", "render", folder, cwd=town)
    assert done.returncode == 2
    assert one_line(done.stderr) == (
        f"Error: {folder} holds files that were not rendered — name an empty folder: others' files would be removed"
    )
    assert [each.name for each in folder.iterdir()] == ["diary.md"]


@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="Zensical is not installed")
def test_zensical_builds_the_rendered_folder_with_its_charts_and_its_catalogue(town: Path, tmp_path: Path) -> None:
    """Zensical passes over plugins without a word; the Markdown extension is what has to run there."""
    other = tmp_path / "zensical"
    assert run("kawaraban", "render", other / "docs", cwd=town).returncode == 0
    extensions = ["attr_list", "md_in_html", "tables", {"kawaraban": {"root": str(town)}}]
    config = {
        "site_name": "小町",
        "docs_dir": "docs",  # Zensical refuses a docs_dir outside the folder of its configuration
        "theme": {"language": "ja", "font": False},
        "extra_css": ["assets/kawaraban/kawaraban.css"],
        "extra_javascript": ["assets/kawaraban/kawaraban.js"],
        "markdown_extensions": extensions,
    }
    (other / "mkdocs.yml").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    done = run("zensical", "build", "--clean", cwd=other)
    assert done.returncode == 0, done.stdout + done.stderr
    site = other / "site"
    assert page(site).count("<svg viewBox") == 2, "the chart, drawn for a desk and for a phone"
    assert page(site, "datasets").count('class="kb-table kb-catalogue"') == 1
    assert all(title in page(site, "datasets") for title in ("ひとの数", "場所の一覧", "店の一覧"))
    assert "data-map=" in page(site, "datasets/sites")
    assert "食堂" in page(site, "datasets/shops")
    assert (site / "datasets" / "shops" / "shops.csv").read_text(encoding="utf-8") == SHOPS
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "page=" not in text, f"a fence that was not drawn in {file}"
        assert 'class="kb-problem"' not in text, file


# Held data ---------------------------------------------------------------------------------------------------


BROKEN = PEOPLE.replace("1012", "たくさん")


@pytest.fixture
def history(town: Path) -> Path:
    """A town whose `people` were good on 1 May 2024, and are broken since 2 June."""
    commit(town, "2024-05-01", first=True)
    (town / "datasets" / "people" / "people.csv").write_text(BROKEN, encoding="utf-8")
    commit(town, "2024-06-02")
    return town


def test_broken_data_is_held_at_its_last_good_version_and_the_others_publish(history: Path) -> None:
    done = run("kawaraban", "--lang", "en", "build", cwd=history)
    assert done.returncode == 0, done.stderr
    assert "2 datasets published, 1 held" in done.stdout
    assert "datasets/people/datapackage.yaml: " in done.stderr
    shown = page(history / "site", "datasets/people")
    assert shown.count("2024年5月1日の版を表示しています") == 1
    assert '<b class="kb-place">C3</b>' in shown
    assert "<td class=kb-n>1,012</td>" in shown
    assert "1,012" in page(history / "site"), "a chart of held data shows the last good version"
    assert (history / "site" / "datasets" / "people" / "people.csv").read_text(encoding="utf-8") == PEOPLE
    assert "確認中（2024年5月1日の版を表示）" in page(history / "site", "datasets")
    assert page(history / "site", "datasets").count("確認中") == 1
    for name in ("sites", "shops"):
        assert "kb-problem" not in page(history / "site", f"datasets/{name}")


def test_broken_data_without_a_good_version_shows_its_problems_and_no_rows(town: Path) -> None:
    (town / "datasets" / "people" / "people.csv").write_text(BROKEN, encoding="utf-8")
    commit(town, "2024-06-02", first=True)
    done = run("kawaraban", "--lang", "en", "build", cwd=town)
    assert done.returncode == 0, done.stderr
    assert "2 datasets published, 1 held" in done.stdout
    shown = page(town / "site", "datasets/people")
    assert 'class="kb-problem"' in shown
    assert '<b class="kb-place">C3</b>' in shown
    assert "たくさん" in shown, "the cell is quoted, so that it can be found"
    assert "1,010" not in shown, "no row of a held dataset is shown"
    assert not (town / "site" / "datasets" / "people" / "people.csv").exists()
    front = page(town / "site")
    assert 'class="kb-problem"' in front
    assert "<svg viewBox" not in front


def test_validate_tells_1_and_build_0_and_a_strict_build_1_and_keeps_the_last_site(history: Path) -> None:
    assert run("kawaraban", "build", cwd=history).returncode == 0
    before = tree(history / "site")
    checked = run("kawaraban", "--lang", "en", "validate", cwd=history)
    assert checked.returncode == 1
    assert "people.csv" in checked.stdout
    assert run("kawaraban", "validate", "sites", "shops", cwd=history).returncode == 0
    (history / "docs" / "index.md").write_text(INDEX + "\nあとから書いた\n", encoding="utf-8")
    strict = run("kawaraban", "--lang", "en", "build", "--strict", cwd=history)
    assert strict.returncode == 1
    assert "The build failed; the last site is as it was." in strict.stderr
    assert "Traceback" not in strict.stderr
    assert tree(history / "site") == before
    assert [each.name for each in history.iterdir() if each.name.startswith(".kawaraban-building")] == []


# Wrong use ---------------------------------------------------------------------------------------------------


def one_line(text: str) -> str:
    """Give the only line of an error. Where there are more, or a traceback, that is a failure."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize("verb", ["build", "serve", "render out"])
def test_a_folder_that_is_no_project_is_told_in_one_line(tmp_path: Path, verb: str) -> None:
    done = run("kawaraban", "--lang", "en", *verb.split(), cwd=tmp_path)
    assert done.returncode == 2
    told = f"Error: there is no mkdocs.yml in {tmp_path} — go to the project's folder, or name it with --root"
    assert one_line(done.stderr) == told
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_datasets_is_told_in_one_line(tmp_path: Path) -> None:
    done = run("kawaraban", "--lang", "en", "validate", cwd=tmp_path)
    assert done.returncode == 2
    assert one_line(done.stderr).startswith(f"Error: there are no datasets in {tmp_path / 'datasets'} — ")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_dataset_is_answered_with_the_nearest_name(town: Path) -> None:
    done = run("kawaraban", "--lang", "en", "validate", "peple", cwd=town)
    assert done.returncode == 2
    assert one_line(done.stderr) == "Error: there is no dataset peple — did you mean people?"
    assert done.stdout == ""
    japanese = run("kawaraban", "--lang", "ja", "validate", "peple", cwd=town)
    assert japanese.returncode == 2
    assert "「people」ではありませんか" in one_line(japanese.stderr)


def test_a_project_without_the_plugin_is_told_what_to_add_and_keeps_its_site(town: Path) -> None:
    (town / "site").mkdir()
    (town / "site" / "index.html").write_text("the last site", encoding="utf-8")
    (town / "mkdocs.yml").write_text(MKDOCS.replace("plugins: [kawaraban]", "plugins: [search]"), encoding="utf-8")
    done = run("kawaraban", "--lang", "en", "build", cwd=town)
    assert done.returncode == 1
    assert "mkdocs.yml" in one_line(done.stderr)
    assert "kawaraban" in one_line(done.stderr)
    assert tree(town / "site").keys() == {"index.html"}


@pytest.mark.parametrize("words", [["biuld"], ["build", "--fast"], ["validate", "--format", "pdf"], ["render"]])
def test_wrong_words_are_wrong_use(town: Path, words: list[str]) -> None:
    done = run("kawaraban", *words, cwd=town)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Error" in done.stderr
    assert not (town / "site").exists()
