"""Cards: their files hold what they show, their names stay, they stand alone, and toggles need no script."""

from __future__ import annotations

import csv
import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html import unescape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import served
from demo_town import build
from kawaraban import fences
from kawaraban.fences import Fence
from kawaraban.publishing import cards as sheets
from kawaraban.publishing import pictures, sharing
from kawaraban.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

browsing = pytest.mark.browser
Stage = Callable[..., tuple[dict[str, Path], Site]]
needs_font = pytest.mark.skipif(not pictures.can_draw(), reason="there is no font with Japanese letters")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
ROWS = (
    "日付,窓口,人数\n2025-04-01,本所,3\n2025-04-01,支所,1\n2025-04-02,本所,5\n2025-04-02,支所,\n2025-04-03,本所,2\n"
)
DESCRIPTOR = """name: visits
title: 窓口に来た人
resources:
  - path: visits.csv
    schema:
      fields:
        - {name: 日付, type: date}
        - {name: 窓口, type: string}
        - {name: 人数, type: integer, unit: 人}
"""
PLACES = "名称,緯度,経度\n川上公園,35.1,140.1\n川下公園,35.2,140.2\n"
CHART = "```chart\ndata: visits\nmark: bar\nx: 日付\ny: 人数\nwhere: {窓口: 本所}\ntitle: 本所に来た人\n%s```\n"
FILES = {
    "mkdocs.yml": "site_name: 小町\nsite_url: https://komachi.example.org/town/\n"
    "theme: {name: material, language: ja}\nplugins: [kawaraban]\n",
    "datasets/visits/datapackage.yaml": DESCRIPTOR,
    "datasets/visits/visits.csv": ROWS,
    "datasets/parks/datapackage.yaml": "name: parks\ntitle: 公園\nresources: [{path: parks.csv}]\n",
    "datasets/parks/parks.csv": PLACES,
}


@pytest.fixture
def stage(make_town: Callable[..., Path], tmp_path: Path) -> Stage:
    """Give the function that stages a page with these fences; it gives the folders of its cards by name."""

    def staged(page: str, **more: str) -> tuple[dict[str, Path], Site]:
        root = make_town({**FILES, "docs/index.md": f"# 小町\n\n{page}", **more})
        site = Site(root, warn=lambda _: None)
        site.render(tmp_path / "stage")
        own = re.findall(r" card=([a-z0-9-]+)", (tmp_path / "stage/index.md").read_text(encoding="utf-8"))
        return {name: tmp_path / "stage/cards" / name for name in own}, site

    return staged


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"))))


def html(site: Site, body: str, kind: str = "chart", **more: str) -> str:
    return site.draw(Fence(kind, body, 0, 0, "", "```", "index.md", "docs/index.md:1", **more))


def shared(site: Site, title: str, told: str) -> str:
    return sharing.page_metadata(site.town, "index.md", title, told, site.shown["index.md"])


def box(told: str) -> str:
    return re.sub(r"<[^>]+>", " ", unescape(told))


# What may be taken away


def test_the_file_of_a_chart_holds_exactly_its_marks(stage: Stage) -> None:
    cards, _ = stage(CHART % "")
    (folder,) = cards.values()
    assert rows(folder / "data.csv") == [
        ["日付", "人数（人）"],
        ["2025-04-01", "3"],
        ["2025-04-02", "5"],
        ["2025-04-03", "2"],
    ]
    assert (folder / "chart.svg").is_file()


def test_each_state_has_a_file_of_its_own(stage: Stage) -> None:
    cards, _ = stage(CHART % "toggle: [daily, cumulative, share]\n")
    (folder,) = cards.values()
    shown = [[row[1] for row in rows(folder / name)[1:]] for name in ("data.csv", "data-2.csv", "data-3.csv")]
    assert shown == [["3", "5", "2"], ["3", "8", "10"], ["30", "50", "20"]]
    assert rows(folder / "data-3.csv")[0] == ["日付", "人数（%）"]


def test_shares_are_of_all_series_at_one_moment(stage: Stage) -> None:
    body = "data: visits\nmark: stacked bar\nx: 日付\ny: 人数\ncolor: 窓口\nshow: share\n"
    cards, _ = stage(f"```chart\n{body}```\n")
    (folder,) = cards.values()
    assert rows(folder / "data.csv")[1:] == [
        ["2025-04-01", "75", "25"],
        ["2025-04-02", "100", ""],
        ["2025-04-03", "100", ""],
    ]


