"""Maps and places: the drawing, the list, what a place is called and where it leads, without a browser."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kawaraban.errors import KawarabanError
from kawaraban.fences import Fence, find
from kawaraban.site import Site
from kawaraban.views.backdrop import USUAL, tiles_of
from kawaraban.views.locator import NUMBERED, WIDTH, Spot, locator
from kawaraban.views.nearest import distance_text, nearest
from kawaraban.views.places import addresses, hazards, identifier
from kawaraban.views.usable import is_yes, is_yes_or_no, tags

Town = Callable[..., Path]

SHELTERS = """番号,名称,フリガナ,地区,住所,緯度,経度,洪水,津波,備考
S1,第一小学校,ダイイチショウガッコウ,北,北町1番,35.200,140.300,1,,正門から入る
S2,第二小学校,ダイニショウガッコウ,南,南町2番,35.201,140.301,○,3階以上,
S3,海の公園,ウミノコウエン,南,南町9番,35.190,140.310,,×,
S4,山の広場,ヤマノヒロバ,北,北町8番,,,1,1,
"""
HEAD = SHELTERS.partition("\n")[0]
DESCRIPTOR = """title: 避難場所
resources:
  - path: shelters.csv
    schema:
      fields:
        - {name: 番号}
        - {name: 名称}
        - {name: フリガナ}
        - {name: 地区}
        - {name: 住所}
        - {name: 緯度, type: number}
        - {name: 経度, type: number}
        - {name: 洪水}
        - {name: 津波}
        - {name: 備考}
      primaryKey: [番号]
"""
COAST = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"名前": "町"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[140.29, 35.18], [140.32, 35.18], [140.32, 35.21], [140.29, 35.21], [140.29, 35.18]]
                ],
            },
        },
        {
            "type": "Feature",
            "properties": {"名前": "海岸"},
            "geometry": {"type": "LineString", "coordinates": [[140.30, 35.19], [140.31, 35.20]]},
        },
    ],
}
OUTLINE: dict[str, str] = {
    "datasets/coast/datapackage.yaml": "title: 海岸線\nresources:\n  - path: coast.geojson\n",
    "datasets/coast/coast.geojson": json.dumps(COAST),
}


@pytest.fixture
def town(make_town: Town) -> Callable[..., Site]:
    """Give the function that makes a town with four shelters; `own` is the descriptor's `kawaraban:` block."""

    def make(
        own: str = "", csv: str = SHELTERS, extra: str = "", told: list[str] | None = None, **files: str
    ) -> Site:
        block = f"kawaraban:\n{own}" if own else ""
        written = {
            "mkdocs.yml": f"site_name: 小町\nextra:\n  town:\n    name: 小町\n{extra}",
            "datasets/shelters/datapackage.yaml": DESCRIPTOR + block,
            "datasets/shelters/shelters.csv": csv,
            **files,
        }
        return Site(make_town(written), warn=(told.append if told is not None else None))

    return make


def drawn(site: Site, body: str = "", page: str = "disaster.md", kind: str = "map") -> str:
    """Give the HTML of a fence about the shelters."""
    return site.draw(Fence(kind, f"data: shelters\n{body}", 0, 0, "", "```", page, "docs/disaster.md:1"))


def items(html: str) -> list[str]:
    """Give the places of a list."""
    return re.findall(r"<li(?: id| data).*?</li>", html)


def settings(html: str) -> dict[str, Any]:
    """Give what the page tells the map's script."""
    found = re.search(r'data-map="([^"]*)"', html)
    assert found
    given: dict[str, Any] = json.loads(unescape(found[1]))
    return given


# The list ----------------------------------------------------------------------------------------------------


