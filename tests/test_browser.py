"""What only a browser shows: pages that fit, charts without a script, maps, the keyboard, and no strangers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from browser import served
from demo_town import ROOT, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

TILES = "cyberjapandata.gsi.go.jp"
SMALLEST = 9  # CSS px; smaller letters are not read on a phone
CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PAGES = {"front": "", "dataset": "datasets/population/", "charts": "population/", "map": "disaster/"}
SIZES = {"phone": {"width": 375, "height": 667}, "desk": {"width": 1280, "height": 720}}
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
each_chart_page = pytest.mark.parametrize("path", ["", "datasets/population/", "population/"])
each_size = pytest.mark.parametrize("size", SIZES)
each_scheme = pytest.mark.parametrize("scheme", ["light", "dark"])
DOT = bytes.fromhex(  # a grey pixel, in the place of every map tile
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63b8"
    "fbe0c97f0008e003a14dea30e20000000049454e44ae426082"
)

# The maps of a page are found by the hook that Leaflet has for plugins; their points are drawn on a canvas.
FIND_MAPS = """
window.kbMaps = [];
let leaflet;
Object.defineProperty(window, "L", {
  get: () => leaflet,
  set: (value) => { leaflet = value; value.Map.addInitHook(function () { window.kbMaps.push(this); }); },
});
"""
MARKERS = """(element) => {
  const map = window.kbMaps.find((each) => each.getContainer() === element);
  const found = [];
  map.eachLayer((layer) => {
    if (!(layer instanceof L.CircleMarker)) return;
    const at = map.latLngToContainerPoint(layer.getLatLng());
    const size = map.getSize();
    found.push({ x: at.x, y: at.y, inside: at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y });
  });
  return found;
}"""
TEXTS = """(svg) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  let paper = svg;
  while (paper && rgba(getComputedStyle(paper).backgroundColor)[3] < 1) paper = paper.parentElement;
  const ground = paper ? rgba(getComputedStyle(paper).backgroundColor) : [255, 255, 255, 1];
  const light = (colour) => colour.slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  return [...svg.querySelectorAll("text")].filter((each) => each.textContent.trim()).map((text) => {
    const style = getComputedStyle(text);
    const ink = rgba(style.fill);
    let through = ink[3] * style.fillOpacity;
    for (let each = text; each !== svg; each = each.parentElement) through *= getComputedStyle(each).opacity;
    const seen = ink.slice(0, 3).map((value, index) => value * through + ground[index] * (1 - through));
    const [high, low] = [light(seen), light(ground)].sort((one, other) => other - one);
    const box = text.getBoundingClientRect();
    const frame = svg.getBoundingClientRect();
    const scale = text.getScreenCTM();
    return {
      text: text.textContent,
      size: parseFloat(style.fontSize) * Math.hypot(scale.c, scale.d),
      contrast: (high + 0.05) / (low + 0.05),
      beside: Math.max(frame.left - box.left, box.right - frame.right),
      above: Math.max(frame.top - box.top, box.bottom - frame.bottom),
    };
  });
}"""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as url:
        yield url


@dataclass
class Seen:
    """What a page did while it was looked at. Other hosts are not asked: they get an answer from here."""

    page: Page
    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def scroll(self) -> None:
        """Go down the page a screen at a time, as a reader does, until everything has come into view once."""
        self.page.evaluate(
            """async () => {
              const pause = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
              const screen = document.scrollingElement;
              for (let at = 0; at < screen.scrollHeight; at += innerHeight * 0.8) {
                screen.scrollTo({ top: at, behavior: "instant" });
                await pause();
              }
            }"""
        )
        self.page.wait_for_load_state("networkidle")


@contextmanager
def looking(
    browser: Browser, url: str, size: str = "desk", scheme: str = "light", script: bool = True
) -> Iterator[Seen]:
    """Open a page and give what it does; the console, failed requests and other hosts are written down."""
    context = browser.new_context(
        viewport=SIZES[size], color_scheme=scheme, java_script_enabled=script, locale="ja-JP",
        reduced_motion="reduce",
    )  # fmt: skip
    host = urlsplit(url).netloc
    page = context.new_page()
    seen = Seen(page)

    def route(asked: Route) -> None:
        if urlsplit(asked.request.url).netloc == host:
            asked.continue_()
            return
        seen.strangers.append(asked.request.url)
        asked.fulfill(status=200, content_type="image/png", body=DOT)

    context.route(re.compile(r"^(?:https?|wss?):"), route)
    page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", lambda dialog: (seen.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("response", lambda got: seen.failed.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    page.on("requestfailed", lambda request: seen.failed.append(f"{request.failure} {request.url}"))
    if script:
        page.add_init_script(FIND_MAPS)
    try:
        page.goto(url, wait_until="load")
        yield seen
    finally:
        context.close()


def charts_of(path: str) -> int:
    """Give how many charts the page's own source asks for."""
    if path.startswith("datasets/"):
        own = yaml.safe_load((ROOT / path / "datapackage.yaml").read_text(encoding="utf-8"))
        return sum("chart" in view for view in own["kawaraban"]["views"])
    name = f"{path.strip('/') or 'index'}.md"
    return len(re.findall(r"^```chart$", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE))


