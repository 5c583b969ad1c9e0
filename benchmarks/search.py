"""How long the search of a site of N datasets takes, and what the first question fetches.

    python benchmarks/search.py [--datasets 1000] [--rows 20] [--keep FOLDER]

Builds the site once, then asks in Chromium: the time from the last key to the first result on the page, for the first
question (nothing fetched before but the page) and for the next ones.
"""

import argparse
import gzip
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from demo import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Response

CONFIG = """site_name: 大町
theme: {name: material, language: ja, font: false}
plugins: [search, kawaraban]
markdown_extensions: [attr_list, md_in_html, tables]
"""
FIRST = "東西南北上下中大小新本元古高長山川海浜谷原野田森林石岩松竹梅桜花草水火土金銀星月日光風雲雨雪"
SECOND = "町村里台丘坂橋通沢浦崎島江池戸井口前"
PLACES = ["小学校", "中学校", "公民館", "公園", "図書館", "保育所", "診療所", "広場", "体育館", "駐車場", "児童館"]
THEMES = [
    "人口",
    "交通量",
    "降水量",
    "図書の貸出",
    "ごみの量",
    "水道",
    "予算",
    "施設",
    "行事",
    "道路",
    "避難所",
    "観光客",
]
ASK = """async (text) => {
  const field = document.querySelector(".kb-finder input");
  const list = document.querySelector(".kb-finder [role=listbox]");
  const found = new Promise((go, fail) => {
    setTimeout(() => fail(new Error(`nothing was found for ${text}`)), 20000);
    new MutationObserver((all, self) => {
      if (list.children.length) { self.disconnect(); go(performance.now()); }
    }).observe(list, { childList: true });
  });
  field.value = text;
  const begun = performance.now();
  field.dispatchEvent(new Event("input"));
  return (await found) - begun;
}"""


def make_site(root: Path, datasets: int, rows: int) -> Path:
    """Write and build a town of many datasets with rows that have names; give its site."""
    import subprocess

    (root / "docs").mkdir(parents=True)
    (root / "docs" / "index.md").write_text("# 大町\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for number in range(datasets):
        chance = random.Random(number)  # noqa: S311 - names to look for, not secrets
        folder = root / "datasets" / f"d{number:05}"
        folder.mkdir(parents=True)
        title = f"{chance.choice(FIRST)}{chance.choice(SECOND)}の{chance.choice(THEMES)}（{2000 + number % 25}年度）"
        (folder / "datapackage.yaml").write_text(
            f"name: d{number:05}\ntitle: {title}\ndescription: {title}を、地区ごとにまとめました。\n"
            f"resources: [{{name: d{number:05}, path: a.csv}}]\nkawaraban: {{theme: {chance.choice(THEMES)}}}\n",
            encoding="utf-8",
        )
        lines = [
            f"{chance.choice(FIRST)}{chance.choice(FIRST)}{chance.choice(SECOND)}{chance.choice(PLACES)},"
            f"{chance.choice(FIRST)}{chance.choice(SECOND)},{chance.randrange(1000)}"
            for _ in range(rows)
        ]
        (folder / "a.csv").write_text("名称,地区,数\n" + "\n".join(lines) + "\n", encoding="utf-8")
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kawaraban", "build"], cwd=root, check=True)
    print(f"built in {time.perf_counter() - began:.0f} s")
    return root / "site"


def main() -> None:
    """Build, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--datasets", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="A folder for the town; one that has a site is not built again.")
    asked = parser.parse_args()
    assert (ROOT / "tests" / "browser.py").is_file()
    with tempfile.TemporaryDirectory(prefix="kawaraban-search-") as folder:
        root = asked.keep or Path(folder) / "town"
        site = root / "site" if (root / "site").is_dir() else make_site(root, asked.datasets, asked.rows)
        measure(site)


def measure(site: Path) -> None:
    """Print the size of the index, what a first question fetches, and how long questions take."""
    from browser import opened, served

    files = [file for file in (site / "pagefind").rglob("*") if file.is_file()]
    print(f"index: {len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    with opened() as browser, served(site) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="ja-JP")
        page.goto(address, wait_until="networkidle")
        seen: list[tuple[str, int]] = []

        def count(got: "Response") -> None:
            body = got.body()
            packed = len(gzip.compress(body, 6)) if got.url.endswith(".js") else len(body)
            seen.append((got.url.rpartition("/")[2], packed))

        page.on("response", count)
        page.keyboard.press("/")
        page.locator(".kb-finder input").wait_for()
        page.wait_for_load_state("networkidle")
        opening = sum(size for _, size in seen)
        first = page.evaluate(ASK, "山川町公民館")
        page.wait_for_load_state("networkidle")
        for name, size in seen:
            print(f"  {size:>8,} {name}")
        total = sum(size for _, size in seen)
        print(f"opening the box fetches {opening:,} bytes, the first question {total - opening:,} (gzip)")
        times = []
        for text in (
            "小学校",
            "海浜谷図書館",
            "人口",
            "ごみの量",
            "星",
            "降水量",
            "松竹",
            "道路",
            "月日台体育館",
            "数",
        ):
            page.locator(".kb-finder input").fill("")
            page.wait_for_timeout(200)
            times.append(page.evaluate(ASK, text))
        print(f"first result: {first:.0f} ms for the first question, then median {statistics.median(times):.0f} ms,"
              f" slowest {max(times):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
