"""What is said of what frictionless finds, and of reading."""

Saying = tuple[str, str, str]

SAYINGS: dict[str, Saying] = {
    "type-error": (
        "“{value}” is not {type}", "{example}",
        "The descriptor says what a column holds: whole numbers, dates and so on. A value of another kind cannot be "
        "added up, sorted or drawn. Units and words such as 約 belong in another column, or in `unit:` of the "
        "schema.",
    ),
    "constraint-error": (
        "“{value}” is not allowed: {note}", "correct the cell, or the constraint in the descriptor",
        "The descriptor may set rules for a column: the smallest number, the words that may stand there, the form of "
        "a code. What breaks one is mostly a slip of the pen; now and then the rule is out of date.",
    ),
    "missing-cell": (
        "the row ends before the column {label}", "fill in the row to its last column",
        "A row that ends early mostly lacks a comma or a tab, and its values may stand in the wrong columns. "
        "Where there is no value the cell stays, empty.",
    ),
    "extra-cell": (
        "the row has more cells than there are columns", "remove the cells to the right of the table",
        "Mostly a value has a comma in it, and all to its right has moved by one: put such a value in quotes. "
        "In Excel, look for notes to the right of the table.",
    ),
    "blank-row": (
        "the row is empty", "remove the empty row",
        "An empty row counts as a row of data in which everything is missing. Excel often keeps some below a table.",
    ),
    "blank-label": (
        "the column has no name", "write a name into the header row",
        "Charts, the schema and other people's programs find a column by its name. Names are mostly missing where a "
        "title stands above the table, or where cells of the header are merged. Such a file may stay as it is: "
        "`header: [3]` in `tidy:` of the descriptor says where the names are, and `kawaraban add FILE --name SLUG` "
        "finds them by itself.",
    ),
    "duplicate-label": (
        "the column name {label} stands twice", "give each column a name of its own",
        "Of two columns of one name nobody can say which is meant: some programs take the first, others the last.",
    ),
    "missing-label": (
        "the column {label} of the schema is not in the file", "add it, or correct the schema",
        "Charts and sums that use a column stop where the file does not have it.",
    ),
    "extra-label": (
        "the column {label} is not in the schema", "add it to the schema, or remove it from the file",
        "Of a column that the schema does not name nobody knows what it means, and its values are not checked. "
        "Sometimes it was meant for the office only.",
    ),
    "incorrect-label": (
        "the column is named “{value}”, where the schema has {label}", "rename the column, or correct the schema",
        "The names in the file and in the schema are the same, letter for letter, and stand in the same order.",
    ),
    "blank-header": (
        "there is no header row", "write the column names into the first row",
        "Without names nobody can say what the columns hold.",
    ),
    "unmatched-header": (
        "no column of the file is in the schema", "correct the header row, or the names in the schema",
        "With `fieldsMatch: partial` columns may be missing, but not all of them. Mostly another file was put in.",
    ),
    "unique-error": (
        "“{value}” stands in the column {label} more than once", "each value may stand once",
        "The schema says that each value of this column stands once (`unique`). Where one stands twice, a row was "
        "entered twice, or one number was given to two things.",
    ),
    "primary-key": (
        "the row has the same key as an earlier one, or none", "correct the key, or remove the row",
        "The key (`primaryKey`) tells rows apart. So it is never empty, and no two rows have the same.",
    ),
    "foreign-key": (
        "the value is not in the table that it refers to", "correct it, or add it to that table",
        "The schema says that the value is one of another table (`foreignKeys`), such as a name in the list of "
        "facilities. Where it is not, the two tables cannot be joined.",
    ),
    "schema-error": (
        "the schema is not valid: {note}", "correct `schema:` in the descriptor",
        "The schema says what the columns hold. While it is wrong the table cannot be checked. "
        "The note comes from Frictionless, in English.",
    ),
    "field-error": (
        "the description of a column is not valid: {note}", "correct `schema:` in the descriptor",
        "The `type` of a column is misspelt, or it has a rule that its type does not know, such as `minimum` for "
        "text. The note comes from Frictionless, in English.",
    ),
    "resource-error": (
        "the descriptor refers to something that is not there: {note}", "correct the reference in the descriptor",
        "Mostly `foreignKeys` names a table that is not in this dataset. "
        "The note comes from Frictionless, in English.",
    ),
    "error": (
        "the check could not go on: {note}", "correct what the note names, then look again",
        "Where columns are matched by name (`fieldsMatch`), two columns of one name stop the check. "
        "The note comes from Frictionless, in English.",
    ),
    "source-error": (
        "the file cannot be read as a table: {note}", "save it again from the program that made it",
        "The file can be opened, but there is no table in it. Often it was saved before it was finished.",
    ),
    "other-sheets": (
        "only the sheet {sheet} is read; these hold something too: {others}", "",
        "Of a workbook one sheet is read: the first that is not hidden, or the one that `sheet:` of `dialect:` "
        "names. If the others are data too, list the file once for each. If not, nothing needs to be done.",
    ),
    "no-value": (
        "the result of the formula is not stored ({count} cells in all)",
        "open the file in Excel, save it, and bring it again",
        "Excel stores with each formula its result. A program that does not calculate leaves it out: Excel shows a "
        "value as soon as it opens the file, but there is none in it, and an empty cell would be published.",
    ),
    "limit-reached": (
        "more than {limit} problems; the rest of the table was not looked at", "mend these first",
        "So many problems mostly have one cause, such as a column with its unit in every cell, or a wrong `type`.",
    ),
    "more-of-a-kind": (
        "“{kind}” was found {count} times; only the first {limit} are listed", "mend these first, then look again",
        "All are counted, but only the first are listed: so many mostly have one cause.",
    ),
    "silence-unused": (
        "`silence:` names “{kind}”, which is not found here (any more), or gives no reason",
        "remove it, or write a `reason:`",
        "A reason that nothing needs any more would hide what comes later. Without a reason nothing is silenced.",
    ),
}  # fmt: skip
