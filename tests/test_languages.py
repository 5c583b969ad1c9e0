"""A site in several languages: every page in each, what is not translated said, and a fourth added by a catalogue."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from markdown import Markdown

from browser import served
from demo_town import build
from kawaraban.languages import language_tag, translator
from kawaraban.markdown import KawarabanExtension
from kawaraban.publishing.stage import MANIFEST
from kawaraban.site import Site
from kawaraban.town import read_town
from kawaraban.translation import marked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ONE = "site_name: 小町\ntheme: {name: material, language: ja, font: false}\nplugins: [kawaraban]\n"
CONFIG = """site_name: 小町
theme: {name: material, language: ja, font: false}
extra:
  town:
    name: 小町
    lead: 町のデータ
    translations:
      en: {name: Komachi, lead: The town's data, words: {くらし: Daily life, 人: people}}
plugins:
  - kawaraban
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: ja, name: 日本語, default: true}
        - {locale: en, name: English, site_name: Komachi}
        - {locale: ja-easy, name: やさしい日本語, theme: {language: ja}}
        - {locale: fr, name: Français}
"""
FRENCH = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Download"
msgstr "Télécharger"

msgid "This page has not been translated. It is shown in Japanese."
msgstr "Cette page n’est pas traduite. Elle est en japonais."

msgid "Show more rows"
msgstr "Plus de lignes"
"""
DESCRIPTOR = """name: jinko
title: 人口
description: 地区ごとの人口です。
resources:
  - path: jinko.csv
    schema:
      fields:
        - {name: 地区, description: 町の地区}
        - {name: 人数, type: integer, unit: 人}
        - {name: 日付, type: date}
        - {name: 調査中, type: boolean}
kawaraban:
  theme: くらし
  translations:
    en:
      title: Population
      description: People by district.
      fields: {地区: District, 人数: People, 日付: {title: Date, description: Day of the count}}
      values: {地区: {東: East, 西: West}, 調査中: {true: under way}}
      words: {東が多い: The east has more, 町の地区: District of the town}
    ja-easy: {title: すんで いる 人}
  views:
    - chart: {mark: bar, x: 地区, y: 人数, aggregate: sum, title: 東が多い}
    - table: {title: すべての行}
"""
ROWS = "".join(
    f"{'東西'[number % 2]},{number},2025-0{number % 9 + 1}-07,{'true' if number % 3 else 'false'}\n"
    for number in range(120)
)
HEAD = "```masthead\n```\n\n```catalogue\n```"
FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": f"# ようこそ\n\n{HEAD}\n\n[人口](datasets/jinko/index.md) [話](about.md)\n",
    "docs/index.en.md": f"# Welcome\n\n{HEAD}\n\n```table\ndata: jinko\nlimit: 3\n```\n\n[it](about.md)\n",
    "docs/index.ja-easy.md": "---\ntitle: ようこそ\n---\n\n# {町|まち}へ ようこそ\n",
    "docs/about.md": "# この町のこと\n\n```table\ndata: jinko\nlimit: 3\n```\n\n![地図](chizu.png)\n",
    "docs/chizu.png": "no picture",
    "datasets/jinko/datapackage.yaml": DESCRIPTOR,
    "datasets/jinko/jinko.csv": f"地区,人数,日付,調査中\n{ROWS}",
    "templates/words/fr.po": FRENCH,
}


def write(root: Path, files: dict[str, str]) -> Path:
    for path, body in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(write(tmp_path_factory.mktemp("languages"), FILES))


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text(encoding="utf-8")


def article(site: Path, page: str) -> str:
    return read(site, page).partition("<article")[2].partition("</article>")[0]


FOLDERS = {"ja": "", "en": "en/", "ja-easy": "ja-easy/", "fr": "fr/"}
PAGES = ("", "about/", "datasets/", "datasets/jinko/")
each_language = pytest.mark.parametrize("lang", FOLDERS)
each_page = pytest.mark.parametrize("page", PAGES)


@each_language
@each_page
def test_every_page_stands_in_every_language_and_leads_to_the_others(site: Path, lang: str, page: str) -> None:
    html = read(site, FOLDERS[lang] + page)
    assert re.search(r'<html lang="([^"]*)"', html)[1] == {"ja-easy": "ja"}.get(lang, lang)  # type: ignore[index]
    links = re.findall(r'<link rel="alternate " href="([^"]*)" hreflang="([^"]*)"', html)
    assert [tag for _, tag in links] == ["ja", "en", "ja-x-easy", "fr"]
    for (href, _), folder in zip(links, FOLDERS.values(), strict=True):
        assert posixpath.normpath(posixpath.join("/", FOLDERS[lang] + page, href)) == posixpath.normpath(
            f"/{folder}{page}"
        )
    assert html.count('class="md-select__link"') == 4, "the switch"


