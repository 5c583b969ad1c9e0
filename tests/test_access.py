"""Everybody can use every kind of page: axe, the keyboard, 320 px, forced colours, valid HTML, and no other host."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from access import GRAVE, KINDS, LOOKS, axe, looked_at
from browser import served
from demo_town import build, hold_one
from test_browser import TILES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
each_kind = pytest.mark.parametrize("kind", KINDS)
STOPS = 60  # presses of Tab

FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const seen = getComputedStyle(each), box = each.getBoundingClientRect();
  const outline = seen.outlineStyle === "none" ? 0 : parseFloat(seen.outlineWidth);
  const label = each.labels && [...each.labels].some((own) => getComputedStyle(own).outlineStyle !== "none");
  return {
    what: each.outerHTML.slice(0, 120), outline, label, opacity: Number(seen.opacity),
    inside: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.fixture(scope="module")
def held_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town with one dataset that has a mistake in it; what is drawn already is drawn no more."""
    root = tmp_path_factory.mktemp("held") / "demo"
    shutil.copytree(site.parent, root, ignore=shutil.ignore_patterns("site"))
    hold_one(root)
    made = build(root)
    assert "kb-problem" in (made / "datasets" / "childcare" / "index.html").read_text(encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(held_site: Path) -> Iterator[str]:
    with served(held_site) as url:
        yield url


@each_kind
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious(browser: Browser, address: str, kind: str, look: str) -> None:
    with looked_at(browser, address, kind, look) as looked:
        found, _ = axe(looked.page)
    grave = [str(each) for each in found if each.impact in GRAVE]
    assert not grave, "\n".join(grave)


def test_axe_sees_what_is_wrong(browser: Browser, address: str) -> None:
    with looked_at(browser, address, "about", "desk, light") as looked:
        looked.page.evaluate(
            """() => {
              const image = document.createElement("img");
              image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
              document.querySelector("article").append(image);
            }"""
        )
        found, _ = axe(looked.page)
    assert [each.rule for each in found if each.impact in GRAVE] == ["image-alt"]


@each_kind
def test_a_page_fits_320_px_and_asks_no_other_host(browser: Browser, address: str, kind: str) -> None:
    with looked_at(browser, address, kind, "320 px, light") as looked:
        width = looked.page.evaluate("document.scrollingElement.scrollWidth")
        maps = looked.page.locator(".kb-leaflet").count()
        hosts = {urlsplit(each).netloc for each in looked.strangers}
    assert width <= 320
    assert hosts <= ({TILES} if maps else set())


@each_kind
def test_a_page_has_its_landmarks_one_title_and_a_language(browser: Browser, address: str, kind: str) -> None:
    with looked_at(browser, address, kind, "desk, light") as looked:
        page = looked.page
        counts = {
            name: page.locator(each).count()
            for name, each in {
                "banner": "body > header",
                "main": "main",
                "foot": "footer.md-footer",
                "h1": "h1",
            }.items()
        }
        assert counts == {"banner": 1, "main": 1, "foot": 1, "h1": 1}
        assert page.get_by_role("navigation").count() >= 1
        assert page.locator("html").get_attribute("lang") in ("ja", "en")
        assert page.title().strip()


@pytest.mark.parametrize("kind", ["front", "dataset with a map", "dataset with a long table", "manual", "search"])
@pytest.mark.parametrize("look", ["desk, light", "320 px, dark"])
def test_the_focus_is_seen_wherever_it_goes(browser: Browser, address: str, kind: str, look: str) -> None:
    unseen, stops = [], 0
    with looked_at(browser, address, kind, look) as looked:
        for _ in range(STOPS):
            looked.page.keyboard.press("Tab")
            stop = looked.page.evaluate(FOCUSED)
            if stop is None:
                break
            stops += 1
            if not ((stop["outline"] >= 2 or stop["label"]) and stop["inside"]):
                unseen.append(stop["what"])
    assert stops >= 2
    assert not unseen, "\n".join(unseen)


def test_on_a_phone_the_menu_is_opened_and_closed_with_the_keyboard(browser: Browser, address: str) -> None:
    from playwright.sync_api import expect

    with looked_at(browser, address, "about", "320 px, light") as looked:
        page = looked.page
        menu = page.locator(".md-header [for=__drawer]")
        expect(menu).to_have_role("button")
        expect(menu).to_have_accessible_name(re.compile(".+"))
        menu.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("aria-expanded", "true")
        assert page.locator(".md-header label[for=__drawer]").count() == 0
        link = page.locator(".md-sidebar--primary").get_by_role("link", name="人口", exact=True)
        expect(link).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(link).to_be_hidden()


def test_nothing_moves_where_the_reader_wants_no_motion(browser: Browser, address: str) -> None:
    script = """() => [...document.querySelectorAll("*")].filter((each) => {
      const seen = getComputedStyle(each);
      return [...seen.transitionDuration.split(","), ...seen.animationDuration.split(",")]
        .some((time) => parseFloat(time) > 0.05);
    }).map((each) => each.outerHTML.slice(0, 80))"""
    with looked_at(browser, address, "front", "desk, light") as looked:
        assert looked.page.evaluate(script) == []


@pytest.mark.parametrize("kind", ["front", "dataset with charts", "dataset with a map", "search"])
def test_forced_colours_leave_everything_to_be_seen(browser: Browser, address: str, kind: str) -> None:
    with looked_at(browser, address, kind, "desk, dark", forced_colors="active") as looked:
        found, _ = axe(looked.page)
        assert [str(each) for each in found if each.impact in GRAVE] == []
        if kind == "search":
            chosen = looked.page.locator("[role=option][aria-selected=true]")
            assert chosen.evaluate("(each) => getComputedStyle(each).outlineStyle") == "solid"


# HTML --------------------------------------------------------------------------------------------------------


class _Ids(HTMLParser):
    """Collects the ids of a page and what refers to them."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("aria-labelledby", "aria-describedby", "aria-controls") and value:
                self.wanted |= set(value.split())


def wrong_html(text: str) -> list[str]:
    """Give what is wrong with a page: errors of the parser of HTML 5, ids that stand twice or are missing."""
    import html5lib

    parser = html5lib.HTMLParser()
    parser.parse(text)
    found = [f"{at}: {code} {values}" for at, code, values in parser.errors]
    ids = _Ids()
    ids.feed(text)
    found += [f"id {name!r} stands {count} times" for name, count in Counter(ids.ids).items() if count > 1]
    return found + [f"there is no id {name!r}" for name in sorted(ids.wanted - set(ids.ids))]


def test_the_html_of_every_page_is_valid(held_site: Path) -> None:
    pages = sorted(held_site.rglob("*.html"))
    assert len(pages) > 300
    wrong = [
        f"{page.relative_to(held_site)}: {each}"
        for page in pages
        for each in wrong_html(page.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize(
    "page",
    [
        "<p>a</b>",
        "<!doctype html><p id=a><p id=a>",
        "<!doctype html><p aria-labelledby=x>",
        "<!doctype html><table><p>",
    ],
)
def test_html_that_is_wrong_is_seen(page: str) -> None:
    assert wrong_html(page)


def test_an_accessibility_statement_is_there_and_says_when_it_was_tried(held_site: Path) -> None:
    text = (held_site / "accessibility" / "index.html").read_text(encoding="utf-8")
    assert re.search(r"20\d\d年\d{1,2}月\d{1,2}日", text)
    assert "JIS X 8341-3:2016" in text
