"""The rows of all datasets -> the consolidated table, what its page tells of it, and what could not take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kawaraban.analysis.adding_up import count_places
from kawaraban.analysis.consolidation import combine
from kawaraban.analysis.summary import Consolidation, Part
from kawaraban.consolidating.reading import standard_of, tables_of
from kawaraban.consolidating.source import Sourced, Taken, fit, recognise, source_of
from kawaraban.consolidating.table import with_table, write_table
from kawaraban.consolidating.telling import columns_of, compare, spots_of, totals_beside
from kawaraban.errors import KawarabanError
from kawaraban.model import Dataset, Problem, Table


@dataclass(frozen=True, slots=True)
class Made:
    """A consolidated dataset with its one table, what could not take part, and where each row is from."""

    dataset: Dataset
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    told: Consolidation | None = None
    sourced: tuple[Sourced, ...] = ()
    rows: tuple[tuple[int, int], ...] = ()


def consolidate(dataset: Dataset, parts: Sequence[Taken], references: Sequence[Taken], folder: Path) -> Made:
    """Give one table of the datasets that `consolidate:` names, written below `folder`."""
    problems: list[Problem] = []
    absent: list[Part] = []

    def leave_out(taken: Taken, error: KawarabanError) -> None:
        number = [each.slug for each in dataset.parts].index(taken.dataset.slug)
        line = dataset.lines.get(("kawaraban", "consolidate", number))
        problems.append(
            Problem(
                "not-consolidated", "warning", dataset.source, line=line, value=taken.dataset.slug, hint=error.hint,
                details={"what": error.what, **{key: str(each) for key, each in error.values.items()}},
            )
        )  # fmt: skip
        absent.append(Part(taken.dataset.slug, taken.dataset.title, file=error.where, why=error.what))

    found = [
        (taken, resource, table, recognise(taken.dataset, resource, table))
        for taken, resource, table in tables_of(parts, folder, leave_out)
    ]
    wanted = standard_of(dataset, [match for *_, match in found])
    sourced: list[Sourced] = []
    for taken, resource, table, match in found:
        if wanted is None:
            break
        try:
            sourced.append(source_of(taken, resource, table, wanted, fit(wanted, match, resource, table)))
        except KawarabanError as error:
            leave_out(taken, error)
    if wanted is None or not sourced:
        none = KawarabanError(
            "none of the datasets could be consolidated", hint="name the `standard:` that they follow"
        )
        problems.append(
            Problem("not-consolidated", "error", dataset.source, details={"what": none.what}, hint=none.hint)
        )
        return Made(dataset, (), tuple(problems))
    combined = combine([each.source for each in sourced], columns_of(wanted))
    table = write_table(dataset, wanted, combined, sourced, folder)
    totals, differing = totals_beside(dataset, combined, sourced)
    compared, told_references, found_count = compare(combined, sourced, references, folder)
    told = Consolidation(
        standard=wanted.name,
        title=wanted.title,
        edition=wanted.newest.title,
        rows=len(combined.rows),
        places=count_places(combined) if any(each.concept == "name" for each in combined.columns) else 0,
        groups=len(combined.groups),
        differing=sum(bool(each.differences) for each in combined.groups),
        parts=(*(each.part for each in compared), *absent),
        spots=tuple(spots_of(combined, compared)),
        totals=totals,
        references=told_references,
        found=found_count,
    )
    return Made(
        with_table(dataset, table), (table,), (*problems, *differing), told, tuple(compared),
        tuple((row.source, row.number) for row in combined.rows),
    )  # fmt: skip
