"""What went wrong from one version to the next is told, and what is usual is not; out of real git repositories."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kawaraban import history
from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset, read_catalog
from kawaraban.checking.changes import CHANGES
from kawaraban.checking.periods import RIGHT, WRONG, Period, read_period, series_column
from kawaraban.checking.staleness import Interval, read_interval
from kawaraban.checking.versions import KINDS, compare_versions
from kawaraban.cli import main
from kawaraban.comparing import Comparison, this_day
from kawaraban.intake import Intake, make_table, take_in
from kawaraban.model import Dataset, Origin, Problem, Table
from kawaraban.reporting.sayings import SENTENCES

TODAY = date(2025, 5, 10)
Version = tuple[Dataset, tuple[Table, ...]]


@pytest.fixture
def version(tmp_path: Path) -> Callable[..., Version]:
    """Give the function that makes a version of a dataset out of the text of its files."""
    made: list[Path] = []

    def make(*texts: str, own: Mapping[str, Any] | None = None, key: str = "", names: Sequence[str] = ()) -> Version:
        folder = tmp_path / f"v{len(made)}" / "datasets" / "visitors"
        folder.mkdir(parents=True)
        made.append(folder)
        resources: list[dict[str, Any]] = []
        for number, text in enumerate(texts):
            name = names[number] if names else f"table-{number}"
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            resources.append({"path": f"{name}.csv", "name": name})
        descriptor = {"resources": resources, "kawaraban": dict(own or {})}
        dataset = build_dataset(folder, "datasets/visitors/datapackage.yaml", descriptor, {})
        tables = [make_table(each, each.path, Cache(tmp_path / "cache")) for each in dataset.resources]
        keyed = [replace(each, schema={**each.schema, "primaryKey": key}) if key else each for each in tables]
        return dataset, tuple(keyed)

    return make


def found(new: Version, old: Version, *earlier: Version) -> list[tuple[str, str, str]]:
    """Give (kind, address, label) of each problem between two versions."""
    told = compare_versions(*new, *old, "2025-04-01", TODAY, earlier=lambda: [tables for _, tables in earlier])
    return [(each.kind, each.address, each.label) for each in told]


def rows(count: int, first: int = 0) -> str:
    """Give a list of facilities."""
    return "名称,席数\n" + "".join(f"集会所{n},{20 + n % 7}\n" for n in range(first, first + count))


def days(*numbers: int, month: int = 4, people: int = 30) -> str:
    """Give a series of days."""
    return "日付,館,来館者数\n" + "".join(f"2025-{month:02}-{n:02},本館,{people + n}\n" for n in numbers)


WARD = "年度,地区,予算額\n2024,駅前,1200\n2024,汐見,1300\n2024,白砂,1100\n"
WIDE = "名称,住所,定員,備考\n本館,1丁目,30,有\n分館,2丁目,40,\n別館,3丁目,50,\n"

CASES: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "nothing changed": (rows(20), rows(20), []),
    "all rows gone": (rows(0), rows(20), [("rows-gone", "", "")]),
    "only blank rows left": ("名称,席数\n,\n,\n", rows(20), [("rows-gone", "", "")]),
    "half of the rows gone": (rows(10), rows(20), [("rows-dropped", "", "")]),
    "one row in ten gone": (rows(18), rows(20), []),
    "a small table": (rows(3), rows(6), []),
    "blank rows taken out": (rows(20), rows(20) + ",\n" * 30, []),
    "rows added": (rows(40), rows(20), []),
    "the first rows there were": (rows(20), rows(0), []),
    "a column gone": (
        WIDE.replace(",備考", "").replace(",有", "").replace(",\n", "\n"),
        WIDE,
        [("column-gone", "", "備考")],
    ),
    "a column added": (WIDE.replace("備考", "備考,電話").replace("\n本", "\n本"), WIDE, []),
    "a column by a like name": (WIDE.replace("定員", "定員 "), WIDE, [("column-renamed", "C1", "定員 ")]),
    "a column with the same values": (WIDE.replace("住所", "所在地"), WIDE, [("column-renamed", "B1", "所在地")]),
    "another column instead": (
        WIDE.replace("住所", "電話").replace("丁目", "0-0000"),
        WIDE,
        [("column-gone", "", "住所")],
    ),
    "the columns in another order": ("定員,名称\n30,本館\n40,分館\n", "名称,定員\n本館,30\n分館,40\n", []),
    "no column left": ("利用案内,,\n本館,30,1\n", "名称,定員,階\n本館,30,1\n", [("column-gone", "", "")]),
    "a day added": (days(1, 2, 3, 4), days(1, 2, 3), []),
    "a row added, no day": (days(1, 2, 3, 3), days(1, 2, 3), [("date-not-advancing", "A1", "日付")]),
    "a past day corrected": (days(1, 2, 3).replace("32", "33"), days(1, 2, 3), []),
    "the figures of a day replaced": (
        days(1, 1, 1, people=50),
        days(1, 1, 1),
        [("date-not-advancing", "A1", "日付")],
    ),
    "the next day's figures": (days(2, 2, 2, people=50), days(1, 1, 1), []),
    "an older file": (days(1, 2, 3, month=3), days(1, 2, 3), [("date-went-back", "A1", "日付")]),
    "a row added within a year": (WARD + "2024,稲瀬,1200\n", WARD, []),
    "months in a column of their own": (
        "年,月,人数\n2025,3,10\n2025,4,12\n",
        "年,月,人数\n2025,3,10\n",
        [],
    ),
    "days in a column of their own": (
        "年度,月,日,人数\n2024,12,31,9\n2024,1,1,10\n2024,1,2,12\n",
        "年度,月,日,人数\n2024,12,31,9\n2024,1,1,10\n",
        [],
    ),
    "a month twice": (
        "年,月,人数\n2025,3,10\n2025,3,12\n",
        "年,月,人数\n2025,3,10\n",
        [("date-not-advancing", "A1", "年")],
    ),
    "by era": (
        "調査日,人数\n令和7年3月1日,10\n令和7年2月1日,12\n",
        "調査日,人数\n令和7年4月1日,10\n令和7年3月1日,12\n",
        [("date-went-back", "A1", "調査日")],
    ),
    "years of opening": (
        "名称,開設年月日\n本館,1990-04-01\n分館,1985-04-01\n",
        "名称,開設年月日\n本館,1990-04-01\n",
        [],
    ),
    "thousands of yen as yen": (
        WARD.replace("00\n", "00000\n"),
        WARD,
        [("total-jumped", "C1", "予算額")],
    ),
    "all values 0": (
        "年度,地区,予算額\n2024,駅前,0\n2024,汐見,0\n2024,白砂,0\n",
        WARD,
        [("total-jumped", "C1", "予算額")],
    ),
    "a total that doubled": (WARD.replace(",1", ",2"), WARD, []),
    "a total of ten times as many rows": (rows(200), rows(20), []),
    "other codes": (
        "名称,地区コード\n本館,1\n分館,2\n別館,3\n",
        "名称,地区コード\n本館,1001\n分館,1002\n別館,1003\n",
        [],
    ),
    "other places": ("名称,緯度\n本館,35.1\n分館,35.2\n別館,35.3\n", "名称,緯度\n本館,3.5\n分館,3.5\n別館,3.5\n", []),
}


@pytest.mark.parametrize("case", CASES)
def test_what_changed_is_found_and_only_that(case: str, version: Callable[..., Version]) -> None:
    new, old, told = CASES[case]
    assert found(version(new), version(old)) == told


def test_every_kind_is_in_a_case_and_has_its_sentences() -> None:
    in_cases = {kind for _, _, told in CASES.values() for kind, _, _ in told}
    assert in_cases == set(CHANGES)
    assert {*CHANGES, "table-gone", "stale", "updates-not-understood"} == KINDS
    assert all(all(SENTENCES[kind]) for kind in KINDS)


def test_a_drop_that_happened_before_is_usual(version: Callable[..., Version]) -> None:
    new, old = version(rows(10)), version(rows(20))
    assert found(new, old, version(rows(19)))[0][0] == "rows-dropped"
    assert found(new, old, version(rows(9)), version(rows(20))) == []


def test_a_total_that_always_jumps_is_usual_and_a_small_jump_of_a_steady_one_is_not(
    version: Callable[..., Version],
) -> None:
    once, ten, hundred = (version(WARD.replace("00\n", zeros)) for zeros in ("00\n", "000\n", "0000\n"))
    assert [kind for kind, *_ in found(hundred, ten, version(WARD), version(WARD))] == []
    assert [kind for kind, *_ in found(ten, once, hundred, ten)] == []
    times_four, a_bit = version(WARD.replace(",1", ",4")), version(WARD.replace("1100", "1150"))
    assert [kind for kind, *_ in found(times_four, once, a_bit, version(WARD))] == ["total-jumped"]
    assert [kind for kind, *_ in found(times_four, once)] == []


def test_earlier_versions_are_not_read_where_nothing_is_suspicious(version: Callable[..., Version]) -> None:
    def refuse() -> Sequence[Sequence[Table]]:
        raise AssertionError("the versions before the old one were read")

    (dataset, tables), old = version(days(1, 2, 3, 4)), version(days(1, 2, 3))
    assert list(compare_versions(dataset, tables, *old, "2025-04-01", TODAY, earlier=refuse)) == []


def test_a_resource_that_is_gone_is_told_of_the_descriptor(version: Callable[..., Version]) -> None:
    old = version(rows(8), days(1, 2), names=("sites", "visits"))
    assert found(version(rows(8), names=("sites",)), old) == [("table-gone", "", "")]
    assert found(version(days(1, 2, 3), rows(8), names=("visits", "sites")), old) == []


def test_the_key_tells_of_a_date_column_whose_name_does_not(version: Callable[..., Version]) -> None:
    new, old = "日程,数\n2025-03-01,1\n", "日程,数\n2025-04-01,1\n2025-03-01,1\n"
    assert found(version(new, key="日程"), version(old, key="日程")) == [("date-went-back", "A1", "日程")]
    assert found(version(new), version(old)) == []


# Periods and intervals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "fiscal", "start", "end"), RIGHT)
def test_periods(text: str, fiscal: bool, start: str, end: str) -> None:
    assert read_period(text, fiscal) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize("text", WRONG)
def test_no_periods(text: str) -> None:
    assert read_period(text) is None


@pytest.mark.parametrize(
    "name", ["日付", "年月日", "年度", "調査日", "測定日時", "基準年月日", "更新日", "date", "Year", "時点（現在）"]
)
def test_columns_of_a_series(name: str, tmp_path: Path) -> None:
    table = Table("t", tmp_path, "", ("名称", name), 1, {"fields": []}, True, Origin("t.csv"), "utf-8")
    assert series_column(table) == 1


@pytest.mark.parametrize(
    "name", ["開設年", "生年月日", "開催日", "指定年月日", "築年", "年齢", "日本語", "曜日", "updates"]
)
def test_columns_of_something_else(name: str, tmp_path: Path) -> None:
    table = Table("t", tmp_path, "", ("名称", name), 1, {"fields": []}, True, Origin("t.csv"), "utf-8")
    assert series_column(table) is None


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("P1D", Interval(0, 1)), ("P2W", Interval(0, 14)), ("P3M", Interval(3, 0)), ("P1Y", Interval(12, 0)),
        ("P1Y6M", Interval(18, 0)), (" P7D ", Interval(0, 7)), ("P", None), ("P0D", None), ("1M", None),
        ("PT12H", None), ("毎月", None), ("p1m", None), ("P99999999999Y", None), ("P1.5M", None),
    ],
)  # fmt: skip
def test_intervals(text: str, interval: Interval | None) -> None:
    assert read_interval(text) == interval


def test_an_interval_after_the_last_of_a_month_ends_with_the_month() -> None:
    assert Interval(1, 0).after(date(2025, 1, 31)) == date(2025, 2, 28)
    assert Interval(12, 0).after(date(2024, 2, 29)) == date(2025, 2, 28)
    assert Interval(1, 5).after(date(2024, 12, 31)) == date(2025, 2, 5)


# Staleness ---------------------------------------------------------------------------------------------------


def stale(new: Version, today: str, updated: str = "") -> list[tuple[str, str]]:
    told = compare_versions(*new, None, (), "", date.fromisoformat(today), updated)
    return [(each.kind, each.value) for each in told]


STALE = [
    (days(1, 2, 3), "P1D", "2025-04-07", False),  # a weekend lies between
    (days(1, 2, 3), "P1D", "2025-04-08", True),
    (days(1, 2, 3), "P1M", "2025-05-18", False),
    (days(1, 2, 3), "P1M", "2025-05-19", True),
    ("年月,人数\n2025-03,10\n", "P1M", "2025-05-15", False),  # the month ends on the 31st
    ("年月,人数\n2025-03,10\n", "P1M", "2025-05-16", True),
    (WARD, "P1Y", "2026-09-27", False),  # 2024年度 ends in March 2025
    (WARD, "P1Y", "2026-09-28", True),
    ("年,将来人口\n2050,900\n", "P1Y", "2030-01-01", False),
    (days(1), "P1D", "2025-01-01", False),  # from the future
]


@pytest.mark.parametrize(("text", "updates", "today", "is_stale"), STALE)
def test_data_is_stale_half_an_interval_after_it_was_due(
    text: str, updates: str, today: str, is_stale: bool, version: Callable[..., Version]
) -> None:
    told = stale(version(text, own={"updates": updates}), today, updated="2024-01-01")
    assert [kind for kind, _ in told] == ["stale"] * is_stale


def test_data_without_dates_is_as_old_as_its_last_change(version: Callable[..., Version]) -> None:
    new = version(rows(5), own={"updates": "P1M"})
    assert stale(new, "2025-05-17", "2025-04-01") == [("stale", "2025-04-01")]
    assert stale(new, "2025-05-16", "2025-04-01") == []
    assert stale(new, "2035-05-16") == [], "nobody knows when it was changed"


def test_without_an_interval_nothing_is_stale_and_a_wrong_one_is_told(version: Callable[..., Version]) -> None:
    assert stale(version(days(1)), "2035-01-01") == []
    for wrong in ("monthly", 12, ["P1M"]):
        told = stale(version(days(1), own={"updates": wrong}), "2035-01-01")
        assert told == [("updates-not-understood", str(wrong))]


# Out of git --------------------------------------------------------------------------------------------------

YAML = "title: 来館者数\nresources:\n  - {name: visitors, path: 来館者数.csv}\n"


class Town:
    """A project with one dataset in a repository of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / "datasets" / "visitors" / "来館者数.csv"
        self.yaml = self.file.with_name("datapackage.yaml")
        self.file.parent.mkdir(parents=True)
        (root / "mkdocs.yml").write_text("site_name: 試し町\n", encoding="utf-8")
        (root / ".gitignore").write_text(".kawaraban/\n", encoding="utf-8")
        self.yaml.write_text(YAML, encoding="utf-8")

    def git(self, *words: str, day: str = "2025-04-01") -> None:
        who = ("-c", "user.name=役場", "-c", "user.email=town@example.org", "-c", "commit.gpgsign=false")
        moment = {"GIT_AUTHOR_DATE": f"{day}T09:00:00+0900", "GIT_COMMITTER_DATE": f"{day}T09:00:00+0900"}
        subprocess.run(
            ["git", *who, *words], cwd=self.root, env={**os.environ, **moment}, check=True, capture_output=True
        )

    def commit(self, text: str, day: str) -> None:
        """Commit a version of the file."""
        if not (self.root / ".git").is_dir():
            self.git("init", "--quiet", "--initial-branch=main")
        self.file.write_text(text, encoding="utf-8")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", day, day=day)

    def compared(self, since: str | None = None, today: date = TODAY) -> Intake:
        cache = Cache(self.root / ".kawaraban" / "cache")
        dataset = read_catalog(self.root).datasets["visitors"]
        return Comparison(self.root, cache, since, today)(take_in(dataset, cache))

    def told(self, since: str | None = None, today: date = TODAY) -> list[tuple[str, str]]:
        """Give (kind, date of the version it was compared with) of what the comparison found."""
        problems: Sequence[Problem] = self.compared(since, today).verdict.problems
        return [(each.kind, str(each.details.get("before", ""))) for each in problems]


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return Town(tmp_path / "town")