@each_language
def test_every_link_leads_somewhere(site: Path, lang: str) -> None:
    dead = []
    for page in PAGES:
        place = FOLDERS[lang] + page
        for link in re.findall(r'(?:href|src|data-index)="([^"#]+)', article(site, place)):
            if not re.match(r"[a-z]+:", link):
                target = site / posixpath.normpath(posixpath.join(place, unquote(unescape(link))))
                if not target.is_file() and not (target / "index.html").is_file():
                    dead.append(f"{place}: {link}")
        for base in re.findall(r'data-rows="([^"]*)"', read(site, place)):
            rows = re.search(r'"base":"([^"]*)"', unescape(base))
            if rows and not (site / posixpath.normpath(posixpath.join(place, rows[1])) / "1.json").is_file():
                dead.append(f"{place}: {rows[1]}")
    assert dead == []
    if lang != "ja":
        assert f"/{FOLDERS[lang]}" not in article(site, FOLDERS[lang]), "links stay in the language"
        assert not (site / lang / "datasets/jinko/jinko.csv").exists(), "files are there once"


def test_a_dataset_is_read_in_english(site: Path) -> None:
    html = article(site, "en/datasets/jinko/")
    assert re.search(r"<h1[^>]*>Population<", html)
    assert '<em class="kb-other" lang="ja">人口</em>' in html
    assert "People by district." in html
    assert "地区ごとの人口です" not in html
    for said in (
        "The east has more",
        ">East<",
        "Day of the count",
        "District of the town",
        "under way",
        "7 Jan 2025",
    ):
        assert said in html, said
    assert "<span class=kb-unit> people</span>" in html
    assert re.search(r'<\w+ lang="ja"[^>]*>すべての行<', html), "what is not translated says that it is Japanese"
    assert "kb-untranslated" not in html
    assert not re.search(r"<(?:th|td|figcaption|h\d|p|text|em|li)(?![^>]*\blang=)[^>]*>[^<]*[ぁ-んァ-ヶ一-龠]", html)


def test_the_front_page_is_read_in_english(site: Path) -> None:
    html = read(site, "en")
    assert "Komachi</title>" in html
    for said in (">Komachi<", "The town&#x27;s data", ">Daily life<", ">Population</a>", "120 rows"):
        assert said in html, said


def test_a_page_that_is_not_translated_says_so_and_is_japanese(site: Path) -> None:
    english, french, easy = (article(site, f"{lang}/about/") for lang in ("en", "fr", "ja-easy"))
    assert "This page has not been translated. It is shown in Japanese." in english
    assert "Cette page n’est pas traduite." in french
    assert "やさしい日本語は、まだ ありません" in easy
    for html in (english, french, easy):
        assert '<div lang="ja"><h1' in html
        assert "はじめの3行です" in html, "what is drawn in it is Japanese too"
    assert "kb-untranslated" not in article(site, "about/")
    assert "Not everything on this page has been translated" in article(site, "fr/datasets/jinko/")


def test_easy_japanese_has_its_words_and_ruby(site: Path) -> None:
    assert "<ruby>町<rp>（</rp><rt>まち</rt><rp>）</rp></ruby>へ" in article(site, "ja-easy/")
    html = article(site, "ja-easy/datasets/jinko/")
    assert re.search(r"<h1[^>]*>すんで いる 人<", html)
    assert "データを もらう" in html
    assert "2025年1月7日" in html
    assert 'lang="ja"' not in html.replace('<div lang="ja">', "")


def test_a_fourth_language_is_a_catalogue_and_a_line(site: Path) -> None:
    html = article(site, "fr/datasets/jinko/")
    assert "Télécharger" in html
    assert "Plus de lignes" in unescape(html)
    assert "7 janv. 2025" in html
    assert '<h1 lang="ja"' in html
    assert "Columns" in html, "what the catalogue lacks is English"


