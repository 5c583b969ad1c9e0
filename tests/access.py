"""What the tests of access and the accessibility statement share: the kinds of pages, how they are looked at, axe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# kind of page -> its address below the demo town's site
KINDS: Mapping[str, str] = {
    "front": "",
    "notices": "notices/",
    "notice": "notices/2025-05-02-waste/",
    "catalogue": "datasets/",
    "dataset with charts": "datasets/population/",
    "dataset with a map": "datasets/evacuation-sites/",
    "dataset with a long table": "datasets/waste-collection/",
    "consolidated dataset": "datasets/area-shelters/",
    "held dataset": "datasets/childcare/",
    "page with charts": "health/",
    "page with maps": "disaster/",
    "about": "about/",
    "manual": "manual/fences/",
    "problem": "manual/problems/full-width-number/",
    "English": "en/",
    "easy Japanese": "ja-easy/",
    "404": "404.html",
    "search": "about/#search",
}
# how a page is looked at -> what the browser is told; 200 % of a desk of 1280 px is one of 640
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "desk, light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "desk, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "320 px, light": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "320 px, dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
    "200 %": {"viewport": {"width": 640, "height": 400}, "color_scheme": "light", "device_scale_factor": 2},
}
GRAVE = ("serious", "critical")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that a page breaks, with the first element that does."""

    rule: str
    impact: str
    help: str
    count: int
    element: str
    why: str

    def __str__(self) -> str:
        return f"{self.impact} {self.rule} ({self.count}): {self.help}: {self.element} {self.why}"


@dataclass
class Looked:
    """An open page, and the other hosts that it asked (they got no answer)."""

    page: Page
    strangers: list[str] = field(default_factory=list)


@contextmanager
def looked_at(browser: Browser, address: str, kind: str, look: str, **more: Any) -> Iterator[Looked]:
    """Open a page of a kind in a look, and bring all of it into view once; for the kind `search` that is opened."""
    context = browser.new_context(**LOOKS[look], locale="ja-JP", reduced_motion="reduce", **more)
    looked = Looked(context.new_page())
    page = looked.page

    def route(asked: Route) -> None:
        if asked.request.url.startswith((address, "data:", "blob:")):
            asked.continue_()
        else:
            looked.strangers.append(asked.request.url)
            asked.abort()

    context.route("**/*", route)
    try:
        page.goto(address + KINDS[kind].removesuffix("#search"), wait_until="load")
        if kind == "search":
            page.keyboard.press("/")
            page.locator(".kb-finder input").fill("公民館")
            page.get_by_role("option").first.wait_for()
        else:
            page.evaluate(
                """async () => {
                  for (let at = 0; at < document.body.scrollHeight; at += innerHeight) {
                    scrollTo({ top: at, behavior: "instant" });
                    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
                  }
                  scrollTo({ top: 0, behavior: "instant" });
                }"""
            )
            page.wait_for_load_state("networkidle")
        yield looked
    finally:
        context.close()


def axe(page: Page) -> tuple[list[Finding], list[str]]:
    """Give what axe finds on a page, the gravest first, and the rules that it could not decide."""
    from axe_playwright_python.sync_playwright import Axe

    said = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    assert len(said["passes"]) > 20, "axe looked at nothing"
    found = []
    for each in said["violations"]:
        node = each["nodes"][0]
        why = " / ".join(part["message"] for part in [*node["any"], *node["all"], *node["none"]])
        found.append(
            Finding(each["id"], each["impact"], each["help"], len(each["nodes"]), node["html"][:160], why[:200])
        )
    found.sort(key=lambda each: (each.impact not in GRAVE, each.rule))
    return found, [each["id"] for each in said["incomplete"]]