# The page ----------------------------------------------------------------------------------------------------


@each_page
@each_size
@each_scheme
def test_a_page_is_quiet_fits_the_screen_and_asks_no_stranger(
    browser: Browser, address: str, path: str, size: str, scheme: str
) -> None:
    with looking(browser, address + path, size, scheme) as seen:
        page = seen.page
        page.wait_for_load_state("networkidle")
        below = page.locator(".kb-leaflet").evaluate_all(
            "(maps) => maps.every((map) => map.parentElement.getBoundingClientRect().top > innerHeight + 100)"
        )
        if below:
            assert seen.strangers == [], "before a map is in view, nobody else is asked for anything"
        assert below or path == PAGES["map"], "only the page of the map begins with one"
        seen.scroll()
        maps = page.locator(".kb-leaflet").count()
        assert maps > 0 or seen.strangers == []
        assert {urlsplit(url).netloc for url in seen.strangers} == ({TILES} if maps else set())
        assert all(url.startswith("https://") for url in seen.strangers)
        assert seen.errors == []
        assert seen.failed == []
        assert page.locator("h1").count() == 1
        assert page.locator("h1").inner_text().strip() != ""
        widths = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        assert widths[0] <= widths[1], f"the page is {widths[0]} px wide on a screen of {widths[1]} px"
        dark = page.locator("body").get_attribute("data-md-color-scheme")
        assert dark == {"light": "default", "dark": "slate"}[scheme]


# Charts ------------------------------------------------------------------------------------------------------


@each_chart_page
@each_size
def test_every_chart_is_seen_once_without_a_script_and_has_a_name(
    browser: Browser, address: str, path: str, size: str
) -> None:
    from playwright.sync_api import expect

    with looking(browser, address + path, size, script=False) as seen:
        charts = seen.page.locator(".kb-chart").all()
        assert len(charts) == charts_of(path) > 0
        for chart in charts:
            drawings = chart.locator("svg[role=img]")
            assert drawings.count() == 2, "one drawing for a desk, one for a phone"
            shown = [each for each in drawings.all() if each.is_visible()]
            assert len(shown) == 1
            box = shown[0].bounding_box()
            assert box is not None
            assert box["width"] > 200
            assert box["height"] > 100
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= SIZES[size]["width"]
            expect(shown[0]).to_have_accessible_name(re.compile(r"\S"))  # in JavaScript no kanji is a \w
            title = chart.locator("figcaption").inner_text()
            expect(shown[0]).to_have_accessible_name(title)
            assert len(shown[0].locator("desc").text_content() or "") > 10
        assert seen.errors == []
        assert seen.strangers == []


@each_chart_page
@each_size
@each_scheme
def test_the_letters_of_a_chart_are_large_and_dark_enough_and_inside_of_it(
    browser: Browser, address: str, path: str, size: str, scheme: str
) -> None:
    with looking(browser, address + path, size, scheme) as seen:
        for drawing in seen.page.locator(".kb-chart svg[role=img]").all():
            if not drawing.is_visible():
                continue
            title = drawing.get_attribute("aria-label")
            texts: list[dict[str, Any]] = drawing.evaluate(TEXTS)
            assert len(texts) >= 4, f"{title}: a chart has axes with words"
            small = [each for each in texts if each["size"] < SMALLEST]
            assert small == [], f"{title}: letters smaller than {SMALLEST} px"
            pale = [each for each in texts if each["contrast"] < CONTRAST]
            assert pale == [], f"{title}: letters paler than {CONTRAST}:1"
            # the box of a letter is a line high; what is drawn of it is a quarter less
            cut = [each for each in texts if each["beside"] > 1 or each["above"] > each["size"] / 4]
            assert cut == [], f"{title}: letters cut off by the edge"


def test_the_numbers_below_a_chart_are_reached_and_opened_with_the_keyboard(browser: Browser, address: str) -> None:
    with looking(browser, address + PAGES["charts"]) as seen:
        page = seen.page
        details = page.locator(".kb-chart details.kb-data").first
        assert not details.locator("table").is_visible()
        for _ in range(150):
            page.keyboard.press("Tab")
            if details.locator("summary").evaluate("(each) => each === document.activeElement"):
                break
        else:
            pytest.fail("Tab does not lead to the table below the chart")
        page.keyboard.press("Enter")
        assert details.locator("table").is_visible()
        assert details.locator("tbody tr").count() >= 10
        page.keyboard.press("Enter")
        assert not details.locator("table").is_visible()


