"""The suspect rows of tables: cells that the screen does not pass, keys that stand twice, references to nowhere.

Whole groups are suspects: every row with a key that another row has, so that frictionless sees what it needs to.
"""

import re
from collections.abc import Sequence
from typing import Any

from kawaraban.checking.brief import Brief
from kawaraban.checking.repeats import runs_upward
from kawaraban.checking.screen import Field, Key, Reference, Screen, is_missing, matches, screen_of, suspects
from kawaraban.checking.sure import canonical, sure_text
from kawaraban.model import Table
from kawaraban.reading.bycolumn import Columns
from kawaraban.reading.columns import columns_of

HALF = 2  # where more than one in so many rows is suspect, all are looked at
MANY = 50_000  # rows of another table; beyond that frictionless reads it whole
Keys = list[tuple[str, ...]]


class Search:
    """Looks for the suspect rows of tables in a running engine."""

    def __init__(self, tables: Sequence[Table], engine: Any) -> None:
        self.tables = {each.name: each for each in tables}
        self.engine = engine
        self.loaded: dict[str, tuple[Columns, Any]] = {}
        self.asked = 0

    def load(self, table: Table) -> tuple[Columns, Any]:
        """Give a table's columns, and the Ibis table of them."""
        if table.name not in self.loaded:
            columns = columns_of(table)
            self.loaded[table.name] = columns, self.engine.add(f"t{len(self.loaded)}", columns)
        return self.loaded[table.name]

    def brief(self, table: Table) -> Brief:
        """Give the rows of a table that the judge has to see; all of them where nothing is known beforehand."""
        screen = screen_of(table.schema, table.columns)
        if screen is None:
            return Brief(table)
        others = [self.other(table, each, screen) for each in screen.references]
        if None in others:
            return Brief(table)
        try:
            rows = self.rows(table, screen, [each for each in others if each])
            if rows is None:
                return Brief(table)
            references = {}
            for number, (reference, other) in enumerate(zip(screen.references, others, strict=True)):
                found = self.meant(table, screen, reference, other, rows) if other else None
                if found is None:
                    return Brief(table)
                references[number] = found
        except Exception:  # a pattern too large for the engine, say, or a schema that frictionless has to refuse
            return Brief(table)
        return Brief(table, rows, self.load(table)[0].take, references)

    def other(self, table: Table, reference: Reference, screen: Screen) -> tuple[Table, Screen] | None:
        """Give the table that a foreign key refers to, where its values can be compared as text; else None."""
        other = self.tables.get(reference.resource) if reference.resource else table
        theirs = screen_of(other.schema, other.columns) if other else None
        if other is None or theirs is None:
            return None
        try:
            fields = [theirs.fields[theirs.column(name)] for name in reference.names]
        except ValueError:
            return None
        alike = all(
            _reading(own) == _reading(field)
            for own, field in zip((screen.fields[each] for each in reference.columns), fields, strict=True)
        )
        return (other, theirs) if alike else None

    def rows(self, table: Table, screen: Screen, others: list[tuple[Table, Screen]]) -> Any:
        """Give the suspect rows in order, as a numpy array; None where they are so many that all are looked at."""
        import numpy as np

        columns, cells = self.load(table)
        numbers = columns.numbers()
        odd = [row for row, _ in columns.ragged]
        first = np.sort(self.engine.rows(suspects(screen, cells)))
        found = [first]
        for reference, (other, theirs) in zip(screen.references, others, strict=True):
            found.append(self.engine.rows(_unresolved(screen, reference, cells, theirs, self.load(other)[1])))
        if (len(np.unique(np.concatenate(found))) + len(odd)) * HALF > max(columns.rows, 1):
            return None
        for key in screen.keys:
            if len(key.columns) > 1 or not runs_upward(columns.column(key.columns[0])):
                found.append(self.engine.rows(_twice(cells, key)))
            strange = numbers[_strange(columns, key, first)].tolist()
            looked = list(columns.take(sorted([*strange, *odd])))
            if same := _keys_of(table, screen, key.columns, looked):
                found.append(self.engine.rows(self.holding(cells, key.columns, same)))
        every = np.unique(np.concatenate([*(numbers[each] for each in found), np.array(odd, dtype=np.int64)]))
        return None if len(every) * HALF > max(columns.rows, 1) else every

    def meant(
        self, table: Table, screen: Screen, reference: Reference, other: tuple[Table, Screen], rows: Any
    ) -> list[list[Any]] | None:
        """Give the values of the other table that suspect rows could refer to; None where there are too many."""
        their_table, theirs = other
        columns, cells = self.load(their_table)
        at = tuple(theirs.column(name) for name in reference.names)
        wanted = _keys_of(table, screen, reference.columns, list(self.load(table)[0].take(rows))) if len(rows) else []
        if not wanted:
            return []
        found = {*self.engine.rows(self.holding(cells, at, wanted)).tolist()}
        found.update(self.engine.rows(_odd(theirs, at, cells)).tolist())
        if len(found) > MANY:
            return None
        from kawaraban.checking.judge import read_cells

        numbers = columns.numbers()
        texts = [*columns.take(sorted(int(numbers[each]) for each in found)), *(cells for _, cells in columns.ragged)]
        read = [
            read_cells(their_table.schema, name, [cells[column] if column < len(cells) else "" for cells in texts])
            for name, column in zip(reference.names, at, strict=True)
        ]
        return [list(each) for each in zip(*read, strict=True)]

    def holding(self, cells: Any, columns: Sequence[int], wanted: Keys) -> Any:
        """Give the rows whose key is among those wanted."""
        self.asked += 1
        keys = self.engine.hold(f"k{self.asked}", wanted)
        pairs = [(f"c{column}", f"k{number}") for number, column in enumerate(columns)]
        return cells.semi_join(keys, pairs).select("row")


