"""郵便番号: seven digits, with a hyphen after the third (123-4567) or without one."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kawaraban.checking.cells import find_unlike, is_nothing, once_for_each_sheet, sample
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of
from kawaraban.tidying.widths import DASHES, HYPHENED

CLEAN = r"^\s*(?:\d{3}-\d{4}|\d{7})\s*$"
PARTS = re.compile(rf"([0-9]{{3}})[-\s{DASHES}]*([0-9]{{4}})")
Cells = list[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class PostalCodes:
    """What a column of postal codes holds beside them: (row, text, code), the code empty where there is none."""

    rewritten: Cells
    short: Cells
    wrong: Cells
    mixed: tuple[str, str] | None  # a code with a hyphen and one without


@once_for_each_sheet
def read_postal_codes(sheet: Sheet) -> Mapping[int, PostalCodes]:
    """Give what the columns of postal codes hold."""
    return {
        column: _read(sheet, column, hyphen)
        for column, name in enumerate(sheet.names)
        if role_of(name) == "postal-code" and (hyphen := _hyphen(sheet, column)) is not None
    }


def _hyphen(sheet: Sheet, column: int) -> str | None:
    """Give the hyphen that most codes of a column have, or the empty text; None where they are not Japanese ones."""
    cells = [_plain(each) for each in sample(sheet, column) if not is_nothing(each)]
    hyphened = sum(1 for each in cells if re.fullmatch(r"[0-9]{3}[^0-9]+[0-9]{4}", each))
    bare = sum(1 for each in cells if re.fullmatch(r"[0-9]{7}", each))
    foreign = not re.search("[ぁ-んァ-ヶ一-鿿〒]", sheet.names[column])
    if foreign and 2 * (hyphened + bare) < len(cells):
        return None
    return "" if bare > hyphened else "-"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().removeprefix("〒").strip().removesuffix(".0")


def _read(sheet: Sheet, column: int, hyphen: str) -> PostalCodes:
    odd = [(row, text) for row, text in find_unlike(sheet, column, CLEAN) if not is_nothing(text)]
    # Excel took the column for numbers: only then is a code of six digits one that lost its zero
    numbers = sum(1 for each in sample(sheet, column) if re.fullmatch("[1-9][0-9]{4,5}", each.strip()))
    lost = numbers and 2 * numbers >= len(sample(sheet, column))
    found = PostalCodes([], [], [], _mixed(sheet, column))
    for row, text in odd:
        plain = _plain(text)
        parts = PARTS.fullmatch(plain)
        if parts and re.search(CLEAN, text.translate(HYPHENED)):
            continue  # full_width tells of it
        if parts:
            found.rewritten.append((row, text, hyphen.join(parts.groups())))
        elif lost and re.fullmatch("[1-9][0-9]{4,5}", plain):
            whole = plain.zfill(7)
            found.short.append((row, text, f"{whole[:3]}-{whole[3:]}"))
        else:
            found.wrong.append((row, text, ""))
    return found


def _mixed(sheet: Sheet, column: int) -> tuple[str, str] | None:
    with_hyphen = next(iter(sheet.cells(column, r"^\s*\d{3}-\d{4}\s*$")), None)
    without = next(iter(find_unlike(sheet, column, r"\D|^\d{1,6}$|\d{8}")), None) if with_hyphen else None
    return (with_hyphen[1].strip(), without[1]) if with_hyphen and without else None


def look_for_form(sheet: Sheet) -> Iterator[Finding]:
    """Give the postal codes that are written in another form."""
    for column, found in read_postal_codes(sheet).items():
        for row, text, code in found.rewritten:
            yield Finding(row, column, text, code)


def look_for_wrong(sheet: Sheet) -> Iterator[Finding]:
    """Give the cells that are no postal code."""
    for column, found in read_postal_codes(sheet).items():
        for row, text, _ in found.wrong:
            yield Finding(row, column, text)


def look_for_mixture(sheet: Sheet) -> Iterator[Finding]:
    """Give the columns where some codes have a hyphen and some have none."""
    for column, found in read_postal_codes(sheet).items():
        if found.mixed:
            yield Finding(None, column, details={"one": found.mixed[0], "other": found.mixed[1]})


SIGNS = (
    Sign("postal-code", "warning", look_for_wrong),
    Sign("postal-code-form", "warning", look_for_form),
    Sign("mixed-postal-codes", "warning", look_for_mixture),
)

RIGHT = {
    "postal-code": [
        Example("郵便番号,住所\n123-4567,1丁目\n,2丁目\n-,3丁目\n"),
        Example("郵便番号\n1234567\n0123456\n"),
        Example("postal,name\nGB,x\nFR,y\n"),
        Example("zip,name\n90210,x\n10010,y\n"),
    ],
    "postal-code-form": [Example("郵便番号\n123-4567\n123-4567 \n1234567\n１２３－４５６７\n")],
    "mixed-postal-codes": [
        Example("郵便番号\n123-4567\n123-4568\n"),
        Example("郵便番号\n1234567\n1234568\n,\n"),
        Example("郵便番号\n123-4567\n12345\n"),
    ],
}
WRONG = {
    "postal-code": [
        Example("郵便番号\n123-4567\n123-456\n12-34567\n要問合せ\n", (("A3", None), ("A4", None), ("A5", None))),
        Example("郵便番号\n123-4567\n123-4568\n123-4569\n12345\n", (("A5", None),)),
    ],
    "postal-code-form": [
        Example(
            "郵便番号\n123-4567\n〒123-4567\n〒１２３－４５６７\n123 ー 4567\n123 4567\n",
            tuple((f"A{row}", "123-4567") for row in range(3, 7)),
        ),
        Example("郵便番号\n1234567\n1234568\n〒1234569\n1234570.0\n", (("A4", "1234569"), ("A5", "1234570"))),
    ],
    "mixed-postal-codes": [Example("名称,郵便番号\n本館,123-4567\n分館,1234568\n", (("B1", None),))],
}
