"""Descriptors and tables beyond all measure are refused in time, with a sentence that says what to do."""

import csv
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from attacks import told_of
from kawaraban.catalog import build_dataset
from kawaraban.descriptor import parse
from kawaraban.errors import KawarabanError
from kawaraban.reading.size import COLUMNS, LETTERS, ODD
from kawaraban.schema import ENUM, FIELDS, FOREIGN, MISSING, check_schema

DEEP = "this is nested too deeply"
LARGE = "the descriptor is too large"
TEXTS = {
    "brackets": ("[" * 100_000 + "]" * 100_000, DEEP),
    "open brackets": ("{" * 1_000_000, DEEP),
    "dashes": ("- " * 100_000 + "a", DEEP),
    "questions": ("? " * 100_000, DEEP),
    "indents": ("".join(" " * depth + "a:\n" for depth in range(1500)), DEEP),
    "aliases": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases (*name) are not allowed in a descriptor"),
    "merges": ("x: &x {a: 1}\ny: {<<: *x}\n", "aliases (*name) are not allowed in a descriptor"),
    "keys": ("\n".join(f"k{number}: 1" for number in range(180_000)), LARGE),
    "letters": ("a: " + "x" * 2_000_000, LARGE),
    "digits": ("a: " + "9" * 100_000, "this descriptor cannot be read ({detail})"),
    "sixties": ("a: " + ":".join(["59"] * 20_000), "a number is too large"),
    "a call": ("a: !!python/object/apply:os.system ['true']", "this is not valid YAML ({detail})"),
}


@pytest.mark.parametrize("name", ["d.yaml", "d.json"])
@pytest.mark.parametrize(("text", "told"), TEXTS.values(), ids=TEXTS)
def test_a_descriptor_made_to_grow_is_refused(text: str, told: str, name: str) -> None:
    began = time.perf_counter()
    with pytest.raises(KawarabanError) as refused:
        parse(text, name)
    assert name.endswith(".json") or refused.value.what == told
    assert refused.value.where.startswith(name)
    assert time.perf_counter() - began < 3


@pytest.mark.parametrize(
    "text", ["[" * 400 + "]" * 400, '{"a":' * 400 + "1" + "}" * 400, "[" * 90_000 + "]" * 90_000]
)
def test_deep_json_is_refused(text: str) -> None:
    with pytest.raises(KawarabanError) as refused:
        parse(text, "d.json")
    assert refused.value.what == DEEP


def test_depth_that_a_descriptor_needs_is_read() -> None:
    assert parse("a: " + "[" * 40 + "1" + "]" * 40, "d.yaml")[0]["a"]


