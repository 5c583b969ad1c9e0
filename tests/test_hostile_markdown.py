"""Attacks that were really tried, as pages, as metadata and as data: nothing of them is alive in a page.

Set KAWARABAN_REAL_DATA to the folder that holds hostile/. The last tests need no data.
"""

import base64
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from markdown import Markdown
from mkdocs.utils.meta import get_data

from kawaraban.markdown import KawarabanExtension
from kawaraban.publishing.stage import marked_page
from kawaraban.site import Site

ROOT = Path(__file__).resolve().parent.parent
BATCH = 12  # attacks as columns of one table
EACH = 4  # every so many attacks is a dataset of its own
OWN = ("html", "ssti", "gha_commands", "formula", "unicode", "paths")


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml though it may hold tags that only MkDocs understands."""


_Tolerant.add_multi_constructor("", lambda *_: None)


def texts(value: object) -> Iterator[str]:
    """Give every text in a value out of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.fixture(scope="module")
def payloads(real_data: Path) -> list[str]:
    """Give the attacks of all sources, each once."""
    base = real_data / "hostile"
    found = re.split(r'(?=<div id="\d+">)', (base / "h5sc/vectors.txt").read_text(encoding="utf-8"))[1:]
    assert len(found) > 100
    found += [each["payload"] for each in json.loads((base / "dompurify-expect/expect.json").read_text("utf-8"))]
    found += texts(json.loads((base / "blns/blns.json").read_text("utf-8")))
    for name in OWN:
        found += texts(json.loads((base / f"own-cases/{name}.json").read_text("utf-8")))
    found = [each.encode(errors="replace").decode() for each in found]
    assert len(found) > 800
    return list(dict.fromkeys(each for each in found if each.strip()))


def converter(site: Site) -> Markdown:
    """Give Markdown as the site's own configuration has it, without MkDocs."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Tolerant)  # noqa: S506 - a SafeLoader
    names, options = [], {}
    for each in config["markdown_extensions"]:
        name = each if isinstance(each, str) else next(iter(each))
        names.append(name)
        options[name] = {} if isinstance(each, str) else each[name]
    assert {"attr_list", "md_in_html", "tables"} <= set(names)
    return Markdown(extensions=[*names, KawarabanExtension(site=site)], extension_configs=options)


def as_page(payload: str) -> Iterator[str]:
    """Give the places in a page where a contributor may put an attack."""
    line = " ".join(payload.split())
    yield payload
    yield f"[押す]({line}) [押す](<{line}> '{line}') ![絵]({line})"
    yield f'文{{: onclick="{line}" href="{line}" title="{line}" style="{line}" }}\n\n# 題 {line} {{#{line[:20]}}}'
    yield f"| 列 | {line} |\n|---|---|\n| {line} | `{line}` |\n\n[^1]: {line}\n\n文[^1]"
    yield f'!!! note "{line}"\n    {payload}'
    yield f'<div markdown title="{line}">\n{payload}\n</div>\n\n[參]: {line} "{line}"\n\n[押す][參] <{line}>'
    yield f"```table\ndata: {line}\n```\n\n```{line}\n{payload}\n```\n\n```sql\n{payload}\n```"


def test_no_attack_lives_in_a_page(
    payloads: list[str], alive: Callable[..., list[str]], make_town: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    made = converter(Site(make_town({}), warn=lambda _: None))
    live, broken, pages = [], [], 0
    for payload in payloads:
        for page in as_page(payload):
            pages += 1
            try:
                found = alive(made.reset().convert(page))
            except TypeError as error:
                broken.append((page[:200], str(error)))
                continue
            if found:
                live.append((page[:200], found[:3]))
    with capsys.disabled():
        print(f"\nhostile: {len(payloads)} attacks, {pages} pages, {len(live)} live, {len(broken)} stop Markdown")
    assert live == []
    assert broken == []


@pytest.mark.parametrize("heading", ["# 手引き {id}", "## 手引き {: id }", "手引き {id}\n======"])
def test_a_bare_word_in_the_braces_of_a_heading_does_not_stop_the_page(
    heading: str, make_town: Callable[..., Path]
) -> None:
    """attr_list gives the heading an id of None, at which toc stops: MkDocs always has toc."""
    made = converter(Site(make_town({}), warn=lambda _: None))
    assert "手引き" in made.convert(f"{heading}\n\n文\n")


def as_json(value: object) -> str:
    """Give JSON that is YAML too: what YAML cannot hold stands as an escape."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def said(payload: str) -> dict[str, object]:
    """Give a descriptor with the attack in every place but the data."""
    return {
        "title": payload,
        "description": payload,
        "sources": [{"title": payload, "path": payload}],
        "licenses": [{"title": payload, "path": f"https://example.org/{payload}"}],
        "contributors": [{"title": payload, "roles": ["publisher"]}],
        "kawaraban": {"theme": payload[:40], "translations": {"en": {"title": payload}}},
        "resources": [{"path": "nai.csv"}],
    }


def is_yaml(text: str) -> bool:
    """Say whether YAML can read it: it knows no control characters."""
    try:
        yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return True


