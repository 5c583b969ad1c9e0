"""Western years -> Japanese eras (元号), for those who ask for them."""

from datetime import date

ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 1, 25), "明治"),
)


def era_of_day(day: date) -> str:
    """Give the year of a day: 令和6年; 1867年 where there is no era."""
    for first, name in ERAS:
        if day >= first:
            return f"{name}{_number(day.year - first.year + 1)}年"
    return f"{day.year}年"


def era_of_year(year: int) -> str:
    """Give a whole year; one in which an era changed has the name of the new one, as fiscal years do."""
    return era_of_day(date(year, 12, 31)) if 1 <= year <= 9999 else f"{year}年"


def _number(year: int) -> str:
    return "元" if year == 1 else str(year)