def test_a_changed_file_is_compared_with_the_last_commit(town: Town) -> None:
    town.commit(rows(40), "2025-03-01")
    town.commit(rows(20), "2025-04-01")
    town.file.write_text(rows(0), encoding="utf-8")
    assert town.told() == [("rows-gone", "2025-04-01")]
    town.file.write_text(rows(21), encoding="utf-8")
    assert town.told() == []


def test_a_committed_file_is_compared_with_the_version_before_and_another_dataset_counts_for_nothing(
    town: Town,
) -> None:
    town.commit(rows(40), "2025-03-01")
    town.commit(rows(20), "2025-04-01")
    (town.root / "datasets" / "other").mkdir()
    (town.root / "datasets" / "other" / "note.txt").write_text("別のもの", encoding="utf-8")
    town.commit(rows(20), "2025-04-02")
    assert town.told() == [("rows-dropped", "2025-03-01")]


def test_any_revision_can_be_compared_with(town: Town) -> None:
    town.commit(rows(40), "2025-03-01")
    town.git("tag", "spring")
    town.commit(rows(34), "2025-04-01")
    town.commit(rows(28), "2025-04-02")
    assert town.told() == []
    assert town.told(since="spring") == [("rows-dropped", "2025-03-01")]


def test_a_project_may_be_a_folder_of_the_repository(town: Town) -> None:
    town.git("init", "--quiet", "--initial-branch=main", "..")
    town.file.write_text(rows(20), encoding="utf-8")
    town.git("add", ".")
    town.git("commit", "--quiet", "--message", "first")
    town.file.write_text(rows(0), encoding="utf-8")
    assert town.told() == [("rows-gone", "2025-04-01")]