def test_no_attack_lives_in_what_is_said_of_data(
    payloads: list[str], alive: Callable[..., list[str]], make_town: Callable[..., Path], tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """As title, description, source, licence, publisher, theme and translation; front matter; as field and cell."""
    monkeypatch.setattr("kawaraban.history.git", lambda *_: None)  # there is no history; a call for each takes long
    files: dict[str, str] = {}
    unread = {"index.md"}
    for number, payload in enumerate(payloads):
        if number % EACH == 0:  # a dataset costs the most; every attack is a column and front matter all the same
            files[f"datasets/d{number}/datapackage.json"] = as_json(said(payload))
        front = as_json({"title": payload, "description": payload})
        files[f"docs/p{number}.md"] = f"---\n{front}\n---\n\n文\n"
        if not is_yaml(front):
            unread.add(f"p{number}.md")  # no front matter, then, but text of the page
    for start in range(0, len(payloads), BATCH):
        # numbered, so that no two differ by their capitals alone: that has a test of its own
        some = [f"{number} {each}" for number, each in enumerate(payloads[start : start + BATCH])]
        fields = [{"name": each, "title": each, "description": each, "unit": each} for each in some]
        view = {"table": {"title": some[0], "note": some[0]}}
        value = {"resources": [{"path": "a.json", "schema": {"fields": fields}}], "kawaraban": {"views": [view]}}
        files[f"datasets/t{start}/datapackage.json"] = as_json(value)
        files[f"datasets/t{start}/a.json"] = json.dumps([dict(zip(some, some, strict=True))])
    site = Site(make_town(files), warn=lambda _: None)
    summary = site.render(tmp_path / "stage")
    made = converter(site)
    live, pages = [], 0
    for file in sorted((tmp_path / "stage").rglob("*.md")):
        pages += 1
        name = file.relative_to(tmp_path / "stage").as_posix()
        text, meta = get_data(file.read_text(encoding="utf-8"))
        found = alive(made.reset().convert(text))
        raw = [each for each in ("title", "description") if re.search(r'[<>"]', str(meta.get(each, "")))]
        if found or raw or ("title" not in meta and name not in unread):
            live.append((name, found[:3], raw, sorted(meta)))
    with capsys.disabled():
        print(f"\nhostile: {len(payloads)} attacks, {summary.published} tables, {pages} pages, {len(live)} live")
    assert summary.published >= len(payloads) / BATCH * 0.8
    assert live == [], live[:5]


CLOSING = "</title><script>alert(1)</script>"
FRONTS = {
    "plain": f"---\ntitle: {CLOSING}\n---\n# 題\n",
    "without dashes, as MultiMarkdown has it": f"title: {CLOSING}\n\n# 題\n",
    "after an empty block": f"---\n---\ntitle: {CLOSING}\n---\n# 題\n",
    "with old line ends": f"---\rtitle: {CLOSING}\r---\r# 題\r",
    "after a second byte order mark": f"\ufeff\ufeff---\ntitle: {CLOSING}\n---\n# 題\n",
    "as bytes": f"---\ntitle: !!binary {base64.b64encode(CLOSING.encode()).decode()}\n---\n# 題\n",
    "in a set": f"---\ntitle: !!set {{? '{CLOSING}'}}\n---\n# 題\n",
    "as a key": f"---\ntitle: {{'{CLOSING}': 1}}\n---\n# 題\n",
    "in pairs": f"---\ntitle: !!omap [甲: '{CLOSING}']\n---\n# 題\n",
    "in a list": f"---\ntitle: ['{CLOSING}']\n---\n# 題\n",
    "by an alias": f"---\na: &a '{CLOSING}'\ntitle: *a\n---\n# 題\n",
    "as the description": f"---\ndescription: '\"{CLOSING}'\n---\n# 題\n",
    "after other words": f"著者: 甲\ntitle: {CLOSING}\n\n# 題\n",
}


@pytest.mark.parametrize("page", FRONTS.values(), ids=FRONTS)
def test_front_matter_is_escaped_in_every_form_that_mkdocs_reads(page: str) -> None:
    """The theme prints `title` and `description` as they are. The page is read as MkDocs reads it."""
    staged = marked_page(page.encode().decode("utf-8-sig"), "p.md", "docs/p.md").encode()
    _, meta = get_data(io.TextIOWrapper(io.BytesIO(staged), encoding="utf-8-sig", errors="strict").read())
    assert "<" not in "".join(f"{name}{value}" for name, value in meta.items())


def test_front_matter_that_is_harmless_stays_as_it_was() -> None:
    page = "---\ntitle: 町の桜\ndescription: 春\n---\n\n# 桜\n"
    assert marked_page(page, "p.md", "docs/p.md") == page


def test_the_name_of_a_page_is_no_html(make_town: Callable[..., Path], tmp_path: Path) -> None:
    """MkDocs makes a title of the file's name where a page has no other, and the theme prints it as it is."""
    site = Site(
        make_town({"docs/<img src=x onerror=alert(1)>.md": "文\n", "docs/good.md": "文\n"}), warn=lambda _: None
    )
    site.render(tmp_path / "stage")
    names = [file.name for file in (tmp_path / "stage").rglob("*.md")]
    assert "good.md" in names
    assert [name for name in names if re.search(r"[<>\"&]", name)] == []


def test_a_drawing_cannot_be_called_by_who_writes_a_page(make_town: Callable[..., Path]) -> None:
    """A token stands for a drawing while Markdown works; words that look like one stay words."""
    site = Site(make_town({}), warn=lambda _: None)
    made = converter(site)
    page = f"kb{'0' * 32}x0x\n\n```masthead\n```\n\nkawaraban-base:/datasets/\n"
    html = made.convert(page)
    assert f"kb{'0' * 32}x0x" in html
    assert html.count("kb-masthead") == 1
    assert not re.search(r"kb[0-9a-f]{32}x0x", html.replace(f"kb{'0' * 32}x0x", ""))
