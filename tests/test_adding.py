"""`kawaraban add`: an officer's file becomes a dataset, a newer one takes its place, nothing is lost on the way."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from kawaraban.cli import main

SHELTERS = """\
澄浜町の避難場所一覧,,,,,,
令和6年4月1日現在,,,,,,（単位：人）
NO,名称,住所,緯度,経度,洪水,想定収容人数
001,澄浜小学校,澄浜町本町1-1,35.123456,139.123456,○,"1,200人"
002,みなと公民館,澄浜町浜2-3,35.123999,139.124000,×,80人
003,浜の家　,澄浜町浜5-1,35.124000,139.125000,,－
,合計,,,,,"1,280人"
※ 収容人数は体育館を含みます。,,,,,,
"""


def run(root: Path, *words: str | Path, lang: str = "en") -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "--lang", lang, *map(str, words)])


def written(folder: Path, name: str, text: str, encoding: str = "cp932") -> Path:
    file = folder / name
    file.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return file


def looked_at(root: Path, file: Path, *options: str) -> dict[str, Any]:
    result = run(root, "add", file, "--dry-run", "--format", "json", *options)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def descriptor(root: Path, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((root / f"datasets/{slug}/datapackage.yaml").read_text(encoding="utf-8"))
    return found


def test_a_dry_run_says_what_it_sees_and_writes_nothing(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    before = sorted(root.rglob("*"))
    seen = looked_at(root, written(tmp_path, "shelters.csv", SHELTERS))
    assert sorted(root.rglob("*")) == before
    assert list(seen) == [
        "encoding", "sheet", "header_rows", "columns", "rows", "dropped", "standard", "steps", "unsure",
    ]  # fmt: skip
    assert (seen["encoding"], seen["sheet"], seen["header_rows"], seen["rows"]) == ("cp932", None, [3], 3)
    assert [(each["name"], each["type"], each["source"]) for each in seen["columns"]] == [
        ("NO", "string", "A"), ("名称", "string", "B"), ("住所", "string", "C"), ("緯度", "number", "D"),
        ("経度", "number", "E"), ("洪水", "boolean", "F"), ("想定収容人数", "integer", "G"),
    ]  # fmt: skip
    dropped = {row: each["why"] for each in seen["dropped"] for row in each["rows"]}
    assert set(dropped) == {1, 2, 7, 8}
    assert (dropped[7], dropped[8]) == ("total", "note")
    assert seen["standard"]["name"] == "evacuation-site"
    assert set(seen["steps"]) == {"trim", "missing", "marks", "numbers"}


def test_the_file_is_kept_as_it_is_and_the_recipe_reads_it(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    file = written(tmp_path, "shelters.csv", SHELTERS)
    result = run(root, "add", file)
    assert result.exit_code == 0, result.output
    assert (root / "datasets/shelters/shelters.csv").read_bytes() == file.read_bytes()
    told = descriptor(root, "shelters")
    assert told["title"] == "澄浜町の避難場所一覧"
    assert told["kawaraban"]["standard"] == "evacuation-site"
    assert told["kawaraban"]["tidy"]["header"] == [3]
    assert run(root, "validate").exit_code == 0
    assert run(root, "render", root / "out").exit_code == 0
    published = (root / "out/datasets/shelters/shelters.csv").read_text(encoding="utf-8")
    assert published.splitlines() == [
        "NO,名称,住所,緯度,経度,洪水,想定収容人数",
        "001,澄浜小学校,澄浜町本町1-1,35.123456,139.123456,1,1200",
        "002,みなと公民館,澄浜町浜2-3,35.123999,139.124000,0,80",
        "003,浜の家,澄浜町浜5-1,35.124000,139.125000,,",
    ]


def test_every_row_that_is_no_data_is_named_in_the_readers_language(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    result = run(make_town({}), "add", written(tmp_path, "shelters.csv", SHELTERS), lang="ja")
    assert "7 行目はデータではないので除きました（合計）" in result.output
    assert "8 行目はデータではないので除きました（注記）" in result.output
    assert "見出しは 3 行目です" in result.output
    assert "ライセンスが書かれていません" in result.output


def test_a_problem_in_the_tidy_table_points_to_the_cell_in_the_file(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town({})
    run(root, "add", written(tmp_path, "shelters.csv", SHELTERS))
    broken = SHELTERS.replace("35.123999", "北緯35度").replace("80人", "八十")
    written(root / "datasets/shelters", "shelters.csv", broken)
    report = json.loads(run(root, "validate", "--format", "json").output)
    found = {
        each["address"] for task in report["tasks"] for each in task.get("problems", task.get("errors", []))
        if "address" in each
    } or set(_addresses(report))  # fmt: skip
    assert {"D5", "G5"} <= found


def _addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["address"]] if isinstance(value.get("address"), str) else []
        return own + [each for inner in value.values() for each in _addresses(inner)]
    return [each for inner in value for each in _addresses(inner)] if isinstance(value, list) else []


def test_a_newer_file_takes_the_old_ones_place_by_the_same_recipe(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town({})
    run(root, "add", written(tmp_path, "shelters_2024.csv", SHELTERS))
    path = root / "datasets/shelters/datapackage.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 防災課が毎年4月に確かめる\n", encoding="utf-8")
    newer = SHELTERS.replace("令和6年4月1日現在,,,,,,（単位：人）\n", "令和7年4月1日現在,,,,,,（単位：人）\n,,,,,,\n")
    newer = newer.replace("NO,名称", "NO,電話番号,名称").replace("001,", "001,099-000-0001,", 1)
    newer = newer.replace("002,", "002,,", 1).replace("003,", "003,,", 1).replace("\n,合計", "\n,,合計")
    result = run(root, "add", written(tmp_path, "shelters_2025.csv", newer))
    assert result.exit_code == 0, result.output
    assert sorted(each.name for each in path.parent.iterdir()) == ["datapackage.yaml", "shelters_2025.csv"]
    assert path.read_text(encoding="utf-8").endswith("# 防災課が毎年4月に確かめる\n")
    assert descriptor(root, "shelters")["resources"][0]["path"] == "shelters_2025.csv"
    assert descriptor(root, "shelters")["kawaraban"]["tidy"]["header"] == [4]
    assert "the column names have moved from row 3 to row 4" in result.output
    assert "the column “電話番号” is new" in result.output


def test_a_file_of_other_columns_changes_nothing(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    run(root, "add", written(tmp_path, "shelters.csv", SHELTERS))
    before = {each: each.read_bytes() for each in (root / "datasets").rglob("*") if each.is_file()}
    other = written(tmp_path, "parks.csv", "公園名,面積,遊具\n東公園,1200,3\n西公園,800,1\n南公園,300,2\n")
    result = run(root, "add", other, "--name", "shelters")
    assert result.exit_code == 2
    assert "has other columns than the dataset" in result.output
    assert {each: each.read_bytes() for each in (root / "datasets").rglob("*") if each.is_file()} == before


def test_a_file_of_another_town_does_not_replace_one_of_the_same_name(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town({})
    run(root, "add", written(tmp_path, "【澄浜町】避難場所一覧.csv", SHELTERS))
    assert (root / "datasets/evacuation-site").is_dir()
    result = run(root, "add", written(tmp_path, "【磯山村】避難場所.csv", SHELTERS))
    assert result.exit_code == 2
    assert "there is a dataset evacuation-site already" in result.output
    assert run(root, "add", tmp_path / "【磯山村】避難場所.csv", "--name", "isoyama").exit_code == 0


def book(sheets: dict[str, list[list[Any]]], merged: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for span in merged:
        made.worksheets[-1].merge_cells(span)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


HALLS = [
    ["集会所の利用", None, None, None, None],
    ["名称", "定員（人）", "令和5年度", None, "備考"],
    [None, None, "件数", "人数", None],
    ["本館", 120, 310, 4200, None],
    ["分館", 45, 88, "－", "改装中"],
    ["浜の家", 30, 41, 390, None],
    ["みなと館", 60, 52, 610, None],
]
SPANS = ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "A1:E1")


def test_a_workbook_with_a_cover_and_two_header_rows_becomes_a_dataset(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town({})
    file = tmp_path / "halls.xlsx"
    file.write_bytes(book({"表紙": [["集会所の利用状況"], ["生涯学習課"]], "一覧": HALLS}, SPANS))
    seen = looked_at(root, file)
    assert (seen["encoding"], seen["sheet"], seen["header_rows"], seen["rows"]) == (None, "一覧", [2, 3], 4)
    assert [(each["name"], each["type"]) for each in seen["columns"]] == [
        ("名称", "string"), ("定員（人）", "integer"), ("令和5年度_件数", "integer"), ("令和5年度_人数", "integer"),
        ("備考", "string"),
    ]  # fmt: skip
    assert any("表紙" in each for each in seen["unsure"])
    assert run(root, "add", file).exit_code == 0
    assert descriptor(root, "halls")["kawaraban"]["tidy"]["sheet"] == "一覧"
    assert run(root, "validate").exit_code == 0


def test_a_workbook_called_csv_gets_the_ending_of_what_it_is(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    file = tmp_path / "halls.csv"
    file.write_bytes(book({"一覧": HALLS}, SPANS))
    assert run(root, "add", file).exit_code == 0
    assert descriptor(root, "halls")["resources"][0]["path"] == "halls.xlsx"
    assert run(root, "validate").exit_code == 0


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("empty.csv", b"", "0 bytes"),
        ("page.csv", b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        ("plan.pdf", b"%PDF-1.7\n", "PDF"),
        ("blank.csv", b",,\r\n,,\r\n", "no rows"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    make_town: Callable[..., Path], tmp_path: Path, name: str, body: bytes, says: str
) -> None:
    file = tmp_path / name
    file.write_bytes(body)
    result = run(make_town({}), "add", file)
    assert result.exit_code == 2
    assert says in result.output
    assert not isinstance(result.exception, KeyError | ValueError | TypeError)


def test_wrong_use_is_told(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    assert "there is no file" in run(root, "add", tmp_path / "none.csv").output
    file = written(tmp_path, "避難.csv", "甲,乙\n1,2\n3,4\n")
    assert "give one: --name" in run(root, "add", file).output
    assert "cannot be part of a web address" in run(root, "add", file, "--name", "避難").output
    assert run(tmp_path, "add", file, "--name", "a").exit_code == 2


def test_geojson_and_json_are_added_by_what_they_are(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town({})
    point = {"type": "Point", "coordinates": [139.1, 35.1]}
    features = [{"type": "Feature", "geometry": point, "properties": {"名称": f"{n}号", "台数": n}} for n in range(3)]
    file = tmp_path / "stops.json"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    seen = looked_at(root, file)
    assert (seen["rows"], seen["header_rows"]) == (3, [])
    assert [(each["name"], each["type"]) for each in seen["columns"]] == [
        ("名称", "string"), ("台数", "integer"), ("経度", "number"), ("緯度", "number"),
    ]  # fmt: skip
    assert run(root, "add", file).exit_code == 0
    assert run(root, "validate").exit_code == 0


def test_a_dataset_of_which_nothing_was_said_gets_its_recipe_and_schema(
    make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town(
        {"datasets/shelters/datapackage.yaml": "title: 避難場所  # 防災課\nresources: [{path: a.csv}]\n"}
    )
    written(root / "datasets/shelters", "a.csv", SHELTERS)
    assert run(root, "validate").exit_code == 1
    result = run(root, "add", written(tmp_path, "a.csv", SHELTERS), "--name", "shelters")
    assert result.exit_code == 0, result.output
    assert run(root, "validate").exit_code == 0
    told = descriptor(root, "shelters")
    assert told["kawaraban"]["tidy"]["header"] == [3]
    assert {each["name"]: each["type"] for each in told["resources"][0]["schema"]["fields"]}["洪水"] == "boolean"
    assert "# 防災課" in (root / "datasets/shelters/datapackage.yaml").read_text(encoding="utf-8")
