"""`tidy:` of a descriptor <-> `Recipe`. What a recipe does with a file is in the room tidying."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Recipe, column_letters

LETTERS = re.compile(r"[A-Z]{1,3}")
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# the steps and the kinds of rows, as the room tidying has them
STEPS = ("trim", "widths", "missing", "marks", "dates", "times", "pairs", "numbers", "lists")
KINDS = ("blank", "header", "comment", "total", "group", "note")
HEADER_ROWS = 20  # that a table may have
MOST = 2000  # columns; as many as a table may have


def read_recipe(block: Any) -> Recipe:
    """Give the recipe of a `tidy:` block. Raises KawarabanError with the key that is wrong as its place."""
    if not isinstance(block, Mapping):
        raise KawarabanError("`{key}` must hold keys and values", "", "indent what belongs to it", key="tidy")
    found: dict[str, Any] = {}
    for key, value in block.items():
        if key not in KEYS:
            raise unknown("`{word}` is not a key of `tidy:`", str(key), KEYS, str(key))
        found[key] = KEYS[key](value, str(key))
    return Recipe(**found)


def write_recipe(recipe: Recipe) -> dict[str, Any]:
    """Give the `tidy:` block of a recipe: what a person would write, nothing that goes without saying."""
    block: dict[str, Any] = {"sheet": recipe.sheet, "header": list(recipe.header)}
    block["columns"] = dict(recipe.columns)
    block["drop"] = {why: _spans(rows) for why, rows in recipe.drop.items()}
    for key in ("leave_out", "keep", "steps", "blocks"):
        block[key] = list(getattr(recipe, key))
    block["fields"] = {name: dict(each) for name, each in recipe.fields.items()}
    block["split"] = {name: {"by": step, "into": list(into)} for name, (step, into) in recipe.split.items()}
    if recipe.long:
        columns, name, value = recipe.long
        block["long"] = {"columns": list(columns), "name": name, "value": value}
    block["fixes"] = {address: {"from": old, "to": new} for address, (old, new) in recipe.fixes.items()}
    kept = {key: value for key, value in block.items() if value not in (None, [], {})}
    return {**kept, "header": list(recipe.header)} if "header" not in kept else kept


def column_number(letters: str) -> int:
    """Give the number, from 1, of the column that a spreadsheet calls `letters` (AB is 28)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letter(index: int) -> str:
    """Give the letters of the column at `index`, counted from 0."""
    return column_letters(index + 1)


def place_of(address: str) -> tuple[int, int]:
    """Give the row and the column, from 1, of a cell's address (B7 is 7, 2)."""
    found = ADDRESS.fullmatch(address)
    return (int(found[2]), column_number(found[1])) if found else (0, 0)


def _wrong(key: str, hint: str) -> KawarabanError:
    return KawarabanError("`{key}` of the recipe cannot be read", key, hint, key=key)


def _sheet(value: Any, key: str) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _wrong(key, "write the name of the sheet in quotes")
    return str(value)


def _numbers(value: Any, key: str) -> tuple[int, ...]:
    listed = [value] if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(listed, list) or not all(type(each) is int and each > 0 for each in listed):
        raise _wrong(key, "list the numbers of rows as the file shows them, such as [3, 4]")
    if key == "header" and len(listed) > HEADER_ROWS:
        raise _wrong(key, "list the numbers of rows as the file shows them, such as [3, 4]")
    return tuple(sorted(set(listed)))


def _words(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value) or len(value) > MOST:
        raise _wrong(key, "write a list of names, such as [trim, dates]")
    return tuple(value)


def _steps(value: Any, key: str) -> tuple[str, ...]:
    return _known(value, key, STEPS)


def _kinds(value: Any, key: str) -> tuple[str, ...]:
    return _known(value, key, KINDS)


def _known(value: Any, key: str, words: Sequence[str]) -> tuple[str, ...]:
    found = _words(value, key)
    for each in found:
        if each not in words:
            raise unknown("{word} is not one of the words allowed here", each, words, key)
    return found