def test_the_list_says_in_words_all_that_the_map_shows(town: Callable[..., Site]) -> None:
    html = drawn(town(), "color: 地区\npopup: [住所, 備考]\ntitle: 逃げる場所\n")
    listed = [re.sub(r"<[^>]+>", "|", each) for each in items(html)]
    assert len(listed) == 4, "those without a place too"
    assert "第一小学校" in listed[0]
    assert "北" in listed[0]
    assert "住所: 北町1番" in listed[0]
    assert "備考: 正門から入る" in listed[0]
    assert "備考" not in listed[1], "what is empty is left out"
    assert "1か所は" in html, "one has no coordinates, which is said"
    assert html.count("data-at=") == 3
    assert 'data-at="35.2,140.3"' in html
    assert 'data-k="ダイイチショウガッコウ"' in html, "a place is found by how its name is read"


def test_hazards_are_words_with_a_mark_and_can_be_chosen(town: Callable[..., Site]) -> None:
    html = drawn(town())
    first, second, third, _ = (re.sub(r"<[^>]+>", "", each) for each in items(html))
    assert "洪水\u202f○\u2003津波\u202f×" in first
    assert "洪水\u202f○\u2003津波\u202f3階以上" in second, "a condition is told, never made a yes"
    assert "洪水\u202f×\u2003津波\u202f×" in third
    assert [found.split(",") for found in re.findall(r'data-v="([^"]*)"', html)] == [
        ["1", "0"], ["1", "1"], ["0", "0"], ["1", "1"],
    ]  # fmt: skip
    assert "使える災害" in html
    assert html.count('type="checkbox"') == 2
    none = drawn(town(), "filter: false\n")
    assert "checkbox" not in none
    assert ' data-v="' not in none


def test_a_column_of_words_is_chosen_from_and_one_of_yes_and_no_is_ticked(town: Callable[..., Site]) -> None:
    csv = SHELTERS.replace("備考\n", "備考\n").replace("正門から入る", "有").replace(",\nS3", ",無\nS3")
    html = drawn(town(csv=csv), "color: 地区\nfilter: [備考]\n")
    assert re.findall(r"<option[^>]*>([^<]*)", html) == ["すべて", "北 (2)", "南 (2)"]
    assert html.count('type="checkbox"') == 1
    assert "あるところだけ" in html


def test_more_groups_than_colours_share_the_last_one_and_the_legend_says_so(town: Callable[..., Site]) -> None:
    rows = "".join(f"N{n},場所{n},,区{n % 12},,35.2{n:02},140.3,,,\n" for n in range(40))
    html = drawn(town(csv=HEAD + "\n" + rows), "color: 地区\n")
    legend = re.search(r'<ul class="kb-legend">(.*?)</ul>', html)
    assert legend
    assert legend[1].count("<li>") == 8
    assert "ほかの5種類" in legend[1]
    assert {int(each) for each in re.findall(r'class="kb-of kb-dot-(\d+)"', html)} == set(range(1, 9))


def test_a_long_list_comes_in_parts_that_go_on_counting(town: Callable[..., Site]) -> None:
    rows = "".join(f"N{n},場所{n},,北,,35.2,140.3,,,\n" for n in range(250))
    html = drawn(town(csv=HEAD + "\n" + rows))
    assert re.findall(r'<ol class="kb-list" role="list"([^>]*)>', html) == ["", ' start="101"', ' start="201"']
    assert len(items(html)) == 250


@pytest.mark.parametrize("text", ["</li><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'&\"<b>"])
def test_what_a_cell_holds_is_text_in_the_list_and_on_the_page_of_the_place(
    town: Callable[..., Site], alive: Callable[..., list[str]], text: str
) -> None:
    cell = '"' + text.replace('"', '""') + '"'
    csv = SHELTERS.replace("第一小学校", cell).replace("正門から入る", cell).replace("ダイイチショウガッコウ", cell)
    site = town("  kind: places\n  pages: true\n", csv.replace("北町1番", cell))
    html = drawn(site, "popup: [住所, 備考]\n")
    assert alive(html, "form", "button", "svg", "select") == []
    page = drawn(site, "id: S1\n", kind="place")
    scripts = re.findall(r"<script.*?</script>", page)
    assert len(scripts) == 1
    assert json.loads(scripts[0].removeprefix('<script type="application/ld+json">')[:-9])["name"] == text
    assert alive(page.replace(scripts[0], ""), "form", "button", "svg") == []


