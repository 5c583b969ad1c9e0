"""Several processes read, check and draw ahead, so that a build finds its work done and kept.

They only fill the cache: what they leave undone, or where they cannot run, the build does itself. Drawing a chart
takes most of a first build, and what draws it uses one core.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

FEW = 8  # datasets or drawings: for fewer, starting the processes costs more than they save
MOST = 4  # processes that make pictures


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


def draw_beside(cache: Path, drawings: Mapping[str, str]) -> list["subprocess.Popen[bytes]"]:
    """Have drawings made into pictures, each under its key in the cache; give the processes that do it."""
    count = min(os.cpu_count() or 1, len(drawings) // FEW, MOST)
    started: list[subprocess.Popen[bytes]] = []
    with suppress(OSError):  # where no process can be started, the build does the work
        for number in range(count):
            own = dict(list(drawings.items())[number::count])
            command = [sys.executable, "-m", "kawaraban.ahead", "--pictures", str(cache)]
            quiet = subprocess.DEVNULL
            started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet))
            if pipe := started[-1].stdin:
                pipe.write(json.dumps(own).encode())
                pipe.close()
    return started


def main(root: Path, cache: Path, languages: Sequence[str], slugs: Sequence[str]) -> None:
    """Do the work of one process."""
    from kawaraban.catalog import Catalog, read_catalog
    from kawaraban.site import Site

    every = read_catalog(root).datasets
    site = Site(root, cache=cache, warn=lambda _: None)
    site.catalog = Catalog({slug: every[slug] for slug in slugs if slug in every})
    site.prepare(languages)


def draw(cache: Path) -> None:
    """Make the drawings that come in as JSON."""
    from kawaraban.cache import Cache
    from kawaraban.publishing.pictures import png

    kept = Cache(cache)
    for key, svg in json.load(sys.stdin).items():
        kept.put(key, png(svg))


if __name__ == "__main__" and sys.argv[1] == "--pictures":
    draw(Path(sys.argv[2]))
elif __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","), sys.argv[4:])
