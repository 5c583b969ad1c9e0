"""`kawaraban fix`: only the cells concerned change, what is sure is written, and the officer hears what remains."""

import codecs
import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.cli import main
from kawaraban.cli.fix import excerpts
from kawaraban.errors import KawarabanError
from kawaraban.fixing import HINTS, sure_fixes, write_fixes
from kawaraban.fixing.rewriting import can_be_encoded, write_csv_fixes
from kawaraban.intake import Intake, take_in
from kawaraban.languages import catalogue
from kawaraban.model import Dataset, Problem

COMMA = {"delimiter": ","}
HALLS = """\
title: 会館の一覧
resources:
  - path: 会館.csv
    schema: {fields: [{name: 名称}, {name: 定員, type: integer}, {name: 開館日, type: date}]}
"""
HALLS_CSV = '名称,定員,開館日\r\n"東会館","１２０",令和6年4月1日\r\n西会館,85,2001-05-01\r\n北会館,45人,H20.4.1'


def rows_of(text: str, options: Mapping[str, Any]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), **options))


# A CSV, cell by cell -------------------------------------------------------------------------------------------

LETTERS = st.text(st.sampled_from(",;\t\"'\\\r\n aあ１～髙"), max_size=6)
OPTIONS = st.fixed_dictionaries(
    {"delimiter": st.sampled_from(",;\t ")},
    optional={
        "quotechar": st.sampled_from("'“"), "escapechar": st.sampled_from("\\^"), "skipinitialspace": st.booleans(),
    },
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(
    text=st.text(st.sampled_from(",;\t\"'“\\^\r\n aあ１"), max_size=40), options=OPTIONS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "iso2022_jp"]), data=st.data(),
)  # fmt: skip
def test_of_any_csv_only_the_cells_that_were_asked_for_change(
    text: str, options: dict[str, Any], encoding: str, data: st.DataObject
) -> None:
    """Whatever Python's csv sees in a file, it sees afterwards too, but for those cells."""
    try:
        content = text.encode(encoding)
    except UnicodeError:
        return
    rows = rows_of(text, options)
    cells = [(row, column) for row, each in enumerate(rows, 1) for column in range(1, len(each) + 1)]
    chosen = data.draw(st.lists(st.sampled_from(cells), unique=True, max_size=4)) if cells else []
    fixes = {place: data.draw(LETTERS) for place in chosen}
    if not all(can_be_encoded(each, encoding) for each in fixes.values()):
        return
    after = write_csv_fixes(content, fixes, encoding, options)
    for (row, column), each in fixes.items():
        rows[row - 1][column - 1] = each
    assert rows_of(after.decode(encoding), options) == rows
    if not fixes:
        assert after == content


def written(cell: str, quoted: bool) -> str:
    return '"{}"'.format(cell.replace('"', '""')) if quoted or re.search(r'[",\r\n]', cell) else cell


CELLS = st.tuples(st.text(st.sampled_from(',"\r\n a1あ①∪髙'), max_size=5), st.booleans())


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.tuples(st.lists(CELLS, min_size=2, max_size=4), st.sampled_from(["\r\n", "\n", "\r", "\n\n"]))),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp932", "eucjp-ms"]),
    end=st.booleans(),
    data=st.data(),
)  # fmt: skip
def test_every_byte_but_those_cells_stays(
    rows: list[tuple[list[tuple[str, bool]], str]], encoding: str, end: bool, data: st.DataObject
) -> None:
    """The file is put together of its cells as they are written; the new one of the same, but for one."""

    def joined(replaced: tuple[int, int] = (0, 0), by: str = "") -> bytes:
        text, number = "", 1
        for at, (cells, newline) in enumerate(rows):
            raw = []
            for column, (cell, quoted) in enumerate(cells, 1):
                is_new, was = (number, column) == replaced, written(cell, quoted)
                raw.append(written(by, was.startswith('"')) if is_new else was)
            text += ",".join(raw) + (newline if end or at < len(rows) - 1 else "")
            number += len(newline.replace("\r\n", "\n"))
        return text.encode(encoding)

    try:
        content = joined()
    except UnicodeError:
        return
    text = content.decode(encoding)
    filled = [number for number, each in enumerate(rows_of(text, COMMA), 1) if each]
    if not filled:
        return
    place = data.draw(st.sampled_from(filled)), data.draw(st.integers(1, 2))
    new = data.draw(LETTERS)
    if can_be_encoded(new, encoding):
        assert write_csv_fixes(content, {place: new}, encoding, COMMA) == joined(place, new)


