"""The staged docs folder: hand-written pages with the generated ones beside them. Only what changed is written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import yaml

from kawaraban import fences
from kawaraban.cache import digest, write_beside
from kawaraban.model import Asset

FRONT = re.compile(r"\A---[ \t]*\n(?P<meta>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
MANIFEST = ".kawaraban-stage.json"


def written_by_hand(docs: Path, shown: str) -> Iterator[Asset]:
    """Give every file below `docs`; Markdown pages with their fences marked and their front matter made safe."""
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs)
        if any(part.startswith(".") for part in path.parts) or file.is_symlink() or not file.is_file():
            continue
        if not file.resolve().is_relative_to(docs.resolve()):
            continue
        name = path.as_posix()
        body = file.read_bytes()
        if file.suffix.lower() in (".md", ".markdown"):
            body = marked_page(body.decode("utf-8-sig", errors="replace"), name, f"{shown}/{name}").encode()
        yield Asset(name, digest(body), _giver(body))


def marked_page(text: str, page: str, source: str) -> str:
    """Give a hand-written page as it is staged: fences marked with their line, front matter escaped.

    The theme puts `title` and `description` into the page as they are, so what is active in HTML is escaped here.
    """
    text = text.replace("\r\n", "\n")
    text = fences.mark(text, page, source)
    front = FRONT.match(text)
    if not front or not re.search(r"[<>\"&]", front["meta"]):
        return text
    try:
        meta = yaml.safe_load(front["meta"])
    except yaml.YAMLError:
        return text
    safe = yaml.safe_dump(escaped(meta), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{safe}---\n{text[front.end() :]}"


def escaped(value: Any) -> Any:
    """Give a value of front matter with its text escaped for HTML."""
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, dict):
        return {key: escaped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [escaped(each) for each in value]
    return value


def _giver(body: bytes) -> Callable[[], bytes]:
    return lambda: body


def write_stage(folder: Path, assets: Iterable[Asset]) -> tuple[int, int]:
    """Write the assets below `folder`, and remove what is not among them; give how many were new and how many not.

    Raises nothing for a file that was touched by somebody: it is written again.
    """
    manifest = folder / MANIFEST
    try:
        known = json.loads(manifest.read_bytes())
    except (OSError, ValueError):
        known = {}
    now: dict[str, list[Any]] = {}
    fresh = 0
    for asset in assets:
        file = folder / asset.path
        before = known.get(asset.path)
        if before and before[0] == asset.digest and before[1:] == _state(file):
            now[asset.path] = before
            continue
        write_beside(file, asset.make())
        fresh += 1
        now[asset.path] = [asset.digest, *_state(file)]
    for file in folder.rglob("*"):
        if file.is_file() and file != manifest and file.relative_to(folder).as_posix() not in now:
            file.unlink()
    for each in sorted((each for each in folder.rglob("*") if each.is_dir()), reverse=True):
        if not any(each.iterdir()):
            each.rmdir()
    write_beside(manifest, json.dumps(now, ensure_ascii=False).encode())
    return fresh, len(now) - fresh


def _state(file: Path) -> list[int]:
    try:
        found = file.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]
