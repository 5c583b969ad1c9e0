"""The MkDocs door: a few lines a hook. The only importer of mkdocs."""

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from kawaraban import history
from kawaraban.cache import FOLDER
from kawaraban.errors import BuildFailed, KawarabanError
from kawaraban.languages import language_tag, spoken
from kawaraban.publishing import sharing, theme
from kawaraban.publishing.pictures import NO_FONT
from kawaraban.site import Site, Summary
from kawaraban.town import town_of
from kawaraban.townkeys import arms_of, contact_of

log = get_plugin_logger("kawaraban")
# Of links whose `rel` is this word alone the theme's script asks for a sitemap beside each page, where there is none.
OTHERS = re.compile(r'<link rel="alternate" (href="[^"]*" hreflang=)')
NEEDED = ("attr_list", "md_in_html", "tables")  # what the generated pages are written with

LUNR = ("assets/javascripts/lunr/", "assets/javascripts/workers/")  # of Material's own search


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """`search_last` are folders whose pages the search finds last. A town is described in `extra.town`."""

    search_last = ListOfItems(Type(str), default=[])


class KawarabanPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # the same
    """Renders the datasets, and has MkDocs build the staged folder."""

    summary: Summary | None = None
    serving = False
    dated = False
    cache: Path | None = None
    docs = ""
    root = Path()
    site: Site | None = None
    searching = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here keeps this object from one build of `serve` to the next."""
        self.serving = command == "serve"

    def on_shutdown(self) -> None:
        if self.dated:
            os.environ.pop("SOURCE_DATE_EPOCH", None)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        i18n: Any = config.plugins.get("i18n")
        if self.site and getattr(i18n, "building", False):  # the pages are there: i18n goes on to its next language
            self.site.building = str(i18n.current_language)
            return config
        self.root = Path(config.config_file_path or "mkdocs.yml").parent.resolve()
        self.docs = config.docs_dir
        moment = history.last_commit_time(self.root)
        if moment is not None and (self.dated or "SOURCE_DATE_EPOCH" not in os.environ):
            os.environ["SOURCE_DATE_EPOCH"] = str(moment)  # the dates that MkDocs writes are those of the data
            self.dated = True
        town = town_of(
            {
                **config,
                "docs_dir": Path(os.path.relpath(self.docs, self.root)).as_posix(),
                "theme": {"language": config.theme.get("language")},
            }
        )
        site = Site(self.root, town, warn=log.warning, cache=self.cache)
        stage = self.root / FOLDER / "stage"
        try:
            self.summary = site.render(stage, languages=True, pictures=False)
            if not self.summary.images:
                log.info(site.say(NO_FONT))  # a note: it must not fail a strict build
        except KawarabanError as error:
            if not self.serving or not stage.is_dir():
                raise PluginError(error.line(site.say)) from None
            log.error(error.line(site.say))  # the preview goes on with the last good pages
        config.docs_dir = str(stage)
        config.markdown_extensions = [each for each in config.markdown_extensions if each != "kawaraban"]
        config.markdown_extensions += [each for each in NEEDED if each not in config.markdown_extensions]
        config.markdown_extensions.append("kawaraban")
        config.mdx_configs["kawaraban"] = {"site": site}
        self.site = site
        self.searching = _take_over_search(config)
        if arms := arms_of(town.own):
            config.theme["logo"] = config.theme["favicon"] = arms.file
        config.extra_css = [theme.STYLE, *config.extra_css]  # a town's own style comes after ours
        config.extra_javascript = [*config.extra_javascript, theme.SCRIPT]
        return config

    @event_priority(-200)  # after i18n, which makes files of its own
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Generated pages are found through the catalogue, not in the nav; the edit link leads to the descriptor."""
        for file in [each for each in files if self.searching and each.src_uri.startswith(LUNR)]:
            files.remove(file)
        for file in files.documentation_pages():
            if file.src_uri.startswith("notices/") and not file.name.startswith("index"):
                file.inclusion = InclusionLevel.NOT_IN_NAV  # found through the list of notices
            if file.src_uri.startswith("datasets/") and not (Path(self.docs) / file.src_uri).is_file():
                file.inclusion = InclusionLevel.NOT_IN_NAV
                folder = file.src_uri.rpartition("/index.")[0]
                name = next((each.name for each in (self.root / folder).glob("datapackage.*")), "")
                file.edit_uri = f"../{folder}/{name}" if name else None
        return files

    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Give our templates of the theme what they show."""
        if self.site:
            town, lang = self.site.town, self.site.building
            home = "" if lang == town.lang else f"{lang}/"
            env.globals["kawaraban"] = theme.frame(self.site.words(lang), lang, home, contact_of(town.own))
        i18n: Any = config.plugins.get("i18n")
        if i18n and self.site and self.site.town.languages:
            # i18n keeps what one language sets for the next; and the theme has no words for a variant such as ja-easy
            own = i18n.current_language_config.theme or {}
            config.theme["language"] = own.get("language") or spoken(self.site.building)
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add the pictures of cards, and the search's index; not while somebody writes: that takes its time."""
        done = self.site and self.site.building == (self.site.town.languages or (self.site.town.lang,))[-1]
        if self.site and done:
            self.site.gallery.write(Path(config.site_dir))
        if self.searching and self.site and done and not self.serving:
            try:
                self.site.write_search(Path(config.site_dir), self.config.search_last)
            except KawarabanError as error:
                raise PluginError(error.line(self.site.say)) from None

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Say what is Japanese on a page in another language, and where a page is not translated at all."""
        return self.site.in_language(html, page.file.src_uri) if self.site else html

    def on_page_context(
        self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Lead the language switch to this page in each language, wherever the site may stand."""
        several = self.site and self.site.town.languages
        for each in getattr(config.extra, "alternate", []) if several else []:  # i18n sets it anew for each page
            found = getattr(page.file, "alternates", {}).get(each.get("lang"))
            if found is not None:
                each["link"] = found.url
                each["lang"] = language_tag(each["lang"])
        return context

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Say what a link to the page shows where it is shared."""
        if self.site is None:
            return output
        if self.site.town.languages:
            output = OTHERS.sub(r'<link rel="alternate " \1', output)
        uri, card = page.file.src_uri, self.site.shown.get(page.file.src_uri, "")
        title, told = page.meta.get("title") or page.title or "", page.meta.get("description") or ""
        said = sharing.page_metadata(self.site.town, uri, unescape(str(title)), unescape(str(told)), card)
        return output.replace("</head>", f"{said}</head>", 1)

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Name the languages in the sitemap as the web does."""
        languages = self.site.town.languages if self.site and template_name == "sitemap.xml" else ()
        for each in languages:
            output = output.replace(f'hreflang="{each}"', f'hreflang="{language_tag(each)}"')
        return output

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what people edit; the stage would make every build start another."""
        server.unwatch(config.docs_dir)
        for folder in (self.docs, str(self.root / "datasets"), str(self.root / "templates")):
            if Path(folder).is_dir():
                server.watch(folder)
        return server


def _take_over_search(config: MkDocsConfig) -> bool:
    """Put our search in the place of Material's, whose index is not made then; say whether mkdocs.yml wants one."""
    theirs = config.plugins.get("material/search")
    if theirs is None:
        return False
    for event in ("page_context", "post_build"):
        methods = config.plugins.events[event]
        methods[:] = [each for each in methods if getattr(each, "__self__", None) is not theirs]
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(theme.overrides()))  # a town's own come first
    return True


def build_site(config_file: Path, site: Path, strict: bool, cache: Path | None = None) -> Summary:
    """Build the site of a MkDocs configuration into the folder `site`. Raises BuildFailed."""
    try:
        config = load_config(str(config_file), site_dir=str(site), strict=strict)
        plugin = config.plugins.get("kawaraban")
        if not isinstance(plugin, KawarabanPlugin):
            raise BuildFailed("mkdocs.yml does not use the plugin", "mkdocs.yml", "add `- kawaraban` to `plugins:`")
        plugin.cache = cache
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        raise BuildFailed("{detail}", "", "mend what is said above", detail=str(error).strip() or "MkDocs") from None
    if plugin.summary is None:
        raise BuildFailed("MkDocs did not run the plugin", "mkdocs.yml", "add `- kawaraban` to `plugins:`")
    return plugin.summary


def serve_site(config_file: Path, address: str, opened: bool) -> None:
    """Serve the site on this machine until it is stopped. Raises BuildFailed where it cannot begin."""
    try:
        mkdocs_serve(config_file=str(config_file), dev_addr=address, open_in_browser=opened)
    except (Abort, MkDocsException) as error:
        raise BuildFailed("{detail}", "", "mend what is said above", detail=str(error).strip() or "MkDocs") from None
