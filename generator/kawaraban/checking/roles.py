"""What a column holds, told by its name as towns write it. Several signs ask; the words stand here once."""

import re
import unicodedata

# role -> what a column's name says, after NFKC, spaces taken out; the first that fits counts
ROLES: dict[str, str] = {
    "my-number": r"マイナンバー|個人番号|my_?number",
    "latitude": r"緯度|^lat|_lat(itude)?$",
    "longitude": r"経度|^(lon|lng)|_(lon|lng|longitude)$",
    "postal-code": r"郵便番号|〒|postal|zip_?code|^zip$",
    "phone": r"電話|TEL|FAX|ファックス|phone|携帯",
    "e-mail": r"メール|e-?mail",
    "municipality-code": r"(地方公共団体|市区?町村|団体|自治体)(コード|cd$)|municipality_?code",
    "birth-date": r"生年月日|誕生日|birth",
    "address": r"住所|所在地|address|番地",
    "person": r"氏名|^姓$|^名$|お名前|代表者|担当者|申請者|世帯主|保護者|person|full_?name",
    "identifier": r"^(id|no\.?|番号|通し番号|連番|管理番号|整理番号|[^ ]*ID)$",
}
COMPILED = {role: re.compile(pattern, re.IGNORECASE) for role, pattern in ROLES.items()}


def role_of(name: str) -> str:
    """Give the role of a column, such as `postal-code`; empty where its name says nothing."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return next((role for role, pattern in COMPILED.items() if pattern.search(plain)), "")
