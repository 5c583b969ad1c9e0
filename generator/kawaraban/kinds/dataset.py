"""The page of one dataset: what it is, what it shows, what its columns mean, and how to take it away."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from kawaraban import fences
from kawaraban.kinds.entry import Entry
from kawaraban.model import Page, Table
from kawaraban.publishing.downloads import downloads
from kawaraban.views.changes import changes
from kawaraban.views.places import LATITUDE, LONGITUDE
from kawaraban.views.story import story
from kawaraban.views.text import iso_text

View = tuple[dict[str, Any], int | None]  # what stands in its fence, and its line in the descriptor
VIEWS = ("chart", "table", "figure", "map", "sql")


def dataset_page(
    entry: Entry,
    fill: Callable[..., str],
    lang: str,
    arrange: Callable[..., list[View]] | None = None,
    grid: bool = False,
) -> Page:
    """Give the page of a dataset; `fill` fills in a template by name, `arrange` puts the views of a kind in order.

    In a `grid`, the views stand beside each other, and may all be of other datasets.
    """
    dataset = entry.dataset
    path = f"datasets/{dataset.slug}/index.md"
    other = "en" if lang.startswith("ja") else "ja"
    found = _views(entry)
    found = arrange(found, dataset.slug) if arrange else found
    views = [
        {**view, "info": f"{view['view']} page={path} at={quote(dataset.source)}:{line or 1}"}
        for view, line in _anchored(found, dataset.slug)
    ]
    text = fill(
        "pages/dataset.md.j2",
        dataset=dataset,
        entry=entry,
        description=fences.mark(dataset.description, path, dataset.source),
        other=entry.translated(other),
        other_lang=other,
        views=views if entry.tables or grid else [],
        grid=grid and bool(views),
        downloads=downloads(entry.tables) if entry.tables else [],
        updated=iso_text(entry.updated, lang) if entry.updated else "",
        as_of=iso_text(entry.as_of, lang) if entry.as_of else "",
        licenses=dataset.listed("licenses"),
        sources=dataset.listed("sources"),
        publishers=[each for each in dataset.listed("contributors") if _publishes(each)],
        story=story(entry.consolidation, lang),
        changes=changes(entry.tables, dataset.resources),
    )
    return Page(path, text, dataset.source)


def _publishes(contributor: Mapping[str, Any]) -> bool:
    roles = contributor.get("roles")
    roles = roles if isinstance(roles, list) else [contributor.get("role")]
    return "publisher" in roles or roles == [None]


def _views(entry: Entry) -> list[tuple[dict[str, Any], int | None]]:
    """Give the descriptor's views with their lines; where it has none, a map if there are places, and the rows."""
    slug = entry.dataset.slug
    found: list[tuple[dict[str, Any], int | None]] = []
    for index, view in enumerate(entry.dataset.views):
        line = entry.dataset.lines.get(("kawaraban", "views", index))
        name = next(iter(view), "") if isinstance(view, Mapping) else str(view)
        values = view[name] if isinstance(view, Mapping) and isinstance(view.get(name), Mapping) else {}
        if name == "sql" and isinstance(view, Mapping) and isinstance(view["sql"], str):
            found.append(({"view": "sql", "sql": str(view["sql"])}, line))
        elif name not in VIEWS or name == "sql":
            # drawn as a fence of its own, whose box says that there is no such view
            found.append(({"view": "table", "values": {"data": slug, "view": name}}, line))
        else:
            if entry.tables or "sql" not in values:
                values = {key: value for key, value in values.items() if key != "data"} | {
                    "data": values.get("data", slug)
                }
            found.append(({"view": name, "values": values}, line))
    if found:
        if entry.tables and not any(view["view"] == "table" for view, _ in found):
            found.append((_rows(slug, entry.tables[0] if entry.tables else None, True), None))
        return found
    for number, table in enumerate(entry.tables):
        name = slug if number == 0 else f"{slug}/{table.name}"
        numbers = {each.name for each in table.fields if each.type in ("number", "integer")}
        if numbers & set(LATITUDE) and numbers & set(LONGITUDE):
            found.append(({"view": "map", "values": {"data": name}}, None))
        found.append((_rows(name, table, len(entry.tables) == 1), None))
    return found


def _anchored(found: list[View], slug: str) -> list[View]:
    """Give the views, the first map of all places being where a link to one of them leads."""
    maps = [view for view, _ in found if view["view"] == "map" and view["values"].get("data") == slug]
    first = next((view for view in maps if not view["values"].get("where")), maps[0] if maps else None)
    return [
        ({**view, "values": {**view["values"], "anchors": True}} if view is first else view, line)
        for view, line in found
    ]


def _rows(name: str, table: Table | None, only: bool) -> dict[str, Any]:
    titled = {} if only or table is None else {"title": table.name}
    return {"view": "table", "values": {"data": name, **titled}}
