"""Numbers as people write them: 1,234, ▲5, １２６人, 12.5%.

The law: the number is the one that stands there, to the last digit, or the cell stays. Refused are 19（休床中）,
約30台 and 30台以上 (not that number), 1,23 and 1 234 (perhaps two numbers), 007 (a code), 漢数字, and (123): in
Japanese tables brackets hold a part of the number above, or the number of a note, at least as often as they stand for
a minus. A unit goes only where the field has it (`unit: 人`), and 千円 stays 千円: no value is multiplied.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kawaraban.roles import says
from kawaraban.tidying import missing
from kawaraban.tidying.units import UNIT_OF, UNITS
from kawaraban.tidying.widths import DASHES, half

TYPES = frozenset({"number", "integer"})
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
NO_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:,[0-9]{3})+")  # most of those that are not plain
WRITTEN = re.compile(
    rf"(?P<sign>[▲△]\s?|[-+{DASHES}])?(?P<whole>[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|0|[1-9][0-9]*)?"
    r"(?:\.(?P<part>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
)
POWER = 15  # digits that a spreadsheet holds exactly
ROUNDED = (2, 5)  # digits behind the point in 1.23E+05 and 1.23457E+11: a spreadsheet has cut off the others
MOSTLY = 0.8  # of the cells that say something: the others do not hide what the unit is
A_YEAR = re.compile(r"(?:18|19|20)[0-9]{2}")
YEARS = ("year", "fiscal-year")  # 2024年 is a year in such a column, 24年 perhaps one of an era

HOURS = re.compile(r"(?:利用|開始|終了|営業|開館|開庁|閉館|受付|開放|診療)(?:可能)?時[間刻]")

BEFORE = ("¥", "￥")
NUMBER, INTEGER = {"type": "number"}, {"type": "integer"}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    ("1,234", INTEGER, "1234"),
    ("１，２３４", INTEGER, "1234"),
    ("32,500", NUMBER, "32500"),
    ("１２６", INTEGER, "126"),
    ("▲5", INTEGER, "-5"),
    ("△ 1,200", INTEGER, "-1200"),
    ("－６０５", INTEGER, "-605"),
    ("−0.5", NUMBER, "-0.5"),
    ("+12", INTEGER, "12"),
    (".5", NUMBER, "0.5"),
    ("1.", NUMBER, "1"),
    ("12.0", INTEGER, "12"),
    ("1.2E+05", INTEGER, "120000"),
    ("1.5e-03", NUMBER, "0.0015"),
    ("126人", INTEGER | {"unit": "人"}, "126"),
    ("126 名", INTEGER | {"unit": "人"}, "126"),
    ("32,500㎡", NUMBER | {"unit": "m2"}, "32500"),
    ("32500", NUMBER | {"unit": "㎡"}, "32500"),
    ("12.5%", NUMBER | {"unit": "%"}, "12.5"),
    ("１２．５％", NUMBER | {"kawaraban": {"unit": "％"}}, "12.5"),
    ("¥1,200", INTEGER | {"unit": "円"}, "1200"),
    ("1,200千円", INTEGER | {"unit": "千円"}, "1200"),
]
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    *((cell, NUMBER) for cell in (
        "１９（休床中）", "約30台", "30台以上", "1,23", "12,34", "1,2345", "0,123", "007", "-007", "1 234",
        "１２　３４", "百二十", "(123)", "（１２３）", "△", "▲", "-", "--5", "1.2.3", "①", "12²", "½", "", ".",
        "1.23457E+11", "1.23E+05", "1e400", "126人", "12.5%", "1~2", "1/2", "1:30", "令和6", "٣", "1_000", "ー",
        "INF", "0x10",
    )),
    ("12.5", INTEGER),
    ("126台", INTEGER | {"unit": "人"}),
    ("100円", INTEGER | {"unit": "千円"}),
    ("126人（うち子ども12人）", INTEGER | {"unit": "人"}),
    ("1,5", NUMBER | {"decimalChar": ","}),
    ("1,234", {"type": "string"}),
]  # fmt: skip
DECIDED: list[tuple[str, list[str], dict[str, str]]] = [
    ("値", ["126人", "1,200人", "30", "－"], {"unit": "人"}),
    ("値", ["12名", "3人"], {"unit": "人"}),
    ("値", ["12.5%", "100％", "0"], {"unit": "％"}),
    ("値", ["32,500㎡", "1,200m2"], {"unit": "㎡"}),
    ("値", ["126", "1,200"], {}),
    ("値", ["126人", "3台"], {}),
    ("料金", ["550円", "1,000円", "310円", "300円", "無料"], {"unit": "円"}),
    ("料金", ["550円", "無料", "要問合せ"], {}),
    ("値", ["24時間", "平日のみ", "9:00から"], {}),
    ("値", ["12.5%", "0.125"], {}),
    ("値", ["約30台", "約20台"], {}),
    ("値", ["2023年", "2024年"], {}),
    ("値", ["", "－"], {}),
    ("建築年", ["12年", "24年"], {}),
    ("利用開始時間", ["24時間", "8時間"], {}),
    ("時間", ["24時間", "24時間"], {}),
    ("研修", ["24時間", "8時間"], {"unit": "時間"}),
]


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed: not where a comma is its decimal point."""
    return field.get("type") in TYPES and field.get("decimalChar", ".") == "."


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give the number in plain digits."""
    whole = field.get("type") == "integer"
    if (NO_FRACTION if whole else PLAIN).fullmatch(cell) or not cell or not touches(field):
        return cell
    if GROUPED.fullmatch(cell):
        return cell.replace(",", "")
    unit = UNIT_OF.get(unit_of(field), unit_of(field))
    number, found = split_unit(cell)
    if found and (not unit or UNIT_OF.get(found, found) != unit):
        return cell
    plain = read(number)
    if whole and plain is not None:
        plain = re.sub(r"\.0+$", "", plain)
        return cell if "." in plain else plain
    return cell if plain is None else plain


def unit_of(field: Mapping[str, Any]) -> str:
    """Give the unit of a field, empty where it has none."""
    return str(field.get("unit") or (field.get("kawaraban") or {}).get("unit") or "")


def split_unit(cell: str) -> tuple[str, str]:
    """Give the number and the unit as they are written; the unit is empty where a cell ends in none that is known."""
    text = cell.strip()
    if text.startswith(BEFORE) and not text.endswith(UNITS["円"]):
        return text[1:].strip(), text[0]
    end = len(text)
    while end and text[end - 1] not in "0123456789０１２３４５６７８９.．":
        end -= 1
    for start in (end, end - 2, end - 3):  # m2 and km2 end in a digit
        if 0 < start < len(text) and text[start:].strip() in UNIT_OF:
            return text[:start].strip(), text[start:].strip()
    return text, ""


def read(text: str) -> str | None:
    """Give a number in plain digits; None where it is none, or not surely that one."""
    found = WRITTEN.fullmatch(half(text).strip())
    if found is None:
        return None
    sign, whole, part, power = found.group("sign", "whole", "part", "power")
    if whole is None and not part:
        return None
    if part == "" and (whole is None or power):
        return None
    digits = (whole or "0").replace(",", "") + (f".{part}" if part else "")
    minus = "-" if sign and sign != "+" else ""
    if power is not None:
        if not _exact(digits, part or "", int(power)):
            return None
        digits = f"{Decimal(digits).scaleb(int(power)):f}"
    return minus + digits if digits.strip("0.") else digits


def decide(name: str, cells: Iterable[str]) -> dict[str, Any]:
    """Give the one unit that a column's cells share, `{"unit": "人"}`; some may go without. Nothing where unsure.

    A percent sign must stand at each: 12.5% and 0.125 in one column may be the same number.
    """
    filled = [each for each in dict.fromkeys(cells) if not missing.is_missing(each.strip())]
    parts = [split_unit(each) for each in filled]
    numbers = [(number, UNIT_OF.get(unit, "")) for number, unit in parts if read(number) is not None]
    units = {unit for _, unit in numbers if unit}
    if len(units) != 1 or len(numbers) < MOSTLY * len(filled):
        return {}
    unit = units.pop()
    if unit == "年" and (says(name, *YEARS) or all(A_YEAR.fullmatch(number) for number, _ in numbers)):
        return {}
    if unit == "時間" and (HOURS.search(name) or {number for number, _ in numbers} == {"24"}):
        return {}  # 24時間 says that it is open all day
    if unit == "％" and any(not each and read(number) != "0" for number, each in numbers):
        return {}
    return {"unit": unit}


def _exact(digits: str, part: str, power: int) -> bool:
    if abs(power) > POWER or len(digits) > POWER:
        return False
    return not (power > len(part) and len(part) in ROUNDED)
