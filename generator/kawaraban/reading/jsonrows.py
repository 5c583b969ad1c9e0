"""JSON rows -> grid: a list of objects, one per row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kawaraban.errors import KawarabanError
from kawaraban.model import Grid, Origin
from kawaraban.reading.values import text_of


def rows_of(value: Any, shown: str) -> Grid:
    """Give the grid of a parsed list of objects; its columns are all their keys, in the order first met."""
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        raise KawarabanError(
            "the JSON is not a list of objects", shown, 'write the rows as [{{"column": value, ...}}, ...]'
        )
    return Grid(Origin(shown, "rows", header=0), object_rows(value), "utf-8")


def object_rows(objects: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, list[str]]]:
    """Give a header row of all keys, then a row of text per object, numbered from 1."""
    columns = list(dict.fromkeys(key for each in objects for key in each))
    yield 0, columns
    for number, each in enumerate(objects, start=1):
        yield number, [text_of(each.get(column)) for column in columns]
