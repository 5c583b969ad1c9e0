"""A Table Schema -> one Ibis predicate per column that is true only for cells that surely pass.

The law: the screen may suspect too much, never too little. Rows it does not suspect are not looked at again.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kawaraban.checking.portable import portable
from kawaraban.checking.sure import FALSE, TRUE, Sure, Undecided, sure_text

Field = Mapping[str, Any]
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
KNOWN = {"required", "unique", "pattern", "enum", "minLength", "maxLength", *BOUNDS}
LENGTHS = {"string"}  # types whose length is that of the text
NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose cells together may stand once. `canon` is, by column, the one text of each value."""

    columns: tuple[int, ...]
    canon: tuple[str, ...]
    primary: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: its columns, what is the one text of each value, and the fields of the table it refers to."""

    columns: tuple[int, ...]
    canon: tuple[str, ...]
    resource: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a schema asks of a table: the fields by column, its keys, and the text of missing values by column."""

    fields: tuple[Field, ...]
    missing: tuple[tuple[str, ...], ...]
    keys: tuple[Key, ...]
    references: tuple[Reference, ...] = ()

    def column(self, name: str) -> int:
        """Give the column of a field. Raises ValueError where it has none."""
        return [each["name"] for each in self.fields].index(name)


def screen_of(schema: Mapping[str, Any], labels: Sequence[str]) -> Screen | None:
    """Give the screen of a schema over a table with these column names; None where frictionless has to see it all."""
    try:
        if "\\u0000" in json.dumps(schema):  # no database takes it in a text
            return None
        fields = _expected(schema, labels)
        if not fields:
            return None
        missing = tuple(_missing(schema, each) for each in fields)
        return Screen(fields, missing, tuple(_keys(schema, fields)), tuple(_references(schema, fields)))
    except (Undecided, KeyError, TypeError, ValueError, AttributeError):
        return None


def _expected(schema: Mapping[str, Any], labels: Sequence[str]) -> tuple[Field, ...]:
    """Give the field of each column, as frictionless pairs them; a column without one takes anything."""
    fields = schema["fields"]
    match = schema.get("fieldsMatch", "exact")
    match = match[0] if isinstance(match, list) and match else match
    names = [each["name"] for each in fields]
    if len(set(names)) < len(names) or len(set(labels)) < len(labels) or not all(labels):
        raise Undecided
    stranger: Field = {"name": "", "type": "any", "missingValues": [""]}  # it knows nothing of the schema
    if match == "exact":
        return tuple(fields[index] if index < len(fields) else stranger for index in range(len(labels)))
    named = dict(zip(names, fields, strict=True))
    return tuple(named.get(label, stranger) for label in labels)


def _missing(schema: Mapping[str, Any], field: Field) -> tuple[str, ...]:
    listed = field.get("missingValues", schema.get("missingValues", [""]))
    found = tuple(each["value"] if isinstance(each, Mapping) else each for each in listed)
    if not all(isinstance(each, str) for each in found):
        raise Undecided
    return found


def _keys(schema: Mapping[str, Any], fields: Sequence[Field]) -> list[Key]:
    names = [each["name"] for each in fields]
    primary = schema.get("primaryKey") or []
    primary = [primary] if isinstance(primary, str) else list(primary)
    found = []
    if primary and set(primary) <= set(names):
        columns = tuple(names.index(each) for each in primary)
        found.append(Key(columns, tuple(_canon(fields[each]) for each in columns), True))
    for index, field in enumerate(fields):
        if field.get("constraints", {}).get("unique"):
            found.append(Key((index,), (_canon(field),), False))
    return found


def _references(schema: Mapping[str, Any], fields: Sequence[Field]) -> list[Reference]:
    names = [each["name"] for each in fields]
    found = []
    for each in schema.get("foreignKeys") or []:
        own, other = each["fields"], each["reference"]["fields"]
        own, other = [own] if isinstance(own, str) else own, [other] if isinstance(other, str) else other
        columns = tuple(names.index(name) for name in own)
        if len(own) != len(other):
            raise Undecided
        canon = tuple(_canon(fields[column]) for column in columns)
        found.append(Reference(columns, canon, each["reference"].get("resource", ""), tuple(other)))
    return found


def _canon(field: Field) -> str:
    """Give the pattern of the one text of each value; an empty one where every text is a value of its own."""
    canon = sure_text(field).canon
    if canon is None:
        raise Undecided
    return canon


