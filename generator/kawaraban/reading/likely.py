"""How likely a decoded text is as a table of a Japanese town, or one of the West: in bits, fewer is likelier.

Every letter costs what its class does, and every step from one class to the next: half-width kana beside kanji, rare
kanji between Latin letters. What is decoded wrongly is full of such letters and steps.
"""

from collections import Counter
from itertools import pairwise

# kanji that tables of towns are full of
COMMON = set(
    "一二三四五六七八九十百千万円年月日時分週曜火水木金土町村市区県都府道郡丁目番地号字大中小東西南北上下前後左右内外本新旧"
    "名称所在住電話郵便緯度経施設避難場指定緊急収容人数員定備考管理者団体法連絡先利用可能開始終了休館業営駐車有無台"
    "種別類型区対象震津波洪高潮崖崩災害現象氾濫防消署救病院医療診科学校児幼稚園保育童福祉老健康介護障支援専"
    "公民会堂集図書操運動広緑川河山海浜港島橋原野田谷沢池森林松竹梅桜石井坂岡崎口戸江浦宮寺神社根"
    "役庁課部係長局室案相談窓受付申請届出証明類提料提金額費税予算支決計画事実績件率割合総共同組織協議委"
    "食品料理店商観光宿泊文化財産史跡勝古美術芸能祭催期間主最置位階建物屋備側入正面玄関横駅線路交通"
    "停留発着自転歩行一般国際生活環境資源回可燃不瓶紙布粗"
    "世帯男女齢歳級増減移死亡婚離平均比較今昨和成令昭治元更作登録情報式説項必須任意参照例記載力値単版氏姓漢英語表示用様"
    "子家手足心気空青赤白黒色花草鳥魚米夏春秋冬朝昼夕夜生徒全各毎第約以未満超過他特常"
    "加福静阪京奈良兵庫愛知岐阜三重滋賀富埼玉葉茨城栃群馬岩仙形潟香媛徳佐取"
)
# words that no other encoding shows by chance
WORDS = (
    "名称", "住所", "所在地", "電話番号", "緯度", "経度", "市区町村", "都道府県", "施設", "備考", "人口", "世帯",
    "避難", "郵便番号", "設置", "年月日", "番号", "氏名", "コード", "カナ", "URL",
)  # fmt: skip
WORD = -10.0
# class -> bits of a letter of it
COSTS = {
    "end": 3.0,  # what stands between cells
    "sign": 4.0,  # digits and signs of ASCII
    "lower": 4.7,
    "upper": 4.7,
    "hiragana": 6.3,
    "katakana": 7.0,
    "common": 8.5,
    "level-1": 12.5,
    "level-2": 17.0,
    "rare": 18.0,  # other kanji
    "wide": 8.0,  # full-width letters, digits and signs
    "symbol": 12.0,
    "half": 8.0,  # half-width katakana
    "mark": 9.0,  # half-width ｰ ﾞ ﾟ and small kana: never first
    "point": 13.0,  # half-width ｡ ､ ｢ ｣ ･
    "accent": 8.0,
    "capital": 10.0,
    "quote": 10.0,
    "western": 10.0,  # ° € and their like
    "odd": 15.0,  # other signs of Windows-1252
    "other": 13.0,  # Greek, Cyrillic
    "broken": 28.0,  # no letter at all
}
ACCENTS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœß"
JAPANESE = {"hiragana", "katakana", "common", "level-1", "level-2", "rare"}
LATIN = {"lower", "upper"}
HALF = {"half", "mark", "point"}
MARKED = {"accent", "capital"}


class _Classes(dict[str, str]):
    """The class of every letter, found when it is first asked for."""

    def __missing__(self, letter: str) -> str:
        self[letter] = found = _class(letter)
        return found


def _class(letter: str) -> str:
    code = ord(letter)
    if code < 0x80:
        if letter in ',\t;|"\n\r':
            return "end"
        if letter.isalpha():
            return "upper" if letter.isupper() else "lower"
        return "sign" if 0x20 <= code < 0x7F else "broken"
    if code < 0xA0:
        return "broken"
    if "ぁ" <= letter <= "ゞ":
        return "hiragana"
    if "ァ" <= letter <= "ヾ":
        return "katakana"
    if "\uff61" <= letter <= "ﾟ":
        return "point" if letter in "｡｢｣､･" else "mark" if letter in "ｰﾞﾟｧｨｩｪｫｬｭｮｯ" else "half"
    if letter in COMMON:
        return "common"
    if letter in ACCENTS:
        return "accent"
    if letter in ACCENTS.upper():
        return "capital"
    if letter in "«»’‘“”–—…":
        return "quote"
    if letter in "°ºª€£§·®©²³¿¡":
        return "western"
    return _rarer(letter, code)


def _rarer(letter: str, code: int) -> str:
    try:
        body = letter.encode("euc_jp")
    except UnicodeEncodeError:
        body = b""
    if len(body) == 2 and body[0] >= 0xB0:
        return "level-1" if body[0] < 0xD0 else "level-2"
    if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00 or code >= 0x20000:
        return "rare"
    if (len(body) == 2 and body[0] in (0xA1, 0xA3)) or "！" <= letter <= "～" or "￠" <= letter <= "￥":
        return "wide"
    if len(body) == 2 and body[0] == 0xA2:
        return "symbol"
    if letter.encode("cp1252", "ignore"):
        return "odd"
    if "Ͱ" <= letter <= "ӿ":
        return "other"
    return "symbol" if code < 0xE000 and letter.encode("cp932", "ignore") else "broken"


def _step(left: str, right: str) -> float:
    """Give the bits that it takes to go from one class to another."""
    pair = {left, right}
    if right == "mark" and left not in ("half", "mark"):
        return 10.0
    if pair & HALF and pair - HALF:
        beside = (pair - HALF).pop()
        return 3.0 if beside == "end" else 4.0 if beside == "sign" else 8.0
    if pair == {"point"}:
        return 6.0
    if pair <= MARKED:
        return 5.0
    if pair & MARKED:
        beside = (pair - MARKED).pop()
        return {"lower": 0.0, "upper": 0.0, "end": 1.0, "sign": 1.0, "quote": 2.0}.get(beside, 12.0)
    if pair & LATIN and pair & JAPANESE:  # A棟 is likelier than a棟
        return (3.0 if "upper" in pair else 6.0) + (3.0 if pair & {"level-2", "rare"} else 0.0)
    if pair & LATIN and pair & {"quote", "western", "odd"}:
        return 2.0
    return 0.0


CLASSES = _Classes()


def bits(text: str) -> float:
    """Give how many bits a text takes."""
    classes = [CLASSES[letter] for letter in text]
    total = sum(COSTS[each] * times for each, times in Counter(classes).items())
    total += sum(_step(*pair) * times for pair, times in Counter(pairwise(["end", *classes, "end"])).items())
    return total + sum(WORD for word in WORDS if word in text)


def strangeness(text: str) -> float:
    """Give the bits that each letter beyond ASCII takes on average, as if there were one more that takes none.

    So a few rare letters are not yet strange.
    """
    beyond = sum(letter > "\x7f" for letter in text)
    plain = sum(COSTS[CLASSES[letter]] for letter in text if letter <= "\x7f")
    return (bits(text) - plain) / (beyond + 1)


def is_broken(text: str, share: float) -> bool:
    """Say whether more than one, and more than a share, of the letters beyond ASCII could not be read."""
    return text.count("\ufffd") > max(1, share * sum(letter > "\x7f" for letter in text))
