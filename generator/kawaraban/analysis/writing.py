"""The same thing written in two ways: what is compared of a name, an address, a telephone number, a value.

Only for comparing: what is published is what was written.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

LETTERS = str.maketrans("ヶヵァィゥェォッャュョヮ舘﨑髙", "ケカアイウエオツヤユヨワ館崎高")
DASHES = re.compile("[‐‑‒–—―−－]")
BRACKETS = str.maketrans("[]{}【】〔〕〈〉《》「」『』", "()()()()()()()()")
# a school of the town is the same with and without these words
OWNER = re.compile(r"^(?:国|(?:東京)?都|(?:北海)?道|(?:京都|大阪)?府|(?:\w{2,3})?県|市|区|町|村|組合)立")
FOUNDER = re.compile(r"立$")
PREFECTURE = re.compile(r"^(?:東京都|北海道|京都府|大阪府|[^\d\s]{2,3}県)")
COUNTY = re.compile(r"^[^\d市区町村]{1,6}郡(?=.{1,8}[町村])")
NUMBER_WORDS = re.compile(r"(?:丁目|番地の|番地|番|号|の(?=\d))")
AREA = re.compile(r"(?:大字|小字|字)")
KANJI = str.maketrans("〇一二三四五六七八九", "0123456789")
KANJI_COUNT = re.compile(r"[〇一二三四五六七八九十]+(?=丁目)")
NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
# municipalities that have 市, 町 or 村 inside of their names
LONG = (
    "四日市市|廿日市市|野々市市|大町市|十日町市|東村山市|武蔵村山市|羽村市|田村市|大村市|玉村町|上市町|余市町|下市町"
)
TOWN = re.compile(rf"(?:{LONG})|[^\d\s]{{1,6}}?[市区町村]")

RIGHT_NAMES: list[tuple[str, str, str]] = [
    ("澄浜市立 汐見小学校", "汐見小学校", "澄浜市"),
    ("市立汐見小学校", "汐見小学校", "澄浜市"),
    ("北浜県立汐見高等学校", "県立汐見高等学校", "澄浜市"),
    ("汐見小学校（２階体育館）", "汐見小学校2階体育館", ""),
    ("サンウィング舘", "サンウイング館", ""),
    ("鵜ヶ崎公園", "鵜ケ崎公園", ""),
]
WRONG_NAMES: list[tuple[str, str, str]] = [
    ("汐見小学校", "汐見小学校（体育館）", "澄浜市"),
    ("県立公園", "公園", ""),
]
RIGHT_ADDRESSES: list[tuple[str, str]] = [
    ("北浜県澄浜市本町四丁目17番20号", "澄浜市本町4-17-20"),
    ("澄浜市大字汐見１２番地の３", "澄浜市汐見12-3"),
    ("北浜県東郡澄浜町字本町5番地", "澄浜町本町5"),
]
WRONG_ADDRESSES: list[tuple[str, str]] = [("澄浜市本町4-17-20", "澄浜市本町4-17-2"), ("澄浜市本町1", "稲瀬市本町1")]


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Give a text half-width, without spaces, with one kind of dash and bracket, in small letters."""
    if text.isascii():
        return "".join(text.translate(BRACKETS).split()).lower()
    written = unicodedata.normalize("NFKC", DASHES.sub("-", text)).translate(BRACKETS).translate(LETTERS)
    return "".join(written.split()).lower()


def plain_name(name: str, town: str = "") -> str:
    """Give a facility's name as it is compared: also without the words that say whose it is."""
    written = plain(name).replace("(", "").replace(")", "")
    if town and written.startswith(town) and len(written) > len(town) + 1:
        rest = written[len(town) :]
        written = FOUNDER.sub("", rest[:1]) + rest[1:]
    without = OWNER.sub("", written)
    return without if len(without) > 2 else written


def town_in(address: str) -> str:
    """Give the municipality that an address begins with, after its prefecture; empty where it begins with none."""
    found = TOWN.match(COUNTY.sub("", PREFECTURE.sub("", "".join(address.split()))))
    return found[0] if found else ""


def municipality(region: str, text: str) -> str:
    """Give the prefecture and municipality that a text begins with; `region` is the prefecture where it is known."""
    found = PREFECTURE.match("".join(text.split()))
    town = town_in(text)
    return (found[0] if found else region) + town if town else ""


@lru_cache(maxsize=65536)
def plain_address(address: str) -> str:
    """Give an address as it is compared: without the prefecture, its numbers joined by hyphens."""
    written = plain(address)
    written = KANJI_COUNT.sub(lambda found: _count(found[0]), written)
    written = COUNTY.sub("", PREFECTURE.sub("", written))
    return NUMBER_WORDS.sub("-", AREA.sub("", written)).strip("-")


def digits(text: str) -> str:
    """Give the digits of a text: of a telephone number, all that counts."""
    return "".join(letter for letter in plain(text) if letter.isdigit())


def plain_value(text: str) -> str:
    """Give a value as it is compared: 12.0 is 12."""
    written = plain(text)
    return f"{Decimal(written).normalize():f}" if NUMBER.fullmatch(written) else written


def _count(kanji: str) -> str:
    """Give a number up to 99 in digits: 二十三 is 23."""
    if "十" not in kanji:
        return kanji.translate(KANJI)
    tens, _, ones = kanji.partition("十")
    return f"{tens.translate(KANJI) or '1'}{ones.translate(KANJI) or '0'}"
