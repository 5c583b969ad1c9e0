"""Letters in a column's name that look like others: センタ― with a dash, 入ロ with katakana, a Cyrillic а."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kawaraban.checking.sheet import Example, Finding, Sheet, Sign

# a dash after katakana, and what follows it
DASH = re.compile(r"(ー|(?<![ァ-ヺー]))([ァ-ヺ]+)([-―－‐−–—─])(?=([ァ-ヺ]*)(.?))")
AS_KATAKANA = str.maketrans("二三力口工夕卜八才千一", "ニミカロエタトハオチー")
AS_KANJI = str.maketrans("カロエタニハ○◯", "力口工夕二八〇〇")
AS_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаесіјорѕухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaecijopsyxABEZHIKMNOPTYXo",
)
WORD = re.compile(r"[A-Za-zΑ-Ωο\u0400-\u04ff]+")
HALF_KANA = re.compile(r"[ｦ-ﾟ]+")
# where the letters beside it show that it is wrong -> what is meant
MENDS: tuple[tuple[re.Pattern[str], Mapping[int, int]], ...] = tuple(
    (re.compile(pattern), meant)
    for pattern, meant in (
        (r"(?<=[0-9A-Za-z])ー(?=[0-9A-Za-z])", str.maketrans("ー", "-")),
        (r"(?<=[ァ-ヺー])[二三力口工夕卜八才千一](?=(?!ツ)[ァ-ヴー])", AS_KATAKANA),
        (r"(?<![一-鿿々])[力口工夕卜八才千](?=ー)", AS_KATAKANA),
        (r"(?<![ぁ-んァ-ヺー一-鿿])[へべぺ](?=[ァ-ヺー])", str.maketrans("へべぺ", "ヘベペ")),
        (r"(?<=[能協電体学圧入出水火効努権視聴握浮])カ(?![ァ-ヺー所月国年村町条])", AS_KANJI),
        (r"(?<=[人入出窓戸河排])ロ(?![ァ-ヺー])", AS_KANJI),
        (r"(?<![ァ-ヺー])エ(?=[事業場期程])|(?<=[施竣着加])エ(?![ァ-ヺー])", AS_KANJI),
        (r"(?<![ァ-ヺー])タ(?=[方食刊])", AS_KANJI),
        (r"(?<=[第十])[ニハ](?![ァ-ヺー])|(?<![ァ-ヺー])[ニハ](?=[十百千丁])", AS_KANJI),
        (r"(?<=[〇一二三四五六七八九])[○◯](?=[〇○◯一二三四五六七八九年])", AS_KANJI),
    )
)


def look(sheet: Sheet) -> Iterator[Finding]:
    """Give every name with a letter that looks like the one that is meant."""
    both = any("ァ" <= letter <= "ヺ" for name in sheet.names for letter in name)
    for column, name in enumerate(sheet.names):
        fix = repair(name, both)
        if fix != name:
            yield Finding(column=column, value=name, fix=fix)


def repair(name: str, both: bool) -> str:
    """Give a name with the letters that are meant; half-width katakana only where a header has `both` widths."""
    plain = HALF_KANA.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name) if both else name
    plain = DASH.sub(_long, plain)
    for pattern, meant in MENDS:
        plain = pattern.sub(lambda found, meant=meant: found[0].translate(meant), plain)  # type: ignore[misc]
    return WORD.sub(lambda found: _latin(found[0]), plain)


def _long(found: re.Match[str]) -> str:
    """Give katakana with ー for the dash behind it, where that makes a word and the dash does not part two."""
    long, before, dash, after, then = found.groups()
    if dash == "-":
        meant = not then if not after else len(before) == 1 and not long
    elif after:
        meant = len(before) <= 3 and len(after) <= 3 and after not in tuple("アイウエオ")
    else:
        meant = then in ("", ")", "）") or (
            not long and before[-1] in "タダバパサザラナマカガ" and not then.isascii()
        )
    return f"{long}{before}ー" if meant else found[0]


def _latin(word: str) -> str:
    """Give a word in Latin letters, where some of it is and the rest looks so."""
    latin = word.translate(AS_LATIN)
    return latin if latin.isascii() and any(map(str.isascii, word)) else word


SIGN = Sign("look-alike-header", "warning", look)

RIGHT = [
    Example("センター,イベント-種別,データ一覧,3カ所,一カ月,Wi-Fi,2020-2021,μg,kΩ\n本館,1,2,3,4,5,6,7,8\n"),
    Example("イベント－タイプ,データ―種別,タイプ－ア,データ-タイプ,イベント―名\n1,2,3,4,5\n"),
    Example("窓ロボット,エアコン,カフェ事業,〇×,○,イロハ,すべてのデータ,三ツ池,霞カ丘\n本館,1,2,3,4,5,6,7,8\n"),
    Example("ﾌﾘｶﾞﾅ,住所\nﾎﾝｶﾝ,1丁目\n"),
]
WRONG = [
    Example(
        "センタ―名,サ－ビス名,カレンダ-,2020ー2021,メ二ュー,口ーン,べッド数,ホームペ―ジ,メ―タ―値\n1,2,3,4,5,6,7,8,9\n",
        (
            ("A1", "センター名"), ("B1", "サービス名"), ("C1", "カレンダー"), ("D1", "2020-2021"), ("E1", "メニュー"),
            ("F1", "ローン"), ("G1", "ベッド数"), ("H1", "ホームページ"), ("I1", "メーター値"),
        ),
    ),
    Example(
        "人ロ総数,入ロ,学カ調査,エ事期間,タ方,第ニ回,二○二四年\n1,2,3,4,5,6,7\n",
        (
            ("A1", "人口総数"), ("B1", "入口"), ("C1", "学力調査"), ("D1", "工事期間"), ("E1", "夕方"),
            ("F1", "第二回"), ("G1", "二〇二四年"),
        ),
    ),
    Example("nаme,ﾌﾘｶﾞﾅ,サービス\n本館,ﾎﾝｶﾝ,1\n", (("A1", "name"), ("B1", "フリガナ"))),
]  # fmt: skip
