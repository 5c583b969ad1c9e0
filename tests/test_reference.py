"""Every kind of problem has its page in the manual, made by looking at an example. `pytest --accept` writes them."""

import re
from pathlib import Path

import pytest

from kawaraban.checking.signs import SIGNS
from kawaraban.checking.versions import KINDS as BETWEEN_VERSIONS
from kawaraban.reporting.names import NAMES
from kawaraban.reporting.sayings import SENTENCES
from manual_texts import SILENCED
from problem_scenes import scene_of
from reference import UNSEEN, Look, index, look, page
from scenes import of_kind, rows_of
from shown_files import MASKED

FOLDER = Path(__file__).parent.parent / "docs" / "manual" / "problems"
OWN = {"descriptor-error", "unreadable"}  # these say a sentence of their own each time
# frictionless counts bytes and rows only where a descriptor asks for it, and it is asked with the table alone
NOT_ASKED = {"hash-count", "byte-count", "field-count", "row-count"}


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Look]:
    folder = tmp_path_factory.mktemp("scenes")
    return {kind: look(kind, folder / kind) for kind in NAMES}


@pytest.fixture(scope="module")
def pages(looks: dict[str, Look], pytestconfig: pytest.Config) -> dict[str, str]:
    made = {"index.md": index(list(looks.values())), **{f"{kind}.md": page(seen) for kind, seen in looks.items()}}
    made = {name: re.sub(r"\n{3,}", "\n\n", text) for name, text in made.items()}
    if pytestconfig.getoption("--accept"):
        FOLDER.mkdir(exist_ok=True)
        for file in FOLDER.glob("*.md"):
            file.unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
    return made


def test_every_kind_has_a_name_and_a_page(pages: dict[str, str]) -> None:
    assert set(NAMES) == {*SENTENCES, *OWN}
    assert {f"{kind}.md" for kind in NAMES} | {"index.md"} == {file.name for file in FOLDER.glob("*.md")}


@pytest.mark.parametrize("name", ["index.md", *(f"{kind}.md" for kind in NAMES)])
def test_the_page_is_as_committed(name: str, pages: dict[str, str]) -> None:
    assert pages[name] == (FOLDER / name).read_text(encoding="utf-8"), "pytest tests/test_reference.py --accept"


@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind not in UNSEEN])
def test_the_example_shows_the_kind_and_its_right_does_not(kind: str, looks: dict[str, Look]) -> None:
    seen = looks[kind]
    assert seen.found
    assert seen.right is not None or kind == "source-error", "there is no example of right"
    if seen.right is not None:
        assert of_kind(seen.right, kind) == []
        assert seen.right.valid or kind in MASKED, "what is shown as right is held"


def test_every_sign_can_be_silenced_and_says_when_that_is_right() -> None:
    assert set(SILENCED) == {*SIGNS, *BETWEEN_VERSIONS}


@pytest.mark.parametrize("kind", [kind for kind, (_, reason) in SILENCED.items() if reason])
def test_the_reason_that_a_page_shows_works(kind: str, looks: dict[str, Look]) -> None:
    seen = looks[kind]
    assert seen.silenced is not None
    mine = [each for each in seen.silenced.silenced if each.kind == kind]
    assert mine
    assert {each.silenced for each in mine} == {seen.rule["reason"]}
    assert len(mine) + len([each for each in seen.silenced.problems if each.kind == kind]) == len(seen.found)
    assert seen.rule.get("column") in {None, *(each.label for each in mine)}
    assert "silence-unused" not in {each.kind for each in seen.silenced.problems}


@pytest.mark.parametrize("kind", MASKED)
def test_no_page_shows_what_could_be_personal(kind: str, pages: dict[str, str]) -> None:
    (text,) = (body for name, body in scene_of(kind).files.items() if name.endswith(".csv"))
    cells = {cell for row in rows_of(str(text))[1:] for cell in row if len(cell) > 2}
    assert cells
    assert [cell for cell in cells if any(cell in page for page in pages.values())] == []


def test_the_names_in_hidden_sheets_are_on_no_page(pages: dict[str, str]) -> None:
    assert not [name for name, text in pages.items() if re.search("海野|浜田|29221", text)]


def test_what_frictionless_may_say_has_a_sentence() -> None:
    from frictionless import errors
    from frictionless.checks import baseline

    told = {error.type for error in baseline.Errors} - NOT_ASKED
    told |= {each.type for each in (errors.SchemaError, errors.FieldError, errors.ResourceError, errors.SourceError)}
    assert told - set(SENTENCES) == set()
