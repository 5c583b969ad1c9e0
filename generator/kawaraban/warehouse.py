"""Typed tables of the valid datasets in one locked-down DuckDB. Queries in pages run here and nowhere else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import TYPE_CHECKING, Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Field, Table
from kawaraban.typed import arrow_table, sql_columns, typed_expressions, with_words

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

SECONDS = 5  # a query may take
SHOWN = 1000  # rows a `sql` fence gives at most
MOST = 20_000  # rows a view may take from a table
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "1GB",
    "threads": "1",  # one thread gives rows in the same order each time
}
# one call of these can fill the memory, and is not stopped by an interrupt
ENDLESS = re.compile(
    r"\b(?:repeat|[lr]pad|(?:list|array)_resize|bar)\b\s*[\"(]|\"(?:repeat|[lr]pad)\"", re.IGNORECASE
)
AGGREGATES = {"sum": "sum", "mean": "avg", "min": "min", "max": "max", "count": "count"}
TYPES = {
    "BIGINT": "integer", "INTEGER": "integer", "HUGEINT": "integer", "SMALLINT": "integer", "TINYINT": "integer",
    "UBIGINT": "integer", "DOUBLE": "number", "FLOAT": "number", "DATE": "date", "BOOLEAN": "boolean",
    "TIME": "time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Select:
    """What a view wants of a table: columns, rows by value, and perhaps a sum of `values` over the rest.

    `sort` names a column, with `-` before it for the largest first; missing values come last. With `words`, a missing
    value that the file has a word for (不明) is a tuple of that word.
    """

    columns: tuple[str, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    aggregate: str | None = None
    values: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0
    sort: str = ""
    words: bool = False


class Warehouse:
    """The tables by name: `slug` for a dataset's first resource, `slug/resource` for each."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._loaded: set[str] = set()

    def table(self, name: str) -> Table:
        """Give the table of that name; KawarabanError with the nearest where there is none."""
        if name not in self.tables:
            raise unknown("there is no dataset {word}", name, [each for each in self.tables if "/" not in each])
        return self.tables[name]

    def named_in(self, sql: str) -> list[str]:
        """Give the names of the tables that a query may mean, by the words in it."""
        return [name for name in self.tables if sql_name(name) in sql or name in sql]

    def fields(self, sql: str) -> tuple[Field, ...]:
        """Give the columns of a query as fields, typed as DuckDB types them, with the units of their sources."""
        known = {each.name: each for name in self.named_in(sql) for each in self.tables[name].fields}
        described = self._frame(f"DESCRIBE {self._checked(sql)}\n")
        found = []
        for name, kind in zip(described["column_name"], described["column_type"], strict=True):
            source = known.get(name)
            shape = TYPES.get(kind, "datetime" if kind.startswith("TIMESTAMP") else "string")
            shape = "number" if kind.startswith("DECIMAL") else shape
            found.append(Field(name, shape, source.title if source else "", unit=source.unit if source else ""))
        return tuple(found)

    def select(self, source: str, wanted: Select, sql: bool = False) -> "pd.DataFrame":
        """Give the rows of a table (or of a query, with `sql`) as a small frame, in the order of the file.

        Raises KawarabanError where there are more than MOST of them.
        """
        rows, values, known = self._chosen(source, wanted.where, sql)
        names = ", ".join(quoted(known.get(each, each)) for each in wanted.columns)
        if wanted.aggregate:
            rule = AGGREGATES[wanted.aggregate]
            summed = [quoted(known.get(each, each)) for each in wanted.values]
            sums = ", ".join(f"{rule}({each}) AS {each}" for each in summed)
            listed = f"{names}, {sums}" if names else sums
            grouped = f" GROUP BY {names}" if names else ""
            query = f'SELECT {listed} FROM {rows}{grouped} ORDER BY min("kb#")'
        else:
            key = quoted(known.get(name := wanted.sort.removeprefix("-"), name))
            first = f"{key} {'DESC' if wanted.sort[:1] == '-' else 'ASC'} NULLS LAST, " if wanted.sort else ""
            numbered = ', "kb#"' if wanted.words else ""
            query = f'SELECT {names}{numbered} FROM {rows} ORDER BY {first}"kb#"'
        limit = MOST if wanted.limit is None else wanted.limit
        frame = self._frame(f"SELECT * FROM ({query}) LIMIT {limit + 1} OFFSET {wanted.offset}", values)
        if wanted.limit is None and len(frame) > MOST:
            raise KawarabanError(
                "more than {most} rows are too many to draw",
                "",
                "use `where:` or `aggregate:`",
                most=f"{MOST:,}",
            )
        frame = frame.head(limit)
        if wanted.words and not wanted.aggregate:
            numbers = frame.pop("kb#")
            frame.columns = list(wanted.columns)
            return frame if sql else with_words(frame, self.table(source), numbers)
        frame.columns = [*wanted.columns, *(wanted.values if wanted.aggregate else ())]
        return frame

    def outline(
        self, name: str, columns: Sequence[str], where: Mapping[str, Any], few: int
    ) -> tuple[int, dict[str, list[Any]]]:
        """Give how many rows of a table there are, and the values of each column that has at most `few`, in order."""
        rows, values, known = self._chosen(name, where, False)
        found = {}
        for column in columns:
            own = quoted(known[column])
            query = f"SELECT {own} FROM {rows}{' AND' if where else ' WHERE'} {own} IS NOT NULL GROUP BY 1"
            options = self._frame(f'{query} ORDER BY min("kb#") LIMIT {few + 1}', values).iloc[:, 0].tolist()
            if len(options) <= few:
                found[column] = options
        count: int = self._frame(f"SELECT count(*) FROM {rows}", values).iloc[:, 0].tolist()[0]
        return count, found

    def _chosen(self, source: str, where: Mapping[str, Any], sql: bool) -> tuple[str, list[str], dict[str, str]]:
        """Give the rows of a table that `where` chooses, as SQL and its values, and the names of its columns."""
        inner = self._checked(source) if sql else f"SELECT * FROM {self._load(source)}"
        known = {} if sql else sql_columns(self.table(source))
        conditions: list[str] = []
        values: list[str] = []
        for column, value in where.items():
            options = value if isinstance(value, list) else [value]
            conditions.append(f"({' OR '.join([_equal(known.get(column, column))] * len(options)) or 'FALSE'})")
            values.extend(text for each in options for text in [_text(each)] * 2)
        filtered = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f'(SELECT *, row_number() OVER () AS "kb#" FROM ({inner}\n)){filtered}', values, known

    def query(self, sql: str) -> "tuple[pd.DataFrame, bool]":
        """Give the first SHOWN rows of a query as a frame, and whether there were more."""
        frame = self._frame(f"SELECT * FROM ({self._checked(sql)}\n) LIMIT {SHOWN + 1}")
        return frame.head(SHOWN), len(frame) > SHOWN

    def _checked(self, sql: str) -> str:
        """Give a query that is one SELECT, its tables loaded. Raises KawarabanError for anything else."""
        import duckdb

        text = sql.strip().rstrip(";").strip()
        try:
            statements = self._duck().extract_statements(text)
        except duckdb.Error as error:
            raise _refused(error) from None
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise KawarabanError("a query must be one SELECT", "sql", "only reading is possible here")
        if ENDLESS.search(text):
            raise KawarabanError("a query may not make long text", "sql", "leave repeat, lpad and rpad out")
        for name in self.named_in(text):
            self._load(name)
        return text

    def _load(self, name: str) -> str:
        """Give the quoted name of a table that is in the database, typed."""
        table = self.table(name)
        if name not in self._loaded:
            connection = self._duck()
            connection.register("kb_raw", arrow_table(table))
            expressions = typed_expressions(table)
            plain = [f"SELECT count({clean}) = count({typed}) FROM kb_raw" for clean, typed in expressions]
            fits = connection.execute(" UNION ALL ".join(f"SELECT ({each})" for each in plain)).fetchall()
            columns = ", ".join(
                f"{typed if fit else clean} AS {quoted(column)}"
                for (clean, typed), (fit,), column in zip(expressions, fits, sql_columns(table).values(), strict=True)
            )
            connection.execute(f"CREATE TABLE {quoted(name)} AS SELECT {columns} FROM kb_raw")
            if sql_name(name) not in self.tables:
                # where two slugs would have the same name in a query, it means the one read last
                connection.execute(f"CREATE OR REPLACE VIEW {quoted(sql_name(name))} AS SELECT * FROM {quoted(name)}")
            connection.unregister("kb_raw")
            self._loaded.add(name)
        return quoted(name)

    def _duck(self) -> "duckdb.DuckDBPyConnection":
        if self._connection is None:
            import duckdb

            self._connection = duckdb.connect(":memory:", config=LOCKED)
            self._connection.execute("SET TimeZone = 'UTC'")
            self._connection.execute("SET lock_configuration = true")
        return self._connection

    def _frame(self, sql: str, values: Sequence[Any] = ()) -> "pd.DataFrame":
        """Give the rows of a query. It is stopped after SECONDS, and its errors are said as ours."""
        import pandas as pd

        connection = self._duck()
        timer = Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            with _told():
                rows = connection.sql(sql, params=list(values)).to_arrow_table()
        finally:
            timer.cancel()
        frame: pd.DataFrame = _plain_numbers(rows).to_pandas(types_mapper=pd.ArrowDtype)
        return frame


