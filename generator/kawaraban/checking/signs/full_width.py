"""Full-width digits, letters and signs where a machine reads numbers or codes. Text for people is never touched."""

import re
from collections.abc import Iterator

from kawaraban.checking.letters import letters
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of, says
from kawaraban.tidying.widths import DASHES, HYPHENED

WIDE = f"[！-｝\u3000{DASHES}]"
NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
MOMENT = re.compile(r"\d[\d\-/.:T Z+]*", re.ASCII)
# type of the schema -> what its cells are in half width
TYPES = {
    "integer": NUMBER, "number": NUMBER, "year": MOMENT, "yearmonth": MOMENT, "date": MOMENT, "datetime": MOMENT,
    "time": MOMENT, "boolean": re.compile("[01]"),
}  # fmt: skip
CODE = re.compile(r"(?=.*\d)[\x20-\x7e]+", re.ASCII)
FIGURES = re.compile(r"[-+]?\d[\d.,:/\- ]*%?", re.ASCII)
ROLES = ("postal-code", "phone", "municipality-code", "identifier", "code")
SAMPLE, RUN = 1000, 20  # cells that show what a column holds; so many of them in a row
NEARLY_ALL = 0.9
FEW = 3  # half-width cells at least, before the others are odd


def look_at_numbers(sheet: Sheet) -> Iterator[Finding]:
    """Give the full-width cells of columns that the schema gives a number's or a date's type."""
    for column in range(len(sheet.names)):
        form = TYPES.get(sheet.type(column))
        if form and not letters(sheet, column).ascii:
            grouped = sheet.field(column).descriptor.get("groupChar") == ","
            yield from _wide(sheet, column, form, keep_commas=grouped or form is not NUMBER)


def look_at_codes(sheet: Sheet) -> Iterator[Finding]:
    """Give the full-width cells of codes, and of columns whose other cells are nearly all half-width figures."""
    for column, name in enumerate(sheet.names):
        if sheet.type(column) in TYPES or role_of(name) == "my-number" or letters(sheet, column).ascii:
            continue
        patterned = "pattern" in (sheet.field(column).descriptor.get("constraints") or {})
        if patterned or says(name, *ROLES):
            yield from _wide(sheet, column, CODE)
        elif _holds_figures(sheet, column):
            yield from _wide(sheet, column, FIGURES)


def _wide(sheet: Sheet, column: int, form: re.Pattern[str], keep_commas: bool = True) -> Iterator[Finding]:
    for row, text in sheet.cells(column, WIDE):
        half = text.translate(HYPHENED).strip()
        if form.fullmatch(half) and half != text.strip(" "):
            yield Finding(row, column, text, half if keep_commas else half.replace(",", ""))


def _holds_figures(sheet: Sheet, column: int) -> bool:
    """Say whether nearly all cells are figures, and most of these in half width, by a sample."""
    sample = [text.strip() for text in _sample(sheet, column) if text.strip()]
    half = sum(FIGURES.fullmatch(text) is not None for text in sample)
    both = sum(FIGURES.fullmatch(text.translate(HYPHENED).strip()) is not None for text in sample)
    return half >= max(FEW, both / 2) and both >= NEARLY_ALL * len(sample)


def _sample(sheet: Sheet, column: int) -> list[str]:
    """Give cells from all over a column, some in a row at each of many places."""
    columns = sheet.columns
    step = max(RUN, RUN * columns.regular // SAMPLE)
    starts = range(0, columns.regular, step)
    if columns.lists is not None:
        return [text for start in starts for text in columns.lists[column][start : start + RUN]]
    array = columns.column(column)
    return [text for start in starts for text in array.slice(start, RUN).to_pylist()]


SIGNS = (
    Sign("full-width-number", "error", look_at_numbers),
    Sign("full-width-code", "warning", look_at_codes),
)

TYPED = {"名称": "string", "人数": "integer", "割合": "number", "日付": "date"}
CLOCK = {"名称": "string", "開始": "time"}
RIGHT = {
    "full-width-number": [
        Example("名称,人数,割合,日付\n第１会館,12,0.5,2024-04-01\n第２会館,-7,,\n", types=TYPED),
        Example("名称,人数,割合,日付\n第１会館,１２人,約５割,２０２４年４月１日\n第２会館,ー,－,―\n", types=TYPED),
        Example("名称,人数\n第１会館,１２\n"),
    ],
    "full-width-code": [
        Example("管理番号,電話番号,住所\nA-1,0999-12-3456,１丁目２－３\nA-2,0999-12-3457,２丁目４－５\n"),
        Example("管理番号,電話番号\n第１２号,0999-12-3456（代表）\nなし,－\n"),
        Example("名称,時間\n本館,9:00～17:00\n分館,９：００～１７：００\n別館,9:00～17:00\n新館,9:00～17:00\n"),
        Example("名称,階\n本館,1\n分館,２\n別館,３\n新館,４\n"),
        Example("名称,個人番号\n本館,１２３４\n"),
        Example("名称,人数\n本館,１２\n", types={"名称": "string", "人数": "integer"}),
    ],
}
WRONG = {
    "full-width-number": [
        Example(
            "名称,人数,割合,日付\n第１会館,１２,０．５,２０２４-０４-０１\n第２会館,−７,1２,2024－04－02\n"
            "第３会館,１，２３４,　3,2024-04-03\n",
            (
                ("B2", "12"), ("B3", "-7"), ("B4", "1234"), ("C2", "0.5"), ("C3", "12"), ("C4", "3"),
                ("D2", "2024-04-01"), ("D3", "2024-04-02"),
            ),
            types=TYPED,
        ),
        Example("名称,開始\n本館,９：００\n", (("B2", "9:00"),), types=CLOCK),
    ],
    "full-width-code": [
        Example(
            "管理番号,電話番号,郵便番号\nＡ－１,０９９９ー１２ー３４５６,〒999\nA-2,0999（12）3457,９９９－１２３４\n",
            (("A2", "A-1"), ("B2", "0999-12-3456"), ("B3", "0999(12)3457"), ("C3", "999-1234")),
        ),
        Example("名称,定員\n本館,100\n分館,２０\n別館,30\n新館,50\n旧館,1，000\n", (("B3", "20"), ("B6", "1,000"))),
        Example(
            "区分\nＡ１２\n本Ａ\n", (("A2", "A12"),),
            types={"区分": "string"}, constraints={"区分": {"pattern": "\\w+"}},
        ),
    ],
}  # fmt: skip
