"""`map`: points on a map, and the same places as a list. Without JavaScript the list is all there is, and enough."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.model import Field
from kawaraban.views import places
from kawaraban.views.card import Card
from kawaraban.views.columns import Columns, columns_of
from kawaraban.views.finder import finder, for_the_script, legend
from kawaraban.views.frame import card
from kawaraban.views.locator import Spot, locator
from kawaraban.views.placelist import Groups, groups_of, item, listed, page_of
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_missing, value_text
from kawaraban.warehouse import Select

KEYS = ("lat", "lon", "name", "color", "popup", "height", "filter", "id", "outline", "anchors")


def plan(spec: Spec) -> Select:
    """Give what the map needs of its data."""
    key = spec.column("id")
    return Select(tuple(dict.fromkeys([*columns_of(spec).all, *([key] if key else [])])), spec.where)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> Card:
    """Give the map as a card: the drawing of the places, the room for the map, what finds a place, and the list."""
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    columns = columns_of(spec, rows)
    groups = groups_of(rows, columns, setting.lang)
    spots = _spots(rows, columns, groups, setting.lang)
    if not spots:
        raise KawarabanError("no row has coordinates", "lat", "check the columns and `where:`")
    title = spec.text("title") or setting.say("Map")
    lost = len(rows) - len(spots)
    note = setting.say("{count} of them have no coordinates and stand in the list only.").format(count=lost)
    here = spec.values.get("anchors") is True
    anchors = _anchors(spec, rows, columns, setting)
    items = [
        item(row, columns, groups, setting, page_of(setting, anchor, here), anchor if here else "")
        for row, anchor in zip(rows, anchors, strict=True)
    ]
    tall = f' style="height:{spec.number("height", 1)}px"' if "height" in spec.values else ""
    picture = locator(spots, list(spec.shapes.values()), spec.text("description") or title)
    label = escape(setting.say("{title}: list of places").format(title=title))
    return card(
        spec,
        setting,
        f'<div class="kb-places"{for_the_script(setting, len(rows))}><div class="kb-where">'
        + picture
        + f'<div class="kb-leaflet"{tall} role="application" aria-label="{escape(title)}" hidden></div>'
        + (legend(columns, groups, setting) if columns.color else "")
        + (f'<p class="kb-note">{escape(note)}</p>' if lost else "")
        + f'</div>{finder(columns, groups, rows, setting)}<div class="kb-beside">'
        + '<p class="kb-found" role="status" hidden></p>'
        + f'<div class="kb-lists" role="region" tabindex="0" aria-label="{label}">{listed(items)}</div>'
        + '<p class="kb-more" hidden><button type="button" class="kb-button"></button></p></div></div>',
        rows=(frame, [spec.field(str(each)) for each in frame.columns]),
        picture=picture,
    )


def _spots(
    rows: Sequence[Mapping[Any, Any]], columns: Columns, groups: Mapping[str, Groups], lang: str
) -> list[Spot]:
    """Give the places that can be drawn, by their number in the list."""

    def colour(row: Mapping[Any, Any], color: Field | None) -> int:
        return groups[color.name].colour(value_text(row[color.name], color, lang)) if color else 1

    lat, lon = columns.lat.name, columns.lon.name
    return [
        Spot(number, float(row[lat]), float(row[lon]), colour(row, columns.color))
        for number, row in enumerate(rows, start=1)
        if not is_missing(row[lat]) and not is_missing(row[lon])
    ]


def _anchors(spec: Spec, rows: Sequence[Mapping[Any, Any]], columns: Columns, setting: Setting) -> Sequence[str]:
    """Give the last part of each address; none where the map shows a part of places without identifiers."""
    key = spec.column("id") or (columns.name.name if columns.name and not spec.where else None)
    if key is None or not setting.href or "sql" in spec.values:
        return [""] * len(rows)
    return list(places.addresses(row[key] for row in rows))
