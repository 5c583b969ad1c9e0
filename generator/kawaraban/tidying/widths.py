"""Full-width digits, letters and signs where a machine reads them, and half-width katakana in readings.

The law: only figures and codes, and only a cell that is half-width as a whole afterwards. Names, addresses and free
text are never rewritten. The one exception are columns of readings (名称_カナ), which hold full-width kana.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from kawaraban.roles import says

Kind = Literal["figures", "code", "kana", ""]
TYPES = frozenset({"number", "integer", "year", "yearmonth", "date", "time", "datetime", "boolean"})
# what a column of text is by its role; the first that fits counts
ROLES: dict[str, Kind] = {
    "reading": "kana",
    "my-number": "",  # a person's number is a problem, not a cell to tidy
    **dict.fromkeys(("postal-code", "phone", "e-mail", "url", "code"), "code"),
}

DASHES = "‐‑‒–—―−ー－ｰ─"  # what stands for a hyphen or a minus
FULL = {code + 0xFEE0: code for code in range(0x21, 0x7F) if code != 0x7E}  # ～ is a range, not a tilde
HALF = FULL | {0x3000: 0x20}
HYPHENED = HALF | dict.fromkeys(map(ord, DASHES), 0x2D)  # where nothing else can be meant by a dash
BETWEEN = re.compile(rf"(?<=[0-9A-Za-z)])[ 　]?[{DASHES}][ 　]?(?=[0-9A-Za-z(])")
HALF_KANA = re.compile("[ァ-ヺ]?[\uff61-\uff9f]+")  # a mark of sound belongs to the letter before it
ALONE = re.compile("[\u3099\u309a]")
NUMBER, TEXT = {"type": "number"}, {"type": "string"}

RIGHT: list[tuple[str, Mapping[str, Any], str]] = [
    ("１２６", NUMBER, "126"),
    ("１，２３４．５", NUMBER, "1,234.5"),
    ("２０２４－０４－０１", {"type": "date"}, "2024-04-01"),
    ("２２：００", {"type": "time"}, "22:00"),
    ("０９９９ー１２ー３４５６", TEXT | {"name": "電話番号"}, "0999-12-3456"),
    ("９９９−１２３４", TEXT | {"name": "郵便番号"}, "999-1234"),
    ("Ａ－１", TEXT | {"name": "施設コード"}, "A-1"),
    ("ｋｏｕｈｏｕ＠ｅｘａｍｐｌｅ．ｊｐ", TEXT | {"name": "メールアドレス"}, "kouhou@example.jp"),
    ("ｽﾐﾊﾏｶﾞﾜ ﾎｰﾙ", TEXT | {"name": "名称_カナ"}, "スミハマガワ ホール"),
    ("ﾊﾟｰｸ２", TEXT | {"name": "フリガナ"}, "パーク２"),
]
WRONG: list[tuple[str, Mapping[str, Any]]] = [
    ("１９（休床中）", NUMBER),
    ("－", TEXT | {"name": "電話番号"}),
    ("ー", TEXT | {"name": "郵便番号"}),
    ("０９９９-１２-３４５６（代表）", TEXT | {"name": "電話番号"}),
    ("第１２号", TEXT | {"name": "管理番号"}),
    ("第１会館", TEXT | {"name": "名称"}),
    ("ｽﾐﾊﾏ会館", TEXT | {"name": "名称"}),
    ("２丁目４－５", TEXT | {"name": "所在地"}),
    ("１２３", TEXT | {"name": "備考"}),
    ("１２３４", TEXT | {"name": "個人番号"}),
    ("0999-12-3456～7", TEXT | {"name": "電話番号"}),
    ("スミハマ", TEXT | {"name": "名称_カナ"}),
    ("126", NUMBER),
]


def kind_of(field: Mapping[str, Any]) -> Kind:
    """Give what a field's cells are for its widths: figures, a code, kana; empty where they are text for people."""
    return "figures" if field.get("type") in TYPES else _named(str(field.get("name", "")))


@lru_cache(maxsize=4096)
def _named(name: str) -> Kind:
    return next((kind for role, kind in ROLES.items() if says(name, role)), "")


def touches(field: Mapping[str, Any]) -> bool:
    """Say whether cells of such a field may be changed."""
    return kind_of(field) != ""


def clean(cell: str, field: Mapping[str, Any]) -> str:
    """Give a figure or a code in half width, a reading in full-width kana."""
    if cell.isascii():
        return cell
    kind = kind_of(field)
    if kind == "kana":
        return HALF_KANA.sub(lambda found: _full_kana(found[0]), cell)
    if not kind:
        return cell
    written = half(cell)
    if kind == "code":
        written = BETWEEN.sub("-", written)
    return written if written.isascii() and any(each.isalnum() for each in written) else cell


def half(text: str) -> str:
    """Give a text with its full-width letters, digits and signs in half width."""
    return text if text.isascii() else text.translate(HALF)


def _full_kana(letters: str) -> str:
    full = unicodedata.normalize("NFKC", letters)
    return letters if ALONE.search(full) else full
