"""Undocumented means broken: what the tool knows is in the manual, and what the manual shows is true.

A word counts as documented where it stands in backticks, on the page and in the section it belongs to.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from jinja2.defaults import DEFAULT_FILTERS

from kawaraban import catalog, drawing, fences, recipe
from kawaraban.cli import main
from kawaraban.kinds import KINDS
from kawaraban.kinds.catalogue import catalogue_page
from kawaraban.reading.text import KEYS as DIALECT
from kawaraban.reporting import FORMATS
from kawaraban.reporting.sentences import CONSTRAINTS, SENTENCES, TYPES
from kawaraban.site import Site
from kawaraban.templating import environment, shipped_templates
from kawaraban.views import VIEWS, view_named
from kawaraban.views.chart import MARKS, SORTS
from kawaraban.views.spec import COMMON
from kawaraban.warehouse import AGGREGATES

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs" / "manual"
PROBLEMS = MANUAL / "problems"
PAGES = sorted(path.name for path in MANUAL.glob("*.md"))
READMES = ("README.md", "README.ja.md")
LINKED = [ROOT / name for name in (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/**/*.md"))
BLOCK = re.compile(r"^(?P<indent> *)(?P<marks>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^ *(?P=marks)$", re.M | re.S)


SETTINGS = {"order", "year", "fiscal", "packed", "serial", "years", "list", "missing"}  # what a step can be told
# command -> its page
PAGE_OF = {"add": "recipes.md", "diff": "checking.md", "fix": "checking.md", "validate": "checking.md"}


@cache
def text_of(name: str) -> str:
    return (MANUAL / name).read_text(encoding="utf-8")


def section(name: str, title: str) -> str:
    """Give the part of a manual page below the level-two heading that contains `title`."""
    parts = re.split(r"^(?=## )", text_of(name), flags=re.M)
    found = [part for part in parts if title in part.split("\n", 1)[0] and part.startswith("## ")]
    assert found, f"{name} has no section about {title}"
    return found[0]


def coded(text: str) -> set[str]:
    """Give every word that stands in backticks, alone or among others; blocks of code are not explanations."""
    spans = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", BLOCK.sub("", text))
    return {*spans, *(word.strip("[]{},:") for span in spans for word in span.split())}


def blocks(text: str, info: str) -> list[str]:
    """Give the bodies of the code blocks of one kind, without the indentation of a list they stand in."""
    found = []
    for block in BLOCK.finditer(text):
        if block["info"] == info:
            indent = block["indent"]
            found.append("".join(line.removeprefix(indent) for line in block["body"].splitlines(keepends=True)))
    return found


def missing(words: Sequence[str] | set[str], text: str) -> list[str]:
    return sorted(set(words) - coded(text))


def without_row(words: Sequence[str] | set[str], text: str) -> list[str]:
    """Give the words that no table of the text explains: none has them in the first cell of a row."""
    first = "\n".join(re.findall(r"^\|([^|]*)\|", text, re.M))
    return missing(words, first)


# What there is, on the page that has to say it ------------------------------------------------------------


def options(command: click.Command) -> list[str]:
    return [name for each in command.params if isinstance(each, click.Option) for name in each.opts]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_commands_and_their_options(name: str) -> None:
    page = PAGE_OF.get(name, "building.md")
    assert f"kawaraban {name}" in coded(text_of("index.md"))
    assert f"\nkawaraban {name}" in text_of(page), "the page shows no call of it"
    flat = [f"--format {form}" for form in FORMATS] if name == "validate" else []
    assert without_row({*options(main.commands[name]), *flat}, text_of(page)) == []


def test_options_before_the_command() -> None:
    both = text_of("building.md") + text_of("checking.md")
    assert missing({*options(main), "--help"}, both) == []


def test_exit_status() -> None:
    text = text_of("checking.md")
    assert [status for status in (0, 1, 2) if f"\n| {status} |" not in text] == []


def test_problem_kinds() -> None:
    """Each has a page; descriptors and unreadable files have kinds of their own, which say their own sentences."""
    kinds = {*SENTENCES, "descriptor-error", "unreadable"}
    listed = [file for file, _ in links(PROBLEMS / "index.md")]
    assert sorted(kinds - {name.removesuffix(".md") for name in listed}) == []
    assert [kind for kind in kinds if f"`{kind}`" not in (PROBLEMS / f"{kind}.md").read_text(encoding="utf-8")] == []
    for page in ("checking.md", "datasets.md"):
        assert "problems/index.md" in [file for file, _ in links(MANUAL / page)]


@pytest.mark.parametrize("page", ["checking.md", "datasets.md"])
def test_constraints_and_types(page: str) -> None:
    found = without_row if page == "checking.md" else missing
    assert found({*CONSTRAINTS, *TYPES}, text_of(page)) == []


def test_recipe() -> None:
    assert without_row(recipe.KEYS, section("recipes.md", "読み方の設定")) == []
    assert without_row(recipe.KINDS, section("recipes.md", "読み方の設定")) == []
    assert without_row(recipe.STEPS, section("recipes.md", "読み方の設定")) == []
    assert without_row(SETTINGS, section("recipes.md", "読み方の設定")) == []


def test_what_a_step_asks_of_a_field_is_what_the_manual_says() -> None:
    rooms = (Path(recipe.__file__).parent / "tidying").glob("*.py")
    code = "\n".join(file.read_text(encoding="utf-8") for file in rooms)
    asked = set(re.findall(r'says(?:\.get\(|\[)"(\w+)"', code)) | set(
        re.findall(r'"kawaraban"\) or {}\)\.get\("(\w+)"', code)
    )
    assert asked - {"unit"} <= SETTINGS


def test_descriptor() -> None:
    assert without_row(catalog.OWN_KEYS, section("datasets.md", "このサイトだけの設定")) == []
    assert missing(list(KINDS), section("datasets.md", "このサイトだけの設定")) == []
    files = section("datasets.md", "データファイルの指定")
    assert without_row(set(catalog.FORMATS.values()), files) == []
    assert missing(list(catalog.FORMATS), files) == []
    assert without_row({*DIALECT, "skipInitialSpace", "sheet"}, files) == []
    assert missing(catalog.DESCRIPTORS, text_of("datasets.md")) == []


@pytest.mark.parametrize("kind", fences.KINDS)
def test_fence_kinds(kind: str) -> None:
    part = section("fences.md", f"`{kind}`")
    assert blocks(part, "markdown"), "there is no example"
    if kind in VIEWS:
        assert without_row(view_named(kind).KEYS, part) == []


def test_keys_of_all_views() -> None:
    assert without_row(COMMON, section("fences.md", "#common")) == []
    chart = section("fences.md", "`chart`")
    assert missing({*MARKS, *SORTS, *AGGREGATES}, chart) == []


def test_keys_of_fences_without_a_view(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    known: dict[str, tuple[str, ...]] = {}

    def note(values: object, keys: tuple[str, ...], view: str) -> None:
        known[view] = keys

    monkeypatch.setattr(drawing, "check_keys", note)
    for kind in ("masthead", "catalogue", "problems"):
        site.draw(fences.Fence(kind, "data: population", 0, 1, "", "```"))
        assert without_row(known[kind], section("fences.md", f"`{kind}`")) == []
    assert set(known) == {"masthead", "catalogue", "problems"}


def test_templates(site: Site) -> None:
    text = text_of("templates.md")
    given: dict[str, set[str]] = {}

    def fill(name: str, **values: object) -> str:
        given[name] = {*values, "_"}
        return ""

    entry = site.entries["population"]
    KINDS["dataset"](entry, fill, "ja")
    catalogue_page([entry], fill)
    for name, values in given.items():
        assert name in {f"pages/{path.name}" for path in (shipped_templates() / "pages").iterdir()}
        part = next(each for each in text.split("\n### ") if each.startswith(f"`{name.removeprefix('pages/')}`"))
        assert without_row(values, part) == []
    assert missing(set(environment(ROOT).filters) - set(DEFAULT_FILTERS), text) == []


def test_custom_properties() -> None:
    style = (shipped_templates() / "assets" / "kawaraban.css").read_text(encoding="utf-8")
    names = set(re.findall(r"^ +(--kb-[a-z]+):", style, re.M))
    series = sorted(set(re.findall(r"^ +(--kb-\d+):", style, re.M)), key=lambda each: int(each[5:]))
    assert without_row({*names, series[0], series[-1]}, text_of("templates.md")) == []


# What is said, there is -----------------------------------------------------------------------------------


def calls(text: str) -> set[str]:
    """Give the commands that a text shows: `kawaraban VERB`, `make TARGET`, `pip ...`."""
    shown = "\n".join([*re.findall(r"`([^`\n]+)`", text), *(block["body"] for block in BLOCK.finditer(text))])
    return set(re.findall(r"\b(?:kawaraban(?: --lang ja)? [a-z]+|make [a-z]+|pip install \S+)", shown))


def test_both_readmes_mention_the_same_commands() -> None:
    english, japanese = (calls((ROOT / name).read_text(encoding="utf-8")) for name in READMES)
    assert english == japanese
    assert {"make site", "make test", "kawaraban validate", "kawaraban build", "kawaraban serve"} <= english


# the reports on those pages are in English too, where "make" is a word
@pytest.mark.parametrize(
    "path",
    [path for path in LINKED if path.parent != PROBLEMS],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_commands_and_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for call in calls(path.read_text(encoding="utf-8")):
        program, *_, word = call.split()
        known = {"kawaraban": set(main.commands), "make": targets}.get(program, {word})
        assert word in known, f"`{call}` does not exist"


@pytest.mark.parametrize("page", ["index.md", "checking.md", "building.md"])
def test_options_exist(page: str) -> None:
    known = {name for command in (main, *main.commands.values()) for name in options(command)} | {"--help"}
    shown = {word for word in coded(text_of(page)) if re.fullmatch(r"--[a-z-]+", word)}
    assert shown - known == set()


def links(path: Path) -> Iterator[tuple[str, str]]:
    """Give the relative links and pictures of a page: the file and the place in it."""
    text = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", path.read_text(encoding="utf-8")))
    for target in re.findall(r"\]\(([^()\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            file, _, place = target.partition("#")
            yield file, place


@pytest.mark.parametrize("path", LINKED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    for name, place in links(path):
        file = (path.parent / name).resolve() if name else path
        if file.is_relative_to(ROOT / "docs" / "datasets"):
            continue  # made when the site is built
        if file.parent == ROOT / "docs" / "images" and not file.parent.is_dir():
            continue  # pictures are taken of a finished site
        assert file.exists(), f"{name} is not there"
        if place:
            assert f"{{: #{place} }}" in file.read_text(encoding="utf-8"), f"{name} has no place {place}"


# What is shown, works -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, told: list[str]) -> Site:
    return Site(ROOT, warn=told.append, cache=tmp_path_factory.mktemp("cache"))


def live(text: str, page: str) -> list[fences.Fence]:
    return list(fences.find(fences.mark(text, page, f"docs/{page}").split("\n")))


@pytest.mark.parametrize("page", PAGES)
def test_examples_can_be_drawn(page: str, site: Site, told: list[str]) -> None:
    shown = [fence for body in blocks(text_of(page), "markdown") for fence in live(body, f"manual/{page}")]
    for fence in [*live(text_of(page), f"manual/{page}"), *shown]:
        told.clear()
        html = site.draw(fence)
        assert told == []
        assert "kb-problem" not in html, fence.at


def test_what_is_drawn_is_what_is_shown() -> None:
    text = text_of("fences.md")
    drawn = [(fence.kind, fence.body) for fence in fences.find(text.split("\n"))]
    shown = [(fence.kind, fence.body) for body in blocks(text, "markdown") for fence in fences.find(body.split("\n"))]
    # a masthead is the head of a front page; here it would be a second main heading
    assert drawn == [each for each in shown if each[0] != "masthead"]


def test_a_wrong_fence_shows_what_the_manual_says(site: Site) -> None:
    part = section("fences.md", "書きまちがえると")
    source, box = blocks(part, "text")
    html = unescape(site.draw(live(source, "population.md")[0]))
    lines = [line for line in box.splitlines() if not line.startswith("docs/")]
    assert len(lines) == 3
    assert [line for line in lines if line not in html] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_is_true(readme: str, tmp_path: Path, told: list[str]) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    root, name = tmp_path / "town", "来館者数.csv"
    root.mkdir()
    (root / "mkdocs.yml").write_text("site_name: 試し町\ntheme: {language: ja}\n", encoding="utf-8")
    brought = tmp_path / name
    brought.write_bytes(blocks(text, "csv")[0].encode("cp932"))
    call = ["--root", str(root), "--lang", "ja"]
    added, found = blocks(text, "text")
    result = CliRunner().invoke(main, [*call, "add", str(brought), "--name", "library-visitors"])
    assert result.stdout == added
    folder = root / "datasets/library-visitors"
    assert (folder / "datapackage.yaml").read_text(encoding="utf-8") == blocks(text, "yaml")[0]
    assert CliRunner().invoke(main, [*call, "validate"]).exit_code == 0

    told.clear()
    chart = live(blocks(text, "markdown")[0], "index.md")[0]
    assert "<svg" in Site(root, warn=told.append).draw(chart)
    assert told == []

    rows = (folder / name).read_text(encoding="cp932").splitlines()
    rows[5] = "2025-04-31,分館,335人ほど"
    (folder / name).write_text("\n".join(rows) + "\n", encoding="cp932")
    result = CliRunner().invoke(main, [*call, "validate"])
    assert result.exit_code == 1
    assert result.stdout.split("\n\n")[0] == found.rstrip("\n")
    assert found in text_of("checking.md")


def test_both_readmes_show_the_same_example() -> None:
    english, japanese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    for info in ("csv", "yaml", "markdown", "text", "bat"):
        assert blocks(english, info) == blocks(japanese, info)
