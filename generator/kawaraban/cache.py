"""Content digest -> bytes. Written beside, then renamed; an entry carries its own digest, so damage is noticed.

Deleting the folder changes nothing but the time the next build takes.
"""

import hashlib
import json
import os
import tempfile
from functools import cache as once
from functools import lru_cache
from pathlib import Path
from typing import Any

from kawaraban import __version__

LARGE = 8 << 20  # bytes
FOLDER = ".kawaraban"  # in a project: what is kept between runs, and the stage


def digest(*parts: object) -> str:
    """Give the SHA-256 of the parts; mappings and lists count by their JSON, keys sorted."""
    total = hashlib.sha256()
    for part in parts:
        piece = (
            part
            if isinstance(part, bytes)
            else json.dumps(part, ensure_ascii=False, sort_keys=True, default=str).encode(errors="surrogatepass")
        )
        total.update(len(piece).to_bytes(8, "big"))
        total.update(piece)
    return total.hexdigest()


def file_digest(file: Path) -> str:
    """Give the SHA-256 of a file's bytes. A large file that has not changed since is not read again."""
    known = file.stat()
    return _digest_of(file, known.st_size, known.st_mtime_ns) if known.st_size >= LARGE else _digest(file)


@lru_cache(maxsize=8)
def _digest_of(file: Path, _size: int, _changed: int) -> str:
    return _digest(file)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@once
def code_digest() -> str:
    """Give a digest of the package's own code and version: what another version made is made anew."""
    folder = Path(__file__).parent
    sources = sorted(folder.rglob("*.py")) + sorted(folder.rglob("*.po"))
    return digest(__version__, *(source.read_bytes() for source in sources))


class Cache:
    """A folder of entries. `fresh` and `reused` count what this run made and what it found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fresh = 0
        self.reused = 0

    def key(self, stage: str, *parts: object) -> str:
        """Give the key of a stage's result: the same only for the same parts and the same code."""
        return f"{stage}-{digest(code_digest(), *parts)}"

    def path(self, key: str) -> Path:
        """Give the file that holds `key`, whether it is there or not."""
        stage, _, name = key.rpartition("-")
        return self.folder / stage / name[:2] / name

    def get(self, key: str) -> bytes | None:
        """Give the bytes kept under `key`; None where there are none, or where they were damaged."""
        try:
            entry = self.path(key).read_bytes()
        except OSError:
            return None
        head, body = entry[:32], entry[32:]
        if hashlib.sha256(body).digest() != head:
            return None
        self.reused += 1
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keep the bytes under `key`."""
        self.fresh += 1
        write_beside(self.path(key), hashlib.sha256(body).digest() + body)

    def get_json(self, key: str) -> Any:
        body = self.get(key)
        return None if body is None else json.loads(body)

    def put_json(self, key: str, value: Any) -> None:
        self.put(key, json.dumps(value, ensure_ascii=False, default=str).encode(errors="surrogatepass"))


def write_beside(file: Path, content: bytes) -> None:
    """Write `content` beside `file`, then rename: a reader sees the old bytes or the new, never half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
