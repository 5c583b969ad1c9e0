"""The steps that clean cells: their examples, and their laws for any cell of any field."""

import itertools
import re
import time
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kawaraban.tidying import dates, lists, marks, missing, numbers, pairs, times, trim, widths
from kawaraban.tidying.steps import KEPT, SPLITS, STEPS, cleaner

MODULES: dict[str, ModuleType] = {
    "trim": trim, "widths": widths, "missing": missing, "marks": marks, "dates": dates, "times": times,
    "pairs": pairs,
    "numbers": numbers, "lists": lists,
}  # fmt: skip
Field = Mapping[str, Any]
NONE: Field = {}


def right(module: ModuleType) -> Iterator[tuple[str, Field, str]]:
    """Give (before, field, after) of a module's examples; a step that asks nothing of the field leaves it out."""
    for case in module.RIGHT:
        yield case if len(case) == 3 else (case[0], NONE, case[1])


RIGHT = [(name, *case) for name, module in MODULES.items() for case in right(module)]
WRONG = [
    (name, *(case if isinstance(case, tuple) else (case, NONE)))
    for name, module in MODULES.items()
    for case in module.WRONG
]
DECIDED = [(name, *case) for name in ("dates", "numbers", "lists") for case in MODULES[name].DECIDED]
FIELDS: list[Field] = [
    *({"name": "値", "type": each} for each in (
        "string", "any", "number", "integer", "boolean", "date", "datetime", "yearmonth", "year", "time", "geopoint",
    )),
    {"name": "電話番号", "type": "string"},
    {"name": "名称_カナ", "type": "string"},
    {"name": "緯度", "type": "number"},
    {"name": "定員", "type": "integer", "unit": "人"},
    {"name": "割合", "type": "number", "kawaraban": {"unit": "%"}},
    {"name": "開始", "type": "time", "format": "%H:%M"},
    {"name": "備考", "type": "string", "kawaraban": {"missing": "dashes"}},
    {"name": "災害", "type": "string", "kawaraban": {"list": True}},
    {"name": "曜日", "type": "string", "kawaraban": {"list": "weekdays"}},
    *({"name": "日", "type": each, "kawaraban": says} for each in sorted(dates.TYPES) for says in (
        {"order": "mdy"}, {"order": "dmy"}, {"order": "ymd"}, {"year": 2024}, {"fiscal": 2024}, {"packed": True},
        {"serial": True}, {"years": "fiscal"},
    )),
]  # fmt: skip

# what officers type, cut in pieces; together they make cells that are nearly right
PIECES = [
    *"0123456789０１９,.，．:：/／-－ー−▲△()（）;；、・% 　\n\r\t元年月日時分半土人名㎡°'\"〜～",
    *"午前後令和平成RHSxｶﾞﾊﾟー有無○×◎祝",
    "2024", "２０２４", "令和", "4/1", "11/1/18", "12:00", "午後", "から", "まで", "北緯", "東経", "34.34", "134.05",
    "不明", "なし", "N/A", "E+05", "\r\n", "\u200b", "\ufeff", "月曜日", "（月）", "年度", "1,234", "あり", "TRUE",
    "１２６", "45383", "20240401",
]  # fmt: skip
CELLS = some.one_of(
    some.lists(some.sampled_from(PIECES), max_size=8).map("".join),
    some.sampled_from([before for _, before, _, _ in RIGHT] + [cell for _, cell, _ in WRONG]),
    some.text(max_size=12),
)


@pytest.mark.parametrize(("step", "before", "field", "after"), RIGHT)
def test_a_cell_becomes_what_it_means(step: str, before: str, field: Field, after: str) -> None:
    assert STEPS[step].clean(before, field) == after


@pytest.mark.parametrize(("step", "cell", "field"), WRONG)
def test_what_is_not_sure_stays(step: str, cell: str, field: Field) -> None:
    assert STEPS[step].clean(cell, field) == cell


@pytest.mark.parametrize(("step", "before", "field", "after"), RIGHT)
def test_no_step_takes_away_what_a_later_one_needs(step: str, before: str, field: Field, after: str) -> None:
    """All steps make the same of a cell as of what its own step makes of it; its own is the last to change it."""
    clean = cleaner(field, STEPS)
    assert clean(before) == clean(after)
    if step not in ("trim", "widths"):
        assert clean(before) == missing.clean(after, field)


@pytest.mark.parametrize(("step", "name", "cells", "says"), DECIDED)
def test_a_column_says_what_a_cell_cannot(step: str, name: str, cells: list[str], says: dict[str, Any]) -> None:
    assert MODULES[step].decide(name, cells) == says
    assert MODULES[step].decide(name, reversed(cells)) == says


