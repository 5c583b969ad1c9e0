"""What a person wrote for a view, checked: known keys, known columns, known words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Field

LARGEST = 10_000  # rows or px that a key may ask for
COMMON = ("data", "sql", "where", "title", "note", "description", "card", "toggle")


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of a published table: how many `where:` chooses, the address of its CSV, of its chunks and their
    number (0: there are none), and the values of each column that has only a few."""

    count: int
    csv: str
    rows: str = ""
    chunks: int = 0
    choices: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a view will stand: the language, and the dataset it is out of (title, address, date), if any.

    `whole` says what a table of rows is the beginning of. `tiles` lie under a map; with `pages`, each place of the
    dataset has a page.
    """

    lang: str = "ja"
    say: Callable[[str], str] = str
    source: str = ""
    href: str = ""
    updated: str = ""
    whole: Whole | None = None
    tiles: Mapping[str, Any] | None = None
    pages: bool = False


@dataclass(frozen=True, slots=True)
class Spec:
    """A view's keys, and the fields of the table it is about; `shapes` are boundaries, as GeoJSON text by name."""

    view: str
    values: Mapping[str, Any]
    fields: tuple[Field, ...]
    shapes: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        return "" if value is None else str(value)

    def number(self, key: str, usual: int) -> int:
        """Give a whole number above 0."""
        value = self.values.get(key, usual)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST:
            raise KawarabanError(
                "`{key}` must be a whole number above 0",
                key,
                "write a number of at most {most}",
                key=key,
                most=LARGEST,
            )
        return value

    def column(self, key: str) -> str | None:
        """Give the column that `key` names, if any; KawarabanError with the nearest where it is not there."""
        value = self.values.get(key)
        return None if value is None else self.known(value, key)

    def needed(self, key: str) -> str:
        """Give the column that `key` names; KawarabanError where it names none."""
        found = self.column(key)
        if found is None:
            names = ", ".join(each.name for each in self.fields[:30])
            raise KawarabanError("`{key}:` is missing", key, "known here: {names}", key=key, names=names)
        return found

    def columns(self, key: str) -> tuple[str, ...]:
        """Give the columns that `key` names, one or a list of them."""
        value = self.values.get(key)
        if value is None:
            return ()
        return tuple(self.known(each, key) for each in (value if isinstance(value, list) else [value]))

    def known(self, name: Any, key: str) -> str:
        names = [each.name for each in self.fields]
        if str(name) not in names:
            raise unknown("there is no column {word}", name, names, key)
        return str(name)

    def one_of(self, key: str, words: Sequence[str], usual: str | None = None) -> str | None:
        value = self.values.get(key, usual)
        if value is not None and value not in words:
            raise unknown("`{word}` is not known here", value, words, key)
        return None if value is None else str(value)

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    @property
    def where(self) -> Mapping[str, Any]:
        """The rows wanted: column -> value or list of values."""
        value = self.values.get("where", {})
        if not isinstance(value, Mapping):
            raise KawarabanError(
                "`{key}` must hold keys and values", "where", "write `where: {{column: value}}`", key="where"
            )
        return {self.known(key, "where"): each for key, each in value.items()}


def check_keys(values: Any, keys: Sequence[str], view: str) -> Mapping[str, Any]:
    """Give the mapping; KawarabanError for a key that the view does not have."""
    if not isinstance(values, Mapping):
        raise KawarabanError("a {view} holds keys and values", "", "write `key: value` on each line", view=view)
    for key in values:
        if key not in (*COMMON, *keys):
            raise unknown("`{word}` is not a key here", key, (*keys, *COMMON), key)
    return values
