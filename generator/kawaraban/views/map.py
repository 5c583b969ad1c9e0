"""`map`: points on a map, and the same places as a list. Without JavaScript the list is all there is, and enough."""

import json
from html import escape
from typing import Any

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.views.frame import card, table_html
from kawaraban.views.places import LATITUDE, LONGITUDE
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_missing, value_text
from kawaraban.warehouse import Select

KEYS = ("lat", "lon", "name", "color", "popup", "height")
NAMES = ("名称", "施設名", "name", "Name", "title")


def plan(spec: Spec) -> Select:
    """Give what the map needs of its data."""
    lat, lon = _place(spec)
    name = _name(spec)
    color, popup = spec.column("color"), spec.columns("popup")
    wanted = (lat, lon, name, color, *popup)
    return Select(tuple(dict.fromkeys(each for each in wanted if each)), spec.where)


def _place(spec: Spec) -> tuple[str, str]:
    names = [each.name for each in spec.fields]
    found = []
    for key, usual in (("lat", LATITUDE), ("lon", LONGITUDE)):
        column = spec.column(key) or next((each for each in usual if each in names), None)
        column = column or spec.needed(key)
        if spec.field(column).type not in ("number", "integer"):
            raise KawarabanError(
                "{word} is not a column of numbers",
                key,
                "name another column, or give it `type: number`",
                word=column,
            )
        found.append(column)
    return found[0], found[1]


def _name(spec: Spec) -> str | None:
    names = [each.name for each in spec.fields]
    return spec.column("name") or next((each for each in NAMES if each in names), None)


def draw(spec: Spec, frame: pd.DataFrame, setting: Setting) -> str:
    """Give the map as HTML: an element that the page's script turns into a map, and the list of places."""
    lat, lon = _place(spec)
    name, color, popup = _name(spec), spec.column("color"), spec.columns("popup")
    rows: list[dict[Any, Any]] = frame.to_dict("records")
    placed = [row for row in rows if not is_missing(row[lat]) and not is_missing(row[lon])]
    if not placed:
        raise KawarabanError("no row has coordinates", "lat", "check the columns and `where:`")

    def shown(row: dict[Any, Any], column: str | None) -> str:
        return value_text(row[column], spec.field(column), setting.lang) if column else ""

    groups = list(dict.fromkeys(shown(row, color) for row in rows)) if color else []
    points = [
        [
            round(float(row[lat]), 6), round(float(row[lon]), 6), shown(row, name),
            groups.index(shown(row, color)) if color else 0, *(shown(row, each) for each in popup),
        ]
        for row in placed
    ]  # fmt: skip
    content = {"points": points, "labels": [spec.field(each).label for each in popup], "groups": groups}
    packed = escape(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    title = escape(spec.text("title") or setting.say("Map"))
    tall = f' style="height:{spec.number("height", 1)}px"' if "height" in spec.values else ""
    legend = "".join(
        f'<li><span class="kb-dot kb-dot-{index % 8 + 1}" aria-hidden="true"></span>{escape(each)}</li>'
        for index, each in enumerate(groups)
    )
    columns = [each for each in dict.fromkeys((name, color, *popup)) if each]
    listed = columns or [lat, lon]
    counted = setting.say("{count} places as a list").format(count=f"{len(rows):,}")
    lost = len(rows) - len(placed)
    note = setting.say("{count} of them have no coordinates and stand in the list only.").format(count=lost)
    return card(
        spec,
        setting,
        f'<div class="kb-leaflet"{tall} data-map="{packed}" role="application" aria-label="{title}"></div>'
        + (f'<ul class="kb-legend">{legend}</ul>' if legend else "")
        + (f'<p class="kb-note">{escape(note)}</p>' if lost else "")
        + f'<details class="kb-data"><summary>{escape(counted)}</summary>'
        + table_html(frame[listed], [spec.field(each) for each in listed], setting)
        + "</details>",
    )
