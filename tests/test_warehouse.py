"""Queries in pages: one SELECT over datasets, and nothing else; typed columns, with no value lost."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kawaraban import warehouse
from kawaraban.errors import KawarabanError
from kawaraban.site import Site
from kawaraban.views.text import is_missing
from kawaraban.warehouse import SHOWN, Select, Warehouse

SCHEMA = """\
      fields:
        - {name: 日, type: date, format: "%Y/%m/%d"}
        - {name: 人口, type: number, groupChar: ","}
        - {name: 面積, type: number, decimalChar: ","}
        - {name: 金額, type: integer, bareNumber: false}
        - {name: 開館, type: boolean, trueValues: [○], falseValues: [×]}
        - {name: 備考}
      missingValues: ["", "-"]
"""
ROWS = """\
日,人口,面積,金額,開館,備考
2024/04/02,"12,040","1,5",120円,○,東
2024/04/01,"11,985","2,25",80円,×,西
-,-,-,-,-,中
2024/04/03,"9","3",5円,○,-
"""


@pytest.fixture
def store(make_town: Callable[..., Path]) -> Warehouse:
    """Give the warehouse of a town with typed, untyped and awkwardly named datasets."""
    files = {
        "datasets/jinko/datapackage.yaml": f"name: jinko\nresources:\n  - path: a.csv\n    schema:\n{SCHEMA}",
        "datasets/jinko/a.csv": ROWS,
        "datasets/basu-time/datapackage.yaml": "resources: [{path: a.csv}, {path: b.csv}]\n",
        "datasets/basu-time/a.csv": '停留所,"「引用""符」"\n役場,1\n駅,2\n',
        "datasets/basu-time/b.csv": "番号,値\n1,x\n",
    }
    return Site(make_town(files)).drawer.warehouse


def written(root: Path) -> set[str]:
    return {str(each) for each in root.rglob("*") if ".kawaraban" not in str(each)}


REFUSED = [
    "", ";", "-- 何もない", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE jinko", "DROP TABLE jinko",
    "DELETE FROM jinko",
    "INSERT INTO jinko SELECT * FROM jinko", "UPDATE jinko SET 備考 = ''", "CREATE TABLE t AS SELECT 1", "VACUUM",
    "CREATE MACRO f() AS 1", "COPY jinko TO 'out.csv'", "COPY (SELECT 1) TO 'out.parquet'", "EXPORT DATABASE 'out'",
    "ATTACH 'out.db'", "DETACH memory", "USE memory", "INSTALL httpfs", "LOAD httpfs", "SET threads = 8",
    "RESET threads",
    "SET enable_external_access = true", "SET lock_configuration = false", "PRAGMA enable_profiling", "CHECKPOINT",
    "PRAGMA database_list", "CALL pragma_version()", "BEGIN", "EXPLAIN SELECT 1", "EXPLAIN ANALYZE SELECT 1",
    "PREPARE p AS SELECT 1", "CREATE SECRET s (TYPE s3)", "WITH t AS (SELECT 1) INSERT INTO jinko SELECT * FROM t",
    "SELECT * FROM duckdb_secrets()", "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('/etc/hostname')", "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'https://127.0.0.1:9/a'",
    "SELECT * FROM read_parquet('http://127.0.0.1:9/a')", "SELECT * FROM read_json('/etc/passwd')",
    "SELECT 区 FROM jinko",
    "SELECT * FROM nai", "SELECT", "SELECT (", "SELECT * FROM jinko WHERE", "SELECT '", "SELECT /* ", "SELECT $1",
    "SELECT 1) AS t; DROP TABLE jinko; SELECT * FROM (SELECT 1", "SELECT 1) FROM read_csv('/etc/passwd') --",
    "SELECT getenv('HOME')", "SELECT nextval('s')", "SELECT * FROM sniff_csv('/etc/passwd')", "TRUNCATE jinko",
    "COMMENT ON TABLE jinko IS 'x'", "ALTER TABLE jinko DROP COLUMN 人口", "SELECT error('x')", "IMPORT DATABASE 'x'",
]  # fmt: skip


@pytest.mark.parametrize("sql", REFUSED)
def test_what_is_no_reading_of_datasets_is_refused(sql: str, store: Warehouse, tmp_path: Path) -> None:
    before = written(tmp_path)
    for way in (store.query, lambda text: store.select(text, Select(("人口",)), sql=True)):
        with pytest.raises(KawarabanError) as caught:
            way(sql)
        assert caught.value.line()
    assert written(tmp_path) == before
    assert len(store.query("SELECT * FROM jinko")[0]) == 4


HARMLESS = [
    "SELECT 1", "SELECT 1;", " SELECT 1 ; ", "FROM jinko", "TABLE jinko", "VALUES (1)", "SELECT ';'",
    "SELECT 1 -- 一",
    "WITH t AS (SELECT 人口 FROM jinko) SELECT * FROM t", "DESCRIBE jinko",
    "SHOW TABLES",
    "SELECT * FROM jinko CROSS JOIN basu_time", 'SELECT * FROM "basu-time"', "SELECT * FROM basu_time_basu_time_2",
    "SELECT \"「引用\"\"符」\" FROM basu_time", "SUMMARIZE jinko",
]  # fmt: skip


@pytest.mark.parametrize("sql", HARMLESS)
def test_what_only_reads_gives_rows_or_says_why_not(sql: str, store: Warehouse) -> None:
    try:
        frame, more = store.query(sql)
    except KawarabanError as error:
        assert sql.startswith(("DESCRIBE", "SHOW", "SUMMARIZE")), error
    else:
        assert not more
        assert len(store.fields(sql)) == len(frame.columns)


def test_the_recorded_attacks_are_refused_or_harmless(
    real_data: Path, store: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the machine comes out, nothing is written, the lock stays, and what has no end is stopped."""
    monkeypatch.setattr(warehouse, "SECONDS", 1)
    monkeypatch.chdir(tmp_path)
    attacks = json.loads((real_data / "hostile/own-cases/duckdb_sql.json").read_text(encoding="utf-8"))
    attacks = [sql for sql in attacks if "repeat(" not in sql]  # has a test of its own, below
    before = written(tmp_path)
    named = [Path("/tmp") / name for name in ("sec-out.csv", "sec-x.duckdb", "sec-exp", "sec-log")]  # noqa: S108
    outside = {file: file.exists() for file in named}
    passed = []
    for sql in attacks:
        try:
            frame, _ = store.query(sql)
        except KawarabanError:
            continue
        passed.append(sql)
        assert "root:" not in frame.to_csv()
    assert set(passed) <= {"select * from duckdb_secrets()", "select * from duckdb_settings()"}, passed
    assert len(attacks) >= 20
    assert written(tmp_path) == before
    assert {file: file.exists() for file in outside} == outside
    settings = (
        "SELECT name, value FROM duckdb_settings() WHERE name IN ('enable_external_access', 'lock_configuration')"
    )
    assert set(store.query(settings)[0]["value"]) == {"false", "true"}


