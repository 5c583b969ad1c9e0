"""Verdicts that the tests of reports tell: many cells of one trouble, one of each other kind, a clean one."""

from dataclasses import replace
from typing import Any

from kawaraban.model import Problem, Verdict

INTEGER = {"type": "integer", "format": "default", "note": 'type is "integer/default"'}


def cell(row: int, column: int, label: str, value: str, **more: Any) -> Problem:
    """Give the problem of a cell that holds no whole number."""
    letter = chr(64 + column)
    return replace(
        Problem(
            "type-error", path="datasets/people/人口.csv", row=row, column=column, address=f"{letter}{row}",
            label=label, value=value, details=INTEGER,
        ),
        **more,
    )  # fmt: skip


REMARK = Problem(
    "duplicate-row", "warning", "datasets/people/人口.csv", row=9, address="9", details={"sign": True, "first": 4}
)
PEOPLE = Verdict(
    "people",
    (
        *(cell(row, 2 + row % 2, ("男", "女")[row % 2], f"{row}人") for row in range(2, 3002)),
        cell(5, 4, "日付", "4月31日", details={"type": "date", "format": "default"}),
        REMARK,
        cell(7, 5, "区分", "丙 | `x`", kind="constraint-error", details={"constraint": "enum", "limit": "甲, 乙"}),
    ),
    rows=3001,
    silenced=tuple(replace(REMARK, row=row, address=str(row), silenced="入口が2つある") for row in (11, 12)),
)  # fmt: skip
SITES = Verdict(
    "sites",
    (
        Problem(
            "descriptor-error", path="datasets/sites/datapackage.yaml", line=4,
            hint="keep one of them", details={"what": "the key `{key}` stands twice", "key": "title"},
        ),
        Problem(
            "unique-error", path="datasets/sites/場所.xlsx", sheet="一覧", row=8, column=2, address="B8",
            label="名称", value="本館", details={"note": "x"},
        ),
        Problem(
            "type-error", path="datasets/sites/場所.geojson", row=1, column=2, address="features[0].階数",
            label="階数", value="二", details=INTEGER,
        ),
        Problem(
            "other-sheets", "warning", "datasets/sites/場所.xlsx", sheet="一覧",
            details={"sheet": "一覧", "others": "メモ"},
        ),
    ),
    rows=12,
)  # fmt: skip
CLEAN = Verdict("clean", (), rows=45_197)
EVERYTHING = (PEOPLE, SITES, CLEAN)