@pytest.mark.parametrize(("name", "cells"), marks.FLAG_COLUMNS)
def test_a_column_of_yes_and_no_is_known(name: str, cells: list[str]) -> None:
    assert marks.decide(name, cells)
    clean = cleaner({"name": name, "type": "boolean"}, STEPS)
    assert {clean(cell) for cell in cells} <= {"0", "1", ""}


@pytest.mark.parametrize(("name", "cells"), marks.OTHER_COLUMNS)
def test_a_column_of_something_else_is_no_flag(name: str, cells: list[str]) -> None:
    assert not marks.decide(name, cells)


@pytest.mark.parametrize(("module", "cell", "parts"), [
    (module, *case) for module in (times, pairs) for case in module.PARTED
])  # fmt: skip
def test_a_cell_is_split_in_two(module: ModuleType, cell: str, parts: tuple[str, str]) -> None:
    assert module.split(cell) == parts
    assert module.decide("", [cell, "－", ""])
    assert module.split in SPLITS.values()


@pytest.mark.parametrize(("module", "cell"), [
    (module, cell) for module in (times, pairs) for cell in module.LEFT_WHOLE
])  # fmt: skip
def test_what_is_not_surely_two_stays_whole(module: ModuleType, cell: str) -> None:
    assert module.split(cell) is None
    assert not module.decide("", [cell])


def test_pairs_in_both_orders_are_no_column_of_pairs() -> None:
    assert pairs.decide("位置", ["34.34,134.05", "34.35,134.06"])
    assert pairs.decide("位置", ["134.05,34.34", "134.06,34.35"])
    assert not pairs.decide("位置", ["34.34,134.05", "134.06,34.35"])


@pytest.mark.parametrize(("cells", "type_", "words"), [
    (["－", "12", "不明", "－", "", "約30"], "integer", ["－", "不明"]),
    (["無", "有", "－"], "boolean", ["－"]),
    (["なし", "－"], "string", []),
])  # fmt: skip
def test_the_words_for_nothing_are_named(cells: list[str], type_: str, words: list[str]) -> None:
    assert missing.decide(cells, type_) == words


@pytest.mark.parametrize(("cells", "open_"), [
    (["11/1/2018", "12/1/2018"], "order"),
    (["18/11/1"], "order"),
    (["11/13/2018"], ""),
    (["4/9", "－"], "year"),
    (["2024/4/9"], ""),
])  # fmt: skip
def test_what_a_column_of_dates_leaves_open_is_said(cells: list[str], open_: str) -> None:
    assert dates.doubt("日付", cells) == open_


@given(CELLS, some.sampled_from(FIELDS), some.sampled_from(list(STEPS)))
@settings(max_examples=1500)
def test_a_step_leaves_what_it_made(cell: str, field: Field, step: str) -> None:
    clean = STEPS[step].clean
    once = clean(cell, field)
    assert clean(once, field) == once
    if not STEPS[step].touches(field):
        assert once == cell


@given(CELLS, some.sampled_from(FIELDS), some.sets(some.sampled_from(list(STEPS))))
@settings(max_examples=2500)
def test_steps_together_leave_what_they_made(cell: str, field: Field, steps: set[str]) -> None:
    clean = cleaner(field, steps)
    once = clean(cell)
    assert clean(once) == once == cleaner(field, list(steps)[::-1])(cell)


@given(CELLS)
def test_text_is_only_trimmed(cell: str) -> None:
    """Names, addresses and remarks keep every letter between the first and the last that is seen."""
    for name in ("名称", "所在地", "備考"):
        done = cleaner({"name": name, "type": "string"}, STEPS)(cell)
        lines = cell.replace("\r\n", "\n").replace("\r", "\n")
        assert done in lines
        before, after = lines.split(done, 1) if done else (lines, "")
        assert set(before + after) <= set(trim.EDGE)


def parse(text: str) -> Decimal:
    """Give the value of a number with commas, in any width, by Python's Decimal: it reads all digits of Unicode."""
    return Decimal(
        re.sub("^[▲△−－‐‑‒–—―ー]", "-", text.strip().replace(" ", ""))
        .replace(",", "")
        .replace("，", "")
        .replace("．", ".")
    )


@given(CELLS, some.sampled_from(["number", "integer"]))
@settings(max_examples=1000)
def test_a_number_keeps_its_value(cell: str, type_: str) -> None:
    done = numbers.clean(cell, {"type": type_})
    if done != cell:
        assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?" if type_ == "number" else r"-?[0-9]+", done)
        assert Decimal(done) == parse(cell.replace("＋", "+").replace("Ｅ", "E"))