ENDLESS = [
    "SELECT count(*) FROM range(100000000000)",
    "SELECT count(*) FROM range(1000000) a, range(1000000) b",
    "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t",
]


@pytest.mark.parametrize("sql", ENDLESS)
def test_a_query_without_end_is_stopped(sql: str, store: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one runs as if nothing had been."""
    monkeypatch.setattr(warehouse, "SECONDS", 1)
    with pytest.raises(KawarabanError, match="took longer than 1 s"):
        store.query(sql)
    monkeypatch.setattr(warehouse, "SECONDS", 60)
    assert store.query("SELECT count(*) AS n FROM jinko")[0]["n"].tolist() == [4]


@pytest.mark.parametrize(
    "sql",
    ["SELECT repeat('a', 4000000000)", "SELECT list(r) FROM (SELECT repeat('a', 1000000) AS r FROM range(10000))"],
)
def test_a_query_that_would_fill_the_memory_is_stopped(sql: str) -> None:
    """One value without end is stopped as rows without end are, and takes no more memory than a build may."""
    code = (
        "import resource, sys; from kawaraban import warehouse; from kawaraban.errors import KawarabanError\n"
        "resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30)); warehouse.SECONDS = 1\n"
        "try: warehouse.Warehouse({}).query(sys.argv[1])\n"
        "except KawarabanError: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, sql], capture_output=True, text=True, check=True, timeout=8)
    assert int(done.stdout) < 2048, "MiB"


def test_the_rows_that_are_shown_have_a_limit_and_it_is_said(store: Warehouse) -> None:
    assert SHOWN == 1000
    frame, more = store.query("SELECT * FROM range(1001)")
    assert (len(frame), more) == (SHOWN, True)
    frame, more = store.query("SELECT * FROM range(1000)")
    assert (len(frame), more) == (SHOWN, False)


def test_a_view_of_too_many_rows_says_what_to_do(store: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warehouse, "MOST", 3)
    with pytest.raises(KawarabanError, match="more than 3 rows"):
        store.select("jinko", Select(("人口",)))
    monkeypatch.setattr(warehouse, "MOST", 4)
    assert len(store.select("jinko", Select(("人口",)))) == 4


def test_columns_are_typed_as_their_schema_says(store: Warehouse) -> None:
    frame, _ = store.query("SELECT * FROM jinko")
    values = {name: [None if is_missing(each) else each for each in frame[name]] for name in frame.columns}
    assert values == {
        "日": [date(2024, 4, 2), date(2024, 4, 1), None, date(2024, 4, 3)],
        "人口": [12040.0, 11985.0, None, 9.0],
        "面積": [1.5, 2.25, None, 3.0],
        "金額": [120, 80, None, 5],
        "開館": [True, False, None, True],
        "備考": ["東", "西", "中", None],
    }
    kinds = {each.name: each.type for each in store.fields("SELECT * FROM jinko")}
    assert list(kinds.values()) == ["date", "number", "number", "integer", "boolean", "string"]


UNTYPED = {
    "more than 64 bits": ("integer", ["99999999999999999999", "1"]),
    "a date in words": ("date, format: any", ["2 April 2024", "2024-04-02"]),
    "a place": ("geopoint", ['"139.1, 35.2"', '"139.2, 35.3"']),
}


@pytest.mark.parametrize(("kind", "cells"), UNTYPED.values(), ids=UNTYPED)
def test_a_column_that_cannot_be_typed_stays_text(
    kind: str, cells: list[str], make_town: Callable[..., Path]
) -> None:
    """No value is lost to a cast: text it was, text it is."""
    schema = f"{{fields: [{{name: 値, type: {kind}}}]}}"
    files = {
        "datasets/a/datapackage.yaml": f"resources: [{{path: a.csv, schema: {schema}}}]\n",
        "datasets/a/a.csv": "値\n" + "\n".join(cells) + "\n",
    }
    site = Site(make_town(files), warn=lambda _: None)
    assert not site.entries["a"].held
    frame, _ = site.drawer.warehouse.query("SELECT 値 FROM a")
    assert frame["値"].tolist() == [cell.strip('"') for cell in cells]


def test_a_sum_of_whole_numbers_is_a_whole_number(store: Warehouse) -> None:
    """It is shown with its separators, as every other number is."""
    frame = store.select("jinko", Select(("備考",), {"備考": ["東", "西"]}, "sum", ("金額",)))
    assert [(each, type(each)) for each in frame["金額"].tolist()] == [(120, int), (80, int)]


def test_rows_come_in_the_order_of_the_file(store: Warehouse) -> None:
    assert store.select("jinko", Select(("金額",), limit=2))["金額"].tolist() == [120, 80]
    assert store.select("jinko", Select(("備考",), aggregate="count", values=("人口",)))["人口"].tolist() == [
        1,
        1,
        0,
        1,
    ]
    query = "SELECT 人口 FROM jinko ORDER BY 人口 DESC NULLS LAST"
    assert store.select(query, Select(("人口",), limit=3), sql=True)["人口"].tolist() == [12040, 11985, 9]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"備考": "東"}, [120]),
        ({"備考": ["東", "西"]}, [120, 80]),
        ({"人口": 12040}, [120]),
        ({"面積": 1.5}, [120]),
        ({"金額": 5}, [5]),
        ({"開館": True}, [120, 5]),
        ({"日": "2024-04-01"}, [80]),
        ({"備考": "東' OR '1'='1"}, []),
        ({"備考": []}, []),
    ],
)
def test_where_chooses_rows_by_value(where: dict[str, object], expected: list[int], store: Warehouse) -> None:
    assert store.select("jinko", Select(("金額",), where=where))["金額"].tolist() == expected


@pytest.mark.parametrize(
    ("rule", "expected"), [("sum", 24034), ("min", 9), ("max", 12040), ("count", 3), ("mean", 24034 / 3)]
)
def test_an_aggregate_leaves_missing_values_out(rule: str, expected: float, store: Warehouse) -> None:
    frame = store.select("jinko", Select((), aggregate=rule, values=("人口",)))
    assert [float(each) for each in frame["人口"].tolist()] == [pytest.approx(expected)]


def test_datasets_with_like_names_do_not_take_each_others_place(make_town: Callable[..., Path]) -> None:
    """`a-b` and `a_b` are both `a_b` in a query; a query that names one may fail, with words, but not mix them."""
    files = {}
    for slug, value in (("a-b", "甲"), ("a_b", "乙")):
        files[f"datasets/{slug}/datapackage.yaml"] = "resources: [{path: a.csv}]\n"
        files[f"datasets/{slug}/a.csv"] = f"値\n{value}\n"
    store = Site(make_town(files)).drawer.warehouse
    assert store.select("a-b", Select(("値",)))["値"].tolist() == ["甲"]
    assert store.select("a_b", Select(("値",)))["値"].tolist() == ["乙"]


@pytest.mark.parametrize(
    "header", ["Name,name", "値,値 ", "kb#,値", "select,from", "c0,c1", "a.b,a[0]", '値\u3000,"a\nb"']
)
def test_awkward_column_names_give_their_own_values(header: str, make_town: Callable[..., Path]) -> None:
    files = {
        "datasets/a/datapackage.yaml": "resources: [{path: a.csv}]\n", "datasets/a/a.csv": f"{header}\n東,西\n"
    }  # fmt: skip
    site = Site(make_town(files), warn=lambda _: None)
    if site.entries["a"].held:
        assert site.entries["a"].verdict.problems
        return
    store = site.drawer.warehouse
    names = tuple(each.name for each in store.table("a").fields)
    assert store.select("a", Select(names)).iloc[0].tolist() == ["東", "西"]


def test_the_timer_leaves_the_next_query_alone(store: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A query that ends just in time must not have the one after it stopped."""
    monkeypatch.setattr(warehouse, "SECONDS", 0.2)
    store.query("SELECT 1")
    time.sleep(0.3)
    assert store.query("SELECT count(*) AS n FROM range(1000)")[0]["n"].tolist() == [1000]