@pytest.mark.parametrize(
    ("before", "encoding", "after"),
    [
        # the same letter by two codes of CP932, as NEC and IBM have it: neither becomes the other
        (b"\x87\x9c,\x81\xbe,\xfa\x4a\r\n1,\xfa\x54,x", "cp932", b"\x87\x9c,\x81\xbe,\xfa\x4a\r\n2,\xfa\x54,x"),
        (codecs.BOM_UTF8 + b"a,b\n\n1\n", "utf-8-sig", codecs.BOM_UTF8 + b"a,b\n\n2\n"),
        (codecs.BOM_UTF16_BE + b"\0a\0\n\0\n\x001", "utf-16", codecs.BOM_UTF16_BE + b"\0a\0\n\0\n\x002"),
        (b"a\n\n\x1b$B#1\x1b(B\x1b(B,x", "iso2022_jp", b"a\n\n2\x1b(B\x1b(B,x"),
        (b"\xad\xa1,b\n\n1,\xad\xa1", "eucjp-ms", b"\xad\xa1,b\n\n2,\xad\xa1"),
    ],
)  # fmt: skip
def test_bytes_that_another_program_would_write_otherwise_stay(before: bytes, encoding: str, after: bytes) -> None:
    row = 2 if b"\r\n1" in before else 3
    assert write_csv_fixes(before, {(row, 1): "2"}, encoding, COMMA) == after


def test_a_cell_that_is_not_there_is_refused() -> None:
    for place in ((3, 1), (1, 3)):
        with pytest.raises(KawarabanError, match="cannot be corrected here"):
            write_csv_fixes(b"a,b\n1,2\n", {place: "x"}, "utf-8", COMMA)


def test_many_cells_of_a_large_file_are_quickly_written() -> None:
    """Quickly: where each stands is found in one pass over the file."""
    rows = 100_000
    content = ("あ,x\r\n" + "い,１\r\n" * rows).encode("cp932")
    fixes = {(row, 2): "1" for row in range(2, rows + 2, 2)}
    after = write_csv_fixes(content, fixes, "cp932", COMMA)
    assert after.count(b",1\r\n") == len(fixes)
    assert len(after) == len(content) - len(fixes)


# The command -----------------------------------------------------------------------------------------------------


def run(root: Path, *words: str, lang: str = "ja", answer: str | None = None) -> Result:
    return CliRunner().invoke(
        main, ["--root", str(root), "--lang", lang, "fix", *words], input=answer, catch_exceptions=False
    )


def validated(root: Path, slug: str) -> dict[str, Any]:
    call = ["--root", str(root), "--lang", "en", "validate", slug, "--format", "json"]
    told: dict[str, Any] = json.loads(CliRunner().invoke(main, call, catch_exceptions=False).stdout)
    return told


def workbook(rows: Iterable[Iterable[object]], *more: Iterable[Iterable[object]]) -> bytes:
    book = openpyxl.Workbook()
    for number, each in enumerate((rows, *more)):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in each:
            sheet.append(list(row))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


@pytest.fixture
def halls(make_town: Callable[..., Path]) -> Path:
    return make_town({"datasets/halls/datapackage.yaml": HALLS, "datasets/halls/会館.csv": HALLS_CSV.encode("cp932")})


def test_a_diff_is_shown_and_nothing_written(halls: Path) -> None:
    file = halls / "datasets/halls/会館.csv"
    before = file.read_bytes()
    for words in ([], ["--dry-run"], ["--dry-run", "--yes"]):
        done = run(halls, "halls", *words)
        assert done.exit_code == 1
        assert done.stdout.splitlines() == [
            "datasets/halls/会館.csv",
            "  全角の数字（1 か所）",
            "    B2: 『１２０』 → 『120』",
            "  元号の日付（2 か所）",
            "    C2: 『令和6年4月1日』 → 『2024-04-01』",
            "    C4: 『H20.4.1』 → 『2008-04-01』",
            "",
            "まだ何も書き込んでいません。書き込むときは kawaraban fix halls --yes と打ってください。",
        ]
    assert file.read_bytes() == before


