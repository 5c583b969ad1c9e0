"""A view's keys -> its card, in each of its states: the right view with the right rows, kept by content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kawaraban.atlas import Atlas
from kawaraban.cache import Cache
from kawaraban.errors import KawarabanError, unknown
from kawaraban.kinds.entry import Entry
from kawaraban.publishing import rows
from kawaraban.town import Town
from kawaraban.translation import Translation, apart, translation_of
from kawaraban.views import view_named
from kawaraban.views.card import SHOWS, Card, kept, restored
from kawaraban.views.spec import Setting, Spec, Whole, check_keys
from kawaraban.warehouse import Select, Warehouse

FEW = 12  # values of a column that a reader may choose from
FEW_VALUES = ("string", "boolean", "year")  # types of such columns
SAID = ("title", "note", "description", "unit", "unit2", "compare")  # keys of a view that people read
BASE = "kawaraban-base:/"  # stands for the way from a page to the top of the pages in its language
FILES = "kawaraban-file:/"  # and to the top of the site
STATES = 6  # of a card; kawaraban.css has the same number
TOGGLED = ("chart", "table", "figure")  # kinds that may have several states


@dataclass(frozen=True, slots=True)
class State:
    """A card in one state, not yet drawn: its name (nothing where the view knows one), and its key in the cache."""

    name: str
    kind: str
    values: Mapping[str, Any]
    data: str
    setting: Setting
    key: str


class Views:
    """Draws the views of one site in one language."""

    def __init__(
        self, town: Town, entries: Mapping[str, Entry], warehouse: Warehouse, cache: Cache, atlas: Atlas, lang: str,
        say: Callable[[str], str],
    ) -> None:  # fmt: skip
        self.town = town
        self.entries = entries
        self.warehouse = warehouse
        self.cache = cache
        self.atlas = atlas
        self.lang = lang
        self.say = say

    def states(self, kind: str, values: Mapping[str, Any]) -> list[State]:
        """Give the states of a card, the one that is seen first at the beginning. Raises KawarabanError."""
        plain = {key: each for key, each in values.items() if key not in ("card", "toggle")}
        toggle = values.get("toggle")
        if toggle is None:
            return [self._state("", kind, plain)]
        if kind not in TOGGLED:
            raise KawarabanError(
                "`{key}:` does not go with a {view}", "toggle", "leave it out", key="toggle", view=kind
            )
        words = self.translation(str(values.get("data", ""))).word
        found = _toggled(toggle, kind)
        return [self._state(words(name), kind, {**plain, **changed}) for name, changed in found]

    def card(self, state: State) -> Card:
        """Give a card in one state, out of the cache where it is there. Raises KawarabanError."""
        found = self.cache.get_json(state.key)
        if found is None:
            found = kept(self._query(state) if state.kind == "sql" else self._fresh(state))
            self.cache.put_json(state.key, found)
        return restored(found)

    def _state(self, name: str, kind: str, values: Mapping[str, Any]) -> State:
        sql = values.get("sql")
        data = str(values.get("data", ""))
        if sql is None and not data:
            raise KawarabanError("`{key}:` is missing", "", "name a dataset, such as `data: population`", key="data")
        if sql is not None:
            if not isinstance(sql, str):
                raise KawarabanError("`{key}` must be text", "sql", "write one SELECT", key="sql")
            names = self.warehouse.named_in(sql)
        else:
            if data not in self.warehouse.tables:
                self._explain(data)
            names = [data]
        setting = self.setting(data or (names[0] if names else ""))
        if kind == "table" and data:
            setting = replace(setting, whole=self._whole(data))
        if kind == "map":
            setting = self.atlas.furnished(setting, data)
            values = self.atlas.completed(values, data)
            names = [*names, *self.atlas.outlines(values)]
        if (boundaries := values.get("boundaries")) is not None:
            if str(boundaries) not in self.warehouse.tables:
                self._explain(str(boundaries), "boundaries")
            names = [*names, str(boundaries)]
        tables = [self.warehouse.table(each).digest for each in names]
        key = self.cache.key(
            "view", kind, repr(dict(values)), tables, setting.lang, setting.source, setting.href, setting.updated,
            repr(setting.whole), repr(setting.tiles), setting.pages,
            [repr(self.translation(each)) for each in names],
        )  # fmt: skip
        return State(name, kind, values, data, setting, key)

    def _fresh(self, state: State) -> Card:
        view, values, setting, name = view_named(state.kind), state.values, state.setting, state.data
        check_keys(values, view.KEYS, state.kind)
        sql = values.get("sql")
        fields = self.warehouse.fields(sql) if isinstance(sql, str) else self.warehouse.table(name).fields
        for each in [name] if name else self.warehouse.named_in(str(sql)):
            fields = self.translation(each).fields(fields)
            values = self.translation(each).said(values, SAID)
        if isinstance(unit := values.get("unit"), str) and not self.lang.startswith("ja"):
            values = {**values, "unit": apart(unit)}
        spec = Spec(state.kind, values, fields, self._shapes(state.kind, values))
        wanted = view.plan(spec)
        if setting.whole is not None:
            columns = [each.name for each in fields if each.name in wanted.columns and each.type in FEW_VALUES]
            count, choices = self.warehouse.outline(name, columns, wanted.where, FEW)
            setting = replace(setting, whole=replace(setting.whole, count=count, choices=choices))
        frame = self.warehouse.select(sql or name, wanted, sql=bool(sql))
        card: Card = view.draw(spec, frame, setting)
        figure = values.get("figure") if state.kind == "chart" else None
        if isinstance(figure, Mapping):
            source = {key: values[key] for key in ("data", "sql", "where") if key in values}
            number = self._fresh(self._state("", "figure", {**source, **figure})).number
            return replace(card, number=number)
        return card

    def _query(self, state: State) -> Card:
        from kawaraban.views.query import draw

        sql = str(state.values["sql"])
        frame, more = self.warehouse.query(sql)
        fields = self.warehouse.fields(sql)
        for each in self.warehouse.named_in(sql):
            fields = self.translation(each).fields(fields)
        return draw(frame, fields, more, state.setting)

    def setting(self, name: str) -> Setting:
        slug = name.partition("/")[0]
        entry = self.entries.get(slug)
        if entry is None:
            return Setting(self.lang, self.say)
        return Setting(
            self.lang,
            self.say,
            self.translation(slug).title or entry.dataset.title,
            f"{BASE}datasets/{slug}/",
            entry.as_of or entry.updated,
        )

    def translation(self, name: str) -> Translation:
        """Give what the descriptor of a table says in another language than the town's own."""
        entry = self.entries.get(name.partition("/")[0])
        if self.lang == self.town.lang:
            return Translation()
        return translation_of(entry.dataset if entry else None, self.lang, self.town.own)

    def _whole(self, name: str) -> Whole:
        """Give where the rows of a table are published."""
        slug, table = name.partition("/")[0], self.warehouse.table(name)
        folder = f"{FILES}{rows.folder(slug, table)}/"
        return Whole(0, f"{FILES}datasets/{slug}/{table.name}.csv", folder, rows.chunks(table))

    def _shapes(self, kind: str, values: Mapping[str, Any]) -> Mapping[str, str]:
        """Give the outline of a map, or the boundaries that a chart names: GeoJSON text by the name of the area."""
        if kind == "map":
            return self.atlas.outline(values)
        if values.get("boundaries") is None:
            return {}
        table = str(values["boundaries"])
        own = Spec("chart", values, self.warehouse.table(table).fields)
        if "geometry" not in [each.name for each in own.fields]:
            raise KawarabanError(
                "the dataset {word} has no areas", "boundaries", "name a dataset whose file is GeoJSON", word=table
            )
        name = own.known(values.get("key", values.get("x")), "key")
        frame = self.warehouse.select(table, Select((name, "geometry")))
        pairs = zip(frame[name], frame["geometry"], strict=True)
        return {str(each): shape for each, shape in pairs if isinstance(shape, str)}

    def _explain(self, name: str, key: str = "data") -> None:
        """Raise the error for a dataset that has no table: there is none, or it is held."""
        slug = name.partition("/")[0]
        if slug in self.entries and self.entries[slug].held:
            raise KawarabanError(
                "the dataset {word} is held: it has problems",
                key,
                "see `kawaraban validate {word}`",
                word=slug,
            )
        known = [each for each in self.warehouse.tables if ("/" in each) == ("/" in name)]
        raise unknown("there is no dataset {word}", name, known, key)


def _toggled(toggle: Any, kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the states that `toggle:` names, each with the keys that are different in it; a view names its own."""
    if isinstance(toggle, list) and kind == "chart":
        for each in toggle:
            if each not in SHOWS:
                raise unknown("`{word}` is not known here", each, SHOWS, "toggle")
        found: list[tuple[str, Mapping[str, Any]]] = [("", {"show": each}) for each in toggle]
    elif isinstance(toggle, Mapping) and all(each is None or isinstance(each, Mapping) for each in toggle.values()):
        found = [(str(name), {str(key): each for key, each in (own or {}).items()}) for name, own in toggle.items()]
    else:
        raise KawarabanError(
            "`toggle:` names states", "toggle",
            "write `toggle: [daily, cumulative]`, or each name with the keys that change",
        )  # fmt: skip
    if not 2 <= len(found) <= STATES:
        raise KawarabanError("a card has 2 to {most} states", "toggle", "leave some out", most=STATES)
    return found
