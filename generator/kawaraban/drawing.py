"""A fence -> HTML: the right view with the right rows, kept by content. A wrong fence becomes a box that helps."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache as once
from html import escape
from typing import Any

from kawaraban import fences
from kawaraban.atlas import Atlas
from kawaraban.cache import Cache
from kawaraban.errors import KawarabanError, unknown
from kawaraban.fences import Fence
from kawaraban.kinds.catalogue import catalogue_list, catalogue_table
from kawaraban.kinds.entry import Entry
from kawaraban.languages import translator
from kawaraban.notices import Notice, drawn_notices
from kawaraban.publishing.cards import FOLDER, Sheet, embed_code
from kawaraban.publishing.pictures import can_draw
from kawaraban.showing import BASE, FILES, State, Views
from kawaraban.town import Town
from kawaraban.townkeys import arms_of
from kawaraban.views.card import Card, Frame
from kawaraban.views.masthead import masthead
from kawaraban.views.problems import problem_box
from kawaraban.views.spec import check_keys
from kawaraban.warehouse import Warehouse

log = logging.getLogger("kawaraban")


class Drawer:
    """Draws fences for one site."""

    def __init__(
        self,
        town: Town,
        entries: Mapping[str, Entry],
        warehouse: Warehouse,
        cache: Cache,
        warn: Callable[[str], None],
        lang: str = "",
        say: Callable[[str], str] | None = None,
        notices: Sequence[Notice] = (),
    ) -> None:
        self.town = town
        self.lang = lang or town.lang
        self.entries = entries
        self.warehouse = warehouse
        self.cache = cache
        self.warn = warn
        self.say = say or translator(self.lang)
        self.notices = notices
        self.atlas = Atlas(town, entries, warehouse, cache, warn, self.say)
        self.views = Views(town, entries, warehouse, cache, self.atlas, self.lang, self.say)
        self.fences: dict[str, Callable[[Mapping[str, Any]], str]] = {
            "masthead": self._masthead,
            "notices": self._notices,
            "catalogue": self._catalogue,
            "problems": self._problems,
            "place": self._place,
        }

    def draw(self, fence: Fence, away: str = "") -> str:
        """Give the HTML of a fence. What is wrong with it is shown in its place, and told to `warn`.

        `away` is the way from the folder of a language to the files, which all languages share.
        """
        try:
            html = self._drawn(fence)
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
        base = self._base(fence.page)
        return html.replace(FILES, away + base if away else base).replace(BASE, base)

    def _drawn(self, fence: Fence) -> str:
        if fence.kind == "cards":
            return self._grid(fence)
        if fence.kind not in fences.CARDS:
            return self.fences[fence.kind](fences.values(fence))
        from kawaraban.views.frame import card_html

        states = self.views.states(fence.kind, fences.values(fence))
        cards = [self.views.card(each) for each in states]
        name = fence.card or fences.card_name(fence)
        frame = Frame(
            name, names_of(states, cards), f"{FILES}{FOLDER}/{name}/" if fence.card else "",
            embed_code(self.town.url, name, cards[0]) if fence.card else "", f"#{name}", images=can_draw(),
        )  # fmt: skip
        return card_html(cards, states[0].setting, frame).encode(errors="replace").decode()

    def _grid(self, fence: Fence) -> str:
        """Give the cards inside of a `cards` fence, beside each other where there is room."""
        lines = fence.body.split("\n")
        inner = list(fences.inside(fence))
        for each in inner:
            if each.kind not in fences.CARDS:
                raise KawarabanError(
                    "only cards can stand inside of `cards`", fences.further(fence.at, each.start - fence.start),
                    "write the text above or below it",
                )  # fmt: skip
            lines[each.start - fence.start - 1 : each.end - fence.start - 1] = [""] * (each.end - each.start)
        if other := next((at for at, line in enumerate(lines, start=1) if line.strip()), 0):
            raise KawarabanError(
                "only cards can stand inside of `cards`", fences.further(fence.at, other),
                "write the text above or below it",
            )  # fmt: skip
        drawn = "".join(self.draw(replace(each, page=fence.page, at=each.at or fence.at)) for each in inner)
        return f'<div class="kb-cards"><div>{drawn}</div></div>'

    def sheet(self, fence: Fence) -> Sheet | None:
        """Give the card of a fence as it is published in files of its own; None where it cannot be drawn."""
        try:
            states = self.views.states(fence.kind, fences.values(fence))
            for each in states:
                if not self.cache.path(each.key).is_file():
                    self.views.card(each)
        except Exception:  # its box on the page says why, and the log
            log.debug("a card could not be drawn", exc_info=True)
            return None

        @once
        def give() -> tuple[list[Card], list[str]]:
            cards = [self.views.card(each) for each in states]
            return cards, names_of(states, cards)

        keys = tuple(each.key for each in states)
        home = "" if self.lang == self.town.lang else f"{self.lang}/"
        ways = ((BASE, home), (FILES, ""))
        return Sheet(fence.card, fence.kind, fence.page, self.lang, states[0].setting, keys, give, ways)

    def _base(self, page: str) -> str:
        """Give the way from a page to the top of the site."""
        steps = page.removesuffix(".md").removesuffix(f".{self.lang}").split("/")
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

    def places(self, slug: str) -> Mapping[str, Mapping[str, str]]:
        """Give the places of a dataset that have pages, by the last part of their address."""
        return self.atlas.places(slug, self.views.setting(slug))

    def _place(self, values: Mapping[str, Any]) -> str:
        slug = str(values.get("data"))
        entry = self.entries.get(slug)
        known = self.places(slug) if entry is not None and entry.has_pages else {}
        if str(values.get("id")) not in known:
            raise unknown("there is no place {word}", values.get("id"), known, "id")
        return known[str(values["id"])]["html"]

    def _masthead(self, values: Mapping[str, Any]) -> str:
        check_keys(values, ("lead",), "masthead")
        dates = [entry.updated for entry in self.entries.values() if entry.updated]
        town = self.town.said(self.lang)
        lead = str(values.get("lead") or town.lead)
        arms = arms_of(town.own)
        picture = (f"{FILES}{arms.file}", arms.alt) if arms else None
        return masthead(town.name, lead, len(self.entries), max(dates, default=""), self.lang, self.say, picture)

    def _notices(self, values: Mapping[str, Any]) -> str:
        return drawn_notices(values, self.notices, self.town, self.lang, self.say, BASE)

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
        return give(chosen, self.say, self.lang, BASE, self.views.translation("").word)

    def _problems(self, values: Mapping[str, Any]) -> str:
        check_keys(values, (), "problems")
        entry = self.entries.get(str(values.get("data")))
        if entry is None:
            raise unknown("there is no dataset {word}", values.get("data"), self.entries, "data")
        return problem_box(entry.verdict, entry.as_of, self.lang, self.say)


def names_of(states: Sequence[State], cards: Sequence[Card]) -> list[str]:
    """Give what the states of a card are called."""
    return [state.name or card.state for state, card in zip(states, cards, strict=True)]
