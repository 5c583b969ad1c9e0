"""Where the rows of a table are: latitudes and longitudes as numbers. Several signs ask; the work is done once.

A place is in two columns, in one cell (`35.18,140.31`), or in a GeoJSON geometry, of which the first position counts.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from kawaraban.checking.oddities import Oddities, find_oddities, in_japan
from kawaraban.checking.sheet import Sheet
from kawaraban.roles import role_of

Form = Literal["columns", "cell", "geometry"]
NUMBER = r"[+-]?\d+(?:\.\d*)?"
PAIRS: dict[Form, str] = {
    "cell": rf"^[\[(]?(?P<first>{NUMBER})\s*[,、，;/ ]\s*(?P<second>{NUMBER})[\])]?$",
    "geometry": rf'"coordinates":\[+(?P<first>{NUMBER}(?:[eE][+-]?\d+)?),(?P<second>{NUMBER}(?:[eE][+-]?\d+)?)',
}
WORDS = re.compile(r"緯度|経度|北緯|東経|latitude|longitude|lat|lo?ng?", re.IGNORECASE)
PART = re.compile(r"[分秒]|測地系|精度|区分|種別|minute|second", re.IGNORECASE)  # of a latitude, or about it
NORTH_FIRST = re.compile(r"緯度.*経度|lat.*lo?ng?", re.IGNORECASE)
EAST_FIRST = re.compile(r"経度.*緯度|lo?ng?.*lat", re.IGNORECASE)
# 354123 or 354123000 (milliseconds): degrees, minutes, seconds
PACKED = (
    re.compile(r"(?:2|3|4)\d[0-5]\d[0-5]\d(?:\d{3})?(?:\.\d+)?"),
    re.compile(r"1[2-5]\d[0-5]\d[0-5]\d(?:\d{3})?(?:\.\d+)?"),
)
ENOUGH = 15  # different places; by chance so many do not look like degrees, minutes and seconds


@dataclass(frozen=True)
class Points:
    """The places in one pair of columns (or in one column, which is then both `latitude` and `longitude`).

    `north` and `east` are numpy arrays of float64, NaN where there is no number. A position in them is a row: first
    the regular rows in their order, then the ragged ones. `half` has the positions where one of two cells is empty.
    `loose` are the columns that hold other text beside numbers.
    """

    sheet: Sheet
    latitude: int
    longitude: int
    form: Form
    north: Any
    east: Any
    half: Any
    loose: tuple[int, ...] = ()
    flipped: bool = False  # in one cell: longitude comes first

    @cached_property
    def oddities(self) -> Oddities:
        """What cannot be a place in Japan."""
        return find_oddities(self.north, self.east, self.packed, alone=self.sheet.table.origin.form == "features")

    @cached_property
    def inside(self) -> Any:
        """The mask of the places in Japan."""
        return in_japan(self.north, self.east)

    @cached_property
    def located(self) -> Any:
        """The positions with two numbers."""
        import numpy as np

        return np.flatnonzero(np.isfinite(self.north) & np.isfinite(self.east))

    def read(self, positions: Any) -> Iterator[tuple[int, str, str]]:
        """Give (row, latitude, longitude) at some positions (in order), as they are written."""
        import numpy as np

        columns = self.sheet.columns
        wanted = np.asarray(positions, np.int64)
        if not len(wanted):
            return
        regular = wanted[wanted < columns.regular]
        cells = [self.latitude] if self.latitude == self.longitude else [self.latitude, self.longitude]
        taken = [columns.column(each).take(regular).to_pylist() for each in cells]
        for row, *texts in zip(columns.numbers()[regular].tolist(), *taken, strict=True):
            yield row, *self._parts(texts)
        for each in wanted[wanted >= columns.regular]:
            row, ragged = columns.ragged[each - columns.regular]
            yield row, *self._parts([ragged[at] if at < len(ragged) else "" for at in cells])

    def _parts(self, texts: list[str]) -> tuple[str, str]:
        if self.form == "columns":
            return texts[0].strip(), texts[1].strip()
        found = re.search(PAIRS[self.form], texts[0].strip())
        first, second = (found["first"], found["second"]) if found else texts[0].strip().partition(",")[::2]
        return (second, first) if self.flipped else (first, second)

    def packed(self, positions: Any) -> bool:
        """Say whether all the numbers there are degrees, minutes and seconds in a row, such as 354123."""
        seen = [(north, east) for _, north, east in self.read(positions)]
        alike = all(each.fullmatch(text) for pair in seen for each, text in zip(PACKED, pair, strict=True))
        return alike and min(len({each[side] for each in seen}) for side in (0, 1)) >= ENOUGH if seen else False


@lru_cache(maxsize=1)
def find_points(sheet: Sheet) -> tuple[Points, ...]:
    """Give the places of a table, a `Points` for each pair of columns that hold them. The last table's are kept."""
    if not sheet.rows:
        return ()
    return (*_in_columns(sheet), *_in_cells(sheet))


