"""Charts: what a reader sees and counts in them, whatever draws them. Numbers are reckoned here once more."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kawaraban.fences import Fence
from kawaraban.site import Site
from kawaraban.standards import match, standard, views_for
from kawaraban.views.axes import shifted, time_ticks
from kawaraban.views.chart import MARKS
from kawaraban.views.palette import palettes
from kawaraban.views.picture import png, standalone
from kawaraban.views.sides import parted

Element = ElementTree.Element
DAYS = [date(2024, 3, 1) + timedelta(days=each) for each in range(400)]
CASES = [max(0, round(20 + 18 * math.sin(each / 29) + (each * 7) % 5 - 2)) for each in range(400)]
AGES = ["0-14歳", "15-64歳", "65歳以上"]
PEOPLE = {("男", 0): 11, ("女", 0): 13, ("男", 1): 52, ("女", 1): 47, ("男", 2): 30, ("女", 2): 38}
LONG = "旧宿場町歴史資料館・交流センター（分館を含む）"
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[140.0, 35.0], [140.1, 35.0], [140.1, 35.1], [140.0, 35.1], [140.0, 35.0]]],
}
FILES = {
    "hibi": "日付,件数\n" + "".join(f"{day},{count}\n" for day, count in zip(DAYS, CASES, strict=True)),
    "kazu": "年,金額,率\n2019,31000000,1.5\n2020,52000000,2.5\n2021,43000000,0.5\n2022,64000000,3.5\n",
    "hito": "地区,年齢,性別,人数\n"
    + "".join(f"{area},{AGES[age]},{sex},{count * (1 + number)}\n" for number, area in enumerate(["東", "西"])
              for (sex, age), count in PEOPLE.items()),
    "kan": f"館,冊数,貸出\n{LONG},3,1\n東分館,2,2\n<b>西</b>分館,1,3\n",
    "sho": "年度,予算\n2023,3232776\n2024,2298486\n",
    "ten": "長さ,重さ,種\n" + "".join(f"{each * 1.5},{each % 7},{'甲乙'[each % 2]}\n" for each in range(60)),
}  # fmt: skip
TYPES = {
    "日付": "date",
    "件数": "integer",
    "年": "integer",
    "年度": "integer",
    "金額": "integer",
    "率": "number",
    "人数": "integer",
    "冊数": "integer",
    "貸出": "integer",
    "予算": "integer",
    "長さ": "number",
    "重さ": "integer",
}
UNITS = {"件数": "件", "金額": "円", "率": "%", "人数": "人", "予算": "千円"}


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> Site:
    root = tmp_path_factory.mktemp("charts")
    (root / "mkdocs.yml").write_text("site_name: 小町\ntheme: {language: ja}\n", encoding="utf-8")
    for name, text in FILES.items():
        fields = [
            {"name": each, "type": TYPES.get(each, "string"), "unit": UNITS.get(each, "")}
            for each in text.split("\n")[0].split(",")
        ]
        _dataset(root, name, f"{name}.csv", text, fields)
    shapes = [
        {"type": "Feature", "properties": {"名": name, "旧名": f"旧{name}"}, "geometry": geometry}
        for name, geometry in {
            "東": SQUARE,
            "西": {
                "type": "MultiPolygon",
                "coordinates": [[[[139.9, 35.0], [140.0, 35.0], [140.0, 35.1], [139.9, 35.0]]]],
            },
            "南": {"type": "Polygon", "coordinates": [[[140.0, 34.9], [140.1, 34.9], [140.0, 35.0], [140.0, 34.9]]]},
        }.items()
    ]
    text = yaml.safe_dump({"type": "FeatureCollection", "features": shapes}, default_flow_style=True, width=10**6)
    import json

    _dataset(root, "sakai", "sakai.geojson", json.dumps(yaml.safe_load(text)), None)
    return Site(root, warn=told.append)


def _dataset(root: Path, name: str, file: str, text: str, fields: Any) -> None:
    folder = root / "datasets" / name
    folder.mkdir(parents=True)
    (folder / file).write_text(text, encoding="utf-8")
    resource = {"path": file, **({"schema": {"fields": fields}} if fields else {})}
    (folder / "datapackage.yaml").write_text(
        yaml.safe_dump({"name": name, "title": name, "resources": [resource]}, allow_unicode=True), encoding="utf-8"
    )


@pytest.fixture
def draw(site: Site) -> Callable[..., str]:
    """Give the HTML of a chart, drawn anew; `values` are the lines of a fence."""

    def draw(**values: Any) -> str:
        body = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        return site.draw(Fence("chart", body, 0, 1, "", "```", "index.md", "docs/index.md:1"))

    return draw


def drawings(html: str) -> list[Element]:
    """Give the drawing for a desk and the one for a phone."""
    found = [ElementTree.fromstring(each) for each in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]  # noqa: S314 - our own
    assert len(found) == 2, html[:400]
    return found


def titles(svg: Element, tag: str) -> list[str]:
    return [said for each in svg.iter(tag) if (said := each.findtext("title"))]


def texts(svg: Element) -> list[str]:
    return ["".join(each.itertext()) for each in svg.iter("text")]


def spoken(svg: Element, tag: str = "rect") -> list[Element]:
    return [each for each in svg.iter(tag) if each.findtext("title")]


def number(each: Element, name: str) -> float:
    return float(each.attrib[name])


def table(html: str) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def placed(svg: Element) -> list[tuple[Element, float, float]]:
    """Give every element with how far the groups around it move it."""
    found: list[tuple[Element, float, float]] = []

    def walk(each: Element, x: float, y: float) -> None:
        if each.tag == "g" and (moved := re.match(r"translate\(([-\d.]+),([-\d.]+)\)", each.get("transform", ""))):
            x, y = x + float(moved[1]), y + float(moved[2])
        found.append((each, x, y))
        for inner in each:
            walk(inner, x, y)

    walk(svg, 0.0, 0.0)
    return found


def boxes(svg: Element) -> list[tuple[str, float, float, float]]:
    """Give each line of upright text: its left end, its right end and its baseline; Latin letters have 7 px."""
    found = []
    for each, x, y in placed(svg):
        if each.tag != "text" or "rotate" in each.get("transform", ""):
            continue
        for at, line in enumerate([each.text or "", *("".join(part.itertext()) for part in each)]):
            wide = sum(12 if ord(letter) > 0x2FF else 6.9 for letter in line)
            left = x + number(each, "x") - {"middle": wide / 2, "end": wide}.get(each.get("text-anchor", ""), 0.0)
            found.append((line, left, left + wide, y + number(each, "y") + 15 * at))
    return found


# Bars --------------------------------------------------------------------------------------------------------


def test_a_bar_for_each_row_in_the_order_of_the_data_as_tall_as_its_number(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="kan", mark="bar", x="館", y="冊数"))
    bars = spoken(wide)
    assert [each.findtext("title") for each in bars] == [f"{LONG} 3", "東分館 2", "<b>西</b>分館 1"]
    tall = [number(each, "height") for each in bars]
    assert tall[0] / tall[2] == pytest.approx(3, rel=0.02)
    assert tall[1] / tall[2] == pytest.approx(2, rel=0.02)
    left = [number(each, "x") for each in bars]
    assert left == sorted(left)


def test_bars_are_sorted_and_cut_as_asked(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="kan", mark="bar", x="館", y="冊数", sort="y", limit=2))
    assert [said.split()[-1] for said in titles(wide, "rect")] == ["1", "2"]


def test_rows_are_counted_by_what_stands_in_x(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="ten", mark="bar", x="種", y="種", aggregate="count", unit="件"))
    assert titles(wide, "rect") == ["甲 30件", "乙 30件"]
    by_year, _ = drawings(draw(data="kazu", mark="bar", x="年", y="年", aggregate="count"))
    assert titles(by_year, "rect") == ["2019年 1", "2020年 1", "2021年 1", "2022年 1"]
    by_name, _ = drawings(draw(data="hito", mark="bar", x="性別", y="地区", aggregate="count"))
    assert titles(by_name, "rect") == ["男 6", "女 6"]


def test_lying_bars_have_their_values_at_their_ends(draw: Callable[..., str]) -> None:
    wide, narrow = drawings(draw(data="kan", mark="bar", x="冊数", y="館", unit="冊"))
    bars = spoken(wide)
    assert [round(number(each, "width") / number(bars[2], "width"), 1) for each in bars] == [3.0, 2.0, 1.0]
    for svg in (wide, narrow):
        assert {"3冊", "2冊", "1冊"} <= set(texts(svg))


@pytest.mark.parametrize(("x", "y"), [("館", "冊数"), ("冊数", "館")])
def test_long_names_are_broken_into_lines_and_nothing_leaves_the_drawing(
    x: str, y: str, draw: Callable[..., str]
) -> None:
    for svg in drawings(draw(data="kan", mark="bar", x=x, y=y)):
        said = next(each for each in svg.iter("text") if (each.text or "").startswith("旧宿場町"))
        assert len(said) in (1, 2), "two or three lines"
        whole = float(svg.attrib["viewBox"].split()[2])
        assert all(left >= -1 and right <= whole + 1 for _, left, right, _ in boxes(svg))


def test_several_columns_stand_side_by_side_or_on_top_of_each_other(draw: Callable[..., str]) -> None:
    beside, _ = drawings(draw(data="kan", mark="grouped bar", x="館", y=["冊数", "貸出"]))
    groups: dict[str, list[Element]] = {}
    for each in spoken(beside):
        groups.setdefault((each.findtext("title") or "").split()[0], []).append(each)
    first, second = groups["冊数"], groups["貸出"]
    assert all(
        number(a, "x") + number(a, "width") == pytest.approx(number(b, "x"), abs=0.2)
        for a, b in zip(first, second, strict=True)
    )
    stacked, _ = drawings(draw(data="kan", mark="stacked bar", x="館", y=["冊数", "貸出"]))
    bars = spoken(stacked)
    below, above = bars[:3], bars[3:]
    for a, b in zip(below, above, strict=True):
        assert number(a, "x") == number(b, "x")
        assert number(b, "y") + number(b, "height") == pytest.approx(number(a, "y"), abs=0.2)
    assert "4" in texts(stacked), "the axis reaches the whole of a stack"


def test_bars_with_a_line_have_an_axis_for_each_unit(draw: Callable[..., str]) -> None:
    html = draw(data="kazu", mark="bar with line", x="年", y=["金額", "率"])
    wide, _ = drawings(html)
    assert len(spoken(wide)) == 4
    assert len(spoken(wide, "circle")) == 4
    assert {"円", "%", "金額", "率", "8,000万", "4"} <= set(texts(wide))
    heights = [number(each, "cy") for each in spoken(wide, "circle")]
    assert heights.index(min(heights)) == 3, "3.5 % is the highest"
    assert table(html)[0] == ["年", "金額円", "率%"]


# Lines, areas, points ----------------------------------------------------------------------------------------


def test_a_line_through_every_row_with_its_last_value_named(draw: Callable[..., str]) -> None:
    for svg in drawings(draw(data="hibi", x="日付", y="件数")):
        (path,) = [each for each in svg.iter("path") if each.get("fill") == "none"]
        assert path.attrib["d"].count("L") == len(DAYS) - 1
        assert [each.text for each in svg.iter("text") if each.get("font-weight") == "bold"] == [str(CASES[-1])]


def test_lines_are_named_at_their_ends_where_they_fit(draw: Callable[..., str]) -> None:
    wide, narrow = drawings(
        draw(data="hito", x="年齢", y="人数", color="性別", aggregate="sum", where={"地区": "東"})
    )
    for name, last in (("男", 30), ("女", 38)):
        assert f"{name} {last}" in texts(wide)
        assert any(each.startswith(name) for each in texts(narrow))
    ends = {line: left for line, left, _, _ in boxes(wide)}
    assert ends["男 30"] > 600, "at the end of its line, not in a legend above"


def test_areas_lie_on_each_other(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="hito", mark="area", x="年齢", y="人数", color="性別", aggregate="sum"))
    assert "150" in texts(wide) or "200" in texts(wide), "the axis reaches 99 + 198"
    paths = [each for each in wide.iter("path") if (each.get("fill") or "").startswith("var(--kb-")]
    assert [each.attrib["fill"] for each in paths] == ["var(--kb-1)", "var(--kb-2)"]


def test_points_are_as_many_as_the_rows(draw: Callable[..., str]) -> None:
    for svg in drawings(draw(data="ten", mark="point", x="長さ", y="重さ", color="種")):
        assert len(list(svg.iter("circle"))) == 60 + 2, "and two in the legend"
        assert {"甲", "乙"} <= set(texts(svg))


# Numbers and moments -----------------------------------------------------------------------------------------


def test_large_numbers_are_said_in_man_and_oku(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="kazu", mark="bar", x="年", y="金額"))
    assert {"2,000万", "4,000万", "6,000万", "8,000万", "3,100万", "6,400万"} <= set(texts(wide))
    large, _ = drawings(draw(sql='SELECT "年", "金額" * 12 AS "金額" FROM kazu', mark="bar", x="年", y="金額"))
    assert {"2億", "8億", "3.7億", "7.7億"} <= set(texts(large))


def test_a_unit_that_is_a_number_is_not_counted_in_man(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="sho", mark="bar", x="年度", y="予算"))
    assert {"3,232,776", "2,298,486", "千円"} <= set(texts(wide))
    assert not any("万" in each for each in texts(wide))


def test_counts_have_no_halves_on_their_axis(draw: Callable[..., str]) -> None:
    for svg in drawings(draw(data="kan", mark="bar", x="館", y="冊数")):
        axis = [each.text or "" for each in svg.iter("text") if each.get("text-anchor") == "end"]
        assert axis[:4] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("days", [0, 1, 2, 5, 9, 20, 45, 74, 76, 100, 200, 365, 500, 900, 1500, 4000, 9000, 20000])
@pytest.mark.parametrize("room", [90.0, 150.0, 270.0, 610.0])
@pytest.mark.parametrize("era", [False, True])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_dates_of_an_axis_do_not_run_into_each_other(days: int, room: float, era: bool, lang: str) -> None:
    last = date(2025, 5, 4).toordinal()
    low, high = float(last - days), float(last)
    found = time_ticks(low, high, room, lang, era)
    assert found, "at least one"
    assert all(low <= place <= high for place, _ in found)
    spans = [(place - low) / max(high - low, 1) * room for place, _ in found]
    for (at, one), (after, other) in zip(
        zip(spans, found, strict=True), list(zip(spans, found, strict=True))[1:], strict=False
    ):
        for line in range(min(len(one[1]), len(other[1]))):
            half = sum(sum(12 if ord(c) > 0x2FF else 6.9 for c in each[1][line]) / 2 for each in (one, other))
            assert after - at >= half, (one, other)


def test_years_are_those_of_an_era_on_request(draw: Callable[..., str]) -> None:
    html = draw(data="kazu", mark="line", x="年", y="金額", era=True)
    assert {"令和元年", "令和2年", "令和4年"} <= set(texts(drawings(html)[0]))
    assert [row[0] for row in table(html)[1:]] == ["令和元年", "令和2年", "令和3年", "令和4年"]
    plain = draw(data="kazu", mark="line", x="年", y="金額")
    assert {"2019年", "2022年"} <= set(texts(drawings(plain)[0]))
    daily = draw(data="hibi", x="日付", y="件数", era=True)
    assert {"令和6年", "令和7年"} <= {line for each in drawings(daily)[0].iter("tspan") for line in each.itertext()}
    assert table(daily)[1][0] == "令和6年3月1日"


def test_ends_that_lie_close_are_moved_apart_and_stay_inside() -> None:
    found = shifted([50.0, 51.0, 52.0, 199.0, 200.0], 15.0, 0.0, 200.0)
    assert all(after - before >= 15 - 1e-9 for before, after in pairwise(found))
    assert found[-1] <= 200
    assert shifted([100.0], 15.0, 0.0, 200.0) == [100.0]


# What is laid over a chart -----------------------------------------------------------------------------------


def test_notes_stand_at_their_moments(draw: Callable[..., str]) -> None:
    middle = DAYS[100]
    html = draw(data="hibi", x="日付", y="件数", note={middle: "祭り", str(DAYS[300]): "式典", "1999-01-01": "昔"})
    for svg in drawings(html):
        assert {"祭り", "式典"} <= set(texts(svg))
        assert "昔" not in texts(svg), "what lies outside waits"
        (path,) = [each for each in svg.iter("path") if each.get("fill") == "none"]
        places = [float(each.split(",")[0]) for each in re.findall(r"[ML]([-\d.,]+)", path.attrib["d"])]
        threads = [float(re.findall(r"M([-\d.]+)", each.attrib["d"])[0]) for each in svg.iter("path")
                   if each.get("stroke-dasharray") == "3 3"]  # fmt: skip
        assert sorted(threads) == pytest.approx([places[100], places[300]], abs=0.2)
    assert "kb-note" not in html


def test_notes_side_by_side_do_not_cover_each_other(draw: Callable[..., str]) -> None:
    notes = {DAYS[at]: f"長めの注釈その{at}" for at in (190, 195, 200, 205, 380, 399)}
    for svg in drawings(draw(data="hibi", x="日付", y="件数", note=notes)):
        found = [each for each in boxes(svg) if "注釈" in each[0] or "その" in each[0]]
        assert len(found) >= 6
        for at, (_, left, right, base) in enumerate(found):
            for _, other_left, other_right, other_base in found[at + 1 :]:
                assert abs(base - other_base) > 10 or right <= other_left or other_right <= left


def test_a_note_that_is_a_sentence_stays_below(draw: Callable[..., str]) -> None:
    html = draw(data="hibi", x="日付", y="件数", note="速報です。")
    assert '<p class="kb-note">速報です。</p>' in html


def test_a_note_can_stand_at_a_name_or_a_year(draw: Callable[..., str]) -> None:
    assert "改装" in texts(drawings(draw(data="kan", mark="bar", x="館", y="冊数", note={"東分館": "改装"}))[0])
    assert "改正" in texts(drawings(draw(data="kazu", mark="bar", x="年", y="率", note={2021: "改正"}))[0])
    assert "改正" in texts(drawings(draw(data="kazu", mark="line", x="年", y="率", note={2021: "改正"}))[0])


@pytest.mark.parametrize("mark", ["line", "bar", "area"])
def test_a_target_lies_at_its_height_and_says_its_name(mark: str, draw: Callable[..., str]) -> None:
    for svg in drawings(draw(data="hibi", mark=mark, x="日付", y="件数", target={"目安": 30})):
        assert "目安 30件" in texts(svg)
        grid = {said: base - 4 for said, left, _, base in boxes(svg) if left < 30 and said.isdigit()}
        above = next(y for each, _, y in placed(svg) if each.get("stroke-dasharray") == "7 4")
        path = next(each for each in svg.iter("path") if each.get("stroke-dasharray") == "7 4").attrib["d"]
        height = above + float(re.findall(r"M[-\d.]+,([-\d.]+)", path)[0])
        assert height == pytest.approx(grid["0"] + (grid["40"] - grid["0"]) * 30 / 40, abs=0.3)


def test_a_target_above_all_values_is_inside_of_the_axis(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="kan", mark="bar", x="館", y="冊数", target=9))
    assert "目標 9" in texts(wide)
    assert "10" in texts(wide)


@pytest.mark.parametrize("mark", ["bar", "line", "area"])
def test_the_moving_average_is_that_of_the_last_values(mark: str, draw: Callable[..., str]) -> None:
    html = draw(data="hibi", mark=mark, x="日付", y="件数", average=7)
    wide, narrow = drawings(html)
    assert "7日間の平均" in texts(wide)
    assert "7日間の平均" in texts(narrow)
    rows = table(html)
    assert rows[0][-1] == "7日間の平均件"
    expected = [fmean(CASES[at - 6 : at + 1]) for at in range(6, len(CASES))]
    assert not any(re.search(r"\d", row[-1]) for row in rows[1:7]), "six days are not seven"
    assert [float(row[-1]) for row in rows[7:]] == pytest.approx(expected, abs=0.006)
    path = next(each for each in wide.iter("path") if each.get("stroke-width") == "2").attrib["d"]
    heights = [float(each) for each in re.findall(r"[ML][-\d.]+,([-\d.]+)", path)]
    assert len(heights) == len(expected)
    top, bottom = expected.index(max(expected)), expected.index(min(expected))
    assert heights[top] == min(heights)
    assert heights[bottom] == max(heights)


def test_the_average_of_a_stack_is_that_of_its_whole(draw: Callable[..., str]) -> None:
    html = draw(data="kan", mark="stacked bar", x="館", y=["冊数", "貸出"], average=2)
    assert [row[-1] for row in table(html)[2:]] == ["4", "4"]


# Distributions, pyramids, calendars, maps --------------------------------------------------------------------


def test_a_histogram_counts_every_row_once(draw: Callable[..., str]) -> None:
    html = draw(data="hibi", mark="histogram", x="件数", bins=5, unit="日")
    wide, _ = drawings(html)
    step = 10
    counted = Counter(each // step * step for each in CASES)
    expected = [f"{low}–{low + step}件 {counted[low]}日" for low in range(min(counted), max(counted) + 1, step)]
    assert titles(wide, "rect") == expected
    assert sum(int(row[1]) for row in table(html)[1:]) == len(CASES)


def test_the_bins_of_whole_numbers_are_whole(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="kan", mark="histogram", x="冊数"))
    assert titles(wide, "rect") == ["1–2 1", "2–3 1", "3–4 1"]


def test_a_pyramid_stands_back_to_back_with_the_young_at_the_bottom(draw: Callable[..., str]) -> None:
    html = draw(data="hito", mark="pyramid", x="人数", y="年齢", color="性別", where={"地区": "東"})
    wide, narrow = drawings(html)
    bars = spoken(wide)
    assert [each.findtext("title") for each in bars] == [
        f"{sex} {AGES[age]} {PEOPLE[sex, age]}人" for sex in ("男", "女") for age in range(3)
    ]
    assert [number(each, "y") for each in bars[:3]] == sorted((number(each, "y") for each in bars[:3]), reverse=True)
    places = {id(each): x for each, x, _ in placed(wide)}
    left = [(places[id(each)] + number(each, "x"), number(each, "width")) for each in bars[:3]]
    right = [(places[id(each)] + number(each, "x"), number(each, "width")) for each in bars[3:]]
    assert len({round(at + wide) for at, wide in left}) == 1, "men grow to the left from the middle"
    assert len({round(at) for at, _ in right}) == 1, "women to the right"
    assert left[1][1] / left[0][1] == pytest.approx(52 / 11, rel=0.02)
    assert {"男 93人", "女 98人"} <= set(texts(wide))
    assert {"男 93人", "女 98人"} <= set(texts(narrow))


def test_a_calendar_has_a_square_for_each_day_in_the_row_of_its_weekday(draw: Callable[..., str]) -> None:
    html = draw(data="hibi", mark="calendar", x="日付", y="件数")
    said = titles(drawings(html)[0], "rect")
    assert said == [f"{day.year}年{day.month}月{day.day}日 {count}件" for day, count in zip(DAYS, CASES, strict=True)]
    for svg in drawings(html):
        squares = svg.findall("./g//g[@fill='var(--kb-1)']/rect")
        assert len(squares) == len(DAYS)
        rows = {}
        for day, each in zip(DAYS, squares, strict=True):
            rows.setdefault(day.weekday(), set()).add(number(each, "y"))
        assert [len(each) for each in rows.values()] == [1] * 7
        assert sorted(rows, key=lambda day: min(rows[day])) == list(range(7))
        strengths = [float(each.attrib["fill-opacity"]) for each in squares]
        order = sorted(range(len(CASES)), key=lambda at: CASES[at])
        assert [strengths[at] for at in order] == sorted(strengths)
        assert len(set(strengths)) >= 4
        assert {"月", "日"} <= set(texts(svg))


def test_what_happened_never_has_a_step_of_its_own(draw: Callable[..., str]) -> None:
    wide, _ = drawings(draw(data="hibi", mark="calendar", x="日付", y="件数"))
    assert 0 in CASES
    assert {"0", "1–9"} <= set(texts(wide))


def test_small_multiples_share_their_axis(draw: Callable[..., str]) -> None:
    html = draw(data="hito", mark="bar", x="年齢", y="人数", facet="地区", aggregate="sum")
    wide, narrow = drawings(html)
    for svg in (wide, narrow):
        bold = [each.text for each in svg.iter("text") if each.get("font-weight") == "bold"]
        assert bold[:2] == ["東", "西"] or {"東", "西"} <= set(bold)
        assert "人" in texts(svg)
    tall = [number(each, "height") for each in spoken(wide)]
    assert [tall[at + 3] / tall[at] for at in range(3)] == pytest.approx([2, 2, 2], rel=0.02)
    assert [row[:2] for row in table(html)[1:3]] == [["東", AGES[0]], ["東", AGES[1]]]


@pytest.mark.parametrize("mark", ["line", "area", "point", "histogram", "pyramid", "choropleth"])
def test_marks_can_be_small_multiples(mark: str, draw: Callable[..., str], told: list[str]) -> None:
    told.clear()
    own: dict[str, dict[str, Any]] = {
        "histogram": {"x": "人数", "facet": "性別"},
        "pyramid": {"x": "人数", "y": "年齢", "color": "性別", "facet": "地区"},
        "choropleth": {
            "x": "地区",
            "y": "人数",
            "facet": "性別",
            "aggregate": "sum",
            "boundaries": "sakai",
            "key": "名",
        },
    }
    values = own.get(mark, {"x": "年齢", "y": "人数", "facet": "性別", "aggregate": "sum"})
    for svg in drawings(draw(data="hito", mark=mark, **values)):
        assert set(["東", "西"] if values["facet"] == "地区" else ["男", "女"]) <= set(texts(svg))
    assert told == []


def test_a_map_of_areas_is_stronger_where_there_is_more(draw: Callable[..., str]) -> None:
    html = draw(data="hito", mark="choropleth", x="地区", y="人数", aggregate="sum", boundaries="sakai", key="名")
    for svg in drawings(html):
        areas = {(each.findtext("title") or "").split()[0]: each for each in spoken(svg, "path")}
        total = sum(PEOPLE.values())
        assert [each.findtext("title") for each in areas.values()] == [
            f"東 {total}人",
            f"西 {total * 2}人",
            "南 値なし",
        ]
        strength = {name: float(each.attrib["fill-opacity"]) for name, each in areas.items()}
        assert strength["南"] < strength["東"] < strength["西"]
        assert "値なし" in texts(svg)
    wide, _ = drawings(html)
    (east,) = [each for each in spoken(wide, "path") if (each.findtext("title") or "").startswith("東")]
    spots = [tuple(map(float, each.split(","))) for each in re.findall(r"[ML]([-\d.,]+)", east.attrib["d"])]
    across, down = (max(each) - min(each) for each in zip(*spots, strict=True))
    assert across / down == pytest.approx(math.cos(math.radians(35.0)), abs=0.01), "a degree eastward is shorter"


def test_what_is_not_on_the_map_is_said(draw: Callable[..., str]) -> None:
    sql = """SELECT "地区", sum("人数") AS "人数" FROM hito GROUP BY ALL UNION ALL SELECT '不明', 3 ORDER BY 1"""
    html = draw(sql=sql, mark="choropleth", x="地区", y="人数", boundaries="sakai", key="名")
    assert "地図にないもの：不明" in html


# Words -------------------------------------------------------------------------------------------------------


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown mark": ({"data": "kan", "mark": "pie", "x": "館", "y": "冊数"}, "`pie`", "line"),
    "a mark nearly known": (
        {"data": "kan", "mark": "stackedbar", "x": "館", "y": "冊数"},
        "`stackedbar`",
        "「stacked bar」",
    ),
    "an unknown key": (
        {"data": "kan", "mark": "bar", "x": "館", "y": "冊数", "targett": 3},
        "`targett`",
        "「target」",
    ),
    "an unknown column": ({"data": "kan", "x": "館", "y": "冊"}, "「冊」という列はありません", "「冊数」"),
    "an unknown facet": ({"data": "kan", "x": "館", "y": "冊数", "facet": "地"}, "「地」という列はありません", ""),
    "a target of words": (
        {"data": "kan", "mark": "bar", "x": "館", "y": "冊数", "target": "千"},
        "数を書いて",
        "target: 1000",
    ),
    "an average of lines": (
        {"data": "hito", "x": "年齢", "y": "人数", "color": "性別", "average": 7},
        "値の並びが一つ",
        "`facet:`",
    ),
    "an average of one": ({"data": "hibi", "x": "日付", "y": "件数", "average": 1}, "動きが見えません", "7"),
    "an average of lying bars": (
        {"data": "kan", "mark": "bar", "x": "冊数", "y": "館", "average": 2},
        "横向きの棒",
        "日付の列",
    ),
    "bins of a line": (
        {"data": "hibi", "x": "日付", "y": "件数", "bins": 5},
        "`bins:` は `mark: line` と",
        "histogram",
    ),
    "a histogram of words": (
        {"data": "kan", "mark": "histogram", "x": "館"},
        "数値の列ではありません",
        "type: integer",
    ),
    "a histogram of two columns": (
        {"data": "kan", "mark": "histogram", "x": "冊数", "y": "貸出"},
        "`y:` は `mark: histogram` と",
        "行を消して",
    ),
    "a pyramid of one side": (
        {"data": "hito", "mark": "pyramid", "x": "人数", "y": "年齢"},
        "左右に分ける列",
        "性別",
    ),
    "a pyramid of three sides": (
        {"data": "hito", "mark": "pyramid", "x": "人数", "y": "性別", "color": "年齢", "aggregate": "sum"},
        "値が3種類",
        "`where:`",
    ),
    "a pyramid of two towns": (
        {"data": "hito", "mark": "pyramid", "x": "人数", "y": "年齢", "color": "性別"},
        "値がいくつも",
        "aggregate: sum",
    ),
    "a calendar of words": (
        {"data": "kan", "mark": "calendar", "x": "館", "y": "冊数"},
        "日付の列ではありません",
        "type: date",
    ),
    "a map without areas": (
        {"data": "hito", "mark": "choropleth", "x": "地区", "y": "人数"},
        "区域の境",
        "`boundaries:`",
    ),
    "a map of a table": (
        {"data": "hito", "mark": "choropleth", "x": "地区", "y": "人数", "boundaries": "kan"},
        "区域の形がありません",
        "GeoJSON",
    ),
    "a map of nowhere": (
        {"data": "hito", "mark": "choropleth", "x": "地区", "y": "人数", "boundaries": "sakae"},
        "「sakae」",
        "「sakai」",
    ),
    "a map by another name": (
        {
            "data": "hito",
            "mark": "choropleth",
            "x": "地区",
            "y": "人数",
            "aggregate": "sum",
            "boundaries": "sakai",
            "key": "旧名",
        },
        "同じ区域が、地図にありません",
        "旧東",
    ),
    "one bar with a line": (
        {"data": "kazu", "mark": "bar with line", "x": "年", "y": "金額"},
        "二つの列",
        "[棒にする列, 線にする列]",
    ),
    "a note at no date": (
        {"data": "hibi", "x": "日付", "y": "件数", "note": {"昨日": "雨"}},
        "「昨日」は日付",
        "2025-04-01",
    ),
    "a note at no name": (
        {"data": "kan", "mark": "bar", "x": "館", "y": "冊数", "note": {"東館": "改装"}},
        "「東館」",
        "東分館",
    ),
    "an era of words": ({"data": "hibi", "x": "日付", "y": "件数", "era": "令和"}, "true か false", "era: true"),
    "too many panels": (
        {"data": "hibi", "mark": "bar", "x": "件数", "y": "件数", "facet": "日付"},
        "多すぎます",
        "`where:`",
    ),
}


@pytest.mark.parametrize(("values", "what", "hint"), WRONG.values(), ids=WRONG)
def test_a_wrong_word_says_what_to_write(
    values: dict[str, Any], what: str, hint: str, draw: Callable[..., str], told: list[str]
) -> None:
    told.clear()
    html = unescape(draw(**values))
    assert html.startswith('<div class="kb-problem"')
    assert what in html
    assert hint in html
    (line,) = told
    assert re.match(r"docs/index\.md:\d+: ", line)
    assert "開発者" not in line


def test_cells_and_words_are_escaped(draw: Callable[..., str]) -> None:
    html = draw(
        data="kan", mark="bar", x="館", y="冊数", title="<i>題</i>", note={"東分館": "<u>注</u>"}, target={"<s>": 2}
    )
    assert re.findall(r"<(?:b|i|u|s)>", html) == []
    assert "<b>西</b>分館" in [each.split(" ")[0] for each in titles(drawings(html)[0], "rect")]


@pytest.mark.parametrize("mark", ["line", "bar", "area", "calendar"])
def test_nothing_is_written_outside_of_the_drawing(mark: str, draw: Callable[..., str]) -> None:
    for svg in drawings(draw(data="hibi", mark=mark, x="日付", y="件数")):
        wide, tall = map(float, svg.attrib["viewBox"].split()[2:])
        for said, left, right, base in boxes(svg):
            assert left >= -1 and right <= wide + 1 and 8 <= base <= tall + 1, said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_can_stand_alone(scheme: str, draw: Callable[..., str]) -> None:
    html = draw(data="hito", mark="grouped bar", x="年齢", y="人数", color="性別", aggregate="sum", target=60)
    for drawing in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        svg = standalone(drawing, "#1f5f99", scheme)
        assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
        assert "var(" not in svg
        assert "currentColor" not in svg
        assert palettes("#1f5f99")[scheme].series[1] in svg
        picture = png(svg, scale=1.0)
        assert picture[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(picture[16:20], "big") == int(svg.split('width="')[1].split('"')[0])


def test_the_same_chart_is_the_same_bytes(
    draw: Callable[..., str], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    values: dict[str, Any] = {
        "data": "hito",
        "mark": "bar",
        "x": "年齢",
        "y": "人数",
        "color": "性別",
        "aggregate": "sum",
    }
    first = draw(**values)
    monkeypatch.setattr(site.drawer.cache, "get", lambda _: None)
    assert draw(**values) == first


def _worded(draw_from: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(draw_from)


@settings(derandomize=True, database=None, max_examples=120, deadline=None)
@given(
    mark=st.sampled_from(sorted(MARKS)),
    x=_worded(["地区", "年齢", "性別", "人数"]),
    y=_worded(["地区", "年齢", "人数", ["人数", "性別"], ["人数", "人数"]]),
    more=st.fixed_dictionaries(
        {},
        optional={
            "color": _worded(["性別", "人数"]),
            "facet": _worded(["地区", "性別"]),
            "aggregate": _worded(["sum", "count"]),
            "sort": _worded(["x", "-y"]),
            "limit": _worded([1, 3]),
            "average": _worded([2, "x"]),
            "unit": _worded(["人", []]),
            "target": _worded([5, {"目安": -7}, "x"]),
            "note": _worded(["文", {"東": "注"}, {}]),
            "era": _worded([True]),
            "boundaries": _worded(["sakai"]),
            "key": _worded(["名"]),
            "bins": _worded([4]),
            "where": _worded([{"性別": "男"}]),
        },
    ),
)
def test_every_chart_is_drawn_or_its_mistake_is_named(
    mark: str, x: str, y: Any, more: dict[str, Any], site: Site, told: list[str]
) -> None:
    told.clear()
    body = yaml.safe_dump({"data": "hito", "mark": mark, "x": x, "y": y, **more}, allow_unicode=True)
    html = site.draw(Fence("chart", body, 0, 1, "", "```", "index.md", "docs/index.md:1"))
    assert not any("開発者" in each for each in told), told
    if not told:
        for svg in drawings(html):
            assert "nan" not in ElementTree.tostring(svg, encoding="unicode").lower()


# Wide tables, and the views of the standards -----------------------------------------------------------------


def test_the_population_standard_has_a_pyramid_of_its_last_day(tmp_path: Path) -> None:
    right = standard("population").examples["right"]
    header = [each for each in right if each not in ("市区町村名",)]
    older = {**right, "調査年月日": "2024-04-01"} | {each: "900" for each in header if each.startswith("0-4歳")}
    lines = [",".join(str(each[name]) for name in header) for each in (older, right)]
    (tmp_path / "mkdocs.yml").write_text("site_name: 小町\n", encoding="utf-8")
    numbers = {name for name in header if "性" in name or name in ("総人口", "世帯数")}
    types = {each: "integer" if each in numbers else "date" if each == "調査年月日" else "string" for each in header}
    found = match(header)
    assert found is not None
    views = views_for(found, types)
    assert [view["chart"].get("mark") for view in views if "chart" in view] == ["pyramid", "stacked bar", "line"]
    fields = [{"name": name, "type": kind} for name, kind in types.items()]
    _dataset(tmp_path, "jinko", "jinko.csv", "\n".join([",".join(header), *lines]) + "\n", fields)
    told: list[str] = []
    site = Site(tmp_path, warn=told.append)
    html = [
        site.draw(
            Fence("chart", yaml.safe_dump({"data": "jinko", **view["chart"]}, allow_unicode=True), 0, 1, "", "```")
        )
        for view in views
        if "chart" in view
    ]
    assert told == []
    wide, _ = drawings(html[0])
    bars = titles(wide, "rect")
    assert len(bars) == 36
    assert bars[0] == f"男性 0-4歳 {right['0-4歳の男性']}人"
    assert bars[-1] == f"女性 85歳以上 {right['85歳以上の女性']}人"
    fewer = match([each for each in header if each != "0-4歳の男性"])
    assert fewer is not None
    assert "pyramid" not in str(views_for(fewer, types)), "half a pyramid would mislead"


@pytest.mark.parametrize(
    ("labels", "side", "names"),
    [
        (["0-4歳の男性", "5-9歳の男性", "85歳以上の男性"], "男性", ["0-4歳", "5-9歳", "85歳以上"]),
        (["女性0-4歳", "女性5-9歳", "女性85歳以上"], "女性", ["0-4歳", "5-9歳", "85歳以上"]),
        (["man1", "man2", "man18"], "man", ["1", "2", "18"]),
        (["若い男", "老いた人"], "", ["若い男", "老いた人"]),
    ],
)
def test_the_name_of_a_side_is_what_its_columns_share(labels: list[str], side: str, names: list[str]) -> None:
    assert parted(labels) == (side, names)
