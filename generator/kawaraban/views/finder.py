"""What finds a place in the list of a map: search, filters, nearest first. The script shows it; it sends nothing."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from kawaraban.views import places
from kawaraban.views.columns import Columns
from kawaraban.views.placelist import COLOURS, Groups, label_of
from kawaraban.views.spec import Setting
from kawaraban.views.usable import is_yes


def finder(
    columns: Columns, groups: Mapping[str, Groups], rows: Sequence[Mapping[Any, Any]], setting: Setting
) -> str:
    """Give the form. It is hidden until the script, without which it does nothing, is there."""
    say = setting.say
    parts = [f'<label>{escape(say("Find by name or address"))}<input type="search" autocomplete="off"></label>']
    boxes: list[str] = []
    for number, each in enumerate(columns.filters):
        label = escape(label_of(each))
        if each.name in columns.marks:
            count = sum(is_yes(row[each.name]) for row in rows)
            boxes.append(
                f'<label><input type="checkbox" value="1" data-f="{number}">{label} '
                f'<span class="kb-count">{count:,}</span></label>'
            )
        else:
            options = "".join(
                f'<option value="{index}">{escape(value or say("no value"))} ({count:,})</option>'
                for index, (value, count) in enumerate(groups[each.name].counts.items())
            )
            every = f'<option value="">{escape(say("any value"))}</option>'
            parts.append(f'<label>{label}<select data-f="{number}">{every}{options}</select></label>')
    near, hint = (
        escape(say(each))
        for each in (
            "Nearest to me first",
            "Where you are is used on this screen only. It is not sent anywhere.",
        )
    )
    parts.append(
        f'<p><button type="button" class="kb-button kb-near" aria-pressed="false" title="{hint}">{near}</button></p>'
    )
    if boxes:
        named = [each for each in columns.filters if each.name in columns.marks]
        title = "Usable for" if len(places.hazards(named)) == len(named) else "Only those with"
        parts.append(f"<fieldset><legend>{escape(say(title))}</legend>{''.join(boxes)}</fieldset>")
    return f'<form class="kb-find" hidden>{"".join(parts)}</form>'


def legend(columns: Columns, groups: Mapping[str, Groups], setting: Setting) -> str:
    """Give the colours with their words."""
    if columns.color is None:
        return ""
    own = groups[columns.color.name]
    named = [(own.colour(each), each or setting.say("no value")) for each in own.counts]
    if len(named) > COLOURS:
        rest = [each for each in named if each[0] == COLOURS]
        others = setting.say("{count} others").format(count=len(rest))
        named = [each for each in named if each[0] != COLOURS] + [(COLOURS, others)]
    items = "".join(
        f'<li><span class="kb-dot kb-dot-{colour}" aria-hidden="true"></span>{escape(each)}</li>'
        for colour, each in named
    )
    return f'<ul class="kb-legend">{items}</ul>'


def for_the_script(setting: Setting, count: int) -> str:
    """Give the attributes that hold the tiles and the sentences of the map's script."""
    say = setting.say
    said = {
        "all": say("{count} places").format(count=f"{count:,}"),
        "some": say("{found} of {count} places").replace("{count}", f"{count:,}"),
        "more": say("Show {count} more ({rest} are left)"),
        "near": say("Nearest first. The nearest is {name} ({far})."),
        "lost": say("Where you are could not be found."),
        "in": say("Zoom in"), "out": say("Zoom out"), "close": say("Close"),
    }  # fmt: skip
    packed = json.dumps({"tiles": setting.tiles, "say": said}, ensure_ascii=False, separators=(",", ":"))
    return f' data-map="{escape(packed)}"'