def suspects(screen: Screen, cells: Any) -> Any:
    """Give the Ibis table of the rows (column `row`) that may hold an error, out of `cells`: c0, c1, ... and row.

    A row whose cells are all missing is one; so is one with a cell of a key that is missing or is not canonical.
    """
    import ibis

    sure, blank = [], []
    together: list[Key | Reference] = [*screen.keys, *screen.references]
    keyed = {index: canon for key in together for index, canon in zip(key.columns, key.canon, strict=True)}
    primary = {index for key in screen.keys if key.primary for index in key.columns}
    for index, field in enumerate(screen.fields):
        column = cells[f"c{index}"]
        missing = is_missing(screen, index, cells)
        passes = _passes(column, field, keyed.get(index, ""))
        optional = not field.get("constraints", {}).get("required") and index not in primary
        sure.append((passes | missing) if optional else (passes & ~missing))
        blank.append(missing if optional else ibis.literal(False))
    found = _all(sure)
    if all(not field.get("constraints", {}).get("required") for field in screen.fields) and not primary:
        found &= ~_all(blank)
    return cells.filter(~found.fill_null(False)).select("row")


def _all(conditions: Sequence[Any]) -> Any:
    import ibis

    return ibis.and_(*conditions)


def is_missing(screen: Screen, index: int, cells: Any) -> Any:
    """Give the predicate that a column's cell says that there is nothing."""
    import ibis

    words = screen.missing[index]
    return cells[f"c{index}"].isin(words) if words else ibis.literal(False)


def matches(column: Any, pattern: str) -> Any:
    """Give the predicate that the whole cell is as `pattern` has it."""
    return column.re_search(rf"^(?:{pattern})\z")


def _passes(column: Any, field: Field, canon: str) -> Any:
    """Give the predicate that a cell which is not missing surely passes, and is written as `canon` has it."""
    import ibis

    try:
        text = sure_text(field)
        pattern = canon or text.pattern  # what is canonical passes as well
        conditions = [matches(column, pattern)] if pattern else []
        if text.words is not None:
            conditions.append(column.isin(text.words) if text.words else ibis.literal(False))
        for name, limit in field.get("constraints", {}).items():
            conditions += _constraint(column, field, text, name, limit)
    except (Undecided, TypeError, ValueError):
        return ibis.literal(False)
    return _all(conditions)


def _constraint(column: Any, field: Field, text: Sure, name: str, limit: Any) -> list[Any]:
    kind = field.get("type", "string")
    if name not in KNOWN:
        raise Undecided
    if name in ("required", "unique"):
        return []
    if name in BOUNDS:
        return [_bound(column, text, name, limit)]
    if name in ("minLength", "maxLength"):
        if kind not in LENGTHS or isinstance(limit, bool) or not isinstance(limit, int):
            raise Undecided
        return [column.length() >= limit if name == "minLength" else column.length() <= limit]
    if name == "pattern":
        pattern = portable(limit) if kind == "string" and isinstance(limit, str) else None
        if pattern is None:
            raise Undecided
        return [column.re_search(pattern)]
    return [_enum(column, field, text, limit)]


def _bound(column: Any, text: Sure, name: str, limit: Any) -> Any:
    if isinstance(limit, bool) or not text.order:
        raise Undecided
    value: Any = str(limit)
    if text.order == "number":
        if not re.fullmatch(NUMBER, value) or len(value.strip("-0.").replace(".", "")) > 15:
            raise Undecided
        shown = column if text.decimal == "." else column.replace(text.decimal, ".")
        if "." not in text.pattern:
            cell, value = column.try_cast("int64"), int(value)
        else:
            cell, value = shown.try_cast("float64"), float(value)
    else:
        if not re.fullmatch(text.pattern, value):
            raise Undecided
        cell = column
    if name == "minimum":
        return cell >= value
    if name == "maximum":
        return cell <= value
    return cell > value if name == "exclusiveMinimum" else cell < value


def _enum(column: Any, field: Field, text: Sure, limit: Any) -> Any:
    """Give that the cell is, letter for letter, one of the words; another way to write a word is looked at again."""
    import ibis

    kind = field.get("type", "string")
    if not isinstance(limit, Sequence) or isinstance(limit, str):
        raise Undecided
    if kind == "boolean":
        yes, no = field.get("trueValues", TRUE), field.get("falseValues", FALSE)
        allowed = {True: yes, False: no}
        kept = [word for each in limit if isinstance(each, bool) for word in allowed[each]]
        words = [*kept, *(each for each in limit if isinstance(each, str) and each in [*yes, *no])]
    elif kind in ("string", "any"):
        words = [each for each in limit if isinstance(each, str)]
    elif kind in ("integer", "number", "year"):
        words = [str(each) for each in limit if isinstance(each, int | float | str) and not isinstance(each, bool)]
    elif text.canon and text.order == "text":
        words = [each for each in limit if isinstance(each, str)]
    else:
        raise Undecided
    return column.isin(words) if words else ibis.literal(False)
