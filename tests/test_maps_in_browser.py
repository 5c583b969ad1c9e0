"""What a reader does with a map: finds, chooses, asks what is near; by keyboard, offline, on paper, with many."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from browser import served
from demo_town import build
from test_browser import DOT, FIND_MAPS
from test_maps import COAST, DESCRIPTOR, SHELTERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

pytestmark = pytest.mark.browser

CONFIG = """site_name: 小町
theme: {name: material, language: ja, font: false}
extra: {town: {name: 小町, outline: coast}}
plugins: [kawaraban]
markdown_extensions: [attr_list, md_in_html, tables]
"""
MANY = 5_000
KINDS = ("学校", "公園", "公民館", "消防", "病院", "図書館", "駅", "店", "寺", "橋")
HERE = {"latitude": 35.1901, "longitude": 140.3101}  # beside 海の公園
TYPING = 100  # ms from a letter to the list
FRAME = 50  # ms of the longest usual frame (19 of 20) while a map is pulled


def many() -> str:
    """Give 5,000 places as CSV."""
    made = random.Random(5)  # noqa: S311 - places, not secrets
    lines = ["番号,名称,種別,住所,緯度,経度"]
    for number in range(MANY):
        kind = KINDS[number % len(KINDS)]
        lat, lon = 35.2 + made.gauss(0, 0.03), 140.3 + made.gauss(0, 0.04)
        lines.append(f"M{number},{kind}{number},{kind},小町{number % 9}丁目,{lat:.6f},{lon:.6f}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the site of a town with four shelters, which have pages, and 5,000 other places."""
    root = tmp_path_factory.mktemp("maps")
    views = "  views:\n    - map: {color: 地区, popup: [住所, 備考], title: 逃げる場所}\n"
    files = {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# 小町\n\n```map\nsql: SELECT * FROM shelters\ntitle: 集計から\n```\n",
        "datasets/coast/datapackage.yaml": "title: 海岸線\nresources:\n  - path: coast.geojson\n",
        "datasets/coast/coast.geojson": json.dumps(COAST),
        "datasets/shelters/datapackage.yaml": f"{DESCRIPTOR}kawaraban:\n  kind: places\n  pages: true\n{views}",
        "datasets/shelters/shelters.csv": SHELTERS,
        "datasets/many/datapackage.yaml": "title: 町の場所\nresources:\n  - path: many.csv\nkawaraban:\n"
        "  kind: places\n  views:\n    - map: {color: 種別, popup: [住所], title: '町の場所は5,000か所'}\n",
        "datasets/many/many.csv": many(),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    with served(build(root)) as url:
        yield url


Look = Callable[..., "Page"]


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Look]:
    """Give the function that opens a page; in the end no script has failed, and nobody but the tiles was asked."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    strangers: list[str] = []

    def give(path: str, tiles: bool = True, **settings: Any) -> Page:
        chosen = {
            "viewport": {"width": 1280, "height": 900},
            "locale": "ja-JP",
            "reduced_motion": "reduce",
            **settings,
        }
        context = browser.new_context(**chosen)
        contexts.append(context)

        def answer(asked: Route) -> None:
            if asked.request.url.startswith(address):
                asked.continue_()
                return
            strangers.append(asked.request.url)
            if tiles:
                asked.fulfill(status=200, content_type="image/png", body=DOT)
            else:
                asked.abort()

        context.route(re.compile("^https?:"), answer)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if chosen.get("java_script_enabled", True):
            page.add_init_script(FIND_MAPS)
        page.goto(address + path)
        return page

    yield give
    for each in contexts:
        each.close()
    assert errors == []
    assert all(each.startswith("https://cyberjapandata.gsi.go.jp/") for each in strangers)


def drawn(page: Page) -> Locator:
    """Give the map once Leaflet has drawn it."""
    page.locator(".kb-where").first.scroll_into_view_if_needed()
    page.locator(".kb-leaflet .leaflet-overlay-pane canvas").first.wait_for()
    return page.locator(".kb-leaflet").first


def names(page: Page) -> list[str]:
    return page.locator(".kb-list strong").all_inner_texts()


def shown(page: Page) -> int:
    """Give how many points are on the map."""
    count: int = page.evaluate(
        "() => { let n = 0; kbMaps[0].eachLayer((each) => {"
        "n += each instanceof L.CircleMarker && !!each.place; }); return n; }"
    )
    return count


# Finding -----------------------------------------------------------------------------------------------------


def test_words_choices_and_ticks_narrow_list_and_map_together(look: Look) -> None:
    from playwright.sync_api import expect

    page = look("datasets/shelters/")
    drawn(page)
    found = page.locator(".kb-found")
    expect(found).to_have_text("4か所")
    assert shown(page) == 3
    search = page.get_by_label("名前や住所で探す")
    for written, wanted in (
        ("学校", ["第一小学校", "第二小学校"]),
        ("南町９", ["海の公園"]),
        ("うみの", ["海の公園"]),
        ("小学校 南", ["第二小学校"]),
        ("正門", ["第一小学校"]),
        ("ない", []),
    ):
        search.fill(written)
        assert names(page) == wanted, written
        expect(found).to_have_text(f"4か所のうち{len(wanted)}か所")
    search.fill("")
    page.get_by_label("地区").select_option("南 (2)")
    assert names(page) == ["第二小学校", "海の公園"]
    page.get_by_label("津波").check()
    assert names(page) == ["第二小学校"]
    page.wait_for_timeout(300)
    assert shown(page) == 1
    page.get_by_label("地区").select_option("すべて")
    assert names(page) == ["第二小学校", "山の広場"]
    search.press("Enter")
    assert page.url.endswith("/datasets/shelters/"), "Enter sends nothing"


def test_near_me_is_asked_for_only_when_wanted_and_stays_on_the_page(look: Look) -> None:
    from playwright.sync_api import expect

    page = look("datasets/shelters/", geolocation=HERE, permissions=["geolocation"])
    asked: list[str] = []
    drawn(page)
    assert page.locator(".kb-far").count() == 0
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    button = page.get_by_role("button", name="現在地に近い順")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert names(page) == ["海の公園", "第一小学校", "第二小学校", "山の広場"]
    assert page.locator(".kb-far").all_inner_texts() == ["10 m", "1.4 km", "1.5 km"]
    expect(page.locator(".kb-found")).to_contain_text("いちばん近いのは海の公園（10 m）です。")
    page.get_by_label("地区").select_option("北 (2)")
    expect(page.locator(".kb-found")).to_contain_text("いちばん近いのは第一小学校（")
    page.get_by_label("地区").select_option("すべて")
    assert [each for each in asked if "cyberjapandata" not in each] == [], "where the reader is goes nowhere"
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert names(page)[0] == "第一小学校"
    assert page.locator(".kb-far").count() == 0


def test_a_reader_who_does_not_say_where_they_are_is_told_so(look: Look) -> None:
    from playwright.sync_api import expect

    page = look("datasets/shelters/", permissions=[])
    drawn(page)
    page.get_by_role("button", name="現在地に近い順").click()
    expect(page.locator(".kb-found")).to_have_text("現在地が分かりませんでした。")
    assert len(names(page)) == 4


# Choosing ----------------------------------------------------------------------------------------------------


def test_the_list_opens_a_place_on_the_map_and_the_map_one_in_the_list(look: Look) -> None:
    page = look("datasets/shelters/")
    canvas = drawn(page)
    page.get_by_role("link", name="海の公園").click()
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert popup.inner_text().splitlines()[0].startswith("海の公園")
    assert "津波\u202f×" in popup.inner_text()
    assert page.url.endswith("#place-S3")
    assert page.locator(".kb-list [aria-current]").get_attribute("id") == "place-S3"
    assert popup.get_by_role("link", name="海の公園").get_attribute("href") == "../../datasets/shelters/S3/"
    at = page.evaluate(
        "() => { const map = kbMaps[0]; map.closePopup(); let at; map.eachLayer((each) => {"
        "if (each.place?.name === '第一小学校') at = each.getLatLng(); });"
        "map.setView(at, 15, { animate: false }); return map.latLngToContainerPoint(at); }"
    )
    assert page.locator(".kb-list [aria-current]").count() == 0
    canvas.click(position=at)
    popup.wait_for()
    assert popup.inner_text().startswith("第一小学校")
    assert page.locator(".kb-list [aria-current]").get_attribute("id") == "place-S1"


def test_all_of_it_by_keyboard(look: Look) -> None:
    page = look("datasets/shelters/")
    drawn(page)
    page.get_by_label("名前や住所で探す").focus()
    page.keyboard.type("第二")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.kb-list') !== null"):
            break
    assert page.evaluate("document.activeElement.textContent") == "第二小学校"
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert popup.inner_text().startswith("第二小学校")
    page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "第二小学校", "the reader is where they were"
    before = page.evaluate("kbMaps[0].getCenter().lng")
    page.locator(".kb-leaflet").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(before) => kbMaps[0].getCenter().lng > before", arg=before)


def test_a_link_to_a_place_opens_it(look: Look) -> None:
    page = look("datasets/shelters/#place-S2")
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert popup.inner_text().startswith("第二小学校")


def test_a_place_of_a_query_is_chosen_by_a_button(look: Look) -> None:
    page = look("")
    drawn(page)
    assert page.locator(".kb-list a").count() == 0
    page.get_by_role("button", name="第一小学校").click()
    page.locator(".leaflet-popup-content").wait_for()


def test_the_page_of_a_place_shows_it_among_its_neighbours(look: Look) -> None:
    page = look("datasets/shelters/S1/")
    drawn(page)
    assert page.locator("h1").inner_text().strip("¶") == "第一小学校"
    assert names(page) == ["第一小学校", "第二小学校", "海の公園"]
    assert shown(page) == 3
    page.get_by_role("link", name="第二小学校").click()
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    popup.get_by_role("link", name="第二小学校").click()
    page.wait_for_url("**/datasets/shelters/S2/")
    page.get_by_role("link", name="避難場所", exact=True).first.click()
    page.wait_for_url("**/datasets/shelters/#place-S2")


# Less than everything ----------------------------------------------------------------------------------------


def test_without_a_script_there_is_the_drawing_and_the_whole_list(look: Look) -> None:
    page = look("datasets/shelters/", java_script_enabled=False)
    drawing = page.locator("svg.kb-locator")
    assert drawing.is_visible()
    assert drawing.locator("circle").count() == 3
    assert drawing.locator(".kb-land").count() == 1
    assert len(names(page)) == 4
    assert not page.locator(".kb-find").is_visible(), "what does nothing is not shown"
    assert not page.locator(".kb-leaflet").is_visible()
    page.get_by_role("link", name="海の公園").click()
    page.wait_for_url("**/datasets/shelters/S3/")
    assert len(look("datasets/many/", java_script_enabled=False).locator(".kb-list li").all()) == MANY


def test_without_tiles_there_are_points_outline_and_list(look: Look) -> None:
    page = look("datasets/shelters/", tiles=False)
    canvas = drawn(page)
    page.wait_for_load_state("networkidle")
    assert shown(page) == 3
    lines = "() => { let n = 0; kbMaps[0].eachLayer((each) => { n += each instanceof L.Polyline; }); return n; }"
    assert page.evaluate(lines) == 1
    ring = page.evaluate(
        "() => { let line; kbMaps[0].eachLayer((each) => {"
        "if (each instanceof L.Polyline) line = each.getLatLngs()[0]; });"
        "return line.map(({ lat, lng }) => [lat, lng]); }"
    )
    wanted = [[lat, lon] for lon, lat in COAST["features"][0]["geometry"]["coordinates"][0]]  # type: ignore[index]
    assert [each for spot in ring[:-1] for each in spot] == pytest.approx(
        [each for spot in wanted for each in spot], abs=2e-5
    ), "the outline is where it is in the file, to about a metre"
    assert ring[-1] == ring[0]
    assert canvas.is_visible()
    assert len(names(page)) == 4
    page.get_by_role("link", name="第一小学校").click()
    page.locator(".leaflet-popup-content").wait_for()
    assert page.locator(".kb-problem").count() == 0


def test_where_leaflet_does_not_come_the_drawing_and_the_list_stay(browser: Browser, address: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/leaflet.js", lambda asked: asked.abort())
    page.goto(f"{address}datasets/shelters/")
    page.get_by_label("名前や住所で探す").fill("海")
    assert page.locator(".kb-locator").is_visible()
    assert names(page) == ["海の公園"]
    page.get_by_role("link", name="海の公園").click()
    assert page.locator(".kb-list [aria-current]").count() == 1
    assert errors == []
    page.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_paper_there_are_the_drawing_and_every_place_with_its_number(look: Look, script: bool) -> None:
    page = look("datasets/many/", java_script_enabled=script)
    if script:
        drawn(page)
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".kb-locator").is_visible()
    assert not page.locator(".kb-leaflet").is_visible()
    assert not page.locator(".kb-find").is_visible()
    assert page.locator(".kb-list li").count() == MANY
    style = page.locator(".kb-list").first.evaluate("(list) => getComputedStyle(list).listStyleType")
    assert style == "decimal"
    assert page.locator(".kb-lists").evaluate("(list) => list.scrollHeight <= list.clientHeight + 1")
    if script:
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(".kb-list li").count() == 100


@contextmanager
def pulled(page: Page) -> Iterator[list[float]]:
    """Give the frames (ms) that pass while the caller does something."""
    frames: list[float] = []
    page.evaluate(
        "() => { window.kbFrames = []; window.kbOn = true; let last = performance.now();"
        "const tick = () => { const now = performance.now(); kbFrames.push(now - last); last = now;"
        "if (kbOn) requestAnimationFrame(tick); };"
        "requestAnimationFrame(tick); }"
    )
    yield frames
    frames.extend(page.evaluate("() => { window.kbOn = false; return kbFrames; }"))


def test_five_thousand_places_stay_smooth(look: Look) -> None:
    """The list holds 100 at a time; a letter in the search and a pull of the map are answered at once."""
    page = look("datasets/many/")
    canvas = drawn(page)
    page.wait_for_load_state("networkidle")
    assert shown(page) == MANY
    assert page.locator(".kb-list li").count() == 100
    assert page.locator(".kb-list *").count() < 1_500
    more = page.locator(".kb-more button")
    assert more.inner_text() == "次の100か所を見る（残り4,900か所）"
    more.click()
    assert page.locator(".kb-list li").count() == 200
    assert page.evaluate("document.activeElement.textContent") == "学校100", "the reader goes on where they were"

    times = page.evaluate(
        """async (texts) => {
          const box = document.querySelector(".kb-find [type=search]"), found = [];
          for (const text of texts) {
            const start = performance.now();
            box.value = text;
            box.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
            found.push(performance.now() - start);
            await new Promise((go) => setTimeout(go, 200));
          }
          return found;
        }""",
        ["公", "公園", "公園1", "公園", "", "図書館 3丁目", ""],
    )
    assert sorted(times)[len(times) // 2] < TYPING, f"ms a letter took: {times}"
    page.get_by_label("名前や住所で探す").fill("図書館 3丁目")
    page.wait_for_timeout(300)
    count = int(re.findall(r"のうち(\d+)か所", page.locator(".kb-found").inner_text())[0])
    assert 0 < count < 100
    assert shown(page) == len(names(page)) == count

    page.get_by_label("名前や住所で探す").fill("")
    page.wait_for_timeout(300)
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + 200, box["y"] + 200
    with pulled(page) as frames:
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(60):
            page.mouse.move(x - 2 * step, y - step)
            page.wait_for_timeout(8)
        page.mouse.up()
        page.wait_for_timeout(200)
    assert len(frames) > 20
    assert sorted(frames)[len(frames) * 9 // 10] < FRAME, f"ms of the longest frames: {sorted(frames)[-8:]}"
