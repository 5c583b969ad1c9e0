"""What several tests need: `--accept`, a browser with the demo town, a town in a folder, the real files,
the judge of finished HTML."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import opened
from demo_town import build, copy_demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ACTIVE = {
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "button", "style", "link", "meta",
    "base", "svg", "math", "template", "noscript", "portal", "video", "audio", "source", "textarea", "select",
}  # fmt: skip
CONTROLS = "".join(map(chr, range(33)))
ADDRESSES = {"href", "src", "srcset", "action", "formaction", "poster", "data", "background", "cite", "xlink:href"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="Write the expected trees of tests/sites anew.")


class Judge(HTMLParser):
    """Collects what is alive in HTML: elements that act, handlers, addresses that run or fetch."""

    def __init__(self, allowed: frozenset[str]) -> None:
        super().__init__()
        self.allowed = allowed
        self.alive: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE - self.allowed:
            self.alive.append(f"<{tag}>")
        for name, value in attrs:
            # what a browser (WHATWG URL) takes out of an address before it reads the scheme
            plain = re.sub(r"[\t\n\r]", "", (value or "").strip(CONTROLS)).lower().replace("\\", "/")
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
            wanted = {"http", "https", "mailto", "tel"} if tag == "a" else set()
            foreign = plain.startswith("//") or (scheme is not None and scheme[1] not in wanted)
            if name.startswith("on") or name == "srcdoc" or (name in ADDRESSES and foreign):
                self.alive.append(f"<{tag} {name}={value!r}>")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Give a running Chromium; where there is none, the test is skipped or fails."""
    with opened() as running:
        yield running


@pytest.fixture(scope="session")
def site(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo town's site, built once. It needs the browser: nothing is built where there is none."""
    root = tmp_path_factory.mktemp("browser") / "demo"
    root.mkdir()
    copy_demo(root)
    return build(root)


@pytest.fixture(scope="session")
def alive() -> Callable[..., list[str]]:
    """Give the function that lists what is alive in HTML; `allowed` names elements that we draw ourselves."""

    def judge(html: str, *allowed: str) -> list[str]:
        judge = Judge(frozenset(allowed))
        judge.feed(html)
        judge.close()
        return judge.alive

    return judge


@pytest.fixture
def make_town(tmp_path: Path) -> Callable[..., Path]:
    """Give the function that writes files (path -> text or bytes) as a town's project, and gives its folder."""

    def make(files: Mapping[str, str | bytes], name: str = "town") -> Path:
        root = tmp_path / name
        for path, body in {"mkdocs.yml": "site_name: 小町\n", "docs/index.md": "# 小町\n", **files}.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body if isinstance(body, bytes) else body.encode())
        return root

    return make


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of files that towns really published, and of attacks that were really tried."""
    named = os.environ.get("KAWARABAN_REAL_DATA")
    if not named:
        pytest.skip("KAWARABAN_REAL_DATA does not name the folder of real files")
    if not (Path(named) / "municipal/MANIFEST.csv").is_file():
        pytest.skip(f"there is no municipal/MANIFEST.csv in {named}")
    return Path(named)
