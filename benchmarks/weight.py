"""What a first visit of a dataset's page costs, as a browser asks for it: gzip, search and map not opened.

    python benchmarks/weight.py [--site FOLDER] [PAGE ...]

Prints every request with its bytes as they are and as gzip (level 6, as GitHub Pages sends them), what of it is our
own CSS and JavaScript, and when something was first painted. Exits with 1 above 250 kB, or 25 kB of our own.
"""

import argparse
import gzip
from pathlib import Path
from urllib.parse import urlsplit

from demo import demo_site

LIMIT, OWN = 250_000, 25_000
PAGES = ("datasets/population/", "datasets/health-daily/", "health/")
SENT = (".html", ".css", ".js", ".json", ".svg", ".wasm")  # what is sent as gzip; pictures are packed already


def main() -> int:
    """Measure the pages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--site", type=Path)
    parser.add_argument("pages", nargs="*", default=PAGES)
    asked = parser.parse_args()
    with demo_site(asked.site) as site:
        return measure(site, asked.pages)


def measure(site: Path, pages: list[str]) -> int:
    """Print the weight of pages; give 1 where one is too heavy."""
    from browser import opened, served

    heavy = 0
    with opened() as browser, served(site) as address:
        for path in pages:
            context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
            page, seen = context.new_page(), []
            page.on("response", lambda got, seen=seen: seen.append(got))
            page.goto(address + path, wait_until="networkidle")
            chart = page.locator(".kb-chart svg[role=img]").first
            shown = chart.is_visible() if chart.count() else None
            paint = page.evaluate(
                "performance.getEntriesByName('first-contentful-paint').map((each) => Math.round(each.startTime))[0]"
            )
            total = own = 0
            print(f"\n{path}")
            for got in seen:
                body = got.body()
                name = urlsplit(got.url).path
                packed = len(gzip.compress(body, 6)) if name.endswith(SENT) or name.endswith("/") else len(body)
                ours = "/assets/kawaraban/" in name
                total += packed
                own += packed if ours and name.endswith((".css", ".js")) else 0
                print(f"  {len(body):>8,} {packed:>8,} {'own ' if ours else '    '} {name}")
            print(f"  {len(seen)} requests, {total:,} bytes gzip, of which {own:,} our own CSS and JavaScript")
            print(f"  first paint {paint} ms, a chart is {'there' if shown else 'not there'}")
            heavy |= total > LIMIT or own > OWN
            context.close()
    return int(heavy)


if __name__ == "__main__":
    raise SystemExit(main())
