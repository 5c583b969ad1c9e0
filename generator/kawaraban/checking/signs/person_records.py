"""Names of persons beside their birth dates, ages and homes. A list of officials that says no more is public."""

from collections.abc import Iterator, Sequence

from kawaraban.checking.persons import Persons, persons_in
from kawaraban.checking.sheet import Example, Finding, Sheet, Sign


def look_for_records(sheet: Sheet) -> Iterator[Finding]:
    """Give a table whose rows hold name, birth date and address of private persons, at the name."""
    persons = persons_in(sheet)
    if is_record(persons):
        beside = (*persons.births, *persons.addresses)
        yield _finding(sheet, persons.private, beside)


def look_for_names(sheet: Sheet) -> Iterator[Finding]:
    """Give a table that names persons beside birth dates, ages or homes, at the name."""
    persons = persons_in(sheet)
    beside = (
        (*persons.births, *persons.ages, *persons.homes) if persons.private else (*persons.births, *persons.homes)
    )
    if persons.names and beside and not is_record(persons) and not persons.of_the_dead:
        yield _finding(sheet, persons.names, sorted(beside))


def look_for_births(sheet: Sheet) -> Iterator[Finding]:
    """Give each column of birth dates of persons whom the table does not name."""
    persons = persons_in(sheet)
    if persons.names or persons.of_animals or persons.of_the_dead:
        return
    for column in persons.births:
        found = [row for row, _ in sheet.cells(column)]
        yield Finding(found[0], column, details={"count": len(found), "whole": True})


def is_record(persons: Persons) -> bool:
    """Say if a table holds name, birth date and address of private persons."""
    return bool(persons.private and persons.births and persons.addresses)


def _finding(sheet: Sheet, names: Sequence[int], beside: Sequence[int]) -> Finding:
    said = {
        "names": "、".join(sheet.names[each] for each in names),
        "beside": "、".join(sheet.names[each] for each in beside),
    }
    return Finding(None, names[0], details={**said, "whole": True, "columns": [*names, *beside]})


SIGNS = (
    Sign("personal-record", "error", look_for_records),
    Sign("person-name", "warning", look_for_names),
    Sign("birth-date", "warning", look_for_births),
)

RECORD = "氏名,生年月日,住所\n海野 太郎,1980-01-01,澄浜町潮見1-2\n浜田 花子,1985-02-02,澄浜町本町3-4\n"
OFFICIALS = "議員氏名,ふりがな,会派\n海野 太郎,うみの たろう,みらい\n浜田 花子,はまだ はなこ,無所属\n"
FACILITIES = "施設名,施設長名,所在地\n潮見保育園,海野 太郎,潮見1-2\n本町保育園,浜田 花子,本町3-4\n"
LIST = "氏名,住所\n海野 太郎,澄浜町潮見1-2\n浜田花子,澄浜町本町3番地4\n"

RIGHT = {
    "personal-record": [
        Example(LIST),
        Example("候補者氏名,生年月日,住所\n海野 太郎,1980-01-01,澄浜町潮見\n浜田 花子,1985-02-02,澄浜町本町\n"),
        Example("名称,設立年月日,住所\n潮見商店,1980-01-01,潮見1-2\n"),
    ],
    "person-name": [
        Example(OFFICIALS),
        Example(FACILITIES),
        Example(RECORD),
        Example("氏名,部門,賞\n海野 太郎,絵画,町長賞\n浜田 花子,書,町長賞\n"),
        Example("名前,住所\n潮見公園,潮見1-2\n浜の湯,本町3-4\n"),
        Example("申請者区分,申請者数,住所\n個人,12,潮見1-2\n法人,8,本町3-4\n"),
        Example("工事事業者名,代表者名,住所\n潮見設備,海野 太郎,潮見1-2\n本町水道,浜田 花子,本町3-4\n"),
        Example("団体名,代表者名,住所\n潮見自治会,海野 太郎,潮見1-2\n本町自治会,浜田 花子,本町3-4\n"),
        Example("作家氏名,生年月日,没年月日\n海野 太郎,1850-01-01,1901-01-01\n"),
    ],
    "birth-date": [
        Example(RECORD),
        Example("保護犬,誕生日\nシロ,2020-01-01\n"),
        Example("生年月日別の人数,人口\n1980年代,120\n"),
    ],
}
WRONG = {
    "personal-record": [
        Example(RECORD, (("A1", None),)),
        Example("セイ,メイ,誕生日,住所\nウミノ,タロウ,S55.1.1,潮見\nハマダ,ハナコ,H元.2.2,本町\n", (("A1", None),)),
        Example(
            "名前,生年月日,住所\n海野　太郎,昭和55年1月1日,潮見\n浜田　花子,平成2年2月2日,本町\n", (("A1", None),)
        ),
    ],
    "person-name": [
        Example("自治会,会長名,住所\n潮見,海野 太郎,潮見1-2\n本町,浜田 花子,本町3-4\n", (("B1", None),)),
        Example(LIST, (("A1", None),)),
        Example("番号,氏名,年齢\n1,海野 太郎,45\n2,浜田 花子,40\n", (("B1", None),)),
        Example("議員氏名,生年月日\n海野 太郎,1980-01-01\n浜田 花子,1985-02-02\n", (("A1", None),)),
        Example("区長名,自宅住所\n海野 太郎,潮見1-2\n浜田 花子,本町3-4\n", (("A1", None),)),
    ],
    "birth-date": [
        Example("番号,性別,生年月日\n1,女,1980/1/1\n2,男,平成2年2月2日\n", (("C2", None),)),
    ],
}
