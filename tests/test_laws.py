"""Laws that hold for every input: reading loses nothing, the same input gives the same bytes, damage is noticed.

The examples are the same on every run: a red build is then always somebody's change.
"""

import csv
import html
import os
import re
import string
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from kawaraban import fences
from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.intake import take_in
from kawaraban.model import Resource
from kawaraban.reading.text import read_csv
from kawaraban.sanitiser import sanitise
from kawaraban.site import Site
from kawaraban.templating import md

STEADY = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
FEW, SOME = settings(STEADY, max_examples=40), settings(STEADY, max_examples=200)
LETTERS = "人口東西区～髙①ｱがー　 ,;\t|\"'\n\r0129.-=+@<>&"
CELLS = st.text(LETTERS, max_size=6)


def csv_resource(file: Path, **dialect: str | bool) -> Resource:
    return Resource("a", file.name, file, "csv", None, dialect, None, {})


def written(file: Path, rows: list[list[str]], encoding: str, **options: str) -> None:
    # the writer leaves a lone carriage return bare where rows end with a line feed; Excel quotes it
    bare = any("\r" in cell for row in rows for cell in row)
    quoting = csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL
    with file.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, quoting=quoting, **options).writerows(rows)  # type: ignore[arg-type]


@SOME
@given(
    rows=st.lists(st.lists(CELLS, max_size=5), min_size=1, max_size=6).filter(lambda rows: any(map(any, rows))),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932"]),
    delimiter=st.sampled_from([",", "\t", ";"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_reading_gives_back_every_cell_with_its_row(
    rows: list[list[str]], encoding: str, delimiter: str, end: str
) -> None:
    """A row is counted as the file's rows are; what stands before the first filled row is not data."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        written(file, rows, encoding, delimiter=delimiter, lineterminator=end)
        grid = read_csv(csv_resource(file, delimiter=delimiter, header=True), "a.csv")
        found = list(grid.rows)
        looked = read_csv(csv_resource(file, delimiter=delimiter), "a.csv")
        rest = list(looked.rows)
    first = next(number for number, row in enumerate(rows, start=1) if any(row))
    assert found == list(enumerate(rows, start=1))[first - 1 :]
    assert grid.origin.header == first
    # where the header is looked for, what is above it is left out, and it is said so
    header = looked.origin.header
    assert rest == list(enumerate(rows, start=1))[header - 1 :]
    assert [each.kind for each in looked.problems] == ["title-rows"] * (header > first)


VALUES = st.one_of(
    st.integers(-(10**16), 10**16).map(str), st.floats(allow_nan=False).map(repr), st.dates().map(str), CELLS,
    st.sampled_from(["", "01", "-0", "1.", ".5", "1e5", "NaN", "INF", "１２", "2024-02-30", "true", "1_000", " 1"]),
    st.integers(0, 99).map(str), st.decimals(-9, 9, places=2).map(str),
)  # fmt: skip
COLUMNS = st.lists(st.sampled_from(["年", "人口", "備考", "郵便番号", "日付"]), min_size=1, max_size=3, unique=True)


@FEW
@given(data=st.data(), names=COLUMNS)
def test_a_table_is_valid_under_the_schema_found_from_it(data: st.DataObject, names: list[str]) -> None:
    rows = data.draw(st.lists(st.lists(VALUES, min_size=len(names), max_size=len(names)), max_size=6))
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "datasets/a").mkdir(parents=True)
        (root / "datasets/a/datapackage.yaml").write_text(
            "name: a\nresources: [{path: a.csv, dialect: {delimiter: ','}}]\n", encoding="utf-8"
        )
        written(root / "datasets/a/a.csv", [names, *rows], "utf-8")
        intake = take_in(read_catalog(root).datasets["a"], Cache(root / "cache"))
    kinds = {problem.kind for problem in intake.verdict.problems if problem.severity == "error"}
    assert kinds <= ({"blank-row"} if any(not any(row) for row in rows) else set()), intake.verdict.problems
    assert intake.verdict.rows == len(rows)


TOWN = {
    "mkdocs.yml": "site_name: 小町\n",
    "docs/index.md": "---\ntitle: 小町 <一>\n---\n\n```chart\ndata: jinko\nx: 年\ny: 人口\n```\n",
    "datasets/jinko/datapackage.yaml": "name: jinko\ntitle: 人口\nresources: [{path: 人口.csv}]\n",
    "datasets/jinko/人口.csv": "年,人口,日\n2022,12040,2022-04-01\n2023,11985,2023-04-01\n",
    "datasets/sjis/datapackage.yaml": "name: sjis\nresources: [{path: a.csv}, {name: b, path: b.json}]\n",
    "datasets/sjis/a.csv": "地区,曜日\n髙台,月\n".encode("cp932"),
    "datasets/sjis/b.json": '[{"品": "びん", "数": 1.5}]',
    "datasets/wrong/datapackage.yaml": (
        "name: wrong\ntitle: 誤り\nresources: [{path: a.csv, schema: {fields: [{name: 数, type: integer}]}}]\n"
    ),
    "datasets/wrong/a.csv": "数\n三\n",
}
RENDER = """\
import sys
from pathlib import Path
from markdown import Markdown
from kawaraban.markdown import KawarabanExtension
from kawaraban.site import Site
site = Site(Path(sys.argv[1]))
stage = Path(sys.argv[2])
site.render(stage)
for page in sorted(stage.rglob("*.md")):
    made = Markdown(extensions=["attr_list", "md_in_html", "tables", KawarabanExtension(site=site)])
    page.with_suffix(".html").write_text(made.convert(page.read_text(encoding="utf-8")), encoding="utf-8")
"""


def tree(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file below `folder`, but for the stage's own notes of time."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith(".")
    }


def test_the_same_town_gives_the_same_bytes_anywhere(make_town: Callable[..., Path], tmp_path: Path) -> None:
    """Another folder, another language of the system, another time zone, another seed of hashing."""
    places = [("甲", "C.UTF-8", "UTC", "0"), ("otsu/nested", "tr_TR.UTF-8", "Pacific/Kiritimati", "7")]
    trees = []
    for name, language, zone, seed in places:
        root = make_town(TOWN, name)
        stage = tmp_path / f"stage-{zone.replace('/', '-')}"
        env = {
            **os.environ,
            "LC_ALL": language,
            "LANG": language,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "PYTHONUTF8": "1",
        }
        command = [sys.executable, "-c", RENDER, str(root), str(stage)]
        subprocess.run(command, check=True, env=env, timeout=120, capture_output=True)
        trees.append(tree(stage))
    assert trees[0] == trees[1]
    assert {"index.html", "datasets/jinko/jinko.csv", "datasets/wrong/index.html"} <= set(trees[0])
    assert b"<svg" in trees[0]["index.html"]


def drawn(site: Site, stage: Path) -> dict[str, bytes]:
    """Give the staged tree and every page's HTML."""
    site.render(stage)
    made = tree(stage)
    pages = {name: body.decode() for name, body in made.items() if name.endswith(".md")}
    for name, text in pages.items():
        parts = [site.draw(fence) for fence in fences.find(text.split("\n"))]
        made[f"html/{name}"] = "\n".join(parts).encode()
    return made


def test_a_cache_that_was_damaged_changes_nothing(make_town: Callable[..., Path], tmp_path: Path) -> None:
    """Each entry in turn loses a bit at its head, in its middle and at its end, or is cut short, or is gone."""
    root = make_town(TOWN)
    expected = drawn(Site(root, cache=tmp_path / "none"), tmp_path / "stage-none")
    cache = tmp_path / "cache"
    assert drawn(Site(root, cache=cache), tmp_path / "stage") == expected
    entries = sorted(file for file in cache.rglob("*") if file.is_file())
    assert len(entries) >= 6
    assert drawn(Site(root, cache=cache), tmp_path / "stage") == expected
    for number, entry in enumerate(entries):
        whole = entry.read_bytes()
        at = (0, len(whole) // 2, len(whole) - 1)[number % 3]
        for damaged in (whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :], whole[: len(whole) // 2], b""):
            entry.write_bytes(damaged)
            assert drawn(Site(root, cache=cache), tmp_path / "stage") == expected, entry.relative_to(cache)


def test_a_cache_with_every_entry_damaged_changes_nothing(make_town: Callable[..., Path], tmp_path: Path) -> None:
    root = make_town(TOWN)
    cache = tmp_path / "cache"
    expected = drawn(Site(root, cache=cache), tmp_path / "stage")
    for entry in [file for file in cache.rglob("*") if file.is_file()]:
        entry.write_bytes(bytes(byte ^ 255 for byte in entry.read_bytes()))
    assert drawn(Site(root, cache=cache), tmp_path / "other") == expected


@pytest.mark.parametrize("notes", [b"", b"{", b"[]", b"5", b'{"index.md": 5}', b'{"index.md": []}', b"\xff"])
def test_notes_of_the_stage_that_were_damaged_change_nothing(
    notes: bytes, make_town: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_town(TOWN)
    Site(root).render(tmp_path / "stage")
    expected = tree(tmp_path / "stage")
    (tmp_path / "stage/.kawaraban-stage.json").write_bytes(notes)
    (tmp_path / "stage/index.md").write_text("別の人が書きかえた", encoding="utf-8")
    Site(root).render(tmp_path / "stage")
    assert tree(tmp_path / "stage") == expected


LINES = st.sampled_from([
    "```chart", "```", "````", "~~~table", "~~~", "  ```sql", "  ```", "```python", "x: 年", "  y: 人口", "", "文",
    "- 一つ", "    ```figure", "    ```", "```chart page=a.md at=b.md%3A1", "`chart`", "\t```map", "\t```",
    "``` table", "```table {.class}", "   text", "````table", "```chart\r",
])  # fmt: skip


@SOME
@given(lines=st.lists(LINES, max_size=14), page=st.text(LETTERS, max_size=8), source=st.text(LETTERS, max_size=8))
def test_marking_fences_twice_is_marking_them_once(lines: list[str], page: str, source: str) -> None:
    """The marks say where a fence stands, and change nothing of what it holds or of where it begins and ends."""
    text = "\n".join(lines)
    marked = fences.mark(text, page, source)
    assert fences.mark(marked, "別.md", "docs/別.md") == marked
    before, after = list(fences.find(text.split("\n"))), list(fences.find(marked.split("\n")))
    assert [replace(each, page="", at="") for each in before] == [replace(each, page="", at="") for each in after]
    for old, new in zip(before, after, strict=True):
        expected = (old.page, old.at) if old.at else (page, f"{source}:{old.start + 1}")
        assert (new.page, new.at) == expected


PUNCTUATED = st.text(string.punctuation * 2 + " \t\nab1人口ー。「」（）～＜＆", max_size=24)


@SOME
@given(text=PUNCTUATED.filter(lambda text: text.split()))
def test_text_in_a_heading_is_read_as_it_was_written(text: str) -> None:
    made = Markdown(extensions=["attr_list", "md_in_html", "tables", "footnotes", "toc"]).convert(f"# {md(text)}")
    heading = re.fullmatch(r"<h1[^>]*>(.*)</h1>", made, re.DOTALL)
    assert heading, made
    assert "<" not in heading[1], made
    assert html.unescape(heading[1]) == " ".join(text.split())


@SOME
@given(text=PUNCTUATED.filter(lambda text: text.split()))
def test_text_in_a_table_cell_is_read_as_it_was_written(text: str) -> None:
    made = Markdown(extensions=["attr_list", "tables"]).convert(f"| 列 | 値 |\n|---|---|\n| {md(text)} | 終 |\n")
    cells = re.findall(r"<td>(.*?)</td>", made, re.DOTALL)
    assert [html.unescape(cell) for cell in cells] == [" ".join(text.split()), "終"]


FRAGMENTS = st.sampled_from([
    "<script>", "</script>", "<svg", " onload=alert(1)", ">", "<a href=", "javascript:alert(1)", '"', "'",
    "<img src=x", " onerror=alert(1)", "<math><mtext>", "<style>", "</style>", "<!--", "-->",
    "<![CDATA[", "]]>", "<noscript>",
    "</noscript>", "<template>", "<iframe srcdoc='", "<table>", "<td>", "</p>", "&lt;script&gt;", "&#106;avascript:",
    "<form><math><mtext></form><form><mglyph><style></math>", "<p title='</noscript><img src=x onerror=1>'>", "文",
    "\x00", "\u2028", "<base href=//x>", "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>", "//example.org/a.png",
    "<input type=image src=x formaction=//x>", "<a\thref='\x01javascript:1'>", "<b id=__config class=md-search>",
    "<div style='position:fixed'>", "<td style='background:url(//x)'>", "\\", "`", "<details open ontoggle=alert(1)>",
])  # fmt: skip


@SOME
@given(parts=st.lists(FRAGMENTS, max_size=12))
def test_what_is_clean_stays_clean_and_nothing_in_it_is_alive(
    parts: list[str], alive: Callable[..., list[str]]
) -> None:
    once = sanitise("".join(parts))
    assert sanitise(once) == once
    assert alive(once) == []
    assert "__config" not in once
    assert "position" not in once
    assert not re.search(r"<[^>]*url\(", once)


def test_the_judge_sees_what_is_alive(alive: Callable[..., list[str]]) -> None:
    """It must see each fragment that acts, or the laws above would say nothing."""
    for bad in (
        "<script>", "<svg/onload=1>", "<a href='javascript:1'>", "<a href='java\nscript:1'>", "<img src=//x>",
        "<p onclick=1>", "<img src='data:x'>", "<a href='//x'>", "<iframe srcdoc=x>", "<STYLE>", "<a href='\\\\x'>",
        "<a href=' \x01vbscript:x'>", "<img src='https://x/a.png'>",
    ):  # fmt: skip
        assert alive(bad), bad
    assert alive("<a href='https://x/'>外</a><a href='../a/'>内</a><img src='a.png'><a href='#b'>下</a>") == []


WIDE = "{fields: [{name: 名称}, {name: 数, type: integer}, {name: 丁}, {name: 戊}]}"


@pytest.mark.parametrize("title", ["題", "# 令和6年 施設一覧", "題,", "題,,,", ","])
def test_the_judge_takes_the_header_that_we_take(title: str, make_town: Callable[..., Path]) -> None:
    """A title is told from the header by its width; one as wide as the table is taken for the header, and held."""
    files = {
        "datasets/a/datapackage.yaml": f"resources: [{{path: a.csv, schema: {WIDE}}}]\n",
        "datasets/a/a.csv": f"{title}\n名称,数,丁,戊\n東,1,い,ろ\n西,x,は,に\n",
    }
    entry = Site(make_town(files), warn=lambda _: None).entries["a"]
    assert entry.held
    kinds = [each.kind for each in entry.verdict.problems]
    if title == "題,,,":
        assert [each for each in entry.verdict.problems if each.row == 1], "the title is taken for the header"
    else:
        assert [each.address for each in entry.verdict.problems if each.value == "x"] == ["B4"]
        assert ("title-rows" in kinds) == (title != ",")


def test_a_published_table_has_the_columns_of_its_schema(make_town: Callable[..., Path]) -> None:
    """What is valid has the header that was judged; else the page and the downloads would show another table."""
    files = {
        "datasets/a/datapackage.yaml": f"resources: [{{path: a.csv, schema: {WIDE}}}]\n",
        "datasets/a/a.csv": "題\n名称,数,丁,戊\n東,1,い,ろ\n",
    }
    entry = Site(make_town(files), warn=lambda _: None).entries["a"]
    assert entry.held or all(table.columns == ("名称", "数", "丁", "戊") for table in entry.tables)