# Where a place leads -----------------------------------------------------------------------------------------


def test_a_place_has_its_anchor_on_the_page_of_the_dataset_and_links_lead_there(town: Callable[..., Site]) -> None:
    site = town()
    page = next(each for each in site.dataset_pages() if each.path == "datasets/shelters/index.md")
    own = [each for each in find(page.text.split("\n")) if each.kind == "map"]
    assert [each.body.count("anchors: true") for each in own] == [1]
    html = site.draw(own[0])
    assert re.findall(r'<li id="([^"]*)"', html) == ["place-S1", "place-S2", "place-S3", "place-S4"]
    assert '<a href="#place-S1">第一小学校</a>' in html
    elsewhere = drawn(site, "where: {地区: 北}\n")
    assert '<a href="../datasets/shelters/#place-S1">' in elsewhere
    assert " id=" not in "".join(items(elsewhere)), "an id stands once, wherever a page has two maps"


def test_only_the_first_map_of_all_places_has_the_anchors(town: Callable[..., Site]) -> None:
    site = town("  views:\n    - map: {where: {地区: 北}}\n    - map: {color: 地区}\n    - map: {}\n")
    page = next(each for each in site.dataset_pages() if "shelters" in each.path)
    anchored = [each.body.count("anchors: true") for each in find(page.text.split("\n")) if each.kind == "map"]
    assert anchored == [0, 1, 0]


def test_places_without_an_identifier_are_named_by_their_name(town: Callable[..., Site]) -> None:
    csv = SHELTERS.replace("番号", "区分").replace("第二小学校", "第一小学校")
    site = town(csv=csv)
    file = site.root / "datasets/shelters/datapackage.yaml"
    text = file.read_text(encoding="utf-8").replace("name: 番号", "name: 区分").replace("primaryKey: [番号]", "")
    file.write_text(text, encoding="utf-8")
    html = drawn(site, "anchors: true\n")
    assert re.findall(r'<li id="([^"]*)"', html) == [
        "place-第一小学校", "place-第一小学校-2", "place-海の公園", "place-山の広場",
    ]  # fmt: skip
    part = drawn(site, "where: {地区: 南}\n")
    assert "#place-" not in part, "of a part of the places nobody knows which second one it is"


def test_an_address_is_safe_unique_and_the_same_for_the_same() -> None:
    given = [
        "E001",
        "e001",
        "公民館",
        "公民館",
        "公民館-2",
        "../../x",
        "a.b/c",
        "",
        None,
        7,
        "１２",
        "<b>",
        "x" * 200,
    ]
    found = list(addresses(given))
    assert found == [
        "E001", "e001-2", "公民館", "公民館-2", "公民館-2-2", "x", "a-b-c", "place", "place-2", "7", "12", "b",
        "x" * 60,
    ]  # fmt: skip


@given(st.lists(st.text(max_size=12), max_size=30))
def test_addresses_differ_whatever_the_names(names: list[str]) -> None:
    found = list(addresses(names))
    assert len({each.casefold() for each in found}) == len(names)
    assert all(re.fullmatch(r"[\w-]+", each) for each in found)


def test_the_identifier_is_the_key_or_a_column_that_is_named_so() -> None:
    fields = [{"name": "名称"}, {"name": "ID"}]
    assert identifier({"fields": fields, "primaryKey": ["名称"]}) == "名称"
    assert identifier({"fields": fields, "primaryKey": ["名称", "ID"]}) == "ID"
    assert identifier({"fields": fields}) == "ID"
    assert identifier({"fields": [{"name": "名称"}, {"name": "電話番号"}]}) is None


# Pages of places ---------------------------------------------------------------------------------------------