@given(
    some.decimals(-(10**9), 10**9, places=2), some.sampled_from(["", "人", "名", " 人"]), some.sampled_from("-−－▲△")
)
def test_every_number_comes_back(value: Decimal, unit: str, minus: str) -> None:
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    for text in (f"{value:f}", f"{value:,f}", f"{value:,f}".translate(wide)):
        written = text.replace("-", minus) + unit
        assert Decimal(numbers.clean(written, {"type": "number", "unit": "人"})) == value


@given(some.dates(date(1900, 1, 1), date(2068, 12, 31)), some.sampled_from(["mdy", "dmy"]), some.booleans())
def test_every_day_comes_back_in_its_order(day: date, order: str, short: bool) -> None:
    if short and not 1969 <= day.year <= 2068:
        day = day.replace(year=2000)
    year = f"{day:%y}" if short else f"{day.year}"
    text = "/".join({"m": str(day.month), "d": str(day.day), "y": year}[part] for part in order)
    assert dates.clean(text, {"type": "date", "kawaraban": {"order": order}}) == day.isoformat()
    assert dates.clean(text, {"type": "date"}) == text


@given(some.lists(some.dates(date(1990, 1, 1), date(2030, 12, 31)), min_size=1, max_size=12), some.booleans())
def test_an_order_is_never_the_wrong_one(days: list[date], short: bool) -> None:
    """However few the dates are: what is decided is how they were written, or nothing."""
    for order in ("mdy", "dmy", "ymd"):
        if order == "ymd" and not short:
            continue
        texts = [
            "/".join(
                {"m": str(day.month), "d": str(day.day), "y": f"{day:%y}" if short else str(day.year)}[part]
                for part in order
            )
            for day in days
        ]
        assert dates.decide("日付", texts) in ({}, {"order": order})


@given(some.times())
def test_every_time_comes_back(moment: Any) -> None:
    field = {"type": "time", "format": "%H:%M"}
    half = ("午後" if moment.hour >= 12 else "午前") + f"{moment.hour % 12}時{moment.minute}分"
    for text in (
        f"{moment.hour}:{moment.minute:02}",
        f"{moment.hour}時{moment.minute}分",
        f"{moment:%I:%M %p}",
        half,
    ):
        assert times.clean(text, field) == f"{moment:%H:%M}"


@given(some.floats(20.5, 45.5), some.floats(123.0, 153.9))
def test_every_place_comes_back(latitude: float, longitude: float) -> None:
    north, east = f"{latitude:.6f}", f"{longitude:.6f}"
    assert pairs.split(f"{north},{east}") == (north, east)
    assert pairs.split(f"（{east}，{north}）") == (north, east)
    seconds = round(latitude * 3600, 1)
    degrees, rest = divmod(seconds, 3600)
    text = f"北緯{degrees:.0f}度{rest // 60:.0f}分{rest % 60:.1f}秒"
    if "60.0秒" not in text:
        done = pairs.clean(text, {"name": "緯度", "type": "number"})
        assert abs(float(done) - latitude) < 0.00003


@pytest.mark.parametrize("field", FIELDS)
def test_cells_are_valid_under_their_field_or_as_they_were(field: Field) -> None:
    """What frictionless reads of a cell that was changed: a value, never an error."""
    from frictionless import Field as Judge

    described = {key: value for key, value in field.items() if key != "kawaraban"}
    read = Judge.from_descriptor(described).create_cell_reader()
    clean = cleaner(field, STEPS)
    seen = 0
    for cell in dict.fromkeys([*(before for _, before, _, _ in RIGHT), *(cell for _, cell, _ in WRONG)]):
        done = clean(cell)
        if done != trim.clean(cell, field) and done != widths.clean(trim.clean(cell, field), field) and done:
            seen += 1
            assert read(done)[1] is None, (cell, done)
    assert seen or field["type"] in ("string", "any", "geopoint") or "kawaraban" in field


def test_a_million_cells_are_cleaned_in_no_time() -> None:
    """They take about 0.4 s; the bound is looser, machines differ."""
    texts = [f"澄浜町{number}丁目の公園" for number in range(250_000)]
    figures = [str(number) for number in range(250_000)]
    start = time.perf_counter()
    for field, cells in (({"name": "名称", "type": "string"}, texts), ({"name": "人数", "type": "integer"}, figures)):
        clean = cleaner(field, STEPS)
        for cell in itertools.chain(cells, cells):
            clean(cell)
    assert time.perf_counter() - start < 3


def test_a_cleaner_does_not_remember_without_end() -> None:
    clean = cleaner({"name": "人数", "type": "integer"}, ["numbers"])
    (known,) = (held for each in clean.__closure__ or () if isinstance(held := each.cell_contents, dict))
    for number in range(3 * KEPT):
        clean(f"{number:,}")
    assert 0 < len(known) <= KEPT
