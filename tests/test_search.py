"""The search: terms without guessing where a word ends, rows without persons, and what comes first in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from browser import served
from kawaraban.errors import BuildFailed
from kawaraban.model import Dataset, Table
from kawaraban.origin import Origin
from kawaraban.searching import index, write_search
from kawaraban.searching.index import Record, write_index
from kawaraban.searching.pages import sections
from kawaraban.searching.rows import Row, searched, within
from kawaraban.searching.words import terms
from test_browser import looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yaml").read_text(encoding="utf-8"))


# Terms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("ゴミ", "ごみ"), ("ｺﾞﾐ", "ごみ"), ("ＡＥＤ", "aed"), ("㍿", "株式会社"), ("か\u3099", "が"), ("ヴ", "ゔ")],
)
def test_what_readers_type_differently_is_the_same(one: str, other: str) -> None:
    assert terms(one) == terms(other) != ""


@pytest.mark.parametrize(("one", "other"), [("バス", "ハス"), ("ごみ", "こみ"), ("北磯", "磯北"), ("𠮷野", "吉野")])
def test_what_is_different_stays_different(one: str, other: str) -> None:
    assert set(terms(one).split()).isdisjoint(terms(other).split()) or terms(one) != terms(other)
    assert terms(one).split()[0] != terms(other).split()[0]


def test_a_name_is_found_wherever_it_stands() -> None:
    """The pairs of 小学校 are among those of any text that holds it; the last letter's mark is not asked for."""
    asked = [each for each in terms("小学校").split() if not each.endswith("y")]
    assert len(asked) == 2
    assert set(asked) <= set(terms("隣の北磯小学校の前、").split())
    assert not set(asked) <= set(terms("小さい学校").split())


# Rows --------------------------------------------------------------------------------------------------------


def table(folder: Path, text: str, **types: str) -> tuple[Dataset, Table]:
    file = folder / "t.csv"
    file.write_text(text, encoding="utf-8")
    names = text.split("\n", 1)[0].split(",")
    fields = [{"name": name, "type": types.get(name, "string")} for name in names]
    dataset = Dataset("things", folder, "datasets/things/datapackage.yaml", {"title": "もの"})
    rows = len(text.strip().split("\n")) - 1
    made = Table("t", file, "0", tuple(names), rows, {"fields": fields}, False, Origin("t.csv"), "utf-8")
    return dataset, made


def test_rows_are_found_by_their_names_once_each(tmp_path: Path) -> None:
    text = "ID,施設名,年齢,種別,数\n1,中央保育所,0,認可,9\n2,中央保育所,1,認可,12\n3,汐見保育所,0,小規模,3\n"
    found = searched(*table(tmp_path, text, 数="integer", 年齢="integer"))
    assert found.rows == (Row("things", "中央保育所", "認可"), Row("things", "汐見保育所", "小規模"))


def test_where_rows_have_no_names_the_words_of_the_columns_are_found(tmp_path: Path) -> None:
    text = "収集日,地区,種類\n" + "".join(f"2025-04-{day:02},汐見,燃やすごみ\n" for day in range(1, 10))
    found = searched(*table(tmp_path, text, 収集日="date"))
    assert found.rows == ()
    assert found.words == ("汐見", "燃やすごみ")


def test_nothing_of_a_person_is_found(tmp_path: Path) -> None:
    text = (
        "名称,代表者氏名,電話番号,メール,生年月日,マイナンバー,住所\n"
        "磯の会,山本 花子,0000-00-0001,a@example.org,1980-01-02,000000000000,駅前1-2\n"
        "浜の会,佐藤 太郎,0000-00-0002,b@example.org,1970-01-02,000000000001,汐見3-4\n"
    )
    said = " ".join(f"{each.name} {each.text}" for each in searched(*table(tmp_path, text)).rows)
    assert said == "磯の会 駅前1-2 浜の会 汐見3-4"


def test_a_large_table_is_found_by_its_page_alone(tmp_path: Path) -> None:
    text = "名称\n" + "".join(f"施設{number}\n" for number in range(5_001))
    assert searched(*table(tmp_path, text)) == searched(*table(tmp_path, "名称\n"))


