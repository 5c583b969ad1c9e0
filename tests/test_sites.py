"""Whole small sites: each folder in tests/sites holds an `input/` and the `expected/` tree that it is staged as.

`expected/` holds the staged files, `html/` with what Python-Markdown makes of each page, `warnings.txt` with what
the build said, and `validate.txt` with the report. Read what `pytest --accept` writes before you commit it.
"""

import json
import posixpath
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.utils.meta import get_data

from kawaraban import fences
from kawaraban.fences import Fence
from kawaraban.markdown import KawarabanExtension
from kawaraban.publishing.stage import MANIFEST
from kawaraban.publishing.theme import FOLDER as ASSETS
from kawaraban.reporting.text import text_report
from kawaraban.site import Site
from kawaraban.templating import fence_text

SITES = Path(__file__).parent / "sites"
CASES = sorted(folder.name for folder in SITES.iterdir() if (folder / "input").is_dir())
USUAL = ["attr_list", "md_in_html", "tables"]
# How a drawing looks depends on the fonts of the machine; what it says does not.
DRAWING = re.compile(
    r"<svg[^>]*(?P<label> aria-label=\"[^\"]*\")>(?P<told><title>.*?</title><desc>.*?</desc>).*?</svg>", re.S
)


def without_drawings(html: str) -> str:
    """Give the HTML with every SVG cut to its label, its title and its description."""
    return DRAWING.sub(r"<svg\g<label>>\g<told></svg>", html)


def broken_up(html: str) -> str:
    """Give the HTML with a line per block, so that a difference can be read."""
    return re.sub(
        r"(?<!\n)(<(?:tr|li|table|thead|tbody|figure|details|div|svg|desc|section|h[1-6])\b)", r"\n\1", html
    )