def test_each_place_has_a_page_where_the_descriptor_asks_for_it(town: Callable[..., Site]) -> None:
    site = town("  kind: places\n  pages: true\n")
    pages = list(site.place_pages())
    assert [each.path for each in pages] == [f"datasets/shelters/S{n}/index.md" for n in (1, 2, 3, 4)]
    assert "# 第一小学校" in pages[0].text
    html = site.draw(next(find(pages[0].text.split("\n"))))
    assert '<a href="../../../datasets/shelters/#place-S1">避難場所</a>' in html
    for said in (
        "北町1番",
        "正門から入る",
        "ダイイチショウガッコウ",
        "35.200000, 140.300000",
        "洪水\u202f○",
        "津波\u202f×",
    ):
        assert said in html
    near = [re.sub(r"<[^>]+>", "|", each) for each in items(html)]
    assert [re.findall(r"\|\|([^|]+)\|", each)[0] for each in near] == ["第一小学校", "第二小学校", "海の公園"]
    assert "この場所" in near[0]
    assert "140 m" in near[1]
    assert '<a href="../../../datasets/shelters/S2/">第二小学校</a>' in html
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    assert json.loads(found[1]) == {
        "@context": "https://schema.org", "@type": "Place", "name": "第一小学校", "identifier": "S1",
        "address": "北町1番",
        "geo": {"@type": "GeoCoordinates", "latitude": 35.2, "longitude": 140.3},
    }  # fmt: skip
    without = site.draw(next(find(pages[3].text.split("\n"))))
    assert "kb-locator" not in without, "a place of which nobody knows where it is has no map"
    assert "北町8番" in without


@pytest.mark.parametrize("own", ["", "  kind: places\n", "  pages: true\n", "  kind: places\n  pages: false\n"])
def test_no_place_has_a_page_unasked(town: Callable[..., Site], own: str) -> None:
    assert list(town(own).place_pages()) == []


def test_pages_is_true_or_false(town: Callable[..., Site]) -> None:
    entry = town("  kind: places\n  pages: 'yes'\n").entries["shelters"]
    problem = entry.verdict.problems[0]
    assert problem.line is not None
    assert "pages" in str(problem.details)


def test_a_dataset_of_places_without_coordinates_costs_no_other_page(town: Callable[..., Site]) -> None:
    told: list[str] = []
    csv = SHELTERS.replace("緯度", "縦").replace("経度", "横")
    site = town("  kind: places\n  pages: true\n", csv=csv, told=told)
    file = site.root / "datasets/shelters/datapackage.yaml"
    text = file.read_text(encoding="utf-8").replace("緯度", "縦").replace("経度", "横")
    file.write_text(text, encoding="utf-8")
    assert list(site.place_pages()) == []
    assert len(list(site.dataset_pages())) == 1
    assert len(told) == 1
    assert "datasets/shelters/datapackage.yaml" in told[0]


def test_the_pages_are_made_once_for_the_same_data(town: Callable[..., Site], tmp_path: Path) -> None:
    site = town("  kind: places\n  pages: true\n")
    first = [each.text for each in site.place_pages()]
    again = Site(site.root)
    assert [each.text for each in again.place_pages()] == first
    assert again.cache.fresh == 0
    file = site.root / "datasets/shelters/shelters.csv"
    file.write_text(SHELTERS.replace("第一小学校", "第三小学校"), encoding="utf-8")
    assert "# 第三小学校" in next(iter(Site(site.root).place_pages())).text


# The page of a dataset of places -----------------------------------------------------------------------------


def kinds_of(site: Site) -> list[str]:
    page = next(each for each in site.dataset_pages() if "shelters" in each.path)
    return [each.kind for each in find(page.text.split("\n")) if each.kind != "problems"]


def test_places_begin_with_the_map(town: Callable[..., Site]) -> None:
    views = "  views:\n    - table: {limit: 2}\n    - map: {color: 地区}\n"
    assert kinds_of(town("  theme: 防災\n" + views)) == ["table", "map"]
    assert kinds_of(town("  kind: places\n" + views)) == ["map", "table"]
    assert kinds_of(town("  kind: places\n  views:\n    - table: {limit: 2}\n")) == ["map", "table"]
    assert kinds_of(town("  kind: places\n")) == ["map", "table"]


# The drawing -------------------------------------------------------------------------------------------------


