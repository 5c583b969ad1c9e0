"""`extra.town` of mkdocs.yml: what it may hold, checked, so that a slip is told before anything is built."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kawaraban.errors import KawarabanError, unknown

WHERE = "mkdocs.yml"
PICTURES = (".svg", ".png")
LARGEST = 100_000  # bytes of a coat of arms: every page carries it
CONTACT = ("name", "email", "phone", "url")
# what is written short in `licence:`; title and address as the licences themselves have them
LICENCES: dict[str, dict[str, str]] = {
    "CC-BY-4.0": {
        "title": "クリエイティブ・コモンズ 表示 4.0 国際",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
    "CC0-1.0": {"title": "CC0 1.0 全世界", "path": "https://creativecommons.org/publicdomain/zero/1.0/"},
    "PDL-1.0": {
        "title": "公共データ利用規約（第1.0版）",
        "path": "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0",
    },
    "ODbL-1.0": {"title": "Open Database License 1.0", "path": "https://opendatacommons.org/licenses/odbl/1-0/"},
}


@dataclass(frozen=True, slots=True)
class Arms:
    """A town's coat of arms: its file below docs/, and what it says to somebody who does not see it."""

    file: str
    alt: str


def check_town(own: Mapping[str, Any], docs: Path) -> None:
    """Check `extra.town`; `docs` is the folder of the pages. Raises KawarabanError at the first thing wrong."""
    for key, value in own.items():
        if key not in KEYS:
            raise unknown("`extra.town` has no key {word}", key, KEYS, WHERE)
        KEYS[key](f"extra.town.{key}", value)
        if key == "arms":
            _picture(f"extra.town.{key}", value, docs)


def arms_of(own: Mapping[str, Any]) -> Arms | None:
    """Give the coat of arms; None where the town has none."""
    found = own.get("arms")
    if not isinstance(found, Mapping) or not found.get("file"):
        return None
    return Arms(str(found["file"]), str(found.get("alt") or ""))


def contact_of(own: Mapping[str, Any]) -> Mapping[str, str]:
    """Give who answers questions: `name` and, where they are said, `email`, `phone` and `url`."""
    found = own.get("contact")
    return {key: str(found[key]) for key in CONTACT if found.get(key)} if isinstance(found, Mapping) else {}


def licence_of(own: Mapping[str, Any]) -> Mapping[str, str] | None:
    """Give the licence of the datasets that name none, as a Data Package has it; None where the town says nothing."""
    found = own.get("licence")
    if isinstance(found, Mapping):
        return {str(key): str(value) for key, value in found.items()}
    return {"name": str(found), **LICENCES[str(found)]} if found in LICENCES else None


def _error(key: str, what: str, hint: str, **values: Any) -> KawarabanError:
    return KawarabanError(what, f"{WHERE}: {key}", hint, **values)


def _anything(key: str, value: Any) -> None:
    """Said by those who use it."""


def _text(key: str, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise _error(key, "{word} is not a text", "write words, in quotes where they look like a number", word=value)


def _code(key: str, value: Any) -> None:
    if not re.fullmatch(r"\d{6}", value if isinstance(value, str) else ""):
        hint = 'write its six digits in quotes, such as "131016"'
        raise _error(key, "{word} is not the code of a municipality", hint, word=value)


def _accent(key: str, value: Any) -> None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value if isinstance(value, str) else ""):
        hint = 'write it as # and six digits in quotes, such as "#b3321b"'
        raise _error(key, "{word} is not a colour", hint, word=value)


def _arms(key: str, value: Any) -> None:
    if not isinstance(value, Mapping) or not isinstance(value.get("file"), str):
        raise _error(key, "the file of the coat of arms is not named", "write `file:` and `alt:` below it")
    if Path(value["file"]).suffix.lower() not in PICTURES:
        hint = "write an SVG or a PNG file"
        raise _error(f"{key}.file", "{word} is not a picture that can be used", hint, word=value["file"])
    if not isinstance(value.get("alt"), str) or not value["alt"].strip():
        hint = "say in words what it is, such as `alt: 澄浜町の町章`"
        raise _error(f"{key}.alt", "the coat of arms has no words for those who do not see it", hint)


def _picture(key: str, value: Mapping[str, Any], docs: Path) -> None:
    name = str(value["file"])
    file = docs / name
    if not file.is_file() or not file.resolve().is_relative_to(docs.resolve()):
        hint = "put the file into {folder}, and write its path from there, such as images/arms.svg"
        raise _error(f"{key}.file", "there is no file {word}", hint, word=name, folder=f"{docs.name}/")
    size, most = round(file.stat().st_size / 1000), LARGEST // 1000
    if size > most:
        hint = "make it smaller than {most} kB: every page carries it"
        raise _error(f"{key}.file", "{word} is {size} kB large", hint, word=name, size=size, most=most)


def _contact(key: str, value: Any) -> None:
    if not isinstance(value, Mapping) or not value.get("name"):
        raise _error(key, "it is not said who answers questions", "write `name:` and `email:` below it")
    for each in value:
        if each not in CONTACT:
            raise unknown("`extra.town.contact` has no key {word}", each, CONTACT, WHERE)
    if "email" in value and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", str(value["email"])):
        hint = "write it like opendata@example.org"
        raise _error(f"{key}.email", "{word} is not an e-mail address", hint, word=value["email"])
    if "url" in value and not str(value["url"]).startswith(("https://", "http://")):
        raise _error(f"{key}.url", "{word} is not a web address", "begin it with https://", word=value["url"])


def _licence(key: str, value: Any) -> None:
    if isinstance(value, Mapping):
        if not value.get("name") and not value.get("path"):
            raise _error(key, "the licence has neither a name nor an address", "write `name:` and `path:` below it")
    elif value not in LICENCES:
        raise unknown("there is no licence {word}", value, LICENCES, f"{WHERE}: {key}")


def _degrees(most: int) -> Callable[[str, Any], None]:
    def check(key: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            hint = "write degrees with a point and without quotes, such as {example}"
            raise _error(key, "{word} is not a place on the earth", hint, word=value, example=35.1787)

    return check


def _distance(key: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise _error(key, "{word} is not a distance", "write kilometres, such as 60", word=value)


# key of `extra.town` -> what checks its value
KEYS: dict[str, Callable[[str, Any], None]] = {
    "name": _text,
    "lead": _text,
    "code": _code,
    "accent": _accent,
    "arms": _arms,
    "contact": _contact,
    "licence": _licence,
    "latitude": _degrees(90),
    "longitude": _degrees(180),
    "reach": _distance,
    "outline": _anything,
    "tiles": _anything,
    "translations": _anything,
}
