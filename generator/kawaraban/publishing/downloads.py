"""The files of a dataset that people take away, at addresses that stay: CSV, CSV for Excel, JSON, Data Package."""

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from kawaraban.cache import digest
from kawaraban.model import Asset, Dataset, Table

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Download:
    """One file to take away: its name in the dataset's folder, and the words that say what it is."""

    name: str
    label: str
    form: str


def downloads(tables: Sequence[Table]) -> list[Download]:
    """Give the downloads of a dataset, in the order that a page lists them."""
    found = []
    for table in tables:
        found += [
            Download(f"{table.name}.csv", "CSV (UTF-8)", "csv"),
            Download(f"{table.name}.excel.csv", "CSV for Excel (UTF-8 with BOM)", "csv"),
            Download(f"{table.name}.json", "JSON", "json"),
        ]
    return [*found, Download("datapackage.json", "Data Package", "json")]


def assets(dataset: Dataset, tables: Sequence[Table]) -> Iterator[Asset]:
    """Give the files of `downloads`; each is made only when its digest is new."""
    if not tables:
        return  # nothing is published, and a Data Package without resources is none
    base = f"datasets/{dataset.slug}"
    makers = {"csv": tidy_csv, "excel.csv": excel_csv, "json": json_rows}
    for table in tables:
        for ending, make in makers.items():
            yield Asset(f"{base}/{table.name}.{ending}", digest(ending, table.digest), partial(make, table))
    package = data_package(dataset, tables)
    yield Asset(f"{base}/datapackage.json", digest("package", package), partial(_pretty, package))


def tidy_csv(table: Table) -> bytes:
    """Give the table as UTF-8 CSV with one header row. Cells stay as they are, also those that begin with `=`."""
    return table.file.read_bytes()


def excel_csv(table: Table) -> bytes:
    """Give the same with the byte order mark by which Excel knows UTF-8."""
    return BOM + tidy_csv(table)


def json_rows(table: Table) -> bytes:
    """Give the table as a JSON list of objects, a line each; whole numbers, numbers and yes/no are typed."""
    kinds = [each.type for each in table.fields]
    names = [each.name for each in table.fields]
    missing = set(table.schema.get("missingValues", [""]))
    with table.file.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        lines = [
            json.dumps(
                {name: _typed(cell, kind, missing) for name, kind, cell in zip(names, kinds, cells, strict=False)},
                ensure_ascii=False,
            )
            for cells in rows
        ]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode(errors="surrogatepass")


def _typed(cell: str, kind: str, missing: set[str]) -> Any:
    if cell in missing:
        return None
    try:
        if kind == "integer":
            return int(cell)
        if kind == "number":
            number = float(cell)
            return number if math.isfinite(number) else cell
    except ValueError:
        return cell
    if kind == "boolean":
        return {"true": True, "false": False, "1": True, "0": False}.get(cell.lower(), cell)
    return cell


def data_package(dataset: Dataset, tables: Sequence[Table]) -> Mapping[str, Any]:
    """Give the Data Package that describes the published files: the dataset's own, its resources the tidy CSVs."""
    kept = {key: value for key, value in dataset.descriptor.items() if key not in ("resources", "kawaraban", "name")}
    resources = [
        {
            "name": table.name,
            "type": "table",
            "path": f"{table.name}.csv",
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table.schema,
        }
        for table in tables
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": dataset.slug,
        **kept,
        "resources": resources,
    }


def _pretty(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(errors="surrogatepass")
