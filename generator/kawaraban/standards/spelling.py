"""Spellings of a column's name that mean the same: widths, kana, dashes, brackets, look-alike letters.

What is levelled is only compared, never shown: カ and 力 may become one letter here. RIGHT: pairs that are the same;
WRONG: pairs that are not.
"""

import re
import unicodedata
from functools import lru_cache

# kanji that pass for katakana, and hiragana as katakana
LEVEL = str.maketrans(
    {
        **dict(zip("力口工夕二卜八才千三", "カロエタニトハオチミ", strict=True)),
        **{chr(code): chr(code + 0x60) for code in range(0x3041, 0x3097)},
    }
)
RANGE = re.compile(r"(?<=\d)歳?[-~〜ー‐‑‒–—―−─](?=\d)")
BETWEEN = re.compile(
    r"[\s_・､、,，.。/／\\:：;；'\"’”&＆#＃*＊|｜()\[\]{}<>「」『』【】〔〕〈〉《》ー一‐‑‒–—―−─~〜]|(?<!\d)-|-(?!\d)"
)
BRACKETS = re.compile(r"[(（\[［【〔][^)）\]］】〕]*[)）\]］】〕]")
SEXES = (("男性", "男"), ("女性", "女"))

RIGHT = [
    ("所在地_連結表記", "所在地＿連結表記"),
    ("都道府県コード又は市区町村コード", "都道府県コ―ド又は市区町村コ―ド"),
    ("建物名等(方書)", "建物名等_方書"),
    ("名称_カナ", "名称（ｶﾅ）"),
    ("ゴミの品目", "ごみの品目"),
    ("0-4歳の男性", "0～4歳 男性"),
    ("人ロ", "人口"),
    ("NO", "Ｎｏ．"),
    ("施設\n名称", "施設名称"),
]
WRONG = [("0-4歳の男性", "0-4歳の女性"), ("10-14歳", "1-14歳"), ("緯度", "経度"), ("名称", "名称_カナ")]


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Give the level spelling of a name: equal for names that mean the same."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = RANGE.sub("-", text)
    for long, short in SEXES:
        text = text.replace(long, short)
    return BETWEEN.sub("", text.replace("の", "")).translate(LEVEL)


def without_brackets(name: str) -> str:
    """Give a name without what stands in brackets: 面積（㎡） is 面積."""
    return BRACKETS.sub("", name)
