"""The rooms of the design: who may import whom, what stays out of which room, and how large a file may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "generator" / "kawaraban"
LONGEST = 300  # lines
HEAVY = ("pandas", "altair", "vl_convert", "duckdb", "frictionless", "mkdocs", "pyarrow", "ibis", "openpyxl")
WORDS = {"model", "errors"}  # the values and the one error: every room may speak them

# room -> the rooms that it may import: the table of the design, and where the code goes beyond it, with what for:
# tidying and cache (writing beside), views and warehouse (Select), views and reporting (sentences of problems),
# kinds and publishing (the list of downloads), publishing and warehouse (rows in chunks), publishing and views (the
# palette of a town), kinds and fences (marks in a description), reporting and the version (SARIF names the tool),
# comparing and intake (an older version is read as the new one was).
ROOMS: dict[str, set[str]] = {
    "__init__": set(),
    "origin": set(),
    "model": {"origin"},
    "errors": set(),
    "roles": set(),
    "languages": set(),
    "cache": {"__init__"},
    "town": WORDS,
    "townkeys": WORDS,
    "notices": WORDS | {"templating", "town", "views"},
    "descriptor": WORDS,
    "schema": WORDS,
    "recipe": WORDS,
    "gathering": WORDS,
    "catalog": WORDS | {"descriptor", "gathering", "recipe", "schema"},
    "fences": WORDS,
    "translation": WORDS,
    "history": WORDS,
    "sanitiser": set(),
    "templating": WORDS,
    "reading": WORDS,
    "standards": WORDS,
    "tidying": WORDS | {"reading", "recipe", "roles", "cache"},
    "checking": WORDS | {"cache", "catalog", "reading", "roles", "tidying", "history"},
    "reporting": WORDS | {"languages", "__init__"},
    "typed": WORDS | {"reading"},
    "warehouse": WORDS | {"reading", "typed"},
    "analysis": set(),
    "views": WORDS | {"analysis", "typed", "warehouse", "reporting"},
    "publishing": WORDS | {"cache", "fences", "languages", "templating", "town", "typed", "views", "warehouse"},
    "kinds": WORDS | {"analysis", "fences", "publishing", "views"},
    "consolidating": WORDS | {
        "adding", "analysis", "cache", "checking", "gathering", "reading", "roles", "standards", "tidying",
    },
    "intake": WORDS | {"analysis", "cache", "consolidating", "checking", "reading", "tidying", "catalog"},
    "converting": WORDS | {"intake", "standards", "town"},
    "diffing": WORDS | {"checking", "intake", "languages", "reading", "reporting", "roles"},
    "amending": WORDS | {"descriptor"},
    "fixing": WORDS | {"amending", "cache", "intake", "reading", "recipe"},
    "comparing": WORDS | {"cache", "catalog", "checking", "history", "intake"},
    "publication": WORDS | {"cache", "catalog", "history", "intake", "kinds", "town", "townkeys"},
    "atlas": WORDS | {"cache", "kinds", "town", "translation", "views", "warehouse"},
    "drawing": WORDS | {
        "atlas", "cache", "fences", "kinds", "languages", "notices", "publishing", "showing", "town", "townkeys",
        "views", "warehouse",
    },
    "showing": WORDS | {"atlas", "cache", "kinds", "publishing", "town", "translation", "views", "warehouse"},
    "site": WORDS | {
        "ahead", "cache", "catalog", "drawing", "fences", "gallery", "history", "intake", "kinds", "languages",
        "notices", "publication", "publishing", "searching", "templating", "town", "townkeys", "translation",
        "warehouse",
    },
    "markdown": WORDS | {"fences", "sanitiser", "site", "views", "warehouse"},
    "searching": WORDS | {"checking", "roles"},
    "plugin": WORDS | {"cache", "history", "languages", "publishing", "site", "town", "townkeys"},
    "ahead": WORDS | {"cache", "catalog", "publishing", "site"},
    "gallery": WORDS | {"ahead", "cache", "publishing"},
    "adding": WORDS | {
        "amending", "cache", "catalog", "intake", "reading", "recipe", "standards", "tidying",
    },
    "__main__": {"cli"},
}  # fmt: skip
DOORS = {"cli"}  # may import anything of ours
# outside package -> the only files that may import it
OWNERS: dict[str, tuple[str, ...]] = {
    "frictionless": ("checking/judge.py",),
    "mkdocs": ("plugin.py",),
    "vl_convert": ("views/picture.py",),
    "duckdb": ("warehouse.py", "checking/engines.py"),
    "ibis": ("checking/"),
    "pyspark": ("checking/engines.py",),
    "nh3": ("sanitiser.py",),
    "jinja2": ("templating.py",),
    "markdown": ("markdown.py",),
    "python_calamine": ("reading/workbook.py",),
    "openpyxl": ("reporting/workbook/",),
    "pagefind": ("searching/index.py",),
    "cbor2": ("searching/order.py",),
    # git; helpers of a build; patterns that may hang; pagefind
    "subprocess": ("history.py", "ahead.py", "gallery.py", "checking/trial.py", "searching/index.py"),
    "click": ("cli/",),
}
NETWORK = {"requests", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "ftplib"}
STDLIB_ONLY = ("origin.py", "model.py", "errors.py", "roles.py", "history.py", "checking/matching.py")
VIEWS_NEVER_IMPORT = NETWORK | {"subprocess", "os", "io", "pathlib", "shutil", "tempfile", "sqlite3"}
VIEWS_NEVER_CALL = {
    "open", "read_text", "read_bytes", "write_text", "write_bytes", "read_csv", "to_csv", "exec", "eval", "unlink",
    "iterdir", "glob", "urlopen", "system",
}  # fmt: skip


def imports(tree: ast.AST, package: str) -> Iterator[tuple[int, str]]:
    """Give the line and the full name of every import, those inside functions too; `package` holds the module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the line and the last word of the name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            if name:
                yield node.lineno, name


