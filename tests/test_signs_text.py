"""The signs about text, where an example cannot say it: lines of the raw file, large tables, laws."""

import csv
import io
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.checking.sheet import Example
from kawaraban.languages import translator
from kawaraban.model import Problem
from kawaraban.reading.columns import SMALL
from kawaraban.reporting.sentences import sentence
from test_signs import found_in

ROWS = [f"{number},第{number}会館,{number}丁目,{20 + number}" for number in range(1, 41)]
HEAD = "番号,名称,住所,定員"
# kind -> (column, a cell that shows it); the columns are as in `large`
ODD_CELLS = {
    "swallowed-rows": (1, "\n".join(["第0会館,0丁目,20", *ROWS[:3], "9,第9会館"])),
    "many-newlines": (1, "\n".join("ぜんぶの予定")[:-1] + "\n".join("abcdefgh")),
    "mojibake": (1, "蝗ｳ譖ｸ鬢ｨ"),
    "lost-letter": (3, "9?17"),
    "bidi-cell": (1, "本\u202e館"),
    "invisible": (3, "20\u200b"),
    "not-nfc": (1, "か\u3099いと\u3099"),
    "full-width-code": (3, "２０"),
}


def found(body: bytes | str, kind: str, folder: Path, name: str = "data.csv") -> list[Problem]:
    return found_in(Example(body, name=name), kind, folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_an_open_quote_is_that_of_the_raw_file(end: str, encoding: str, tmp_path: Path) -> None:
    """A cell of three lines before it: the row is 6, the line is 8."""
    lines = [HEAD, *ROWS]
    lines[2] = f'2,"第2{end}会,{end}館",2丁目,22'
    lines[5] = '5,第5会館,"5丁目,25'
    lines[30] = '30,第30会館,30丁目,"50'
    body = (end.join(lines) + end).encode(encoding)
    problem = found(body, "swallowed-rows", tmp_path)[0]
    assert (problem.address, problem.value) == ("C6", "5丁目,25")
    assert (problem.details["line"], problem.details["count"]) == (8, 25)
    what, hint = sentence(problem, translator("ja"))
    assert "8 行目" in what
    assert "続く 25 行" in what
    assert "8 行目" in hint


def test_a_quote_open_to_the_end_is_said_once(tmp_path: Path) -> None:
    body = "\n".join([HEAD, *ROWS[:20], '21,"第21会館,21丁目,41', *ROWS[21:]])
    found_by = {
        kind: found(body, kind, tmp_path / kind) for kind in ("unclosed-quote", "swallowed-rows", "many-newlines")
    }
    problem = found_by.pop("unclosed-quote")[0]
    assert (problem.address, problem.details["line"], problem.details["count"]) == ("B22", 22, 19)
    assert found_by == {"swallowed-rows": [], "many-newlines": []}


def test_a_cell_of_swallowed_rows_is_no_long_cell(tmp_path: Path) -> None:
    body = "\n".join([HEAD, '1,"第1会館,1丁目,21', *ROWS[1:20], '21,"第21会館",21丁目,41', *ROWS[21:]])
    assert len(found(body, "swallowed-rows", tmp_path / "swallowed")) == 1
    assert found(body, "many-newlines", tmp_path / "many") == []


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_minded(delimiter: str, tmp_path: Path) -> None:
    lines = [line.replace(",", delimiter) for line in [HEAD, *ROWS]]
    lines[4] = lines[4].replace("第", '"第')
    lines[9] = lines[9].replace("第", '"第')
    assert [each.address for each in found("\n".join(lines), "swallowed-rows", tmp_path)] == ["B5"]


def test_mixed_line_ends_are_counted_outside_of_cells(tmp_path: Path) -> None:
    lines = [f'{number},"本\n館"\r\n' for number in range(1, 9)]
    lines[5] = '6,"本\r\n館"\n'
    problem = found("番号,名称\r\n" + "".join(lines), "mixed-line-endings", tmp_path)[0]
    assert problem.address == "7"
    assert problem.details["line"] == 13
    assert problem.details["counts"] == "CRLF 8, LF 1"


def test_what_is_no_text_has_no_lines(tmp_path: Path) -> None:
    body = '[{"番号": 1, "名称": "北,\\n2,南,\\n3,\\n4,\\n5,\\n6,\\n7,\\n8,\\n9,\\n10,\\n11,東"}]'
    for kind in ("swallowed-rows", "unclosed-quote", "mixed-line-endings"):
        assert found(body, kind, tmp_path / kind, "data.json") == []
    assert len(found(body, "many-newlines", tmp_path / "many", "data.json")) == 1


def large(odd: dict[int, list[str]]) -> str:
    """Give a CSV file that is read by Arrow, with some rows of its own."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEAD.split(","))
    for number in count(1):
        writer.writerow(odd.get(number, [str(number), f"第{number}会館", f"{number}丁目", str(20 + number % 80)]))
        if text.tell() > SMALL and number > max(odd, default=0):
            return text.getvalue()
    raise AssertionError


@pytest.mark.parametrize("kind", ODD_CELLS)
def test_a_large_table_is_looked_at_as_a_small_one_is(kind: str, tmp_path: Path) -> None:
    column, cell = ODD_CELLS[kind]
    odd = {}
    for number, more in ((700, []), (800, ["余り"])):  # the second is ragged
        cells = [str(number), "本館", "1丁目", "20", *more]
        cells[column] = cell
        odd[number] = cells
    body = large(odd)
    assert len(body.encode()) > SMALL
    letter = "ABCD"[column]
    assert [each.address for each in found(body, kind, tmp_path)] == [f"{letter}701", f"{letter}801"]


@pytest.mark.parametrize("kind", [*ODD_CELLS, "unclosed-quote", "mixed-line-endings", "header-spaces"])
def test_a_large_clean_table_shows_no_sign(kind: str, tmp_path: Path) -> None:
    assert found(large({}), kind, tmp_path) == []


CELLS = st.text(st.sampled_from('あ漢aB1, \n"、・-'), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=8)))
def test_what_a_program_wrote_is_never_called_unclosed(rows: list[list[str]]) -> None:
    """Law: whatever the cells hold, a file with proper quotes has no open quote and no swallowed rows."""
    text = io.StringIO(newline="")
    width = len(rows[0]) if rows else 2
    csv.writer(text).writerows([[f"列{number}" for number in range(width)], *rows])
    with TemporaryDirectory() as folder:
        for kind in ("swallowed-rows", "unclosed-quote", "mixed-line-endings"):
            assert found(text.getvalue(), kind, Path(folder) / kind) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 25), st.integers(1, 12), st.integers(1, 3), st.integers(1, 3), st.booleans())
def test_an_open_quote_is_found_wherever_it_is(start: int, size: int, column: int, end: int, quoted: bool) -> None:
    """Law: one quote that opens in any row, and one in a later row that ends it, is found at the first."""
    rows = [row.split(",") for row in ROWS]
    rows[start][column] = '"' + rows[start][column]
    rows[start + size][end] = f'"{rows[start + size][end]}"' if quoted else rows[start + size][end] + '"'
    body = "\n".join([HEAD, *map(",".join, rows)]) + "\n"
    with TemporaryDirectory() as folder:
        problems = found(body, "swallowed-rows", Path(folder))
    assert [(each.address, each.details["line"]) for each in problems] == [
        (f"{'ABCD'[column]}{start + 2}", start + 2)
    ]
