"""Makes the manual's page of each kind of problem, and their index. What a page shows was found by looking.

The files of a scene are shown as a spreadsheet shows them; the sentences are those of `kawaraban validate`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from kawaraban.checking.privacy import CONCEALED
from kawaraban.languages import translator
from kawaraban.model import Problem, Verdict, column_letters
from kawaraban.reading import read
from kawaraban.catalog import build_dataset
from kawaraban.reporting.characters import plain
from kawaraban.reporting.names import NAMES, SUBJECTS
from kawaraban.reporting.once import EXPLAINING
from kawaraban.reporting.sayings import SENTENCES
from kawaraban.reporting.sentences import sentence
from kawaraban.reporting.text import text_report
from kawaraban.templating import json_text, md
from kinds import scene_of
from manual_texts import NOTES, SILENCED, SPARED, WHY
from scenes import DESCRIPTOR, Scene, look_at, of_kind, rows_of, with_fixes

say = translator("ja")
UNSEEN = ("blank-header",)  # frictionless has it, but the header is looked for before frictionless sees a table
RAW = ("swallowed-rows", "unclosed-quote", "mixed-line-endings")  # a table would show what is read, not what is there
MASKED = (
    "my-number", "payment-card", "personal-record", "person-name", "birth-date", "personal-phone", "personal-email",
)  # fmt: skip
SPACES = str.maketrans({" ": "␣", "\u3000": "□", "\xa0": "<U+00A0>"})
SHOWN = 9  # rows of a table; of a longer one those around what was found
LONGEST = 40  # letters of a cell
WORTH = {
    "error": "**エラー** — 直すまで、新しいデータは公開されません。",
    "warning": "**注意** — 公開は止めません。結果には「（確認）」と付きます。",
}
FOOT = "[問題の一覧](index.md)・[誤りを調べる](../checking.md)\n"


@dataclass(frozen=True)
class Reference:
    """The pages by name, and what they rest on."""

    pages: Mapping[str, str]
    severities: Mapping[str, str]


def make_reference(folder: Path) -> Reference:
    """Give every page; `folder` is where the scenes are set up."""
    pages: dict[str, str] = {}
    severities: dict[str, str] = {}
    for kind in NAMES:
        severities[kind], text = page(kind, folder / kind)
        pages[f"{kind}.md"] = re.sub(r"\n{3,}", "\n\n", text)
    return Reference({"index.md": index(severities), **pages}, severities)
