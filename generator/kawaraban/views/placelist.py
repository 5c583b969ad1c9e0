"""The places of a map as a list: what the map shows, in words. The map's script reads it, and needs nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from kawaraban.model import Field
from kawaraban.views.columns import Columns
from kawaraban.views.spec import Setting
from kawaraban.views.text import cell_html, is_missing, value_text
from kawaraban.views.usable import is_yes, tags

COLOURS = 8
PART = 100  # places


@dataclass(frozen=True, slots=True)
class Groups:
    """The values of a column in the order they are met, with how many places have each."""

    counts: Mapping[str, int]

    def number(self, value: str) -> int:
        return list(self.counts).index(value)

    def colour(self, value: str) -> int:
        """Give the number of a value's colour, from 1; where there are too many, the rarer share the last."""
        if len(self.counts) <= COLOURS:
            return self.number(value) + 1
        often = sorted(self.counts, key=lambda each: -self.counts[each])[: COLOURS - 1]
        own = [each for each in self.counts if each in often]
        return own.index(value) + 1 if value in own else COLOURS


def groups_of(rows: Sequence[Mapping[Any, Any]], columns: Columns, lang: str) -> dict[str, Groups]:
    """Give the values of each column that places are chosen by, as they are shown."""
    found = {}
    for field in columns.filters:
        if field.name not in columns.marks:
            counts: dict[str, int] = {}
            for row in rows:
                value = value_text(row[field.name], field, lang)
                counts[value] = counts.get(value, 0) + 1
            found[field.name] = Groups(counts)
    return found


def item(
    row: Mapping[Any, Any], columns: Columns, groups: Mapping[str, Groups], setting: Setting, href: str, anchor: str
) -> str:
    """Give one place: its name (a link where it has an address), its group, its marks and what is known of it."""
    lang = setting.lang
    name = value_text(row[columns.name.name], columns.name, lang) if columns.name else ""
    name = name or setting.say("no name")
    title = f'<a href="{escape(href)}">{escape(name)}</a>' if href else escape(name)
    parts = [f"<strong>{title}</strong>"]
    if columns.color:
        value = value_text(row[columns.color.name], columns.color, lang)
        parts.append(in_colour(value, groups[columns.color.name].colour(value)))
    if columns.marks:
        parts.append(tags(marked(row, columns)))
    for each in columns.shown:
        if not is_missing(row[each.name]):
            value, unit = cell_html(row[each.name], each, lang), escape(each.unit)
            parts.append(f"<span>{escape(each.label)}: {value}{unit}</span>")
    return f"<li{_attributes(row, columns, groups, lang, anchor)}>{''.join(parts)}</li>"


def _attributes(
    row: Mapping[Any, Any], columns: Columns, groups: Mapping[str, Groups], lang: str, anchor: str
) -> str:
    """Give what the script needs: where the place is, its value of each filter, how its name is read."""
    found = f' id="place-{escape(anchor)}"' if anchor else ""
    if not is_missing(row[columns.lat.name]) and not is_missing(row[columns.lon.name]):
        found += f' data-at="{float(row[columns.lat.name]):.6g},{float(row[columns.lon.name]):.7g}"'
    if columns.filters:
        values = [
            int(is_yes(row[each.name]))
            if each.name in columns.marks
            else groups[each.name].number(value_text(row[each.name], each, lang))
            for each in columns.filters
        ]
        found += f' data-v="{",".join(map(str, values))}"'
    if columns.kana and not is_missing(row[columns.kana.name]):
        found += f' data-k="{escape(str(row[columns.kana.name]))}"'
    return found


def listed(items: Sequence[str]) -> str:
    """Give the items as a list; a long one in parts, which a browser need not look at before they come into view."""
    parts = []
    for first in range(0, len(items), PART):
        start = f' start="{first + 1}"' if first else ""
        parts.append(f'<ol class="kb-list" role="list"{start}>{"".join(items[first : first + PART])}</ol>')
    return "".join(parts)


def in_colour(word: str, colour: int) -> str:
    """Give a word with a dot of the colour of its points."""
    return f'<span class="kb-of kb-dot-{colour}">{escape(word)}</span>'


def marked(row: Mapping[Any, Any], columns: Columns) -> list[tuple[str, Any]]:
    """Give the words of the columns that hold yes or no, and what the row says there."""
    return [(label_of(each), row[each.name]) for each in columns.filters if each.name in columns.marks]


def label_of(field: Field) -> str:
    """Give a column's words without the group that a standard puts before them."""
    return field.title or field.name.rpartition("災害種別_")[2]


def page_of(setting: Setting, anchor: str, here: bool) -> str:
    """Give the address of a place: its own page, else its row in the list on the dataset's page."""
    if not anchor:
        return ""
    if setting.pages:
        return f"{setting.href}{quote(anchor)}/"
    return f"#place-{quote(anchor)}" if here else f"{setting.href}#place-{quote(anchor)}"