def test_the_sitemap_names_every_language(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert set(re.findall(r'hreflang="([^"]*)"', text)) == {"ja", "en", "ja-x-easy", "fr"}


def staged(root: Path, stage: Path, languages: bool) -> dict[str, bytes]:
    Site(root, warn=lambda _: None).render(stage, languages)
    return {
        file.relative_to(stage).as_posix(): file.read_bytes()
        for file in stage.rglob("*")
        if file.is_file() and file.name != MANIFEST
    }


def test_a_site_of_one_language_is_the_same_with_and_without_translations(tmp_path: Path) -> None:
    """No page is added, and what stands in `translations:` changes only the small English title."""
    plain = {**FILES, "mkdocs.yml": ONE}
    one = staged(write(tmp_path / "one", plain), tmp_path / "a", True)
    assert one == staged(tmp_path / "one", tmp_path / "b", False)
    assert "index.en.md" in one, "to a site of one language it is a page like another"
    assert not [path for path in one if path.startswith("datasets/") and ".en." in path]
    less = re.sub(r"^ +(values|words|ja-easy):.*$", "  # nothing", DESCRIPTOR, flags=re.MULTILINE)
    two = staged(write(tmp_path / "two", plain | {"datasets/jinko/datapackage.yaml": less}), tmp_path / "c", True)
    assert one == two


def test_render_writes_the_pages_of_one_language(tmp_path: Path) -> None:
    """Another generator would make a page `index.en` of `index.en.md`."""
    found = staged(write(tmp_path / "town", FILES), tmp_path / "stage", False)
    pages = sorted(path for path in found if path.endswith(".md"))
    assert pages == ["about.md", "datasets/index.md", "datasets/jinko/index.md", "index.md"]
    same = staged(write(tmp_path / "one", {**FILES, "mkdocs.yml": ONE}), tmp_path / "other", False)
    assert {path: found[path] for path in pages} == {path: same[path] for path in pages}


def test_the_languages_of_a_town_are_those_of_mkdocs(tmp_path: Path) -> None:
    town = read_town(write(tmp_path / "town", FILES))
    assert (town.lang, town.languages) == ("ja", ("ja", "en", "ja-easy", "fr"))
    assert [town.language(each) for each in ("a/b.en.md", "b.ja-easy.md", "b.md", "b.de.md", "en.md")] == [
        "en", "ja-easy", "ja", "ja", "ja",
    ]  # fmt: skip
    off = CONFIG.replace("{locale: fr,", "{locale: fr, build: false,")
    assert read_town(write(tmp_path / "off", {"mkdocs.yml": off})).languages == ("ja", "en", "ja-easy")
    assert read_town(write(tmp_path / "one", {"mkdocs.yml": ONE})).languages == ()


def test_a_towns_own_words_come_before_ours(tmp_path: Path) -> None:
    write(tmp_path, {"ja.po": 'msgid "Download"\nmsgstr "持ち帰る"\n'})
    assert translator("ja", tmp_path)("Download") == "持ち帰る"
    assert translator("ja-easy", tmp_path)("Table") == translator("ja")("Table")
    assert language_tag("ja-easy") == "ja-x-easy"
    assert language_tag("zh-Hant") == "zh-Hant"


@pytest.mark.parametrize(
    ("html", "lang", "told"),
    [
        ("<td>東町</td><td>East</td>", "en", '<td lang="ja">東町</td><td>East</td>'),
        ('<p lang="zh">東</p><script>"あ"</script>', "en", '<p lang="zh">東</p><script>"あ"</script>'),
        ("<td class=kb-n>東</td>", "en", '<td lang="ja" class=kb-n>東</td>'),
        ("<td>東</td><td>ひがし</td>", "zh", '<td>東</td><td lang="ja">ひがし</td>'),
        ("<td>東</td>", "ja-easy", "<td>東</td>"),
    ],
)  # fmt: skip
def test_japanese_is_marked_on_pages_in_other_languages(html: str, lang: str, told: str) -> None:
    assert marked(html, lang) == told


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{避難|ひなん}する", "<ruby>避難<rp>（</rp><rt>ひなん</rt><rp>）</rp></ruby>する"),
        ("{避難｜ひなん}", "<ruby>避難<rp>（</rp><rt>ひなん</rt><rp>）</rp></ruby>"),
        ("<ruby>海<rt>うみ</rt></ruby>", "<ruby>海<rt>うみ</rt></ruby>"),
        ("`{避難|ひなん}`", "<code>{避難|ひなん}</code>"),
        ("{a|b}", "{a|b}"),
        ("{<b>|あ}", "<ruby><b>"),
    ],
)
def test_ruby_is_written_with_braces_or_as_html(
    text: str, html: str, make_town: Callable[..., Path], alive: Callable[..., list[str]]
) -> None:
    made = Markdown(extensions=["attr_list", "tables", KawarabanExtension(site=Site(make_town({})))]).convert(text)
    if html != "<ruby><b>":
        assert made == f"<p>{html}</p>"
    assert alive(made) == []


# In a browser ------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_switch_stays_on_the_page_and_the_table_speaks_the_language(browser: Browser, site: Path) -> None:
    from playwright.sync_api import expect

    with served(site) as url:
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}datasets/jinko/")
        page.locator(".md-select > *").first.hover()
        page.get_by_role("link", name="English").click()
        page.wait_for_url(f"{url}en/datasets/jinko/")
        rows = page.locator(".kb-rows")
        expect(rows.locator("thead")).to_contain_text("District")
        rows.get_by_label("District").select_option(label="West")
        expect(rows.locator("[role=status]")).to_contain_text("60 of 60 rows")
        assert set(rows.locator("tbody td:first-child").all_inner_texts()) == {"West"}
        assert "7 Feb 2025" in rows.locator("tbody").inner_text()
        page.goto(f"{url}fr/about/")
        page.get_by_role("button", name="続きの行を見る").click()
        expect(page.locator(".kb-rows tbody tr")).to_have_count(103)
        assert errors == []
        page.close()
