"""A mail address of a person: one of a free or a mobile provider, or any beside names of private persons.

The box of a facility or a department is public, and so is what ends in lg.jp or go.jp.
"""

import re
from collections.abc import Iterator

from kawaraban.checking.clues import find_clues, find_loose
from kawaraban.checking.persons import persons_in
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

AT = r" ?(?:@|＠|[\[(（]at[\])）]) ?"
PERSONAL = (
    r"gmail\.com|googlemail\.com|(?:yahoo|ymail|ybb)\.(?:co|ne)\.jp|yahoo\.com|(?:hotmail|outlook|live|msn)\.(?:com|jp|co\.jp)|"
    r"(?:icloud|me|mac|aol)\.com|proton(?:mail)?\.(?:com|me)|(?:docomo|ezweb|uqmobile)\.(?:ne|jp)(?:\.jp)?|au\.com|"
    r"(?:i\.)?softbank\.(?:ne\.)?jp|[dhtckrnsq]\.vodafone\.ne\.jp|(?:y-mobile|ymobile1?|emobile)\.ne\.jp|"
    r"rakuten\.jp|rakumail\.jp|mineo\.jp|disney\.ne\.jp|willcom\.com|pdx\.ne\.jp"
)
LOCAL = r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ._+-]{1,64}"
FREE = f"{LOCAL}{AT}(?i:{PERSONAL})"
ANY = f"{LOCAL}{AT}[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.．-]"
OFFICES = re.compile(r"[@＠\])）] ?[^@＠]*\.(lg|go|ed|ac)\.jp", re.IGNORECASE)
ADDRESSES = re.compile(FREE)


def parts(text: str) -> list[str]:
    """Give the addresses of free and mobile providers in a text."""
    return ADDRESSES.findall(text)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give each column that holds such addresses, at the first of them."""
    columns = find_clues(sheet).mails
    beside = bool(columns) and bool(persons_in(sheet).private)
    for column in columns:
        found = list(sheet.cells(column, ANY if beside else FREE))
        if beside:
            found = [(row, text) for row, text in found if not OFFICES.search(text)]
        if found:
            yield Finding(found[0][0], column, details={"count": len(found), "whole": beside})
    yield from find_loose(sheet, parts)


SIGN = Sign("personal-email", "warning", look)

RIGHT = [
    Example("施設名,メール\n公民館,kominkan@town.sumihama.lg.jp\n旅館,info@example.jp\n"),
    Example("氏名,担当課のメール\n海野 太郎,kikaku@town.sumihama.lg.jp\n浜田 花子,kikaku@town.sumihama.lg.jp\n"),
    Example("投稿\n@sumihama をご覧ください\n"),
]
WRONG = [
    Example("店名,備考\n潮見商店,なし\n浜焼き,ご予約は hamayaki-00000@gmail.com へ\n", (("B3", None),)),
    Example("店名,備考\n浜焼き,hamayaki-00000＠docomo.ne.jp\n", (("B2", None),)),
    Example("店名,備考\n浜焼き,hamayaki-00000 [at] yahoo.co.jp\n", (("B2", None),)),
    Example("氏名,メール\n海野 太郎,a@example.com\n浜田 花子,ｂ＠example.jp\n", (("B2", None),)),
]
