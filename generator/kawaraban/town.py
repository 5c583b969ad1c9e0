"""What a town says of itself in mkdocs.yml: its name, its language, how its addresses are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kawaraban.errors import KawarabanError


@dataclass(frozen=True, slots=True)
class Town:
    """The town a site is for. `own` is `extra.town` of mkdocs.yml."""

    name: str = ""
    lead: str = ""
    lang: str = "ja"
    directory_urls: bool = True
    docs: str = "docs"
    own: Mapping[str, Any] = field(default_factory=dict)


class _Tolerant(yaml.SafeLoader):
    """Reads mkdocs.yml though it may hold tags (!ENV, !!python/name) that only MkDocs understands."""


_Tolerant.add_multi_constructor("", lambda *_: None)


def town_of(config: Mapping[str, Any]) -> Town:
    """Give the town that a MkDocs configuration describes."""
    theme = config.get("theme")
    extra = config.get("extra")
    language = theme.get("language") if isinstance(theme, Mapping) else None
    own = extra.get("town") if isinstance(extra, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    return Town(
        name=str(own.get("name") or config.get("site_name") or ""),
        lead=str(own.get("lead") or config.get("site_description") or ""),
        lang=str(language or "ja"),
        directory_urls=config.get("use_directory_urls") is not False,
        docs=str(config.get("docs_dir") or "docs"),
        own=own,
    )


def read_town(root: Path) -> Town:
    """Give the town of the project in `root`. Raises KawarabanError where there is no readable mkdocs.yml."""
    file = root / "mkdocs.yml"
    if not file.is_file():
        raise KawarabanError(
            "there is no mkdocs.yml in {folder}",
            "",
            "go to the project's folder, or name it with --root",
            folder=root,
        )
    try:
        config = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=_Tolerant)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KawarabanError("this is not valid YAML ({detail})", "mkdocs.yml", "check it", detail=error) from None
    return town_of(config if isinstance(config, dict) else {})