def _reading(field: Field) -> tuple[Any, ...]:
    """Give what decides how a field's text is read: two fields with the same read the same value in a text."""
    return field.get("type", "string"), field.get("format", "default"), sure_text(field)


def _strange(columns: Columns, key: Key, positions: Any) -> list[int]:
    """Give those of some positions at which a cell of a key is written in another way than its value's one text."""
    found: set[int] = set()
    for column, canon in zip(key.columns, key.canon, strict=True):
        if canon and len(positions):
            texts = columns.column(column).take(positions).to_pylist()
            pattern = re.compile(canon)
            found.update(int(at) for at, text in zip(positions, texts, strict=True) if not pattern.fullmatch(text))
    return sorted(found)


def _twice(cells: Any, key: Key) -> Any:
    """Give the rows whose key, letter for letter, another row has too."""
    names = [f"c{column}" for column in key.columns]
    groups = cells.group_by(names).agg(times=cells.count())
    return cells.semi_join(groups.filter(groups["times"] > 1), names).select("row")


def _unresolved(screen: Screen, reference: Reference, cells: Any, theirs: Screen, other: Any) -> Any:
    """Give the rows whose foreign key is partly missing, or not to be found in the other table."""
    import ibis

    whole, none = ibis.literal(True), ibis.literal(True)
    for column in reference.columns:
        missing = is_missing(screen, column, cells)
        whole &= ~missing
        none &= missing
    held = ibis.literal(True)
    names = []
    for name in reference.names:
        column = theirs.column(name)
        held &= ~is_missing(theirs, column, other)
        names.append(f"c{column}")
    known = other.filter(held).select(**{f"k{number}": other[name] for number, name in enumerate(names)})
    pairs = [(f"c{column}", f"k{number}") for number, column in enumerate(reference.columns)]
    lost = cells.filter(whole).anti_join(known, pairs).select("row")
    return lost.union(cells.filter(~whole & ~none).select("row"))


def _odd(screen: Screen, columns: Sequence[int], cells: Any) -> Any:
    """Give the rows in which a cell of these columns is written in another way than the one text of its value."""
    import ibis

    plain = ibis.literal(True)
    for column in columns:
        canon = sure_text(screen.fields[column]).canon
        if canon:
            plain &= matches(cells[f"c{column}"], canon)
    return cells.filter(~plain).select("row")


def _keys_of(table: Table, screen: Screen, columns: Sequence[int], rows: list[list[str]]) -> Keys:
    """Give the keys of rows that are looked at, as the one text of each value: other rows with it matter too."""
    if not rows:
        return []
    from kawaraban.checking.judge import read_cells

    read = []
    for column in columns:
        texts = [cells[column] if column < len(cells) else "" for cells in rows]
        values = read_cells(table.schema, str(screen.fields[column]["name"]), texts)
        read.append([canonical(each) for each in values])
    found: dict[tuple[str, ...], None] = {}
    for each in zip(*read, strict=True):
        whole = tuple(part for part in each if part is not None)
        if len(whole) == len(each):
            found[whole] = None
    return list(found)
