"""Where the table is: every file's own examples, whole sheets as officers make them, and the laws of the finder."""

import csv
import io
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kawaraban.tidying import (
    blanks,
    comments,
    contrast,
    explaining,
    forms,
    headers,
    names,
    notes,
    shapes,
    tables,
    titles,
    totals,
    vocabulary,
    wide,
)
from kawaraban.tidying.layout import (
    Column,
    Layout,
    find_head,
    find_layout,
    lost_cells,
    row_kind,
    same_header,
    tail_kinds,
)

Rows = list[tuple[int, list[str]]]
ROWS = {"comment": comments, "blank": blanks, "note": notes, "total": totals}  # why -> the file of that kind of row


def rows_of(text: str) -> Rows:
    return list(enumerate(csv.reader(io.StringIO(text)), start=1))


def dropped(layout: Layout, *whys: str) -> dict[int, str]:
    return {row: each.why for each in layout.dropped for row in each.rows if not whys or each.why in whys}


def unsure(layout: Layout) -> set[str]:
    return {each.kind for each in layout.unsure}


def named(layout: Layout) -> str:
    return " ".join(column.name for column in layout.columns)


@pytest.mark.parametrize(("why", "text", "rows"), [(why, *each) for why, file in ROWS.items() for each in file.RIGHT])
def test_rows_that_are_no_data_are_named(why: str, text: str, rows: tuple[int, ...]) -> None:
    assert tuple(sorted(dropped(find_layout(rows_of(text)), why))) == rows


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, file in ROWS.items() for text in file.WRONG])
def test_rows_of_data_stay(why: str, text: str) -> None:
    assert not dropped(find_layout(rows_of(text)), why)


@pytest.mark.parametrize(("text", "rows"), titles.RIGHT)
def test_titles_units_and_notes_above_are_told(text: str, rows: dict[int, str]) -> None:
    assert dropped(find_layout(rows_of(text)), "title", "unit", "note") == rows


@pytest.mark.parametrize("text", titles.WRONG)
def test_what_is_no_title_stays(text: str) -> None:
    assert not dropped(find_layout(rows_of(text)), "title", "unit")


@pytest.mark.parametrize(("text", "rows", "columns"), headers.RIGHT)
def test_header_rows_and_names(text: str, rows: tuple[int, ...], columns: str) -> None:
    layout = find_layout(rows_of(text))
    assert (layout.header_rows, named(layout)) == (rows, columns)


@pytest.mark.parametrize("text", [*headers.WRONG, *explaining.WRONG])
def test_a_file_with_one_header_row_keeps_all_its_rows(text: str) -> None:
    layout = find_layout(rows_of(text))
    assert (layout.header_rows, layout.dropped) == ((1,), ())


@pytest.mark.parametrize(("text", "why"), explaining.RIGHT)
def test_rows_that_explain_the_header(text: str, why: str) -> None:
    assert dropped(find_layout(rows_of(text)))[2] == why


@pytest.mark.parametrize(("text", "rows", "blocks"), tables.RIGHT)
def test_several_tables(text: str, rows: tuple[int, ...], blocks: tuple[tuple[int, ...], ...]) -> None:
    layout = find_layout(rows_of(text))
    assert (tuple(dropped(layout, "table")), layout.blocks) == (rows, blocks)
    assert ("many-tables" in unsure(layout)) == bool(rows)


@pytest.mark.parametrize("text", tables.WRONG)
def test_one_table(text: str) -> None:
    layout = find_layout(rows_of(text))
    assert (dropped(layout, "table"), layout.blocks) == ({}, ())
    assert not unsure(layout) & {"many-tables", "side-table"}


def test_forms_are_told_from_tables() -> None:
    assert [text for text in forms.RIGHT if "form" not in unsure(find_layout(rows_of(text)))] == []
    assert [text for text in forms.WRONG if "form" in unsure(find_layout(rows_of(text)))] == []


@pytest.mark.parametrize(("columns", "expected"), wide.RIGHT)
def test_periods_as_columns(columns: list[str], expected: tuple[str, tuple[int, ...]]) -> None:
    found = wide.find_wide(columns)
    assert found is not None
    assert (found.kind, found.columns) == expected


