"""Take the pictures of the README and the manual: every kind of page, phone and desk, light and dark.

    python benchmarks/screenshots.py [--site FOLDER] [--all FOLDER]

Writes the pictures that the documents show into docs/images/. `--all` writes every kind in every look into a folder,
to be looked at.
"""

import argparse
from pathlib import Path

from demo import ROOT, demo_site

IMAGES = ROOT / "docs" / "images"
SIZES = {"desk": (1280, 800), "phone": (375, 667)}
# picture of a document -> kind of page, size, scheme
SHOWN = {
    "front-page.png": ("front", "desk", "light"),
    "phone-dark.png": ("dataset with charts", "phone", "dark"),
}


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--site", type=Path)
    parser.add_argument("--all", type=Path)
    asked = parser.parse_args()
    with demo_site(asked.site, held=True) as site:
        take(site, asked.all)


def take(site: Path, every: Path | None) -> None:
    """Take the pictures of a site."""
    from access import KINDS
    from browser import opened, served

    with opened() as browser, served(site) as address:

        def picture(kind: str, size: str, scheme: str, file: Path, whole: bool) -> None:
            width, height = SIZES[size]
            context = browser.new_context(
                viewport={"width": width, "height": height if whole else int(height * 1.6)}, color_scheme=scheme,
                locale="ja-JP", reduced_motion="reduce",
            )  # fmt: skip
            context.route(lambda url: not url.startswith(address), lambda route: route.abort())
            page = context.new_page()
            page.goto(address + KINDS[kind].removesuffix("#search"), wait_until="load")
            if kind == "search":
                page.keyboard.press("/")
                page.locator(".kb-finder input").fill("公民館")
                page.get_by_role("option").first.wait_for()
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(400)
            page.screenshot(path=file, full_page=whole and kind != "search")
            context.close()
            print(file)

        for name, (kind, size, scheme) in SHOWN.items():
            picture(kind, size, scheme, IMAGES / name, whole=False)
        if every:
            every.mkdir(parents=True, exist_ok=True)
            for kind in KINDS:
                for size in SIZES:
                    for scheme in ("light", "dark"):
                        name = f"{kind.replace(' ', '-')}-{size}-{scheme}.png"
                        picture(kind, size, scheme, every / name, whole=True)


if __name__ == "__main__":
    main()
