"""Which columns hold names of persons, and what of these persons stands beside: told by headers and by cells' shape.

No dictionary of names: a header that says 氏名 and cells of two to six kanji, or 姓 and 名 with a space between them.
A person in an office (議員, 代表者, 院長) is named in public registers; a private person is not.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kawaraban.checking.cells import once_for_each_sheet
from kawaraban.checking.sheet import Sheet
from kawaraban.roles import role_of
from kawaraban.tidying.western import is_day

Cells = Callable[[int], Sequence[str]]  # the first cells of a column; those of one row stand at one place
SAMPLE = 2000  # rows looked at
LONGEST = 200  # letters of a cell that are looked at
MOSTLY = 0.5

OFFICE = re.compile(
    "代表|議員|議長|委員|医師|薬剤師|(施設|病院|診療所|医|店|園|校|館|所|局|部|課|係|隊|団|会|社|組合|支部|区|市|町|村)長|"
    "知事|理事|監事|役員|管理者|責任者|管理人|担当|職員|教員|講師|講演者|著者|作者|筆者|作家|受賞|表彰|候補|選手|監督|出演|撮影|"
    "営業者|事業者|開設者|設置者|業者|取締役|住職|当選|歴代|名誉|商号|名称|法人|団体|会社|企業|契約|落札|受注|受託|寄附|寄贈|"
    "author|speaker|creator|owner|mayor|president|director",
    re.IGNORECASE,
)
OFFICIALS = re.compile(
    "議員|委員|候補|当選|歴代|受賞|表彰|講師|医師|役員|職員|名誉|審議会|協議会"
)  # what a list is called
SOMEONE = (
    "世帯主|保護者|親権者|申請者|申込者|届出人|届出者|請求者|患者|児童|生徒|園児|利用者|会員|応募者|参加者|受講者|受給者|契約者|"
    "納税者|被保険者|被災者|避難者|要支援者|要介護者|滞納者|相談者|通報者|対象者|本人|住民|所有者|緊急連絡先"
)
NAMED = re.compile(
    f"氏名|お名前|^({SOMEONE})の?(名前|名|姓名)$|姓名",
    re.IGNORECASE,
)
HALVES = (
    re.compile(r"^(姓|氏|苗字|名字|みょうじ|セイ|せい|last_?name|family_?name|surname)(\(.*\))?$", re.IGNORECASE),
    re.compile(r"^(名|メイ|めい|first_?name|given_?name)(\(.*\))?$", re.IGNORECASE),
)
VAGUE = re.compile(
    r"^(名前|なまえ|(full_?)?name|フリガナ|ふりがな|カナ|よみがな|読み仮名|読み方)(\(.*\))?$", re.IGNORECASE
)
ABOUT = re.compile(r"(数|率|区分|種別|別|番号|コード|id|属性|年代|続柄|有無|種類|分類|要件|資格)$", re.IGNORECASE)
PLACE = re.compile(
    "施設|事業[所者]|(?<!営)業者名?$|営業所|事務所|商号|組合|店|会社|法人|団体|機関|病院|医院|診療所|薬局|学校|園名|屋号|名称|会場|場所|組織|企業|office|facility|shop"
)
HOME = re.compile("自宅|現住所|本籍|住民票|home_?address")
AGE = re.compile(r"^(満?年齢|年令|age|歳)(\(.*\))?$", re.IGNORECASE)
DEAD = re.compile("没年|没日|没年月日|享年|忌日")
ANIMAL = re.compile("(飼い|保護|迷い)[犬猫]|犬猫|犬・猫|[犬猫]の|動物|ペット|家畜")

KANJI = "㐀-鿿豈-﫿々〆ヶ𠀀-𯿿\ue000-\uf8ff"
KANA = "ぁ-んァ-ヶー"
# not compiled before a column of names is met: kanji beyond the first plane take their time
WHOLE = f"[{KANJI}]{{2,6}}|[{KANJI}]{{1,3}}[{KANA}]{{1,4}}"
READING = re.compile("[ァ-ヶー]{4,14}|[ぁ-んー]{4,14}")
SPACED = f"[{KANJI}{KANA}]{{1,6}}[ ・]+[{KANJI}{KANA}]{{1,7}}"
LATIN = re.compile(r"[A-Z][a-z.'-]*(?:,? [A-Z][A-Za-z.'-]*){1,3}|[A-Z]{2,}(?:,? [A-Z][A-Za-z]+){1,2}")
HALF = f"[{KANJI}{KANA}]{{1,6}}|[A-Z][a-z'-]+"
NO_NAME = re.compile(
    "(課|係|部|局|所|会|社|店|園|校|院|館|室|署|団|庁|省|寺|区|県|駅|港|号|棟|屋|荘|様式)$|"
    "^(不明|個人|非公開|匿名|男性|女性|本人|未定|該当なし|同上|未記入|記載なし|公表せず|非公表|法人|団体|父|母|なし|無し)$"
)
HOUSE = re.compile(r"[^0-9\s].*?[0-9]|[一二三四五六七八九十]+番")


@dataclass(frozen=True, slots=True)
class Persons:
    """Columns by what they hold of persons. `private` and `official` hold names.

    `homes` are addresses down to the house, where they are not those of a facility; `ages` are numbers of years.
    `of_animals` and `of_the_dead` say that births here are no living person's.
    """

    private: tuple[int, ...] = ()
    official: tuple[int, ...] = ()
    births: tuple[int, ...] = ()
    ages: tuple[int, ...] = ()
    addresses: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()
    of_animals: bool = False
    of_the_dead: bool = False

    @property
    def names(self) -> tuple[int, ...]:
        return self.private + self.official


@once_for_each_sheet
def persons_in(sheet: Sheet) -> Persons:
    """Give what a sheet holds of persons."""
    columns = sheet.columns
    ragged = [cells for _, cells in columns.ragged[:SAMPLE]]

    def cells(column: int) -> Sequence[str]:
        lists = columns.lists
        first = lists[column][:SAMPLE] if lists is not None else columns.column(column).slice(0, SAMPLE).to_pylist()
        return [*first, *(each[column] if column < len(each) else "" for each in ragged)]

    return find_persons(sheet.names, cells, f"{sheet.dataset.title} {sheet.resource.path}")


def find_persons(names: Sequence[str], cells: Cells, about: str = "") -> Persons:
    """Give what a table holds of persons; `about` is what it is called (a list of 議員 names officials)."""
    words = [_plain(name).replace(" ", "") for name in names]
    private: list[int] = []
    official: list[int] = []
    halves = all(any(each.search(word) for word in words) for each in HALVES)
    for column, word in enumerate(words):
        if role_of(word) in ("phone", "e-mail", "address", "birth-date", "my-number") or ABOUT.search(word):
            continue
        if NAMED.search(word):
            fits = _share(cells(column), lambda text: bool(_is_name(text) or READING.fullmatch(text)))
        elif halves and any(each.search(word) for each in HALVES):
            fits = _share(cells(column), lambda text: bool(re.fullmatch(HALF, text)))
        elif VAGUE.search(word):
            fits = _share(cells(column), lambda text: bool(re.fullmatch(SPACED, text)) and _is_name(text, kanji=True))
        else:
            fits = OFFICE.search(word) is not None and _share(cells(column), _is_name)
        if fits:
            (official if OFFICE.search(word) or OFFICIALS.search(about) else private).append(column)
    facility = any(PLACE.search(word) for word in words)
    addresses = [
        column for column, word in enumerate(words)
        if HOME.search(word)
        or (role_of(word) == "address" and not PLACE.search(word) and not ("所在地" in word and facility))
    ]  # fmt: skip
    births = [column for column, word in enumerate(words) if role_of(word) == "birth-date"]
    ages = [column for column, word in enumerate(words) if AGE.search(word)]
    return Persons(
        tuple(private),
        tuple(official),
        tuple(each for each in births if _share(cells(each), is_day)),
        tuple(each for each in ages if _share(cells(each), lambda text: bool(re.fullmatch("[0-9]{1,3}歳?", text)))),
        tuple(each for each in addresses if any(cells(each))),
        tuple(
            each for each in addresses
            if (HOME.search(words[each]) or private or not facility)
            and _share(cells(each), lambda text: bool(HOUSE.search(text)))
        ),
        bool(ANIMAL.search(about)) or any(ANIMAL.search(word) for word in words),
        any(DEAD.search(word) for word in words),
    )  # fmt: skip


def _is_name(text: str, kanji: bool = False) -> bool:
    shaped = re.fullmatch(WHOLE, text) or re.fullmatch(SPACED, text) or LATIN.fullmatch(text)
    return bool(shaped) and not NO_NAME.search(text) and (not kanji or bool(re.search(f"[{KANJI}]", text)))


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Say if most of the cells that hold something fit."""
    filled = [_plain(text[:LONGEST]) for text in cells if text.strip()]
    return bool(filled) and sum(map(fits, filled)) >= MOSTLY * len(filled)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