def test_the_smallest_tables_come_in_first() -> None:
    tables = [
        [Row(name, str(number), "") for number in range(count)] for name, count in (("a", 5), ("b", 2), ("c", 4))
    ]
    assert [each.slug for each in within(tables, 7)] == ["b", "b", "c", "c", "c", "c"]


# Pages -------------------------------------------------------------------------------------------------------

PAGE = """<html><body><nav>外</nav><article class="md-content__inner md-typeset">
<h1 id="t">防災<a class="headerlink" href="#t">¶</a></h1>
<p>高い<b>ところ</b>へ。</p><svg><text>図の中</text></svg>
<table class="kb-table"><tr><td>行の中</td></tr></table>
<div aria-hidden="true"><p>隠れた</p></div>
<h2 id="n">津波</h2><p>逃げる</p><table><tr><td>列の説明</td></tr></table>
</article></div></body></html>"""


def test_a_page_is_found_by_its_sections_without_rows_and_drawings() -> None:
    found = [(each.anchor, each.title, each.text) for each in sections(PAGE)]
    assert found == [("", "防災", "高いところへ。"), ("n", "津波", "逃げる 列の説明")]
    assert [(each.title, each.text) for each in sections(PAGE, whole=True)] == [
        ("防災", "高いところへ。 津波 逃げる 列の説明")
    ]


# The index ---------------------------------------------------------------------------------------------------


def built(folder: Path) -> Mapping[str, bytes]:
    folder.mkdir()
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "404.html").write_text(PAGE, encoding="utf-8")
    assert write_search(folder, []) == 2
    return {file.name: file.read_bytes() for file in (folder / index.FOLDER).rglob("*") if file.is_file()}


def test_the_same_pages_give_the_same_bytes_and_nothing_that_is_not_used(tmp_path: Path) -> None:
    one, other = built(tmp_path / "one"), built(tmp_path / "other")
    assert one == other
    assert {"pagefind.js", "pagefind-entry.json"} <= set(one)
    assert not [name for name in one if "ui" in name.split(".")[0] or "highlight" in name]


@pytest.mark.parametrize(
    "program", ["#!/bin/sh\n", "#!/bin/sh\nhead -c 1\necho nonsense\n", "#!/bin/sh\nexec sleep 60\n"]
)
def test_a_program_that_fails_fails_the_build_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    file = tmp_path / "pagefind"
    file.write_text(f"#!/bin/sh\n{program}")
    file.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(file))
    monkeypatch.setattr(index, "LONGEST", 2)
    with pytest.raises(BuildFailed, match="the search index could not be made"):
        write_index(tmp_path, [Record("/", "a")])


def test_making_the_index_asks_no_network(tmp_path: Path) -> None:
    """In a network of its own, where no host can be reached, the index is the same."""
    try:
        subprocess.run(["unshare", "-rn", "true"], check=True, capture_output=True, timeout=20)
    except (OSError, subprocess.SubprocessError):
        pytest.skip("this system cannot take the network away from a program")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from kawaraban.searching import write_search;"
        "write_search(Path(sys.argv[1]), [])"
    )
    subprocess.run(["unshare", "-rn", sys.executable, "-c", code, str(tmp_path)], check=True, timeout=60)
    assert (tmp_path / index.FOLDER / "pagefind.js").is_file()


# In a browser ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


def ask(page: Page, text: str) -> Sequence[Sequence[str]]:
    """Type into the search and give what it found: title, what it is of."""
    page.locator(".kb-finder input").fill("")
    page.wait_for_function("() => !document.querySelector('.kb-finder [role=option]')")
    before = page.locator(".kb-finder [role=status]").inner_text()
    page.locator(".kb-finder input").fill(text)
    changed = "(before) => document.querySelector('.kb-finder [role=status]').textContent !== before"
    page.wait_for_function(changed, arg=before)
    read = "(all) => all.map((one) => ['strong', '.kb-small'].map((each) => one.querySelector(each).textContent))"
    found: list[list[str]] = page.locator(".kb-finder [role=option]").evaluate_all(read)
    return found


