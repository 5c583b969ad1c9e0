"""The scene of every kind of problem: where it is found, and what is right.

Signs bring their own examples; what they lack, and the other kinds, are here. Everything is made up.
"""

import importlib
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from kawaraban.checking.examples import BookSheet, workbook
from kawaraban.checking.signs import SIGNS
from scenes import DESCRIPTOR, Scene


def scene_of(kind: str) -> Scene:
    """Give the scene of a kind."""
    if kind not in SIGNS:
        return SCENES[kind]
    module = importlib.import_module(SIGNS[kind].look.__module__)
    wrong, right = (
        (listed[kind] if isinstance(listed, dict) else listed)[0] for listed in (module.WRONG, module.RIGHT)
    )
    descriptor = described(wrong.name, wrong.types, wrong.constraints)
    scene = Scene({wrong.name: wrong.text, DESCRIPTOR: descriptor}, town=wrong.town)
    if kind in RIGHT:
        return replace(scene, right={wrong.name: RIGHT[kind]})
    return replace(scene, right={wrong.name: right.text}) if right.name == wrong.name else scene


def described(name: str, types: Mapping[str, str], constraints: Mapping[str, Any]) -> str:
    """Give a descriptor of one file."""
    if not types:
        return f"resources:\n  - path: {name}\n"
    lines = [
        {"name": label, "type": type_, **({"constraints": dict(constraints[label])} if label in constraints else {})}
        for label, type_ in types.items()
    ]
    return f"resources:\n  - path: {name}\n" + schema(
        *(
            yaml.safe_dump(each, allow_unicode=True, default_flow_style=True, sort_keys=False).strip("{}\n")
            for each in lines
        )
    )


def schema(*lines: str, after: str = "") -> str:
    """Give a schema with one field per line."""
    listed = "".join(f"        - {{{line}}}\n" for line in lines)
    return f"    schema:\n      fields:\n{listed}{after}"


def of_file(name: str, body: str | bytes, right: str | bytes | None, more: str = "", **beside: str) -> Scene:
    """Give the scene of one file; `more` stands in its resource."""
    descriptor = f"resources:\n  - path: {name}\n{more}"
    return Scene({name: body, DESCRIPTOR: descriptor, **beside}, {} if right is None else {name: right})


def of_versions(name: str, before: str, after: str, right: str, more: str = "") -> Scene:
    """Give the scene of a file that has changed."""
    return replace(
        of_file(name, after, right, more), before={name: before, DESCRIPTOR: f"resources: [{{path: {name}}}]"}
    )


# What is right, where the first example of the sign shows something else -------------------------------------

PLACES = "名称,緯度,経度\n本館,35.1787,140.3121\n分館,35.1841,140.3407\n別館,35.1541,140.2960\n"
RIGHT: dict[str, str] = {
    "bidi-name": "名称,price\n本館,1\n",
    "bidi-cell": "名称,資料\n本館,案内fdp.exe\n分館,السعر\n",
    "mojibake": "名称,備考\n図書館,データ\n",
    "lost-letter": "名称,時間\n髙橋商店,9:00～17:00\n本館,火曜～木曜は休館。\n分館,西浜６丁目５－１\n",
    "era-date": "開設日\n2024-04-01\n1963-01-14\n2019-04-01\n",
    "impossible-date-in-text": "日付\n2024-04-30\n2024-02-29\n2023-02-28\n",
    "full-width-code": "管理番号,電話番号,郵便番号\nA-1,0999-12-3456,999-1233\nA-2,0999-12-3457,999-1234\n",
    "impossible-date": "開始日\n2024-04-30\n2024-02-29\n",
    "municipality-code": "市区町村コード,名称\n131016,本館\n131016,分館\n011002,新館\n401307,倉庫\n",
    "phone-number": "名称,電話番号\n本館,099-123-4567\n分館,0120-123-456\n支所,050-1234-5678\n",
    "swapped-coordinate-columns": PLACES,
    "coarse-coordinates": PLACES,
    "half-coordinates": PLACES,
    "total-row": "地区,人数\n駅前,10\n汐見,20\n",
    "note-row": "名称,住所,電話番号\n本館,1丁目,099-123-4567\n",
    "duplicate-row": "名称,住所\n本館,1丁目\n分館,2丁目\n",
}

