"""The files of a scene in Markdown: tables with the numbers and letters of a spreadsheet, what was found marked."""

import html
import json
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kawaraban.catalog import build_dataset
from kawaraban.checking.privacy import CONCEALED
from kawaraban.model import Problem, column_letters
from kawaraban.reading import read
from kawaraban.reporting.characters import plain
from scenes import DESCRIPTOR, Files, rows_of

RAW = ("swallowed-rows", "unclosed-quote", "mixed-line-endings")  # a table would show what is read, not what is there
MASKED = (
    "my-number", "payment-card", "personal-record", "person-name", "birth-date", "personal-phone", "personal-email",
)  # fmt: skip
SHORT = re.compile(r"resources:\n  - path: \S+\n")  # a descriptor of which nothing is to be learnt
SPACES = str.maketrans({" ": "␣", "\u3000": "□", "\xa0": "<U+00A0>"})
SHOWN = 10  # rows of a table; of a longer one the first, and those around what was found
QUOTE = 6  # the line that is shown where no line has a quote
LONGEST = 40  # letters of a cell
NUMBERS = re.compile(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]")


def show(files: Files, kind: str, problems: Sequence[Problem] = (), marked: bool = True) -> Iterator[str]:
    """Give the files as blocks of Markdown, the descriptor last. Of long ones the places of `problems` are shown.

    Cells of persons are shown as ●●●.
    """
    for name in sorted(files, key=lambda name: name == DESCRIPTOR):
        body = files[name]
        here = [problem for problem in problems if problem.path.endswith(f"/{name}")]
        shown = name.removeprefix("../")
        if name.endswith(DESCRIPTOR):
            text = str(body)
            if not SHORT.fullmatch(text):
                yield f"`{shown}`\n\n```yaml\n{text}```\n"
        elif name.endswith(".xlsx"):
            yield _table(name, _sheet(name, body), here, marked)
        elif isinstance(body, bytes):
            continue  # what cannot be read cannot be shown
        elif kind in RAW:
            yield _lines(name, body, kind)
        elif name.endswith("json"):
            text = NUMBERS.sub(r"[\1, \2]", json.dumps(json.loads(body), ensure_ascii=False, indent=2))
            yield f"`{name}`\n\n```json\n{text}\n```\n"
        else:
            yield _table(shown, list(enumerate(rows_of(body), 1)), here, marked, kind)


def _sheet(name: str, body: str | bytes) -> list[tuple[int, list[str]]]:
    """Give the rows of the sheet that is read."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(body if isinstance(body, bytes) else body.encode())
        dataset = build_dataset(Path(folder), DESCRIPTOR, {"resources": [{"path": name, "name": "example"}]}, {})
        return list(read(dataset.resources[0], name).rows)


def _table(
    name: str, rows: list[tuple[int, list[str]]], problems: Sequence[Problem], marked: bool, kind: str = ""
) -> str:
    found = {(problem.row, problem.column) for problem in problems}
    shown = {row for row, _ in found if row}
    found = found if marked else set()
    width = max(len(cells) for _, cells in rows)
    width = max([width, *(column for _, column in found if column)])
    lines = [f"|  | {' | '.join(column_letters(each) for each in range(1, width + 1))} |", "|---" * (width + 1) + "|"]
    before = 0
    for number, cells in _few(rows, shown):
        if number > before + 1:
            lines.append("| … " + "|  " * width + "|")
        told = [
            _cell(cell, (number, at) in found or (number == 1 and (None, at) in found), kind, number == 1)
            for at, cell in enumerate([*cells, *[""] * (width - len(cells))], 1)
        ]
        head = f"<mark>{number}</mark>" if (number, None) in found else str(number)
        lines.append(f"| {head} | {' | '.join(told)} |")
        before = number
    if before < rows[-1][0]:
        lines.append("| … " + "|  " * width + "|")
    cells = "\n".join(lines)
    return f'`{name}`\n\n<div class="kb-scroll kb-cells" tabindex="0" markdown>\n\n{cells}\n\n</div>\n'


def _few(rows: list[tuple[int, list[str]]], found: Collection[int]) -> list[tuple[int, list[str]]]:
    """Give the rows that are shown of a table."""
    if len(rows) <= SHOWN:
        return rows
    near = {number for each in sorted(found)[:3] for number in range(each - 1, each + 2)}
    return [each for each in rows if each[0] <= 3 or each[0] in near]


def _cell(text: str, marked: bool, kind: str, header: bool) -> str:
    if kind in MASKED and text and not header:
        text = CONCEALED
    text = plain(text.translate(SPACES) if kind == "header-spaces" else text.replace("\xa0", "<U+00A0>"))
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return f"<mark>{in_markdown(text) or '（空）'}</mark>" if marked else in_markdown(text)


def _lines(name: str, body: str, kind: str) -> str:
    """Give the lines of a file with their numbers; of a long one the first, the last and those by a quote."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", body)
    quotes = [number for number, line in enumerate(lines, 1) if '"' in line] or [QUOTE]
    told: list[str] = []
    for number, line in enumerate(lines, 1):
        near = any(abs(number - each) <= 1 for each in quotes)
        if len(lines) <= SHOWN or near or number <= 2 or number == len(lines):
            bare = line.rstrip("\r\n")
            end = line[len(bare) :].replace("\r", "␍").replace("\n", "␊") if kind == "mixed-line-endings" else ""
            told.append(f"{number:>3}  {bare}{end}")
        elif told[-1] != "     …":
            told.append("     …")
    return f"`{name}`\n\n```text\n" + "\n".join(told) + "\n```\n"


def in_markdown(text: str) -> str:
    """Give text in which nothing means anything to Markdown; what stands in backticks is code."""
    parts = re.split(r"`([^`]+)`", text)
    escaped = [re.sub(r"([\\`*_\[\]|])", r"\\\1", html.escape(part, quote=False)) for part in parts]
    return "".join(f"`{parts[at]}`" if at % 2 else escaped[at] for at in range(len(parts)))
