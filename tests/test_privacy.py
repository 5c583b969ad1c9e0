"""Personal data is found, and what was found is printed nowhere. Nobody in these files exists."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.cache import Cache
from kawaraban.catalog import read_dataset
from kawaraban.checking import clues, privacy
from kawaraban.checking.clues import AT, ELEVEN
from kawaraban.checking.persons import find_persons
from kawaraban.checking.sheet import Sheet
from kawaraban.checking.signs import my_number, payment_card, personal_email, personal_phone
from kawaraban.cli import main
from kawaraban.intake import Intake, take_in
from kawaraban.languages import catalogue
from kawaraban.model import Problem
from kawaraban.reading.bycolumn import Columns
from kawaraban.reporting import TEXTS

NUMBERS = ("123456789018", "２９１４-１７７７-６３１６", "706690743914")
CARD = "4000-0012-3456-7899"
NAMES = ("海野 潮太郎", "浜田 波子", "岬 千鳥")
BIRTHS = ("昭和55年1月23日", "1985-02-12", "1990-03-21")
HOMES = ("澄浜町潮見1丁目23番4号", "澄浜町本町5-67", "澄浜町港890")
PHONES = ("090-0000-1234", "０８０－００００－５６７８", "0470-00-4321")
MAILS = ("namiko-0000@gmail.com", "chidori@example.jp", "shiotaro@example.jp")
SECRETS = (*NUMBERS, CARD, *NAMES, *BIRTHS, *HOMES, *PHONES, *MAILS)
DESCRIPTOR = """name: meibo
title: 名簿
resources:
  - name: meibo
    path: 名簿.csv
    schema:
      fields:
        - {name: 番号, type: integer}
        - {name: 氏名, type: string, constraints: {unique: true, maxLength: 3}}
        - {name: 生年月日, type: date}
        - {name: 住所, type: integer}
        - {name: 電話番号, type: string, constraints: {pattern: "0470-.*"}}
        - {name: メール, type: string, format: uri}
        - {name: 個人番号, type: integer, constraints: {maximum: 5}}
        - {name: 支払い, type: string, constraints: {enum: [現金]}}
        - {name: 金額, type: integer}
