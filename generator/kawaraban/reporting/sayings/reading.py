"""What is said of rows and files as they are read."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "title-rows": (
        "what stands above the header (row {rows}) is not data and is left out",
        "if it matters, write it into `description:` of the descriptor",
        "A title, a date or a note above the column names is for people who read the sheet. Programs need the names "
        "in one row; so the rows above it are left out, and it is said which.",
    ),
}
