"""What is said of letters, widths, quotes and line ends."""

from kawaraban.reporting.sayings.tables import Saying

SAYINGS: dict[str, Saying] = {
    "swallowed-rows": (
        "{count} more lines of the file went into this cell: the quote that opens on line {line} is not closed there",
        "close the quote on line {line}; where it belongs to the text, write it twice",
        'In a CSV file, a quote (") that is not closed makes all that follows part of one cell, up to the next '
        "quote. Dozens of rows disappear so, and no program complains.",
    ),
    "unclosed-quote": (
        "the file ends inside the quote that opens on line {line}",
        "close the quote on line {line}; where it belongs to the text, write it twice",
        'In a CSV file, a quote (") that is not closed makes all that follows part of one cell. '
        "Or the end of the file is missing, because it was not copied as a whole.",
    ),
    "many-newlines": (
        "the cell has {count} line breaks",
        "write one thing into one cell; a list becomes rows, a longer text a document of its own",
        "A cell with very many line breaks cannot be read in a table, and mostly holds what should be rows. "
        "It may also be the trace of a wrong quote.",
    ),
    "mixed-line-endings": (
        "line {line} ends with {end}, most lines with {usual} ({counts})",
        "save the file again from one program; an editor can make all line ends {usual}",
        "Lines of text end with CRLF on Windows, with LF elsewhere. Both in one file mean that it was pasted "
        "together; some programs then lose rows or run two into one.",
    ),
    "full-width-number": (
        "“{value}” is in full-width letters",
        "write it in half-width: {fix}, or have it read so by `steps: [widths, numbers]`",
        "Full-width digits look like numbers, but programs take them for text, or refuse them. "
        "In columns of numbers, dates and times, write half-width digits. "
        "`kawaraban add FILE --name SLUG` reads such a file as it is: by `steps:` in `tidy:` of the descriptor.",
    ),
    "full-width-code": (
        "“{value}” is in full-width letters",
        "write it in half-width: {fix}, or have it read so by `steps: [widths]`",
        "Codes, phone numbers and figures are searched for and joined letter by letter; full-width ones are not "
        "found. Names and sentences are not meant by this. "
        "`kawaraban add FILE --name SLUG` reads such a file as it is: by `steps:` in `tidy:` of the descriptor.",
    ),
    "look-alike-header": (
        "the column name “{value}” has a letter that looks like the right one",
        "write {fix}",
        "A dash for ー, or katakana ロ for 口, is seen by nobody, but programs that ask for the column by its name "
        "do not find it.",
    ),
    "header-spaces": (
        "the column name “{value}” has spaces or a line break that do not belong to it",
        "write {fix}",
        "A space at the end of a column name or a line break in it is seen by nobody, but programs that ask for the "
        "column by its name do not find it.",
    ),
    "not-nfc": (
        "“{value}” has letters in two pieces, such as か and ゛ for が",
        "type it anew: {fix}",
        "Some programs on a Mac write が as か and a mark of its own. It looks the same, but is not found in a "
        "search, and sorts elsewhere.",
    ),
    "bidi-name": (
        "the column name holds a control that turns the direction of text round ({letters})",
        "type the name anew, without copying it",
        "Such controls make a name look like another one. They come in by copying from a web page, or by ill will; "
        "a column name never needs them.",
    ),
    "bidi-cell": (
        "“{value}” holds a control that turns the direction of text round ({letters})",
        "type the cell anew, without copying it",
        "Such controls show text in another order than it is stored in. They mostly come in by copying from a web "
        "page or a window of Windows.",
    ),
    "invisible": (
        "“{value}” holds a letter that nobody sees ({letters})",
        "type it anew: {fix}",
        "Zero-width spaces, no-break spaces and control characters come in by copying from web pages or PDF files. "
        "Nobody sees them, but the word is not found in a search.",
    ),
    "mojibake": (
        "“{value}” is broken: it was read in a wrong encoding once",
        "write the text anew from its source",
        "When a file is opened in a wrong encoding and saved, its letters turn into others (文字化け). Some are gone "
        "for good then, so the text must come from its source again.",
    ),
    "lost-letter": (
        "“{value}” has a ? where a letter was lost in saving",
        "write the right letter for it, such as ～, - or the kanji, and save the file as UTF-8",
        "Where an encoding has no such letter, a ? is saved in its place: often ～ and －, and rare kanji of names. "
        "UTF-8 has them all.",
    ),
}
