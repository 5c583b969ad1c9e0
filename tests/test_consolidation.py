"""Many towns' lists of one standard become one: every row with where it is from, nothing averaged, nothing lost."""

import csv
import importlib.util
import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.consolidating.table import ADDED
from kawaraban.fences import find
from kawaraban.intake import Intake, take_in
from kawaraban.model import Problem
from kawaraban.site import Site

REAL = Path(os.environ.get("KAWARABAN_REAL_DATA", "")) / "consolidation"
BENCHMARK = Path(__file__).parent.parent / "benchmarks" / "consolidation.py"
CIRCLES = (
    "番号,避難所名,所在地,緯度,経度,洪水,津波,収容人数\n"
    '1,本町小学校,稲山市本町2丁目5番3号,35.241107,140.254921,○,×,"1,720人"\n'
    "2,柏原公園,稲山市柏原160番地,35.219332,140.276702,×,○,屋内60人、屋外200人\n"
    "3,澄浜町立鵜崎小学校,澄浜町鵜崎1503番地の8,35.155010,140.281250,○,○,350人\n"
)
CODES = (
    "全国地方公共団体コード,ID,名称,所在地_連結表記,緯度,経度,地方公共団体名,災害種別_洪水,災害種別_津波,想定収容人数,備考,独自の列\n"
    "991031,K1,小浦公民館,北磯町小浦88,35.122845,140.266120,北磯町,,1,90,,あ\n"
    "991031,K2,鵜崎小学校,澄浜町鵜崎1503-8,35.155005,140.281248,北磯町,1,,340,要予約,\n"
)
Write = Callable[[Mapping[str, Any]], Path]


