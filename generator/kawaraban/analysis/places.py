"""Which rows of several lists are the same place, by name and place.

The law: two rows of one list are two places, unless they say the same throughout; a name that only contains another
counts only where nothing else could be meant. Places are hashed into a grid: no row is compared with every other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, floor, hypot, radians

from kawaraban.analysis.writing import plain, plain_address, plain_name

NEAR = 500.0  # metres: two rows of one name are one place
CLOSE = 50.0  # metres: a name may contain the other
DEGREE = 111_320.0  # metres of a degree of latitude
MOST = 30  # rows of one name, or at one spot, with which a row is compared
SHORTEST = 3  # letters of a name that another contains


@dataclass(frozen=True)
class Place:
    """A row as far as it says where it is. `source` numbers the list it is of; `town` is its municipality.

    `said` is all that the row says, but for its number: two rows of one list that say the same are one place.
    """

    name: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: int = 0
    town: str = ""
    said: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """The name as it is compared."""
        return plain_name(self.name, plain(self.town))

    @cached_property
    def site(self) -> str:
        """The address as it is compared; empty where it names no house or lot."""
        written = plain_address(self.address)
        return written if any(letter.isdigit() for letter in written) else ""

    def metres(self, other: "Place") -> float | None:
        """Give the distance to another place; None where one has no coordinates."""
        if self.latitude is None or self.longitude is None or other.latitude is None or other.longitude is None:
            return None
        east = (self.longitude - other.longitude) * cos(radians(self.latitude))
        return hypot(self.latitude - other.latitude, east) * DEGREE


class Index:
    """Finds the places of a list that could be the same as another place."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.named: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        self.housed: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.unplaced: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.spots: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.sites: dict[str, list[int]] = defaultdict(list)
        for index, place in enumerate(places):
            if not place.key:
                continue
            if place.site:
                self.housed[place.key, place.site].append(index)
                self.sites[place.site].append(index)
            if place.latitude is not None and place.longitude is not None:
                self.named[place.key, *_cell(place.latitude, place.longitude, NEAR)].append(index)
                self.spots[_cell(place.latitude, place.longitude, CLOSE)].append(index)
            elif not place.site:
                self.unplaced[place.key, plain(place.town)].append(index)

    def same(self, place: Place) -> list[int]:
        """Give the places of the same name at the same spot."""
        if not place.key:
            return []
        found = dict.fromkeys(self.housed.get((place.key, place.site), ())[:MOST] if place.site else ())
        if place.latitude is not None and place.longitude is not None:
            for cell in _around(_cell(place.latitude, place.longitude, NEAR)):
                for index in self.named.get((place.key, *cell), ())[:MOST]:
                    metres = place.metres(self.places[index])
                    if metres is not None and metres <= NEAR:
                        found[index] = None
        if not place.site or place.latitude is None:
            found.update(dict.fromkeys(self.unplaced.get((place.key, plain(place.town)), ())[:MOST]))
        return list(found)

    def alike(self, place: Place) -> list[tuple[float, int]]:
        """Give (metres, place) of those whose name contains this one's, or the other way, at the same spot."""
        found: dict[int, float] = {}
        if place.latitude is not None and place.longitude is not None:
            for cell in _around(_cell(place.latitude, place.longitude, CLOSE)):
                for index in self.spots.get(cell, ())[:MOST]:
                    metres = place.metres(self.places[index])
                    if metres is not None and metres <= CLOSE:
                        found[index] = metres
        if place.site:
            for index in self.sites.get(place.site, ())[:MOST]:
                metres = place.metres(self.places[index])
                if metres is None or metres <= NEAR:
                    found.setdefault(index, metres or 0.0)
        return [(metres, index) for index, metres in found.items() if _contains(place.key, self.places[index].key)]


def same_places(places: Sequence[Place]) -> list[int | None]:
    """Give for each place the number of its group, the first row in it; None where it stands alone."""
    index = Index(places)
    groups = _Groups(places)
    for pair in _twins(places):
        groups.join(*pair)
    partners: list[set[int]] = [{place.source} for place in places]
    pairs = []
    for number, place in enumerate(places):
        for other in index.same(place):
            if places[other].source != place.source:
                partners[number].add(places[other].source)
                partners[other].add(place.source)
                pairs.append((place.site != places[other].site, place.metres(places[other]) or 0.0, number, other))
    surest = [(number, other) for _, _, number, other in sorted(pairs)]
    for number, other in (*surest, *_only_ones(places, index, partners)):
        if not groups.sources(number) & groups.sources(other):
            groups.join(number, other)
    roots = [groups.root(number) for number in range(len(places))]
    sizes: dict[int, int] = defaultdict(int)
    for root in roots:
        sizes[root] += 1
    return [root if sizes[root] > 1 else None for root in roots]


def _twins(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Give the pairs of rows of one list that say the same throughout."""
    first: dict[tuple[int, tuple[str, ...]], int] = {}
    for number, place in enumerate(places):
        if place.said and place.key:
            before = first.setdefault((place.source, place.said), number)
            if before != number:
                yield before, number


def found_in(places: Iterable[Place], reference: Sequence[Place]) -> list[bool]:
    """Say for each place whether the reference holds it too."""
    index = Index(reference)
    return [bool(index.same(place) or index.alike(place)) for place in places]


def _only_ones(places: Sequence[Place], index: Index, partners: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
    """Give the pairs alike of which neither has another that it could be, nearest first."""
    candidates: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for number, place in enumerate(places):
        for metres, other in index.alike(place):
            theirs = places[other].source
            if theirs not in partners[number] and place.source not in partners[other]:
                candidates[number, theirs].append((metres, other))
    pairs = []
    for (number, _), found in candidates.items():
        metres, other = found[0]
        back = candidates.get((other, places[number].source), [])
        if len(found) == 1 and len(back) == 1 and number < other:
            pairs.append((metres, number, other))
    yield from ((number, other) for _, number, other in sorted(pairs))


class _Groups:
    """Sets of rows that can be joined (union-find)."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.parents = list(range(len(places)))
        self.lists: dict[int, set[int]] = {number: {place.source} for number, place in enumerate(places)}

    def root(self, number: int) -> int:
        """Give the first row of a row's group."""
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one group of those of two rows."""
        first, second = sorted((self.root(one), self.root(other)))
        if first != second:
            self.parents[second] = first
            self.lists[first] |= self.lists.pop(second)

    def sources(self, number: int) -> set[int]:
        """Give the lists that the rows of a group are of."""
        return self.lists[self.root(number)]


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST and short in long


def _cell(latitude: float, longitude: float, metres: float) -> tuple[int, int]:
    """Give the cell of the grid; in Japan one is at least `metres` wide from north to south and from east to west."""
    size = metres / DEGREE
    return floor(latitude / size), floor(longitude / (size * 1.5))


def _around(cell: tuple[int, int]) -> Iterator[tuple[int, int]]:
    north, east = cell
    yield from ((north + up, east + right) for up in (-1, 0, 1) for right in (-1, 0, 1))
