"""A descriptor with one value changed is otherwise, letter by letter, as its author wrote it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.amending import amend, without
from kawaraban.descriptor import parse
from kawaraban.errors import KawarabanError

DEMO = [
    file
    for file in sorted(Path(__file__).parent.parent.glob("datasets/*/datapackage.yaml"))
    if "tidy:" not in file.read_text(encoding="utf-8")
]
FIXES = {"B7": {"from": "１２３", "to": "123"}}
YAML = """\
# 水路の一覧
title:   水路の一覧   # 題名
licenses: [{name: CC-BY-4.0}]
resources:
- path: 水路.csv   # 水道課から
  schema:
    fields: [{name: 名称}, {name: 延長, type: number}]
- {path: 橋.csv, name: bridges}

kawaraban: {theme: 'くらし'}

# おわり
"""

# what it was, path, value, what it is
CASES: dict[str, tuple[str, tuple[str | int, ...], Any, str]] = {
    "a scalar, its comment stays": (
        "title:   水路   # 題名\nname: x\n", ("title",), "川", "title:   川   # 題名\nname: x\n",
    ),
    "a text like a number gets quotes": ("version: 1\n", ("version",), "2025", 'version: "2025"\n'),
    "a text like a date or a word of YAML": (
        "a: 1\n", ("b",), ["2025-04-01", "no", "0123", "1_000", "1e5", "12:30", "~", ""],
        'a: 1\nb: ["2025-04-01", "no", "0123", "1_000", "1e5", "12:30", "~", ""]\n',
    ),
    "text that YAML would read otherwise": (
        "a: 1\n", ("a",), "- x: y #z, [1]\n次", 'a: "- x: y #z, [1]\\n次"\n',
    ),
    "a new key below the last line of its mapping, above what follows": (
        "kawaraban:\n  theme: 防災  # 分類\n\n# おわり\n", ("kawaraban", "tidy"), {"header": [3, 4]},
        "kawaraban:\n  theme: 防災  # 分類\n  tidy: {header: [3, 4]}\n\n# おわり\n",
    ),
    "a nested one": (
        "kawaraban:\n    theme: 防災\n", ("kawaraban", "tidy"), {"header": [1], "fixes": FIXES},
        "kawaraban:\n    theme: 防災\n    tidy:\n      header: [1]\n      fixes:\n"
        '        B7: {from: １２３, to: "123"}\n',
    ),
    "all of the way is new": (
        "title: 川\n", ("kawaraban", "tidy", "fixes", "B7"), FIXES["B7"],
        'title: 川\nkawaraban:\n  tidy:\n    fixes:\n      B7: {from: １２３, to: "123"}\n',
    ),
    "no line end at the end": ("title: 川", ("name",), "kawa", "title: 川\nname: kawa"),
    "Windows line ends": (
        "title: 川\r\nkawaraban:\r\n  theme: 水 # x\r\n", ("kawaraban", "tidy"), {"fixes": FIXES},
        "title: 川\r\nkawaraban:\r\n  theme: 水 # x\r\n  tidy:\r\n    fixes:\r\n"
        '      B7: {from: １２３, to: "123"}\r\n',
    ),
    "a byte order mark": ("\ufefftitle: 川\n", ("name",), "kawa", "\ufefftitle: 川\nname: kawa\n"),
    "in a flow mapping": (
        "kawaraban: {theme: 水} # x\n", ("kawaraban", "tidy"), {"fixes": {"B7": {"from": "a, b", "to": ""}}},
        'kawaraban: {theme: 水, tidy: {fixes: {B7: {from: "a, b", to: ""}}}} # x\n',
    ),
    "in a flow mapping of several lines": (
        "a: {\n  b: 1, # x\n  c: 2 # y\n}\n", ("a", "d"), 3,
        "a: {\n  b: 1, # x\n  c: 2, # y\n  d: 3\n}\n",
    ),
    "in an empty flow mapping": ("a: {} # x\n", ("a", "b"), 1, "a: {b: 1} # x\n"),
    "where nothing stood": (
        "kawaraban: # x\nname: a\n", ("kawaraban", "theme"), "水", "kawaraban: {theme: 水} # x\nname: a\n",
    ),
    "where nothing stood, several lines": (
        "kawaraban: # x\nname: a\n", ("kawaraban", "tidy"), {"fixes": FIXES},
        'kawaraban: # x\n  tidy:\n    fixes:\n      B7: {from: １２３, to: "123"}\nname: a\n',
    ),
    "the first resource, whose list is not indented": (
        "resources:\n- path: a.csv # x\n  name: a\n", ("resources", 0, "path"), "令和7年.csv",
        "resources:\n- path: 令和7年.csv # x\n  name: a\n",
    ),
    "a key of an item": (
        "resources:\n  - path: a.csv\nname: x\n", ("resources", 0, "encoding"), "cp932",
        "resources:\n  - path: a.csv\n    encoding: cp932\nname: x\n",
    ),
    "one more item": (
        "a:\n- b: 1\n\n# x\n", ("a", 1), {"b": 2}, "a:\n- b: 1\n- {b: 2}\n\n# x\n",
    ),
    "one more item in a flow list": ("a: [1, 2] # x\n", ("a", 2), 3, "a: [1, 2, 3] # x\n"),
    "after a text of several lines": (
        "a: |\n  あ\n  い\n\n# x\nb: 1\n", ("c",), 2, "a: |\n  あ\n  い\n\n# x\nb: 1\nc: 2\n",
    ),
    "after a text of several lines at the end": (
        "b:\n  a: |\n    あ\n\n# x\n", ("b", "c"), 2, "b:\n  a: |\n    あ\n  c: 2\n\n# x\n",
    ),
    "a text that keeps its blank lines": ("a: |+\n  あ\n\n", ("c",), 2, "a: |+\n  あ\n\nc: 2\n"),
    "instead of a text of several lines": ("a: >\n  あ\n  い\n# x\nb: 1\n", ("a",), "う", "a: う\n# x\nb: 1\n"),
    "a mapping instead of a text": (
        "a: x # y\nb: 1\n", ("a",), {"c": {"d": 1}}, "a: # y\n  c: {d: 1}\nb: 1\n",
    ),
    "a text instead of a mapping": ("a: # y\n  c:\n    d: 1\n# z\nb: 1\n", ("a",), 3, "a: 3 # y\n# z\nb: 1\n"),
    "a list instead of a mapping": (
        "a: # y\n  c: 1\n# z\nb: 1\n", ("a",), [{"d": 1}], "a: # y\n  - {d: 1}\n# z\nb: 1\n",
    ),
    "only what differs in a mapping": (
        "a:\n  b: 1 # x\n  # y\n  c: 2\n  d: 3\n", ("a",), {"b": 1, "c": 5, "e": 6},
        "a:\n  b: 1 # x\n  # y\n  c: 5\n  e: 6\n",
    ),
    "a shorter list": ("a: [1, 2, 3] # x\n", ("a",), [1], "a: [1] # x\n"),
    "a shorter list in lines": (
        "a:\n  - b: 1\n  - b: 2\n# x\nc: 1\n", ("a",), [{"b": 2}], "a:\n  - {b: 2}\n# x\nc: 1\n",
    ),
    "another order": ("a: {b: 1, c: 2}\n", ("a",), {"c": 2, "b": 1}, "a: {c: 2, b: 1}\n"),
    "true is not 1": ("a: 1\n", ("a",), True, "a: true\n"),
    "nothing": ("a: 1 # x\n", ("a",), None, "a: null # x\n"),
    "an empty text": ("", ("a",), {"b": 1}, "a: {b: 1}\n"),
    "a text of comments": ("# x", ("a",), 1, "# x\na: 1\n"),
    "a key that is a number": ("a: {年: 2024, 1: x}\n", ("a", "1"), "y", "a: {年: 2024, 1: y}\n"),
    "a tag": ("a: !!str 5 # x\n", ("a",), "b", "a: b # x\n"),
}  # fmt: skip

REMOVALS: dict[str, tuple[str, tuple[str | int, ...], str]] = {
    "a line": ("a: 1\nb: 2 # x\n# y\nc: 3\n", ("b",), "a: 1\n# y\nc: 3\n"),
    "several lines": ("a: 1\nb:\n  c: |\n    x\n  d: 2\n\ne: 3\n", ("b",), "a: 1\n\ne: 3\n"),
    "the last line, without a line end": ("a: 1\r\nb: 2", ("b",), "a: 1"),
    "the first key of an item": ("a:\n  - b: 1\n    c: 2\n", ("a", 0, "b"), "a:\n  - c: 2\n"),
    "in a flow mapping": ("a: {b: 1, c: 2} # x\n", ("a", "b"), "a: {c: 2} # x\n"),
    "the only key": ("a:\n  b: 1\n# x\nc: 2\n", ("a", "b"), "a: {}\n# x\nc: 2\n"),
    "the last of a flow mapping": ("a: {b: 'x', c: 2} # x\n", ("a", "c"), "a: {b: 'x'} # x\n"),
    "an item": ("a: [1, 2, 3] # x\n", ("a", 1), "a: [1, 3] # x\n"),
    "what is not there": ("a:  1\n", ("b", "c"), "a:  1\n"),
}

JSON: dict[str, tuple[str, tuple[str | int, ...], Any, str]] = {
    "indented by two": (
        '{\n  "title": "川",\n  "kawaraban": {\n    "theme": "水"\n  }\n}\n', ("kawaraban", "tidy"), {"header": [1]},
        '{\n  "title": "川",\n  "kawaraban": {\n    "theme": "水",\n    "tidy": {\n'
        '      "header": [\n        1\n      ]\n    }\n  }\n}\n',
    ),
    "indented by tabs": (
        '{\n\t"title": "a\\/b\\ud83d\\ude00",\n\t"name": "x"\n}', ("kawaraban", "theme"), "水",
        '{\n\t"title": "a\\/b\\ud83d\\ude00",\n\t"name": "x",\n\t"kawaraban": {\n\t\t"theme": "水"\n\t}\n}',
    ),
    "on one line": ('{"a":1,"b":[{"c":null}]}', ("b", 0, "d"), 2.5, '{"a":1,"b":[{"c":null, "d": 2.5}]}'),
    "Windows line ends": (
        '{\r\n  "a": {}\r\n}\r\n', ("a", "b"), {"c": 1},
        '{\r\n  "a": {\r\n    "b": {\r\n      "c": 1\r\n    }\r\n  }\r\n}\r\n',
    ),
    "a value": ('{\n  "a": "x" ,\n  "b": 1\n}', ("a",), "い", '{\n  "a": "い" ,\n  "b": 1\n}'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_only_what_was_asked_changes(name: str) -> None:
    text, path, value, wanted = CASES[name]
    assert amend(text, path, value) == wanted
    assert amend(wanted, path, value) == wanted


@pytest.mark.parametrize("name", REMOVALS)
def test_only_what_was_asked_goes(name: str) -> None:
    text, path, wanted = REMOVALS[name]
    assert without(text, path) == wanted


@pytest.mark.parametrize("name", JSON)
def test_json_stays_json_as_it_was_written(name: str) -> None:
    text, path, value, wanted = JSON[name]
    assert amend(text, path, value, "datapackage.json") == wanted
    json.loads(wanted)


@pytest.mark.parametrize("text", [YAML, YAML.replace("\n", "\r\n"), *(file.read_text("utf-8") for file in DEMO)])
def test_descriptors_of_people_keep_every_other_line(text: str) -> None:
    assert len(DEMO) > 5
    path = ("kawaraban", "tidy")
    more = amend(text, path, {"sheet": "一覧", "header": [3, 4], "columns": {"B": "名称", "NO": "x"}, "fixes": FIXES})
    lines = more.splitlines(keepends=True)
    assert [line for line in text.splitlines(keepends=True) if line not in lines] == [
        line for line in text.splitlines(keepends=True) if line.startswith("kawaraban: {")
    ]
    assert parse(more, "")[0]["kawaraban"]["tidy"]["columns"] == {"B": "名称", "NO": "x"}
    assert without(more, path) == text
    if "resources" not in parse(text, "")[0]:  # it is made of other datasets
        return
    other = amend(text, ("resources", 0, "path"), "令和7年: 新しい.csv")
    assert sum(one != two for one, two in zip(text.splitlines(), other.splitlines(), strict=True)) == 1


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("title", "x"), "there is no place for `x`"),
        (("resources", 5), "there is no place for `5`"),
        (("resources", "path"), "there is no place for `path`"),
        (("licenses", 0, 0), "there is no place for `0`"),
    ],
)
def test_what_has_no_place_is_refused(path: tuple[str | int, ...], told: str) -> None:
    with pytest.raises(KawarabanError, match=told):
        amend(YAML, path, 1)


def test_what_cannot_be_written_in_its_place_is_refused() -> None:
    """A merged key stands nowhere, and what a name of YAML's stands for is not looked up."""
    with pytest.raises(KawarabanError, match="cannot be written"):
        amend("a:\n  <<: {b: 1}\n  c: 2\n", ("a", "b"), 5)
    with pytest.raises(KawarabanError, match="aliases"):
        amend("a: &x 1\nb: *x\n", ("a",), 5)
    with pytest.raises(KawarabanError, match="not valid YAML"):
        amend("a: [1\n", ("a",), 5)