@pytest.mark.parametrize(
    ("fence", "held"),
    [
        ("table\ndata: visits\ncolumns: [窓口, 人数]\nlimit: 2", "窓口,人数（人）|本所,3|支所,1"),
        ("figure\ndata: visits\nvalue: 人数\nwhere: {窓口: 本所}", "日付,人数（人）|2025-04-02,5|2025-04-03,2"),
        ("map\ndata: parks", "緯度,経度,名称|35.1,140.1,川上公園|35.2,140.2,川下公園"),
        ('sql\nSELECT "窓口", sum("人数") AS "計" FROM visits GROUP BY ALL ORDER BY ALL', "窓口,計|支所,1|本所,10"),
    ],
    ids=["table", "figure", "map", "sql"],
)  # fmt: skip
def test_the_file_of_every_view_holds_what_it_shows(stage: Stage, fence: str, held: str) -> None:
    cards, _ = stage(f"```{fence}\n```\n")
    (folder,) = cards.values()
    assert rows(folder / "data.csv") == [each.split(",") for each in held.split("|")]


def test_the_links_of_a_card_lead_to_files(stage: Stage) -> None:
    cards, site = stage(CHART % "toggle: [daily, cumulative]\n")
    (folder,) = cards.values()
    fence = next(fences.every((folder.parent.parent / "index.md").read_text(encoding="utf-8").split("\n")))
    links = re.findall(rf'href="\./cards/{folder.name}/([^"]*)"', site.draw(fence))
    assert {"data.csv", "data-2.csv", "chart.svg", "chart-2.svg", ""} <= set(links)
    assert [each for each in links if each and not (folder / each).is_file()] == []


def test_a_card_that_cannot_be_drawn_has_no_files(stage: Stage) -> None:
    cards, site = stage("```chart\ndata: visits\nx: 日付\ny: 人工\n```\n")
    assert [folder for folder in cards.values() if folder.exists()] == []
    assert "人工" in box(html(site, "data: visits\nx: 日付\ny: 人工"))


# Names that stay


def test_a_name_stays_when_data_and_words_change(stage: Stage) -> None:
    before, _ = stage(CHART % "")
    after, _ = stage(
        CHART.replace("本所に来た人", "本所に来る人が増えた") % "note: 速報です。\nunit: 名\n",
        **{"datasets/visits/visits.csv": f"{ROWS}2025-04-04,本所,9\n"},
    )
    other, _ = stage(CHART.replace("本所}", "支所}") % "")
    assert list(before) == list(after) != list(other)
    assert re.fullmatch(r"index-chart-[0-9a-f]{6}", next(iter(before)))


def test_equal_cards_have_different_names(stage: Stage) -> None:
    cards, _ = stage(f"{CHART % ''}\n{CHART % ''}")
    first, second = cards
    assert second == f"{first}-2"


def test_a_person_may_name_a_card(stage: Stage) -> None:
    cards, _ = stage(CHART % "card: honjo\n")
    assert list(cards) == ["honjo"]
    assert (cards["honjo"] / "index.html").is_file()


@pytest.mark.parametrize("name", ["../../evil", "/etc", "a b", "A", "x/y", "'\"><b>"])
def test_a_name_is_no_path(stage: Stage, name: str) -> None:
    cards, _ = stage(CHART % f"card: {name!r}\n")
    assert all(re.fullmatch(r"index-chart-[0-9a-f]{6}", each) for each in cards)


def test_a_page_cannot_claim_the_name_of_another_card() -> None:
    (fence,) = fences.find(["```chart card=../../x", "data: visits", "```"])
    assert fence.card == ""


# A card alone


def test_a_card_stands_alone(stage: Stage, alive: Callable[..., list[str]]) -> None:
    toggle = "toggle: [daily, cumulative]\n"
    cards, _ = stage(f"{CHART % toggle}\n```map\ndata: parks\n```\n")
    for folder in cards.values():
        page = (folder / "index.html").read_text(encoding="utf-8")
        assert page.startswith('<!doctype html>\n<html lang="ja">')
        assert "<script" not in page
        foreign = [each for each in re.findall(r'(?:href|src)="([a-z]+:[^"]*)"', page) if "rel=" not in each]
        assert [each for each in foreign if not each.startswith("https://komachi.example.org/town/")] == []
        judged = re.sub(r'<link rel="canonical"[^>]*>', "", page)
        assert alive(judged, "svg", "link", "meta", "base", "style", "button", "select", "form") == []
        assert f'href="../../#{folder.name}"' in page
        assert (folder / "../../assets/kawaraban/card.css").resolve().is_file()