@contextmanager
def _told() -> Iterator[None]:
    """Say DuckDB's errors as ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise _refused(error) from None


def _refused(error: Exception) -> KawarabanError:
    import duckdb

    if isinstance(error, duckdb.InterruptException):
        return KawarabanError("the query took longer than {seconds} s", "sql", "ask for less", seconds=SECONDS)
    if isinstance(error, duckdb.PermissionException):
        return KawarabanError("a query may read datasets only, no files", "sql", "put the file into datasets/")
    detail = str(error).split("\n\nLINE")[0].replace("\n", " ")
    return KawarabanError(
        "the query failed ({detail})", "sql", "tables are named by slug with _ for -, columns go in double quotes",
        detail=detail,
    )  # fmt: skip


def _plain_numbers(rows: Any) -> Any:
    """Give an Arrow table whose decimals (a sum of whole numbers is one) are whole numbers or numbers."""
    import pyarrow as pa

    for index, each in enumerate(rows.schema):
        if pa.types.is_decimal(each.type):
            kind = pa.int64() if each.type.scale == 0 else pa.float64()
            try:
                column = rows.column(index).cast(kind)
            except pa.ArrowInvalid:  # too large for 64 bits
                column = rows.column(index).cast(pa.float64())
            rows = rows.set_column(index, each.name, column)
    return rows


def sql_name(name: str) -> str:
    """Give the name a table has in a query: `evacuation-sites` is `evacuation_sites`."""
    return re.sub(r"[^a-z0-9]", "_", name)


def quoted(name: str) -> str:
    """Give a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _equal(column: str) -> str:
    """Give the condition that a column has a value: as text, or as the number that the text is."""
    own = f"CAST({quoted(column)} AS VARCHAR)"
    return f"{own} = ? OR TRY_CAST({own} AS DOUBLE) = TRY_CAST(? AS DOUBLE)"


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