WORDS = st.text(st.sampled_from("abＡ あ年:#-[]{},'\"\\\n\t\u3000%&*!|>?@`~0123.eE_\u0085\u2028"), max_size=8)
SCALARS = st.one_of(
    WORDS, st.integers(-5, 2000), st.booleans(), st.none(), st.sampled_from(["no", "2025-04-01", "1e3"])
)
KEYS = st.text(st.sampled_from("abＢ名:-#01 "), min_size=1, max_size=4)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
TREES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Give the way to every value, and to one more in each mapping and list."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, each in value.items():
            found += places(each, (*path, key))
        found.append((*path, "新しい"))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            found += places(each, (*path, at))
        found.append((*path, len(value)))
    return found


def with_value(tree: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """Give a copy with a value put in place, for what `amend` does to be compared with."""
    copy = json.loads(json.dumps(tree))
    at = copy
    for step in path[:-1]:
        at = at[step]
    if isinstance(at, list) and path[-1] == len(at):
        at.append(value)
    else:
        at[path[-1]] = value
    return copy


@settings(max_examples=300, deadline=None)
@given(tree=TREES, value=VALUES, flow=st.sampled_from([True, False, None]), crlf=st.booleans(), data=st.data())
def test_whatever_stands_in_a_descriptor(
    tree: dict[str, Any], value: Any, flow: bool | None, crlf: bool, data: st.DataObject
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, sort_keys=False)
    text = "".join(
        f"{line}\n# 注 {at}\n" if line.endswith(":") else f"{line}\n" for at, line in enumerate(text.split("\n"))
    )
    text = text.replace("\n", "\r\n") if crlf else text
    try:
        assert parse(text, "")[0] == tree
    except (AssertionError, KawarabanError):
        return  # the comment fell into a text of several lines
    path = data.draw(st.sampled_from(places(tree)))
    new = amend(text, path, value)
    assert json.dumps(parse(new, "")[0]) == json.dumps(with_value(tree, path, value))
    comments, kept = ([line for line in each.splitlines() if line.startswith("# 注")] for each in (text, new))
    if path[-1] == "新しい":
        assert kept == comments
        parent = tree
        for step in path[:-1]:
            parent = parent[step]
        assert not parent or without(new, path) == text


@settings(max_examples=200, deadline=None)
@given(tree=TREES, value=VALUES, indent=st.sampled_from([None, 2, 4, "\t"]), data=st.data())
def test_whatever_stands_in_a_json_descriptor(
    tree: dict[str, Any], value: Any, indent: int | str | None, data: st.DataObject
) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    path = data.draw(st.sampled_from(places(tree)))
    wanted = with_value(tree, path, value)
    new = amend(text, path, value, "datapackage.json")
    assert json.dumps(json.loads(new)) == json.dumps(wanted)
    if indent and not any(each in ({}, []) for each in (tree, value)):
        assert new == json.dumps(wanted, ensure_ascii=False, indent=indent)