def pairs(sheet: Sheet) -> list[tuple[int, int]]:
    """Give the columns of latitude and longitude that belong together: by their names, else by neighbourhood."""
    stems = [WORDS.sub("", unicodedata.normalize("NFKC", name)).strip() for name in sheet.names]
    roles = ["" if PART.search(stem) else role_of(name) for stem, name in zip(stems, sheet.names, strict=True)]
    north = [at for at, role in enumerate(roles) if role == "latitude"]
    east = [at for at, role in enumerate(roles) if role == "longitude"]
    found = []
    for by_name in (True, False):
        for latitude in list(north):
            fits = [at for at in east if (stems[at] == stems[latitude] if by_name else abs(at - latitude) == 1)]
            if fits:
                longitude = min(fits, key=lambda at, latitude=latitude: abs(at - latitude))  # type: ignore[misc]
                north.remove(latitude)
                east.remove(longitude)
                found.append((latitude, longitude))
    return sorted(found)


def _in_columns(sheet: Sheet) -> Iterator[Points]:
    for latitude, longitude in pairs(sheet):
        import numpy as np

        north, no_north, loose_north = _numbers(_texts(sheet, latitude))
        east, no_east, loose_east = _numbers(_texts(sheet, longitude))
        loose = [column for column, each in ((latitude, loose_north), (longitude, loose_east)) if each]
        half = np.flatnonzero(no_north ^ no_east)
        yield Points(sheet, latitude, longitude, "columns", north, east, half, tuple(loose))


def _in_cells(sheet: Sheet) -> Iterator[Points]:
    for column, name in enumerate(sheet.names):
        form: Form = "geometry" if name == "geometry" and sheet.table.origin.form == "features" else "cell"
        pointed = sheet.type(column) == "geopoint"  # Table Schema: longitude first
        if form == "cell" and not pointed and role_of(name) != "coordinates":
            continue
        import numpy as np

        first, second = _two(_texts(sheet, column), form)
        if pointed or form == "geometry" or EAST_FIRST.search(name):
            flipped = True
        else:  # where the name does not say which comes first, the values do
            turned = in_japan(second, first).sum() > in_japan(first, second).sum()
            flipped = not NORTH_FIRST.search(name) and bool(turned)
        north, east = (second, first) if flipped else (first, second)
        if np.isfinite(north).any():
            yield Points(sheet, column, column, form, north, east, np.zeros(0, np.int64), flipped=flipped)


def _two(array: Any, form: Form) -> tuple[Any, Any]:
    """Give the two numbers of every cell."""
    import pyarrow.compute as pc

    if form == "cell":  # cutting at the comma is eight times as fast as a regular expression
        cut = pc.split_pattern(pc.if_else(pc.equal(array, ""), ",", array), ",")
        if pc.all(pc.equal(pc.list_value_length(cut), 2)).as_py():
            numbers = _numbers(pc.list_flatten(cut))[0]
            return numbers[::2].copy(), numbers[1::2].copy()
    found = pc.extract_regex(pc.utf8_trim_whitespace(array), PAIRS[form])
    first, second = (pc.fill_null(pc.struct_field(found, [part]), "") for part in ("first", "second"))
    return _numbers(first)[0], _numbers(second)[0]


def _texts(sheet: Sheet, column: int) -> Any:
    """Give a column of the regular rows, then of the ragged ones."""
    import pyarrow as pa

    array = sheet.columns.column(column)
    ragged = [cells[column] if column < len(cells) else "" for _, cells in sheet.columns.ragged]
    return pa.chunked_array([*array.chunks, pa.array(ragged, pa.string())], pa.string()) if ragged else array


def _numbers(array: Any) -> tuple[Any, Any, bool]:
    """Give the numbers of a column (else NaN), the mask of its empty cells, and if it holds other text."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    empty = np.zeros(len(array), bool)
    if not len(array):
        return np.zeros(0), empty, False
    try:
        if pc.min(pc.binary_length(array)).as_py() == 0:
            blank = pc.equal(array, "")
            empty = blank.to_numpy(zero_copy_only=False)
            array = pc.if_else(blank, None, array)
        return array.cast(pa.float64()).to_numpy(zero_copy_only=False), empty, False
    except pa.ArrowInvalid:
        array = pc.fill_null(pc.utf8_trim_whitespace(array), "")
        blank, bare = pc.equal(array, ""), pc.match_substring_regex(array, f"^{NUMBER}$")
        numbers = pc.if_else(bare, array, None).cast(pa.float64())
        loose = not pc.all(pc.or_(blank, bare)).as_py()
        return numbers.to_numpy(zero_copy_only=False), blank.to_numpy(zero_copy_only=False), loose
