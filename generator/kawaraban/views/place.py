"""`place`: one place out of a table: all that its row says, where it is, and which others are near."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from kawaraban.model import Field
from kawaraban.views import places
from kawaraban.views.columns import Columns, columns_of
from kawaraban.views.finder import for_the_script
from kawaraban.views.frame import foot
from kawaraban.views.locator import Spot, locator
from kawaraban.views.nearest import distance_text, nearest
from kawaraban.views.placelist import groups_of, in_colour, item, listed, marked, page_of
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import cell_html, is_missing, value_text
from kawaraban.views.usable import tags

NEAR = 5  # others that are named
OTHERS = 7  # the colour of those others; the place itself has the first


@dataclass(frozen=True, slots=True)
class Place:
    """A place that has a page: the last part of its address, its name, a line about it, and its page's HTML."""

    anchor: str
    name: str
    told: str
    html: str


def drawn(spec: Spec, rows: Sequence[Mapping[Any, Any]], setting: Setting) -> list[Place]:
    """Give every place of a table."""
    columns = columns_of(spec, rows)
    plain = Columns(columns.lat, columns.lon, columns.name, shown=columns.shown[:1])  # of those that are near
    key = spec.column("id") or (columns.name.name if columns.name else spec.fields[0].name)
    anchors = list(places.addresses(row[key] for row in rows))
    lat, lon = columns.lat.name, columns.lon.name
    placed = [index for index, row in enumerate(rows) if not is_missing(row[lat]) and not is_missing(row[lon])]
    others = nearest([(float(rows[each][lat]), float(rows[each][lon])) for each in placed], NEAR) if placed else []
    near = {each: [(placed[other], far) for other, far in found] for each, found in zip(placed, others, strict=True)}
    shapes = list(spec.shapes.values())
    found = []
    for index, row in enumerate(rows):
        name = value_text(row[columns.name.name], columns.name, setting.lang) if columns.name else ""
        name = name or anchors[index]
        address = next((each for each in columns.shown if places.ADDRESS.fullmatch(each.name)), None)
        told = value_text(row[address.name], address, setting.lang) if address else ""
        up = f'<a href="{escape(setting.href)}#place-{quote(anchors[index])}">{escape(setting.source)}</a>'
        html = f'<p class="kb-up">{up}</p>' + facts(row, spec.fields, columns, setting)
        if index in near:
            html += _around(rows, index, near[index], plain, anchors, name, shapes, setting)
        html += foot(spec.text("note"), setting) + _metadata(row, name, told, columns, anchors[index])
        found.append(Place(anchors[index], name, told, f'<div class="kb-card kb-place-page">{html}</div>'))
    return found


def facts(row: Mapping[Any, Any], fields: Sequence[Field], columns: Columns, setting: Setting) -> str:
    """Give what a row says, a line for each column: hazards together, coordinates last."""
    degrees = (columns.lat.name, columns.lon.name)
    lines = []
    if columns.marks:
        named = [each for each in columns.filters if each.name in columns.marks]
        hazards = len(places.hazards(named)) == len(named)
        title = setting.say("Usable for" if hazards else "What there is")
        lines.append(f"<dt>{escape(title)}</dt><dd>{tags(marked(row, columns))}</dd>")
    for each in fields:
        known = each.name in (*columns.marks, *degrees, columns.name.name if columns.name else "")
        if known or each.type == "geojson" or is_missing(row[each.name]):
            continue
        value = cell_html(row[each.name], each, setting.lang)
        lines.append(f"<dt>{escape(each.label)}</dt><dd>{value}{escape(each.unit)}</dd>")
    where = [row[each] for each in degrees]
    if not any(is_missing(each) for each in where):
        lines.append(
            f"<dt>{escape(setting.say('Latitude, longitude'))}</dt>"
            f"<dd>{', '.join(f'{float(each):.6f}' for each in where)}</dd>"
        )
    return f'<dl class="kb-facts">{"".join(lines)}</dl>'


def _around(
    rows: Sequence[Mapping[Any, Any]],
    own: int,
    near: Sequence[tuple[int, float]],
    columns: Columns,
    anchors: Sequence[str],
    name: str,
    shapes: Sequence[str],
    setting: Setting,
) -> str:
    """Give the map of a place and those near it, and these as a list with how far they are."""
    lat, lon = columns.lat.name, columns.lon.name
    members = [(own, 0.0), *near]
    spots = [
        Spot(number, float(rows[each][lat]), float(rows[each][lon]), 1 if each == own else OTHERS)
        for number, (each, _) in enumerate(members, start=1)
    ]
    groups = groups_of(rows, columns, setting.lang)
    items = []
    for each, far in members:
        html = item(rows[each], columns, groups, setting, page_of(setting, anchors[each], False), "")
        colour = 1 if each == own else OTHERS
        said = setting.say("this place") if each == own else distance_text(far)
        items.append(html.replace("</strong>", f"</strong>{in_colour(said, colour)}", 1))
    title = setting.say("{name} and what is near it").format(name=name)
    return (
        f'<div class="kb-places"{for_the_script(setting, len(members))}><div class="kb-where">'
        + locator(spots, shapes, title)
        + f'<div class="kb-leaflet" role="application" aria-label="{escape(title)}" hidden></div></div>'
        + f'<div class="kb-beside"><h2 class="kb-near-title">{escape(setting.say("Nearby"))}</h2>'
        + f'<div class="kb-lists">{listed(items)}</div></div></div>'
    )


def _metadata(row: Mapping[Any, Any], name: str, address: str, columns: Columns, anchor: str) -> str:
    """Give the place in schema.org's words, for search engines. Data, not a script: `<` cannot end it."""
    said: dict[str, Any] = {"@context": "https://schema.org", "@type": "Place", "name": name, "identifier": anchor}
    if address:
        said["address"] = address
    if not is_missing(row[columns.lat.name]) and not is_missing(row[columns.lon.name]):
        said["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(row[columns.lat.name]),
            "longitude": float(row[columns.lon.name]),
        }
    packed = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{packed}</script>'
