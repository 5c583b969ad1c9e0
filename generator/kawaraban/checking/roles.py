"""What a column holds, told by its name as towns write it. Several signs ask; the words stand here once."""

import re
import unicodedata

# role -> what a column's name says, after NFKC, spaces taken out; the first that fits counts
ROLES: dict[str, str] = {
    "my-number": r"マイナンバー|個人番号|my_?number",
    "coordinates": r"緯度.{0,6}経度|経度.{0,6}緯度|経緯度|lat.{0,6}lo?ng?|lo?ng?.{0,3}lat|^(座標|geo_?point)$",
    "latitude": r"緯度|北緯|^lati?$|latitude|[_./]lati?$",
    "longitude": r"経度|東経|^lo?ng?$|longitude|[_./]lo?ng?$",
    "postal-code": r"郵便番号|〒|postal|zip_?code|^zip$",
    "phone": r"電話|携帯|ファ[ック]|(?<![a-z])(tel|fax)(_?no)?(?![a-z])|(?<![a-z])(tele|cell|mobile)?_?phone",
    "e-mail": r"メール|e-?mail",
    "municipality-code": r"(地方公共団体|市区?町村|団体|自治体)(コ[ー―‐-]ド|cd$)|(municipality|lg)_?code",
    "birth-date": r"(?<!発)生年月日|誕生日|birth",
    "date": r"日付|年月日|日時|期[日限]|年[月度]$|(?<![曜休祝平])日$|(?<![a-z])(up)?date|(?-i:[a-z]Date)",
    "address": r"住所|所在地|address|番地",
    "person": r"氏名|^姓$|^名$|お名前|代表者|担当者|申請者|世帯主|保護者|person|full_?name",
    "identifier": r"^(id|no\.?|連番|(通し|管理|整理|識別)?番号|識別子)$|[_.-]id$|(?-i:[^A-Z]ID$|[a-z]Id$)",
}
COMPILED = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}


def role_of(name: str) -> str:
    """Give the role of a column, such as `postal-code`; empty where its name says nothing."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return next((role for role, pattern in COMPILED.items() if pattern.search(plain)), "")
