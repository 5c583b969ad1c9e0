"""What is said of what changed since the last version."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "rows-gone": (
        "all {old} rows of the version of {before} are gone", "see if the right file was saved",
        "The file has a header and nothing below it. "
        "Publishing it would take the data away from everybody who uses it.",
    ),
    "rows-dropped": (
        "{new} rows are left of the {old} in the version of {before} ({percent}% fewer)",
        "see if a filter was on, or a part was not copied",
        "Many rows went at once, and that did not happen in the versions before. Where the rows are gone for a good "
        "reason, say so with `silence`.",
    ),
    "table-gone": (
        "“{value}”, which was there in the version of {before}, is not listed any more",
        "list it again, or tell those who use it",
        "The downloads of a resource that is taken out of `resources` are gone, and links to them break.",
    ),
    "column-gone": (
        "the column {gone} of the version of {before} is gone", "put it back, or correct what uses it",
        "Charts, the schema and other people's programs find a column by its name. If the name has only changed, "
        "they break just the same.",
    ),
    "column-renamed": (
        "the column {old} is now named “{value}”", "keep the old name; what people should read belongs in `title:`",
        "Charts and other people's programs find a column by its name. The words shown on the page can be changed "
        "with `title` in the schema, without changing the file.",
    ),
    "date-not-advancing": (
        "the data has changed since the version of {before}, but the newest date is still {value}",
        "see if the new rows bear the right date",
        "Rows were added, or the figures of a day were replaced, without a newer date. Mostly it was forgotten.",
    ),
    "date-went-back": (
        "the newest date is {value}; in the version of {before} it was {old}",
        "see if an old file was saved over the new one",
        "If the newest date is older than before, an older file was put in, or the last rows are missing.",
    ),
    "total-jumped": (
        "the total of {label} is {new}; in the version of {before} it was {old}",
        "see if the unit changed (yen, thousands of yen), or a column slipped",
        "The total and the mean changed by more than ten times, or by far more than in the versions before. "
        "Mostly the unit is another one.",
    ),
    "stale": (
        "there is nothing newer than {value}, though the data is renewed every {updates}",
        "bring the new data, or correct `updates:`",
        "`updates` says how often the data is renewed. Half an interval late is not remarked on. The newest date in "
        "the data counts; where the data has no dates, the day it was last changed.",
    ),
    "updates-not-understood": (
        "`updates: {value}` is no interval", "write P1D (every day), P1W, P1M, P3M or P1Y (every year)",
        "An interval is written as ISO 8601 has it: P, a number, and D, W, M or Y for days, weeks, months or years.",
    ),
}  # fmt: skip
