"""What the page tells beside the consolidated table: the places that differ, the references, the stated totals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

from kawaraban.analysis.adding_up import add_up, count_places
from kawaraban.analysis.consolidation import Column, Combined, combine
from kawaraban.analysis.places import Place, found_in
from kawaraban.analysis.summary import SHOWN, Spot, Total
from kawaraban.consolidating.reading import tables_of
from kawaraban.consolidating.source import Sourced, Taken, recognise, source_of, with_found
from kawaraban.gathering import Stated, stated_totals
from kawaraban.model import Dataset, Problem
from kawaraban.standards.catalogue import Standard, standard

CONCEPTS = {
    "名称": "name", "所在地_連結表記": "address", "緯度": "latitude", "経度": "longitude", "電話番号": "phone",
    "FAX番号": "phone", "ID": "identifier", "共通ID": "identifier", "地方公共団体名": "municipality",
    "全国地方公共団体コード": "municipality code", "市区町村コード": "municipality code",
    "備考": "remark",
}  # fmt: skip


def columns_of(wanted: Standard) -> list[Column]:
    """Give the columns of a standard's newest edition, in its order, with what they are for comparing."""
    return [
        Column(name, CONCEPTS.get(column, ""), wanted.columns[column].mark)
        for name, column in wanted.newest.columns.items()
    ]


def spots_of(combined: Combined, sourced: Sequence[Sourced]) -> Iterator[Spot]:
    """Give the first places of which the rows differ."""
    at = next((index for index, column in enumerate(combined.columns) if column.concept == "name"), 0)
    differing = [group for group in combined.groups if group.differences][:SHOWN]
    for group in differing:
        rows = [combined.rows[index] for index in group.rows]
        order = {index: number for number, index in enumerate(group.rows)}
        parts = [sourced[row.source].source for row in rows]
        yield Spot(
            rows[0].cells[at],
            tuple((part.publisher, part.slug, part.file, row.number) for part, row in zip(parts, rows, strict=True)),
            tuple(
                (each.column, tuple((value, tuple(order[index] for index in who)) for value, who in each.values))
                for each in group.differences
            ),
        )


def compare(
    combined: Combined, sourced: Sequence[Sourced], references: Sequence[Taken], folder: Path
) -> tuple[list[Sourced], tuple[tuple[str, str, int], ...], int | None]:
    """Give the sources with how many of their rows the references hold, the references, and the places in all."""
    if not references:
        return list(sourced), (), None
    places: list[Place] = []
    told = []
    for taken in references:
        count = 0
        for _, resource, table in tables_of([taken], folder, lambda *_: None):
            match = recognise(taken.dataset, resource, table)
            if match is not None:
                source = source_of(taken, resource, table, standard(match.name), match).source
                columns = [Column(name, CONCEPTS.get(name, "")) for name in source.cells]
                places += combine([source], columns).places
                count += table.rows
        told.append((taken.dataset.slug, taken.dataset.title, count))
    there = found_in(combined.places, places)
    counts = Counter(row.source for row, found in zip(combined.rows, there, strict=True) if found)
    groups = combined.group_of()
    in_all = len({groups.get(index, -index - 1) for index, found in enumerate(there) if found})
    return [with_found(each, counts[number]) for number, each in enumerate(sourced)], tuple(told), in_all


def totals_beside(
    dataset: Dataset, combined: Combined, sourced: Sequence[Sourced]
) -> tuple[tuple[Total, ...], list[Problem]]:
    """Give the stated totals beside what the rows give, and a problem for each that differs."""
    publishers = [each.source.publisher for each in sourced]
    totals: list[Total] = []
    problems: list[Problem] = []
    for stated in stated_totals(dataset):
        for total in _beside(stated, combined, publishers):
            totals.append(total)
            if total.difference != "0":
                problems.append(
                    Problem(
                        "total-differs", "warning", dataset.source, line=stated.line, label=total.column,
                        details={**asdict(total), "found": _range(total)},
                    )
                )  # fmt: skip
    return tuple(totals), problems


def _beside(stated: Stated, combined: Combined, publishers: Sequence[str]) -> Iterator[Total]:
    who = stated.publisher
    if stated.count is not None:
        places = Decimal(count_places(combined, who, publishers))
        yield _total(stated, "", stated.count, places, places)
    if stated.total is not None:
        found = add_up(combined, stated.column, who, publishers)
        if found is not None:
            made = _total(stated, stated.column, stated.total, found.least, found.most)
            yield replace(made, blank=found.blank, text=found.text)
        else:
            yield _total(stated, stated.column, stated.total, Decimal(), Decimal())


def _total(stated: Stated, column: str, given: Decimal, least: Decimal, most: Decimal) -> Total:
    difference = least - given if given < least else most - given if given > most else Decimal()
    return Total(
        stated.publisher, column, f"{given:f}", stated.source, f"{least:f}", f"{most:f}",
        f"{difference:+f}" if difference else "0",
    )  # fmt: skip


def _range(total: Total) -> str:
    return total.least if total.least == total.most else f"{total.least}–{total.most}"
