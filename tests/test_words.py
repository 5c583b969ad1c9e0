"""Every sentence that people see has its Japanese, and says the same names in both."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kawaraban.fences import KINDS
from kawaraban.languages import catalogue, chosen
from kawaraban.reporting.names import SUBJECTS
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.sentences import CONSTRAINTS, NEUTRAL, TYPES

ROOT = Path(__file__).parent.parent
ERRORS = {"KawarabanError": (0, 2), "BuildFailed": (0, 2), "unknown": (0,)}
NAMES = re.compile(r"\{(\w+)\}")


def constants(node: ast.AST) -> Iterator[str]:
    """Give the texts in an expression that are sentences: a key of a mapping or an argument of a call is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for each in node.values:
            yield from constants(each)


def sentences() -> set[str]:
    """Give every sentence in the code and in the templates."""
    found: set[str] = set()
    for file in (ROOT / "generator" / "kawaraban").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                asked = [node.args[at] for at in ERRORS.get(name, ()) if at < len(node.args)]
                asked += [each.value for each in node.keywords if name in ERRORS and each.arg == "hint"]
                asked += node.args[:1] if name == "say" else []
                found.update(text for each in asked for text in constants(each))
    for file in (ROOT / "templates").rglob("*.md.j2"):
        found.update(re.findall(r'_\("([^"]+)"\)', file.read_text(encoding="utf-8")))
    pairs = [*SENTENCES.values(), *CONSTRAINTS.values(), *TYPES.values(), NEUTRAL]
    found.update(text for pair in pairs for text in pair)
    found.update(KINDS)
    found.update([*SUBJECTS, *(name for kinds in SUBJECTS.values() for name in kinds.values())])
    return found - {"", "{detail}", "{example}"}


def test_the_scan_finds_sentences() -> None:
    found = sentences()
    assert {"the file {path} is not there", "Download", "`{key}:` is missing", "chart"} <= found
    assert len(found) > 200


def test_every_sentence_has_its_japanese() -> None:
    assert sorted(sentences() - set(catalogue("ja"))) == []


@pytest.mark.parametrize("english", sorted(catalogue("ja")))
def test_a_translation_names_what_the_sentence_names(english: str) -> None:
    assert set(NAMES.findall(catalogue("ja")[english])) <= set(NAMES.findall(english))


def test_language_follows_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert chosen() == "ja"
    assert chosen("en") == "en"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert chosen() == "en"
