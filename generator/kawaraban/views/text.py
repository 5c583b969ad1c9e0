"""Numbers and dates as people read them in their language; everything escaped for HTML."""

import math
import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from kawaraban.model import Field

YEARS = re.compile(r"年|年度|西暦|year|fiscal", re.IGNORECASE)
MINUS = "\N{MINUS SIGN}"


def is_year(field: Field) -> bool:
    """Say whether a whole number in this column is a year, which has no thousands separator."""
    return field.type == "year" or (field.type == "integer" and YEARS.fullmatch(field.name) is not None)


def is_missing(value: Any) -> bool:
    """Say whether a frame's value is none."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    return type(value).__name__ in ("NAType", "NaTType")


def number_text(value: float, places: int | None = None) -> str:
    """Give a number with thousands separators and a true minus sign."""
    if isinstance(value, float) and not value.is_integer():
        shown = f"{value:,.{places}f}" if places is not None else f"{round(value, 10):,}"
    else:
        shown = f"{int(value):,}"
    return shown.replace("-", MINUS)


def date_text(value: date, lang: str, short: bool = False) -> str:
    """Give a date as it is read: 2024年4月1日, or 1 Apr 2024."""
    if lang.startswith("ja"):
        return f"{value.month}月{value.day}日" if short else f"{value.year}年{value.month}月{value.day}日"
    name = month_names(lang)[value.month - 1]
    return f"{value.day} {name}" if short else f"{value.day} {name} {value.year}"


@cache
def month_names(lang: str) -> list[str]:
    """Give the short names of the months; English ones where a language is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(lang.partition("-")[0]).months["format"]["abbreviated"]
    except (UnknownLocaleError, ValueError):
        return month_names("en")
    return [str(names[month]) for month in range(1, 13)]


def date_pattern(lang: str) -> tuple[str, list[str]]:
    """Give how a date is written, with {year}, {month}, {day} and {name}, and the names of the months."""
    ja = lang.startswith("ja")
    return ("{year}年{month}月{day}日", []) if ja else ("{day} {name} {year}", month_names(lang))


def iso_text(value: str, lang: str) -> str:
    """Give an ISO date as it is read; other text as it is."""
    try:
        return date_text(date.fromisoformat(value), lang)
    except ValueError:
        return value


def value_text(value: Any, field: Field, lang: str) -> str:
    """Give one value as plain text, not escaped; nothing for a missing one."""
    if is_missing(value):
        return ""
    if field.values and (said := field.values.get(str(value).lower() if isinstance(value, bool) else str(value))):
        return said
    if isinstance(value, bool):
        return ("はい" if value else "いいえ") if lang.startswith("ja") else ("yes" if value else "no")
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int | float):
        return str(value) if is_year(field) else number_text(value)
    if isinstance(value, datetime):
        return f"{date_text(value.date(), lang)} {value:%H:%M}"
    if isinstance(value, date):
        return date_text(value, lang)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def cell_html(value: Any, field: Field, lang: str) -> str:
    """Give one value for a table cell: escaped, links for web addresses, nothing else alive."""
    text = value_text(value, field, lang)
    if re.fullmatch(r"https?://[^\s\"'<>]{3,500}", text):
        return f'<a href="{escape(text)}" rel="nofollow noopener">{escape(text)}</a>'
    return escape(text).replace("\n", "<br>")