def staged(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Give every file of `expected/` as it is now, by its path; there are no pictures, which need a font."""
    root = folder / "town"
    shutil.copytree(SITES / case / "input", root)
    warnings: list[str] = []
    site = Site(root, warn=warnings.append)
    for module in ("drawing", "publishing.cards", "site"):
        monkeypatch.setattr(f"kawaraban.{module}.can_draw", lambda: False)
    site.render(folder / "stage")
    found = {
        file.relative_to(folder / "stage").as_posix(): file.read_bytes()
        for file in sorted((folder / "stage").rglob("*"))
        if file.is_file() and file.name != MANIFEST
    }
    found = {path: body for path, body in found.items() if not path.startswith(f"{ASSETS}/")}
    for path in [path for path in found if path.startswith("cards/") and not path.endswith(".csv")]:
        page = broken_up(without_drawings(found[path].decode())) if path.endswith(".html") else "a drawing\n"
        found[path] = page.encode()
    config = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    extensions = config.get("markdown_extensions", USUAL)
    for path in [path for path in found if path.endswith(".md")]:
        text, _ = get_data(found[path].decode())
        html = Markdown(extensions=[*extensions, KawarabanExtension(site=site)]).convert(text)
        found[f"html/{path.removesuffix('.md')}.html"] = f"{broken_up(without_drawings(html))}\n".encode()
    verdicts = [entry.verdict for entry in site.entries.values()]
    found["warnings.txt"] = "".join(f"{line}\n" for line in warnings).encode()
    found["validate.txt"] = text_report(verdicts, 0.0, "ja").encode()
    assert str(folder).encode() not in b"".join(found.values()), "a path of this machine is in the site"
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_site_is_as_expected(
    case: str, tmp_path: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = SITES / case / "expected"
    now = staged(case, tmp_path, monkeypatch)
    if pytestconfig.getoption("--accept"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, body in now.items():
            file = expected / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
    kept = {file.relative_to(expected).as_posix(): file for file in expected.rglob("*") if file.is_file()}
    assert sorted(now) == sorted(kept)
    for path, body in now.items():
        assert body.decode() == kept[path].read_bytes().decode(), f"{case}/expected/{path}; pytest --accept"


OWN = ("svg", "form", "button", "select")  # what our drawings are made of, and what finds a place on a map


def without_data(html: str) -> str:
    """Give the HTML without what is said of a place to search engines, which has to be JSON and nothing else."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert all("<" not in each and json.loads(each)["@type"] == "Place" for each in found)
    return re.sub(r'<script type="application/ld\+json">.*?</script>', "", html, flags=re.DOTALL)


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_alive_in_the_expected_pages(case: str, alive: Callable[..., list[str]]) -> None:
    """The drawings are ours; everything else that acts would be the work of a contributor."""
    pages = sorted((SITES / case / "expected" / "html").rglob("*.html"))
    assert pages
    found = {page.as_posix(): alive(without_data(page.read_text(encoding="utf-8")), *OWN) for page in pages}
    assert {name: each for name, each in found.items() if each} == {}


def test_the_attacks_are_in_the_hostile_site() -> None:
    """Were they lost on the way, the test above would say nothing."""
    html = (SITES / "hostile/expected/html/datasets/attack/index.html").read_text(encoding="utf-8")
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 10
    assert "onerror=alert(1)" in html


def test_only_the_drawing_is_cut_from_an_svg() -> None:
    html = '<p>前</p><svg viewBox="0 0 9 9" role="img" aria-label="題"><title>題</title><desc>話</desc><g/></svg>'
    assert without_drawings(html) == '<p>前</p><svg aria-label="題"><title>題</title><desc>話</desc></svg>'


def links(html: str) -> list[str]:
    """Give the relative addresses in a page."""
    found = re.findall(r'(?:href|src)="([^"]*)"', html)
    return [unquote(each).split("#")[0] for each in found if not re.match(r"[a-z]+:|#|&lt;", each)]


@pytest.mark.parametrize("case", CASES)
def test_every_link_of_ours_leads_somewhere(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page `a/b.md` stands at `a/b/`, and `a/index.md` at `a/`: links of the drawings are made for that."""
    now = staged(case, tmp_path, monkeypatch)
    folders = ("index.md", "index.html")
    there = {posixpath.dirname(each) if each.endswith(folders) else each.removesuffix(".md") for each in now}
    dead = []
    for path in [each for each in now if each.startswith("html/")]:
        page = path.removeprefix("html/").removesuffix(".html")
        place = posixpath.dirname(page) if page.endswith("index") else page
        for link in links(now[path].decode()):
            target = posixpath.normpath(posixpath.join("/", place, link)).strip("/")
            if target.removesuffix("/index.md") not in there:  # MkDocs makes an address of a page's file
                dead.append(f"{path}: {link}")
    assert dead == []


def test_the_look_at_links_sees_a_dead_one() -> None:
    html = '<a href="../nai/">無</a> <a href="https://example.org/">外</a> <a href="#ue">上</a> <img src="e.png">'
    assert links(html) == ["../nai/", "e.png"]


GOOD = {
    "datasets/good/datapackage.yaml": "name: good\ntitle: 良いデータ\nresources: [{path: a.csv}]\n",
    "datasets/good/a.csv": "名称,数\n東,1\n",
}
STRANGE = {
    "a zero byte": 'title: "x\x00y"',
    "a day that is not in the calendar": "created: 2024-13-45",
    "bytes": "note: !!binary aGVsbG8=",
    "a set": "note: !!set {x, y}",
    "no number": "note: .nan",
    "an encoding that refuses": "resources: [{path: a.csv, encoding: undefined}]",
    "a zero byte in an encoding": 'resources: [{path: a.csv, encoding: "a\\0b"}]',
    "a delimiter that is a number": "resources: [{path: a.csv, dialect: {delimiter: 5}}]",
    "a delimiter that is a line end": 'resources: [{path: a.csv, dialect: {delimiter: "\\n"}}]',
    "a delimiter that is the quote": "resources: [{path: a.csv, dialect: {delimiter: '\"'}}]",
    "a name that no disk holds": f"resources: [{{path: {'a' * 300}.csv}}]",
    "translations without fields": "kawaraban: {translations: {en: {title: x, fields: }}}",
    "translations that are text": "kawaraban: {translations: {en: {fields: abc}}}",
    "translations of a language that are a list": "kawaraban: {translations: {en: [x]}}",
    "a source that is a number": "sources: [{title: 課, path: 5}]",
    "a source without a path": "sources: [{title: 課, path: }]",
    "a licence that is a list": "licenses: [{path: [x]}]",
    "views that are not views": "kawaraban: {views: [{}, [1], 5, sql, {sql: 5}, {table: 5}, {1: 2}, {chart: [x]}]}",
    "a view of its own name": "kawaraban: {views: [{problems: {}}, {sql: }, {table: {data: 5}}]}",
    "a theme that is a list": "kawaraban: {theme: [x]}",
    "foreign keys that are a number": "schema: {fields: [{name: 名称}, {name: 人口}], foreignKeys: 5}",
    "a pattern that is none": "schema: {fields: [{name: 名称, constraints: {pattern: '['}}, {name: 人口}]}",
    "an example of bytes": "schema: {fields: [{name: 名称, example: !!binary aGk=}, {name: 人口}]}",
    "a type that is a list": "schema: {fields: [{name: 名称, type: [x]}, {name: 人口}]}",
    "a schema that is a list": "schema: [x]",
    "a group character of 5": "schema: {fields: [{name: 名称}, {name: 人口, type: integer, groupChar: 5}]}",
    "braces": "kawaraban: {'{x}': 1}",
    "half a letter": 'description: "\\ud800"',
    "a resource named as the package": "resources: [{path: a.csv, name: datapackage}]",
}


@pytest.mark.parametrize("line", STRANGE.values(), ids=STRANGE)
def test_a_strange_descriptor_never_stops_the_others(
    line: str, make_town: Callable[..., Path], tmp_path: Path
) -> None:
    """It is published or held with a problem that names its file; the dataset beside it is published."""
    line = f"resources: [{{path: a.csv, {line}}}]" if line.startswith("schema") else line
    head = "name: strange\n" + ("" if line.startswith("resources") else "resources: [{path: a.csv}]\n")
    files = {"datasets/strange/datapackage.yaml": f"{head}{line}\n", "datasets/strange/a.csv": "名称,人口\n東,5\n"}
    site = Site(make_town({**GOOD, **files}), warn=lambda _: None)
    site.render(tmp_path / "stage")
    assert (tmp_path / "stage/datasets/good/good.csv").is_file()
    entry = site.entries["strange"]
    assert not entry.held or all(each.path.startswith("datasets/strange/") for each in entry.verdict.problems)
    for page in (tmp_path / "stage").rglob("*.md"):
        for fence in fences.find(page.read_text(encoding="utf-8").split("\n")):
            assert isinstance(site.draw(fence), str)
    described = tmp_path / "stage/datasets/strange/datapackage.json"
    assert described.is_file() == bool(entry.tables), "a package is published with its data, or not at all"
    package = json.loads(described.read_text(encoding="utf-8")) if entry.tables else {}
    assert package.get("name", "strange") == "strange"
    page = (tmp_path / "stage/datasets/strange/index.md").read_text(encoding="utf-8")
    downloads = re.findall(r"\]\(([^)]*)\)\{: download", page)
    assert len(set(downloads)) == len(downloads), "two files have one address"
    assert "NaN" not in json.dumps(package)


@pytest.mark.parametrize("title", ["𠮷野の桜", "桜 🌸", 'の "/" と \\ と é'])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_descriptor_in_json_is_read_as_json(title: str, escaped: bool, make_town: Callable[..., Path]) -> None:
    """Letters beyond U+FFFF stand as two escapes in JSON, as every JSON writer makes them."""
    text = json.dumps({"title": title, "resources": [{"path": "a.csv"}]}, ensure_ascii=escaped)
    files = {"datasets/sakura/datapackage.json": text, "datasets/sakura/a.csv": "名称\n東\n"}
    entry = Site(make_town(files)).entries["sakura"]
    assert (entry.dataset.title, entry.held) == (title, False)


ROWS = "年,人口,区,日,刻\n2022,10,東,2024-01-01,09:00\n2023,11.5,西,2024-02-01,10:00\n,12,,,\n2024,,東,,\n"
COLUMNS = ["年", "人口", "区", "日", "刻"]
WORDS = [
    None,
    True,
    0,
    3,
    10**20,
    1.5,
    "",
    "x",
    "-y",
    "count",
    "sum",
    "bar",
    [],
    {},
    ["年", "人口"],
    {"区": []},
    {"年": 2022},
]
WRONG = {
    "bars over dates of which one is missing": ("chart", {"mark": "bar", "x": "日", "y": "人口"}),
    "a line over years of which one is missing": ("chart", {"mark": "area", "x": "年", "y": "人口"}),
    "colours of which one is missing": ("chart", {"mark": "line", "x": "年", "y": "人口", "color": "区"}),
    "two measures over names of which one is missing": ("chart", {"mark": "bar", "x": "区", "y": ["年", "人口"]}),
    "a line of words": ("chart", {"mark": "line", "x": "年", "y": "区"}),
    "an area of words": ("chart", {"mark": "area", "x": "年", "y": "刻"}),
    "a chart without end": ("chart", {"x": "年", "y": "人口", "height": 10**20}),
    "a figure of no rows": ("figure", {"value": "人口", "by": "年", "where": {"区": "南"}}),
    "a figure of no rows at all": ("figure", {"value": "人口", "where": {"区": []}}),
    "a figure by a column with a missing value": ("figure", {"value": "人口", "by": "日"}),
    "a table of no rows": ("table", {"where": {"区": "南"}, "sort": "年"}),
    "a map of no rows": ("map", {"lat": "人口", "lon": "年", "where": {"区": "南"}}),
}


@pytest.fixture(scope="module")
def drawing(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a site with one dataset, in which something is missing in every column."""
    root = tmp_path_factory.mktemp("drawing")
    fields = (
        "{name: 年, type: integer}",
        "{name: 人口, type: number}",
        "{name: 区}",
        "{name: 日, type: date}",
        "{name: 刻}",
    )
    schema = f"{{fields: [{', '.join(fields)}]}}"
    for path, body in {
        "mkdocs.yml": "site_name: 小町\n",
        "datasets/jinko/datapackage.yaml": f"name: jinko\nresources: [{{path: a.csv, schema: {schema}}}]\n",
        "datasets/jinko/a.csv": ROWS,
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(body, encoding="utf-8")
    return Site(root, warn=lambda _: None)


def draw(site: Site, kind: str, values: dict[str, object]) -> str:
    fence = Fence(kind, fence_text({"data": "jinko", **values}), 0, 0, "", "```", "index.md", "docs/index.md:1")
    return site.draw(fence)


@pytest.mark.parametrize(("kind", "values"), WRONG.values(), ids=WRONG)
def test_a_strange_fence_is_drawn_or_is_a_box(kind: str, values: dict[str, object], drawing: Site) -> None:
    assert draw(drawing, kind, values).startswith(("<figure class=", '<div class="kb-problem"'))


@settings(derandomize=True, database=None, max_examples=80, deadline=None)
@given(
    mark=st.sampled_from(["bar", "stacked bar", "line", "area", "point"]),
    x=st.sampled_from(COLUMNS),
    y=st.one_of(st.sampled_from(COLUMNS), st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=2, unique=True)),
    more=st.dictionaries(
        st.sampled_from(["color", "aggregate", "sort", "limit", "where", "height", "unit", "title"]),
        st.sampled_from([*COLUMNS, *WORDS]), max_size=2,
    ),
)  # fmt: skip
def test_every_chart_is_drawn_or_is_a_box(
    mark: str, x: str, y: object, more: dict[str, object], drawing: Site
) -> None:
    html = draw(drawing, "chart", {"mark": mark, "x": x, "y": y, **more})
    assert html.startswith(("<figure class=", '<div class="kb-problem"'))
