"""A build that is killed at any moment leaves the last site whole, and nothing that a later build could trip over."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process group is killed as POSIX knows it")

KILLS = 50
SEED = 20250401
BUILDING = ".kawaraban-building-*"
# Starts builds in children of a process that has the heavy modules already: a build takes a second, not three.
# Each line it reads is a project; it says the number of the child, and once the child has ended, how.
NURSERY = """
import os, sys
import duckdb, ibis, kawaraban.plugin, markdown, material, pandas, pyarrow, vl_convert
import kawaraban.site, kawaraban.views.chart, kawaraban.views.map, kawaraban.checking.judge
from kawaraban.cli import main
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        sys.stdout = sys.stderr = open(os.path.join(line.strip(), "..", "said.txt"), "w")
        try:
            main(["--root", line.strip(), "build"], standalone_mode=False)
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    try:
        os.setpgid(child, child)
    except OSError:
        pass
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
MKDOCS = """\
site_name: 小町
theme: {name: material, language: ja, font: false}
plugins: [search, kawaraban]
markdown_extensions: [attr_list, md_in_html, tables]
"""
INDEX = """\
# 小町

```chart
data: people
x: 年
y: 人口
color: 地区
```

```map
data: sites
```

```sql
SELECT "地区", sum("人口") AS "合計" FROM people GROUP BY "地区" ORDER BY "地区"
```
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": INDEX,
    "datasets/people/datapackage.yaml": "name: people\ntitle: 人口\nresources: [{name: people, path: people.csv}]\n",
    "datasets/sites/datapackage.yaml": "name: sites\ntitle: 場所\nresources: [{name: sites, path: sites.csv}]\n",
    "datasets/sites/sites.csv": "名称,緯度,経度\n公民館,35.2,140.3\n小学校,35.21,140.31\n",
}


def state(root: Path, which: int) -> None:
    """Give the project its state 0 or 1: other data, another page, one page more or less."""
    rows = "".join(f"{year},{place},{year * 3 + which}\n" for year in range(2000, 2020) for place in ("東", "西"))
    (root / "datasets" / "people" / "people.csv").write_text("年,地区,人口\n" + rows, encoding="utf-8")
    (root / "docs" / "index.md").write_text(f"{INDEX}\n状態{which}\n", encoding="utf-8")
    more = root / "docs" / "more.md"
    if which:
        more.write_text("# もう一枚\n", encoding="utf-8")
    else:
        more.unlink(missing_ok=True)


def whole(site: Path) -> str:
    """Give one digest of a site: every name and every byte."""
    total = hashlib.sha256()
    for file in sorted(each for each in site.rglob("*") if each.is_file()):
        total.update(
            f"{file.relative_to(site).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return total.hexdigest()


def begun(root: Path) -> bool:
    """Say whether a new site holds its first file; a build that ends while it is looked at has not begun one."""
    try:
        return any(root.glob(f"{BUILDING}/*"))
    except FileNotFoundError:
        return False


class Nursery:
    """Starts builds, kills them, and says how they ended."""

    def __init__(self) -> None:
        env = {**os.environ, "SOURCE_DATE_EPOCH": "1746000000", "LC_ALL": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
        )
        assert self.line() == "ready"

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self, root: Path) -> int:
        """Start a build; give the number of its process, which is that of its group."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{root}\n")
        self.process.stdin.flush()
        return int(self.line())

    def build(self, root: Path) -> float:
        """Build to the end; give the seconds that it took."""
        began = time.monotonic()
        self.start(root)
        ended = self.line()
        assert ended == "0", (root.parent / "said.txt").read_text(encoding="utf-8")
        return time.monotonic() - began

    def kill(self, root: Path, delay: float, writing: bool) -> bool:
        """Start a build and kill it with all of its children after `delay` seconds; say whether it was alive.

        The delay counts from the start, or with `writing` from the first file of the new site.
        """
        group = self.start(root)
        with contextlib.suppress(ProcessLookupError):  # where it has ended, so have its children
            while writing and not begun(root):
                os.killpg(group, 0)
                time.sleep(0.001)
            time.sleep(delay)
            os.killpg(group, signal.SIGKILL)
        ended = self.line()
        assert ended in ("0", str(-signal.SIGKILL)), (root.parent / "said.txt").read_text(encoding="utf-8")
        return ended != "0"


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    assert made.process.stdin is not None
    made.process.stdin.close()
    made.process.wait(30)


