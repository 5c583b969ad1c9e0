"""Try every kind of page of the demo town with axe, and write what came of it as the accessibility statement.

    python benchmarks/accessibility.py [--site FOLDER] [--date 2026-11-24]

Writes docs/accessibility.md. `--site` is a site that is built already. Exits with 1 at something serious.
"""

import argparse
import re
from collections import Counter
from datetime import date
from pathlib import Path

from demo import ROOT, demo_site

PAGE = ROOT / "docs" / "accessibility.md"
NAMES = {
    "front": "表紙",
    "notices": "お知らせの一覧",
    "notice": "お知らせ",
    "catalogue": "データの一覧",
    "dataset with charts": "データのページ（グラフ）",
    "dataset with a map": "データのページ（地図）",
    "dataset with a long table": "データのページ（長い表）",
    "consolidated dataset": "まとめたデータのページ",
    "held dataset": "公開を止めたデータのページ",
    "page with charts": "グラフのあるページ",
    "page with maps": "地図のあるページ",
    "about": "文章のページ",
    "manual": "使い方",
    "problem": "問題の説明",
    "English": "英語の表紙",
    "easy Japanese": "やさしい日本語の表紙",
    "404": "見つからないとき",
    "search": "検索を開いたところ",
}
RULES = {
    "color-contrast": "文字と背景の明るさの差（図の上の文字や、重なった部分）",
    "aria-hidden-focus": "読み上げない部分に、キーボードで入れないか",
    "target-size": "押すところの大きさ（重なったところ）",
    "duplicate-id-aria": "同じ名前の部品がないか",
}
LESSER = {
    "empty-table-header": "表の見出しのセルに、空のものがある",
    "heading-order": "見出しの段が、一つ飛ぶところがある",
    "landmark-unique": "読み上げで同じ名前になる区画がある",
    "region": "どの区画にも入らない部分がある",
}
TEXT = Path(__file__).with_name("accessibility.ja.md").read_text(encoding="utf-8")


def main() -> int:
    """Try the pages and write the statement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--site", type=Path)
    parser.add_argument("--date", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    with demo_site(asked.site, held=True) as site:
        return write(site, asked.date)


def write(site: Path, day: date) -> int:
    """Write the statement of one run; give 1 where something serious was found."""
    from axe_playwright_python.sync_playwright import Axe

    from access import GRAVE, KINDS, LOOKS, axe, looked_at
    from browser import opened, served

    rows, rules, open_rules, total = [], Counter[str](), set[str](), 0
    with opened() as browser, served(site) as address:
        for kind in KINDS:
            grave, lesser = set[str](), set[str]()
            for look in LOOKS:
                with looked_at(browser, address, kind, look) as looked:
                    found, open_ = axe(looked.page)
                for each in found:
                    print(kind, look, each)
                    (grave if each.impact in GRAVE else lesser).add(each.rule)
                open_rules |= set(open_)
            rules.update(lesser)
            total += len(grave)
            rows.append(f"| {NAMES[kind]} | {len(grave)} | {len(lesser)} |")
        name = f"Chromium {browser.version.partition('.')[0]}"
    version = re.search(r"axe v([\d.]+)", Axe().axe_script)
    said = [f"{LESSER.get(rule, rule)}（{count}種類のページ）" for rule, count in sorted(rules.items())]
    lesser = (
        "軽いものは次のとおりです。直していきます。\n\n" + "\n".join(f"- {each}" for each in said) if said else ""
    )
    left = [RULES.get(rule, rule) for rule in sorted(open_rules)]
    undecided = "\naxe が決めかねたものは、次のとおりです。\n\n" + "\n".join(f"- {each}" for each in left) + "\n\n"
    PAGE.write_text(
        TEXT.format(
            day=f"{day.year}年{day.month}月{day.day}日", kinds=len(KINDS), looks=len(LOOKS), grave=total,
            rows="\n".join(rows), version=version[1] if version else "?", browser=name, lesser=lesser,
            undecided=undecided if left else "\n",
        ),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{PAGE}: {total} serious")
    return 1 if total else 0


if __name__ == "__main__":
    raise SystemExit(main())
