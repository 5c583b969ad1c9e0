"""The tables of datasets, as far as they may take part, and the standard that they follow."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kawaraban.adding import propose
from kawaraban.checking.privacy import HIDDEN, PARTS
from kawaraban.consolidating.source import Taken
from kawaraban.errors import KawarabanError
from kawaraban.model import Dataset, Resource, Table
from kawaraban.reading import read, read_rows
from kawaraban.standards.catalogue import Standard, standard
from kawaraban.standards.match import Match
from kawaraban.tidying.apply import tidy_by
from kawaraban.tidying.plain import tidy

PERSONAL = {*PARTS, HIDDEN}
LeaveOut = Callable[[Taken, KawarabanError], None]


def tables_of(parts: Sequence[Taken], folder: Path, leave_out: LeaveOut) -> Iterator[tuple[Taken, Resource, Table]]:
    """Give every table that may take part; what has to be read anew is written below `folder`.

    Rows of a dataset with errors take part, and say so: in a disaster a list with a mistake is better than none. Not
    so where personal data was seen in it: what is published cannot be taken back.
    """
    for taken in parts:
        dataset = taken.dataset
        if any(each.kind in PERSONAL and each.severity == "error" for each in taken.verdict.problems):
            leave_out(taken, _refused("“{title}” holds what looks like personal data", dataset))
            continue
        if not dataset.resources:
            leave_out(taken, _refused("“{title}” has no file that can be read", dataset))
        made = {table.name: table for table in taken.tables}
        for resource in dataset.resources:
            try:
                yield taken, resource, _table(dataset, resource, made.get(resource.name), folder)
            except KawarabanError as error:
                leave_out(taken, error)


def _refused(what: str, dataset: Dataset) -> KawarabanError:
    hint = "mend that dataset first: `kawaraban validate {slug}`"
    return KawarabanError(what, dataset.source, hint, title=dataset.title, slug=dataset.slug)


def _table(dataset: Dataset, resource: Resource, made: Table | None, folder: Path) -> Table:
    """Give the table of a resource: as its descriptor says; where that says nothing, as `kawaraban add` would."""
    if resource.recipe or resource.schema or dataset.own.get("standard"):
        if made is None:
            raise _refused("“{title}” has no file that can be read", dataset)
        return made
    sheet = resource.dialect.get("sheet")
    proposed = propose(resource.file, sheet if isinstance(sheet, str) else "").resource
    proposed = replace(proposed, name=resource.name, path=resource.path, encoding=resource.encoding)
    shown = f"{dataset.source.rpartition('/')[0]}/{resource.path}".lstrip("/")
    if proposed.recipe is None:
        return tidy(read(proposed, shown), proposed, folder)
    return tidy_by(read_rows(proposed, shown), proposed, folder)


def standard_of(dataset: Dataset, found: Sequence[Match | None]) -> Standard | None:
    """Give the standard that the descriptor names, else the one that most tables follow; None where there is none."""
    named = dataset.own.get("standard")
    if isinstance(named, str) and named:
        return standard(named)
    counts = Counter(match.name for match in found if match is not None)
    return standard(counts.most_common(1)[0][0]) if counts else None
