"""A card as plain values: what a view gives in one state, and what a page knows of it. Its look is in frame.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kawaraban.model import Field
from kawaraban.views.text import is_missing

if TYPE_CHECKING:
    import pandas as pd

PICTURED = ("chart", "map")  # views with a drawing
SHOWS = ("daily", "cumulative", "share")  # what `show:` of a chart may be


@dataclass(frozen=True, slots=True)
class Number:
    """A big number: its text and unit, the change to the one before (`kind`: up, down or same), and its date."""

    text: str
    unit: str = ""
    change: str = ""
    kind: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One card in one state.

    `body` is HTML, and `table` the HTML of exactly what is shown where the body does not hold it. `rows` are the same
    as CSV. `picture` is the drawing as SVG for a desk, `small` for a phone; `told` says it in words. `state` is what
    the view itself calls this state.
    """

    view: str
    title: str = ""
    note: str = ""
    body: str = ""
    table: str = ""
    rows: str = ""
    picture: str = ""
    small: str = ""
    told: str = ""
    state: str = ""
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page knows of a card: its name, the names of its states, where its files are, the code that embeds it.

    `files` is the folder of the card's files; where it is empty, the card has none, and without `images` no PNG.
    `link` leads to the card on its page. `alone` says that the card is all there is.
    """

    name: str
    states: Sequence[str] = ()
    files: str = ""
    code: str = ""
    link: str = ""
    alone: bool = False
    images: bool = True


def kept(card: Card) -> dict[str, Any]:
    """Give the card as it is kept."""
    return asdict(card)


def restored(values: Mapping[str, Any]) -> Card:
    """Give the card that was kept."""
    number = values.get("number")
    return Card(**{**values, "number": Number(**number) if number else None})


def csv_text(frame: "pd.DataFrame", fields: Sequence[Field], say: Callable[[str], str]) -> str:
    """Give the rows as CSV: headings with their units, numbers plain, dates as ISO 8601."""
    headed = say("{column} ({unit})")
    head = [headed.format(column=each.label, unit=each.unit) if each.unit else each.label for each in fields]
    lines = [head, *([_cell(each) for each in row] for row in frame.itertuples(index=False, name=None))]
    return "".join(",".join(map(_quoted, line)) + "\r\n" for line in lines)


def _quoted(text: str) -> str:
    """Give text as a cell (RFC 4180)."""
    return '"' + text.replace('"', '""') + '"' if any(each in text for each in ',"\r\n') else text


def _cell(value: Any) -> str:
    if isinstance(value, tuple):  # a missing value that the file has a word for
        return str(value[0])
    if is_missing(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return str(value.normalize()) if value != value.to_integral_value() else str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def file_names(view: str, at: int, images: bool) -> list[tuple[str, str]]:
    """Give the files of a card in its state number `at`, and what they are called; without `images`, no PNG."""
    tail = f"-{at}" if at > 1 else ""
    found = [(f"data{tail}.csv", "Data (CSV)")]
    if view in PICTURED:
        found.append((f"chart{tail}.svg", "Image (SVG)"))
    if view in (*PICTURED, "figure") and images:
        found.append((f"card{tail}.png", "Image (PNG)"))
    return found
