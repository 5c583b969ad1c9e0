"""The municipal standard datasets: their facts hold together, files are told apart, each has its page."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from kawaraban.cli import main
from kawaraban.errors import KawarabanError
from kawaraban.standards import (
    STANDARDS,
    Edition,
    Source,
    Standard,
    canonical,
    convert,
    fields_for,
    fill,
    match,
    schema_of,
    spelling,
    standard,
    standards,
    views_for,
)
from kawaraban.standards.catalogue import FOLDER
from kawaraban.standards.convert import part_of
from kawaraban.standards.match import match_to
from kawaraban.standards.spelling import fold
from scenes import Scene, look_at
from standard_pages import index, page

MANUAL = Path(__file__).parent.parent / "docs" / "manual" / "standards"
DATA = Path(os.environ.get("KAWARABAN_REAL_DATA", "/nowhere"))
COMPLETE = [
    (each.name, edition.name)
    for each in standards()
    for edition in each.editions.values()
    if edition.completeness == "complete"
]
SHOPS = "店舗名,業種,住所,電話番号,定休日,緯度,経度"


def editions() -> Iterator[tuple[Standard, Edition]]:
    for each in standards():
        for edition in each.editions.values():
            yield each, edition


# The facts ------------------------------------------------------------------------------------------------


def test_every_file_is_a_standard() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.yaml")) == sorted([*STANDARDS, "groups"])
    assert [each.number for each in standards()] == sorted(each.number for each in standards())


def test_every_legacy_template_is_there_and_complete() -> None:
    legacy = [name for name, edition in COMPLETE if edition == "legacy"]
    assert len(legacy) == 14
    assert {"legacy", "legacy-new"} <= set(standard("food-business").editions)  # their flags nobody knows


@pytest.mark.parametrize("name", STANDARDS)
def test_an_edition_has_each_column_once_and_flags_only_where_known(name: str) -> None:
    known = standard(name)
    for edition in known.editions.values():
        assert [column for column, count in Counter(edition.columns.values()).items() if count > 1] == []
        assert (edition.required is not None) == (edition.completeness == "complete")
        assert (edition.required or frozenset()) | (edition.recommended or frozenset()) <= set(edition.columns)
        assert edition.source
        assert edition.sure
    for column in known.columns.values():
        assert column.description, column.name
        assert not column.enum or column.mark or not column.example or column.example in column.enum
    for view in known.views:
        ((_, values),) = view.items()
        named = [each for key in ("lat", "lon", "name", "color", "x") if key in values for each in [values[key]]]
        listed = [each for key in ("popup", "columns") for each in values.get(key, [])]
        assert {*named, *listed} <= set(known.columns)


@pytest.mark.parametrize(("one", "other"), spelling.RIGHT)
def test_spellings_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), spelling.WRONG)
def test_spellings_that_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


# The examples, judged as any dataset is -------------------------------------------------------------------


def judged(name: str, edition: str, folder: Path, change: Mapping[str, str] | None = None) -> set[str]:
    """Give the labels of the columns in which something is wrong, where the example row is changed."""
    known = standard(name)
    wanted = known.editions[edition]
    row = {**known.examples["right"], **(change or {})}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(wanted.columns)
    writer.writerow([row.get(means, "") for means in wanted.columns.values()])
    descriptor = {"title": known.title, "resources": [{"path": "data.csv", "schema": schema_of(known, wanted)}]}
    files = {"data.csv": text.getvalue(), "datapackage.yaml": yaml.safe_dump(descriptor, allow_unicode=True)}
    verdict = look_at(Scene(files), folder)
    return {problem.label for problem in verdict.problems if problem.severity == "error"}


@pytest.mark.parametrize(("name", "edition"), COMPLETE)
def test_the_row_that_is_right_passes(name: str, edition: str, tmp_path: Path) -> None:
    assert judged(name, edition, tmp_path) == set()


@pytest.mark.parametrize(("name", "edition"), COMPLETE)
def test_the_rows_that_are_wrong_fail_where_they_are_wrong(name: str, edition: str, tmp_path: Path) -> None:
    wrong = standard(name).examples["wrong"]
    assert wrong
    for number, each in enumerate(wrong):
        called = standard(name).editions[edition].called(each["column"])
        assert judged(name, edition, tmp_path / str(number), each["change"]) == {called}


def test_an_edition_that_is_not_complete_calls_nothing_wrong() -> None:
    for known, edition in editions():
        if edition.completeness != "complete":
            assert [each for each in schema_of(known, edition)["fields"] if "constraints" in each] == []


# Which standard a table follows ---------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "edition"), [(each.name, edition.name) for each, edition in editions()])
def test_the_header_of_every_edition_is_known(name: str, edition: str) -> None:
    wanted = standard(name).editions[edition]
    found = match(list(wanted.columns), file_name=f"991015_{wanted.slug}.csv" if wanted.slug else "")
    assert found is not None
    assert (found.name, found.unknown, found.missing) == (name, (), ())
    assert found.edition == edition
    assert canonical(found) == {means: column for column, means in wanted.columns.items()}


AGES = ",".join(f"{age}～{age + 4}歳の{sex}" for age in (0, 5, 10) for sex in ("男性", "女性"))
HAZARDS = ",".join(f"対象の災害_{each}" for each in ("洪水", "土砂災害", "地震", "津波"))


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("evacuation-site", "施設名,所在地,緯度,経度,洪水,土砂災害,高潮,地震,津波,内水氾濫,火山現象,収容人数"),
        ("evacuation-site", "避難所名,住所,洪水,土砂,地震,津波,収容人数(人)"),
        ("evacuation-site", f"No.,地区,施設名称,住所,{HAZARDS},想定収容人数"),
        ("evacuation-site", "rdfs:label,http://example.org/geo#lat,geo:long,洪水,津波,地震,収容人数"),
        ("aed", "名称,名称（ｶﾅ）,住所,緯度,経度,設置場所,利用可能曜日,開始時間,終了時間,小児対応設備の有無"),
        ("aed", "備考,小児対応機器設備の有無,設置位置,経度,緯度,所在地＿連結標記,名称 カナ,名称,地方公共団体名"),
        ("population", f"調査年月日,地域名,総人口,男,女,{AGES}"),
        ("emergency-radio", "防災行政無線_ID,施設_ID,防災行政無線_名称,防災行政無線_緯度,防災行政無線_経度"),
        ("event", "ID,イベント名,コンテンツURL,開始日,終了日,場所名称,緯度,経度,イベント種類,料金種別,URL"),
    ],
)
def test_layouts_of_towns(name: str, columns: str) -> None:
    found = match(columns.split(","))
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "columns",
    [
        "名称,住所,緯度,経度",
        SHOPS,
        "学校名,住所,電話番号,児童数",
        "公園名,所在地,面積（㎡）,トイレの有無,多目的トイレ,遊具,緯度,経度",
        "年,地区,人口,世帯数",
        "施設名,住所,洪水浸水深,土砂災害警戒区域,津波浸水深,高潮浸水深",
        "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,方書,緯度,経度,電話番号,備考",
        "全国地方公共団体コード,ID,地方公共団体名,名称,名称_カナ,名称_英字,所在地_連結表記,緯度,経度,電話番号,URL,備考",
        "name,address,category,classification,description,note",
        "避難所名,避難者数,世帯数,開設日時,閉鎖日時,備考",
        "地区,全壊,大規模半壊,半壊,一部損壊,床上浸水",
        "施設名,清掃日,担当,所要時間（分）,異常",
        "管理番号,樹種,幹周,樹高,路線名,緯度,経度,植栽年度",
        "病院名,病床数,入院患者数,外来患者数,病床利用率",
        "",
    ],
)
def test_other_subjects_follow_no_standard(columns: str) -> None:
    assert match(columns.split(",")) is None


def test_the_name_of_a_file_alone_is_no_reason() -> None:
    assert match(SHOPS.split(","), file_name="991015_aed.csv") is None


def test_words_in_cells_speak() -> None:
    header = ["番号", "種別", "施設名", "住所"]
    for kinds in (["指定避難所", "福祉避難所"], ["指定避難所"] * 9):
        found = match(header, {"種別": kinds}, "hinanjo.csv")
        assert found is not None
        assert (found.name, found.edition, found.layout) == ("evacuation-site", "", "own")
    assert match(header, {"種別": ["本店", "支店", "支店"]}, "hinanjo.csv") is None


def test_what_is_missing_and_what_is_unknown_is_named() -> None:
    header = [name for name in standard("aed").editions["legacy"].columns if name != "設置位置"]
    found = match([*header, "設置年", "", "列1"])
    assert found is not None
    assert (found.edition, found.missing, found.unknown) == ("legacy", ("設置位置",), ("設置年",))
    assert 0.9 < found.score < 1


def test_one_column_of_the_table_stands_for_one_of_the_standard() -> None:
    found = match_to("aed", ["名称", "施設名", "住所", "所在地"])
    assert dict(found.columns) == {"名称": "名称", "施設名": None, "住所": "所在地_連結表記", "所在地": None}


# From the old edition to the new one ----------------------------------------------------------------------


def test_conversion_to_the_current_edition() -> None:
    old = standard("public-toilet").editions["legacy"]
    found = match(list(old.columns))
    assert found is not None
    sources = convert(list(old.columns), found, constants={"所在地_全国地方公共団体コード": "991015"})
    assert list(sources) == list(standard("public-toilet").editions["2026-08"].columns)
    assert sources["バリアフリートイレ数"] == Source("column", ("多機能トイレ数",))
    assert sources["地方公共団体名"] == Source("join", ("都道府県名", "市区町村名"))
    assert {name for name, source in sources.items() if source is None} == {
        "町字ID", "所在地_町字", "所在地_番地以下", "高度の種別", "高度の値"
    }  # fmt: skip
    row = {"都道府県名": "北海道", "市区町村名": "澄浜町", "住所": "北海道澄浜町汐見1-2", "NO": "7"}
    filled = {name: fill(source, row) for name, source in sources.items()}
    assert (filled["ID"], filled["地方公共団体名"]) == ("7", "北海道澄浜町")
    assert (filled["所在地_都道府県"], filled["所在地_市区町村"]) == ("北海道", "澄浜町")
    assert (filled["所在地_全国地方公共団体コード"], filled["町字ID"]) == ("991015", "")


def test_every_legacy_edition_can_be_converted() -> None:
    for known in standards():
        old = known.editions.get("legacy")
        if old is not None:
            found = match(list(old.columns), file_name=f"{old.slug}.csv")
            assert found is not None
            sources = convert(list(old.columns), found)
            kept = {source.columns[0] for source in sources.values() if source and source.kind == "column"}
            lost = set(old.columns) - kept - {"都道府県名", "市区町村名"}
            assert lost <= {"バリアフリー情報", "API対応有無", "FAX番号", "法人番号", "設置者"}, known.name


@pytest.mark.parametrize(
    ("text", "part", "municipality", "given"),
    [
        ("神奈川県横浜市中区日本大通1", "prefecture", "", "神奈川県"),
        ("神奈川県横浜市中区日本大通1", "municipality", "横浜市", "横浜市中区"),
        ("三重県四日市市諏訪町1", "municipality", "四日市市", "四日市市"),
        ("北海道余市郡余市町朝日町26", "municipality", "余市町", "余市郡余市町"),
        ("澄浜町汐見1-2", "municipality", "澄浜町", "澄浜町"),
        ("汐見1-2", "municipality", "澄浜町", ""),
        ("汐見1-2", "prefecture", "", ""),
        ("京都府京都市", "rest", "", "京都市"),
    ],
)
def test_parts_of_an_address(text: str, part: Any, municipality: str, given: str) -> None:
    assert part_of(text, part, municipality) == given


def test_an_edition_that_is_not_there() -> None:
    with pytest.raises(KawarabanError, match="there is no edition 2027"):
        convert([], match_to("aed", ["名称"]), "2027")


# Pages and schemas for a table ----------------------------------------------------------------------------


def test_views_are_in_the_words_of_the_table() -> None:
    header = ["施設名", "lat", "lon", "住所", "洪水", "土砂災害", "地震", "津波", "収容人数"]
    found = match(header)
    assert found is not None
    assert views_for(found) == [
        {"map": {"lat": "lat", "lon": "lon", "name": "施設名", "popup": ["住所", "収容人数"]}},
        {"table": {"columns": ["施設名", "住所", "洪水", "土砂災害", "地震", "津波", "収容人数"]}},
    ]
    types = dict.fromkeys(header, "string")
    assert [next(iter(view)) for view in views_for(found, types)] == ["table"]


def test_fields_are_in_the_words_of_the_table() -> None:
    found = match_to("aed", list(standard("aed").editions["legacy"].columns))
    fields = fields_for(found)
    assert fields["開始時間"]["type"] == "time"
    assert fields["設置位置"]["constraints"] == {"required": True}
    assert fields["小児対応設備の有無"]["constraints"] == {"enum": ["有", "無"]}
    assert "constraints" not in fields_for(match_to("aed", ["施設名", "設置場所"]))["設置場所"]


# Real files: what their publishers say they are -----------------------------------------------------------


@pytest.mark.skipif(not DATA.is_dir(), reason="the real files are not on this machine")
def test_headers_of_real_templates() -> None:
    folder = DATA / "standards"
    for file in sorted(folder.glob("suisho_*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        slug = file.stem.removeprefix("suisho_")
        found = match([row["name"] for row in rows], file_name=f"991015_{slug}.csv")
        assert found is not None
        assert slug in standard(found.name).slugs
        edition = standard(found.name).editions[found.edition]
        assert list(edition.columns) == [row["name"] for row in rows]
        required = {row["name"] for row in rows if row["required"] == "必須"}
        assert (edition.required or frozenset()) == required


# The command and the manual -------------------------------------------------------------------------------


def told(*words: str) -> str:
    result = CliRunner().invoke(main, ["--lang", "ja", *words])
    assert result.exit_code == 0
    return result.stdout


def test_the_command_lists_and_explains() -> None:
    listed = told("standards")
    assert all(f"{each.number}  {each.title}  {each.name}" in listed for each in standards())
    text = told("standards", "public-toilet")
    assert "多機能トイレ数" in text
    assert "  設置位置 (文字, 必須)" in text
    assert {each["name"] for each in json.loads(told("standards", "--format", "json"))} == set(STANDARDS)
    whole = json.loads(told("standards", "aed", "--format", "json"))
    assert whole["editions"][0]["columns"][4] == {"name": "名称", "column": "名称", "need": "required"}


def test_a_name_that_is_not_there() -> None:
    result = CliRunner().invoke(main, ["--lang", "ja", "standards", "toilet"])
    assert result.exit_code == 2
    assert "「toilet」という標準はありません" in result.stderr


@pytest.fixture(scope="module")
def pages(pytestconfig: pytest.Config) -> dict[str, str]:
    made = {"index.md": index(), **{f"{each.name}.md": page(each) for each in standards()}}
    if pytestconfig.getoption("--accept"):
        MANUAL.mkdir(exist_ok=True)
        for file in MANUAL.glob("*.md"):
            file.unlink()
        for name, text in made.items():
            (MANUAL / name).write_text(text, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", ["index.md", *(f"{name}.md" for name in STANDARDS)])
def test_the_page_is_as_committed(name: str, pages: dict[str, str]) -> None:
    assert pages[name] == (MANUAL / name).read_text(encoding="utf-8"), "pytest tests/test_standards.py --accept"


def test_no_page_is_left_over(pages: dict[str, str]) -> None:
    assert {file.name for file in MANUAL.glob("*.md")} == set(pages)


def test_a_dataset_is_written_in_the_columns_of_the_newest_edition(tmp_path: Path) -> None:
    root = tmp_path / "town"
    folder = root / "datasets/shelters"
    folder.mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: 澄浜町\nextra: {town: {name: 澄浜町, code: '991015'}}\n", encoding="utf-8"
    )
    (folder / "datapackage.yaml").write_text("title: 避難場所\nresources: [{path: a.csv}]\n", encoding="utf-8")
    (folder / "a.csv").write_text(
        "NO,名称,住所,緯度,経度\n1,澄浜小学校,北海道澄浜町本町1,43.1,141.3\n2,浜の家,北海道澄浜町浜2,43.2,141.4\n",
        encoding="utf-8",
    )
    out = root / "out.csv"
    call = ["--root", str(root), "--lang", "en", "standards", "evacuation-site", "--convert", "shelters"]
    result = CliRunner().invoke(main, [*call, "--output", str(out)])
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [each["名称"] for each in rows] == ["澄浜小学校", "浜の家"]
    assert {each["所在地_都道府県"] for each in rows} == {"北海道"}
    assert {each["全国地方公共団体コード"] for each in rows} == {"991015"}
    assert "says nothing of these columns" in result.stderr
    assert CliRunner().invoke(main, [*call, "--edition", "1999"]).exit_code == 2