# The kinds that are no signs ---------------------------------------------------------------------------------

VISITS, SITES = "来館者数.csv", "施設.csv"
DAYS = "日付,館,来館者数\n2025-04-01,本館,320\n2025-04-01,分館,110\n"
OLD = DAYS.replace("2025-04", "2024-12")
NEXT = "2025-04-02,本館,340\n2025-04-02,分館,90\n"
COUNTED = schema("name: 日付, type: date", "name: 館", "name: 来館者数, type: integer")
HALLS = "名称,住所,定員\n本館,1丁目,40\n分館,2丁目,30\n別館,3丁目,25\n"
HALL = schema("name: 名称", "name: 住所", "name: 定員, type: integer")
BUDGET = "年度,目的,予算額\n2025,議会費,1200\n2025,総務費,5400\n2025,民生費,8300\n"
RULED = schema(
    "name: 名称, constraints: {required: true}",
    "name: 定員, type: integer, constraints: {minimum: 1}",
    "name: 区分, constraints: {enum: [公民館, 集会所]}",
    "name: 番号, constraints: {pattern: '[A-Z]-[0-9]{2}'}",
)
V2 = '"$schema": https://datapackage.org/profiles/2.0/datapackage.json\n'


def matched(scene: Scene, how: str) -> Scene:
    """Give the scene with columns that are matched by name."""
    told = f"{V2}{scene.files[DESCRIPTOR]}      fieldsMatch: {how}\n"
    return replace(scene, files={**scene.files, DESCRIPTOR: told})


def with_key(key: str) -> str:
    return schema("name: 番号", "name: 名称", after=f"      {key}\n")


SHELTERS = (
    "名称,住所,緯度,経度,洪水,地震,津波,想定収容人数\n"
    "北磯小学校,北磯町浦浜201,35.131274,140.276915,1,1,1,420人\n"
    "小浦公民館,北磯町小浦88,35.122845,140.266120,,,,90人\n"
    "北磯町役場駐車場,北磯町浦浜15,35.128617,140.279403,1,1,,280人\n"
)


def consolidated(descriptor: str, others: Mapping[str, str] | None = None) -> Scene:
    """Give the scene of a dataset that is made of others."""
    files = {"../kitaiso/避難所.csv": SHELTERS, **(others or {})}
    beside = {}
    for name in files:
        folder, _, file = name.rpartition("/")
        beside[f"{folder}/{DESCRIPTOR}"] = f"resources:\n  - path: {file}\n"
    return Scene({**files, **beside, DESCRIPTOR: f"title: 近隣の避難所\n{descriptor}"})


def told_rightly(scene: Scene, old: str, new: str) -> Scene:
    """Give the scene that is right once its descriptor says something else."""
    return replace(scene, right={DESCRIPTOR: str(scene.files[DESCRIPTOR]).replace(old, new)})


