"""What is said of dates, eras, codes and numbers as Japan writes them."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "impossible-date": (
        "“{value}” is not in the calendar", "look it up and correct it; possible is {possible}",
        "The column is declared as a date, and no calendar has this one: a 31st of a month with 30 days, "
        "a 29 February of a common year, a 13th month. "
        "A program that meets it stops, or takes another day without a word.",
    ),
    "impossible-date-in-text": (
        "“{value}” looks like a date, but is not in the calendar",
        "look it up and correct it; possible is {possible}",
        "No calendar has this date: a 31st of a month with 30 days, a 29 February of a common year, a 13th month. "
        "Which day was meant only its source can tell.",
    ),
    "era-date": (
        "“{value}” is a date by era",
        "write it by the western calendar: {western}, or have it read so by `steps: [dates]`",
        "Dates by era (令和, 平成, …) are read well by people, but programs cannot sort them or reckon with them. "
        "ISO 8601 (2024-04-01) is what the recommended datasets of the Digital Agency ask for. "
        "`kawaraban add FILE --name SLUG` reads such a file as it is: by `steps: [dates]` in `tidy:` of the "
        "descriptor, where the schema has `type: date`.",
    ),
    "wrong-era": (
        "“{value}”: {era} does not have this date", "write {fix}",
        "The era had not begun yet, or was over: 令和 began on 2019-05-01, 平成 on 1989-01-08, 昭和 on 1926-12-25. "
        "Plans that were made earlier speak of 平成32年; it became 令和2年.",
    ),
    "municipality-code": (
        "“{value}” is not a municipality code of {digits} digits",
        "write all {digits} digits, as in {sample}, in the whole column",
        "Each municipality has a code (全国地方公共団体コード) of five digits, with a sixth that checks them. Other "
        "data is joined by it, so a column has either all with the check digit or all without it.",
    ),
    "municipality-check-digit": (
        "the last digit of the municipality code “{value}” does not belong to the others",
        "look the code up; if the first five digits are right, it is {right}",
        "The sixth digit of a municipality code is reckoned from the five before it. "
        "Where it does not fit, a digit was mistyped or two were exchanged.",
    ),
    "other-municipality": (
        "all rows have the municipality code {value}, but this town's is {town}",
        "correct the column, or `code:` of the town in mkdocs.yml",
        "A form that was taken over from another town often brings its code along.",
    ),
    "lost-leading-zero": (
        "“{value}” has lost the zero that it began with", "write {fix}, and format the column as text in Excel",
        "Excel takes a code for a number and drops its leading zeros: 01100 becomes 1100, "
        "and can no longer be found. Format the column as text (文字列) before anything is typed or pasted into it.",
    ),
    "postal-code": (
        "“{value}” is not a postal code", "write seven digits, as in 123-4567",
        "A postal code has three digits, a hyphen and four digits, without 〒 and without the address.",
    ),
    "postal-code-form": (
        "the postal code “{value}” has another form", "write {fix}",
        "With 〒, full-width digits or other hyphens the same code is another text, and is not found.",
    ),
    "mixed-postal-codes": (
        "some postal codes have a hyphen and some have none ({one}, {other})", "write all of them in the same way",
        "Both forms are in use, but in one column the same place must be the same text.",
    ),
    "phone-number": (
        "“{value}” cannot be called", "write it from the zero of the area code on, as in 099-123-4567",
        "With its area code a number has ten digits, or eleven for mobile and IP telephones. "
        "Residents tap it on their telephone: without the area code or with a digit missing they reach nobody.",
    ),
}  # fmt: skip
