"""What a careful reader sees in the real files (intake/*.yaml), and where a reading of them differs from it.

A reading is the JSON object of `kawaraban add --dry-run --format json`; the benchmark makes the same object out of
what other programs see. An expected value `{any: [...]}` says that careful readers may differ.
"""

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "intake"
CONSOLIDATION = "consolidation"  # the one truth whose files lie below consolidation/, not municipal/
PARTS = ("encoding", "sheet", "header", "columns", "rows", "types", "dropped", "standard")
HAZARDS = ("洪水", "崖崩れ等", "高潮", "地震", "津波", "大規模な火事", "内水氾濫", "火山現象")
CANONICAL = ("name", "address", "latitude", "longitude", "capacity", *HAZARDS)
SAME_BYTES = {"ascii": "utf-8", "utf-8-sig": "utf-8", "shift_jis": "cp932", "cp1252": "iso8859-1"}
WORDS = {"title", "note", "unit", "header", "comment", "group"}  # which of these a row is, is taste

Reading = Mapping[str, Any]


@dataclass(frozen=True)
class Truth:
    """A file, and what a careful reader sees in it; `seen` has no rows where the file is no table."""

    file: Path
    seen: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.seen["file"])

    @property
    def is_table(self) -> bool:
        return bool(self.seen.get("table", True))


def read_truths(publisher: str, real_data: Path) -> list[Truth]:
    """Give the truths of one YAML file, whose files lie in the folder of real data."""
    base = real_data / (CONSOLIDATION if publisher == CONSOLIDATION else "municipal")
    listed = yaml.safe_load((FOLDER / f"{publisher}.yaml").read_text(encoding="utf-8"))
    return [Truth(base / each["file"], each) for each in listed]


def publishers() -> list[str]:
    """Give the names of the YAML files."""
    return sorted(file.stem for file in FOLDER.glob("*.yaml"))


def choices(value: Any) -> list[Any]:
    """Give the values that are right."""
    return list(value["any"]) if isinstance(value, Mapping) and set(value) == {"any"} else [value]


def letters(number: int) -> str:
    """Give the letters of a spreadsheet column, counted from 1."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def differences(truth: Truth, reading: Reading) -> dict[str, str]:
    """Give what a reading says otherwise: part -> a sentence; empty where all of it is right."""
    found: dict[str, str] = {}
    for part, told in _differences(truth.seen, reading):
        found[part] = f"{found[part]}; {told}" if part in found else told
    return found


def _differences(seen: Mapping[str, Any], reading: Reading) -> Iterator[tuple[str, str]]:
    if seen["encoding"] and _encoding(reading["encoding"]) not in map(_encoding, choices(seen["encoding"])):
        yield "encoding", f"{reading['encoding']}, not {seen['encoding']}"
    if seen["sheet"] is not None and reading["sheet"] not in choices(seen["sheet"]):
        yield "sheet", f"{reading['sheet']!r}, not {seen['sheet']!r}"
    if list(reading["header_rows"]) not in choices(seen["header_rows"]):
        yield "header", f"header rows {list(reading['header_rows'])}, not {_or(seen['header_rows'])}"
    if len(reading["columns"]) not in choices(seen["columns"]):
        yield "columns", f"{len(reading['columns'])} columns, not {_or(seen['columns'])}"
    for letter, label in seen.get("names", {}).items():
        names = [str(each["name"]) for each in reading["columns"] if _letter(each["source"]) == letter]
        if not any(_plain(name).startswith(_plain(label)) for name in names):
            yield "columns", f"column {letter} is {names}, not {label!r}"
    if reading["rows"] not in choices(seen["rows"]):
        yield "rows", f"{reading['rows']} rows, not {_or(seen['rows'])}"
    for label, given, wanted in wrong_types(seen, reading):
        yield "types", f"{label} is {given}, not {' or '.join(wanted)}"
    wanted_rows, given = _dropped(seen), _dropped(seen, reading)
    for row in sorted(wanted_rows.keys() | given.keys()):
        if wanted_rows.get(row) != given.get(row):
            yield "dropped", f"row {row} is {given.get(row, 'data')}, not {wanted_rows.get(row, 'data')}"
    standard = (reading["standard"] or {}).get("name")
    if standard not in choices(seen.get("standard")):
        yield "standard", f"{standard}, not {_or(seen.get('standard'))}"


def wrong_types(seen: Mapping[str, Any], reading: Reading) -> Iterator[tuple[str, str | None, list[str]]]:
    """Give the telling columns of another type: label, type given (None: missing), types that are right."""
    types = {_plain(each["name"]): each["type"] for each in reversed(reading["columns"])}
    for label, wanted in seen.get("types", {}).items():
        given = types.get(_plain(label))
        if given not in choices(wanted):
            yield label, given, choices(wanted)


def _or(value: Any) -> str:
    return " or ".join(map(str, choices(value)))


def _plain(label: Any) -> str:
    return "".join(str(label).split())


def _letter(source: Any) -> str:
    return letters(source) if isinstance(source, int) else str(source)


def _encoding(name: Any) -> str | None:
    """Give one name for encodings that read these files alike."""
    if name is None:
        return None
    try:
        plain = codecs.lookup(str(name)).name
    except LookupError:
        return str(name)
    return SAME_BYTES.get(plain, plain)


def _dropped(seen: Mapping[str, Any], reading: Reading | None = None) -> dict[int, str]:
    """Give the rows that are no data, by number; blank rows below the last filled one are not counted."""
    wanted = {row: why for why, rows in seen.get("dropped", {}).items() for row in rows}
    last = len(choices(seen["header_rows"])[0]) + choices(seen["rows"])[0] + len(wanted)
    while wanted.get(last) == "blank":
        last -= 1
    rows = wanted if reading is None else {row: each["why"] for each in reading["dropped"] for row in each["rows"]}
    return {row: "words" if why in WORDS else why for row, why in rows.items() if why != "blank" or row <= last}
