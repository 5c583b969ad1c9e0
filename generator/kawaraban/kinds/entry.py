"""What a page kind is given: a dataset as it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kawaraban.analysis.summary import Consolidation
from kawaraban.model import Dataset, Table, Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset, the tables its page shows, and its state.

    `tables` are today's where the dataset is valid; else those of the last good version, whose date is `as_of`;
    else none. `dataset` is the version the tables are of; `verdict` is today's. `consolidation` says how it was made,
    where it is made of others.
    """

    dataset: Dataset
    tables: tuple[Table, ...]
    verdict: Verdict
    updated: str = ""
    as_of: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    consolidation: Consolidation | None = None

    @property
    def held(self) -> bool:
        return not self.verdict.valid

    @property
    def has_pages(self) -> bool:
        """Say whether each of its places is to have a page."""
        return self.dataset.kind == "places" and self.dataset.own.get("pages") is True and bool(self.tables)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def formats(self) -> Sequence[str]:
        return list(dict.fromkeys(resource.format.upper() for resource in self.dataset.resources))

    def translated(self, lang: str) -> Mapping[str, Any]:
        """Give what the descriptor says of itself in another language."""
        found = self.dataset.own.get("translations")
        words = found.get(lang) if isinstance(found, Mapping) else None
        return words if isinstance(words, Mapping) else {}
