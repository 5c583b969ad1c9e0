"""Dates as officers write them -> ISO: 令和6年4月1日, R6.4.1, 2024/4/1 and 2024年4月1日(月) are 2024-04-01.

The law: a date is the day that it says, surely, or the cell stays. What a cell cannot say alone the recipe says for
the column: which part of 11/1/18 is the year (`order: mdy`), the year of 4/9 (`year: 2024`, or `fiscal: 2024`: April
2024 to March 2025), that 20240401 or 45383 are days (`packed`, `serial`), that the years are 年度 (`years: fiscal`).
`decide` finds these where all cells together are sure. Two digits in front (18/11/1) are sure of nothing: they may
be 2018 or 平成18年. A field whose `format` is another keeps its form.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kawaraban.roles import is_code, says
from kawaraban.tidying import missing
from kawaraban.tidying.eras import read_era_date, western
from kawaraban.tidying.western import ORDERS, SERIALS, YEARS, Written, in_order, is_yearless, read_short, read_western

TYPES = frozenset({"date", "datetime", "yearmonth", "year"})
# how a tidy cell looks; a cell that looks so is left, whether the calendar has it or not
TIDY: dict[str, re.Pattern[str]] = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime": re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
    ),
    "yearmonth": re.compile(r"[0-9]{4}-[0-9]{2}"),
    "year": re.compile(r"[0-9]{4}"),
}
LONGEST = 40  # letters
FEW = 3  # different cells at least, where the name does not say that they are dates
MONTHS = 6  # different values at least that are never above 12, beside one that is always the same

DATE, TIME, MONTH, YEAR = ({"type": each} for each in ("date", "datetime", "yearmonth", "year"))
MDY, DMY, YMD = (DATE | {"kawaraban": {"order": each}} for each in ("mdy", "dmy", "ymd"))
IN_2024 = DATE | {"kawaraban": {"year": 2024}}
FISCAL = DATE | {"kawaraban": {"fiscal": 2024}}
FISCAL_YEARS = YEAR | {"kawaraban": {"years": "fiscal"}}
PACKED = DATE | {"kawaraban": {"packed": True}}
SERIAL = DATE | {"kawaraban": {"serial": True}}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    *((cell, DATE, "2024-04-01") for cell in (
        "令和6年4月1日", "令和６年４月１日（月）", "R6.4.1", "R06/04/01", "2024/4/1", "2024/04/01", "2024.4.1",
        "2024-4-1", "２０２４／４／１", "2024年4月1日", "2024年 4月 1日(月)", "2024年4月1日（月曜日）",
        "2024年4月1日 月曜日", "2024/4/1(月)", "2024年（令和6年）4月1日", "2024(令和6)年4月1日",
        "令和6年(2024年)4月1日", "2024/4/1 0:00", "2024-04-01 00:00:00", "2024-04-01T00:00:00",
    )),
    ("令和元年5月1日", DATE, "2019-05-01"),
    ("S38.01.14", DATE, "1963-01-14"),
    ("平成30年2月12日（月・祝）", DATE, "2018-02-12"),
    ("2018/2/12(月・祝)", DATE, "2018-02-12"),
    ("11/1/18", MDY, "2018-11-01"),
    ("11/1/2018", MDY, "2018-11-01"),
    ("1/11/2018", DMY, "2018-11-01"),
    ("18/11/1", YMD, "2018-11-01"),
    ("98/11/1", YMD, "1998-11-01"),
    ("2018/11/1", MDY, "2018-11-01"),
    ("4/9", IN_2024, "2024-04-09"),
    ("8月5日", IN_2024, "2024-08-05"),
    ("4月9日（火）", IN_2024, "2024-04-09"),
    ("2/29", IN_2024, "2024-02-29"),
    ("4/9", FISCAL, "2024-04-09"),
    ("3月31日", FISCAL, "2025-03-31"),
    ("20240401", PACKED, "2024-04-01"),
    ("45383", SERIAL, "2024-04-01"),
    ("2024/4/1 9:00", TIME, "2024-04-01T09:00:00"),
    ("2024-04-01 09:00:30", TIME, "2024-04-01T09:00:30"),
    ("2024年4月1日午後1時30分", TIME, "2024-04-01T13:30:00"),
    ("令和6年4月1日 9時", TIME, "2024-04-01T09:00:00"),
    ("2024-04-01T09:00+09:00", TIME, "2024-04-01T09:00:00+09:00"),
    ("4/1/2024 9:05", TIME | {"kawaraban": {"order": "mdy"}}, "2024-04-01T09:05:00"),
    *((cell, MONTH, "2024-04") for cell in (
        "2024年4月", "令和6年4月", "R6.4", "R6/4", "2024/04", "2024/4", "2024.04", "2024-4", "２０２４年４月",
        "2024年（令和6年）4月",
    )),
    ("202404", MONTH | {"kawaraban": {"packed": True}}, "2024-04"),
    *((cell, YEAR, "2024") for cell in (
        "2024年", "令和6年", "令和6", "R6", "２０２４", "2024年（令和6年）", "令和6年（2024年）",
    )),
    ("昭和64年", YEAR, "1989"),
    *((cell, FISCAL_YEARS, "2024") for cell in ("令和6年度", "2024年度", "R6年度")),
]  # fmt: skip
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, DATE) for cell in (
        "2024-04-01", "2024/2/30", "2024/13/1", "2024-02-30", "令和6年4月31日", "平成32年4月1日", "2024年4月1日(火)",
        "2024年（令和5年）4月1日", "11/1/18", "11/1/2018", "18/11/1", "6.4.1", "4/9", "8月5日", "20240401", "45383",
        "2024年4月", "平成31年度", "2024", "2024/4/1 9:00", "2024年4月1日から", "2024/4/1～2024/4/5", "2024年4月頃",
        "2024/4/1-5", "不明", "", "2024//4/1", "2024/4-1", "2024/0/1", "明治5年1月1日", "4月上旬",
    )),
    *((cell, MDY) for cell in ("13/1/2018", "4/31/2018", "11/1", "11/1/8", "11-1-18", "0/1/2018", "11/1/18（火）")),
    *((cell, YMD) for cell in ("11/1/2018", "8/11/1", "18/13/1")),
    *((cell, IN_2024) for cell in ("2/30", "4月9日（水）", "4-9", "4.9", "13/1", "4/9～4/12")),
    ("2/29", FISCAL),
    ("20241301", PACKED),
    ("99999", SERIAL),
    *((cell, TIME) for cell in (
        "2024-04-01T09:00:00", "2024-04-01T09:00:00+09:00", "2024/4/1", "2024/4/1 24:00", "2024/4/1 午後13時",
        "2024/4/1 9:60",
    )),
    *((cell, MONTH) for cell in (
        "2024-04", "2024/13", "2024.1", "2024/4/1", "2024-25", "令和6年度", "202404", "4月", "2024",
    )),
    *((cell, YEAR) for cell in (
        "2024", "令和6年度", "2024年度", "令和6年4月", "平成32年", "6", "24年", "2024年（令和5年）",
    )),
    *((cell, FISCAL_YEARS) for cell in ("令和6年", "2024年", "2024")),
    ("2024/4/1", DATE | {"format": "%Y/%m/%d"}),
    ("2024/4/1", {"type": "string"}),
]  # fmt: skip
# what the cells of a column say together: (name, cells, what the recipe gets)
DECIDED: list[tuple[str, list[str], Mapping[str, Any]]] = [
    ("日付", ["11/1/18", "11/13/18", "12/25/18"], {"order": "mdy"}),
    ("日付", ["4/1/2024", "4/13/2024", "－"], {"order": "mdy"}),
    ("日付", ["1/4/2024", "13/4/2024"], {"order": "dmy"}),
    ("日付", [f"{month}/1/2018" for month in range(1, 8)], {"order": "mdy"}),
    ("日付", ["98/11/1", "99/1/31"], {"order": "ymd"}),
    ("日付", ["11/1/2018", "12/1/2018"], {}),
    ("日付", ["18/11/1", "18/12/25"], {}),
    ("日付", ["6.4.1", "6.5.31"], {}),
    ("日付", ["13/1/2024", "1/13/2024"], {}),
    ("番地", ["11-13-18", "2-25-10"], {}),
    ("日付", ["2024/4/1", "2024/4/2"], {}),
    ("日付", ["4/9", "8月5日"], {}),
    ("設置年月日", ["20240401", "20240430", ""], {"packed": True}),
    ("値", ["20240401", "20240402", "20240403"], {"packed": True}),
    ("値", ["20240401"], {}),
    ("管理番号", ["20240401", "20240402", "20240403"], {}),
    ("設置年月日", ["20240401", "20240431"], {}),
    ("設置年月日", ["20240401", "2024/4/2"], {}),
    ("設置年月日", ["45383", "45384"], {"serial": True}),
    ("人口", ["45383", "45384"], {}),
    ("設置年月日", ["45383", "2024/4/1"], {}),
    ("年度", ["令和6年度", "2023年度"], {"years": "fiscal"}),
    ("年度", ["令和6年度", "令和5年"], {}),
]


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed."""
    return field.get("type") in TYPES and field.get("format", "default") in ("default", "any", "")


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give the date, the date and time, the month or the year in ISO form."""
    type_ = str(field.get("type"))
    if not cell or len(cell) > LONGEST or not touches(field):
        return cell
    says = field.get("kawaraban") or {}
    if TIDY[type_].fullmatch(cell) and not (type_ == "year" and says.get("years") == "fiscal"):
        return cell
    iso = _by_era(cell) if (written := read_western(cell, says)) is None else _iso(written)
    if type_ == "year":
        fiscal = says.get("years") == "fiscal"
        iso = iso.removesuffix("年度") if iso.endswith("年度") == fiscal else ""
    elif type_ == "date" and iso.endswith("T00:00:00"):
        iso = iso[:10]  # a spreadsheet's day
    return iso if TIDY[type_].fullmatch(iso) else cell


def decide(name: str, cells: Iterable[str]) -> dict[str, Any]:
    """Give what the recipe must say of a column of dates for its cells to be sure; empty where nothing, or unsure."""
    filled = [each.strip() for each in dict.fromkeys(cells) if not missing.is_missing(each.strip(), "date")]
    if not filled:
        return {}
    shorts = [found for each in filled if (found := read_short(each))]
    if shorts:
        order = _order(shorts)
        return {"order": order} if order else {}
    if all(each.endswith("年度") and clean(each, FISCAL_YEARS) != each for each in filled):
        return {"years": "fiscal"}
    named = says(name, "date")
    if not is_code(name) and (named or len(filled) >= FEW) and all(map(_is_packed, filled)):
        return {"packed": True}
    if named and all(re.fullmatch("[0-9]{5}", each) and int(each) in SERIALS for each in filled):
        return {"serial": True}
    return {}


def doubt(name: str, cells: Iterable[str]) -> str:
    """Give what a column of dates leaves open: `order` (11/1/18), `year` (4/9), or nothing."""
    filled = [each.strip() for each in dict.fromkeys(cells) if not missing.is_missing(each.strip(), "date")]
    if any(map(read_short, filled)) and not decide(name, filled):
        return "order"
    return "year" if any(map(is_yearless, filled)) else ""


def _by_era(cell: str) -> str:
    found = read_era_date(cell)
    return (western(found) or "") if found is not None else ""


def _iso(written: Written) -> str:
    if not written.month:
        return f"{written.year}年度" if written.fiscal else f"{written.year:04}"
    if not written.day:
        return f"{written.year:04}-{written.month:02}"
    iso = f"{written.year:04}-{written.month:02}-{written.day:02}"
    if written.clock is None:
        return iso
    hour, minute, second = written.clock
    return f"{iso}T{hour:02}:{minute:02}:{second:02}{written.zone}"


def _is_packed(cell: str) -> bool:
    iso = clean(cell, PACKED)
    return iso != cell and len(cell) == 8 and cell.isdigit() and int(cell[:4]) in YEARS


def _order(shorts: list[re.Match[str]]) -> str:
    """Give the only order in which every date is in the calendar; empty where there are several, or none is sure."""
    possible = [
        order
        for order in ORDERS
        if all((each := in_order(found, order)) is not None and each.real for found in shorts)
    ]
    if possible == ["ymd"] and not any(int(found["one"]) > 64 for found in shorts):
        return ""  # 昭和 has 64 years
    if len(possible) == 1:
        return possible[0]
    if possible == ["mdy", "dmy"] and all(len(found["three"]) == 4 for found in shorts):
        one, two = {found["one"] for found in shorts}, {found["two"] for found in shorts}
        if len(two) == 1 and len(one) >= MONTHS:
            return "mdy"  # the same day of many months; so many days of one month would not all be below 13
        if len(one) == 1 and len(two) >= MONTHS:
            return "dmy"
    return ""
