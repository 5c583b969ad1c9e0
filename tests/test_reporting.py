"""How problems are told: grouped, in every format, escaped for the place where they stand. Goldens: tests/reports."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.languages import languages, translator
from kawaraban.model import Problem, Verdict
from kawaraban.reporting import TEXTS
from kawaraban.reporting.github import github_report
from kawaraban.reporting.grouping import FEW, by_file, counted, groups
from kawaraban.reporting.markdown import escaped, markdown_report
from kawaraban.reporting.place import place
from kawaraban.reporting.target import Target
from kawaraban.reporting.text import text_report
from kawaraban.reporting.width import width, wrapped
from verdicts import CLEAN, EVERYTHING, PEOPLE, REMARK, SITES, cell

REPORTS = Path(__file__).parent / "reports"
STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("form", "lang"), [*((form, "ja") for form in TEXTS if form != "json"), ("text", "en"), ("text", "ja-easy")]
)
def test_the_report_is_as_expected(form: str, lang: str, pytestconfig: pytest.Config) -> None:
    file = REPORTS / f"{form}.{lang}.txt"
    verdicts = [SITES] if form == "sarif" else EVERYTHING  # a result per problem: too many to read
    report = TEXTS[form](verdicts, 1.5, lang, Target(prefix="town/")).encode()
    if pytestconfig.getoption("--accept"):
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(report)
    assert report.decode() == file.read_bytes().decode(), f"{file.name}; pytest --accept"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("ja", "問題は 0 件。12 件のデータセット、48,210 行を調べました。\n"),
        ("en", "0 problems. 12 datasets, 48,210 rows checked.\n"),
    ],
)
def test_a_clean_run_says_so(lang: str, told: str) -> None:
    verdicts = [Verdict(f"d{number}", (), 4018 if number else 4012) for number in range(12)]
    assert text_report(verdicts, 1.0, lang) == told
    assert escaped(told.strip()) in markdown_report(verdicts, 1.0, lang)
    assert github_report(verdicts, 1.0, lang) == f"::notice title=Kawaraban::{told}"


# Grouping ----------------------------------------------------------------------------------------------------


def test_three_thousand_cells_are_one_paragraph_with_three_examples() -> None:
    report = text_report([PEOPLE], 1.0, "ja")
    assert "同じ問題が 3,000 件あります（列: 男, 女）。はじめの 3 件:" in report
    assert re.findall(r"『\d+人』", report) == ["『2人』", "『3人』", "『4人』"]
    assert report.count("120 のように、半角数字だけで書いてください") == 1
    assert len(report.splitlines()) < 20


PROBLEMS = st.builds(
    Problem,
    kind=st.sampled_from(["type-error", "constraint-error", "blank-row"]),
    severity=st.sampled_from(["error", "warning"]),
    path=st.sampled_from(["datasets/a/a.csv", "datasets/a/b.xlsx"]),
    sheet=st.sampled_from([None, "一"]),
    row=st.integers(1, 30),
    column=st.none() | st.integers(1, 4),
    label=st.sampled_from(["", "甲", "乙"]),
    hint=st.sampled_from(["", "write text"]),
    details=st.sampled_from([{}, {"constraint": "minimum", "limit": "1"}, {"constraint": "minimum", "limit": "2"}]),
)  # fmt: skip


@STEADY
@given(problems=st.lists(PROBLEMS, max_size=30))
def test_every_problem_is_in_one_group_and_errors_come_first(problems: list[Problem]) -> None:
    made = groups(problems)
    inside = [problem for group in made for problem in group.problems]
    assert sorted(map(repr, inside)) == sorted(map(repr, problems))
    assert sum(counted(made)) == len(problems)
    assert all(len(group.problems) == 1 or len(group.problems) > FEW for group in made)
    severities = [group.first.severity for group in made]
    assert severities == sorted(severities)
    for _, _, one in by_file(made):
        assert len({(group.first.path, group.first.sheet) for group in one}) == 1
        inner = [group.first.severity for group in one]
        assert inner == sorted(inner)
    assert [group for _, _, one in by_file(made) for group in one if group not in made] == []


def test_what_a_limit_cut_is_counted_with_its_group() -> None:
    cut = Problem("more-of-a-kind", "warning", REMARK.path, details={"kind": REMARK.kind, "count": 4000, "limit": 9})
    many = [replace(REMARK, row=row, address=str(row)) for row in range(9)]
    (group,) = groups([*many, cut])
    assert (len(group.problems), group.total) == (9, 4000)
    elsewhere = replace(cut, path="datasets/people/人口2.csv")
    assert [each.first.kind for each in groups([*many, elsewhere])] == ["duplicate-row", "more-of-a-kind"]


def test_a_cell_that_a_sign_explains_is_told_once_and_stays_an_error() -> None:
    """Full-width digits are no integer; that they are full-width says why, and what to write."""
    wide = cell(5, 2, "男", "１２")
    sign = replace(wide, kind="era-date", severity="warning", details={"sign": True, "western": "2024-04-01"})
    elsewhere = [replace(sign, column=3), replace(sign, sheet="一"), replace(sign, row=None), replace(wide, row=None)]
    made = groups([wide, sign, replace(sign, kind="full-width-code"), *elsewhere])
    told = sorted((each.first.kind, each.first.severity) for each in made)
    warnings = [("era-date", "warning")] * 3
    assert told == [("era-date", "error"), *warnings, ("full-width-code", "warning"), ("type-error", "error")]


def test_other_limits_are_other_troubles() -> None:
    low = [cell(row, 2, "数", "0", kind="constraint-error") for row in range(2, 12)]
    limits = [replace(each, details={"constraint": "minimum", "limit": each.row % 2}) for each in low]
    assert [group.total for group in groups(limits)] == [5, 5]


def test_a_rest_that_is_not_listed_is_counted() -> None:
    kinds = [f"kind-{number}" for number in range(60)]
    problems = tuple(cell(2, 2, "数", "x", kind=kind, hint="write text") for kind in kinds)
    verdict = Verdict("people", tuple(replace(each, details={"what": "the cell is empty"}) for each in problems), 1)
    assert "people: ほかに10件あります\n" in text_report([verdict], 1.0, "ja")


# Places ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "ja"),
    [
        (Problem("x", row=7, column=2, address="B7"), "B7"),
        (Problem("x", row=7, address="7"), "7 行目"),
        (Problem("x", column=2, address="B"), "列「B」"),
        (Problem("x", line=4), "4 行目"),
        (Problem("x", row=1, address="[0].名称", label="名称"), "1 件目の 名称"),
        (Problem("x", row=1, address="features[0].a].b", label="a].b"), "1 件目の a].b"),
        (Problem("x", row=12, address="features[11]"), "12 件目"),
        (Problem("x", address="features.階数"), "列「階数」"),
        (Problem("x", address=".階数"), "列「階数」"),
        (Problem("x", address="features"), ""),
        (Problem("x"), ""),
    ],
)
def test_a_place_is_said_as_people_say_it(problem: Problem, ja: str) -> None:
    assert place(problem, translator("ja")) == ja


# The terminal ------------------------------------------------------------------------------------------------


def test_colours_are_of_the_terminal_only() -> None:
    coloured = text_report(EVERYTHING, 1.0, "ja", Target(colour=True))
    assert "\x1b[31m  同じ問題" in coloured
    assert "  \x1b[31mD5: \x1b[0m" in coloured
    assert "  \x1b[33m9 行目: \x1b[0m（確認）" in coloured
    assert "\x1b[31m問題は" in coloured
    assert "\x1b[32m問題は 0 件" in text_report([CLEAN], 1.0, "ja", Target(colour=True))
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text_report(EVERYTHING, 1.0, "ja")


@STEADY
@given(text=st.text("人口、。「」a1b (ｱé\u0301,", max_size=60), places=st.integers(20, 60))
def test_no_line_is_wider_than_the_terminal_and_no_letter_is_lost(text: str, places: int) -> None:
    lines = wrapped(text, places, "  A1: ", "      ")
    assert all(width(line) <= places for line in lines)
    found = lines[0].removeprefix("  A1:") + "".join(line.removeprefix("      ") for line in lines[1:])
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", text)


def test_a_line_does_not_begin_with_a_full_stop() -> None:
    assert wrapped("あいうえお。かきくけこ", 10) == ["あいうえ", "お。かきく", "けこ"]
    assert wrapped("値は example.org です", 12) == ["値は", "example.org", "です"]


@pytest.mark.parametrize("lang", languages())
def test_a_report_fits_a_narrow_terminal(lang: str) -> None:
    report = text_report(EVERYTHING, 1.0, lang, Target(width=40))
    assert [line for line in report.splitlines() if width(line) > 40] == []
