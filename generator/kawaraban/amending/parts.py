"""Where in a YAML or JSON text each value stands: from which letter to which."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

SPACE = re.compile(r"\s*")
SCALAR = re.compile(r'"(?:[^"\\]|\\.)*"|[-+0-9.eEa-z]+', re.S)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list, which has no key: `start` to `end` is the key (or the item)."""

    start: int
    end: int
    value: "Part"


@dataclass(frozen=True, slots=True)
class Part:
    """A value: its first letter, the letter after its last, and what it holds. `flow` is written in brackets."""

    start: int
    end: int
    entries: tuple[Entry, ...] = ()
    flow: bool = False
    is_scalar: bool = False
    inside_flow: bool = False


def yaml_part(text: str) -> Part | None:
    """Give the parts of a YAML text that `descriptor.parse` reads; None where it holds nothing."""
    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)  # the C loader's marks end later, after comments
    return _from_node(node, text, False) if node else None


def _from_node(node: Any, text: str, inside: bool) -> Part:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">") and "+" not in text[start:end].split("\n", 1)[0]:
            end = start + len(text[start:end].rstrip())
        return Part(start, end, is_scalar=True, inside_flow=inside)
    flow = bool(node.flow_style)
    if isinstance(node, yaml.MappingNode):
        entries = tuple(
            Entry(key.start_mark.index, key.end_mark.index, _from_node(value, text, inside or flow))
            for key, value in node.value
        )
    else:
        values = [_from_node(value, text, inside or flow) for value in node.value]
        entries = tuple(Entry(each.start, each.end, each) for each in values)
    if entries and not flow:
        end = entries[-1].value.end  # its mark stands after the comments that follow it
    return Part(start, end, entries, flow, inside_flow=inside)


def json_part(text: str) -> Part:
    """Give the parts of a text that is valid JSON."""
    return _from_json(text, _after(SPACE, text, 0))


def _from_json(text: str, start: int) -> Part:
    if text[start] not in "{[":
        return Part(start, _after(SCALAR, text, start), is_scalar=True, inside_flow=True)
    entries = []
    at = _after(SPACE, text, start + 1)
    while text[at] not in "}]":
        key_start, key_end = at, at
        if text[start] == "{":
            key_end = _after(SCALAR, text, at)
            at = _after(SPACE, text, text.index(":", key_end) + 1)
        value = _from_json(text, at)
        entries.append(Entry(key_start, key_end if text[start] == "{" else value.end, value))
        at = _after(SPACE, text, value.end)
        if text[at] == ",":
            at = _after(SPACE, text, at + 1)
    return Part(start, at + 1, tuple(entries), flow=True, inside_flow=True)


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
