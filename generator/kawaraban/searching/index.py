"""Pagefind's index of a built site, written beside its pages. The only caller of pagefind.

Its own client waits a tenth of a second for every answer, so the few lines of its protocol are spoken here: JSON in
base64 with a comma behind it, one answer for each question. Nothing is fetched: the program comes with the package.
"""

import base64
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from kawaraban.errors import BuildFailed
from kawaraban.searching.order import put_in_order
from kawaraban.searching.words import terms

FOLDER = "pagefind"
LONGEST = 900  # seconds that it may take
LANGUAGE = "unknown"  # pagefind cuts no words then: the terms are ours
UNUSED = re.compile(r".*(-ui|-highlight)\.(js|css)")  # we have a box of our own


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found: its address below the site, its title, what it is of, and its text.

    `more` are words that count more than the text. `last` puts it behind all others. `languages` are those of the
    pages on which it is found.
    """

    url: str
    title: str
    of: str = ""
    text: str = ""
    more: str = ""
    kind: str = "page"
    last: bool = False
    languages: tuple[str, ...] = ()


def write_index(site: Path, records: Iterable[Record]) -> int:
    """Write the index of a built site into it; give how many records it holds. Raises BuildFailed."""
    count = 0
    with _service() as ask:
        number = ask({"type": "NewIndex", "config": {}})["index_id"]
        for record in records:
            ask(_question(record) | {"index_id": number})
            count += 1
        files = ask({"type": "GetFiles", "index_id": number})["files"]
    for each in files:  # it could write them itself, but answers before the last of them are on the disk
        file = site / FOLDER / each["path"]
        if not UNUSED.fullmatch(file.name):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(base64.b64decode(each["content"]))
    try:
        put_in_order(site / FOLDER)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _failed(f"pagefind: {error}") from None
    return count


def _question(record: Record) -> dict[str, Any]:
    """Give a record as pagefind takes it: what is shown as it is, what is searched as terms."""
    shown = {"title": record.title, "of": record.of, "text": record.text, "kind": record.kind}
    searched = {"name": terms(record.title), "more": terms(record.more)}
    return {
        "type": "AddRecord",
        "url": record.url,
        "content": terms(f"{record.title} {record.of} {record.text}"),
        "language": LANGUAGE,
        "meta": {key: value for key, value in {**shown, **searched}.items() if value},
        "filters": {"place": ["last" if record.last else "first"], "lang": list(record.languages)},
    }


@contextmanager
def _service() -> Iterator[Callable[[Mapping[str, Any]], Any]]:
    """Give the function that asks pagefind, for as long as the block lasts."""
    from pagefind.service import get_executable

    path = get_executable()
    if path is None:
        raise _failed("pagefind")
    program = subprocess.Popen(
        [path, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    limit = Timer(LONGEST, program.kill)  # then its silence ends the build with a sentence
    limit.start()
    try:
        yield lambda question: _answer(program, question)
    finally:
        limit.cancel()
        program.kill()
        program.communicate()


def _answer(program: "subprocess.Popen[bytes]", question: Mapping[str, Any]) -> Any:
    """Give the answer to one question. Raises BuildFailed with what pagefind says."""
    into, out = program.stdin, program.stdout
    if into is None or out is None:
        raise _failed("pagefind")
    said = bytearray()
    try:
        into.write(base64.b64encode(json.dumps({"message_id": 1, "payload": question}).encode()) + b",")
        into.flush()
        while not said.endswith(b","):
            piece = os.read(out.fileno(), 1 << 20)
            if not piece:
                raise _failed("pagefind")
            said += piece
    except OSError as error:
        raise _failed(str(error)) from None
    answer = json.loads(base64.b64decode(said[:-1]))["payload"]
    if answer["type"] == "Error":
        raise _failed(str(answer["message"]))
    return answer


def _failed(detail: str) -> BuildFailed:
    return BuildFailed("the search index could not be made ({detail})", "", "please report this", detail=detail)
