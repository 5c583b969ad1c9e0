"""How long a site of N datasets takes, beside plain MkDocs with as many Markdown pages.

    python benchmarks/site.py [--sizes 10,100,500] [--runs 3]

Each dataset has 300 rows, a chart and a table. `cold` begins without cache and stage, `warm` changes nothing,
`one changed` appends a row to one dataset. Whole processes, medians; the peak is the largest resident set.
"""

import argparse
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 300
PLACES = ["北", "南", "東", "西"]
CONFIG = """site_name: 試しの町
site_url: https://example.org/
theme: {{name: material, language: ja, font: false}}
plugins: [{plugins}]
markdown_extensions: [attr_list, md_in_html, tables]
"""
DESCRIPTOR = """name: {slug}
title: 試しのデータ {number}
description: 速さを測るために作ったデータです。
resources:
  - name: {slug}
    path: data.csv
    schema:
      fields:
        - {{name: id, type: integer, constraints: {{required: true, unique: true}}}}
        - {{name: 日付, type: date}}
        - {{name: 地区, type: string, constraints: {{enum: [北, 南, 東, 西]}}}}
        - {{name: 人数, type: integer, unit: 人, constraints: {{minimum: 0}}}}
        - {{name: 割合, type: number}}
kawaraban:
  theme: 試し{theme}
  views:
    - chart: {{mark: line, x: 日付, y: 人数, color: 地区, title: 人数の移り変わり}}
    - table: {{limit: 20}}
"""


def make_datasets(root: Path, count: int) -> None:
    """Write a project of `count` datasets."""
    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# 試しの町\n\n```catalogue\n```\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG.format(plugins="search, kawaraban"), encoding="utf-8")
    for number in range(count):
        chance = random.Random(number)  # noqa: S311 - numbers to draw, not secrets
        slug = f"data-{number:04d}"
        folder = root / "datasets" / slug
        folder.mkdir(parents=True)
        (folder / "datapackage.yaml").write_text(
            DESCRIPTOR.format(slug=slug, number=number, theme=number % 8), encoding="utf-8"
        )
        lines = ["id,日付,地区,人数,割合"]
        for row in range(ROWS):
            day = time.strftime("%Y-%m-%d", time.gmtime(1_700_000_000 + row // 4 * 86_400))
            lines.append(f"{row},{day},{PLACES[row % 4]},{chance.randint(0, 900)},{chance.random():.3f}")
        (folder / "data.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_pages(root: Path, count: int) -> None:
    """Write a plain MkDocs project of `count` pages: a title, a text, and a table of 20 rows."""
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(CONFIG.format(plugins="search"), encoding="utf-8")
    (root / "docs" / "index.md").write_text("# 試しの町\n", encoding="utf-8")
    rows = "\n".join(f"| {row} | 2024-01-01 | 北 | {row * 3} | 0.5 |" for row in range(20))
    for number in range(count):
        folder = root / "docs" / "datasets" / f"data-{number:04d}"
        folder.mkdir(parents=True)
        text = f"# 試しのデータ {number}\n\n速さを測るために作ったページです。\n\n"
        head = "| id | 日付 | 地区 | 人数 | 割合 |\n|---|---|---|---|---|\n"
        (folder / "index.md").write_text(f"{text}{head}{rows}\n", encoding="utf-8")


def run(command: list[str], root: Path) -> tuple[float, float]:
    """Give the seconds and the peak memory (MiB) of a command in `root`."""
    began = time.perf_counter()
    child = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise SystemExit(f"{' '.join(command)} failed in {root}")
    return seconds, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,500")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    plain = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    ours = [sys.executable, "-m", "kawaraban", "build"]
    print(f"{'N':>5} {'case':<12} {'seconds':>8} {'of plain':>8} {'peak MiB':>9}")
    cold: dict[int, float] = {}
    for count in [int(each) for each in options.sizes.split(",")]:
        with tempfile.TemporaryDirectory() as folder:
            pages, town = Path(folder) / "pages", Path(folder) / "town"
            make_pages(pages, count)
            make_datasets(town, count)
            times: dict[str, list[tuple[float, float]]] = {"plain": [], "cold": [], "warm": [], "one changed": []}
            changed = town / "datasets" / "data-0000" / "data.csv"
            for turn in range(options.runs):
                times["plain"].append(run(plain, pages))
                shutil.rmtree(town / ".kawaraban", ignore_errors=True)
                times["cold"].append(run(ours, town))
                times["warm"].append(run(ours, town))
                with changed.open("a", encoding="utf-8") as stream:
                    stream.write(f"{ROWS + turn},2024-03-01,北,{turn},0.5\n")
                times["one changed"].append(run(ours, town))
            base = statistics.median(seconds for seconds, _ in times["plain"])
            for case, measured in times.items():
                seconds = statistics.median(each for each, _ in measured)
                peak = max(each for _, each in measured)
                print(f"{count:>5} {case:<12} {seconds:>8.2f} {seconds / base:>8.2f} {peak:>9.0f}", flush=True)
            cold[count] = statistics.median(each for each, _ in times["cold"])
    if {100, 500} <= cold.keys():
        print(f"cold, 500 over 100: {cold[500] / cold[100]:.2f}")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
