"""What is said of what frictionless finds, and of reading."""

Saying = tuple[str, str, str]

SAYINGS: dict[str, Saying] = {
    "type-error": ("“{value}” is not {type}", "{example}", ""),
    "constraint-error": (
        "“{value}” is not allowed: {note}", "correct the cell, or the constraint in the descriptor", ""
    ),
    "missing-cell": ("the row ends before the column {label}", "fill in the row to its last column", ""),
    "extra-cell": ("the row has more cells than there are columns", "remove the cells to the right of the table", ""),
    "blank-row": ("the row is empty", "remove the empty row", ""),
    "blank-label": ("the column has no name", "write a name into the header row", ""),
    "duplicate-label": ("the column name {label} stands twice", "give each column a name of its own", ""),
    "missing-label": ("the column {label} of the schema is not in the file", "add it, or correct the schema", ""),
    "extra-label": (
        "the column {label} is not in the schema", "add it to the schema, or remove it from the file", ""
    ),
    "incorrect-label": (
        "the column is named “{value}”, where the schema has {label}", "rename the column, or correct the schema", ""
    ),
    "blank-header": ("there is no header row", "write the column names into the first row", ""),
    "duplicate-labels": ("a column name stands twice", "give each column a name of its own", ""),
    "unique-error": ("“{value}” stands in the column {label} more than once", "each value may stand once", ""),
    "primary-key": ("the row has the same key as an earlier one, or none", "correct the key, or remove the row", ""),
    "foreign-key": ("the value is not in the table that it refers to", "correct it, or add it to that table", ""),
    "schema-error": ("the schema is not valid: {note}", "correct `schema:` in the descriptor", ""),
    "source-error": ("the file cannot be read as a table: {note}", "save it again from the program that made it", ""),
    "other-sheets": ("only the sheet {sheet} is read; these hold something too: {others}", "", ""),
    "limit-reached": ("more than {limit} problems; the rest of the table was not looked at", "mend these first", ""),
    "more-of-a-kind": (
        "“{kind}” was found {count} times; only the first {limit} are listed", "mend these first, then look again", ""
    ),
    "silence-unused": (
        "`silence:` names “{kind}”, which is not found here (any more), or gives no reason",
        "remove it, or write a `reason:`", "",
    ),
}  # fmt: skip
