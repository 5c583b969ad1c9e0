"""The same input gives the same bytes: on another day, in another folder, language, time zone and order of files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

# What a build runs in: the clock of `day` goes on from there, and folders list their files by `order`.
DRIVER = """
import os, sys, time_machine
day, order, program, *words = sys.argv[1:]
travel = time_machine.travel(day, tick=True)
travel.start()
scandir, listdir = os.scandir, os.listdir

class Scanned:
    def __init__(self, path="."):
        with scandir(path) as found:
            self.found = iter(sorted(found, key=lambda each: each.name, reverse=order == "backward"))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

os.scandir = Scanned
os.listdir = lambda path=".": sorted(listdir(path), reverse=order == "backward")
if program == "mkdocs":
    from mkdocs.__main__ import cli as main
else:
    from kawaraban.cli import main
main(words)
"""
MKDOCS = """\
site_name: 小町
site_url: https://town.example.org/
theme: {name: material, language: ja, font: false}
plugins: [search, kawaraban]
markdown_extensions: [attr_list, md_in_html, tables, admonition]
"""
INDEX = """\
# 小町

```masthead
```

```figure
data: people
value: 人口
by: 年
aggregate: sum
```

```chart
data: people
x: 年
y: 人口
color: 地区
```

```chart
data: people
mark: stacked bar
x: 人口
y: 地区
aggregate: sum
```

```map
data: sites
```

```sql
SELECT "地区", count(*) AS "行", avg("人口") AS "平均" FROM people GROUP BY "地区"
```

```catalogue
```
"""
WRONG = """\
# まちがい

```chart
data: peple
```
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": INDEX,
    "docs/wrong.md": WRONG,
    "docs/あ.md": "# あ\n",
    "docs/notes/a.md": "# a\n",
    "docs/notes/b.md": "# b\n",
    "datasets/people/datapackage.yaml": "name: people\ntitle: 人口\nresources: [{name: people, path: people.csv}]\n",
    "datasets/people/people.csv": "年,地区,人口\n2020,東,10\n2021,東,12\n2020,西,8\n2021,西,7\n2021,北,3\n",
    "datasets/sites/datapackage.yaml": "name: sites\ntitle: 場所\nresources: [{name: sites, path: sites.csv}]\n",
    "datasets/sites/sites.csv": "名称,緯度,経度,開設\n公民館,35.2,140.3,2001-04-01\n小学校,35.21,140.31,1987-04-01\n",
    "datasets/held/datapackage.yaml": (
        "name: held\ntitle: 保留\nresources:\n  - name: held\n    path: held.csv\n"
        "    schema: {fields: [{name: 数, type: integer}]}\n"
    ),
    "datasets/held/held.csv": "数\n1\n多い\n",
}
DAY, OTHER_DAY = "2025-05-01T03:00:00Z", "2031-12-31T20:30:00Z"
HERE = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1"}
THERE = {"LC_ALL": "", "LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "4242"}


def environment(**given: str) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LANGUAGE")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "NO_MKDOCS_2_WARNING": "1"}
    return {**env, **quiet, **given}


def repository(root: Path, names: Sequence[str], time: int) -> Path:
    """Write the files in this order, with times that begin at `time`, and commit them on a fixed day."""
    for number, name in enumerate(names):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(FILES[name].encode())
        os.utime(file, (time + number, time + number))
    moment = "2025-04-02T08:30:00+0900"
    env = environment(GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
    who = ["-c", "user.name=Town", "-c", "user.email=town@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "the town"]):
        subprocess.run(["git", *who, *words], cwd=root, env=env, check=True, capture_output=True)
    return root


def build(root: Path, day: str, order: str, program: str = "kawaraban", cwd: Path | None = None, **env: str) -> Path:
    """Build with a shifted clock and order of files; give the site's folder."""
    words = {"kawaraban": ["--root", str(root), "build"], "mkdocs": ["build", "-f", str(root / "mkdocs.yml")]}[
        program
    ]
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, day, order, program, *words], cwd=cwd or root, env=environment(**env),
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def tree(folder: Path) -> dict[str, str]:
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    """Give the files that are not the same in two folders, each with its first line that differs."""
    first, second = tree(one), tree(other)
    found = []
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) == second.get(name):
            continue
        if name not in first or name not in second:
            found.append(f"{name}: only in {one if name in first else other}")
            continue
        lines = zip((one / name).read_bytes().split(b"\n"), (other / name).read_bytes().split(b"\n"), strict=False)
        number, pair = next(((n, pair) for n, pair in enumerate(lines, 1) if pair[0] != pair[1]), (0, (b"", b"")))
        found.append(f"{name}:{number}: {pair[0][:200]!r} is not {pair[1][:200]!r}")
    return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that the others are compared with; it holds pages, charts, a map, a box and a held dataset."""
    root = repository(tmp_path_factory.mktemp("first") / "town", list(FILES), 1_700_000_000)
    site = build(root, DAY, "forward", **HERE)
    front = (site / "index.html").read_text(encoding="utf-8")
    assert front.count("<svg viewBox") == 4
    assert "data-map=" in front
    assert "2025年4月2日" in front, "dates are those of git"
    assert 'class="kb-problem"' in (site / "datasets" / "held" / "index.html").read_text(encoding="utf-8")
    assert 'class="kb-problem"' in (site / "wrong" / "index.html").read_text(encoding="utf-8")
    assert len(tree(site)) > 60
    return site


@pytest.mark.parametrize("program", ["kawaraban", "mkdocs"])
def test_everything_else_at_once_changes_no_byte(first: Path, tmp_path: Path, program: str) -> None:
    root = repository(tmp_path / "ほかの 場所" / "t", list(reversed(FILES)), 1_100_000_000)
    site = build(root, OTHER_DAY, "backward", program, cwd=tmp_path, **THERE)
    found = differing(first, site)
    assert not found, "\n".join(found)


def test_a_second_build_of_what_is_kept_changes_no_byte(first: Path, tmp_path: Path) -> None:
    root = repository(tmp_path / "town", list(FILES), 1_700_000_000)
    build(root, DAY, "forward", **HERE)
    for number, name in enumerate(FILES):
        os.utime(root / name, (1_800_000_000 - number, 1_800_000_000 - number))
    site = build(root, OTHER_DAY, "backward", **THERE)
    found = differing(first, site)
    assert not found, "\n".join(found)


def test_what_differs_is_found(first: Path, tmp_path: Path) -> None:
    """The comparison itself: another commit day has to be seen, on the pages and in the sitemap."""
    root = repository(tmp_path / "town", list(FILES), 1_700_000_000)
    moment = "2025-04-03T08:30:00+0900"
    env = environment(GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
    who = ["-c", "user.name=Town", "-c", "user.email=town@example.org", "-c", "commit.gpgsign=false"]
    amend = ["git", *who, "commit", "-q", "--amend", "--no-edit", "--date", moment]
    subprocess.run(amend, cwd=root, env=env, check=True, capture_output=True)
    found = differing(first, build(root, DAY, "forward", **HERE))
    named = {line.partition(":")[0] for line in found}
    assert {"index.html", "datasets/people/index.html", "sitemap.xml"} <= named
    searched = {name for name in named if name.startswith("pagefind/")}  # pages are searched with their dates
    assert not any(name.endswith((".csv", ".json", ".css", ".js")) for name in named - searched)
