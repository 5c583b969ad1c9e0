"""Easy Japanese: every sentence of a problem has it, in short sentences, and names what the English names."""

import re

import pytest
from babel.messages.pofile import read_po

from kawaraban.languages import FOLDER, catalogue, languages
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.sentences import CONSTRAINTS, NEUTRAL, TYPES

LONGEST = 45  # letters of one sentence; JIS X 8341-3 and the guides to easy Japanese ask for short ones
HARD = re.compile(
    "該当|不要|要件|訂正|記載|参照|適切|欠落|重複|当該|及び|又は|若しくは|ならびに|おそれ|完了|修正|確認"
)
NAMES = re.compile(r"\{(\w+)\}")

with (FOLDER / "ja-easy.po").open("rb") as stream:
    EASY = {str(each.id): str(each.string) for each in read_po(stream, abort_invalid=True) if each.id}


def test_easy_japanese_is_offered_and_falls_back() -> None:
    assert "ja-easy" in languages()
    known = catalogue("ja-easy")
    assert known["the cell is empty"] == EASY["the cell is empty"] != catalogue("ja")["the cell is empty"]
    assert known["masthead"] == catalogue("ja")["masthead"]


def test_every_sentence_of_a_problem_has_its_easy_japanese() -> None:
    """What is wrong and what to do; why it matters is for those who read the manual."""
    said = {text for what, hint, _ in SENTENCES.values() for text in (what, hint)}
    said |= {text for pair in (*CONSTRAINTS.values(), *TYPES.values(), NEUTRAL) for text in pair}
    assert sorted(said - set(EASY) - {"", "{example}", "{note}"}) == []


@pytest.mark.parametrize("english", sorted(EASY))
def test_easy_japanese_is_short_and_plain(english: str) -> None:
    easy = EASY[english]
    assert english in catalogue("ja"), "nobody says this sentence"
    assert set(NAMES.findall(easy)) <= set(NAMES.findall(english))
    assert not HARD.search(easy)
    for sentence in easy.split("。"):
        assert len(NAMES.sub("…", sentence)) <= LONGEST
