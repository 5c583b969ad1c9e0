"""A fence -> HTML: the right view with the right rows, kept by content. A wrong fence becomes a box that helps."""

import logging
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from kawaraban import fences
from kawaraban.cache import Cache
from kawaraban.errors import KawarabanError, unknown
from kawaraban.fences import Fence
from kawaraban.kinds.catalogue import catalogue_list, catalogue_table
from kawaraban.kinds.entry import Entry
from kawaraban.languages import translator
from kawaraban.town import Town
from kawaraban.views import view_named
from kawaraban.views.masthead import masthead
from kawaraban.views.problems import problem_box
from kawaraban.views.spec import Setting, Spec, check_keys
from kawaraban.warehouse import Warehouse

log = logging.getLogger("kawaraban")
BASE = "kawaraban-base:/"  # stands for the way from a page to the top of the site


class Drawer:
    """Draws fences for one site."""

    def __init__(
        self,
        town: Town,
        entries: Mapping[str, Entry],
        warehouse: Warehouse,
        cache: Cache,
        warn: Callable[[str], None],
    ) -> None:
        self.town = town
        self.entries = entries
        self.warehouse = warehouse
        self.cache = cache
        self.warn = warn
        self.say = translator(town.lang)
        self.fences: dict[str, Callable[[Mapping[str, Any]], str]] = {
            "chart": lambda values: self._view("chart", values),
            "table": lambda values: self._view("table", values),
            "figure": lambda values: self._view("figure", values),
            "map": lambda values: self._view("map", values),
            "sql": self._query,
            "masthead": self._masthead,
            "catalogue": self._catalogue,
            "problems": self._problems,
        }

    def draw(self, fence: Fence) -> str:
        """Give the HTML of a fence. What is wrong with it is shown in its place, and told to `warn`."""
        try:
            html = self.fences[fence.kind](fences.values(fence))
        except KawarabanError as error:
            where = error.where or fence.at
            if ":" not in where:
                where = fences.line_of(fence, where)
            told = KawarabanError(error.what, where, error.hint, **error.values)
            self.warn(told.line(self.say))
            what, hint = told.told(self.say)
            html = self._box(fence.kind, where, what, hint)
        except Exception as error:
            # one strange value must not cost the other pages; nothing is hidden: it is on the page and in the log
            log.debug("a fence could not be drawn", exc_info=True)
            told = KawarabanError(
                "it could not be drawn ({detail})", fence.at, "please report this", detail=repr(error)
            )
            self.warn(told.line(self.say))
            html = self._box(fence.kind, fence.at, *told.told(self.say))
        return html.replace(BASE, self._base(fence.page))

    def _base(self, page: str) -> str:
        """Give the way from a page to the top of the site."""
        steps = page.removesuffix(".md").split("/")
        if steps[-1] in ("index", "README"):
            steps.pop()
        depth = len(steps) if self.town.directory_urls else page.count("/")
        return "../" * depth or "./"

    def _box(self, kind: str, where: str, what: str, hint: str) -> str:
        title = self.say("This {kind} cannot be shown").format(kind=self.say(kind))
        place = f"<p><code>{escape(where)}</code></p>" if where else ""
        advice = f"<p>{escape(hint)}</p>" if hint else ""
        return (
            f'<div class="kb-problem" role="note"><p class="kb-problem-title">{escape(title)}</p>{place}'
            f"<p>{escape(what)}</p>{advice}</div>"
        )

    def _setting(self, name: str) -> Setting:
        slug = name.partition("/")[0]
        entry = self.entries.get(slug)
        if entry is None:
            return Setting(self.town.lang, self.say)
        return Setting(
            self.town.lang,
            self.say,
            entry.dataset.title,
            f"{BASE}datasets/{slug}/",
            entry.as_of or entry.updated,
        )

    def _view(self, kind: str, values: Mapping[str, Any]) -> str:
        sql = values.get("sql")
        name = str(values.get("data", ""))
        if sql is None and not name:
            raise KawarabanError("`{key}:` is missing", "", "name a dataset, such as `data: population`", key="data")
        if sql is not None:
            if not isinstance(sql, str):
                raise KawarabanError("`{key}` must be text", "sql", "write one SELECT", key="sql")
            names = self.warehouse.named_in(sql)
        else:
            if name not in self.warehouse.tables:
                self._explain(name)
            names = [name]
        setting = self._setting(name or (names[0] if names else ""))
        tables = [self.warehouse.table(each).digest for each in names]
        key = self.cache.key(
            "view", kind, dict(values), tables, setting.lang, setting.source, setting.href, setting.updated
        )
        kept = self.cache.get(key)
        if kept is None:
            kept = self._fresh(kind, values, name, setting).encode(errors="replace")
            self.cache.put(key, kept)
        return kept.decode()

    def _fresh(self, kind: str, values: Mapping[str, Any], name: str, setting: Setting) -> str:
        view = view_named(kind)
        check_keys(values, view.KEYS, kind)
        sql = values.get("sql")
        fields = self.warehouse.fields(sql) if isinstance(sql, str) else self.warehouse.table(name).fields
        spec = Spec(kind, values, fields)
        frame = self.warehouse.select(sql or name, view.plan(spec), sql=bool(sql))
        html: str = view.draw(spec, frame, setting)
        return html

    def _explain(self, name: str) -> None:
        """Raise the error for a dataset that has no table: there is none, or it is held."""
        slug = name.partition("/")[0]
        if slug in self.entries and self.entries[slug].held:
            raise KawarabanError(
                "the dataset {word} is held: it has problems",
                "data",
                "see `kawaraban validate {word}`",
                word=slug,
            )
        known = [each for each in self.warehouse.tables if ("/" in each) == ("/" in name)]
        raise unknown("there is no dataset {word}", name, known, "data")

    def _query(self, values: Mapping[str, Any]) -> str:
        sql = str(values["sql"])
        names = self.warehouse.named_in(sql)
        setting = self._setting(names[0] if names else "")
        tables = [self.warehouse.table(each).digest for each in names]
        key = self.cache.key("sql", sql, tables, setting.lang, setting.source, setting.href, setting.updated)
        kept = self.cache.get(key)
        if kept is None:
            from kawaraban.views.query import draw

            frame, more = self.warehouse.query(sql)
            kept = draw(frame, self.warehouse.fields(sql), more, setting).encode(errors="replace")
            self.cache.put(key, kept)
        return kept.decode()

    def _masthead(self, values: Mapping[str, Any]) -> str:
        check_keys(values, ("lead",), "masthead")
        dates = [entry.updated for entry in self.entries.values() if entry.updated]
        lead = str(values.get("lead") or self.town.lead)
        return masthead(self.town.name, lead, len(self.entries), max(dates, default=""), self.town.lang, self.say)

    def _catalogue(self, values: Mapping[str, Any]) -> str:
        check_keys(values, ("theme", "limit", "list"), "catalogue")
        chosen = list(self.entries.values())
        if "theme" in values:
            chosen = [entry for entry in chosen if entry.dataset.theme == str(values["theme"] or "")]
            if not chosen:
                themes = dict.fromkeys(entry.dataset.theme for entry in self.entries.values())
                raise unknown("there is no theme {word}", values["theme"], themes, "theme")
        if isinstance(values.get("limit"), int):
            chosen = chosen[: values["limit"]]
        give = catalogue_table if values.get("list") == "full" else catalogue_list
        return give(chosen, self.say, self.town.lang, BASE)

    def _problems(self, values: Mapping[str, Any]) -> str:
        check_keys(values, (), "problems")
        entry = self.entries.get(str(values.get("data")))
        if entry is None:
            raise unknown("there is no dataset {word}", values.get("data"), self.entries, "data")
        return problem_box(entry.verdict, entry.as_of, self.town.lang, self.say)
