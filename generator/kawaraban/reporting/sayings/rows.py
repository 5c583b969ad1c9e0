"""What is said of rows that are no data, rows twice, ids twice."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "duplicate-row": (
        "the row is the same as row {first}",
        "remove one of them",
        "A row that stands twice, cell for cell, counts twice in every sum. Mostly it was pasted once too often.",
    ),
    "total-row": (
        "the row “{value}” looks like a total",
        "remove the row, or have it left out by `leave_out: [total]`; totals are reckoned from the data",
        "A row of totals among the data is counted once more by everyone who adds the column up. "
        "Whoever needs the total can reckon it; Kawaraban does so for its pages. "
        "`kawaraban add FILE --name SLUG` reads such a file as it is: it writes `leave_out:` into `tidy:` of the "
        "descriptor.",
    ),
    "note-row": (
        "the row looks like a note: “{value}”",
        "move it to `description:` in the descriptor, or have it left out by `leave_out: [note]`",
        "Below the last row of data a note is read as one more row, with most of its cells empty. "
        "In the descriptor it stands where people and programs look for it. "
        "`kawaraban add FILE --name SLUG` reads such a file as it is: it writes `leave_out:` into `tidy:` of the "
        "descriptor.",
    ),
    "repeated-id": (
        "“{value}” already stands in row {first}",
        "give each row an identifier of its own, or remove the row that is too many",
        "In this column each row has its own value, but for a few. Other data refers to a row by it, "
        "and would find two. With `unique: true` in the schema it becomes a rule.",
    ),
}
