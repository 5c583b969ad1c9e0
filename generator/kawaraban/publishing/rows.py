"""The rows of a table in chunks, at addresses that stay: a page's script asks for them when a reader does.

`datasets/<slug>/rows/<table>/1.json` is a list of columns, each a list of its first SIZE values: numbers, yes and no
as JSON has them, dates and times as ISO 8601, null for a missing value, or a list
of the word that the file has for it.
"""

import json
import math
from collections.abc import Iterator, Sequence
from functools import partial

from kawaraban.cache import digest
from kawaraban.model import Asset, Dataset, Table
from kawaraban.typed import json_columns
from kawaraban.warehouse import Select, Warehouse

SIZE = 5_000  # rows
FIRST = 50  # rows that a page holds by itself
MOST = 100_000  # rows; a larger table is to be downloaded
FORM = 1  # counts up when the chunks change their form


def folder(slug: str, table: Table) -> str:
    """Give the folder of a table's chunks, from the top of the site."""
    return f"datasets/{slug}/rows/{table.name}"


def chunks(table: Table) -> int:
    """Give how many chunks a table has: none where a page holds all its rows, or where they are too many."""
    return math.ceil(table.rows / SIZE) if FIRST < table.rows <= MOST else 0


def assets(dataset: Dataset, tables: Sequence[Table], warehouse: Warehouse) -> Iterator[Asset]:
    """Give the chunks of a dataset's tables; each is made only when its digest is new."""
    for table in tables:
        for number in range(chunks(table)):
            yield Asset(
                f"{folder(dataset.slug, table)}/{number + 1}.json",
                digest("rows", FORM, SIZE, number, table.digest),
                partial(chunk, warehouse, f"{dataset.slug}/{table.name}", number),
            )


def chunk(warehouse: Warehouse, name: str, number: int) -> bytes:
    """Give one chunk of a table as JSON."""
    columns = tuple(each.name for each in warehouse.table(name).fields)
    frame = warehouse.select(name, Select(columns, limit=SIZE, offset=number * SIZE, words=True))
    return json.dumps(json_columns(frame), ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
