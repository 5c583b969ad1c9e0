"""The MkDocs door: a few lines a hook. The only importer of mkdocs."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel

from kawaraban import history
from kawaraban.cache import FOLDER
from kawaraban.errors import BuildFailed, KawarabanError
from kawaraban.publishing import theme
from kawaraban.site import Site, Summary
from kawaraban.town import town_of

log = get_plugin_logger("kawaraban")
NEEDED = ("attr_list", "md_in_html", "tables")  # what the generated pages are written with


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hook untyped
    """The plugin has no options: a town is described in `extra.town`."""


class KawarabanPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]  # the same
    """Renders the datasets, and has MkDocs build the staged folder."""

    summary: Summary | None = None
    serving = False
    dated = False
    cache: Path | None = None
    docs = ""
    root = Path()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here keeps this object from one build of `serve` to the next."""
        self.serving = command == "serve"

    def on_shutdown(self) -> None:
        if self.dated:
            os.environ.pop("SOURCE_DATE_EPOCH", None)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
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
            self.summary = site.render(stage)
        except KawarabanError as error:
            if not self.serving or not stage.is_dir():
                raise PluginError(error.line(site.say)) from None
            log.error(error.line(site.say))  # the preview goes on with the last good pages
        config.docs_dir = str(stage)
        config.markdown_extensions = [each for each in config.markdown_extensions if each != "kawaraban"]
        config.markdown_extensions += [each for each in NEEDED if each not in config.markdown_extensions]
        config.markdown_extensions.append("kawaraban")
        config.mdx_configs["kawaraban"] = {"site": site}
        config.extra_css = [theme.STYLE, *config.extra_css]  # a town's own style comes after ours
        config.extra_javascript = [*config.extra_javascript, theme.SCRIPT]
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Generated pages are found through the catalogue, not in the nav; the edit link leads to the descriptor."""
        for file in files.documentation_pages():
            if file.src_uri.startswith("datasets/") and not (Path(self.docs) / file.src_uri).is_file():
                file.inclusion = InclusionLevel.NOT_IN_NAV
                folder = file.src_uri.removesuffix("/index.md")
                name = next((each.name for each in (self.root / folder).glob("datapackage.*")), "")
                file.edit_uri = f"../{folder}/{name}" if name else None
        return files

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Watch what people edit; the stage would make every build start another."""
        server.unwatch(config.docs_dir)
        for folder in (self.docs, str(self.root / "datasets"), str(self.root / "templates")):
            if Path(folder).is_dir():
                server.watch(folder)
        return server


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
