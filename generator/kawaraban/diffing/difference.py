"""What changed between two versions of a table, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FIRST = 20  # rows of each kind that are kept; the others are counted


@dataclass(frozen=True, slots=True)
class Change:
    """A row that changed: its key, and for each column that differs what stood there and what stands there now."""

    key: Mapping[str, str]
    columns: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column of numbers, before and now."""

    column: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one resource.

    `key` are the columns by which rows are known again; where there are none, equal rows are matched, and the others
    by what most resembles them. `first_*` hold the first rows of each kind. `renamed` is old name -> new name,
    `types` column -> (before, now), `categories` column -> (new words, lost words). A table that is `new` or `gone`
    has nothing to be compared with.
    """

    name: str
    key: tuple[str, ...] = ()
    rows_before: int = 0
    rows_after: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    categories: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    first_added: tuple[Mapping[str, str], ...] = ()
    first_removed: tuple[Mapping[str, str], ...] = ()
    first_changed: tuple[Change, ...] = ()
    state: str = "changed"  # changed | same | new | gone

    @property
    def nothing(self) -> bool:
        """Say whether nothing changed."""
        told = (
            self.added,
            self.removed,
            self.changed,
            self.columns_added,
            self.columns_removed,
            self.renamed,
            self.types,
        )
        return self.state in ("changed", "same") and not any(told)

    def as_json(self) -> dict[str, Any]:
        """Give the object of `kawaraban diff --format json`."""
        return {
            "name": self.name,
            "state": "same" if self.nothing else self.state,
            "key": list(self.key),
            "rows": {"before": self.rows_before, "after": self.rows_after},
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "columns": {
                "added": list(self.columns_added),
                "removed": list(self.columns_removed),
                "renamed": dict(self.renamed),
                "types": {name: list(each) for name, each in self.types.items()},
            },
            "totals": [asdict(each) for each in self.totals],
            "categories": {
                name: {"new": list(new), "lost": list(lost)} for name, (new, lost) in self.categories.items()
            },
            "first": {
                "added": [dict(each) for each in self.first_added],
                "removed": [dict(each) for each in self.first_removed],
                "changed": [
                    {"key": dict(each.key), "columns": {name: list(pair) for name, pair in each.columns.items()}}
                    for each in self.first_changed
                ],
            },
        }
