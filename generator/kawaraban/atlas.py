"""The places of a site: what a map needs beside its own table, and the places that have pages of their own."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from kawaraban.cache import Cache
from kawaraban.errors import KawarabanError, unknown
from kawaraban.kinds.entry import Entry
from kawaraban.town import Town
from kawaraban.translation import translation_of
from kawaraban.views import places
from kawaraban.views.backdrop import tiles_of
from kawaraban.views.spec import Setting, Spec
from kawaraban.warehouse import Select, Warehouse

TAKEN = ("lat", "lon", "name", "popup", "filter", "outline")  # keys of the first map that the places' pages share


class Atlas:
    """Knows the town's outline and tiles, and which places have pages."""

    def __init__(
        self,
        town: Town,
        entries: Mapping[str, Entry],
        warehouse: Warehouse,
        cache: Cache,
        warn: Callable[[str], None],
        say: Callable[[str], str],
    ) -> None:
        self.town = town
        self.entries = entries
        self.warehouse = warehouse
        self.cache = cache
        self.warn = warn
        self.say = say
        self._drawn: dict[tuple[str, str], Mapping[str, Mapping[str, str]]] = {}
        self._told = False

    def completed(self, values: Mapping[str, Any], name: str) -> dict[str, Any]:
        """Give a map's keys with what the site knows: the column of identifiers, and the outline."""
        known = dict(values)
        if name and "id" not in known and (key := places.identifier(self.warehouse.table(name).schema)):
            known["id"] = key
        if "outline" not in known and (outline := self._town_outline()):
            known["outline"] = outline
        return known

    def _town_outline(self) -> str | None:
        """Give the dataset of the town's outline. A wrong one is told once and left out: the places matter more."""
        name = self.town.own.get("outline")
        if name is None:
            return None
        if str(name) in self.warehouse.tables and "geometry" in self.warehouse.table(str(name)).columns:
            return str(name)
        if not self._told:
            self._told = True
            error = unknown("`extra.town.outline` names no dataset of areas or lines: {word}", name, self._areas())
            self.warn(KawarabanError(error.what, "mkdocs.yml", error.hint, **error.values).line(self.say))
        return None

    def _areas(self) -> list[str]:
        return [name for name, table in self.warehouse.tables.items() if "geometry" in table.columns]

    def outlines(self, values: Mapping[str, Any]) -> list[str]:
        """Give the dataset in `outline:` or nothing; KawarabanError where it has no areas or lines."""
        name = values.get("outline")
        if name is None or name is False:
            return []
        if str(name) not in self._areas():
            raise unknown("there is no dataset of areas or lines called {word}", name, self._areas(), "outline")
        return [str(name)]

    def outline(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Give the shapes of that dataset, as GeoJSON texts."""
        frames = [self.warehouse.select(name, Select(("geometry",))) for name in self.outlines(values)]
        shapes = [shape for frame in frames for shape in frame["geometry"] if isinstance(shape, str)]
        return {str(index): shape for index, shape in enumerate(shapes)}

    def furnished(self, setting: Setting, name: str) -> Setting:
        """Give the setting of a map with its tiles, and whether its places have pages."""
        entry = self.entries.get(name)
        pages = entry is not None and entry.has_pages and bool(self.places(name, setting))
        return replace(setting, tiles=tiles_of(self.town.own), pages=pages)

    def places(self, slug: str, setting: Setting) -> Mapping[str, Mapping[str, str]]:
        """Give the places of a dataset that have pages, by the last part of their address; kept by content."""
        held = self._drawn.get((slug, setting.lang))
        if held is None:
            try:
                held = self._kept(slug, replace(setting, tiles=tiles_of(self.town.own), pages=True))
            except KawarabanError as error:  # the dataset's page says the same in a box
                held = {}
                where = error.where if ":" in error.where else self.entries[slug].dataset.source
                self.warn(KawarabanError(error.what, where, error.hint, **error.values).line(self.say))
            self._drawn[slug, setting.lang] = held
        return held

    def _kept(self, slug: str, setting: Setting) -> Mapping[str, Mapping[str, str]]:
        table = self.warehouse.table(slug)
        values = self.completed(self._values(slug), slug)
        digests = [self.warehouse.table(each).digest for each in (slug, *self.outlines(values))]
        key = self.cache.key(
            "places", repr(values), digests, setting.lang, setting.source, setting.href, setting.updated,
            repr(setting.tiles), repr(translation_of(self.entries[slug].dataset, setting.lang, self.town.own)),
        )  # fmt: skip
        kept: dict[str, dict[str, str]] | None = self.cache.get_json(key)
        if kept is None:
            from kawaraban.views.place import drawn

            fields = translation_of(self.entries[slug].dataset, setting.lang, self.town.own).fields(table.fields)
            spec = Spec("place", values, fields, self.outline(values))
            rows = self.warehouse.select(slug, Select(tuple(each.name for each in table.fields))).to_dict("records")
            kept = {each.anchor: asdict(each) for each in drawn(spec, rows, setting)}
            self.cache.put_json(key, kept)
        return kept

    def _values(self, slug: str) -> dict[str, Any]:
        """Give the keys of the dataset's first map that its places' pages share."""
        for view in self.entries[slug].dataset.views:
            if isinstance(view, Mapping) and isinstance(view.get("map"), Mapping):
                own = view["map"]
                if own.get("data", slug) == slug and "sql" not in own:
                    return {key: own[key] for key in TAKEN if key in own}
        return {}