def test_the_code_to_embed_names_the_card(stage: Stage) -> None:
    cards, site = stage(CHART % "")
    (name,) = cards
    shown = html(site, "data: visits\nx: 日付\ny: 人数\nwhere: {窓口: 本所}", card=name)
    code = unescape(re.search(r"<code>(.*?)</code>", shown)[1])  # type: ignore[index]
    assert code.startswith(f'<iframe src="https://komachi.example.org/town/cards/{name}/" title=')


def test_hostile_words_do_nothing(stage: Stage, alive: Callable[..., list[str]]) -> None:
    said = HOSTILE.replace("'", "''")
    body = (
        f"```chart\ndata: visits\nx: 日付\ny: 人数\nwhere: {{窓口: 本所}}\ntitle: '{said}'\nnote: '{said}'\n"
        f"description: '{said}'\nunit: '{said}'\nfigure: {{value: 人数, compare: '{said}', unit: '{said}'}}\n"
        f"toggle: {{'{said}': {{}}, 'b{said}': {{show: cumulative}}}}\n```\n"
    )
    cards, site = stage(body, **{"mkdocs.yml": FILES["mkdocs.yml"] + f"extra: {{town: {{name: '{said}'}}}}\n"})
    (folder,) = cards.values()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "alert(1)" in page
    judged = re.sub(r'<link rel="canonical"[^>]*>', "", page)
    assert alive(judged, "svg", "link", "meta", "base") == []
    assert alive(shared(site, HOSTILE, HOSTILE), "meta") == []
    for name in ("chart.svg", "chart-2.svg"):
        drawing = ET.fromstring((folder / name).read_bytes())  # noqa: S314 - made here
        assert {each.tag.rpartition("}")[2] for each in drawing.iter()}.isdisjoint({"script", "image", "a", "img"})
        assert [key for each in drawing.iter() for key in each.attrib if key.startswith("on") or "href" in key] == []
        assert b"var(--" not in (folder / name).read_bytes()


# States and big numbers


def test_a_toggle_is_a_group_with_a_name_and_every_state_its_own_table(
    stage: Stage,
) -> None:
    _, site = stage("")
    shown = html(site, "data: visits\nx: 日付\ny: 人数\nwhere: {窓口: 本所}\ntoggle: [daily, cumulative]")
    assert re.search(r"<fieldset[^>]*><legend[^>]*>表示の切り替え</legend>", shown)
    labels = re.findall(r'<input type="radio"[^>]*id="([^"]+)"[^>]*><label for="([^"]+)">([^<]+)</label>', shown)
    assert [one == two for one, two, _ in labels] == [True, True]
    assert [name for _, _, name in labels] == ["1日ごと", "累計"]
    assert shown.count("<table") == shown.count('class="kb-wide"') == 2


def test_a_state_may_change_any_key(stage: Stage) -> None:
    _, site = stage("")
    shown = html(site, "data: visits\ntoggle:\n  本所: {where: {窓口: 本所}}\n  支所: {where: {窓口: 支所}}", "table")
    tables = [re.findall(r"<td>([本支]所)</td>", each) for each in shown.split("<table")[1:]]
    assert tables == [["本所"] * 3, ["支所"] * 2]


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        ("data: visits\nx: 日付\ny: 人数\ntoggle: [daily, dayly]", "chart", "docs/index.md:5"),
        ("data: visits\nx: 日付\ny: 人数\ntoggle: [daily]", "chart", "2つから6つまで"),
        ("data: visits\ntoggle: [daily, share]", "table", "`toggle:` には"),
        ("data: parks\ntoggle: {a: {}, b: {}}", "map", "`map` に `toggle:` は使えません"),
        ("data: visits\nmark: bar\nx: 人数\ny: 窓口\naggregate: sum\nshow: cumulative", "chart", "使えません"),
        ("data: visits\nmark: bar\nx: 人数\ny: 窓口\naggregate: sum\nfigure: true", "chart", "いちばん新しい値"),
    ],
)
def test_a_wrong_state_is_told(stage: Stage, body: str, kind: str, told: str) -> None:
    _, site = stage("")
    assert told in box(html(site, body, kind))


