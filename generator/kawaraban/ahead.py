"""Several processes read, check and draw ahead, so that a build finds its work done and kept.

They only fill the cache: what they leave undone, or where they cannot run, the build does itself. Drawing a chart
takes most of a first build, and what draws it uses one core.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FEW = 8  # datasets: for fewer, starting the processes costs more than they save


def work_ahead(root: Path, cache: Path, slugs: Sequence[str], languages: Sequence[str]) -> None:
    """Take in and draw the datasets named, on every core, and come back when it is done; their pages in languages."""
    count = min(os.cpu_count() or 1, len(slugs) // (FEW // 2))
    if len(slugs) < FEW or count < 2:
        return
    command = [sys.executable, "-m", "kawaraban.ahead", str(root), str(cache), ",".join(languages)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number in range(count):
            started.append(
                subprocess.Popen(
                    [*command, *slugs[number::count]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
        for each in started:
            each.wait()
    except OSError:
        return  # no process can be started here: the build does the work
    finally:
        for each in started:
            if each.poll() is None:
                each.kill()


def main(root: Path, cache: Path, languages: Sequence[str], slugs: Sequence[str]) -> None:
    """Do the work of one process."""
    from kawaraban.catalog import Catalog, read_catalog
    from kawaraban.site import Site

    every = read_catalog(root).datasets
    site = Site(root, cache=cache, warn=lambda _: None)
    site.catalog = Catalog({slug: every[slug] for slug in slugs if slug in every})
    site.prepare(languages)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4:])
