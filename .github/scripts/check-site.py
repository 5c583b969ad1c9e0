"""Says whether a built site may be published: the last look before it leaves the build job.

Only the standard library, so that it needs no environment and trusts nothing that the build installed.
"""

from __future__ import annotations

import argparse
import os
import stat
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

# GitHub Pages takes no more than 1 GB; the distance leaves time to make a site smaller.
MAX_BYTES = 700_000_000
LARGEST = 10
SHOWN = 20  # problems of one kind; a build that goes wrong goes wrong a thousand times

# Beside letters, marks and digits of any script. What HTML, a shell, a Windows disk or the log of GitHub
# Actions could take for something else is not in it, nor is any control or direction character.
SAFE_PUNCTUATION = frozenset(" ._-+,=@~()（）「」・、〜～")
HIDDEN = frozenset({".nojekyll", ".well-known"})  # any other hidden file came along by accident


@dataclass(frozen=True)
class File:
    """A regular file of the site: its path below the site, with `/`, and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class Listing:
    """What a walk over the site found; links and special files are not followed."""

    files: tuple[File, ...]
    links: tuple[str, ...]
    special: tuple[str, ...]
    unsafe: tuple[str, ...]


def is_safe(name: str) -> bool:
    """Tell whether one part of a path is a name that a browser, a server and a disk all take alike."""
    if name.startswith(".") and name not in HIDDEN:
        return False
    if name.startswith(("-", " ")) or name.endswith((" ", ".")):
        return False
    if not unicodedata.is_normalized("NFC", name):
        return False  # か゛ in two pieces is another address than が, and looks the same
    return all(char in SAFE_PUNCTUATION or unicodedata.category(char)[0] in "LMN" for char in name)


def shown(path: str) -> str:
    """Give a path for the log: with `[` and `:` gone, no workflow command is left in it."""
    return "".join(c if c in "/?" or c in SAFE_PUNCTUATION or c.isalnum() else "?" for c in path)


def walk(site: Path) -> Listing:
    """List a site, sorted by path."""
    files, links, special, unsafe = [], [], [], []
    for folder, folders, names in os.walk(site, onerror=_fail):
        for name in [*folders, *names]:
            full = Path(folder, name)
            path = full.relative_to(site).as_posix()
            info = full.lstat()
            if not is_safe(name):
                unsafe.append(path)
            if stat.S_ISLNK(info.st_mode):
                links.append(path)
            elif stat.S_ISREG(info.st_mode):
                files.append(File(path, info.st_size))
            elif not stat.S_ISDIR(info.st_mode):
                special.append(path)
    return Listing(
        tuple(sorted(files, key=lambda file: file.path)),
        tuple(sorted(links)),
        tuple(sorted(special)),
        tuple(sorted(unsafe)),
    )


def _fail(error: OSError) -> None:
    raise error  # os.walk is silent about a folder that it cannot read


def fewest_pages(datasets: Path) -> int:
    """Give the least number of pages that is believable: half of the datasets, and a front page.

    Each dataset has a page of its own, so a site with fewer than half of them has lost something. The number
    of the last publication would be a finer measure, but to fetch it the check would depend on the network
    and on a site that is perhaps the broken one.
    """
    return sum(1 for _ in datasets.glob("*/datapackage.yaml")) // 2 + 1


def check(site: Path, datasets: Path, max_bytes: int = MAX_BYTES) -> list[str]:
    """Give the reasons not to publish `site`, one sentence each; none when it may leave."""
    if site.is_symlink() or not site.is_dir():
        return [f"{shown(site.name)} is not a folder. Build the site first."]
    if not datasets.is_dir():
        return [f"{shown(datasets.name)} is not a folder, so the pages that are expected cannot be counted."]
    listing = walk(site)
    problems = []
    # The upload follows links, so a link would publish the file that it points to, wherever it lies.
    problems += _each(listing.links, "is a symbolic link. Put the file itself there.")
    problems += _each(listing.special, "is neither a file nor a folder. Remove it.")
    problems += _each(listing.unsafe, "has a name that is not safe in an address. Rename it.")
    paths = {file.path for file in listing.files}
    if "index.html" not in paths:
        problems.append("index.html is missing: the site has no front page. Look at the log of the build.")
    pages = sum(1 for path in paths if path.endswith(".html"))
    fewest = fewest_pages(datasets)
    if pages < fewest:
        problems.append(
            f"The site has {pages} HTML pages; for its datasets at least {fewest} are expected."
            " Look at the log of the build."
        )
    total = sum(file.size for file in listing.files)
    if total > max_bytes:
        problems.append(_too_large(listing.files, total, max_bytes))
    return problems


def _each(paths: tuple[str, ...], sentence: str) -> list[str]:
    problems = [f"{shown(path)} {sentence}" for path in paths[:SHOWN]]
    if len(paths) > SHOWN:
        problems.append(f"... and {len(paths) - SHOWN} more like this.")
    return problems


def _too_large(files: tuple[File, ...], total: int, max_bytes: int) -> str:
    largest = sorted(files, key=lambda file: (-file.size, file.path))[:LARGEST]
    lines = [f"The site is {total:,} bytes; at most {max_bytes:,} are published. The largest files:"]
    lines += [f"  {file.size:>13,}  {shown(file.path)}" for file in largest]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Check, print, and give the exit status: 0 to publish, 1 not to."""
    parser = argparse.ArgumentParser(description="Checks a built site before it is published.")
    parser.add_argument("site", type=Path)
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    parser.add_argument("--max-bytes", type=int, default=MAX_BYTES)
    given = parser.parse_args(arguments)
    try:
        problems = check(given.site, given.datasets, given.max_bytes)
    except OSError as error:
        problems = [f"The site cannot be read: {error.strerror}, {shown(str(error.filename))}"]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("The site is not published.", file=sys.stderr)
        return 1
    print("The site may be published.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
