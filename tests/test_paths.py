"""No path leads out of a dataset's folder or waits for ever, and no address is asked."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.errors import KawarabanError
from kawaraban.intake import take_in


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "datasets" / "d"
    folder.mkdir(parents=True)
    (tmp_path / "outside.csv").write_text("秘密\n1\n", encoding="utf-8")
    (folder / "d.csv").write_text("a\n1\n", encoding="utf-8")
    return folder


PATHS = (
    "../d/d.csv", "../../outside.csv", "..\\..\\outside.csv", "/etc/passwd", "~/x", "$HOME/x", "%2e%2e/outside.csv",
    "file:///etc/passwd", "FILE:///etc/passwd", "//127.0.0.1/x", "\\\\127.0.0.1\\x", "s3://b/k", "data:text/csv,a",
    "sqlite:////tmp/x.db", "d.csv\0.json", ".", "..", "./", "", " ", "a/../../../outside.csv", "$(id).csv", "d.csv#x",
    "d.csv?x", "d.csv/", "d.csv/x.csv", "x" * 5000 + ".csv", "a\nb.csv", "link.csv", "folder/outside.csv",
    "empty.csv/", "pipe.csv", "folder.csv",
)  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
@pytest.mark.parametrize("key", ["path", "schema"])
@pytest.mark.parametrize("path", PATHS, ids=lambda path: repr(path[:20]))
def test_no_path_leads_out_or_waits(path: str, key: str, home: Path) -> None:
    (home / "link.csv").symlink_to(home.parent.parent / "outside.csv")
    (home / "folder").symlink_to(home.parent.parent)
    (home / "folder.csv").mkdir()
    os.mkfifo(home / "pipe.csv")
    said = {"resources": [{"path": path} if key == "path" else {"path": "d.csv", "schema": path}]}
    (home / "datapackage.json").write_text(json.dumps(said))
    dataset = read_catalog(home.parent.parent).datasets["d"]
    harmless = path in ("d.csv/", "./", " ") and dataset.resources
    assert dataset.problems or (harmless and dataset.resources[0].file == home / "d.csv")
    assert "秘密" not in str(take_in(dataset, Cache(home.parent.parent / "cache")))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_descriptor_that_is_a_pipe_or_a_link_is_not_read(home: Path) -> None:
    os.mkfifo(home / "datapackage.json")
    (home.parent / "e").symlink_to(home)
    assert not read_catalog(home.parent.parent).datasets
    (home / "datapackage.json").unlink()
    (home / "other.json").write_text('{"resources": [{"path": "d.csv"}]}')
    (home / "datapackage.json").symlink_to(home / "other.json")
    found = read_catalog(home.parent.parent).datasets
    assert [bool(each.problems) and not each.resources for each in found.values()] == [True, True]


def test_datasets_may_not_be_a_link(home: Path, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "datasets").symlink_to(home.parent)
    with pytest.raises(KawarabanError, match="is a link"):
        read_catalog(tmp_path / "project")


@pytest.fixture
def canary() -> Iterator[tuple[str, Callable[[], int]]]:
    """Give the address of a server on this machine, and what counts those who have knocked at it."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        server.settimeout(0.2)

        def knocks() -> int:
            count = 0
            while True:
                try:
                    server.accept()[0].close()
                except TimeoutError:
                    return count
                count += 1

        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.json", knocks


def test_the_canary_sees_who_knocks(canary: tuple[str, Callable[[], int]]) -> None:
    url, knocks = canary
    with contextlib.suppress(OSError):
        urllib.request.urlopen(url, timeout=0.1)  # noqa: S310 - our own address
    assert knocks() == 1


RESOURCE_KEYS = (
    "path", "schema", "dialect", "profile", "$schema", "encoding", "format", "compression", "data", "control",
    "innerpath", "scheme", "extrapaths", "layout", "checklist", "pipeline", "licenses", "sources",
)  # fmt: skip
CSV = {"resources": [{"path": "d.csv", "name": "d"}]}
FIELD = {"name": "a", "type": "string"}
MKDOCS = "site_name: 小町\ntheme: {name: material, font: false}\nplugins: [kawaraban]\n"


def addressed(url: str) -> Iterator[Mapping[str, Any]]:
    """Give descriptors with an address at every place where one could be fetched."""
    for key in RESOURCE_KEYS:
        for value in (url, [url], {"path": url, "$ref": url, "url": url}, [{"path": url, "$ref": url}]):
            yield {"resources": [{"path": "d.csv", "name": "d", key: value}]}
    for key in (
        "profile",
        "$schema",
        "$ref",
        "licenses",
        "sources",
        "contributors",
        "image",
        "homepage",
        "resources",
    ):
        for value in (url, [{"path": url, "title": url, "name": url, "$ref": url}]):
            yield {**CSV, key: value}
    for key in ("$schema", "profile", "$ref", "fields", "foreignKeys", "missingValues"):
        yield {"resources": [{"path": "d.csv", "schema": {"fields": [FIELD], key: url}}]}
    for key in ("$ref", "schema", "type", "format", "constraints", "rdfType", "example", "arrayItem", "profile"):
        for value in (url, {"$ref": url, "path": url, "jsonSchema": url}):
            yield {"resources": [{"path": "d.csv", "schema": {"fields": [{**FIELD, key: value}]}}]}
    yield {"resources": [{"path": "d.csv", "schema": {"fields": [FIELD], "foreignKeys": [
        {"fields": "a", "reference": {"resource": url, "fields": "a"}}]}}]}  # fmt: skip
    yield {**CSV, "kawaraban": {"views": [{"chart": {"data": url, "x": url, "y": url}}, {"table": {"data": url}}]}}


def test_nobody_asks_the_network(
    canary: tuple[str, Callable[[], int]], make_town: Callable[..., Path], tmp_path: Path
) -> None:
    url, knocks = canary
    said = list(addressed(url))
    assert len(said) > 100
    sql = f"from read_csv('{url}')"
    page = f'```chart\ndata: {url}\n```\n\n```sql\n{sql}\n```\n\n![絵]({url})\n\n--8<-- "{url}"\n'
    # all are checked; one of each key is built, since a page costs more
    town = make_town({f"datasets/d{n}/datapackage.json": json.dumps(each) for n, each in enumerate(said)}
                     | {f"datasets/d{n}/d.csv": "a\nx\n" for n in range(len(said))})  # fmt: skip
    few = make_town({f"datasets/d{n}/datapackage.json": json.dumps(each) for n, each in enumerate(said[::12])}
                    | {f"datasets/d{n}/d.csv": "a\nx\n" for n in range(len(said))}
                    | {"mkdocs.yml": MKDOCS, "docs/index.md": page}, "few")  # fmt: skip
    open_doors = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    for root, *words in ((town, "validate"), (few, "render", str(tmp_path / "stage")), (few, "build")):
        command = [sys.executable, "-m", "kawaraban", "--root", str(root), *words]
        done = subprocess.run(command, env=open_doors, capture_output=True, text=True, timeout=120, check=False)
        assert "Traceback" not in done.stderr, done.stderr[-2000:]
        assert done.returncode == (1 if words == ["validate"] else 0), done.stderr[-2000:]
    assert knocks() == 0