@each_page
def test_the_first_tab_leads_to_the_link_that_skips_the_navigation(browser: Browser, address: str, path: str) -> None:
    with looking(browser, address + path) as seen:
        seen.page.keyboard.press("Tab")
        link = seen.page.locator(":focus")
        assert "md-skip" in (link.get_attribute("class") or "")
        target = link.get_attribute("href") or ""
        assert target.startswith("#")
        where = "(id) => document.getElementById(decodeURIComponent(id.slice(1))) !== null"
        assert seen.page.evaluate(where, target), f"the link leads to {target}, which is not there"


# Maps --------------------------------------------------------------------------------------------------------


def drawn_map(seen: Seen, number: int = 0) -> Any:
    """Bring a map into view and wait until it has its points."""
    seen.page.locator(".kb-where").nth(number).scroll_into_view_if_needed()
    element = seen.page.locator(".kb-leaflet").nth(number)
    element.locator(".leaflet-overlay-pane canvas").wait_for()
    return element


@each_size
def test_a_map_shows_every_place_and_asks_for_tiles_only_then(
    browser: Browser, address: str, site: Path, size: str
) -> None:
    file = site / "datasets" / "evacuation-sites" / "evacuation-sites.json"
    places = json.loads(file.read_text(encoding="utf-8"))
    wanted = [len([each for each in places if str(each["津波"]) == "1"]), len(places)]
    assert wanted[0] < wanted[1]
    with looking(browser, address + PAGES["map"], size) as seen:
        assert seen.page.locator(".kb-leaflet").count() == 2
        for number, count in enumerate(wanted):
            element = drawn_map(seen, number)
            markers = element.evaluate(MARKERS)
            assert len(markers) == count
            assert all(each["inside"] for each in markers), "every place is on the part that is shown"
            found = seen.page.locator(".kb-map").nth(number).locator(".kb-found")
            assert found.inner_text() == f"{count}か所"
            credit = element.locator(".leaflet-control-attribution")
            assert credit.inner_text().count("国土地理院") == 1
            assert credit.evaluate("(each) => each.offsetHeight") < 50, "who made the tiles is a line, not a picture"
            legend = seen.page.locator(".kb-map").nth(number).locator(".kb-legend")
            assert legend.locator("li").count() == len({each["地区"] for each in places})
            style = legend.evaluate(
                "(list) => [getComputedStyle(list).display, getComputedStyle(list).listStyleType]"
            )
            assert style == ["flex", "none"], "the colours stand in a row, without bullets beside their dots"
            assert element.locator(".leaflet-popup").count() == 0
            # the last marker lies on top of those before it
            element.click(position={"x": markers[-1]["x"], "y": markers[-1]["y"]})
            popup = element.locator(".leaflet-popup-content")
            popup.wait_for()
            assert popup.locator("strong").inner_text() in [each["名称"] for each in places]
        assert len(seen.strangers) > 0
        assert {urlsplit(url).netloc for url in seen.strangers} == {TILES}
        assert seen.errors == []


def test_without_a_script_the_places_are_a_drawing_and_a_list(browser: Browser, address: str) -> None:
    with looking(browser, address + PAGES["map"], "phone", script=False) as seen:
        for figure in seen.page.locator(".kb-map").all():
            assert not figure.locator(".kb-leaflet").is_visible()
            assert figure.locator(".kb-locator").is_visible()
            rows = figure.locator(".kb-list li")
            assert rows.count() >= 20
            assert rows.first.is_visible()
        assert seen.strangers == []


HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town of one place, whose every cell is an attack."""
    root = tmp_path_factory.mktemp("hostile") / "town"
    files = {
        "mkdocs.yml": "site_name: 町\ntheme: {name: material, font: false, language: ja}\nplugins: [kawaraban]\n",
        "docs/index.md": "# 町\n\n```map\ndata: bad\nname: 名称\ncolor: 色\npopup: [備考]\n```\n",
        "datasets/bad/datapackage.yaml": "name: bad\ntitle: 町\nresources: [{name: bad, path: bad.csv}]\n",
        "datasets/bad/bad.csv": f"名称,緯度,経度,色,備考\n{HOSTILE},35.2,140.3,{HOSTILE},{HOSTILE}\n",
    }
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with served(build(root)) as url:
        yield url


@pytest.mark.parametrize("path", ["", "datasets/bad/"])
def test_a_hostile_cell_is_text_in_the_popup_and_in_the_list(browser: Browser, hostile: str, path: str) -> None:
    with looking(browser, hostile + path) as seen:
        element = drawn_map(seen)
        element.click()  # the only place is in the middle
        popup = element.locator(".leaflet-popup-content")
        popup.wait_for()
        assert popup.locator("strong").inner_text() == HOSTILE
        if path == "":
            assert popup.inner_text().split("備考: ")[1] == HOSTILE
        assert HOSTILE in seen.page.locator(".kb-map .kb-list").first.inner_text()
        assert seen.page.locator("img[src=x], [onerror]").count() == 0
        assert seen.errors == [], "no script ran, no image was asked for"
        assert seen.failed == []
