"""A telephone number of a person: a mobile one (090, 080, 070, 060), one called 自宅, or any beside names of persons.

The number of a facility or a department is public, and 0120 and 0800 are free calls.
"""

from collections.abc import Iterator

from kawaraban.checking.clues import DIGIT, anywhere, find_clues, find_loose, parts_of
from kawaraban.checking.persons import HOME, persons_in
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign
from kawaraban.roles import role_of
from kawaraban.tidying.widths import DASHES

GAP = f"(?:[-{DASHES} 　]| ?[(（)）] ?)"
START = "[(（]?[0０][6-9６-９][0０]"
COUNTRY = f"[+＋][8８][1１]{GAP}?[(（]?[0０]?[)）]?[6-9６-９][0０]"
MOBILE = (
    f"{START}{GAP}{DIGIT}{{4}}{GAP}?{DIGIT}{{4}}|{START}{DIGIT}{{4}}{GAP}{DIGIT}{{4}}|"
    f"[0０][6-9６-９][0０][1-9１-９]{DIGIT}{{7}}|{COUNTRY}{GAP}?{DIGIT}{{4}}{GAP}?{DIGIT}{{4}}"
)
ANY = f"{DIGIT}{{2,4}}.?{DIGIT}{{2,4}}.?{DIGIT}{{3,4}}"
NUMBERS = parts_of(MOBILE)


def parts(text: str) -> list[str]:
    """Give the mobile numbers in a text."""
    return NUMBERS.findall(text)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give each column that holds such numbers, at the first of them."""
    mobile = set(find_clues(sheet).digits)
    private = persons_in(sheet).private
    for column, name in enumerate(sheet.names):
        theirs = role_of(name) == "phone" and bool(private or HOME.search(name))
        if not theirs and column not in mobile:
            continue
        found = list(sheet.cells(column, ANY if theirs else anywhere(MOBILE)))
        if found:
            yield Finding(found[0][0], column, details={"count": len(found), "whole": theirs})
    yield from find_loose(sheet, parts)


SIGN = Sign("personal-phone", "warning", look)

RIGHT = [
    Example(
        "施設名,電話番号\n公民館,0470-00-0000\n相談窓口,0120-000-000\n図書館,0800-000-0000\n支所,(0470)00-0000\n"
    ),
    Example("品名,JAN\nみそ,4908000000000\n"),
    Example("代表者名,所在地,電話番号\n海野 太郎,本町1-1,０４７０－００－００００\n"),
    Example("写真\nhttps://example.jp/photo/09000000000.jpg\n"),
    Example("番号\n00090123456789\n0.09012345678\n"),
]
WRONG = [
    Example(
        "店名,電話番号\n潮見商店,0470-00-0000\n浜焼き,090-0000-0000\n山の茶屋,０８０－００００－０００１\n",
        (("B3", None),),
    ),
    Example("備考\n当日の連絡は 090ー0000ー0000 まで\n", (("A2", None),)),
    Example("備考\n+81-90-0000-0000\n", (("A2", None),)),
    Example("備考\n09011112222\n", (("A2", None),)),
    Example("備考\n090（0000）0000\n", (("A2", None),)),
    Example("氏名,電話番号\n海野 太郎,0470-00-0000\n浜田 花子,0470-00-0001\n", (("B2", None),)),
    Example("役職,自宅電話\n区長,0470-00-0000\n", (("B2", None),)),
]
