"""The rows of all sources -> a tidy table: the standard's columns, then where each row is from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kawaraban.analysis.consolidation import Column, Combined
from kawaraban.cache import digest
from kawaraban.consolidating.source import Sourced, field_of
from kawaraban.model import Dataset, Origin, Resource, Table
from kawaraban.standards.catalogue import Standard
from kawaraban.tidying.plain import write_tidy
from kawaraban.tidying.types import type_of

# what stands after the standard's columns: where a row is from, and what is known of it
ADDED = {
    "公開者": "データを公開している自治体や団体",
    "時点": "いつの時点のデータか。元のデータやファイル名に書いてあるときだけ",
    "元データ": "まとめる前のデータの、フォルダーの名前",
    "元ファイル": "まとめる前のファイルの名前",
    "シート": "元のファイルのシートの名前",
    "行": "元のファイルでの行の番号",
    "検査": "「要確認」は、元のデータに誤りが見つかっている行",
    "同一施設": "同じ場所とみた行に付く、同じ番号",
    "相違": "同じ場所とみた行のあいだで、値が食い違う列の名前",
}
UNCHECKED = "要確認"


def with_table(dataset: Dataset, table: Table) -> Dataset:
    """Give a dataset whose one resource is the table that was made for it."""
    name = f"{table.name}.csv"
    descriptor = {"name": table.name, "path": name}
    return replace(
        dataset, resources=(Resource(table.name, name, table.file, "csv", "utf-8", {}, table.schema, descriptor),)
    )


def write_table(
    dataset: Dataset, wanted: Standard, combined: Combined, sourced: Sequence[Sourced], folder: Path
) -> Table:
    """Give the consolidated table, written below `folder`."""
    taken = {column.name for column in combined.columns}
    added = [name if name not in taken else f"{name}_統合" for name in ADDED]
    names = [*(column.name for column in combined.columns), *added]
    groups = combined.group_of()
    differ = {
        number: ";".join(each.column for each in group.differences) for number, group in enumerate(combined.groups, 1)
    }

    def rows() -> Iterator[tuple[int, list[str]]]:
        for index, row in enumerate(combined.rows):
            source = sourced[row.source].source
            group = groups.get(index, 0)
            yield index + 2, [
                *row.cells, source.publisher, source.as_of, source.slug, source.file, source.sheet, str(row.number),
                "" if source.checked else UNCHECKED, str(group or ""), differ.get(group, ""),
            ]  # fmt: skip

    file, content, _ = write_tidy(names, rows(), folder)
    fields = [
        _field(wanted, column, [row.cells[at] for row in combined.rows]) for at, column in enumerate(combined.columns)
    ]
    fields += [
        {"name": name, "type": "integer" if given == "行" else "string", "description": described}
        for name, (given, described) in zip(added, ADDED.items(), strict=True)
    ]
    schema = {"fields": fields, "missingValues": [""]}
    path = f"{dataset.source.rpartition('/')[0]}/{dataset.slug}.csv".lstrip("/")
    return Table(
        dataset.slug,
        file,
        digest(content, schema),
        tuple(names),
        len(combined.rows),
        schema,
        False,
        Origin(path),
        "utf-8",
    )


def _field(wanted: Standard, column: Column, cells: Sequence[str]) -> dict[str, Any]:
    """Give a column's field: of the type that the standard means, where every cell is of it; else of text."""
    meant = wanted.columns[wanted.newest.columns[column.name]]
    field = dict(field_of(meant)) | {"name": column.name}
    different = set(cells)
    if field["type"] == "boolean":
        fits = different <= {"1", "0", ""}
    else:
        held = type_of("", different)
        fits = held == field["type"] or (field["type"], held) == ("number", "integer")
    if not fits:
        field = {"name": column.name, "type": "string"}
    return field | ({"description": meant.description} if meant.description else {})