@pytest.mark.browser
def test_the_first_result_is_what_a_resident_looks_for(browser: Browser, address: str) -> None:
    assert len(QUERIES) >= 30
    wrong = []
    with looking(browser, address) as seen:
        seen.page.keyboard.press("/")
        seen.page.locator(".kb-finder input").wait_for()
        for text, title, of in QUERIES:
            found = ask(seen.page, text)
            if (found[0] if found else ["", ""]) != [title, of]:
                wrong.append(f"{text}: {found[:3]}, not {title} ({of})")
        assert seen.errors == []
        assert seen.failed == []
        assert seen.strangers == []
    assert not wrong, "\n".join(wrong)


@pytest.mark.browser
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_search_is_used_with_the_keyboard_alone(browser: Browser, address: str, size: str) -> None:
    from playwright.sync_api import expect

    with looking(browser, address + "about/", size) as seen:
        page = seen.page
        page.keyboard.press("Control+k")
        box = page.get_by_role("combobox")
        expect(box).to_be_focused()
        expect(box).to_have_accessible_name("このサイトを検索")
        page.keyboard.type("公民館")
        options = page.get_by_role("option")
        expect(options.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
        page.keyboard.press("Escape")
        expect(box).to_be_hidden()
        page.keyboard.press("/")
        expect(box).to_be_focused()
        page.keyboard.type("汐見小学校")
        expect(options.first).to_contain_text("汐見小学校")
        page.keyboard.press("Enter")
        page.wait_for_url("**/datasets/facilities/**")
        page.keyboard.press("Tab")
        assert page.locator("dialog[open]").count() == 0


@pytest.mark.browser
def test_without_a_script_the_search_is_a_link_to_the_catalogue(browser: Browser, address: str) -> None:
    with looking(browser, address, script=False) as seen:
        seen.page.get_by_role("link", name="データを探す").click()
        assert seen.page.url == f"{address}datasets/"


@pytest.mark.browser
def test_what_a_cell_holds_never_becomes_markup(browser: Browser, tmp_path: Path) -> None:
    from shutil import copytree

    from demo_town import ROOT

    evil = "<img src=x onerror=alert(1)>"
    assets = tmp_path / "assets" / "kawaraban"
    copytree(ROOT / "templates" / "assets", assets)
    write_index(tmp_path, [Record("/datasets/a/?q=x", evil, evil, evil, kind="row", languages=("ja",))])
    names = ["label", "placeholder", "hint", "results", "count", "none", "more", "close", "failed"]
    words = {name: name for name in names}
    door = json.dumps({**words, "lang": "ja", "home": ""}).replace('"', "&quot;")
    (tmp_path / "index.html").write_text(
        f'<!doctype html><html lang="ja"><body><a href="x" data-search="{door}" data-root=".">q</a>'
        '<script src="assets/kawaraban/kawaraban.js"></script></body></html>'
    )
    with served(tmp_path) as url, looking(browser, url) as seen:
        seen.page.keyboard.press("/")
        seen.page.locator(".kb-finder input").fill("onerror")
        seen.page.get_by_role("option").wait_for()
        assert seen.page.get_by_role("option").locator("img").count() == 0
        assert evil in seen.page.get_by_role("option").inner_text()
        assert not [each for each in seen.errors if "dialog" in each]


@pytest.mark.browser
def test_the_terms_of_the_browser_are_those_of_the_index(browser: Browser, address: str) -> None:
    own = ["北磯小学校のゴミ", "ＡＥＤ 2025年", "び゛ん・缶", "𠮷野家", "ﾊﾟﾝ屋 Café"]
    texts = own + [text for text, _, _ in QUERIES]
    with looking(browser, address) as seen:
        path = f"{address}assets/kawaraban/search.js"
        script = "async ([path, texts]) => { const { terms } = await import(path); return texts.map(terms); }"
        theirs = seen.page.evaluate(script, [path, texts])
    for text, found in zip(texts, theirs, strict=True):
        ours = set(terms(text).split())
        # the last letter of a run is asked for only where it stands alone, and then without its mark
        assert all(each in ours or f"{each}y" in ours for each in found), text
        assert {each for each in ours if not (len(each) == 5 and each.endswith("y"))} <= set(found), text