def test_the_versions_before_say_what_is_usual(town: Town) -> None:
    for day, count in (("2025-01-01", 40), ("2025-02-01", 10), ("2025-03-01", 40), ("2025-04-01", 10)):
        town.commit(rows(count), day)
    assert town.told() == []


def test_without_an_earlier_version_nothing_is_told(town: Town) -> None:
    town.file.write_text(rows(0), encoding="utf-8")
    assert town.told() == [], "there is no git"
    town.git("init", "--quiet")
    assert town.told() == [], "nothing was committed"
    town.commit(rows(0), "2025-04-01")
    assert town.told() == [], "it is the first version"


def test_without_git_data_is_stale_all_the_same(town: Town) -> None:
    town.yaml.write_text(YAML + "kawaraban: {updates: P1D}\n", encoding="utf-8")
    town.file.write_text(days(1, 2, 3), encoding="utf-8")
    (problem,) = town.compared().verdict.problems
    assert (problem.kind, problem.line, problem.value) == ("stale", 4, "2025-04-03")
    assert town.told(today=date(2025, 4, 4)) == []


def test_a_file_that_is_not_committed_yet_was_changed_today(town: Town) -> None:
    town.yaml.write_text(YAML + "kawaraban: {updates: P1M}\n", encoding="utf-8")
    town.commit(rows(20), "2025-01-01")
    assert town.told() == [("stale", "")]
    town.file.write_text(rows(21), encoding="utf-8")
    assert town.told() == []


