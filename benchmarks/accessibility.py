"""Try every kind of page of the demo town with axe, and write what came of it as the accessibility statement.

    python benchmarks/accessibility.py [--site FOLDER] [--date 2026-11-24]

Writes docs/accessibility.md. `--site` is a site that is built already. Exits with 1 where axe finds something serious.
"""

import argparse
import re
from collections import Counter
from datetime import date
from pathlib import Path

from demo import ROOT, built_demo

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
TEXT = """---
title: アクセシビリティ
description: このサイトをだれでも使えるようにするための方針と、試した結果、まだ分かっていないことです。
---

# アクセシビリティ

{day}に、見本のサイトのページを{kinds}種類、{looks}通りの見方で試しました。このページは、その結果から自動で作っています。

## 方針

| 項目 | 内容 |
|---|---|
| 対象 | このサイトのすべてのページ。地図の下絵（国土地理院のタイル）は除きます |
| 目標 | JIS X 8341-3:2016 の適合レベルAAに準拠すること |
| いまの対応度 | 確かめていない基準があるため、「準拠」とも「一部準拠」とも書きません |

## 試した結果

自動で調べられる決まりに反する重大なもの（axe の serious と critical）は、{grave}件でした。

| ページの種類 | 重大 | 軽いもの |
|---|--:|--:|
{rows}

| 項目 | 内容 |
|---|---|
| 試した日 | {day} |
| 道具 | axe-core {version}、{browser} |
| 決まり | WCAG 2.0、2.1、2.2 のAとAA（JIS X 8341-3:2016 はWCAG 2.0と同じ内容です）、axe のよい書き方 |
| 見方 | 幅1280ピクセルの明るい画面と暗い画面、幅320ピクセルの明るい画面と暗い画面、200%の拡大 |
| そのほかに自動で確かめたこと | HTMLの文法、横に動かさずに読めるか（幅320ピクセル）、キーボードで移るところが見えるか、見出しと区画、動きを減らす設定、色を指定する設定（強制カラー） |

{lesser}

## 自動では決められなかったこと

次のことは、道具では分かりません。人が読み、使って確かめる必要があります。まだ確かめていません。

| 達成基準 | 確かめること | いまの手だて |
|---|---|---|
| 1.1.1 非テキストコンテンツ | 図や写真の説明が、見た人の受け取る内容と同じか | グラフごとに説明の文と数値の表を付けています |
| 1.3.1 情報及び関係性 | 表の見出しと中身の関係が、読み上げで分かるか | 見出しのセルを `th` にしています |
| 1.3.2 意味のある順序 | 読み上げの順が、意味の通る順か | 画面の順と同じに書いています |
| 1.3.3 感覚的な特徴 | 「右の図」のように、見た目だけで指していないか | 文章を書く人に任せています |
| 1.4.1 色の使用 | 色だけで区別していないか | 増減は矢印とことばで、線は名前を添えて示します |
| 2.1.1 キーボード | 地図の拡大と移動が、キーボードでできるか | 同じ場所を一覧にして、検索と並べ替えを付けています |
| 2.4.4 リンクの目的 | リンクのことばだけで行き先が分かるか | 文章を書く人に任せています |
| 2.4.6 見出し及びラベル | 見出しが、その中身を言い表しているか | グラフの題は文で書いています |
| 3.1.2 一部分の言語 | 英語などの語句に、言語の印が付いているか | 訳した題と項目には付けています |
| 3.1.5 読解レベル（AAA） | やさしい日本語が、ほんとうにやさしいか | 読む人に確かめてもらう必要があります |
| 3.3.1 エラーの特定 | データの問題の説明で、直すところが分かるか | 場所と直し方を文で示しています |

画面読み上げソフト（NVDA、VoiceOver、TalkBack）では、まだ試していません。
{undecided}
## 使いにくいところを見つけたら

文字が読みにくい、読み上げがうまくいかない、キーボードで動かせないところがあるときは、[このサイトについて](about.md)の「誤りを知らせるには」から知らせてください。どのページの、どの部分かを書いていただけると、早く直せます。
"""


def main() -> int:
    """Try the pages and write the statement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--site", type=Path)
    parser.add_argument("--date", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    if asked.site:
        return write(asked.site, asked.date)
    with built_demo(held=True) as site:
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
    PAGE.write_text(
        TEXT.format(
            day=f"{day.year}年{day.month}月{day.day}日", kinds=len(KINDS), looks=len(LOOKS), grave=total,
            rows="\n".join(rows), version=version[1] if version else "?", browser=name, lesser=lesser,
            undecided="\naxe が決めかねたものは、次のとおりです。\n\n" + "\n".join(f"- {each}" for each in left) + "\n\n"
            if left else "\n",
        ),
        encoding="utf-8",
    )  # fmt: skip
    print(f"{PAGE}: {total} serious")
    return 1 if total else 0


if __name__ == "__main__":
    raise SystemExit(main())
