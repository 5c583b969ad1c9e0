"""A browser for the tests that need one, and a server for the folder that it looks at.

Where there is no Chromium these tests are skipped with a line that says so; with KAWARABAN_BROWSER=required, as in
`.ci/run`, they fail instead.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "google-chrome", "chromium-browser")
QUIET = ["--disable-gpu", "--disable-background-networking"]
running: list[Browser] = []


def installed() -> str | None:
    """Give the path of a Chromium on this machine, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def opened() -> Iterator[Browser]:
    """Give a running Chromium: the machine's own, else the one that Playwright has fetched; else skip or fail.

    One that is running already is given again: Playwright runs but once in a process.
    """
    if running:
        yield running[-1]
        return
    if find_spec("playwright") is None:
        _absent("Playwright is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = installed() or playwright.chromium.executable_path
        if not Path(path).is_file():
            _absent(f"there is no Chromium: none of {', '.join(NAMES)}, and none of Playwright's own")
        root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's sandbox refuses to run as root
        browser = playwright.chromium.launch(
            executable_path=path, args=[*QUIET, *(["--no-sandbox"] if root else [])], timeout=60_000
        )
        running.append(browser)
        try:
            yield browser
        finally:
            running.remove(browser)
            browser.close()


def _absent(reason: str) -> None:
    if os.environ.get("KAWARABAN_BROWSER") == "required":
        pytest.fail(f"{reason}, and KAWARABAN_BROWSER=required")
    pytest.skip(f"{reason} (the tests in a browser are left out)")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; give its address, which ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
