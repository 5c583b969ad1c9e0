"""What runs the screen: DuckDB in this process, or Spark where a table outgrows one machine. Both get the same."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from kawaraban.errors import KawarabanError
from kawaraban.reading.bycolumn import Columns

MEMORY = "600MB"  # beyond it DuckDB works on the disk


class Engine(Protocol):
    """Holds tables of text by name, and gives the `row` column of an Ibis expression over them."""

    def add(self, name: str, columns: Columns) -> Any:
        """Give the Ibis table of columns: c0, c1, ... and row, the position among the regular rows."""

    def hold(self, name: str, keys: Sequence[tuple[str, ...]]) -> Any:
        """Give the Ibis table of keys: k0, k1, ..."""

    def rows(self, expression: Any) -> Any:
        """Give the column `row` of an expression, as a numpy array of int64, in no order."""


class DuckEngine:
    """DuckDB, in memory; a table that is not in memory is read from its Parquet file."""

    def __init__(self) -> None:
        import duckdb

        self.folder = Path(tempfile.mkdtemp(prefix="kawaraban-"))
        settings: dict[str, Any] = {
            "memory_limit": MEMORY,
            "temp_directory": str(self.folder),
            "preserve_insertion_order": "false",
        }
        self.connection = duckdb.connect(config=settings)

    def add(self, name: str, columns: Columns) -> Any:
        if columns.folder is None:
            self.connection.register(name, _with_row(columns))
        else:
            file = str(columns.file).replace("'", "''")
            self.connection.execute(
                f'CREATE VIEW "{name}" AS SELECT * EXCLUDE (file_row_number), file_row_number AS row'
                f" FROM read_parquet('{file}', file_row_number = true)"
            )
        return _described(name, [*(f"c{index}" for index in range(columns.width))], row="int64")

    def hold(self, name: str, keys: Sequence[tuple[str, ...]]) -> Any:
        table = _keys(keys)
        self.connection.register(name, table)
        return _described(name, table.column_names)

    def rows(self, expression: Any) -> Any:
        import ibis

        return self.connection.execute(str(ibis.to_sql(expression, dialect="duckdb"))).fetchnumpy()["row"]

    def close(self) -> None:
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class SparkEngine:
    """Spark, local or as its own configuration says; tables go to it as Parquet files."""

    def __init__(self) -> None:
        try:
            import ibis
            from pyspark.sql import SparkSession
        except ImportError:
            raise KawarabanError(
                "Spark is not installed", "", "install it: pip install 'kawaraban[spark]' (it needs Java too)"
            ) from None
        self.folder = Path(tempfile.mkdtemp(prefix="kawaraban-"))
        try:
            builder = SparkSession.builder.appName("kawaraban").config("spark.ui.enabled", "false")
            self.session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
        except Exception as error:  # no Java, or no cluster: Spark has many ways to say so
            shutil.rmtree(self.folder, ignore_errors=True)
            raise KawarabanError(
                "Spark does not start ({detail})", "", "check that Java 17 is installed", detail=str(error)[:200]
            ) from None
        self.backend = ibis.pyspark.connect(self.session)

    def add(self, name: str, columns: Columns) -> Any:
        import pyarrow.parquet as pq

        file = self.folder / f"{name}.parquet"
        with pq.ParquetWriter(file, _with_row(columns, 0, 0).schema) as writer:
            for start in range(0, columns.regular, ROWS):
                writer.write_table(_with_row(columns, start, ROWS))
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)
        return self.backend.table(name)

    def hold(self, name: str, keys: Sequence[tuple[str, ...]]) -> Any:
        import pyarrow.parquet as pq

        file = self.folder / f"{name}.parquet"
        pq.write_table(_keys(keys), file)
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)
        return self.backend.table(name)

    def rows(self, expression: Any) -> Any:
        return self.backend.execute(expression)["row"].to_numpy()

    def close(self) -> None:
        self.session.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


ROWS = 1_000_000
STARTED: dict[str, Callable[[], Any]] = {"duckdb": DuckEngine, "spark": SparkEngine}


@contextmanager
def started(name: str) -> Iterator[Engine]:
    """Give an engine, and close it."""
    engine = STARTED[name]()
    try:
        yield engine
    finally:
        engine.close()


def _with_row(columns: Columns, start: int = 0, length: int | None = None) -> Any:
    """Give the regular rows as an Arrow table of c0, c1, ... and `row`, their position."""
    import numpy as np
    import pyarrow as pa

    names = [f"c{index}" for index in range(columns.width)]
    table = pa.table([columns.column(index) for index in range(columns.width)], names=names).slice(start, length)
    positions = np.arange(start, start + len(table), dtype=np.int64)
    # by its buffer: pa.array() would import pandas to look whether it is a series
    return table.append_column("row", pa.Array.from_buffers(pa.int64(), len(table), [None, pa.py_buffer(positions)]))


def _keys(keys: Sequence[tuple[str, ...]]) -> Any:
    import pyarrow as pa

    names = [f"k{number}" for number in range(len(keys[0]))]
    return pa.table([pa.array(each, pa.string()) for each in zip(*keys, strict=True)], names=names)


def _described(name: str, texts: Sequence[str], **others: str) -> Any:
    import ibis

    return ibis.table({**dict.fromkeys(texts, "string"), **others}, name=name)
