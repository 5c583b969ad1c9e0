"""What a chart shows, as plain values, before anything is drawn. Frozen: a panel of a chart is another chart."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from kawaraban.model import Field
from kawaraban.views import axes
from kawaraban.views.text import is_year, number_text, value_text

WIDTHS = {"wide": 680, "narrow": 340}  # px of the whole drawing
HEIGHTS = {"wide": 260, "narrow": 190}  # px of the plot alone
STEPPED = ("calendar", "choropleth")  # marks whose numbers are steps of one colour
BARS = ("bar", "grouped bar", "stacked bar", "bar with line")


class Row(NamedTuple):
    """One value: where it stands (a name, a number, or a moment in days), how much, and which series and panel."""

    base: Any
    measure: float
    series: str = ""
    panel: str = ""


@dataclass(frozen=True, slots=True)
class Channels:
    """Which column goes where, and the unit of the numbers."""

    mark: str
    x: Field
    y: Field
    color: Field | None
    unit: str
    facet: Field | None = None

    @property
    def bars(self) -> bool:
        return self.mark in BARS

    @property
    def lying(self) -> bool:
        """Bars that lie: numbers along x, names along y."""
        return self.mark == "pyramid" or (
            self.bars and axes.kind_of(self.y) == "ordinal" and axes.kind_of(self.x) == "quantitative"
        )

    @property
    def measure(self) -> Field:
        return self.x if self.lying else self.y

    @property
    def base(self) -> Field:
        return self.y if self.lying else self.x

    @property
    def kind(self) -> str:
        """What the base is: bars stand on names, or on moments."""
        kind = axes.kind_of(self.base)
        return "ordinal" if kind == "quantitative" and self.bars else kind


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart's values and wishes.

    `lines` are the series that are lines above bars, `line_unit` is their unit where they have an axis of their own.
    `bin` is the width of a histogram's bins. `domain` and `places` are what the axes have to hold where panels share
    them. `shapes` are boundaries, as GeoJSON text by name.
    """

    channels: Channels
    rows: tuple[Row, ...]
    lang: str = "ja"
    era: bool = False
    height: int | None = None
    series: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    lines: frozenset[str] = frozenset()
    line_unit: str | None = None
    notes: tuple[tuple[Any, str], ...] = ()
    targets: tuple[tuple[str, float], ...] = ()
    average: int = 0
    average_name: str = ""
    bin: float = 0.0
    domain: tuple[float, float] | None = None
    places: tuple[Any, ...] = ()
    shapes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        return self.channels.mark

    @property
    def bases(self) -> dict[Any, int]:
        """The places along the base, in order, each with its number."""
        return {
            each: number for number, each in enumerate(dict.fromkeys(self.places or (row.base for row in self.rows)))
        }

    @property
    def stacked(self) -> bool:
        return self.mark in ("stacked bar", "area") and bool(self.series)

    def of_series(self, name: str) -> list[Row]:
        return [row for row in self.rows if row.series == name]

    def of_panel(self, name: str) -> "Chart":
        return replace(self, rows=tuple(row for row in self.rows if row.panel == name), panels=())

    def said(self, value: float, unit: str | None = None) -> str:
        """Give a value with its unit."""
        return f"{number_text(value)}{self.channels.unit if unit is None else unit}"

    def label(self, value: float) -> str:
        """Give a value as a label on the drawing has room for it."""
        return axes.short(value, self.lang, self.channels.unit)

    def place(self, base: Any) -> str:
        """Give what is said of a place along the base."""
        field = self.channels.base
        if isinstance(base, str):
            return base
        if self.mark == "histogram":
            return f"{number_text(base)}–{number_text(round(base + self.bin, 9))}{field.unit}"
        if self.channels.kind == "temporal":
            day = date.fromordinal(int(base))
            return value_text(day, field, self.lang)
        if is_year(field):
            return axes.year_text(int(base), field, self.lang, self.era)
        return f"{number_text(base)}{field.unit}"

    def extent(self) -> tuple[float, float]:
        """Give the lowest and the highest number that the axis has to hold."""
        if self.domain:
            return self.domain
        values = [row.measure for row in self.rows if row.series not in self.lines or self.line_unit is None]
        if self.stacked or self.mark == "histogram":
            ups: dict[Any, float] = {}
            downs: dict[Any, float] = {}
            for row in self.rows:
                side = ups if row.measure >= 0 else downs
                side[row.base, row.panel] = side.get((row.base, row.panel), 0.0) + row.measure
            values = [*ups.values(), *downs.values()]
        values += [each for _, each in self.targets]
        low, high = min(values), max(values)
        if self.mark in STEPPED:
            return low, high
        solid = self.channels.bars or self.mark in ("area", "histogram", "pyramid")
        if solid or axes.begins_at_zero(low, high):
            low, high = min(low, 0.0), max(high, 0.0)
        return low, high


@dataclass(frozen=True, slots=True)
class Room:
    """The room a drawing has: its width in px, whether it is a phone's, whether it is one of many panels.

    Panels have no `legend` of their own.
    """

    width: float
    narrow: bool = False
    compact: bool = False
    legend: bool = True

    @property
    def tall(self) -> float:
        """The height of the plot where nothing else decides it."""
        return 110 if self.compact else HEIGHTS["narrow" if self.narrow else "wide"]


class Drawn(NamedTuple):
    """A piece of SVG and its size in px."""

    inner: str
    width: float
    height: float
