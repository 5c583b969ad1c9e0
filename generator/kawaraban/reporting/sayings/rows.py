"""What is said of rows that are no data, rows twice, ids twice."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "duplicate-row": (
        "the row is the same as row {first}",
        "remove one of them",
        "A row that stands twice, cell for cell, counts twice in every sum. Mostly it was pasted once too often.",
    ),
}