def test_a_chart_may_have_its_latest_value_large(stage: Stage) -> None:
    _, site = stage("")
    chart = "data: visits\nx: 日付\ny: 人数\nwhere: {窓口: 本所}\nfigure: true\n"
    assert re.search(r'kb-number">2<span class=kb-unit>人</span>.*?前日より −3人.*?2025年4月3日', html(site, chart))
    assert re.search(r'kb-number">10<.*?前日より \+2人', html(site, f"{chart}show: cumulative"))
    own = chart.replace("figure: true", "figure: {value: 人数, aggregate: max, unit: 名}")
    assert re.search(r'kb-number">2<span class=kb-unit>名</span>', html(site, own))


# Dashboards


def test_cards_stand_beside_each_other(stage: Stage) -> None:
    cards, site = stage(f"````cards\n{CHART % ''}\n```figure\ndata: visits\nvalue: 人数\naggregate: sum\n```\n````\n")
    assert [name.split("-")[1] for name in cards] == ["chart", "figure"]
    staged = next(iter(cards.values())).parent.parent / "index.md"
    (fence,) = fences.find(staged.read_text(encoding="utf-8").split("\n"))
    shown = site.draw(fence)
    assert shown.startswith('<div class="kb-cards"><div><figure')
    assert re.findall(r'<figure[^>]* id="([^"]+)"', shown) == list(cards)


def test_what_is_wrong_among_cards_is_told_by_its_line(stage: Stage) -> None:
    _, site = stage("")
    body = "```figure\ndata: visits\nvalue: 人数\n```\n\nここに文章\n"
    assert "docs/index.md:7" in box(html(site, body, "cards"))
    wrong = fences.mark("````cards\n```figure\ndata: visits\nvalue: 人工\n```\n````", "index.md", "docs/index.md")
    (fence,) = fences.find(wrong.split("\n"))
    assert "docs/index.md:4" in box(site.draw(fence))


def test_a_descriptor_may_be_a_dashboard(stage: Stage) -> None:
    dashboard = """name: now
title: 町のいま
kawaraban:
  kind: dashboard
  views:
    - figure: {data: visits, value: 人数, aggregate: sum, title: きのうの窓口}
    - chart: {sql: 'SELECT "日付", sum("人数") AS "人数" FROM visits GROUP BY ALL', x: 日付, y: 人数}
"""
    _, site = stage("", **{"datasets/now/datapackage.yaml": dashboard})
    assert not site.entries["now"].held
    page = next(page for page in site.dataset_pages() if page.path == "datasets/now/index.md")
    (fence,) = fences.find(page.text.split("\n"))
    shown = site.draw(fence)
    assert shown.count("<figure") == 2
    assert "kb-problem" not in shown


# Pictures


@needs_font
def test_a_card_has_a_picture_for_a_shared_link(stage: Stage) -> None:
    cards, site = stage(CHART % "figure: true\n")
    (name,) = cards
    image = (cards[name] / "card.png").read_bytes()
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (1200, 630)
    said = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', shared(site, "小町", "町のこと")))
    assert said["og:image"] == f"https://komachi.example.org/town/cards/{name}/card.png"
    assert said["og:url"] == "https://komachi.example.org/town/"
    assert (said["og:title"], said["og:description"], said["og:site_name"]) == ("小町", "町のこと", "小町")


