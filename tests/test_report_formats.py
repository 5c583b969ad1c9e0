"""What each format makes of problems: it says them whole, and nothing that a cell holds acts there."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown import Markdown

from kawaraban.model import Problem, Verdict
from kawaraban.reporting import TEXTS
from kawaraban.reporting.characters import plain
from kawaraban.reporting.github import github_report
from kawaraban.reporting.junit import junit_report
from kawaraban.reporting.markdown import escaped, markdown_report
from kawaraban.reporting.sarif import sarif_report
from kawaraban.reporting.target import Target
from verdicts import EVERYTHING, INTEGER, PEOPLE, REMARK, SITES, cell

TRICKS = [
    "x\n::error::pwn", "x\r\n::warning file=a::b", "%0A::error::x", "::add-mask::a", "##[error]x", "a,b:c%d",
    "[link](javascript:alert(1))", "<img src=x onerror=alert(1)>", "@everyone @org/team", "`` ` ``", "| a | b |",
    "![](https://127.0.0.1:9/beacon.png)", "<!-- --> <script>", "a\0b", "\x1b[2J\x1b]0;t\x07", "\x9b31m", "a\u202eb",
    "www.example.org https://example.org/ mail@example.org", "#1 GH-2", "]]>", "\ud800", "\ufffe",
    "$x$ ~~x~~ *a* _b_",
    "{.a onclick=x}", ":smile:", "\u2028", "--", "'\"&", "=1+1", "\ufeff\u200b", "a\tb",
]  # fmt: skip


# What a cell holds stays what it is --------------------------------------------------------------------------


def tricked(trick: str) -> Verdict:
    """Give a verdict in which every text that a contributor chooses is `trick`."""
    problem = Problem(
        "unique-error", path=f"datasets/{trick}/{trick}.csv", sheet=trick, row=3, column=1, address=f"[2].{trick}",
        label=trick, value=trick, details={"note": trick},
    )  # fmt: skip
    quoted = Problem(
        "descriptor-error", hint="check it", details={"what": "two fields are named {name}", "name": trick}
    )
    return Verdict(trick, (problem, quoted), 1, silenced=(replace(REMARK, silenced=trick),))


def acting(text: str) -> list[str]:
    """Give the letters that act or cannot be seen; line ends are ours."""
    return [letter for letter in text if letter != "\n" and plain(letter) != letter]


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_in_a_report_acts(trick: str, alive: Callable[..., list[str]]) -> None:
    verdict = tricked(trick)
    for form in ("text", "github", "markdown", "junit", "sarif"):
        report = TEXTS[form]([verdict], 1.0, "ja", Target())
        assert acting(report) == [], form
        report.encode()
    for line in github_report([verdict], 1.0, "ja").splitlines():
        assert re.match(r"::(error|notice) [^:]*::", line), line
    html = Markdown(extensions=["tables", "attr_list", "md_in_html"]).convert(markdown_report([verdict], 1.0, "ja"))
    assert alive(html) == []
    assert "<a " not in html
    assert "<img" not in html
    suites = ElementTree.fromstring(junit_report([verdict], 1.0, "ja"))  # noqa: S314 - our own
    assert suites.find("testsuite").get("name") == plain(trick)
    listed = json.loads(TEXTS["json"]([verdict], 1.0, "ja", Target()))["kawaraban"]["datasets"][0]
    assert listed["problems"][0]["value"] == trick


def test_the_attacks_that_were_really_tried_do_nothing(real_data: Path, alive: Callable[..., list[str]]) -> None:
    found: list[str] = []
    for name in ("gha_commands", "html", "unicode", "formula"):
        listed = json.loads((real_data / f"hostile/own-cases/{name}.json").read_text(encoding="utf-8"))
        found += [str(each) for each in (listed if isinstance(listed, list) else listed.values())]
    assert len(found) > 30
    for trick in found:
        test_nothing_in_a_report_acts(trick, alive)


def unescaped(line: str) -> tuple[dict[str, str], str]:
    """Give properties and message of a workflow command, as the runner reads it."""
    _, command, message = line.split("::", 2)
    pairs = [pair.split("=", 1) for pair in command.split(" ", 1)[1].split(",")]

    def plainly(text: str, *more: tuple[str, str]) -> str:
        for coded, letter in (*more, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(coded, letter)
        return text

    return {name: plainly(text, ("%3A", ":"), ("%2C", ",")) for name, text in pairs}, plainly(message)


def test_a_workflow_command_says_what_the_problem_is() -> None:
    problem = cell(5, 2, "男", "1,5%: x", path="datasets/a,b/百%.csv", line=7)
    properties, message = unescaped(github_report([Verdict("a", (problem,), 9)], 1.0, "ja").splitlines()[0])
    assert properties == {"file": "datasets/a,b/百%.csv", "line": "7", "title": "B5 (type-error)"}
    assert message == "『1,5%: x』は整数ではありません → 120 のように、半角数字だけで書いてください"


def test_ten_annotations_of_a_kind_the_worst_first_and_the_rest_is_counted() -> None:
    remarks = tuple(replace(REMARK, row=row, address=str(row)) for row in range(10, 35))
    worse = replace(REMARK, severity="error", row=99, address="99")
    report = github_report([replace(PEOPLE, problems=(*PEOPLE.problems, *remarks, worse))], 1.0, "ja")
    lines = report.splitlines()
    assert [sum(f"({kind})" in line for line in lines) for kind in ("type-error", "duplicate-row")] == [10, 10]
    assert next(line for line in lines if "(duplicate-row)" in line).startswith("::error ")
    assert "D5 (type-error)" in report, "another trouble of the kind is not hidden by the many"
    assert lines[-1].startswith("::notice ")
    assert "3,008 件あります: type-error 2,991, duplicate-row 17" in lines[-1]


# Markdown, JUnit, SARIF, JSON --------------------------------------------------------------------------------


def test_markdown_keeps_below_its_limit_and_says_that_it_was_cut() -> None:
    verdicts = [replace(SITES, slug=f"sites-{number}") for number in range(3000)]
    whole = markdown_report(verdicts[:20], 1.0, "ja")
    assert "ここで切りました" not in whole
    for most in (2000, 20_000, 1_000_000):
        report = markdown_report(verdicts, 1.0, "ja", most=most)
        assert most * 0.8 < len(report.encode()) < most or most == 1_000_000
        assert report.rstrip().endswith("ここで切りました。全部は &#96;kawaraban validate&#96; で見られます。") == (
            len(report.encode()) < most
        )


@pytest.mark.parametrize(
    "trick", ["甲|乙", "a`b`c", "*a* _b_", "<b>", "#1", "a@b", "{.x}", "[a]", "~~~", "a\\|b", "$1"]
)
def test_a_markdown_cell_reads_as_it_was_written(trick: str) -> None:
    html = Markdown(extensions=["tables"]).convert(f"| 列 |\n|---|\n| {escaped(trick)} |\n")
    shown = re.search(r"<td>(.*?)</td>", html, re.S)
    assert shown
    assert unescape(shown[1].replace("<!-- -->", "")) == trick


def test_junit_counts_and_skips() -> None:
    root = ElementTree.fromstring(junit_report(EVERYTHING, 1.5, "ja"))  # noqa: S314 - our own
    assert {name: root.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "9", "failures": "5", "skipped": "1", "errors": "0",
    }  # fmt: skip
    failed = root.find("testsuite[@name='people']/testcase[@name='type-error']/failure")
    assert failed is not None
    assert failed.get("message") == "問題 3,001 件"
    assert "はじめの 3 件" in (failed.text or "")
    assert root.find("testsuite[@name='clean']/testcase[@name='valid']") is not None


def test_sarif_has_the_structure_of_2_1_0() -> None:
    report = json.loads(sarif_report(EVERYTHING, 1.0, "ja", Target(prefix="町/")))
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
    assert len(run["results"]) == len(PEOPLE.problems) + len(SITES.problems)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert re.fullmatch(r"[\x21-\x7e]+", location["physicalLocation"]["artifactLocation"]["uri"])
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    duplicate = next(rule for rule in rules if rule["id"] == "duplicate-row")
    assert duplicate["help"]["text"].startswith("すべてのセルが同じ行は、合計で二重に数えられます。")


def test_a_message_of_sarif_has_no_link_and_no_argument() -> None:
    problem = replace(SITES.problems[1], value="[押す](1) {0}", sheet=None)
    (run,) = json.loads(sarif_report([replace(SITES, problems=(problem,))], 1.0, "ja"))["runs"]
    told = run["results"][0]["message"]["text"]
    assert told == "B8: 列「名称」に『\\[押す\\](1) {{0}}』が2回以上あります → 同じ値は1回だけにしてください"


def test_sarif_says_what_it_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawaraban.reporting.sarif.MOST", 10)
    (run,) = json.loads(sarif_report([PEOPLE], 1.0, "ja"))["runs"]
    assert len(run["results"]) == 10
    told = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told == "ほかに2,993件あります"


def test_json_lists_every_problem_and_what_is_silenced() -> None:
    report = json.loads(TEXTS["json"](EVERYTHING, 1.0, "ja", Target()))
    assert set(report) == {"valid", "stats", "warnings", "errors", "tasks", "kawaraban"}
    assert report["stats"] == {"tasks": 0, "errors": 3005, "warnings": 2, "seconds": 1.0}
    people, sites, _ = report["kawaraban"]["datasets"]
    assert len(people["problems"]) == len(PEOPLE.problems)
    assert [each["reason"] for each in people["silenced"]] == ["入口が2つある"] * 2
    assert sites["problems"][0]["line"] == 4
    assert sites["problems"][0]["place"] == "4 行目"
    assert sites["problems"][2]["place"] == "1 件目の 階数"
    assert people["problems"][0]["details"] == INTEGER
