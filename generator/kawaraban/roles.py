"""What a column holds, told by its name as towns write it. Checking and tidying ask; the words stand here once.

RIGHT holds (name, role), CODES names of columns whose digits are no number, NO_CODES others.
"""

import re
import unicodedata
from functools import lru_cache

# role -> what a column's name says, after NFKC, without spaces (`tel no` is tel_no); the first that fits counts
ROLES: dict[str, str] = {
    "my-number": r"マイナンバー|個人番号|my_?number",
    "coordinates": r"緯度.{0,6}経度|経度.{0,6}緯度|経緯度|lat.{0,6}lo?ng?|lo?ng?.{0,3}lat|^(座標|geo_?point)$",
    "latitude": r"緯度|北緯|^lati?$|latitude|[_./]lati?$",
    "longitude": r"経度|東経|^lo?ng?$|longitude|[_./]lo?ng?$",
    "postal-code": r"郵便番号|^郵便$|〒|postal|zip_?code|^zip$",
    "phone": (
        r"電話|携帯|ファ[ック]|(?<![a-z])(tel|fax)(_?no)?(?![a-z])|(?<![a-z])(tele|cell|mobile)?_?phone"
        r"|(?-i:[a-z]Phone)"
    ),
    "e-mail": r"メール|e-?mail",
    "municipality-code": r"(地方公共団体|市区?町村|団体|自治体)(コ[ー―‐-]ド|cd$)|(municipality|lg)_?code",
    "birth-date": r"(?<!発)生年月日|誕生日|birth",
    # 人口_4月1日 and 4月1日時点 say of when the figures are; they hold no dates
    "date": (
        r"日付|年月日|日時|期[日限]|(?<![年月日時度末])時点|(?<![曜休祝平0-9])日$|(?<![a-z])(up)?date|(?-i:[a-z]Date)"
    ),
    "year-month": r"年月$",
    "fiscal-year": r"年度$",
    "address": r"住所|所在地|address|番地",
    "person": r"氏名|^姓$|^名$|お名前|代表者|担当者|申請者|世帯主|保護者|person|full_?name",
    "identifier": r"^(id|no\.?|連番|(通し|管理|整理|識別)?番号|識別子)$|[_.-]id$|(?-i:[^A-Z]ID$|[a-z]Id$)",
    "code": r"(コ[ー―‐-]ド|(?<!口座)番号|code|(?<![a-z])(cd|no\.?|id))$",
    "url": r"url|ホームページ|web_?サイト|ウェブサイト",
    "reading": r"カナ$|かな$|フリガナ|ふりがな|読み(仮名)?$|ヨミ$|kana$",
    "year": r"(年|西暦|和暦|year|année)$",
    "presence": r"有無$",  # 有 and 無 are words of the municipal standards
    # by the municipal standards, and by names that say it themselves; 津波浸水深 and 地震の備考 are none
    "flag": (
        r"^(?!.*([名日時数高深量率値]$|備考|内容|名称|区域$|震度|コード$))(災害種別|(is|has)_|.*(フラグ|洪水|崖崩れ|がけ崩れ"
        r"|土砂災害|土石流|地滑り|地すべり|高潮|地震|津波|大規模な火事|内水氾濫|火山現象|対応$|対応可?否|可否|該当"
        r"|の有り?無し?$|flag))"
    ),
}
COMPILED = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}
NO_NUMBER = re.compile(
    r"コ[ー―‐-]ド|番号|code|(?<![a-z0-9])(id|no)(?![a-z0-9])|(?-i:[a-z]I[dD]$)", re.IGNORECASE
)  # in any place: 施設コード（6桁）

RIGHT: list[tuple[str, str]] = [
    ("個人番号", "my-number"), ("緯度・経度", "coordinates"), ("緯 度", "latitude"), ("施設_lng", "longitude"),
    ("〒", "postal-code"), ("ＴＥＬ", "phone"), ("tel no", "phone"), ("contactPhone", "phone"), ("E-mail", "e-mail"),
    ("smartphone", ""), ("市町村コ―ド", "municipality-code"), ("生年月日", "birth-date"), ("開設日", "date"),
    ("start date", "date"), ("基準時点", "date"), ("定休日", ""), ("人口_令和6年4月1日", ""), ("人口（4月時点）", ""),
    ("対象年月", "year-month"), ("人口_2024年度", "fiscal-year"), ("所在地", "address"), ("保護者", "person"),
    ("No.", "identifier"), ("ownerId", "identifier"), ("施設番号", "code"), ("口座番号", ""),
    ("イベントURL", "url"), ("名称_カナ", "reading"), ("建築年", "year"), ("駐車場有無", "presence"),
    ("災害種別_津波", "flag"), ("津波浸水深", ""), ("車椅子対応", "flag"), ("名称", ""),
]  # fmt: skip
CODES = ["施設コード（6桁）", "電話番号", "郵便番号", "FAX", "facility id", "No.", "№", "ownerID", "zip code"]
NO_CODES = ["人口", "定員", "notes", "ideal", "郵便局数", "人口_4月1日", "総数"]


def role_of(name: str) -> str:
    """Give the role of a column, such as `postal-code`; empty where its name says nothing."""
    plain = _plain(name)
    return next((role for role, pattern in COMPILED.items() if pattern.search(plain)), "")


def says(name: str, *roles: str) -> bool:
    """Say whether a column's name says that it holds one of these, whatever else it says."""
    plain = _plain(name)
    return any(COMPILED[role].search(plain) for role in roles)


def is_code(name: str) -> bool:
    """Say whether a column's name says that its digits are no number: a code, an identifier, a phone number."""
    return says(name, "postal-code", "phone") or NO_NUMBER.search(_plain(name)) is not None


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Give a name as it is looked at: NFKC, spaces between Latin letters as `_`, all others taken out."""
    words = re.sub(r"(?<=[0-9A-Za-z.])\s+(?=[0-9A-Za-z])", "_", unicodedata.normalize("NFKC", name).strip())
    return re.sub(r"\s+", "", words)
