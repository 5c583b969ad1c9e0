"""What a town says of itself in mkdocs.yml: its name, its language, how its addresses are made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from kawaraban.errors import KawarabanError


@dataclass(frozen=True, slots=True)
class Town:
    """The town a site is for. `own` is `extra.town` of mkdocs.yml.

    `languages` are those of the site where it has several (the plugin i18n of mkdocs.yml), `lang` first.
    """

    name: str = ""
    lead: str = ""
    lang: str = "ja"
    directory_urls: bool = True
    docs: str = "docs"
    languages: tuple[str, ...] = ()
    url: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)

    def language(self, page: str) -> str:
        """Give the language of a page's file (`about.en.md`), by its path."""
        name = page.rpartition("/")[2].removesuffix(".md")
        return next((each for each in self.languages if name.endswith(f".{each}")), self.lang)

    def path(self, page: str, lang: str) -> str:
        """Give the path of a page's file in a language of the site: `about.md` is `about.en.md` in English."""
        return page if lang == self.lang else f"{page.removesuffix('.md')}.{lang}.md"

    def said(self, lang: str) -> "Town":
        """Give the town as it calls itself in a language (`translations:` of `extra.town`)."""
        found = self.own.get("translations")
        told = found.get(lang) if isinstance(found, Mapping) else None
        told = told if isinstance(told, Mapping) else {}
        return replace(self, name=str(told.get("name") or self.name), lead=str(told.get("lead") or self.lead))


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
    languages = _languages(config.get("plugins"))
    return Town(
        name=str(own.get("name") or config.get("site_name") or ""),
        lead=str(own.get("lead") or config.get("site_description") or ""),
        lang=languages[0] if languages else str(language or "ja"),
        languages=languages if len(languages) > 1 else (),
        directory_urls=config.get("use_directory_urls") is not False,
        docs=str(config.get("docs_dir") or "docs"),
        url=str(config.get("site_url") or ""),
        own=own,
    )


def _languages(plugins: Any) -> tuple[str, ...]:
    """Give the languages that the plugin i18n builds, the usual one first; `plugins` are MkDocs's, or of YAML."""
    listed = plugins if isinstance(plugins, list) else [{name: plugins.get(name)} for name in plugins or ()]
    settled = next((each.get("i18n") for each in listed if isinstance(each, Mapping) and "i18n" in each), None)
    settled = getattr(settled, "config", settled)
    found = settled.get("languages") if isinstance(settled, Mapping) else None
    built = [each for each in found or () if isinstance(each, Mapping) and each.get("build") is not False]
    built.sort(key=lambda each: each.get("default") is not True)
    return tuple(str(each.get("locale")) for each in built)


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
