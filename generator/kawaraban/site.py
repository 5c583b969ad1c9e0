"""The flow: datasets in, a staged docs folder out. The only place that knows the order.

descriptor -> catalogue -> reading -> tidying -> checking -> (valid) warehouse -> pages and assets -> stage
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from kawaraban import history
from kawaraban.ahead import work_ahead
from kawaraban.cache import FOLDER, Cache, digest
from kawaraban.catalog import Catalog, read_catalog, read_dataset
from kawaraban.drawing import Drawer
from kawaraban.fences import Fence
from kawaraban.intake import Intake, intake_key, take_in
from kawaraban.kinds import KINDS, Entry
from kawaraban.kinds.catalogue import catalogue_page
from kawaraban.languages import translator
from kawaraban.model import Asset, Dataset, Page, Table
from kawaraban.publishing import downloads, theme
from kawaraban.publishing.stage import write_stage, written_by_hand
from kawaraban.templating import environment, render
from kawaraban.town import Town, read_town
from kawaraban.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rendering did: how many datasets are published and held, rows, problems, files written and kept."""

    published: int
    held: int
    rows: int
    problems: int
    fresh: int
    reused: int


class Site:
    """A project: its town, its datasets as they are published, and the drawing of their fences.

    `warn` is told of every fence that cannot be drawn and of every dataset that is held.
    """

    def __init__(
        self,
        root: Path,
        town: Town | None = None,
        warn: Callable[[str], None] | None = None,
        cache: Path | None = None,
    ) -> None:
        self.root = root.resolve()
        self.town = town or read_town(self.root)
        self.say = translator(self.town.lang)
        self.warn = warn or logging.getLogger("kawaraban").warning
        self.cache = Cache(cache or self.root / FOLDER / "cache")

    @cached_property
    def catalog(self) -> Catalog:
        return read_catalog(self.root)

    @cached_property
    def dates(self) -> Mapping[str, str]:
        """When each dataset was last changed, out of git."""
        return history.updated_dates(self.root)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every dataset as it is published, by slug."""
        return {entry.dataset.slug: entry for entry in self.take_in()}

    def take_in(self) -> Iterator[Entry]:
        """Read and check the datasets one by one."""
        for dataset in self.catalog:
            yield self._entry(take_in(dataset, self.cache, self.town.own))

    @cached_property
    def drawer(self) -> Drawer:
        """What draws the fences of pages."""
        tables: dict[str, Table] = {}
        for slug, entry in self.entries.items():
            for number, table in enumerate(entry.tables):
                tables.update({slug: table} if number == 0 else {}, **{f"{slug}/{table.name}": table})
        return Drawer(self.town, self.entries, Warehouse(tables), self.cache, self.warn)

    def draw(self, fence: Fence) -> str:
        """Give the HTML of a fence; where it is wrong, a box that says so."""
        return self.drawer.draw(fence)

    def render(self, stage: Path) -> Summary:
        """Write the staged docs folder; only what changed is written."""
        new = [
            each.slug
            for each in self.catalog
            if not self.cache.path(intake_key(each, self.cache, self.town.own)).is_file()
        ]
        work_ahead(self.root, self.cache.folder, new)
        fresh, kept = write_stage(stage, self._assets())
        entries = self.entries.values()
        for entry in entries:
            if entry.held:
                told = self.say("{path}: held, {count} problems; see `kawaraban validate {slug}`")
                count = len(entry.verdict.problems)
                self.warn(told.format(path=entry.dataset.source, count=count, slug=entry.dataset.slug))
        held = sum(entry.held for entry in entries)
        return Summary(
            published=len(entries) - held,
            held=held,
            rows=sum(entry.rows for entry in entries),
            problems=sum(len(entry.verdict.problems) for entry in entries),
            fresh=fresh,
            reused=kept,
        )

    def _assets(self) -> Iterator[Asset]:
        docs = self.root / self.town.docs
        seen = set()
        for asset in written_by_hand(docs, self.town.docs, self.warn, self.say):
            seen.add(asset.path)
            yield asset
        for page in self._pages():
            if page.path not in seen:
                body = page.text.encode(errors="surrogatepass")
                yield Asset(page.path, digest(body), partial(bytes, body))
        for entry in self.entries.values():
            yield from downloads.assets(entry.dataset, entry.tables)
        yield from theme.assets()

    def dataset_pages(self) -> Iterator[Page]:
        """Give the pages of the datasets, by their kinds."""
        for entry in self.entries.values():
            kind = KINDS.get(entry.dataset.kind, KINDS["dataset"])
            yield kind(entry, self._fill, self.town.lang)

    def _pages(self) -> Iterator[Page]:
        yield from self.dataset_pages()
        yield catalogue_page(list(self.entries.values()), self._fill)

    @cached_property
    def _fill(self) -> Callable[..., str]:
        return partial(render, environment(self.root), _=self.say)

    def _entry(self, intake: Intake) -> Entry:
        dataset, verdict = intake.dataset, intake.verdict
        parts = (dataset.slug, *(part.slug for part in dataset.parts))
        updated = max(self.dates.get(slug, "") for slug in parts)
        if verdict.valid:
            return Entry(dataset, intake.tables, verdict, updated, consolidation=intake.consolidation)
        if dataset.consolidated:  # its earlier version is that of its parts
            return Entry(dataset, (), verdict, updated)
        for version in history.versions(self.root, dataset.slug):
            old = self._old(dataset, version.revision)
            if old is not None and old.verdict.valid:
                return Entry(old.dataset, old.tables, verdict, updated, as_of=version.date)
        return Entry(dataset, (), verdict, updated)

    def _old(self, dataset: Dataset, revision: str) -> Intake | None:
        """Give an earlier version of a dataset, taken in."""
        folder = self.root / FOLDER / "versions" / revision
        name = dataset.source.rpartition("/")[2]
        base = folder / "datasets" / dataset.slug
        if not base.is_dir() and not history.restore(self.root, dataset.slug, revision, folder):
            return None
        if not (base / name).is_file():
            return None
        return take_in(read_dataset(base, name, folder), self.cache, self.town.own)
