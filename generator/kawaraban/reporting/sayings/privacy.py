"""What is said of personal data; the value is never said."""

from kawaraban.reporting.sayings.tables import Saying

OPEN = (
    "ask whether this may be public; if it may, write the reason under `silence:` in the descriptor, else remove it"
)
COPY = "copy what is to be published into a new workbook and save that, or remove it"

SAYINGS: dict[str, Saying] = {
    "my-number": (
        "this looks like a My Number (個人番号, 12 digits); such cells here: {count}",
        "remove it before you do anything else with the file: a My Number may not be published",
        "The law allows nobody to give a My Number away except for the few purposes that it names. "
        "Once it was sent to a public repository it also stands in the history: tell the person in charge at once.",
    ),
    "payment-card": (
        "this looks like the number of a payment card; such cells here: {count}",
        "remove it; if it was public, tell the owner of the card",
        "Its first digits and its check digit are those of a card. With the number alone money can be lost.",
    ),
    "personal-phone": (
        "this looks like the telephone number of a person; such cells here: {count}", OPEN,
        "Mobile numbers, and numbers beside names of persons, mostly belong to someone. "
        "The telephone of a facility or a department is public and is not meant.",
    ),
    "personal-email": (
        "this looks like the mail address of a person; such cells here: {count}", OPEN,
        "Addresses of free and mobile providers, and those beside names, mostly belong to someone. "
        "The mailbox of a facility or a department is public and is not meant.",
    ),
    "personal-record": (
        "the table says of persons: {names}, with {beside}",
        "remove these columns, or publish counts instead of persons",
        "Name, birth date and address together say who somebody is and where they live. "
        "That is hardly ever meant to be public.",
    ),
    "person-name": (
        "names of persons ({names}) stand beside {beside}", OPEN,
        "A name becomes personal data of weight by what stands beside it: where someone lives, how old they are. "
        "Names of officials and of heads of facilities, beside the facility's own address, are not meant.",
    ),
    "birth-date": (
        "the column holds birth dates; such cells here: {count}", OPEN,
        "A birth date, with a sex and a district, is often enough to recognise one person. A year, or an age group, "
        "tells a reader as much.",
    ),
    "hidden-sheet": (
        "the workbook has a hidden sheet that holds something: {hidden}", COPY,
        "Everybody who opens the file can show what is hidden. Lists that were only meant for the office are often "
        "found there.",
    ),
    "hidden-columns": (
        "columns of the sheet {hidden} are hidden, but hold something: {cells}", COPY,
        "Everybody who opens the file can show hidden columns, and Kawaraban publishes those of the sheet it reads.",
    ),
    "hidden-rows": (
        "{count} rows of the sheet {hidden} are hidden, but hold something: {cells}", COPY,
        "A filter hides rows, it does not remove them: they are read and published like the others.",
    ),
    "cell-comment": (
        "{count} cells of the sheet {hidden} have comments: {cells}",
        "read them, and remove those that are not for everybody",
        "Comments are notes between colleagues, and often name people. They stay in the file.",
    ),
    "hidden-personal-data": (
        "what is hidden or commented in the sheet {hidden} looks like personal data", COPY,
        "Names beside addresses or birth dates, or numbers of persons, stand where the eye does not see them, but "
        "every program does.",
    ),
    "hidden-unknown": (
        "it cannot be told whether this workbook hides something", "save it again from Excel as .xlsx",
        "Its inside is not built as Excel builds it, so hidden sheets and comments could not be looked for.",
    ),
}  # fmt: skip
