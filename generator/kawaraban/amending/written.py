"""A value -> YAML or JSON as a person would write it: short things on one line, quotes only where they are needed."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

LONGEST = 100  # letters of a mapping on one line
NUMERAL = re.compile(r"[-+.]?[0-9][0-9A-Fa-f_.,:+xo-]*")  # what some reader of YAML takes for a number or a date
MANY = 1 << 30  # letters of a line, which YAML would break


def entry_lines(key: str, value: Any) -> list[str]:
    """Give the lines of a key and its value in block style, from column 0."""
    if one_line(value):
        return [f"{flow(key)}: {flow(value)}"]
    return [f"{flow(key)}:", *(f"  {line}" for line in _block(value))]


def one_line(value: Any) -> bool:
    """Say whether a value is short and flat enough for one line."""
    if isinstance(value, Mapping):
        flat = all(_is_flat(each) for each in value.values())
        return flat and len(flow(value)) <= LONGEST
    return not isinstance(value, list) or _is_flat(value)


def _is_flat(value: Any) -> bool:
    """Say whether a value is no mapping, and no list that holds anything but texts and numbers."""
    if isinstance(value, list):
        return not any(isinstance(each, Mapping | list) for each in value)
    return not isinstance(value, Mapping)


def _block(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [line for key, each in value.items() for line in entry_lines(str(key), each)]
    lines = []
    for each in value:
        if one_line(each):
            lines.append(f"- {flow(each)}")
        else:
            first, *rest = _block(each)
            lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return lines


def flow(value: Any) -> str:
    """Give a value on one line, as YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


@lru_cache(maxsize=4096)
def _text(text: str) -> str:
    if not NUMERAL.match(text):
        # in a list, because there a comma or a bracket needs quotes
        told = yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=MANY)[1:-2]
        if told == text:
            return text
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=MANY).rstrip("\n")


def in_json(value: Any, indent: str | None) -> str:
    """Give a value as JSON, with so much white space for each level; on one line without."""
    return json.dumps(value, ensure_ascii=False, indent=indent)