def test_a_version_kept_elsewhere_or_unreadable_is_no_version_of_the_data(town: Town) -> None:
    town.commit("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "2025-03-01")
    town.commit(rows(20), "2025-04-01")
    assert town.told() == []
    town.file.write_bytes(b"\x00\x81\xff")
    town.git("commit", "--quiet", "--all", "--message", "broken", day="2025-04-02")
    town.commit(rows(20), "2025-04-03")
    assert town.told() == []


def test_a_comparison_is_kept_and_made_anew_when_the_file_or_the_day_is_another(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.commit(rows(40), "2025-03-01")
    town.commit(rows(20), "2025-04-01")
    assert town.told() == [("rows-dropped", "2025-03-01")]
    restored: list[str] = []
    real = history.restore

    def restore(root: Path, slug: str, revision: str, target: Path) -> bool:
        restored.append(slug)
        return real(root, slug, revision, target)

    monkeypatch.setattr(history, "restore", restore)
    assert town.told() == [("rows-dropped", "2025-03-01")]
    assert restored == []
    town.file.write_text(rows(19), encoding="utf-8")
    assert town.told() == []
    assert town.told(today=date(2025, 5, 11)) == []
    assert restored == ["visitors", "visitors"]


def test_a_reason_silences_and_a_rule_for_what_is_not_found_is_told(town: Town) -> None:
    town.commit(rows(40), "2025-03-01")
    rule = "kawaraban: {silence: [{problem: rows-dropped, reason: 統合で半分になりました}]}\n"
    town.yaml.write_text(YAML + rule, encoding="utf-8")
    town.commit(rows(20), "2025-04-01")
    verdict = town.compared().verdict
    assert verdict.problems == ()
    assert [(each.kind, each.silenced) for each in verdict.silenced] == [("rows-dropped", "統合で半分になりました")]
    town.commit(rows(21), "2025-04-02")
    assert town.told() == [("silence-unused", "")]


def test_a_rule_for_what_nobody_looked_for_is_not_called_unused(town: Town) -> None:
    rules = (
        "[{problem: rows-dropped, reason: 統合}, {problem: stale, reason: 見本}, {problem: no-such-kind, reason: x}]"
    )
    town.yaml.write_text(f"{YAML}kawaraban: {{updates: P1Y, silence: {rules}}}\n", encoding="utf-8")
    town.file.write_text(rows(20), encoding="utf-8")
    unused = [each.details["kind"] for each in town.compared().verdict.problems]
    assert unused == ["no-such-kind"]
    town.commit(rows(20), "2025-04-01")
    town.commit(rows(21), "2025-04-02")
    unused = [each.details["kind"] for each in town.compared().verdict.problems]
    assert unused == ["no-such-kind", "rows-dropped"], "now there is something to compare with"


def test_only_a_column_can_be_silenced(town: Town) -> None:
    town.commit(WIDE, "2025-03-01")
    town.yaml.write_text(
        YAML + "kawaraban: {silence: [{problem: column-gone, column: 備考, reason: 使われていません}]}\n",
        encoding="utf-8",
    )
    town.commit("名称,住所\n本館,1丁目\n分館,2丁目\n別館,3丁目\n", "2025-04-01")
    verdict = town.compared().verdict
    assert [each.label for each in verdict.problems] == ["定員"]
    assert [each.label for each in verdict.silenced] == ["備考"]


def test_today_is_that_of_the_source_where_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1746000000")
    assert this_day() == date(2025, 4, 30)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert this_day() >= date(2026, 1, 1)


def test_validate_tells_it_in_japanese(town: Town) -> None:
    town.commit(rows(40), "2025-03-01")
    town.commit(rows(20), "2025-04-01")
    call = ["--root", str(town.root), "--lang", "ja", "validate"]
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 0, done.output
    assert "2025-03-01 の版の 40 行が 20 行になりました（50% 減）" in done.output
    town.commit(rows(0), "2025-04-02")
    done = CliRunner().invoke(main, call)
    assert done.exit_code == 1
    assert "2025-04-01 の版にあった 20 行が、すべてなくなっています" in done.output
