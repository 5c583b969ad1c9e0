"""A tidy table's text -> typed columns: the Arrow table that is read, and the SQL that types it."""

import math
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from kawaraban.model import Field, Table
from kawaraban.reading.columns import columns_of

if TYPE_CHECKING:
    import pandas as pd

EXACT = 2**53  # whole numbers beyond it are not told apart by a script


def sql_columns(table: Table) -> dict[str, str]:
    """Give the name that each column has in the database, where upper and lower case are the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for each in table.fields:
        name = each.name.replace("\0", "\N{SYMBOL FOR NULL}")
        while name.casefold() in taken:
            name += "_"
        taken.add(name.casefold())
        found[each.name] = name
    return found


def _literal(text: str) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def arrow_table(table: Table) -> Any:
    """Give the tidy file as an Arrow table of text columns, in the order of the fields."""
    import pyarrow as pa

    names = list(table.columns)
    columns = columns_of(table)
    by_name = table.schema.get("fieldsMatch", "equal" if table.inferred else "exact") not in (
        "exact",
        "equal",
    )
    if isinstance(table.schema.get("fieldsMatch"), list):
        by_name = table.schema["fieldsMatch"][0] != "exact"
    arrays = [
        columns.column(names.index(each.name) if by_name else index)
        if not by_name or each.name in names
        else pa.array([""] * columns.regular, pa.string())
        for index, each in enumerate(table.fields)
    ]
    return pa.table(arrays, names=[f"c{index}" for index in range(len(arrays))])


def with_words(frame: "pd.DataFrame", table: Table, numbers: Iterable[int]) -> "pd.DataFrame":
    """Give a frame of typed columns in which a missing value is a tuple of the word that the file has for it.

    `numbers` says which row of the table each row is, from 1.
    """
    words = {each for each in table.schema.get("missingValues", [""]) if isinstance(each, str) and each.strip()}
    if not words:
        return frame
    frame = frame.copy()
    texts = arrow_table(table)
    places = [number - 1 for number in numbers]
    for index, each in enumerate(table.fields):
        if each.name in frame and frame[each.name].isna().any():
            said = texts.column(index).take(places).to_pylist()
            gone = frame[each.name].isna().tolist()
            values = frame[each.name].astype(object).tolist()
            frame[each.name] = [
                (word,) if none and word in words else value
                for value, word, none in zip(values, said, gone, strict=True)
            ]
    return frame


def typed_expressions(table: Table) -> list[tuple[str, str]]:
    """Give for each field the SQL of its text (missing values are NULL) and of its typed value.

    A value that cannot be typed becomes NULL in the second; the column then stays text.
    """
    missing = table.schema.get("missingValues", [""])
    words = ", ".join(_literal(each) for each in missing if isinstance(each, str))
    found = []
    for index, each in enumerate(table.fields):
        clean = f"CASE WHEN c{index} IN ({words}) THEN NULL ELSE c{index} END" if words else f"c{index}"
        found.append((clean, _typed(clean, each)))
    return found


def _typed(text: str, column: Field) -> str:
    own = column.descriptor
    if column.type in ("integer", "number", "year"):
        number = text
        if own.get("groupChar"):
            number = f"replace({number}, {_literal(own['groupChar'])}, '')"
        if own.get("decimalChar"):
            number = f"replace({number}, {_literal(own['decimalChar'])}, '.')"
        if own.get("bareNumber") is False:
            number = f"regexp_replace({number}, '^[^0-9.+-]+|[^0-9.]+$', '', 'g')"
        return f"TRY_CAST({number} AS {'DOUBLE' if column.type == 'number' else 'BIGINT'})"
    if column.type == "boolean":
        yes = ", ".join(_literal(each) for each in own.get("trueValues", ["true", "True", "TRUE", "1"]))
        no = ", ".join(_literal(each) for each in own.get("falseValues", ["false", "False", "FALSE", "0"]))
        return f"CASE WHEN {text} IN ({yes}) THEN true WHEN {text} IN ({no}) THEN false END"
    kinds = {"date": "DATE", "datetime": "TIMESTAMP", "time": "TIME"}
    if column.type in kinds and column.format == "default":
        return f"TRY_CAST({text} AS {kinds[column.type]})"
    if column.type in ("date", "datetime") and "%" in column.format:
        return f"CAST(try_strptime({text}, {_literal(column.format)}) AS {kinds[column.type]})"
    return text


def json_columns(frame: "pd.DataFrame") -> list[list[Any]]:
    """Give a frame as JSON has it, column by column: dates and times are ISO 8601, missing values null."""
    return [
        [None if gone else _plain(value) for value, gone in zip(values.tolist(), values.isna(), strict=True)]
        for values in (frame.iloc[:, at] for at in range(frame.shape[1]))
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return (int(value) if value.is_integer() else value) if math.isfinite(value) else str(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT:
        return str(value)
    return value
