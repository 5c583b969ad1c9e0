"""The words of headers of municipal files, and the words of rows that explain a header: one visible table."""

import re
import unicodedata

from kawaraban.tidying.units import IN_HEADERS

# a label ends in one of these (施設名, 避難所の住所); in English it has one of them as a word
LABELS = tuple(
    """
名称 名 カナ フリガナ ふりがな よみがな 読み 住所 所在地 町名 町丁目 丁目 番地 方書 建物名 電話番号 電話 tel fax
fax番号 内線番号 メールアドレス 連絡先 問合せ先 問い合わせ先 担当課 担当 所管課 所管 管理者 設置者 運営者 事業者
法人番号 団体名 代表者 緯度 経度 標高 座標 座標系 郵便番号 区分 分類 種別 種類 種目 項目 科目 業種 分野 区域
地域 地区 学区 校区 区 市区町村 都道府県 市町村 自治体 コード 番号 no no. № id 管理番号 通番 連番 年 年度 年月
月 月日 年月日 日付 日時 日 期間 開始日 終了日 開始 終了 時間 開始時間 終了時間 営業時間 定休日 休館日 曜日 時刻
更新日 登録日 基準日 値 解説 項目名 value 人口 総人口 世帯 世帯数 総数 合計 計 男 女 男性 女性 件数 人数 数 数量
量 金額 額 価格 料金 定員 収容人数 面積 延床面積 率 割合 比率 構成比 平均 備考 摘要 注記 特記事項 説明 概要 内容
詳細 対象 対象者 条件 方法 理由 状況 状態 有無 可否 url ホームページ ウェブサイト リンク 画像 写真 洪水 津波
地震 高潮 土砂災害 内水 火災 噴火 施設 施設名 場所 設置場所 設置位置 会場 品名 品目 用途 構造 階数 単位 順位 回
歳 年齢 年代 性別 属性
""".split()  # noqa: SIM905  # a list of words reads best as words
)
ENGLISH = re.compile(
    r"(?:^|[_\W])(?:id|no|name|label|type|kind|class|category|code|key|address|city|pref(?:ecture)?|town|zip|lat(?:itude)?"
    r"|lon(?:gitude)?|lng|tel|phone|fax|e?mail|url|date|time|start|end|year|month|day|value|count|total|number|amount"
    r"|price|age|sex|note|notes|description|memo|title|status|unit|source|country|region|area|property)(?:$|[_\W])"
    r"|[a-z](?:Name|Id|Code|Date|Time|Type|Number|Address)$",
)
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,12})[)\]]$")
# rows below a header that say what a column is, not what is in it
TYPES = re.compile(
    r"(?:xsd:|xs:)?(?:string|integer|int|number|numeric|float|double|decimal|date|datetime|time|boolean|bool|text|any|geopoint"
    r"|varchar(?:\(\d+\))?|char(?:\(\d+\))?)|文字列|文字|数値|数字|整数|実数|日付|時刻|日時|真偽値?|論理値|(?:半角|全角)(?:英数字?|数字|カナ|文字)?"
    r"|0/1|必須|任意|推奨|必須項目|任意項目|assertion|#[a-z_]+",
    re.IGNORECASE,
)
# 施設名, 世帯数, 高齢化率, 更新日, and not 30名, 毎週水曜日, 土日
LAST = re.compile("[^0-9約計全][名数率額料]$|[^0-9月火水木金土曜祝休平翌・、~]日$")
# these, and all of one letter, end too many words that are no label: 毎週火曜日, 汐見2丁目
ALONE = {"曜日", "丁目", "番地", "施設"}
ENDS = tuple(word for word in LABELS if not word.isascii() and len(word) > 1 and word not in ALONE)
WHOLE = frozenset(word for word in LABELS if word.isascii())
WORDS = frozenset(LABELS)

RIGHT: list[tuple[str, str]] = [
    ("面積（㎡）", "㎡"), ("人口(人)", "人"), ("予算額（千円）", "千円"), ("名称（カナ）", ""), ("面積", ""),
    ("受診率［％］", "%"),
]  # fmt: skip


def is_label(text: str) -> bool:
    """Say whether a text is a word of headers: 施設名, 電話番号, 緯度, name."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = IN_BRACKETS.sub("", plain).lstrip("#") or plain
    if not plain or len(plain) > 24:
        return False
    if plain.isascii():
        return plain.casefold() in WHOLE or ENGLISH.search(text.strip()) is not None
    return plain in WORDS or LAST.search(plain) is not None or any(plain.endswith(word) for word in ENDS)


def is_word(text: str) -> bool:
    """Say whether a text is one of the words of headers and nothing else."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold() in WORDS


def labels_in(texts: list[str]) -> int:
    """Give how many of the texts are words of headers."""
    return sum(map(is_label, texts))


def unit_in(label: str) -> str:
    """Give the unit that stands in brackets at the end of a label: 面積（㎡） has ㎡; empty where there is none."""
    plain = unicodedata.normalize("NFKC", label.replace("㎡", "\0").replace("㎢", "\1").replace("㎥", "\2")).strip()
    found = IN_BRACKETS.search(plain)
    unit = found[1].strip().replace("\0", "㎡").replace("\1", "㎢").replace("\2", "㎥") if found else ""
    return unit if unit.casefold() in IN_HEADERS else ""


def is_unit(text: str) -> bool:
    """Say whether a whole text is a unit, in brackets or not: （人）, ㎡, 単位：千円."""
    plain = text.strip().strip("()（）[]［］【】〔〕").removeprefix("単位").lstrip(":： ").strip()
    return plain.casefold() in IN_HEADERS or unicodedata.normalize("NFKC", plain).casefold() in IN_HEADERS
