"""What is said of data and schemas that would take too long to check."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "slow-pattern": (
        "the pattern “{value}” of the column {label} takes more than {seconds} s; the column was checked without it",
        "write it more simply: no repeat inside a repeat, as in (a+)+, and few * and +",
        "Some patterns take years on a short cell, because the same text can be matched in ever more ways. Such a "
        "pattern would stop every check, so it is tried first, for one second.",
    ),
    "pattern-untried": (
        "the pattern “{value}” of the column {label} was not tried, since others took too long",
        "mend the slow patterns first, then look again",
        "Only a few slow patterns are looked for in one run. The columns whose patterns were not tried were checked "
        "without them.",
    ),
    "long-number": (
        "a cell of {letters} letters stands in the column of numbers {label}; the column was checked as text",
        "write the number alone; text needs a column of its own",
        "With `bareNumber: false` the words around a number are taken away, and in a very long cell that takes very "
        "long.",
    ),
}