def room_of(path: str) -> str:
    """Give the room of a file (`views/chart.py`) below the package."""
    return path.removesuffix(".py").split("/")[0]


def is_under(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def offences(path: str, source: str) -> list[str]:
    """Give what a file does that its room may not."""
    tree = ast.parse(source)
    room = room_of(path)
    package = ".".join(["kawaraban", *path.split("/")[:-1]])
    found = []
    length = len(source.splitlines())
    if length > LONGEST:
        found.append(f"{path}: {length} lines")
    if room not in ROOMS and room not in DOORS:
        found.append(f"{path}: the design has no room {room}")
    for line, name in imports(tree, package):
        where = f"{path}:{line}: {name}"
        if is_under(name, "kawaraban"):
            words = name.split(".")
            other = words[1] if len(words) > 1 else "__init__"
            other = other if (PACKAGE / other).is_dir() or (PACKAGE / f"{other}.py").is_file() else "__init__"
            if room not in DOORS and other != room and other not in ROOMS.get(room, set()):
                found.append(f"{where}: {room} may not import {other}")
            if room == other == "kinds" and not path.endswith("__init__.py") and words[2:3] != ["entry"]:
                found.append(f"{where}: a kind imports another kind")
        elif path in STDLIB_ONLY and name.split(".")[0] not in sys.stdlib_module_names:
            found.append(f"{where}: only the standard library")
        for owned, owners in OWNERS.items():
            if is_under(name, owned) and not path.startswith(owners):
                found.append(f"{where}: only {' and '.join(owners)} may")
        if any(is_under(name, each) for each in NETWORK):
            found.append(f"{where}: nothing here asks the network")
        if room == "views" and any(is_under(name, each) for each in VIEWS_NEVER_IMPORT):
            found.append(f"{where}: a view does no I/O")
    if room == "views":
        found += [
            f"{path}:{line}: {name}(): a view does no I/O" for line, name in calls(tree) if name in VIEWS_NEVER_CALL
        ]
    return found


FILES = sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES)
def test_every_file_keeps_to_its_room(path: str) -> None:
    assert offences(path, (PACKAGE / path).read_text(encoding="utf-8")) == []


