"""Jinja templates of pages: a town's own in templates/, else the shipped ones. Never run on contributed text."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from kawaraban.errors import KawarabanError

MARKS = re.compile(r"([\\`*_{}\[\]#!])")
# what YAML does not take, or what would not be seen
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
EMPHASIS = re.compile(r"^[#>\s]+|`+|[*~]+(?=\S)|(?<=\S)[*~]+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
    "=": "&#61;",
    ":": "&#58;",
    "$": "&#36;",
}


def shipped_templates() -> Path:
    """Give the folder of our own templates: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent.parent / "templates"


def environment(root: Path) -> SandboxedEnvironment:
    """Give the environment for the pages of the project in `root`."""
    folders = [FileSystemLoader(folder) for folder in dict.fromkeys((root / "templates", shipped_templates()))]
    made = SandboxedEnvironment(
        loader=ChoiceLoader(folders), autoescape=False, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters.update(md=md, quoted=json_text, fence=fence_text, plain=plain_text, address=address)
    return made


def md(value: Any) -> str:
    """Give text for one line of Markdown: nothing in it means anything to Markdown or HTML."""
    line = " ".join(str(value).split())
    line = "".join(ENTITIES.get(letter, letter) for letter in line)
    return MARKS.sub(r"\\\1", line)


def json_text(value: Any) -> str:
    """Give text as a YAML string for front matter, escaped for HTML since the theme prints it as it is."""
    from html import escape

    return json.dumps(escape(" ".join(CONTROLS.sub(" ", str(value)).split())), ensure_ascii=False)


def plain_text(value: Any) -> str:
    """Give a line of Markdown without its simple marks: links as their words, no emphasis."""
    return EMPHASIS.sub("", LINK.sub(r"\1", str(value)))


def address(value: Any) -> str:
    """Give a web address as it can stand between < and > in a cell of a Markdown table."""
    return re.sub(r"[\x00-\x20\x7f<>|`\\]", lambda found: f"%{ord(found[0]):02X}", CONTROLS.sub("", str(value)))


def fence_text(values: Any) -> str:
    """Give keys and values as the YAML body of a fence."""
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return text.rstrip()


def render(made: SandboxedEnvironment, name: str, **values: Any) -> str:
    """Give a template filled in. Raises KawarabanError with the template's file and line where it is wrong."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        text = made.get_template(name).render(**values)
    except TemplateSyntaxError as error:
        raise KawarabanError(
            "the template is wrong ({detail})", f"templates/{error.name}:{error.lineno}", "see the manual: templates",
            detail=error.message,
        ) from None  # fmt: skip
    except TemplateError as error:
        raise KawarabanError(
            "the template is wrong ({detail})", f"templates/{name}", "see the manual: templates", detail=error
        ) from None
    return re.sub(r"\n{3,}", "\n\n", text)