def spots(count: int) -> list[Spot]:
    return [Spot(n + 1, 35.2 + (n % 10) / 100, 140.3 + (n // 10) / 200, n % 3 + 1) for n in range(count)]


def test_few_places_have_their_number_and_many_are_dots() -> None:
    few = locator(spots(20), [], "町の場所")
    assert re.findall(r'data-n="(\d+)"', few) == [str(each) for each in range(1, 21)]
    many = locator(spots(NUMBERED + 1), [], "町の場所")
    assert "data-n" not in many
    assert len(re.findall(r'<path class="kb-dots', many)) == 3, "a path for each colour"
    assert 'aria-label="町の場所"' in many


@pytest.mark.parametrize("count", [1, 2, 30, 100])
def test_every_place_is_inside_of_the_drawing(count: int) -> None:
    svg = locator(spots(count), [], "")
    tall = float(re.findall(r'viewBox="0 0 480 (\d+)"', svg)[0])
    seen = re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', svg) or re.findall(r"M([\d.-]+),([\d.-]+)h0", svg)
    assert len(seen) == count
    assert all(0 < float(x) < WIDTH and 0 < float(y) < tall for x, y in seen)


def test_north_is_up_and_the_ruler_is_true() -> None:
    svg = locator([Spot(1, 35.0, 140.0), Spot(2, 35.1, 140.0)], [], "")
    (_, south), (_, north) = (map(float, each) for each in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', svg))
    assert north < south
    length = float(re.findall(r'class="kb-ruler" d="M10,[\d.]+v4h([\d.]+)v-4"', svg)[0])
    words = re.findall(r'<text class="kb-ruler"[^>]*>([\d,]+) (k?m)<', svg)[0]
    metres = int(words[0].replace(",", "")) * (1000 if words[1] == "km" else 1)
    assert length / (south - north) == pytest.approx(metres / (0.1 * 111_320), rel=0.01)


def test_the_outline_lies_under_the_places_and_a_broken_one_is_left_out() -> None:
    shapes = [json.dumps(each["geometry"]) for each in COAST["features"]]  # type: ignore[index]
    svg = locator(spots(5), shapes, "")
    assert svg.index("kb-land") < svg.index("kb-coast") < svg.index("data-n")
    assert re.search(r'class="kb-land" d="M[-\d.,L]+Z"', svg)
    for broken in ('{"type":"Polygon","coordinates":[[1]]}', '{"type":"Polygon"}', "null", '{"type":"Point"}', "x"):
        assert 'data-n="5"' in locator(spots(5), [broken], "")


def test_a_town_names_its_outline_once_and_a_map_may_have_another_or_none(town: Callable[..., Site]) -> None:
    site = town(extra="    outline: coast\n", **OUTLINE)
    assert "kb-land" in drawn(site)
    assert "kb-land" not in drawn(site, "outline: false\n")
    alone = town(**OUTLINE)
    assert "kb-land" not in drawn(alone)
    assert "kb-coast" in drawn(alone, "outline: coast\n")
    assert "kb-problem" in drawn(alone, "outline: shelters\n")


def test_a_wrong_outline_of_the_town_is_told_once_and_costs_no_map(town: Callable[..., Site]) -> None:
    told: list[str] = []
    site = town(extra="    outline: cost\n", told=told, **OUTLINE)
    assert "kb-locator" in drawn(site)
    assert "kb-locator" in drawn(site, "color: 地区\n")
    assert len(told) == 1
    assert "mkdocs.yml" in told[0]
    assert "coast" in told[0], "what was meant"


# Tiles -------------------------------------------------------------------------------------------------------


def test_tiles_are_those_of_the_survey_unless_the_town_says_otherwise(town: Callable[..., Site]) -> None:
    usual = settings(drawn(town()))["tiles"]
    assert usual["url"] == USUAL["url"]
    assert "国土地理院" in usual["credit"]
    assert settings(drawn(town(extra="    tiles: false\n")))["tiles"] is None
    own = "    tiles: {url: 'https://tiles.example.jp/{z}/{x}/{y}.png', attribution: '<小町>', max_zoom: 16}\n"
    assert settings(drawn(town(extra=own)))["tiles"] == {
        "url": "https://tiles.example.jp/{z}/{x}/{y}.png", "credit": "&lt;小町&gt;", "min": 0, "max": 16,
    }  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        True,
        "https://tiles.example.jp/{z}/{x}/{y}.png",
        {"url": "http://tiles.example.jp/{z}/{x}/{y}.png"},
        {"url": "https://tiles.example.jp/"},
        {"url": "javascript:alert(1)//{z}{x}{y}"},
        {"max_zoom": "18"},
        {"max_zoom": 99},
    ],
)
def test_wrong_tiles_are_told(given: Any) -> None:
    with pytest.raises(KawarabanError) as error:
        tiles_of({"tiles": given})
    assert error.value.where == "mkdocs.yml"
    assert error.value.line().count("{") <= 6, "every name in the sentence is filled in"


def test_a_link_of_the_tiles_is_a_web_address() -> None:
    tiles = tiles_of({"tiles": {"attribution": "町", "link": "javascript:alert(1)"}})
    assert tiles is not None
    assert tiles["credit"] == "町"


# Yes and no, far and near ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "yes"),
    [
        *[(each, True) for each in ("1", 1, "○", "〇", "○（2階以上）", "△", True, "有")],
        *[(each, False) for each in ("", None, "×", "0", 0, "無", "－", False)],
    ],
)
def test_only_a_sure_no_is_no(value: Any, yes: bool) -> None:
    assert is_yes(value) is yes


def test_a_column_is_of_yes_and_no_only_where_nothing_else_is_in_it() -> None:
    assert is_yes_or_no(["有", "無", None])
    assert is_yes_or_no(["1", ""])
    assert not is_yes_or_no(["", None]), "a column without a single yes says nothing"
    assert not is_yes_or_no(["有", "無", "不明"])


def test_a_tag_is_a_word_with_its_mark_and_the_usable_come_first() -> None:
    html = tags([("津波", ""), ("洪水", "1"), ("<地震>", "△")])
    assert re.sub(r"<(?!/?b)[^>]+>", "", html) == "洪水\u202f○\u2003&lt;地震&gt;\u202f△\u2003津波\u202f×"


def test_hazards_are_known_by_the_names_of_the_standard_and_of_towns(town: Callable[..., Site]) -> None:
    from kawaraban.model import Field

    names = [
        "災害種別_洪水",
        "災害種別_崖崩れ、土石流及び地滑り",
        "津波",
        "大規模な火事",
        "内水氾濫",
        "がけ崩れ",
        "土砂災害",
    ]
    others = ["洪水浸水深", "津波避難ビル", "地震計", "名称", "火災保険"]
    assert hazards([Field(each) for each in [*names, *others]]) == tuple(names)


@given(
    st.lists(
        st.tuples(st.floats(35, 35.2, allow_nan=False), st.floats(140, 140.2, allow_nan=False)),
        min_size=1, max_size=40,
    )
)  # fmt: skip
def test_the_nearest_are_the_nearest(places: list[tuple[float, float]]) -> None:
    found = nearest(places, 3)
    for index, (lat, lon) in enumerate(places):
        far = sorted(
            math.hypot(north - lat, (east - lon) * math.cos(math.radians(lat))) * 111_320
            for other, (north, east) in enumerate(places)
            if other != index
        )
        assert index not in [each for each, _ in found[index]]
        assert [metres for _, metres in found[index]] == pytest.approx(far[:3], abs=0.01)


@pytest.mark.parametrize(
    ("metres", "said"),
    [(0, "0 m"), (4.9, "0 m"), (123, "120 m"), (994, "990 m"), (996, "1.0 km"), (9_949, "9.9 km"), (9_951, "10 km"),
     (1_234_567, "1,235 km")],
)  # fmt: skip
def test_a_distance_is_as_people_say_it(metres: float, said: str) -> None:
    assert distance_text(metres) == said
