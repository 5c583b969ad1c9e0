"""What is said of a table that is made of several datasets."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "not-consolidated": (
        "the rows of “{value}” are not in this table",
        "mend that dataset, or take it out of `consolidate:`",
        "A dataset that `consolidate:` names could not be read, or its columns are those of another standard. The "
        "others are consolidated all the same; whoever uses the table has to know whose rows are missing.",
    ),
    "total-differs": (
        "the total stated is {stated}, and this table gives {found} ({difference})",
        "see whether rows are missing or stand twice, and whether both are of the same day",
        "`stated:` names a total that somebody published. Where the rows do not add up to it, some are missing, some "
        "are counted twice, or the two are of different days. Which of them is right, nobody can tell from here.",
    ),
}