def _columns(value: Any, key: str) -> Mapping[str, str | None]:
    hint = "write the letter of a column and its name, such as `B: 名称`; `null` leaves it out"
    if not isinstance(value, Mapping) or len(value) > MOST:
        raise _wrong(key, hint)
    for each, name in value.items():
        if (
            not LETTERS.fullmatch(str(each))
            or not isinstance(name, str | int | float | None)
            or name in (True, False)
        ):
            raise _wrong(key, hint)
    found = {str(each): None if name is None else str(name) for each, name in value.items()}
    names = [name for name in found.values() if name is not None]
    if len(set(names)) < len(names):
        raise _wrong(key, "give every column a name of its own")
    return found


def _drop(value: Any, key: str) -> Mapping[str, tuple[int, ...]]:
    hint = "write why and the numbers of the rows, such as `note: [105, 107-110]`"
    if not isinstance(value, Mapping):
        raise _wrong(key, hint)
    found = {}
    for why, rows in value.items():
        parts = [re.fullmatch(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?", str(each)) for each in _listed(rows)]
        numbers: set[int] = set()
        for part in parts:
            if part is None or (part[2] and int(part[2]) < int(part[1])):
                raise _wrong(key, hint)
            numbers.update(range(int(part[1]), int(part[2] or part[1]) + 1))
        found[str(why)] = tuple(sorted(numbers))
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _spans(rows: Sequence[int]) -> list[int | str]:
    """Give the numbers of rows with three or more in a row as one: [105, "107-110"]."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1].append(row)
        else:
            parts.append([row])
    return [each for part in parts for each in ([f"{part[0]}-{part[-1]}"] if len(part) > 2 else part)]


def _fields(value: Any, key: str) -> Mapping[str, Mapping[str, Any]]:
    if not isinstance(value, Mapping) or not all(isinstance(each, Mapping) for each in value.values()):
        raise _wrong(key, "write the name of a column and what is special in it, such as `設置日: {{order: mdy}}`")
    return {str(name): dict(each) for name, each in value.items()}


def _split(value: Any, key: str) -> Mapping[str, tuple[str, tuple[str, str]]]:
    hint = "write the name of a column, and `by: times` or `by: pairs` with `into: [two, names]`"
    if not isinstance(value, Mapping):
        raise _wrong(key, hint)
    found = {}
    for name, each in value.items():
        into = each.get("into") if isinstance(each, Mapping) else None
        if not isinstance(into, list) or len(into) != 2 or not all(isinstance(one, str) for one in into):
            raise _wrong(key, hint)
        if each.get("by") not in ("times", "pairs"):
            raise _wrong(key, hint)
        found[str(name)] = (str(each["by"]), (into[0], into[1]))
    return found


def _long(value: Any, key: str) -> tuple[tuple[str, ...], str, str]:
    hint = "write `columns:` (their names), `name:` and `value:` (names of the two new columns)"
    if not isinstance(value, Mapping) or not isinstance(value.get("columns"), list) or not value["columns"]:
        raise _wrong(key, hint)
    name, held = value.get("name"), value.get("value")
    if not isinstance(name, str) or not isinstance(held, str):
        raise _wrong(key, hint)
    return tuple(str(each) for each in value["columns"]), name, held


def _fixes(value: Any, key: str) -> Mapping[str, tuple[str, str]]:
    hint = "write the address of a cell, and `from:` and `to:`, such as `B7: {{from: １２３, to: '123'}}`"
    if not isinstance(value, Mapping):
        raise _wrong(key, hint)
    found = {}
    for address, each in value.items():
        if not ADDRESS.fullmatch(str(address)) or not isinstance(each, Mapping) or {"from", "to"} - set(each):
            raise _wrong(key, hint)
        found[str(address)] = (str(each["from"]), str(each["to"]))
    return found


KEYS: dict[str, Callable[[Any, str], Any]] = {
    "sheet": _sheet,
    "header": _numbers,
    "columns": _columns,
    "leave_out": _kinds,
    "drop": _drop,
    "keep": _numbers,
    "steps": _steps,
    "fields": _fields,
    "split": _split,
    "long": _long,
    "blocks": _words,
    "fixes": _fixes,
}