def table(intake: Intake) -> list[dict[str, str]]:
    """Give the rows of a dataset's first table."""
    with intake.tables[0].file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def told(intake: Intake) -> list[tuple[str, str, int | None]]:
    return [(each.kind, each.severity, each.line) for each in intake.verdict.problems]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give the function that writes datasets: slug -> {file: content}, or the `kawaraban:` block of one of others."""

    def made(datasets: Mapping[str, Any]) -> Path:
        for slug, files in datasets.items():
            folder = tmp_path / "datasets" / slug
            folder.mkdir(parents=True, exist_ok=True)
            data = [name for name in files if "." in name]
            descriptor: dict[str, Any] = {"title": slug, **files.get("more", {})}
            for name in data:
                body = files[name]
                (folder / name).write_bytes(body if isinstance(body, bytes) else body.encode())
            if data:
                descriptor["resources"] = [{"path": name} for name in data]
            else:
                descriptor["kawaraban"] = {key: value for key, value in files.items() if key != "more"}
            (folder / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
        return tmp_path

    return made


@pytest.fixture
def two_towns(write: Write) -> Path:
    """Two towns in two layouts, and what is made of them."""
    return write({
        "inayama": {"避難所一覧（令和7年4月1日現在）.csv": CIRCLES.encode("cp932")},
        "kitaiso": {"991031_evacuation_space_20250315.csv": "\ufeff" + CODES},
        "area": {"consolidate": ["inayama", "kitaiso"]},
    })  # fmt: skip


def taken(root: Path, slug: str = "area") -> Intake:
    return take_in(read_catalog(root).datasets[slug], Cache(root / "cache"))


# From the descriptor to the table -----------------------------------------------------------------------------


def test_two_layouts_become_one_table(two_towns: Path) -> None:
    intake = taken(two_towns)
    rows = table(intake)
    assert intake.verdict.problems == ()
    assert list(rows[0])[-len(ADDED) :] == list(ADDED)
    assert [row["名称"] for row in rows] == [
        "本町小学校",
        "柏原公園",
        "澄浜町立鵜崎小学校",
        "小浦公民館",
        "鵜崎小学校",
    ]
    assert [row["災害種別_洪水"] for row in rows] == ["1", "0", "1", "", "1"]
    assert [row["想定収容人数"] for row in rows] == ["1720", "屋内60人、屋外200人", "350", "90", "340"]
    types = {field.name: field.type for field in intake.tables[0].fields}
    assert types["災害種別_洪水"] == "boolean"
    assert types["想定収容人数"] == "string"  # one cell is no number, and stays
    assert types["緯度"] == "number"
    assert (rows[0]["公開者"], rows[0]["時点"]) == ("稲山市", "2025-04-01")
    assert (rows[4]["公開者"], rows[4]["時点"]) == ("北磯町", "2025-03-15")
    assert [row["同一施設"] for row in rows] == ["", "", "1", "", "1"]
    assert rows[2]["相違"] == rows[4]["相違"] == "災害種別_津波;想定収容人数"


def test_every_row_is_where_it_says(two_towns: Path) -> None:
    read = read_catalog(two_towns).datasets
    for row in table(taken(two_towns)):
        (resource,) = read[row["元データ"]].resources
        assert resource.path == row["元ファイル"]
        text = resource.file.read_bytes()
        lines = text.decode("cp932" if row["元データ"] == "inayama" else "utf-8-sig").splitlines()
        assert row["名称"] in lines[int(row["行"]) - 1]


def test_what_is_not_in_the_table_is_named(two_towns: Path) -> None:
    told_of = taken(two_towns).consolidation
    assert told_of is not None
    first, second = told_of.parts
    assert (first.recognised, first.columns, first.others) == (8, 8, ())
    assert second.others == (("独自の列", 1),)
    assert (told_of.rows, told_of.places, told_of.groups, told_of.differing) == (5, 4, 1, 1)


def test_the_same_files_give_the_same_bytes_and_another_file_another_table(two_towns: Path) -> None:
    first, again = taken(two_towns), taken(two_towns)
    assert (first.fresh, again.fresh) == (True, False)
    assert (again.tables, again.verdict, again.consolidation) == (first.tables, first.verdict, first.consolidation)
    assert again.dataset.resources == first.dataset.resources
    other = take_in(read_catalog(two_towns).datasets["area"], Cache(two_towns / "other"))
    assert other.tables[0].file.read_bytes() == first.tables[0].file.read_bytes()
    file = two_towns / "datasets" / "kitaiso" / "991031_evacuation_space_20250315.csv"
    file.write_text("\ufeff" + CODES.replace(",340,", ",345,"), encoding="utf-8")
    after = taken(two_towns)
    assert after.fresh
    assert [row["想定収容人数"] for row in table(after)][-1] == "345"


@pytest.mark.parametrize(
    ("own", "key"),
    [
        ({"consolidate": ["inayama", "kitaisso"]}, "there is no dataset {word}"),
        ({"consolidate": ["inayama", "area"]}, "the dataset names itself"),
        ({"consolidate": ["inayama", "both"]}, "{slug} is itself made of others"),
        ({"consolidate": ["inayama", "inayama"]}, "{slug} stands twice in the list"),
        ({"consolidate": "inayama"}, "`{key}` lists datasets by their folders"),
        ({"consolidate": []}, "`{key}` lists datasets by their folders"),
        ({"consolidate": ["inayama"], "against": ["nowhere"]}, "there is no dataset {word}"),
        ({"consolidate": ["inayama"], "stated": 5}, "`{key}` must be a list"),
        ({"consolidate": ["inayama"], "stated": ["5"]}, "a stated total holds keys and values"),
        ({"consolidate": ["inayama"], "stated": [{"count": "many"}]}, "`{key}` must be a number"),
        ({"consolidate": ["inayama"], "stated": [{"total": 5}]}, "a stated total names no number, or no column"),
        ({"consolidate": ["inayama"], "stated": [{"cuont": 5}]}, "`{word}` is not a key of `stated:`"),
    ],
)
def test_a_mistake_in_the_descriptor_has_its_line(write: Write, own: Mapping[str, Any], key: str) -> None:
    root = write({
        "inayama": {"a.csv": CIRCLES}, "kitaiso": {"b.csv": CODES}, "both": {"consolidate": ["inayama"]}, "area": own,
    })  # fmt: skip
    problems = read_catalog(root).datasets["area"].problems
    assert [each.details["what"] for each in problems] == [key]
    line = problems[0].line
    text = (root / "datasets" / "area" / "datapackage.yaml").read_text(encoding="utf-8").splitlines()
    wanted = next(iter(reversed(own)))
    assert line is not None
    assert line >= next(number for number, each in enumerate(text, 1) if wanted in each)
    assert not taken(root).verdict.valid


def test_keys_without_consolidate_and_files_with_it_are_mistakes(write: Write) -> None:
    root = write({"a": {"against": ["b"]}, "b": {"b.csv": CODES}})
    (root / "datasets" / "b" / "datapackage.yaml").write_text(
        "resources: [{path: b.csv}]\nkawaraban: {consolidate: [a]}\n", encoding="utf-8"
    )
    found = {
        slug: [each.details["what"] for each in dataset.problems]
        for slug, dataset in read_catalog(root).datasets.items()
    }
    assert "`{key}` means nothing without `consolidate:`" in found["a"]
    assert "a dataset that is made of others has no file of its own" in found["b"]


def test_a_list_of_another_kind_stays_out_and_says_so(write: Write) -> None:
    visits = "日付,館,来館者数\n2025-04-01,本館,320\n2025-04-02,本館,110\n"
    root = write(
        {"inayama": {"a.csv": CIRCLES}, "visits": {"v.csv": visits}, "area": {"consolidate": ["inayama", "visits"]}}
    )
    intake = taken(root)
    assert [(each.kind, each.severity, each.value) for each in intake.verdict.problems] == [
        ("not-consolidated", "warning", "visits")
    ]
    assert {row["元データ"] for row in table(intake)} == {"inayama"}
    assert intake.consolidation is not None
    assert [part.slug for part in intake.consolidation.parts if part.why] == ["visits"]


def test_where_nothing_can_be_consolidated_the_dataset_is_held(write: Write) -> None:
    root = write({"visits": {"v.csv": "日付,来館者数\n2025-04-01,320\n"}, "area": {"consolidate": ["visits"]}})
    intake = taken(root)
    assert intake.tables == ()
    assert ("not-consolidated", "error", None) in told(intake)


def test_a_list_with_a_mistake_takes_part_and_is_marked(write: Write) -> None:
    broken = CODES.replace("北磯町小浦88,35.122845,140.266120", "北磯町小浦88,35.122845,35.122845")
    root = write({"kitaiso": {"b.csv": broken}, "area": {"consolidate": ["kitaiso"]}})
    assert not taken(root, "kitaiso").verdict.valid
    intake = taken(root)
    assert intake.verdict.valid, told(intake)
    assert [row["検査"] for row in table(intake)] == ["要確認", "要確認"]


def test_a_list_with_personal_data_stays_out(write: Write) -> None:
    private = CODES.replace("要予約", "5105 1051 0510 5100")
    root = write(
        {
            "inayama": {"a.csv": CIRCLES},
            "kitaiso": {"b.csv": private},
            "area": {"consolidate": ["inayama", "kitaiso"]},
        }
    )
    intake = taken(root)
    assert {row["元データ"] for row in table(intake)} == {"inayama"}
    assert [(each.kind, each.value) for each in intake.verdict.problems] == [("not-consolidated", "kitaiso")]
    assert "5105" not in intake.tables[0].file.read_text(encoding="utf-8")


def test_a_problem_points_to_the_file_of_the_town(write: Write) -> None:
    """A sign that is silenced in the town's own dataset is not told a second time; a new one has the town's cell."""
    from kawaraban.consolidating import Taken, consolidate, point_back
    from kawaraban.model import Verdict

    root = write({"kitaiso": {"b.csv": CODES}, "area": {"consolidate": ["kitaiso"]}})
    part = taken(root, "kitaiso")
    parts = [Taken(part.dataset, part.tables, part.verdict)]
    made = consolidate(read_catalog(root).datasets["area"], parts, [], root / "tables")
    path = made.tables[0].origin.path
    found = Problem("type-error", path=path, row=3, column=4, label="想定収容人数", address="D3")
    verdict = point_back(Verdict("area", (found,), 2), made, parts)
    (pointed,) = verdict.problems
    assert (pointed.path, pointed.row, pointed.column, pointed.address) == ("datasets/kitaiso/b.csv", 3, 10, "J3")
    known = Taken(part.dataset, part.tables, Verdict("kitaiso", (pointed,), 2))
    assert point_back(Verdict("area", (found,), 2), made, [known]).problems == ()


@pytest.mark.parametrize(
    ("stated", "differences"),
    [
        ({"count": 4}, ["0"]),
        ({"count": 6}, ["-2"]),
        ({"publisher": "北磯町", "count": 2}, ["0"]),
        ({"column": "想定収容人数", "total": 2155}, ["0"]),  # 1720 + 90 + (340 to 350)
        ({"column": "想定収容人数", "total": 2150}, ["0"]),
        ({"column": "想定収容人数", "total": 2000}, ["+150"]),
        ({"publisher": "稲山市", "column": "想定収容人数", "total": 2071, "count": 3}, ["0", "-1"]),
    ],
)
def test_a_stated_total_is_compared(write: Write, stated: Mapping[str, Any], differences: list[str]) -> None:
    root = write({
        "inayama": {"a.csv": CIRCLES}, "kitaiso": {"b.csv": CODES},
        "area": {"consolidate": ["inayama", "kitaiso"], "stated": [stated]},
    })  # fmt: skip
    intake = taken(root)
    assert intake.consolidation is not None
    assert [each.difference for each in intake.consolidation.totals] == differences
    found = [each for each in intake.verdict.problems if each.kind == "total-differs"]
    assert len(found) == sum(each != "0" for each in differences)
    assert all(each.line and each.severity == "warning" for each in found)


def test_the_reference_is_compared_with_and_not_merged(write: Write) -> None:
    point = {"type": "Point", "coordinates": [140.281248, 35.155005]}
    marks = {"住所": "", "洪水": "1", "高潮": "", "地震": "1", "津波": "", "共通ID": "E1"}
    places = [
        {
            "type": "Feature",
            "geometry": point,
            "properties": {"施設・場所名": "鵜崎小学校", **marks},
        },
        {
            "type": "Feature",
            "geometry": {**point, "coordinates": [140.254921, 35.241107]},
            "properties": {"施設・場所名": "稲山市立本町小学校", **marks},
        },
    ]
    nation = json.dumps({"type": "FeatureCollection", "features": places})
    root = write({
        "inayama": {"a.csv": CIRCLES}, "kitaiso": {"b.csv": CODES}, "nation": {"n.json": nation},
        "area": {"consolidate": ["inayama", "kitaiso"], "against": ["nation"]},
    })  # fmt: skip
    intake = taken(root)
    assert intake.consolidation is not None
    assert [part.found for part in intake.consolidation.parts] == [2, 1]
    assert intake.consolidation.found == 2
    assert {row["元データ"] for row in table(intake)} == {"inayama", "kitaiso"}


def test_rows_that_are_no_places_are_not_called_so(write: Write) -> None:
    names = "都道府県コード又は市区町村コード,地域コード,都道府県名,市区町村名,調査年月日,地域名,総人口,男性,女性"
    header = f"{names},0-4歳の男性,0-4歳の女性,世帯数\n"
    one, other = (
        f"{code},1,北浜県,{town},2025-04-01,本町,120,60,60,3,4,50\n"
        for code, town in (("991031", "北磯町"), ("991023", "稲山市"))
    )
    root = write({"a": {"a.csv": header + one}, "b": {"b.csv": header + other}, "area": {"consolidate": ["a", "b"]}})
    (root / "mkdocs.yml").write_text("site_name: t\n", encoding="utf-8")
    told_of = taken(root).consolidation
    assert told_of is not None
    assert (told_of.standard, told_of.rows, told_of.places) == ("population", 2, 0)
    assert [part.publisher for part in told_of.parts] == ["北浜県北磯町", "北浜県稲山市"]
    page = next(each for each in Site(root).dataset_pages() if each.path == "datasets/area/index.md")
    assert "か所" not in page.text
    assert "この表のまとめ方" in page.text


# On the site --------------------------------------------------------------------------------------------------


def test_the_page_and_the_warehouse_have_it(two_towns: Path) -> None:
    (two_towns / "mkdocs.yml").write_text("site_name: t\nextra: {town: {name: 澄浜町}}\n", encoding="utf-8")
    (two_towns / "docs").mkdir()
    (two_towns / "docs" / "index.md").write_text(
        "```sql\nselect count(*) as n from area where 公開者 = '北磯町'\n```\n", encoding="utf-8"
    )
    warned: list[str] = []
    site = Site(two_towns, warn=warned.append)
    stage = two_towns / "stage"
    site.render(stage)
    page = (stage / "datasets" / "area" / "index.md").read_text(encoding="utf-8")
    for word in ("この表のまとめ方", "独自の列 1", "想定収容人数", "350", "340", "../inayama/index.md"):
        assert word in page
    assert (stage / "datasets" / "area" / "area.csv").read_bytes() == taken(two_towns).tables[0].file.read_bytes()
    assert (stage / "datasets" / "area" / "datapackage.json").is_file()
    (fence,) = find((stage / "index.md").read_text(encoding="utf-8").split("\n"))
    assert ">2<" in site.draw(fence)
    assert warned == []


def test_names_cannot_act_on_the_page(write: Write, alive: Callable[..., list[str]]) -> None:
    from markdown import Markdown

    payload = "<img src=x onerror=alert(1)>|[x](javascript:alert(1))"
    hostile = CODES.replace("小浦公民館", payload).replace("独自の列", payload).replace("北磯町,", f"{payload},")
    root = write({"a": {"避難所.csv": hostile}, "b": {"避難所.csv": hostile.replace(",90,", ",80,")},
                  "area": {"consolidate": ["a", "b"]}})  # fmt: skip
    (root / "mkdocs.yml").write_text("site_name: t\n", encoding="utf-8")
    page = next(each for each in Site(root).dataset_pages() if each.path == "datasets/area/index.md")
    assert "alert" in page.text
    told_of = page.text[page.text.index("\n---", 4) :]
    assert alive(Markdown(extensions=["tables"]).convert(told_of)) == []


def test_a_change_of_a_part_is_a_change_of_the_whole(two_towns: Path) -> None:
    from click.testing import CliRunner

    from kawaraban.cli import main

    def git(*arguments: str) -> None:
        person = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(two_towns), *person, *arguments], check=True, capture_output=True)

    (two_towns / ".gitignore").write_text(".kawaraban\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    file = two_towns / "datasets" / "kitaiso" / "991031_evacuation_space_20250315.csv"
    file.write_text("\ufeff" + CODES.replace(",340,", ",345,"), encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(two_towns), "--lang", "en", "validate", "--since", "HEAD"])
    assert done.exit_code == 0, done.output
    assert "2 of 3 datasets changed" in done.output
    for form in ("json", "github", "markdown", "junit"):
        done = CliRunner().invoke(main, ["--root", str(two_towns), "validate", "--format", form])
        assert done.exit_code == 0, done.output


# Real files ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("consolidation_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not REAL.is_dir(), reason="KAWARABAN_REAL_DATA is not set")
def test_ten_towns_become_one(benchmark: ModuleType, tmp_path: Path) -> None:
    truths = benchmark.truths_of(REAL, benchmark.TRUTH)
    towns = benchmark.project(tmp_path, REAL, truths)
    by_slug = {slug: truth for slug, truth in benchmark.by_slug(truths).items() if slug in towns}
    intake = taken(tmp_path, "all")
    assert intake.consolidation is not None
    assert [part.why for part in intake.consolidation.parts] == [""] * len(by_slug)
    assert {part.slug: part.rows for part in intake.consolidation.parts} == {
        slug: truth["rows"] for slug, truth in by_slug.items()
    }
    cells = [fine for *_, fine, _ in benchmark.compare(tmp_path, by_slug, intake)]
    assert len(cells) > 10_000
    assert sum(cells) >= 0.95 * len(cells)
    assert intake.consolidation.found is not None
    assert intake.consolidation.found >= 0.85 * intake.consolidation.places