def nothing() -> bytes:
    """Give a Parquet file without a column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({}), stream)
    return stream.getvalue()


def uncalculated(*results: int) -> bytes:
    """Give a workbook whose last column is a formula without a result, as some programs write it; or `results`."""
    from openpyxl import Workbook

    made = Workbook()
    made.active.title = "一覧"
    for row in (("名称", "定員", "2部制の定員"), ("本館", 40, "=B2*2"), ("分館", 30, "=B3*2")):
        made.active.append(row)
    for number, result in enumerate(results, start=2):
        made.active.cell(number, 3).value = result
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rule(text: str) -> dict[str, str]:
    """Give the descriptor of the facilities with a line below `kawaraban:`."""
    return {DESCRIPTOR: f"resources:\n  - path: {SITES}\n{text}"}


def book(*sheets: str) -> bytes:
    rows = [line.split(",") for line in HALLS.splitlines()]
    return workbook(*(BookSheet(name, rows) for name in sheets))


SLOW = [f"name: {name}, constraints: {{pattern: '(a+)+{end}'}}" for name, end in zip("甲乙丙丁", "bcde", strict=True)]
QUICK = [f"name: {name}, constraints: {{pattern: 'a+'}}" for name in "甲乙丙丁"]
CODES = "甲,乙,丙,丁\n" + ",".join(["a" * 40] * 4) + "\n"
SCENES: dict[str, Scene] = {
    "type-error": of_file(VISITS, DAYS.replace("04-01,分", "4/1,分").replace("320", "320人"), DAYS, COUNTED),
    "constraint-error": of_file(
        SITES,
        "名称,定員,区分,番号\n本館,40,公民館,A-01\n分館,-30,集会所,A-02\n,25,体育館,A3\n",
        "名称,定員,区分,番号\n本館,40,公民館,A-01\n分館,30,集会所,A-02\n別館,25,集会所,A-03\n",
        RULED,
    ),
    "unique-error": of_file(
        SITES, HALLS.replace("分館", "本館"), HALLS, HALL.replace("名称", "名称, constraints: {unique: true}")
    ),
    "primary-key": of_file(
        SITES,
        "番号,名称\n1,本館\n2,分館\n2,別館\n,新館\n",
        "番号,名称\n1,本館\n2,分館\n3,別館\n4,新館\n",
        with_key("primaryKey: 番号"),
    ),
    "foreign-key": Scene(
        {
            "休館日.csv": "番号,名称\n1,本館\n2,分官\n",
            SITES: HALLS,
            DESCRIPTOR: "resources:\n  - path: 休館日.csv\n"
            + with_key("foreignKeys: [{fields: 名称, reference: {resource: sites, fields: 名称}}]")
            + f"  - {{path: {SITES}, name: sites}}\n",
        },
        {"休館日.csv": "番号,名称\n1,本館\n2,分館\n"},
    ),
    "long-number": of_file(
        SITES,
        "名称,定員\n本館,40人\n分館," + "会議室ごとに違います。" * 20 + "\n",
        "名称,定員\n本館,40人\n分館,30人\n",
        schema("name: 名称", "name: 定員, type: integer, bareNumber: false"),
    ),
    "missing-cell": of_file(SITES, HALLS.replace(",2丁目,30", ",30"), HALLS),
    "extra-cell": of_file(SITES, HALLS.replace("40", "1,200"), HALLS.replace("40", '"1,200"')),
    "blank-row": of_file(SITES, HALLS.replace("分館", ",,\n分館"), HALLS),
    "title-rows": of_file(SITES, "令和7年度 施設一覧\n" + HALLS, HALLS),
    "blank-label": of_file(SITES, HALLS.replace("住所", ""), HALLS),
    "duplicate-label": of_file(SITES, HALLS.replace("住所", "名称"), HALLS),
    "missing-label": of_file(SITES, "名称,住所\n本館,1丁目\n分館,2丁目\n", HALLS, HALL),
    "extra-label": of_file(
        SITES,
        "名称,住所,定員,控え\n本館,1丁目,40,済\n分館,2丁目,30,\n",
        "名称,住所,定員\n本館,1丁目,40\n分館,2丁目,30\n",
        HALL,
    ),
    "incorrect-label": of_file(SITES, HALLS.replace("名称", "施設名"), HALLS, HALL),
    "unmatched-header": matched(of_file(SITES, DAYS, HALLS, HALL), "partial"),
    "unreadable": of_file(SITES, HALLS.encode("cp932").replace("館,2".encode("cp932"), b"\x8a,2"), HALLS),
    "source-error": of_file("施設.parquet", nothing(), None),
    "other-sheets": of_file("施設.xlsx", book("一覧", "控え"), book("一覧")),
    "no-value": of_file("施設.xlsx", uncalculated(), uncalculated(80, 60)),
    "descriptor-error": Scene({SITES: HALLS, DESCRIPTOR: "resources:\n  - path: 施設一覧.csv\n"}, rule("")),
    "schema-error": told_rightly(of_file(SITES, HALLS, None, HALL + "      primaryKey: 番号\n"), "番号", "名称"),
    "field-error": told_rightly(
        of_file(SITES, HALLS, None, HALL.replace("integer", "interger")), "interger", "integer"
    ),
    "resource-error": told_rightly(
        Scene(
            {
                "休館日.csv": "番号,名称\n1,本館\n2,分館\n",
                SITES: HALLS,
                DESCRIPTOR: "resources:\n  - path: 休館日.csv\n"
                + with_key("foreignKeys: [{fields: 名称, reference: {resource: halls, fields: 名称}}]")
                + f"  - {{path: {SITES}, name: sites}}\n",
            }
        ),
        "halls",
        "sites",
    ),
    "error": matched(of_file(SITES, HALLS.replace("住所", "定員"), HALLS, schema("name: 定員")), "subset"),
    "slow-pattern": told_rightly(of_file("番号.csv", CODES, None, schema(*SLOW[:1], *QUICK[1:])), "(a+)+b", "a+"),
    "pattern-untried": told_rightly(
        of_file("番号.csv", CODES, None, schema(*SLOW)), schema(*SLOW), schema(*QUICK)
    ),
    "silence-unused": Scene(
        {
            SITES: HALLS,
            **rule("kawaraban:\n  silence:\n    - {problem: duplicate-row, reason: 入口が2つあるため}\n"),
        },
        rule(""),
    ),
    "limit-reached": of_file(
        VISITS,
        "館,来館者数\n" + "".join(f"第{number}会館,{number + 40}人\n" for number in range(1, 1201)),
        "館,来館者数\n" + "".join(f"第{number}会館,{number + 40}\n" for number in range(1, 1201)),
        schema("name: 館", "name: 来館者数, type: integer, unit: 人"),
    ),
    "more-of-a-kind": of_file(SITES, "名称,住所\n" + "本館,1丁目\n" * 1300, "名称,住所\n本館,1丁目\n"),
    "not-consolidated": told_rightly(
        consolidated("kawaraban:\n  consolidate: [kitaiso, library]\n", {"../library/来館者数.csv": DAYS}),
        ", library", "",
    ),
    "total-differs": told_rightly(
        consolidated(
            "kawaraban:\n  consolidate: [kitaiso]\n  stated:\n"
            "    - {column: 想定収容人数, total: 820, source: 町の防災計画（2025年3月）}\n"
        ),
        "820", "790",
    ),
    "rows-gone": of_versions(SITES, HALLS, "名称,住所,定員\n", HALLS),
    "rows-dropped": of_versions(
        SITES,
        "番号,名称\n" + "".join(f"{number},第{number}会館\n" for number in range(1, 21)),
        "番号,名称\n" + "".join(f"{number},第{number}会館\n" for number in range(1, 9)),
        "番号,名称\n" + "".join(f"{number},第{number}会館\n" for number in range(1, 22)),
    ),
    "column-gone": of_versions(SITES, HALLS, "名称,定員\n本館,40\n分館,30\n別館,25\n", HALLS),
    "column-renamed": of_versions(SITES, HALLS, HALLS.replace("住所", "所在地"), HALLS),
    "date-not-advancing": of_versions(
        VISITS, DAYS, DAYS + NEXT.replace("04-02", "04-01"), DAYS + NEXT
    ),
    "date-went-back": of_versions(VISITS, DAYS, DAYS.replace("2025-04", "2025-03"), DAYS.replace("04-01", "04-02")),
    "total-jumped": of_versions(
        "予算.csv", BUDGET, BUDGET.replace("00\n", "00000\n"), BUDGET.replace("8300", "8500")
    ),
    "table-gone": Scene(
        {SITES: HALLS, VISITS: DAYS, DESCRIPTOR: f"resources:\n  - {{path: {SITES}, name: sites}}\n"},
        {DESCRIPTOR: f"resources:\n  - {{path: {SITES}, name: sites}}\n  - {{path: {VISITS}, name: visits}}\n"},
        {
            SITES: HALLS,
            VISITS: DAYS,
            DESCRIPTOR: f"resources: [{{path: {SITES}, name: sites}}, {{path: {VISITS}, name: visits}}]",
        },
    ),
    "stale": Scene(
        {VISITS: OLD, DESCRIPTOR: f"resources:\n  - path: {VISITS}\nkawaraban:\n  updates: P1M\n"},
        {VISITS: DAYS},
        {VISITS: OLD, DESCRIPTOR: f"resources: [{{path: {VISITS}}}]"},
    ),
    "updates-not-understood": Scene(
        {VISITS: DAYS, DESCRIPTOR: f"resources:\n  - path: {VISITS}\nkawaraban:\n  updates: 毎月\n"},
        {DESCRIPTOR: f"resources:\n  - path: {VISITS}\nkawaraban:\n  updates: P1M\n"},
        {VISITS: DAYS, DESCRIPTOR: f"resources: [{{path: {VISITS}}}]"},
    ),
}  # fmt: skip
