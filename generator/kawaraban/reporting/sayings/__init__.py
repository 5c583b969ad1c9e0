"""Every kind of problem -> (what is wrong, what to do, why it matters). English here, the rest in words/*.po.

The names in braces are filled by reporting.sentences: value, fix, label, note, type, format, and a problem's details.
The third, without names, is what the manual says of the kind.
"""

from kawaraban.reporting.sayings import (
    bounds,
    consolidation,
    japan,
    places,
    privacy,
    reading,
    rows,
    tables,
    text,
    versions,
)
from kawaraban.reporting.sayings.tables import Saying

SENTENCES: dict[str, Saying] = {
    kind: saying
    for room in (tables, reading, text, japan, places, rows, versions, privacy, bounds, consolidation)
    for kind, saying in room.SAYINGS.items()
}