def test_sure_fixes_are_written_and_what_remains_is_told(halls: Path) -> None:
    done = run(halls, "halls", "--yes")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-3:] == [
        "3 か所を直しました。",
        "問題が 1 件残っています。kawaraban validate halls と打つと見られます。",
        "お手元の 会館.csv を、直した datasets/halls/会館.csv に置きかえてください。"
        "古いファイルをまた載せると、同じ誤りが戻ります。",
    ]
    after = HALLS_CSV.replace("１２０", "120").replace("令和6年4月1日", "2024-04-01").replace("H20.4.1", "2008-04-01")
    assert (halls / "datasets/halls/会館.csv").read_bytes() == after.encode("cp932")
    assert (halls / "datasets/halls/datapackage.yaml").read_text("utf-8") == HALLS
    again = run(halls, "halls", "--yes")
    assert again.stdout.splitlines()[0] == "halls に、確実に直せるところはありません。"
    assert again.exit_code == 1  # 45人


def test_all_is_well_afterwards(make_town: Callable[..., Path]) -> None:
    root = make_town({"datasets/a/datapackage.yaml": HALLS, "datasets/a/会館.csv": HALLS_CSV.replace("45人", "４５")})
    done = run(root, "a", "--yes")
    assert (done.exit_code, done.stdout.splitlines()[-2]) == (0, "残っている問題はありません。")
    assert run(root, "a").exit_code == 0