SCHEMAS: dict[str, Mapping[str, Any]] = {
    "fields": {"fields": [{"name": f"c{number}"} for number in range(FIELDS + 1)]},
    "allowed values": {"fields": [{"name": "a", "constraints": {"enum": list(range(ENUM + 1))}}]},
    "allowed values of several": {
        "fields": [{"name": f"c{number}", "constraints": {"enum": ["a"] * (ENUM // 9)}} for number in range(10)]
    },
    "letters": {"fields": [{"name": "a", "constraints": {"pattern": "x" * 50_000}}]},
    "letters of an item": {"fields": [{"name": "a", "arrayItem": {"constraints": {"pattern": "x" * 50_000}}}]},
    "missing values": {"fields": [], "missingValues": ["-"] * (MISSING + 1)},
    "missing values of a field": {"fields": [{"name": "a", "missingValues": ["-"] * (MISSING + 1)}]},
    "foreign keys": {"fields": [], "foreignKeys": [{}] * (FOREIGN + 1)},
}


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_schema_that_would_take_too_long_is_refused(schema: Mapping[str, Any]) -> None:
    with pytest.raises(KawarabanError) as refused:
        check_schema(schema)
    assert refused.value.hint
    assert refused.value.where.startswith("schema")


def test_lists_as_they_occur_are_let_pass() -> None:
    names = [f"第{number}地区" for number in range(2000)]
    check_schema({"fields": [{"name": "地区", "constraints": {"enum": names}}], "missingValues": ["", "-", "…"]})


def test_many_unknown_keys_and_resources_are_said_in_time(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a\n1\n")
    said = {"kawaraban": dict.fromkeys(map(str, range(90_000)), 1), "resources": [{"path": "x.csv"}] * 3000}
    began = time.perf_counter()
    dataset = build_dataset(tmp_path, "datapackage.json", said, {})
    assert 0 < len(dataset.problems) < 1100
    assert time.perf_counter() - began < 5


WIDE = ",".join(f"c{number}" for number in range(COLUMNS + 1)).encode()
SIZES: dict[str, tuple[bytes, str]] = {
    "columns": (WIDE + b"\n", "the row has {count} cells"),
    "a wide row": (b"a,b\n" + WIDE + b"\n", "this is not a CSV file"),
    "a wide row in a large file": (b"a,b\n" + b"1,2\n" * 400_000 + WIDE + b"\n", "this is not a CSV file"),
    "a wide row in CP932": ("名,所\n".encode("cp932") + WIDE + b"\n", "the row has {count} cells"),
    "a name": (b"a" * 1001 + b",b\n", "the name of a column has {count} letters"),
    "a cell": (b"a,b\n" + b"x" * (LETTERS + 1) + b",1\n", "this is not a CSV file"),
    "a cell in quotes": (b'a,b\n"' + b"x\n" * (LETTERS // 2 + 1) + b'",1\n', "this is not a CSV file"),
    "one line": (b"x" * (LETTERS + 1), "this is not a CSV file"),
    "short rows": (b"a,b\n" + b"1\n" * (ODD + 1), "this is not a CSV file"),
    "short rows in a large file": (b"a,b\n" + b"1,2\n" * 300_000 + b"1\n" * (ODD + 1), "this is not a CSV file"),
    "nothing": (b"", "the file is empty (0 bytes)"),
}


@pytest.mark.parametrize(("body", "told"), SIZES.values(), ids=SIZES)
def test_a_table_beyond_all_measure_is_refused(body: bytes, told: str, tmp_path: Path) -> None:
    began = time.perf_counter()
    assert told_of(tmp_path, "d.csv", body).startswith(told)
    assert time.perf_counter() - began < 5


def test_a_large_table_is_read(tmp_path: Path) -> None:
    body = WIDE.rpartition(b",")[0] + b"\n" + b",".join([b"1"] * COLUMNS) + b"\n" + b"1\n" * 1000
    assert told_of(tmp_path, "d.csv", body) == ""
    assert told_of(tmp_path, "e.csv", b"a,b\n" + b"x" * (LETTERS - 1) + b",\0\n") == ""


def test_sparse_rows_do_not_multiply(tmp_path: Path) -> None:
    each_its_key = json.dumps([{f"k{number}": 1} for number in range(COLUMNS + 1)]).encode()
    assert told_of(tmp_path, "d.json", each_its_key).startswith("the row has {count} cells")
    many = json.dumps([{f"k{number}": 1 for number in range(1500)}, *[{}] * 20_000]).encode()
    assert told_of(tmp_path, "e.json", many).startswith("the table has more than {count} cells")


def test_json_that_repeats_a_key_at_its_end_is_refused_in_time(tmp_path: Path) -> None:
    body = "[{" + ",".join(f'"k{number}":1' for number in range(60_000)) + ',"k59999":2}]'
    began = time.perf_counter()
    assert told_of(tmp_path, "d.json", body.encode()).startswith("the key `{key}` stands twice")
    assert told_of(tmp_path, "e.json", b"[" * 100_000).startswith(DEEP)
    assert time.perf_counter() - began < 3


def test_a_text_that_a_parquet_file_stores_once_is_not_copied_for_every_row(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    once = pa.DictionaryArray.from_arrays(pa.array([0] * 3000, pa.int32()), ["文" * 300_000])
    pq.write_table(pa.table({"a": once}), tmp_path / "x", compression="zstd", store_schema=False)
    assert (tmp_path / "x").stat().st_size < 100_000
    assert told_of(tmp_path, "d.parquet", (tmp_path / "x").read_bytes()).startswith("the cells show {mb} MB of text")
    pq.write_table(pa.table({"a": pa.nulls(21_000_000)}), tmp_path / "y")
    assert told_of(tmp_path, "e.parquet", (tmp_path / "y").read_bytes()).startswith("the table has more than {count}")
    pq.write_table(pa.table({"名": ["本館", None], "数": [1, 2]}), tmp_path / "z")
    whole = (tmp_path / "z").read_bytes()
    assert told_of(tmp_path, "f.parquet", whole) == ""
    assert told_of(tmp_path, "g.parquet", whole[:20] + bytes(40) + whole[60:]).startswith(
        "this is not a Parquet file"
    )


def test_the_limit_of_a_cell_holds_after_others_have_lifted_it(tmp_path: Path) -> None:
    """The limit is the process's, and frictionless takes it away."""
    import frictionless  # noqa: F401

    csv.field_size_limit(1 << 30)
    for name, body in (("d.csv", b"a,b\n"), ("e.csv", "名,b\n".encode("cp932"))):
        told = told_of(tmp_path, name, body + b"x" * (LETTERS + 1) + b",1\n")
        assert told.startswith("this is not a CSV file")
