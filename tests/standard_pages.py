"""Makes the manual's page of each standard dataset, and their index."""

import re
from collections.abc import Iterator

from kawaraban.languages import translator
from kawaraban.standards import Column, Edition, Standard, standards
from kawaraban.standards.explaining import also_seen, completeness, need, type_name

say = translator("ja")
SHOWN = {"map": "地図", "table": "表", "chart": "グラフ", "figure": "数字"}
MARK = {"": "", "必須": "**必須**", "推奨": "推奨"}
UNFLAGGED = "この版は、どの列が必須なのかが分かっていません。"
UNKNOWN = "16 学校給食献立情報、25 公営駐車場一覧、29 赤ちゃんの駅一覧は、列の名前が分からないため、まだありません。"


def page(standard: Standard) -> str:
    """Give the page of a standard."""
    newest = standard.newest
    parts = [
        f"---\ntitle: {standard.title}\n"
        f"description: 標準データセット「{standard.title}」（{standard.name}）の列と、別の書き方です。\n---\n",
        f"# {standard.title}\n",
        f"`{standard.name}` ・ {standard.number}\n",
        f"{standard.description}\n",
        "## 版\n",
        *_editions(standard),
        f"## {newest.name} の版の列\n",
        *([] if newest.required is not None else [f"{UNFLAGGED}\n"]),
        *_columns(standard, newest),
        *_others(standard, newest),
        *_renamed(standard),
        "## ページに出るもの\n",
        f"{'と'.join(dict.fromkeys(SHOWN[next(iter(view))] for view in standard.views))}を出します。"
        "ファイルにない列は除きます。\n",
        *_example(standard),
        "---\n",
        "[標準データセット](index.md)・[データを載せる](../datasets.md)\n",
    ]
    return "\n".join(parts)


def index() -> str:
    """Give the page that lists all standards."""
    rows = [
        f"| {each.number} | [{each.title}]({each.name}.md)<br>`{each.name}` | "
        + "<br>".join(f"`{edition.name}` {completeness(edition, say)}" for edition in each.editions.values())
        + " |"
        for each in standards()
    ]
    return "\n".join(
        [
            "---\ntitle: 標準データセット\n"
            "description: 自治体のデータの標準の列と、古い版や実際のファイルで見られる別の書き方です。\n---\n",
            "# 標準データセット\n",
            "国が決めた、自治体のデータの標準です。同じ列の名前で公開すると、ほかの町のデータといっしょに使えます。"
            "列の名前や順番が少し違っても、どの標準のファイルかを見分けます。\n",
            "版がいくつもあるものは、並べて載せています。一部しか分かっていない版は、誤りの判断には使いません。\n",
            "| 番号 | 名前 | 版と、分かっていること |",
            "|---|---|---|",
            *rows,
            "",
            f"{UNKNOWN}\n",
            "同じ説明は `kawaraban standards` でも見られます。使い方は[サイトを作る](../building.md)にあります。\n",
        ]
    )


def _editions(standard: Standard) -> Iterator[str]:
    yield "| 名前 | 版 | 分かっていること |\n|---|---|---|"
    for each in standard.editions.values():
        yield f"| `{each.name}` | {each.title}<br>出典：{each.source} | {completeness(each, say)}。{each.sure}。 |"
    yield ""


def _columns(standard: Standard, edition: Edition) -> Iterator[str]:
    flags = edition.required is not None
    yield f"| 列 | 値 |{' 必要 |' if flags else ''} 意味 | 別の書き方 |\n|---|---|{'---|' if flags else ''}---|---|"
    for name, means in edition.columns.items():
        flag = f" {MARK[need(edition, name, say)]} |" if flags else ""
        column = standard.columns[means]
        told = f"{type_name(column, say)} |{flag} {_meaning(column)} | {_words(standard, column, name)}"
        yield f"| {_plain(name)} | {told} |"
    yield ""


def _others(standard: Standard, newest: Edition) -> Iterator[str]:
    rest = [each for each in standard.columns.values() if each.name not in newest.columns.values()]
    if rest:
        yield "## ほかの版だけにある列\n\n| 列 | 値 | 意味 | 別の書き方 |\n|---|---|---|---|"
        for column in rest:
            told = f"{type_name(column, say)} | {_meaning(column)} | {_words(standard, column, column.name)}"
            yield f"| {_plain(column.name)} | {told} |"
        yield ""


def _renamed(standard: Standard) -> Iterator[str]:
    """Give the columns that the older edition calls otherwise."""
    old, new = standard.editions.get("legacy"), standard.newest
    if old is None:
        return
    pairs = [(name, new.called(means)) for name, means in old.columns.items()]
    pairs = [(name, called) for name, called in pairs if called and called != name]
    if pairs:
        yield f"## 推奨データセットから名前の変わった列\n\n| 推奨データセット | {new.name} の版 |\n|---|---|"
        yield from (f"| {_plain(name)} | {_plain(called)} |" for name, called in pairs)
        yield ""


def _example(standard: Standard) -> Iterator[str]:
    if not standard.examples:
        return
    edition = next((each for each in reversed(standard.editions.values()) if each.completeness == "complete"), None)
    edition = edition or standard.newest
    row = standard.examples["right"]
    yield f"## 例\n\n`{edition.name}` の版で、架空の町の1行です。空欄の列は省いています。\n"
    yield "| 列 | 値 |\n|---|---|"
    yield from (
        f"| {_plain(name)} | {_plain(row[means])} |" for name, means in edition.columns.items() if row.get(means)
    )
    yield ""
    if edition.completeness == "complete":
        yield "次のように書くと、誤りになります。\n"
        for wrong in standard.examples["wrong"]:
            ((means, value),) = wrong["change"].items()
            called = edition.called(means)
            yield f"- 「{_plain(called or means)}」{f'に「{value}」と書く' if value else 'を空欄にする'}"
        yield ""


def _meaning(column: Column) -> str:
    words = f"<br>使える言葉：{_plain('、'.join(column.enum))}" if column.enum and not column.mark else ""
    example = f"<br>例：{_plain(column.example)}" if column.example else ""
    return _plain(column.description) + words + example


def _words(standard: Standard, column: Column, name: str) -> str:
    return "、".join(map(_plain, also_seen(standard, column, name)))


def _plain(text: str) -> str:
    """Give text as a table of Markdown shows it, letter by letter."""
    return re.sub(r"[|*_\[\]]", lambda found: f"\\{found[0]}", text)
