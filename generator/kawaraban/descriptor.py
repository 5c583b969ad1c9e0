"""YAML and JSON descriptors -> plain values, with the line of each key, so that a problem can be found."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from kawaraban.errors import KawarabanError

LARGEST = 2_000_000  # characters; a descriptor is written by hand
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where libyaml is there
DEEPEST = 50  # levels
MOST = 100_000  # keys and values
SURROGATE = re.compile("[\ud800-\udfff]")

Lines = dict[tuple[str | int, ...], int]


def parse(text: str, where: str) -> tuple[Any, Lines]:
    """Give the value of a YAML (or JSON) text and the line of each key path, counted from 1.

    Raises KawarabanError with the line where the text cannot be read. Aliases are refused: a descriptor of
    1 kB could grow to gigabytes.
    """
    if len(text) > LARGEST:
        raise KawarabanError("the descriptor is too large", where, "keep it below 2 MB; data belongs in its own file")
    if where.endswith(".json"):
        return _parse_json(text, where)
    try:
        _look_ahead(text, where)
        node = yaml.compose(text, Loader=LOADER)
        lines: Lines = {}
        _collect(node, (), lines, where, 0)
        value = yaml.SafeLoader("").construct_document(node) if node else None
        return _plain(value, (), lines, where), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise KawarabanError(
            "this is not valid YAML ({detail})",
            f"{where}{line}",
            "check the indentation, the colons and the quotes on that line",
            detail=error.problem or error.context,
        ) from None
    except yaml.YAMLError as error:
        raise KawarabanError(
            "this is not valid YAML ({detail})", where, "save the file as UTF-8 text", detail=str(error)
        ) from None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise KawarabanError(
            "this descriptor cannot be read ({detail})", where, "check the values", detail=str(error)
        ) from None


def _parse_json(text: str, where: str) -> tuple[Any, Lines]:
    """Give the value of a JSON text as JSON has it; the lines are those that YAML finds, or none."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in pairs:
            if key in seen:
                raise KawarabanError("the key `{key}` stands twice", where, "keep one of them", key=key)
            seen[key] = value
        return seen

    def refuse(name: str) -> None:
        raise KawarabanError("{name} is not a JSON value", where, "write a number or null", name=name)

    try:
        value = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise KawarabanError(
            "this is not valid JSON ({detail})",
            f"{where}:{error.lineno}",
            "check the commas and the quotes on that line",
            detail=error.msg,
        ) from None
    except RecursionError:
        raise KawarabanError("this is nested too deeply", where, "at most 50 levels are read") from None
    except ValueError as error:
        raise KawarabanError(
            "this descriptor cannot be read ({detail})", where, "check the values", detail=str(error)
        ) from None
    lines: Lines = {}
    try:
        _look_ahead(text, where)
        _collect(yaml.compose(text, Loader=LOADER), (), lines, where, 0)
    except (yaml.YAMLError, RecursionError, ValueError):
        lines = {}
    return _plain(value, (), lines, where), lines


def _look_ahead(text: str, where: str) -> None:
    """Refuse aliases and deep nesting, event by event: the tree of 100,000 brackets would end the process."""
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=LOADER)):
        place = f"{where}:{(event.start_mark.line if event.start_mark else 0) + 1}"
        if isinstance(event, yaml.AliasEvent):
            raise KawarabanError("aliases (*name) are not allowed in a descriptor", place, "write the value out")
        if number > 2 * MOST:
            raise KawarabanError(
                "the descriptor is too large", where, "keep it below 2 MB; data belongs in its own file"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST + 1:
            raise KawarabanError("this is nested too deeply", place, "at most 50 levels are read")


def _collect(node: yaml.Node | None, path: tuple[str | int, ...], lines: Lines, where: str, depth: int) -> None:
    """Fill `lines` with the line of every key; refuse double keys and too deep nesting."""
    if node is None:
        return
    lines.setdefault(path, node.start_mark.line + 1)
    if depth > DEEPEST:
        raise KawarabanError("this is nested too deeply", f"{where}:{lines[path]}", "at most 50 levels are read")
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if name in seen:
                line = key.start_mark.line + 1
                raise KawarabanError("the key `{key}` stands twice", f"{where}:{line}", "keep one of them", key=name)
            seen.add(name)
            lines[(*path, name)] = key.start_mark.line + 1
            _collect(value, (*path, name), lines, where, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _collect(value, (*path, index), lines, where, depth + 1)


def _plain(value: Any, path: tuple[str | int, ...], lines: Lines, where: str) -> Any:
    """Give the value as JSON has it: YAML's dates as the ISO text they were written as, and text keys (年: 2024 too).

    Raises KawarabanError where JSON has no such value.
    """
    line = lines.get(path)
    place = f"{where}:{line}" if line else where
    if len(path) > DEEPEST:
        raise KawarabanError("this is nested too deeply", place, "at most 50 levels are read")
    if isinstance(value, Mapping):
        return {
            _plain(str(key), path, lines, where): _plain(each, (*path, str(key)), lines, where)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(each, (*path, index), lines, where) for index, each in enumerate(value)]
    if isinstance(value, set):
        return sorted(_plain(str(each), path, lines, where) for each in value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        raise KawarabanError("bytes (!!binary) are not allowed in a descriptor", place, "write text")
    if isinstance(value, float) and not math.isfinite(value):
        raise KawarabanError("{name} is not a JSON value", place, "write a number or null", name=str(value))
    if isinstance(value, int) and value.bit_length() > 1024:
        raise KawarabanError("a number is too large", place, "put it in quotes")
    if isinstance(value, str) and SURROGATE.search(value):
        raise KawarabanError("there is half a letter (\\ud800) in a text", place, "write the letter itself")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
