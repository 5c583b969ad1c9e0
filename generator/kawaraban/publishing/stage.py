"""The staged docs folder: hand-written pages with the generated ones beside them. Only what changed is written."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import yaml

from kawaraban import fences
from kawaraban.cache import digest, write_beside
from kawaraban.errors import KawarabanError
from kawaraban.model import Asset
from kawaraban.templating import CONTROLS

# As mkdocs.utils.meta reads them: what MkDocs takes for front matter is what is made safe here.
FRONT = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
KEY = re.compile(r"^[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
MORE = re.compile(r"^([ ]{4}|\t)(\s*)(?P<value>.*)")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 10_000  # values in front matter; by aliases a page of 1 kB could grow to gigabytes
UNSAFE = re.compile("[<>\"&'\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # in file names
MANIFEST = ".kawaraban-stage.json"


def written_by_hand(
    docs: Path, shown: str, warn: Callable[[str], None] = lambda _: None, say: Callable[[str], str] = str
) -> Iterator[Asset]:
    """Give every file below `docs`; Markdown pages with their fences marked and their front matter made safe.

    A file whose name would act as HTML (it becomes a title in the navigation) is left out, and `warn` is told.
    """
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs)
        if any(part.startswith(".") for part in path.parts) or file.is_symlink() or not file.is_file():
            continue
        if not file.resolve().is_relative_to(docs.resolve()):
            continue
        name = path.as_posix()
        if UNSAFE.search(name):
            shown_name = repr(f"{shown}/{name}")[1:-1].encode(errors="replace").decode()
            error = KawarabanError(
                "this file is left out, since its name cannot be part of a web address",
                shown_name,
                "rename it; < > \" & ' and control characters may not be in a name",
            )
            warn(error.line(say))
            continue
        body = file.read_bytes()
        if file.suffix.lower() in (".md", ".markdown"):
            body = marked_page(body.decode("utf-8-sig", errors="replace"), name, f"{shown}/{name}").encode()
        yield Asset(name, digest(body), _giver(body))


def marked_page(text: str, page: str, source: str) -> str:
    """Give a hand-written page as it is staged: fences marked with their line, front matter escaped.

    The theme puts `title` and `description` into the page as they are, so what is active in HTML is escaped here.
    Front matter that cannot be read is shown as text: behind a blank line MkDocs sees none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = fences.mark(text, page, source)
    front = FRONT.match(text)
    if not front:
        plain, rest = _plain_front(text)
        return _with_front(plain, rest) or f"\n{text}" if plain else text
    try:
        meta = yaml.load(front[1], LOADER)  # noqa: S506
    except Exception:  # the loader raises what it likes at strange values
        meta = None
    return (_with_front(meta, text[front.end() :]) if isinstance(meta, dict) else "") or f"\n{text}"


def _plain_front(text: str) -> tuple[dict[str, str], str]:
    """Give the `key: value` lines that begin a page, and the rest of it (MultiMarkdown's front matter)."""
    found: dict[str, str] = {}
    key = ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            return found, "\n".join(lines[number + 1 :])
        first, more = KEY.match(line), MORE.match(line)
        if first:
            key = first["key"].lower()
            value = first["value"].strip()
            found[key] = f"{found[key]} {value}" if key in found else value
        elif more and key:
            found[key] += f" {more['value'].strip()}"
        else:
            return found, "\n".join(lines[number:])
    return found, ""


def _with_front(meta: dict[Any, Any], rest: str) -> str:
    """Give a page with its front matter escaped; nothing where that cannot be written so that it reads the same."""
    try:
        safe = escaped(meta, iter(range(LARGEST)))
        written = yaml.safe_dump(safe, allow_unicode=True, sort_keys=False, width=10_000)
        page = f"---\n{written}---\n{rest}"
        front = FRONT.match(page)
        return page if front and yaml.load(front[1], LOADER) == safe else ""  # noqa: S506
    except Exception:  # too much of it, or nested without end
        return ""


def escaped(value: Any, left: Iterator[int]) -> Any:
    """Give a value of front matter as plain JSON with its text escaped for HTML. `left` counts how many may come."""
    next(left)
    if isinstance(value, dict):
        return {escape(str(key)): escaped(each, left) for key, each in value.items()}
    if isinstance(value, list):
        return [escaped(each, left) for each in value]
    if isinstance(value, set):
        return sorted(escape(str(each)) for each in value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return escape(CONTROLS.sub(" ", str(value)))


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
    known = known if isinstance(known, dict) else {}
    now: dict[str, list[Any]] = {}
    fresh = 0
    for asset in assets:
        file = folder / asset.path
        before = known.get(asset.path)
        if isinstance(before, list) and before and before[0] == asset.digest and before[1:] == _state(file):
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
