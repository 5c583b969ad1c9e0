"""Dates by era: they cannot be sorted or reckoned with, and some name a year that the era never had."""

from collections.abc import Iterator, Mapping

from kawaraban.checking.cells import once_for_each_sheet
from kawaraban.checking.dates import meant_instead, unusual_dates
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.tidying.eras import EraDate, read_era_date, western


@once_for_each_sheet
def era_dates(sheet: Sheet) -> Mapping[int, list[tuple[int, str, EraDate]]]:
    """Give (row, text, date) of the cells that are a date by era, by column."""
    found: dict[int, list[tuple[int, str, EraDate]]] = {}
    known: dict[str, EraDate | None] = {}
    for column, cells in unusual_dates(sheet).items():
        for row, text in cells:
            if text not in known:
                known[text] = read_era_date(text)
            date = known[text]
            if date is not None:
                found.setdefault(column, []).append((row, text, date))
    return found


def look_for_eras(sheet: Sheet) -> Iterator[Finding]:
    """Give the cells that are a date by era which was; `fix` where it says a day."""
    for column, found in era_dates(sheet).items():
        for row, text, date in found:
            told = western(date)
            if told is not None:
                yield Finding(row, column, text, told if date.day else None, details={"western": told})


def look_for_wrong_eras(sheet: Sheet) -> Iterator[Finding]:
    """Give the cells whose era had not begun or was over, with the era that it was."""
    for column, found in era_dates(sheet).items():
        for row, text, date in found:
            right = meant_instead(date)
            if right is not None:
                yield Finding(row, column, text, right, details={"era": date.era.name})


SIGNS = (Sign("era-date", "warning", look_for_eras), Sign("wrong-era", "warning", look_for_wrong_eras))

RIGHT = {
    "era-date": [
        Example("開設日\n2024-04-01\n2023/2/28\n未定\n"),
        Example("名称,備考\n令和記念館,昭和40年に建設\n平成通り公園,S40\n"),
        Example("型式,数\nH30,2\nS40,3\nR6,4\n"),
        Example("開設日\n平成32年4月1日\n令和6年4月31日\n"),
    ],
    "wrong-era": [
        Example("開設日\n平成31年4月30日\n令和元年5月1日\n昭和64年1月7日\n平成31年度\n令和99年\n平成99年\n"),
    ],
}
WRONG = {
    "era-date": [
        Example(
            "開設日\n令和6年4月1日\nR6.4.1\nS38.01.14\nH31/4/1\n平成31年度\n令和元年\n令和６年４月\n",
            (
                ("A2", "2024-04-01"), ("A3", "2024-04-01"), ("A4", "1963-01-14"), ("A5", "2019-04-01"), ("A6", None),
                ("A7", None), ("A8", None),
            ),
        ),
        Example("開設\n昭和47年3月1日\n昭和50年4月1日\n平成3年4月1日\n", tuple(
            (f"A{row}", fix) for row, fix in ((2, "1972-03-01"), (3, "1975-04-01"), (4, "1991-04-01"))
        )),
        Example("指定日\nH31.4.1\n", (("A2", "2019-04-01"),), types={"指定日": "date"}),
    ],
    "wrong-era": [
        Example(
            "開設日\n平成32年\n令和元年4月30日\nH32.4.1\n昭和64年1月8日\n平成32年度\n",
            (
                ("A2", "令和2年"), ("A3", "平成31年4月30日"), ("A4", "R2.4.1"), ("A5", "平成元年1月8日"),
                ("A6", "令和2年度"),
            ),
        ),
    ],
}  # fmt: skip