@pytest.mark.parametrize(("answer", "status", "sign"), [("y\n", 1, "120"), ("n\n", 1, "１２０"), ("\n", 1, "１２０")])
def test_on_a_terminal_it_asks(
    answer: str, status: int, sign: str, halls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kawaraban.cli.fix.on_terminal", lambda: True)
    done = run(halls, "halls", answer=answer)
    assert "3 か所の直しを書き込みますか？" in done.stdout
    assert done.exit_code == status
    assert f'"{sign}"' in (halls / "datasets/halls/会館.csv").read_text("cp932")


def test_a_dataset_that_is_not_there(halls: Path) -> None:
    done = run(halls, "hals", lang="en")
    assert (done.exit_code, done.stderr) == (2, "Error: there is no dataset hals — did you mean halls?\n")


def test_a_file_that_is_changed_meanwhile_is_not_written(halls: Path, tmp_path: Path) -> None:
    fixing = sure_fixes(read_catalog(halls).datasets["halls"], Cache(tmp_path / "cache"))
    file = halls / "datasets/halls/会館.csv"
    file.write_bytes(b"x,y\n1,2\n")
    with pytest.raises(KawarabanError, match="changed in the meantime") as told:
        write_fixes(fixing, halls)
    assert told.value.where == "datasets/halls/会館.csv"
    assert file.read_bytes() == b"x,y\n1,2\n"


def test_changes_that_are_not_committed_are_told(halls: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", "-C", str(halls), *who, *words], check=True, capture_output=True, timeout=30)

    told = "datasets/halls/会館.csv には、まだコミットしていない変更があります。"
    git("init")
    git("add", ".")
    git("commit", "-m", "x")
    assert told not in run(halls, "halls").stderr
    with (halls / "datasets/halls/会館.csv").open("ab") as stream:
        stream.write(b"\r\n")
    assert told in run(halls, "halls").stderr


def test_a_cell_with_two_troubles_is_fixed_to_the_end(make_town: Callable[..., Path]) -> None:
    """An invisible letter in a full-width number: the second is found once the first is gone."""
    body = HALLS_CSV.replace("１２０", "１\u200b２０").replace("45人", "45")
    root = make_town({"datasets/a/datapackage.yaml": HALLS, "datasets/a/会館.csv": body})
    done = run(root, "a", "--yes")
    assert "    B2: 『１<U+200B>２０』 → 『120』" in done.stdout.splitlines()
    assert done.exit_code == 0


def test_more_fixes_than_a_check_tells(make_town: Callable[..., Path]) -> None:
    body = "名称,定員,開館日\n" + "".join(f"第{number},１{number % 10},2001-05-01\n" for number in range(2500))
    root = make_town({"datasets/a/datapackage.yaml": HALLS, "datasets/a/会館.csv": body})
    done = run(root, "a", "--yes")
    assert "  全角の数字（2,500 か所）" in done.stdout
    assert "    ほか 2,400 か所（`--dry-run` を付けると、全部を示します）" in done.stdout
    assert done.exit_code == 0
    assert "１" not in (root / "datasets/a/会館.csv").read_text("utf-8")


def test_long_cells_are_shown_around_the_change() -> None:
    old = "あ" * 50 + "か\u3099" + "い" * 50
    assert excerpts(old, old.replace("か\u3099", "が")) == (
        "…" + "あ" * 15 + "か\u3099" + "い" * 15 + "…",
        "…" + "あ" * 15 + "が" + "い" * 15 + "…",
    )
    assert excerpts("x" * 61, "x" * 61 + "y") == ("…" + "x" * 15, "…" + "x" * 15 + "y")
    assert excerpts("x", "") == ("x", "")


# What is not written -----------------------------------------------------------------------------------------------


def by_hand(done: Result) -> list[str]:
    """Give what is told below 人の手で直すところ."""
    lines = done.stdout.splitlines()
    assert "人の手で直すところ:" in lines, done.stdout
    return [line.strip() for line in lines[lines.index("人の手で直すところ:") + 1 :] if line.startswith("   ")]


def test_every_hint_has_its_japanese() -> None:
    assert set(HINTS.values()) <= set(catalogue("ja"))


def test_what_another_program_wrote_is_named(make_town: Callable[..., Path]) -> None:
    body = json.dumps([{"名称": "東会館", "定員": "１２０", "開館日": "2001-05-01"}], ensure_ascii=False)
    root = make_town({
        "datasets/a/datapackage.yaml": HALLS.replace("会館.csv", "a.json"),
        "datasets/a/a.json": body,
    })  # fmt: skip
    done = run(root, "a", "--yes")
    assert by_hand(done) == ["1 件目の 定員: 『１２０』 → 『120』", "→ このファイルを作ったソフトで直してください"]
    assert done.exit_code == 1
    assert (root / "datasets/a/a.json").read_text("utf-8") == body


def test_a_letter_that_the_encoding_has_not_is_named(make_town: Callable[..., Path]) -> None:
    """UTF-8 that is taken for Windows-1252: what was meant cannot be written in Windows-1252."""
    body = "name,place\n海,公園\n山,公園\n".encode()
    root = make_town({
        "datasets/a/datapackage.yaml": "resources: [{path: a.csv, encoding: cp1252}]", "datasets/a/a.csv": body,
    })  # fmt: skip
    told = by_hand(run(root, "a", "--yes"))
    assert "B2: 『å…¬åœ’』 → 『公園』" in told
    assert told[-1] == ("→ このファイルの文字コード（cp1252）にない文字です。UTF-8で保存してから直してください")
    assert (root / "datasets/a/a.csv").read_bytes() == body


@pytest.mark.parametrize(
    ("more", "fixed"),
    [
        ("", True),
        (", schema: {fields: [{name: '定員　'}]}", False),
        (", schema: {fields: [{name: 定員}]}", True),
    ],
)
def test_the_name_of_a_column(more: str, fixed: bool, make_town: Callable[..., Path]) -> None:
    """It is corrected where nothing refers to it as it is."""
    root = make_town({
        "datasets/a/datapackage.yaml": f"resources: [{{path: a.csv{more}}}]",
        "datasets/a/a.csv": "定員　\n1\n2\n",
    })  # fmt: skip
    done = run(root, "a", "--yes")
    after = (root / "datasets/a/a.csv").read_text("utf-8")
    if fixed:
        assert after == "定員\n1\n2\n"
        assert done.exit_code == 0
    else:
        assert after == "定員　\n1\n2\n"
        assert by_hand(done)[-1] == "→ 説明書にも同じ列の名前があります。両方を直してください"


def test_what_is_silenced_stays(make_town: Callable[..., Path]) -> None:
    silence = "kawaraban: {silence: [{problem: era-date, reason: 和暦のままにすると決めたため}]}\n"
    body = "名称,開館日\n東会館,令和6年4月1日\n"
    root = make_town({
        "datasets/a/datapackage.yaml": f"resources: [{{path: a.csv}}]\n{silence}",
        "datasets/a/a.csv": body,
    })  # fmt: skip
    assert run(root, "a", "--yes").exit_code == 0
    assert (root / "datasets/a/a.csv").read_text("utf-8") == body


def test_personal_data_is_neither_shown_nor_written(make_town: Callable[..., Path]) -> None:
    people = [
        f"海野{each}子,昭和5{each}年4月1日,０８０－００００－１２３{each},令和6年4月{each}日" for each in range(1, 9)
    ]
    root = make_town({
        "datasets/a/datapackage.yaml": "resources: [{path: a.csv}]",
        "datasets/a/a.csv": "\n".join(["氏名,生年月日,電話番号,参加日", *people]),
    })  # fmt: skip
    done = run(root, "a", "--yes")
    assert "    D2: 『令和6年4月1日』 → 『2024-04-01』" in done.stdout
    assert not re.search("海野|昭和|５|０８０|080|197|198", done.output)
    assert (root / "datasets/a/a.csv").read_text("utf-8").splitlines()[1:] == [
        each.replace("令和6年4月", "2024-04-0").removesuffix("日") for each in people
    ]


def test_two_fixes_that_contradict_each_other_leave_the_cell(
    make_town: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No two of our signs do so; if ever two did, nothing would be written for ever."""

    def taken(dataset: Dataset, cache: Cache, town: Mapping[str, Any] | None = None) -> Intake:
        intake = take_in(dataset, cache, town)
        old = dataset.resources[0].file.read_text("utf-8").split()[1]
        problem = Problem(
            "invisible",
            path="datasets/a/a.csv",
            row=2,
            column=1,
            address="A2",
            value=old,
            fix="西" if old == "東" else "東",
        )
        return replace(intake, verdict=replace(intake.verdict, problems=(problem,)))

    monkeypatch.setattr("kawaraban.fixing.finding.take_in", taken)
    root = make_town({"datasets/a/datapackage.yaml": "resources: [{path: a.csv}]", "datasets/a/a.csv": "名称\n東\n"})
    done = run(root, "a", "--yes")
    assert by_hand(done)[0] == "A2: 『東』 → 『西』"
    assert by_hand(done)[1].startswith("→ 直し方が二通りあって")
    assert (root / "datasets/a/a.csv").read_text("utf-8") == "名称\n東\n"


def test_what_is_made_of_other_datasets_is_wrong_use(make_town: Callable[..., Path]) -> None:
    root = make_town({
        "datasets/a/datapackage.yaml": "resources: [{path: a.csv}]", "datasets/a/a.csv": "名称\n東\n",
        "datasets/all/datapackage.yaml": "kawaraban: {consolidate: [a]}\n",
    })  # fmt: skip
    done = run(root, "all")
    assert done.exit_code == 2
    assert "all は、ほかのデータを合わせて作るデータです" in done.stderr


# Recipes -----------------------------------------------------------------------------------------------------------

BOOK = """\
# 会館の一覧
title: 会館の一覧
resources:
- path: 会館.xlsx  # 総務課から
  schema: {fields: [{name: 名称}, {name: 定員, type: integer}]}
"""
ROWS = [["名称", "定員"], ["東会館", "１２０"], ["西会館", 85]]


def test_the_fixes_of_a_workbook_go_into_the_recipe(make_town: Callable[..., Path]) -> None:
    book = workbook(ROWS)
    root = make_town({"datasets/a/datapackage.yaml": BOOK, "datasets/a/会館.xlsx": book})
    assert validated(root, "a")["valid"] is False
    done = run(root, "a", "--yes")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "datasets/a/会館.xlsx[Sheet]",
        "  全角の数字（1 か所）",
        "    B2: 『１２０』 → 『120』",
        "",
        "datasets/a/会館.xlsx は書き換えません。直し方を、説明書の `tidy` に書きます。",
        "1 か所を直しました。",
        "残っている問題はありません。",
        "次に載せる前に、お手元の 会館.xlsx も直しておいてください。",
    ]
    assert (root / "datasets/a/会館.xlsx").read_bytes() == book
    assert (root / "datasets/a/datapackage.yaml").read_text("utf-8") == (
        f'{BOOK}kawaraban:\n  tidy:\n    header: [1]\n    fixes:\n      B2: {{from: １２０, to: "120"}}\n'
    )
    assert validated(root, "a")["valid"] is True


def test_a_recipe_that_is_there_gets_more_fixes(make_town: Callable[..., Path]) -> None:
    recipe = (
        "kawaraban:\n  tidy:\n    header: [3]  # 見出し\n    leave_out: [total]\n    fixes:\n"
        "      B5: {from: 85, to: 86}  # 電話で確認\n  theme: 施設\n"
    )
    rows = [["会館の一覧"], [], *ROWS, ["合計", 205]]
    root = make_town({"datasets/a/datapackage.yaml": BOOK + recipe, "datasets/a/会館.xlsx": workbook(rows)})
    assert run(root, "a", "--yes").exit_code == 0
    assert (root / "datasets/a/datapackage.yaml").read_text("utf-8") == BOOK + recipe.replace(
        "確認\n", '確認\n      B4: {from: １２０, to: "120"}\n'
    )
    assert validated(root, "a")["valid"] is True


def test_a_csv_with_a_recipe_is_corrected_where_the_officer_sees_it(make_town: Callable[..., Path]) -> None:
    body = "会館の一覧,,\n\n番号,名称,定員\n1,東会館, １２０\n2,西会館,８５\n合計,,205\n"
    root = make_town({
        "datasets/a/datapackage.yaml": BOOK.replace("xlsx", "csv")
        + "kawaraban: {tidy: {header: [3], columns: {A: null, B: 名称, C: 定員}, leave_out: [total]}}\n",
        "datasets/a/会館.csv": body,
    })  # fmt: skip
    done = run(root, "a", "--yes")
    assert "    C5: 『８５』 → 『85』" in done.stdout.splitlines()
    assert (root / "datasets/a/会館.csv").read_text("utf-8") == body.replace(" １２０", "120").replace("８５", "85")
    assert done.exit_code == 0


def test_a_recipe_that_would_read_the_sheet_otherwise_is_not_written(make_town: Callable[..., Path]) -> None:
    """A column without a name is one to a plain reading, and none to a recipe."""
    book = workbook([["名称", None, "定員"], ["東会館", "駅前", "１２０"], ["西会館", "潮見", 85]])
    descriptor = BOOK.replace("{name: 定員", "{name: ''}, {name: 定員")
    root = make_town({"datasets/a/datapackage.yaml": descriptor, "datasets/a/会館.xlsx": book})
    done = run(root, "a", "--yes")
    assert by_hand(done) == [
        "C2: 『１２０』 → 『120』",
        "→ 説明書に直し方を書くと、表の読み方が変わってしまいます。元のExcelファイルで直してください",
    ]
    assert (root / "datasets/a/datapackage.yaml").read_text("utf-8") == descriptor


def test_a_descriptor_in_json_stays_json(make_town: Callable[..., Path]) -> None:
    schema = {"fields": [{"name": "名称"}, {"name": "定員", "type": "integer"}]}
    before = {"title": "会館", "resources": [{"path": "会館.xlsx", "schema": schema}]}
    text = json.dumps(before, ensure_ascii=False, indent=2)
    root = make_town({"datasets/a/datapackage.json": text, "datasets/a/会館.xlsx": workbook(ROWS)})
    assert run(root, "a", "--yes").exit_code == 0
    tidy = {"header": [1], "fixes": {"B2": {"from": "１２０", "to": "120"}}}
    after = json.dumps({**before, "kawaraban": {"tidy": tidy}}, ensure_ascii=False, indent=2)
    assert (root / "datasets/a/datapackage.json").read_text("utf-8") == after


def test_names_and_later_files_of_a_workbook_are_for_a_person(make_town: Callable[..., Path]) -> None:
    descriptor = (
        "resources:\n  - {path: 会館.xlsx, dialect: {sheet: Sheet}}\n"
        "  - {path: 会館.xlsx, name: b, dialect: {sheet: Sheet1},"
        " schema: {fields: [{name: 名称}, {name: 定員, type: integer}]}}\n"
    )
    book = workbook([["名称　", "定員"], ["東会館", 1], ["西会館", 2]], ROWS)
    root = make_town({"datasets/a/datapackage.yaml": descriptor, "datasets/a/会館.xlsx": book})
    done = run(root, "a", "--yes")
    assert by_hand(done) == [
        "A1: 『名称　』 → 『名称』",
        "→ 元のExcelファイルで、列の名前を直してください",
        "B2: 『１２０』 → 『120』",
        "→ 直し方を説明書に書けるのは、はじめのファイルだけです。元のExcelファイルで直してください",
    ]
    assert (root / "datasets/a/datapackage.yaml").read_text("utf-8") == descriptor
