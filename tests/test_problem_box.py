"""The box on a dataset's page: in the reader's words, the same trouble once, and nothing of a cell alive."""

import re
from collections.abc import Callable
from dataclasses import replace

from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict
from kawaraban.views.problems import SHOWN, problem_box
from verdicts import CLEAN, PEOPLE, REMARK, cell

JA = translator("ja")
ATTACK = "<img src=x onerror=alert(1)>\"'&`</b>`"
FEATURE = Problem(
    "type-error", path="datasets/sites/場所.geojson", row=2, column=3, address="features[1].階数", label="階数",
    value="二階", details={"type": "integer", "format": "default"},
)  # fmt: skip


def box(*problems: Problem, silenced: tuple[Problem, ...] = (), as_of: str = "", lang: str = "ja") -> str:
    return problem_box(Verdict("people", problems, 9, silenced=silenced), as_of, lang, translator(lang))


def text_of(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_nothing_is_said_of_clean_data() -> None:
    assert problem_box(CLEAN, "", "ja", JA) == ""


def test_three_thousand_cells_are_one_paragraph_with_three_examples() -> None:
    html = problem_box(PEOPLE, "2025-04-01", "ja", JA)
    assert "同じ問題が 3,000 件あります（列: 男, 女）。はじめの 3 件:" in html
    assert re.findall(r"『\d+人』", html) == ["『2人』", "『3人』", "『4人』"]
    assert html.count("120 のように、半角数字だけで書いてください") == 1
    assert '<b class="kb-place">D5</b> ' in html
    assert "2025年4月1日" in html


def test_places_are_said_in_the_readers_language() -> None:
    descriptor = Problem("silence-unused", "warning", "datasets/a/datapackage.yaml", line=4, details={"kind": "x"})
    japanese, english = (text_of(box(FEATURE, descriptor, lang=lang)) for lang in ("ja", "en"))
    assert ("2 件目の 階数" in japanese, "4 行目" in japanese) == (True, True)
    assert not re.search(r"features|\bline\b|\bitem\b", japanese)
    assert ("item 2, 階数" in english, "line 4" in english) == (True, True)


def test_what_is_silenced_is_closed_and_has_its_count_and_reason() -> None:
    rows = tuple(replace(REMARK, row=row, address=str(row), silenced="入口が2つある") for row in (11, 12, 13))
    other = replace(REMARK, kind="total-row", value="計", details={"sign": True}, silenced="区の合計も公開")
    html = box(silenced=(*rows, other))
    assert html.startswith('<details class="kb-data kb-silenced"><summary>確認済みの注意 4 件</summary>')
    assert "11 行目 4 行目とまったく同じ行です（ほか 2 件）理由: 入口が2つある" in text_of(html)
    assert "理由: 区の合計も公開" in html
    assert "<details open" not in html
    both = box(cell(5, 2, "男", "x"), silenced=rows)
    assert both.index("kb-problem") < both.index("kb-silenced")


def test_remarks_alone_do_not_hold_and_are_counted() -> None:
    html = box(*(replace(REMARK, row=row, address=str(row)) for row in range(2, 1202)))
    assert html.startswith('<div class="kb-remark"')
    assert "1,200" in html.split("</p>")[0]
    assert "（確認）" not in html


def test_what_a_sign_explains_is_told_once() -> None:
    wide = cell(5, 2, "男", "１２")
    html = box(wide, replace(wide, kind="full-width-number", fix="12", details={"sign": True}))
    assert html.count("<li>") == 1
    assert "全角" in html


def test_a_rest_is_counted() -> None:
    problems = [cell(row, 2, "数", "x", kind="blank-row", hint=f"hint {row}") for row in range(2, SHOWN + 7)]
    assert "ほかに5件あります" in text_of(box(*problems))


def test_nothing_that_a_cell_or_a_reason_says_is_alive(alive: Callable[..., list[str]]) -> None:
    wild = cell(5, 2, ATTACK, ATTACK, path=f"datasets/x/{ATTACK}.csv", sheet=ATTACK)
    quiet = replace(REMARK, silenced=ATTACK, path=ATTACK, kind="total-row", value=ATTACK, details={"sign": True})
    many = [replace(wild, row=row, address=f"B{row}") for row in range(2, 9)]
    for html in (box(wild), box(*many), box(wild, silenced=(quiet, replace(quiet, path="b.csv")))):
        assert alive(html) == []
        assert "<img" not in html
        assert "</b>`" not in html
        assert html.count("<b ") + html.count("<b>") == html.count("</b>")


def test_backticks_become_code() -> None:
    unused = Problem("silence-unused", "warning", "datasets/a/datapackage.yaml", line=4, details={"kind": "x"})
    html = box(unused)
    assert "<code>silence:</code>" in html
    assert "`" not in html