@needs_font
def test_the_picture_says_what_the_card_says(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("kawaraban.gallery.png", lambda svg: drawn.append(svg) or b"")
    stage(CHART % "figure: true\n")
    words = "".join(ET.fromstring(drawn[0]).itertext())  # noqa: S314 - made here
    for said in ("本所に来た人", "小町", "窓口に来た人", "前日より −3人", "2025年4月3日"):
        assert said in words
    assert "var(--" not in drawn[0]


def test_packing_keeps_the_pixels() -> None:
    import zlib

    def pixels(image: bytes) -> bytes:
        at, found = 8, b""
        while at < len(image):
            length = int.from_bytes(image[at : at + 4], "big")
            body = image[at + 8 : at + 8 + length]
            assert zlib.crc32(image[at + 4 : at + 8] + body) == int.from_bytes(image[at + 8 + length :][:4], "big")
            found += body if image[at + 4 : at + 8] == b"IDAT" else b""
            at += 12 + length
        return zlib.decompress(found)

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><circle r="90" fill="#b3321b"/></svg>'
    plain = pictures.drawn_png(svg, scale=1.0)
    assert pixels(pictures.packed(plain)) == pixels(plain)
    assert len(pictures.packed(plain)) <= len(plain)


def test_without_a_font_there_is_no_picture_and_no_link_to_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import kawaraban.drawing
    import kawaraban.site

    for module in (sheets, kawaraban.drawing, kawaraban.site):
        monkeypatch.setattr(module, "can_draw", lambda: False)
    cards, site = stage(CHART % "")
    (folder,) = cards.values()
    assert not list(folder.glob("*.png"))
    assert "card.png" not in (folder / "index.html").read_text(encoding="utf-8")
    assert "card.png" not in shared(site, "小町", "")
    assert not site.render(tmp_path / "again").images


def test_no_font_is_known_by_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pictures, "PROBE", pictures.PROBE.replace("{font}", "No Such Font").replace("{letter}", "&#xE000;")
    )
    pictures.can_draw.cache_clear()
    assert not pictures.can_draw()
    monkeypatch.undo()
    pictures.can_draw.cache_clear()


# In a browser


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small town's site, built and served."""
    root = tmp_path_factory.mktemp("cards") / "town"
    page = f"# 小町\n\n````cards\n{CHART % 'card: honjo'}````\n".replace(
        "honjo```", "honjo\ntoggle: [daily, cumulative]\n```"
    )
    for path, body in {**FILES, "docs/index.md": page}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")
    site = build(root)
    with served(site) as url:
        yield url


@browsing
@pytest.mark.parametrize("path", ["", "cards/honjo/"], ids=["page", "alone"])
def test_a_toggle_needs_the_keyboard_only(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}{path}")
    radio = page.get_by_role("radio", name="1日ごと")
    for _ in range(60):
        page.keyboard.press("Tab")
        if radio.evaluate("each => each === document.activeElement"):
            break
    shown = page.locator("#honjo .kb-wide:visible desc, #honjo .kb-narrow:visible desc")
    assert page.locator("#honjo .kb-s1").first.is_visible()
    assert not page.locator("#honjo .kb-s2").first.is_visible()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="累計").is_checked()
    assert not page.locator("#honjo .kb-s1").first.is_visible()
    assert page.locator("#honjo .kb-s2").first.is_visible()
    assert shown.count() <= 1
    page.get_by_text("数値を表で見る").click()
    assert page.locator("#honjo table:visible").all_inner_texts()[0].split()[-1] == "10"
    assert page.get_by_role("group", name="表示の切り替え").count() == 1
    assert page.get_by_role("heading", name="本所に来た人").count() == 1
    page.close()


@browsing
def test_the_share_sheet_is_offered_where_there_is_one(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("delete Navigator.prototype.share; navigator.share = undefined;")
    page.goto(address)
    page.get_by_text("データ・画像・埋め込み・共有").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("#honjo").get_by_role("button").count() == 0
    page.close()
    page = browser.new_page()
    page.add_init_script("navigator.share = (said) => { window.said = said; return Promise.resolve(); };")
    page.goto(address)
    page.get_by_text("データ・画像・埋め込み・共有").click()
    page.get_by_role("button", name="共有する").click()
    assert page.evaluate("window.said") == {"title": "本所に来た人", "url": f"{address}#honjo"}
    page.close()


@browsing
def test_a_card_alone_follows_light_and_dark_and_asks_nobody(browser: Browser, address: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(f"{address}cards/honjo/", wait_until="networkidle")
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert [each for each in asked if not each.startswith(address)] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.close()
    assert grounds == ["rgb(251, 250, 247)", "rgb(20, 23, 26)"]


@browsing
def test_pages_say_what_a_shared_link_shows(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    image = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    if pictures.can_draw():
        assert image == "https://komachi.example.org/town/cards/honjo/card.png"
        assert page.request.get(f"{address}cards/honjo/card.png").ok
    page.goto(f"{address}datasets/visits/")
    assert page.locator('meta[property="og:title"]').get_attribute("content") == "窓口に来た人"
    page.close()