"""


def people() -> str:
    """Give a table in which every row breaks the schema, so that frictionless prints whole rows."""
    rows = zip("123", NAMES, BIRTHS, HOMES, PHONES, MAILS, NUMBERS, ("現金", CARD, "現金"), "a十c", strict=True)
    head = "番号,氏名,生年月日,住所,電話番号,メール,個人番号,支払い,金額"
    return "\n".join([head, *(",".join(row) for row in rows), f"4,{NAMES[0]}"]) + "\n"


@pytest.fixture
def held(make_town: Callable[..., Path]) -> Path:
    """Give a town whose one dataset is full of personal data, and wrong in every column."""
    config = "site_name: 小町\nsite_url: https://town.example/\ntheme: {name: material}\nplugins: [kawaraban]\n"
    return make_town({
        "mkdocs.yml": config, "datasets/meibo/datapackage.yaml": DESCRIPTOR, "datasets/meibo/名簿.csv": people(),
    })  # fmt: skip


def taken(root: Path, slug: str = "meibo") -> Intake:
    dataset = read_dataset(root / "datasets" / slug, "datapackage.yaml", root)
    return take_in(dataset, Cache(root / "cache"))


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_everything_is_found(held: Path) -> None:
    problems = taken(held).verdict.problems
    found = {each.kind: each.severity for each in problems if each.details.get("sign")}
    wanted = {
        "my-number": "error", "payment-card": "error", "personal-record": "error",
        "personal-phone": "warning", "personal-email": "warning",
    }  # fmt: skip
    assert wanted.items() <= found.items()
    assert all(each.value == "" for each in problems if each.kind in wanted)
    kinds = {each.kind for each in problems}
    assert {"type-error", "constraint-error", "unique-error", "missing-cell"} <= kinds


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_report_says_it(held: Path, form: str, lang: str) -> None:
    plain = CliRunner().invoke(main, ["--root", str(held), "--lang", lang, "validate", "--format", form])
    assert plain.exit_code == 1, plain.output
    assert "meibo" in plain.output
    assert leaks(plain.output) == []
    assert privacy.CONCEALED in plain.output
    again = CliRunner().invoke(main, ["--root", str(held), "--lang", lang, "validate", "--format", form])
    assert leaks(again.output) == [], "the verdict that was kept"


def test_the_workbook_does_not_hold_it(held: Path, tmp_path: Path) -> None:
    """The columns that hold it are overwritten; the others are there to be mended."""
    from openpyxl import load_workbook

    file = tmp_path / "確認.xlsx"
    done = CliRunner().invoke(main, ["--root", str(held), "validate", "--format", "xlsx", "--output", str(file)])
    assert done.exit_code == 1, done.output
    book = load_workbook(file)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    told = "\n".join(f"{cell.value}\n{cell.comment.text if cell.comment else ''}" for cell in cells)
    assert leaks(told) == []
    assert privacy.CONCEALED in told
    assert "氏名" in told


def test_without_concealing_the_reports_would_say_it(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privacy, "conceal", lambda problems, tasks, _: (problems, tasks))
    plain = CliRunner().invoke(main, ["--root", str(held), "validate", "--format", "json"])
    assert set(leaks(plain.output)) > {NAMES[0], BIRTHS[0], NUMBERS[1], CARD}


def test_no_file_of_the_built_site_says_it(held: Path) -> None:
    done = CliRunner().invoke(main, ["--root", str(held), "build"])
    assert leaks(done.output) == []
    pages = [file for file in (held / "site").rglob("*") if file.is_file()]
    page = held / "site/datasets/meibo/index.html"
    assert privacy.CONCEALED in page.read_text(encoding="utf-8")
    texts = {file.name: file.read_bytes().decode(errors="ignore") for file in pages}
    assert {name: leaks(text) for name, text in texts.items() if leaks(text)} == {}


def test_a_file_without_column_names_does_not_print_its_first_row(make_town: Callable[..., Path]) -> None:
    rows = "".join(
        f"{number},{phone},090-0000-000{at}\n"
        for at, (number, phone) in enumerate(
            zip(
                ("123456789018", "111111111118", "222222222225", "333333333332", "444444444440", "555555555557"),
                "abcdef",
                strict=True,
            )
        )
    )
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": (
                "resources: [{path: a.csv, schema: {fields: [{name: x, type: integer}]}}]\n"
            ),
            "datasets/meibo/a.csv": rows,
        }
    )
    for form in TEXTS:
        told = CliRunner().invoke(main, ["--root", str(root), "validate", "--format", form]).output
        assert "123456789018" not in told
        assert "090-0000-0000" not in told


def test_names_of_two_letters_are_not_printed_either(make_town: Callable[..., Path]) -> None:
    """They would be taken out of words, so they are where they stand alone: in 「」, in quotes, in a list."""
    fields = "[{name: 姓, type: year}, {name: 名, constraints: {minLength: 3}}, {name: 住所}, {name: 点, type: year}]"
    text = f"title: 海野線の名簿\nresources: [{{path: a.csv, schema: {{fields: {fields}}}}}]\n"
    root = make_town({
        "datasets/meibo/datapackage.yaml": text,
        "datasets/meibo/a.csv": "姓,名,住所,点\n海野,潮,本町1-2,十\n岬,千鳥,本町3-4,百\n",
    })  # fmt: skip
    for form in TEXTS:
        told = CliRunner().invoke(main, ["--root", str(root), "validate", "--format", form]).output
        assert not re.search(r"(?<!\w)(海野|潮|岬|千鳥)(?!\w)|本町", told)
        assert privacy.CONCEALED in told
        assert form != "json" or told.count(privacy.CONCEALED) > 12


def test_cells_right_of_the_table_are_looked_at(make_town: Callable[..., Path]) -> None:
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": "title: 名簿\nresources: [{path: a.csv}]\n",
            "datasets/meibo/a.csv": f"名称,席数\n公民館,120\n図書館,80,連絡先 {PHONES[0]},{CARD}\n",
        }
    )
    verdict = taken(root).verdict
    assert {(each.kind, each.row) for each in verdict.problems} == {
        ("extra-cell", 3),
        ("personal-phone", 3),
        ("payment-card", 3),
    }
    told = CliRunner().invoke(main, ["--root", str(root), "validate", "--format", "json"]).output
    assert leaks(told) == []


def test_a_reviewed_override_publishes(make_town: Callable[..., Path]) -> None:
    silence = "kawaraban: {silence: [{problem: personal-phone, column: 電話番号, reason: 店主が公開に同意}]}\n"
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": "title: 店\nresources: [{path: a.csv}]\n" + silence,
            "datasets/meibo/a.csv": f"店名,電話番号\n潮見商店,{PHONES[0]}\n",
        }
    )
    verdict = taken(root).verdict
    assert (verdict.problems, [each.kind for each in verdict.silenced]) == ((), ["personal-phone"])


def test_concealing_reaches_every_text_and_takes_the_fix_away() -> None:
    number, name = NUMBERS[0], NAMES[0]
    problem = Problem(
        "full-width-code", "warning", "a.csv", row=2, column=2, address=f"[0].{number}", label=number,
        value=f"{number}号", fix=number, details={"note": f'"{number}" in {name}', "count": 3, "type": "string"},
        report={"cells": ["1", number, name], "note": f"cell {int(number)}", "cell": int(number), "rowNumber": 2},
    )  # fmt: skip
    task = {"labels": [number], "errors": [{"cells": [name], "message": f"row {name}: {number}"}], "name": "a"}
    told, tasks = privacy.conceal([problem], [task], {number, name})
    everything = json.dumps([str(told), tasks], ensure_ascii=False)
    assert number not in everything
    assert name not in everything
    assert told[0].value == f"{privacy.CONCEALED}号"
    assert told[0].fix is None
    assert told[0].hint == privacy.HINT
    assert told[0].hint in catalogue("ja")
    assert told[0].details["type"] == "string"
    assert (told[0].row, told[0].details["count"], told[0].report["rowNumber"]) == (2, 3, 2)
    untouched = Problem("type-error", value="335人", fix="335", details={"sign": True, "columns": [1, 2]})
    assert privacy.conceal([untouched], [], {"岬", "1", number})[0] == [untouched]


def test_what_other_signs_say_of_a_secret_column_is_concealed_whole() -> None:
    seen = Problem(
        "birth-date",
        "warning",
        "a.csv",
        column=1,
        label="生年月日",
        details={"sign": True, "count": 1, "whole": True},
    )
    other = Problem(
        "era-date", "warning", "a.csv", row=2, column=1, label="生年月日", value="昭55.1.23", fix="1980-01-23",
        details={"sign": True, "before": "1980年1月23日"},
    )  # fmt: skip
    told = privacy.conceal([seen, other], [], set())[0][1]
    assert (told.value, told.fix, told.details["before"]) == (privacy.CONCEALED, None, privacy.CONCEALED)


@given(
    st.text("0123456789-ー 海野a@", max_size=30), st.lists(st.text("0123456789-ー 海野a@", min_size=1), max_size=4)
)
def test_no_secret_is_left_and_nothing_else_is_lost(text: str, secrets: list[str]) -> None:
    long = [each for each in secrets if len(each) >= privacy.SHORT]
    task = privacy.conceal([], [{"text": text}], secrets)[1][0]
    assert not any(secret in task["text"] for secret in long)
    if not any(secret in text for secret in secrets) and not any(
        parts(text) for parts in privacy.PARTS.values() if parts
    ):
        assert task["text"] == text


def test_the_check_digit_is_that_of_the_ordinance() -> None:
    """平成26年総務省令第85号第5条, worked by hand for 12345678901: the sum is 234, 234 mod 11 is 3, 11 - 3 is 8."""
    assert my_number.check_holds("123456789018")
    assert [digit for digit in "0123456789" if my_number.check_holds(f"12345678901{digit}")] == ["8"]
    chance = random.Random(1)  # noqa: S311 - numbers to try, not secrets
    tried = [f"{chance.randrange(10**12):012}" for _ in range(5000)]
    assert 0.08 < sum(map(my_number.check_holds, tried)) / len(tried) < 0.12


def test_ids_that_pass_by_chance_are_left_alone(make_town: Callable[..., Path]) -> None:
    chance = random.Random(2)  # noqa: S311 - the same
    rows = "".join(f"{chance.randrange(10**12):012},4{chance.randrange(10**15):015}\n" for _ in range(3000))
    root = make_town(
        {
            "datasets/meibo/datapackage.yaml": "title: 台帳\nresources: [{path: a.csv}]\n",
            "datasets/meibo/a.csv": "管理番号,整理番号\n" + rows,
        }
    )
    assert taken(root).verdict.problems == ()


def _sheet(texts: list[str]) -> Any:
    """Give what stands for a sheet of one column that is too large to be a list."""
    import pyarrow as pa

    columns = Columns(1, [], len(texts))
    columns.table = pa.table([pa.array(["x", *texts], pa.string()).slice(1)], names=["c0"])
    return SimpleNamespace(columns=columns)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text("0９-－ー‐(（.a海", max_size=24),
            st.from_regex(ELEVEN, fullmatch=True),
            st.from_regex(AT, fullmatch=True),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_look_at_the_bytes_misses_no_cell_that_a_sign_could_find(texts: list[str]) -> None:
    many, marked = clues._look(_sheet(texts), 0)
    assert many or not any(re.search(ELEVEN, text) for text in texts)
    assert marked or not any(re.search(AT, text) for text in texts)


@given(st.text("0123456789０９-ー ()（）.aL@海", max_size=30))
def test_arrow_and_python_see_the_same_numbers(text: str) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    for core, parts in ((personal_phone.MOBILE, personal_phone.parts), (my_number.TWELVE, my_number.NUMBERS.findall)):
        by_arrow = pc.match_substring_regex(pa.array([text]), clues.anywhere(core)).to_pylist()[0]
        assert by_arrow == bool(parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "4111-1111-1111-1111",
        "5555555555554444",
        "3782 822463 10005",
        "３５３０１１１３３３３０００００",
        "6011000990139424",
    ],
)
def test_the_numbers_that_card_brands_give_out_for_trying(text: str) -> None:
    assert payment_card.parts(f"支払い {text}") == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("TEL:090-0000-0000", 1), ("TEL.090-0000-0000、080-0000-0000", 2), ("携帯０９０－００００－００００", 1),
        ("(090)0000-0000", 1), ("+81 90 0000 0000", 1), ("0120-000-000", 0), ("0800-000-0000", 0),
        ("03-0000-0000", 0), ("+81-3-0000-0000", 0), ("0.09000000000", 0), ("A09011112222", 0),
        ("090-0000-00000", 0), ("1090-0000-0000", 0),
    ],
)  # fmt: skip
def test_mobile_numbers_as_they_are_written(text: str, count: int) -> None:
    assert len(personal_phone.parts(text)) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [("a.b@gmail.com", 1), ("ａ＠docomo.ne.jp", 1), ("a (at) yahoo.co.jp", 1), ("info@example.jp", 0), ("@gmail", 0)],
)
def test_mail_addresses_as_they_are_written(text: str, count: int) -> None:
    assert len(personal_email.parts(text)) == count


@pytest.mark.parametrize(
    ("names", "rows", "private", "official"),
    [
        (["氏名", "住所"], [["海野 太郎", "本町1-2"]], (0,), ()),
        (["氏名（漢字）", "氏名（カナ）"], [["海野太郎", "ウミノタロウ"]], (0, 1), ()),
        (["姓", "名"], [["海野", "太郎"]], (0, 1), ()),
        (["last_name", "first_name"], [["Umino", "Taro"]], (0, 1), ()),
        (["お名前"], [["マイケル・スミス"], ["海野　太郎"]], (0,), ()),
        (["議員氏名"], [["海野 太郎"]], (), (0,)),
        (["代表者"], [["海野 太郎"]], (), (0,)),
        (["氏名又は名称"], [["潮見商店"], ["浜田水産株式会社"]], (), ()),
        (["申請者"], [["個人"], ["法人"]], (), ()),
        (["参加者数"], [["12"]], (), ()),
        (["名前"], [["潮見公園"], ["浜の湯"]], (), ()),
        (["名称"], [["海野 太郎"]], (), (0,)),
    ],
)
def test_columns_of_names(
    names: list[str], rows: list[list[str]], private: tuple[int, ...], official: tuple[int, ...]
) -> None:
    persons = find_persons(names, lambda column: [row[column] for row in rows])
    assert (persons.private, persons.official) == (private, official)


def test_a_list_of_officials_is_one_by_its_title() -> None:
    def cells(column: int) -> list[str]:
        return [["海野 太郎"], ["1980-01-01"]][column]

    assert find_persons(["氏名", "生年月日"], cells).private == (0,)
    assert find_persons(["氏名", "生年月日"], cells, "町議会議員の名簿").official == (0,)


def test_a_large_table_is_concealed_by_the_rows_that_have_problems(
    held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy, "MOST", 2)
    verdict = taken(held).verdict
    assert leaks(str(verdict)) == []


def test_the_cases_that_were_handed_in_are_told_apart(real_data: Path, make_town: Callable[..., Path]) -> None:
    cases = json.loads((real_data / "hostile/own-cases/pii.json").read_text(encoding="utf-8"))
    assert all(map(my_number.check_holds, cases["valid_check"]))
    assert not any(map(my_number.check_holds, cases["invalid_check"]))
    assert all(payment_card.parts(each) for each in cases["cards_luhn_test"])
    found = [my_number.parts, payment_card.parts, personal_phone.parts, personal_email.parts]
    assert not any(parts(text) for text in cases["public_lookalikes_must_not_block"] for parts in found)


def test_a_sheet_can_be_asked_twice(held: Path) -> None:
    intake = taken(held)
    sheet = Sheet(intake.dataset, intake.dataset.resources[0], intake.tables[0], {})
    assert clues.find_clues(sheet) is clues.find_clues(sheet)