def forget(root: Path, chance: random.Random) -> None:
    """Remove a random half of what earlier builds kept, so that the next one makes it anew and finds the rest."""
    kept = sorted(file for file in (root / ".kawaraban").rglob("*") if file.is_file())
    for file in kept:
        if chance.random() < 0.5:
            file.unlink()


def test_a_site_is_whole_after_every_one_of_fifty_kills(make_town: Callable[..., Path], nursery: Nursery) -> None:
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    good = []
    for which in (0, 1):
        pristine = make_town(FILES, f"pristine-{which}")
        state(pristine, which)
        nursery.build(pristine)
        good.append(whole(pristine / "site"))
    assert good[0] != good[1]

    root = make_town(FILES)
    site = root / "site"
    state(root, 0)
    nursery.build(root)
    shutil.rmtree(root / ".kawaraban")
    state(root, 1)
    seconds = nursery.build(root)
    assert whole(site) == good[1]

    shown = 1
    limits = {False: seconds, True: seconds / 5}  # the longest delay; the last part of a build is the short one
    hit, torn, left = 0, [], 0
    for number in range(KILLS):
        forget(root, chance)
        for beside in root.glob(BUILDING):
            shutil.rmtree(beside)  # so that what is there afterwards is of this build
        state(root, 1 - shown)
        writing = number % 2 == 1
        delay = chance.uniform(0, limits[writing])
        alive = nursery.kill(root, delay, writing)
        # how long a build takes depends on what else this machine does: a kill that came too late was the limit
        limits[writing] = limits[writing] * 1.05 if alive else delay
        hit += alive
        found = whole(site)
        if found not in good:
            torn.append((number, round(delay, 3)))
            continue
        left += begun(root)
        shown = good.index(found)
    assert torn == [], "kills that left a site which is neither the old one nor the new one"
    assert hit > KILLS * 0.6, "kills that come when the build is over prove nothing"
    assert left > KILLS * 0.2, "kills that come before a site is written prove little"

    for which in (0, 1):
        state(root, which)
        nursery.build(root)
        assert whole(site) == good[which], "what killed builds kept has changed what is built now"
        assert list(root.glob(BUILDING)) == []


def test_what_a_killed_build_leaves_behind_is_removed_by_the_next(
    make_town: Callable[..., Path], nursery: Nursery
) -> None:
    root = make_town(FILES)
    state(root, 0)
    group = nursery.start(root)
    end = time.monotonic() + 60
    while not begun(root):
        assert time.monotonic() < end, "the build writes nothing"
        time.sleep(0.001)
    os.killpg(group, signal.SIGKILL)
    assert nursery.line() == str(-signal.SIGKILL)
    assert len(list(root.glob(BUILDING))) == 1
    assert not (root / "site").exists(), "half of a first site is no site"
    nursery.build(root)
    assert list(root.glob(BUILDING)) == []
    assert (root / "site" / "index.html").is_file()


def test_files_that_were_cut_short_are_noticed_and_made_anew(
    make_town: Callable[..., Path], nursery: Nursery
) -> None:
    """A power cut may leave any file that is kept with any length; the site is the same."""
    root = make_town(FILES)
    state(root, 0)
    nursery.build(root)
    good = whole(root / "site")
    chance = random.Random(SEED)  # noqa: S311 - lengths, not secrets
    kept = [file for file in (root / ".kawaraban").rglob("*") if file.is_file() and file.stat().st_size]
    assert len(kept) > 20
    for file in kept:
        with file.open("r+b") as stream:
            stream.truncate(chance.randrange(file.stat().st_size))
    nursery.build(root)
    assert whole(root / "site") == good
