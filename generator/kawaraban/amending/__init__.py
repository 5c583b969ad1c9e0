"""A descriptor's text with one value changed. Every other letter stays as its author wrote it, comments too.

The value is put where YAML's (or JSON's) own marks say it stands, and the text is read again before it is given: what
would not say exactly what was wanted is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kawaraban.amending.edits import Edits, same
from kawaraban.amending.parts import json_part, yaml_part
from kawaraban.descriptor import parse
from kawaraban.errors import KawarabanError

Path = Sequence[str | int]
MARK = "\ufeff"


def amend(text: str, path: Path, value: Any, where: str = "datapackage.yaml") -> str:
    """Give the text of a descriptor with `value` at `path` (keys, and numbers of items from 0), which may be new.

    Raises KawarabanError where something on the way is no mapping or list, or the text cannot be read.
    """
    return _written(text, where, path, lambda old: _set(old, path, value, where))


def without(text: str, path: Path, where: str = "datapackage.yaml") -> str:
    """Give the text of a descriptor without the key at `path`; the same text where there is none."""
    return _written(text, where, path, lambda old: _unset(old, path))


def _written(text: str, where: str, path: Path, change: Callable[[Any], Any]) -> str:
    mark, body = (MARK, text[1:]) if text.startswith(MARK) else ("", text)
    old, _ = parse(body, where)
    new = change(old)
    if same(old, new):
        return text
    is_json = where.endswith(".json")
    root = json_part(body) if is_json else yaml_part(body)
    edits = list(Edits(body, is_json).of(root, old, new))
    for start, end, piece in sorted(edits, key=lambda each: (each[0], each[1]), reverse=True):
        body = body[:start] + piece + body[end:]
    try:
        right = same(parse(body, where)[0], new)
    except KawarabanError:
        right = False
    if not right:
        key = ".".join(str(each) for each in path)
        raise KawarabanError("`{key}` cannot be written into this descriptor", where, "write it by hand", key=key)
    return mark + body


def _set(old: Any, path: Path, value: Any, where: str) -> Any:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, str) and isinstance(old, Mapping | None):
        known = old or {}
        return {**known, key: _set(known.get(key), rest, value, where)}
    if isinstance(key, int) and isinstance(old, list | None) and 0 <= key <= len(old or []):
        items = list(old or [])
        return [*items[:key], _set(items[key] if key < len(items) else None, rest, value, where), *items[key + 1 :]]
    raise KawarabanError("there is no place for `{key}` in this descriptor", where, "write it by hand", key=str(key))


def _unset(old: Any, path: Path) -> Any:
    key, rest = path[0], path[1:]
    if isinstance(old, Mapping) and key in old:
        if rest:
            return {**old, key: _unset(old[key], rest)}
        return {name: each for name, each in old.items() if name != key}
    if isinstance(old, list) and isinstance(key, int) and 0 <= key < len(old):
        return [*old[:key], *([_unset(old[key], rest)] if rest else []), *old[key + 1 :]]
    return old
