"""A date that no calendar has: 31 April, 29 February of a common year, a 13th month.

Two kinds, because it is surely wrong only where the descriptor says that the column holds dates.
"""

from collections.abc import Iterator, Mapping

from kawaraban.checking.cells import once_for_each_sheet
from kawaraban.checking.dates import Told, date_columns, possible_instead, unusual_dates
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


@once_for_each_sheet
def impossible_dates(sheet: Sheet) -> Mapping[int, list[Finding]]:
    """Give what is found, by column."""
    told = date_columns(sheet)
    return {column: list(_impossible(column, cells, told[column])) for column, cells in unusual_dates(sheet).items()}


def _impossible(column: int, cells: list[tuple[int, str]], told: Told) -> Iterator[Finding]:
    known: dict[str, str | None] = {}
    for row, text in cells:
        if text not in known:
            known[text] = possible_instead(text, told)
        if known[text]:
            yield Finding(row, column, text, details={"possible": known[text]})


def look_where_declared(sheet: Sheet) -> Iterator[Finding]:
    """Give the dates that are none, in columns that the descriptor declares as dates."""
    told = date_columns(sheet)
    for column, found in impossible_dates(sheet).items():
        if told[column] == "type":
            yield from found


def look_elsewhere(sheet: Sheet) -> Iterator[Finding]:
    """Give the dates that are none, in columns whose name or cells say that they hold dates."""
    told = date_columns(sheet)
    for column, found in impossible_dates(sheet).items():
        if told[column] != "type":
            yield from found


SIGNS = (
    Sign("impossible-date", "error", look_where_declared),
    Sign("impossible-date-in-text", "warning", look_elsewhere),
)

RIGHT = {
    "impossible-date": [
        Example("開始日\n2024-02-29\n2024-04-30\n", types={"開始日": "date"}),
        Example("開始日\n2024-04-31\n", types={"開始日": "string"}),
        Example("開始日\n未定\n", types={"開始日": "date"}),
    ],
    "impossible-date-in-text": [
        Example("開始日\n4月30日\n2月29日\n2024/12/31\n令和6年2月29日\n20240430\n"),
        Example("名称,番地\n本館,4/31\n分館,2/30\n"),
        Example("日付,人数\n8,13\n9,14\n"),
        Example("年度,件数\n2024-25,3\n2025-26,4\n"),
        Example("更新日\n明治5年2月30日\n31/12/2024\n12/31/2024\n2024-04-01/2024-04-30\n"),
        Example("休館日\n第2・第4月曜日\n12月29日から翌年1月3日まで\n"),
    ],
}
WRONG = {
    "impossible-date": [
        Example("開始日\n2024-04-30\n2024-02-30\n", (("A3", None),), types={"開始日": "date"}),
        Example("年月\n2024-13\n", (("A2", None),), types={"年月": "yearmonth"}),
    ],
    "impossible-date-in-text": [
        Example(
            "日付\n4月31日\n2024-02-30\n2023/2/29\n２０２３．２．２９\n20240431\n令和6年4月31日\nR5.2.29\n2024年13月\n",
            tuple((f"A{row}", None) for row in range(2, 10)),
        ),
        Example("月,件数\n12月,3\n13月,4\n", (("A3", None),)),
        Example("期間\n2024-04-01\n2024-05-31\n2024-06-31\n", (("A4", None),)),
        Example("開設日\n令和0年4月1日\n平成99年\n", (("A2", None), ("A3", None))),
        Example("検査日\n4/30\n4/31\n31/4/2024\n11/31/2024\n", (("A3", None), ("A4", None), ("A5", None))),
        Example("開催日\n4月1日（月）～4月31日（水）\n", (("A2", None),)),
    ],
}