@pytest.mark.parametrize("columns", wide.WRONG)
def test_columns_that_are_no_periods(columns: list[str]) -> None:
    assert wide.find_wide(columns) is None


def test_small_judgements() -> None:
    assert [(text, shapes.kind_of(text)) for text, _ in shapes.RIGHT] == shapes.RIGHT
    assert [(text, vocabulary.unit_in(text)) for text, _ in vocabulary.RIGHT] == vocabulary.RIGHT
    assert [(text, names.one_line(text)) for text, _ in names.RIGHT] == names.RIGHT
    for cells, is_header in contrast.RIGHT:
        first, *body = shapes.lines_of(list(enumerate(cells, start=1)))
        assert contrast.is_data(first, body) is not is_header, cells


# whole sheets: (what it is, file, header rows, names, dropped)
SHEETS: list[tuple[str, str, tuple[int, ...], str, dict[int, str]]] = [
    (
        "a table of statistics: title, unit at the right, two levels, a source below",
        "第2表　年齢別人口,,,,,\n,,,,,（単位：人）\n区分,総数,,,年少,\n,計,男,女,男,女\n令和5年,41,20,21,3,4\n"
        "令和6年,43,21,22,3,4\n資料：住民基本台帳（各年10月1日現在）,,,,,\n",
        (3, 4), "区分 総数_計 総数_男 総数_女 年少_男 年少_女", {1: "title", 2: "unit", 7: "note"},
    ),
    (
        "subtotals under groups that are written once",
        "地区,町名,世帯,人口\n汐見,1丁目,10,20\n,2丁目,12,25\n,小計,22,45\n駅前,1丁目,5,9\n,2丁目,6,11\n,小計,11,20\n合計,,33,65\n",
        (1,), "地区 町名 世帯 人口", {4: "total", 7: "total", 8: "total"},
    ),
    (
        "titles in the middle of the sheet",
        ",,避難所一覧,,\n,,令和6年4月1日現在,,\n番号,名称,住所,定員,電話\n1,本館,1丁目,50,099-111-2222\n2,分館,2丁目,20,099-111-2223\n",
        (3,), "番号 名称 住所 定員 電話", {1: "title", 2: "title"},
    ),
    (
        "a page break: title and header again",
        "表1,,\n名称,住所,定員\n本館,1丁目,50\n分館,2丁目,20\n\n表1（続き）,,\n名称,住所,定員\n支所,3丁目,10\n",
        (2,), "名称 住所 定員", {1: "title", 5: "blank", 6: "title", 7: "header"},
    ),
    (
        "more notes than rows",
        "名称,住所,定員\n本館,1丁目,50\n\n※1 要予約\n※2 無料\n※3 有料\n※4 休館中\n※5 工事中\n※6 増築\n",
        (1,), "名称 住所 定員", {3: "blank", **dict.fromkeys(range(4, 10), "note")},
    ),
    (
        "blank rows and a blank column before the table",
        ",,\n,名　称,所在地\n,本館,1丁目\n,分館,2丁目\n",
        (2,), "名　称 所在地", {1: "blank"},
    ),
    (
        "a title above two columns",
        "1 人口の推移,\n年,人口\n2020,1000\n2021,990\n2022,980\n",
        (2,), "年 人口", {1: "title"},
    ),
    (
        "headings among the rows",
        "分類,名称,内容\n【東部】,,\n施設,本館,本を貸す\n施設,分館,本を貸す\n【西部】,,\n施設,支所,窓口\n",
        (1,), "分類 名称 内容", {2: "group", 5: "group"},
    ),
    (
        "months as columns, the total in column and row",
        "ごみ収集量,,,,\n（単位：t）,,,,\n種別,4月,5月,6月,合計\n可燃,10,11,12,33\n不燃,1,2,3,6\n合計,11,13,15,39\n",
        (3,), "種別 4月 5月 6月 合計", {1: "title", 2: "unit", 6: "total"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows", "columns", "gone"), [each[1:] for each in SHEETS], ids=[each[0] for each in SHEETS]
)
def test_whole_sheets(text: str, rows: tuple[int, ...], columns: str, gone: dict[int, str]) -> None:
    layout = find_layout(rows_of(text))
    assert (layout.header_rows, named(layout), dropped(layout)) == (rows, columns, gone)


def test_units_come_from_brackets_and_from_a_row_of_their_own() -> None:
    layout = find_layout(rows_of("地区,面積（㎢）\n汐見,1.5\n駅前,0.5\n"))
    assert [column.unit for column in layout.columns] == ["", "㎢"]
    layout = find_layout(rows_of("年度,人口,面積\n,人,㎢\n令和4年度,100,2.5\n令和5年度,110,2.5\n"))
    assert [column.unit for column in layout.columns] == ["", "人", "㎢"]
    assert find_layout(rows_of("（単位：千円）,,\n科目,令和4年度,令和5年度\n収入,1,2\n支出,1,3\n")).unit == "千円"


MERGED = "公園の一覧,,,,\n公園,所在地,,面積,備考\n,町,番地,,\n汐見公園,汐見,1-1,1200,\n駅前公園,駅前,2-2,800,噴水\n"
SPANS = ((1, 1, 1, 5), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (2, 5, 3, 5))


def test_merged_cells_say_what_a_label_is_above() -> None:
    layout = find_layout(rows_of(MERGED), SPANS)
    assert (layout.header_rows, named(layout), dropped(layout)) == (
        (2, 3),
        "公園 所在地_町 所在地_番地 面積 備考",
        {1: "title"},
    )
    assert not unsure(layout)


def test_merged_cells_among_the_data_are_told() -> None:
    text = "地区,町,人口\n汐見,1丁目,10\n,2丁目,20\n駅前,1丁目,5\n"
    layout = find_layout(rows_of(text), ((2, 1, 3, 1),))
    assert (layout.header_rows, unsure(layout)) == ((1,), {"merged-cells"})


def test_columns_that_are_no_part_of_the_table() -> None:
    blank = find_layout(rows_of("番号,名称,,備考,\n1,本館,,,\n2,分館,,休み,\n"))
    assert ([column.index for column in blank.columns], blank.left_out, unsure(blank)) == ([0, 1, 3], (2, 4), set())
    unnamed = find_layout(rows_of("番号,名称,\n1,本館,あり\n2,分館,なし\n"))
    assert named(unnamed) == "番号 名称 field3"
    extra = find_layout(rows_of("番号,名称\n1,本館\n2,分館,休み\n3,支所\n"))
    assert (named(extra), unsure(extra)) == ("番号 名称", {"extra-cells"})
    lines = "".join(f"{at},第{at}館,1丁目,,\n" for at in range(2, 40))
    stray = find_layout(rows_of("番号,名称,住所,,\n1,本館,1丁目,,要確認\n" + lines))
    assert (named(stray), unsure(stray)) == ("番号 名称 住所", {"stray-cells"})
    assert lost_cells(["1", "本館", "1丁目", "", "要確認"], stray) == (4,)


def test_tables_side_by_side_with_other_columns_are_not_mixed() -> None:
    layout = find_layout(rows_of("年度,貸出,利用者,,年度,休館日数\n2022,10,5,,2022,60\n2023,11,6,,2023,61\n"))
    assert (named(layout), unsure(layout)) == ("年度 貸出 利用者", {"side-table"})


def test_a_file_without_a_header_or_without_data() -> None:
    without = find_layout(rows_of("1,2024-04-01,鉛筆\n2,2024-04-02,紙\n3,2024-04-03,机\n"))
    assert (without.header_rows, without.first_data, unsure(without)) == ((), 1, {"no-header"})
    template = find_layout(rows_of("番号,名称,住所\n,,\n,,\n"))
    assert (template.header_rows, dropped(template), unsure(template)) == (
        (1,),
        {2: "blank", 3: "blank"},
        {"no-data"},
    )
    assert find_layout([]).columns == ()


def test_a_header_that_moved_is_found_by_its_names() -> None:
    old = find_layout(rows_of("名称,住所\n本館,1丁目\n分館,2丁目\n"))
    new = same_header(old, rows_of("図書館,\n令和6年度,\n名称,住所\n本館,1丁目\n支所,3丁目\n"))
    assert new is not None
    assert (new.header_rows, new.first_data) == ((3,), 4)
    more = same_header(old, rows_of("住所,名称,電話\n1丁目,本館,099-111-2222\n"))
    assert more is not None
    assert named(more) == "住所 名称 電話"
    odd = Layout((1,), (Column(0, "甲"), Column(1, "乙")), 2)
    found = same_header(odd, rows_of("1,2\n3,4\n甲,乙\n5,6\n7,8\n"))
    assert found is not None
    assert found.header_rows == (3,)
    assert same_header(old, rows_of("年,人口\n2022,10\n2023,11\n")) is None


LABELS = ["名称", "住所", "電話番号", "定員", "備考", "緯度", "区分"]
ODD = [
    "合計所",
    "※本館",
    "計良医院",
    "#祭り",
    "注射針",
    "備考橋",
    "【東】会館",
    "資料館",
    "-",
    "出典社",
    "例",
    "名称",
    "1",
    "○",
]
LATER = {
    "電話番号": "099-123-45{:02}",
    "定員": "{}",
    "緯度": "33.{}",
    "住所": "汐見{}丁目",
    "備考": "休み",
    "区分": "公立",
}


@some.composite
def clean_tables(draw: some.DrawFn) -> list[list[str]]:
    """Give a clean table: one header row, names that look odd, every cell filled."""
    later = draw(some.lists(some.sampled_from(LABELS[1:]), min_size=2, max_size=5, unique=True))
    count = draw(some.integers(1, 8))
    cells = [
        [draw(some.sampled_from(ODD)), *(LATER[label].format(draw(some.integers(10, 99))) for label in later)]
        for _ in range(count)
    ]
    return [["名称", *later], *cells]


@settings(max_examples=300, deadline=None)
@given(clean_tables())
def test_a_clean_table_loses_nothing(table: list[list[str]]) -> None:
    layout = find_layout(list(enumerate(table, start=1)))
    assert layout.header_rows == (1,)
    assert named(layout) == " ".join(table[0])
    assert dropped(layout) == {}


@settings(max_examples=150, deadline=None)
@given(
    some.lists(
        some.lists(
            some.sampled_from(["", "名称", "12", "※", "合計", "本館", "# a", "2024-04-01", "（人）"]), max_size=5
        ),
        max_size=12,
    )
)
def test_every_row_is_header_data_or_named_once(cells: list[list[str]]) -> None:
    rows = list(enumerate(cells, start=1))
    layout = find_layout(rows)
    gone = [row for each in layout.dropped for row in each.rows]
    assert len(gone) == len(set(gone))
    assert not set(gone) & set(layout.header_rows)
    data = {number for number, _ in rows} - set(gone) - set(layout.header_rows)
    assert all(any(cell.strip() for cell in cells[number - 1]) for number in data)
    kept = {column.index for column in layout.columns} | set(layout.left_out)
    assert all(at in kept for number in data for at, cell in enumerate(cells[number - 1]) if cell)
    assert len({column.name for column in layout.columns}) == len(layout.columns)
    assert find_layout(rows) == layout


@pytest.mark.parametrize("text", [each[1] for each in SHEETS] + [text for text, _ in notes.RIGHT])
def test_a_large_sheet_is_read_row_by_row_as_a_small_one_is_at_once(text: str) -> None:
    rows = rows_of(text)
    whole, head = find_layout(rows), find_head(rows)
    assert (head.header_rows, head.columns, head.first_data) == (whole.header_rows, whole.columns, whole.first_data)
    later = [(number, cells) for number, cells in rows if number >= head.first_data]
    kinds = {number: why for number, cells in later if (why := row_kind(cells, head))} | tail_kinds(later[-60:], head)
    above = dropped(head)
    expected = {row: why for row, why in dropped(whole).items() if why != "title" or row in above}
    assert above | kinds == expected


@pytest.mark.parametrize(
    ("first", "second"), [*product(["本館", "合計", "※", "名称", ""], ["1丁目", "小計", "住所", ""])]
)
def test_the_quick_look_at_a_row_says_what_the_slow_one_says(first: str, second: str) -> None:
    from kawaraban.tidying.single import why_no_data

    layout = find_head(rows_of("名称,住所,定員\n本館,1丁目,10\n分館,2丁目,20\n"))
    for third in ("12", "合計", "定員", ""):
        cells = [first, second, third]
        assert row_kind(cells, layout) == why_no_data(shapes.Line(0, cells, shapes.filled_of(cells)), layout)
