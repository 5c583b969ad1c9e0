"""One configuration for a town: what it may hold, what a slip is told, and no trace of one town in another."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from kawaraban.errors import KawarabanError
from kawaraban.languages import translator
from kawaraban.site import Site
from kawaraban.town import read_town
from kawaraban.townkeys import KEYS, LICENCES, arms_of, check_town, contact_of, licence_of

ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="{size}"/></svg>'
DATA = {
    "datasets/people/datapackage.yaml": (
        "name: people\ntitle: 人口\nresources: [{name: people, path: people.csv}]\n"
        "kawaraban: {views: [{chart: {x: 年, y: 人口, color: 地区}}, {table: {}}]}\n"
    ),
    "datasets/people/people.csv": "年,地区,人口\n2020,東,10\n2021,東,12\n2020,西,8\n2021,西,7\n",
    "datasets/sites/datapackage.yaml": "name: sites\ntitle: 場所\nresources: [{name: sites, path: sites.csv}]\n",
    "datasets/sites/sites.csv": "名称,緯度,経度\n公民館,35.2,140.3\n小学校,35.21,140.31\n",
    "docs/index.md": "---\nhide: [toc]\n---\n\n```masthead\n```\n\n```notices\n```\n\n```catalogue\n```\n",
}
TOWNS: Mapping[str, Mapping[str, Any]] = {
    "first": {
        "name": "磯上町", "lead": "磯上町の数字です。", "code": "991023", "accent": "#0b6e4f",
        "arms": {"file": "images/isogami.svg", "alt": "磯上町の印"}, "licence": "CC0-1.0",
        "contact": {"name": "磯上町 総務課", "email": "isogami@example.org", "phone": "0000-00-7001"},
        "latitude": 35.2001, "longitude": 140.3001,
    },
    "second": {
        "name": "谷口村", "lead": "谷口村の数字です。", "code": "991031", "accent": "#7a3b9d",
        "arms": {"file": "images/taniguchi.svg", "alt": "谷口村の印"}, "licence": "CC-BY-4.0",
        "contact": {"name": "谷口村 企画係", "email": "taniguchi@example.org"},
        "latitude": 35.2002, "longitude": 140.3002,
    },
}  # fmt: skip


def mkdocs(town: Mapping[str, Any]) -> str:
    return yaml.safe_dump(
        {
            "site_name": f"{town['name']}オープンデータ",
            "site_url": f"https://{town['arms']['file'][7:-4]}.example.org/",
            "theme": {"name": "material", "language": "ja", "font": False},
            "extra": {"generator": False, "town": dict(town)},
            "plugins": ["search", "kawaraban"],
            "markdown_extensions": ["attr_list", "md_in_html", "tables"],
        },
        allow_unicode=True,
    )


def strings(value: Any) -> list[str]:
    """Give every text and number in a configuration."""
    if isinstance(value, Mapping):
        return [each for part in value.values() for each in strings(part)]
    return [str(value)]


def build(root: Path) -> Path:
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1746000000", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        [sys.executable, "-m", "kawaraban", "build", "--strict"], cwd=root, env=env, check=True, timeout=300
    )
    return root / "site"


def everything(site: Path) -> dict[str, str]:
    """Give the text of every file of a site; what is packed is read unpacked."""
    import gzip

    found = {}
    for file in site.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            body = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            found[file.relative_to(site).as_posix()] = body.decode("utf-8", errors="replace")
    return found


@pytest.fixture
def sites(make_town: Callable[..., Path]) -> dict[str, dict[str, str]]:
    """Two towns with the same datasets: the same folder, in which only mkdocs.yml and the arms are changed."""
    found = {}
    for name, town in TOWNS.items():
        files = {**DATA, "mkdocs.yml": mkdocs(town), f"docs/{town['arms']['file']}": ARMS.format(size=len(name))}
        root = make_town(files, "town")  # the same folder, with what the first build left in it
        for old in root.glob("docs/images/*"):
            if old.name != town["arms"]["file"][7:]:
                old.unlink()
        found[name] = everything(build(root))
    return found


def test_one_town_leaves_no_trace_in_another(sites: dict[str, dict[str, str]]) -> None:
    for name, other in (("first", "second"), ("second", "first")):
        town, site = TOWNS[name], sites[name]
        front = site["index.html"]
        for said in (
            town["name"],
            town["lead"],
            town["contact"]["name"],
            town["contact"]["email"],
            town["arms"]["alt"],
        ):
            assert said in front
        assert LICENCES[town["licence"]]["title"] in site["datasets/people/index.html"]
        assert f"--kb-accent: {town['accent']}" in site["assets/kawaraban/kawaraban.css"]
        foreign = {each for each in strings(TOWNS[other]) if each not in strings(town)}
        foreign |= {LICENCES[TOWNS[other]["licence"]]["title"], TOWNS[other]["arms"]["file"][7:-4], ACCENT}
        traces = [f"{file}: {each}" for file, text in site.items() for each in foreign if each in text]
        assert not traces, "\n".join(traces)
    palettes = [re.findall(r"--kb-1: (#\w+)", site["assets/kawaraban/kawaraban.css"])[-1] for site in sites.values()]
    assert palettes[0] != palettes[1]


ACCENT = "澄浜"  # the demo town, whose name stands in examples of the manual only


@pytest.mark.parametrize("accent", ["#ffe000", "#b3321b", "#000000", "#ffffff", "#00d0ff", "#7a3b9d"])
def test_the_colour_of_a_town_can_be_read_on_paper_and_in_the_dark(accent: str) -> None:
    from kawaraban.views.palette import PAPERS, contrast, palettes

    for scheme, (paper, _) in PAPERS.items():
        assert contrast(palettes(accent)[scheme].accent, paper) >= 4.5


WRONG: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "unknown key": ({"acent": "#b3321b"}, "accent"),
    "no name": ({"name": ""}, "extra.town.name"),
    "name of the colour": ({"accent": "red"}, "#b3321b"),
    "short colour": ({"accent": "#b31"}, "#b3321b"),
    "code as a number": ({"code": 991015}, "extra.town.code"),
    "code of five digits": ({"code": "99101"}, "extra.town.code"),
    "no file": ({"arms": {"file": "images/none.svg", "alt": "印"}}, "images/none.svg"),
    "outside": ({"arms": {"file": "../mkdocs.svg", "alt": "印"}}, "../mkdocs.svg"),
    "no picture": ({"arms": {"file": "index.md", "alt": "印"}}, "index.md"),
    "no words": ({"arms": {"file": "a.svg"}}, "extra.town.arms.alt"),
    "too large": ({"arms": {"file": "large.png", "alt": "印"}}, "large.png"),
    "arms as a text": ({"arms": "a.svg"}, "extra.town.arms"),
    "contact as a text": ({"contact": "総務課"}, "extra.town.contact"),
    "contact with a slip": ({"contact": {"name": "総務課", "mail": "a@example.org"}}, "email"),
    "no e-mail": ({"contact": {"name": "総務課", "email": "総務課"}}, "extra.town.contact.email"),
    "no address": ({"contact": {"name": "総務課", "url": "javascript:alert(1)"}}, "extra.town.contact.url"),
    "licence": ({"licence": "CC-BY-4"}, "CC-BY-4.0"),
    "empty licence": ({"licence": {"title": "自由"}}, "extra.town.licence"),
    "latitude in quotes": ({"latitude": "35.2"}, "extra.town.latitude"),
    "longitude too far": ({"longitude": 1403.1}, "extra.town.longitude"),
    "reach": ({"reach": 0}, "extra.town.reach"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_slip_is_told_with_its_place_and_what_to_do(case: str, tmp_path: Path) -> None:
    own, told = WRONG[case]
    docs = tmp_path / "docs"
    docs.mkdir()
    for name, body in {"index.md": b"# a\n", "a.svg": b"<svg/>", "large.png": bytes(200_000)}.items():
        (docs / name).write_bytes(body)
    (tmp_path / "mkdocs.svg").write_bytes(b"<svg/>")
    with pytest.raises(KawarabanError) as raised:
        check_town(own, docs)
    for say in (str, translator("ja")):
        line = raised.value.line(say)
        assert "mkdocs.yml" in line
        assert told in line
        assert raised.value.told(say)[1], "it says what to do"


def test_a_build_says_it_and_leaves_the_last_site(make_town: Callable[..., Path]) -> None:
    root = make_town({**DATA, "mkdocs.yml": mkdocs({**TOWNS["first"], "accent": "green"})})
    done = subprocess.run(
        [sys.executable, "-m", "kawaraban", "--lang", "ja", "build"], cwd=root, capture_output=True, text=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "「green」は色として読めません" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_right_passes(tmp_path: Path) -> None:
    docs = tmp_path / "docs" / "images"
    docs.mkdir(parents=True)
    for town in TOWNS.values():
        (docs / str(town["arms"]["file"])[7:]).write_text("<svg/>")
        check_town(town, docs.parent)
        assert arms_of(town) is not None
        assert contact_of(town)["name"] == town["contact"]["name"]
    assert arms_of({}) is None
    assert contact_of({"contact": "総務課"}) == {}
    assert licence_of({"licence": {"name": "X", "path": "https://example.org/"}}) == {
        "name": "X", "path": "https://example.org/",
    }  # fmt: skip
    check_town({}, docs)


def test_a_dataset_keeps_the_licence_that_it_names(make_town: Callable[..., Path]) -> None:
    own = "name: own\ntitle: 自分\nlicenses: [{name: ODbL-1.0}]\nresources: [{name: own, path: a.csv}]\n"
    files = {**DATA, "datasets/own/datapackage.yaml": own, "datasets/own/a.csv": "数\n1\n"}
    town = "site_name: 小町\nextra: {town: {licence: CC0-1.0}}\n"
    site = Site(make_town({**files, "mkdocs.yml": town}))
    licences = {slug: entry.dataset.descriptor["licenses"][0]["name"] for slug, entry in site.entries.items()}
    assert licences == {"own": "ODbL-1.0", "people": "CC0-1.0", "sites": "CC0-1.0"}


def test_every_key_stands_in_the_manual_and_the_demo_town_passes() -> None:
    root = Path(__file__).resolve().parent.parent
    text = (root / "docs" / "manual" / "town.md").read_text(encoding="utf-8")
    assert {key for key in KEYS if f"`{key}`" not in text} == set()
    assert {name for name in LICENCES if f"`{name}`" not in text} == set()
    check_town(read_town(root).own, root / "docs")
