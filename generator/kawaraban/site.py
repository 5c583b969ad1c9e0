"""The flow: datasets in, a staged docs folder out. The only place that knows the order.

descriptor -> catalogue -> reading -> tidying -> checking -> (valid) warehouse -> pages and assets -> stage
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from kawaraban import fences, history
from kawaraban.ahead import work_ahead
from kawaraban.cache import FOLDER, Cache, digest
from kawaraban.catalog import Catalog, read_catalog
from kawaraban.drawing import Drawer
from kawaraban.fences import Fence
from kawaraban.gallery import Gallery
from kawaraban.intake import intake_key, take_in
from kawaraban.kinds import KINDS, Entry, place_pages
from kawaraban.kinds.catalogue import catalogue_page
from kawaraban.languages import translator
from kawaraban.model import Asset, Dataset, Page, Table
from kawaraban.notices import Notice, read_notices, stamp
from kawaraban.publication import published
from kawaraban.publishing import cards as sheets
from kawaraban.publishing import downloads, rows, theme
from kawaraban.publishing.pictures import can_draw
from kawaraban.publishing.stage import write_stage, written_by_hand
from kawaraban.searching import write_search
from kawaraban.templating import environment, render
from kawaraban.town import Town, read_town
from kawaraban.townkeys import check_town
from kawaraban.translation import Translation, marked, translation_of
from kawaraban.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Summary:
    """What a rendering did: how many datasets are published and held, rows, problems, files written and kept.

    Without `images`, this machine has no font with Japanese letters, and no picture was made.
    """

    published: int
    held: int
    rows: int
    problems: int
    fresh: int
    reused: int
    images: bool = True


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
        self.building = self.town.lang  # the language whose pages MkDocs makes now
        self.drawers: dict[str, Drawer] = {}
        self.shown: dict[str, str] = {}  # page -> the card whose picture stands for it
        self.say = self.words(self.town.lang)
        self.warn = warn or logging.getLogger("kawaraban").warning
        self.cache = Cache(cache or self.root / FOLDER / "cache")
        self.gallery = Gallery(self.cache)

    def words(self, lang: str) -> Callable[[str], str]:
        """Give the function that says the words of the interface in a language; a town's own come first."""
        own = self.root / "templates" / "words"
        return translator(lang, own if own.is_dir() else None)

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
            yield published(self.root, take_in(dataset, self.cache, self.town.own), self.dates, self.town, self.cache)

    @property
    def drawer(self) -> Drawer:
        """What draws the fences of pages in the town's own language."""
        return self._drawer(self.town.lang)

    def _drawer(self, lang: str) -> Drawer:
        if lang not in self.drawers:
            self.drawers[lang] = Drawer(
                self.town, self.entries, self.warehouse, self.cache, self.warn, lang, self.words(lang), self.notices
            )
        return self.drawers[lang]

    @cached_property
    def warehouse(self) -> Warehouse:
        """The tables of the entries."""
        tables: dict[str, Table] = {}
        for slug, entry in self.entries.items():
            for number, table in enumerate(entry.tables):
                tables.update({slug: table} if number == 0 else {}, **{f"{slug}/{table.name}": table})
        return Warehouse(tables)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The town's notices, in every language; one that is wrong is told and left out."""
        found, wrong = read_notices(self.root / self.town.docs, self.town.docs)
        for error in wrong:
            self.warn(error.line(self.say))
        return found

    def draw(self, fence: Fence) -> str:
        """Give the HTML of a fence, in the language of its page; where it is wrong, a box that says so."""
        away = "" if self.building == self.town.lang else "../"
        return self._drawer(self.town.language(fence.page)).draw(fence, away)

    def in_language(self, html: str, page: str) -> str:
        """Give a page's HTML with what is Japanese in it marked; a page without a translation says so."""
        lang = self.town.language(page)
        if notice := next((each for each in self.notices if each.page == page), None):
            html = f'<p class="kb-date">{stamp(notice.day, lang)}</p>{html}'
        if lang == self.building:
            return html if lang == self.town.lang else marked(html, lang)
        told = self.words(self.building)("This page has not been translated. It is shown in Japanese.")
        return f'<p class="kb-untranslated">{escape(told)}</p><div lang="{lang}">{html}</div>'

    def render(self, stage: Path, languages: bool = False, pictures: bool = True) -> Summary:
        """Write the staged docs folder, its pages in one language or in all; only what changed is written.

        Without `pictures`, those of cards are only begun; `gallery.write` puts them into the built site.
        """
        check_town(self.town.own, self.root / self.town.docs)
        new = [
            each.slug
            for each in self.catalog
            if not self.cache.path(intake_key(each, self.cache, self.town.own)).is_file()
        ]
        spoken = self.town.languages if languages else ()
        work_ahead(self.root, self.cache.folder, new, spoken or [self.town.lang])
        self.gallery = Gallery(self.cache)
        fresh, kept = write_stage(stage, chain(self._assets(spoken), self.gallery.assets() if pictures else ()))
        if not pictures:
            self.gallery.begin()
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
            images=can_draw(),
        )

    def prepare(self, languages: Sequence[str]) -> None:
        """Fill the cache with the cards of the datasets' pages."""
        for lang in languages:
            for page in self._spoken(self.dataset_pages(lang), lang):
                deque(self._with_cards(page, set()), maxlen=0)

    def write_search(self, site: Path, last: Sequence[str] = ()) -> int:
        """Write the search's index of the built site; pages below `last` are found last. Give how much it holds."""
        published = [(entry.dataset, entry.tables) for entry in self.entries.values()]
        return write_search(site, published, last, self.town.languages or (self.town.lang,))

    def _assets(self, languages: Sequence[str]) -> Iterator[Asset]:
        docs = self.root / self.town.docs
        seen = set()
        taken: set[str] = set()
        for asset in written_by_hand(docs, self.town.docs, self.warn, self.say):
            if not languages and asset.path.endswith(".md") and self.town.language(asset.path) != self.town.lang:
                continue
            seen.add(asset.path)
            if asset.path.endswith((".md", ".markdown")):
                yield from self._with_cards(Page(asset.path, asset.make().decode()), taken)
            else:
                yield asset
        for page in (page for lang in languages or [self.town.lang] for page in self._pages(lang)):
            if page.path not in seen:
                yield from self._with_cards(page, taken)
        for entry in self.entries.values():
            yield from downloads.assets(entry.dataset, entry.tables)
            yield from rows.assets(entry.dataset, entry.tables, self.warehouse)
        yield from theme.assets(self.town.own.get("accent"))

    def _with_cards(self, page: Page, taken: set[str]) -> Iterator[Asset]:
        """Give a page with the names of its cards, and the files of each card; `taken` are names of other cards."""
        text = fences.named(page.text, taken)
        body = text.encode(errors="surrogatepass")
        yield Asset(page.path, digest(body), partial(bytes, body))
        drawer = self._drawer(self.town.language(page.path))
        cards = []
        for fence in fences.every(text.split("\n")):
            if fence.kind in fences.CARDS and (sheet := drawer.sheet(fence)):
                cards.append((sheet.name, sheet.view))
                yield from sheets.assets(sheet, self.town)
                self.gallery.pictures += sheets.pictures(sheet, self.town)
        self.shown[page.path] = sheets.page_of(cards)

    def dataset_pages(self, lang: str = "") -> Iterator[Page]:
        """Give the pages of the datasets, by their kinds."""
        lang = lang or self.town.lang
        for entry in self.entries.values():
            kind = KINDS.get(entry.dataset.kind, KINDS["dataset"])
            yield kind(entry, self._fill(lang), lang)

    def place_pages(self, lang: str = "") -> Iterator[Page]:
        """Give the pages of the places whose dataset asks for them."""
        for entry in self.entries.values():
            if entry.has_pages:
                lang = lang or self.town.lang
                yield from place_pages(entry, self._drawer(lang).places(entry.dataset.slug), self._fill(lang))

    def _pages(self, lang: str) -> Iterator[Page]:
        """Give the generated pages in a language: `datasets/population/index.en.md`."""
        pages = chain(
            self.dataset_pages(lang),
            self.place_pages(lang),
            [catalogue_page(list(self.entries.values()), self._fill(lang))],
        )
        yield from self._spoken(pages, lang)

    def _spoken(self, pages: Iterable[Page], lang: str) -> Iterator[Page]:
        for page in pages:
            path = self.town.path(page.path, lang)
            text = page.text.replace(f" page={page.path} ", f" page={path} ") if path != page.path else page.text
            yield replace(page, path=path, text=text)

    def _fill(self, lang: str) -> Callable[..., str]:
        return partial(
            render, self._environment, _=self.words(lang), lang=lang, home=self.town.lang,
            translation=partial(self._translation, lang),
        )  # fmt: skip

    def _translation(self, lang: str, dataset: Dataset | None = None) -> Translation:
        return Translation() if lang == self.town.lang else translation_of(dataset, lang, self.town.own)

    @cached_property
    def _environment(self) -> Any:
        return environment(self.root)