def test_the_design_has_no_room_that_is_not_there() -> None:
    """A table that names what is gone would be believed."""
    assert {*ROOMS, *DOORS} == {room_of(path) for path in FILES}


@pytest.mark.parametrize(
    "path", ["warehouse.py", "checking/judge.py", "views/picture.py", "history.py", "sanitiser.py"]
)
def test_owners_still_own(path: str) -> None:
    """Each owner imports what it owns: otherwise the rule would guard nothing."""
    owned = [name for name, owners in OWNERS.items() if path in owners]
    found = [name for _, name in imports(ast.parse((PACKAGE / path).read_text(encoding="utf-8")), "kawaraban")]
    assert owned
    assert all(any(is_under(name, each) for name in found) for each in owned)


@pytest.mark.parametrize(
    ("path", "source", "told"),
    [
        ("model.py", "import pandas", "only the standard library"),
        ("model.py", "from kawaraban.errors import KawarabanError", "model may not import errors"),
        ("errors.py", "import babel.messages", "only the standard library"),
        ("reading/text.py", "from kawaraban.tidying.plain import tidy", "reading may not import tidying"),
        ("reading/text.py", "def f():\n    from kawaraban import site", "reading may not import site"),
        ("reading/text.py", "from ..site import Site", "reading may not import site"),
        ("reading/text.py", "from .. import site", "reading may not import site"),
        ("site.py", "import frictionless", "only checking/judge.py may"),
        ("site.py", "from frictionless.schema import Schema", "only checking/judge.py may"),
        ("cli/build.py", "def build():\n    from mkdocs.exceptions import Abort", "only plugin.py may"),
        ("views/chart.py", "import vl_convert", "only views/picture.py may"),
        ("views/map.py", "from pathlib import Path", "a view does no I/O"),
        ("views/map.py", "text = open('x')", "open(): a view does no I/O"),
        ("views/map.py", "def f(file):\n    return file.read_text()", "read_text(): a view does no I/O"),
        ("intake.py", "import urllib.request", "nothing here asks the network"),
        ("intake.py", "from urllib import request", "nothing here asks the network"),
        ("kinds/dataset.py", "from kawaraban.kinds.catalogue import by_theme", "a kind imports another kind"),
        ("kinds/dataset.py", "from .catalogue import by_theme", "a kind imports another kind"),
        ("kinds/dataset.py", "from kawaraban.kinds import KINDS", "a kind imports another kind"),
        ("helpers/text.py", "", "the design has no room helpers"),
        ("history.py", "\n" * 301, "301 lines"),
    ],
)  # fmt: skip
def test_the_checker_sees_what_is_wrong(path: str, source: str, told: str) -> None:
    assert any(told in each for each in offences(path, source)), offences(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("kinds/dataset.py", "from kawaraban.kinds.entry import Entry"),
        ("views/chart.py", "from urllib.parse import quote"),
        ("cli/build.py", "from kawaraban.site import Site\nimport click"),
        ("history.py", "import subprocess\n" + "\n" * 299),
    ],
)
def test_the_checker_lets_pass_what_is_right(path: str, source: str) -> None:
    assert offences(path, source) == []


@pytest.mark.parametrize("module", ["kawaraban.cli", "kawaraban.site", "kawaraban.markdown", "kawaraban.intake"])
def test_the_start_is_light(module: str) -> None:
    """What is heavy is imported where it is used: `kawaraban --help` must not wait for it."""
    code = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == []


def test_the_look_at_the_start_sees_weight() -> None:
    code = f"import sys, kawaraban.views.frame; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert "pandas" in done.stdout.split()
