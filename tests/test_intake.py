"""Real files of towns are read without configuration as a careful reader reads them (intake/*.yaml).

Set KAWARABAN_REAL_DATA to the folder that holds municipal/ and consolidation/. KNOWN lists what is still read
otherwise: a file that begins to be right must leave the list, and no other file may be wrong.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kawaraban.errors import KawarabanError
from truth import CANONICAL, CONSOLIDATION, PARTS, Truth, choices, differences, letters, publishers, read_truths

KEYS = {"file", "table", "encoding", "sheet", "header_rows", "columns", "names", "rows", "types", "dropped",
        "standard", "canonical", "places", "why"}  # fmt: skip
TYPES = {"string", "integer", "number", "date", "year", "yearmonth", "time", "datetime", "boolean"}
REASONS = {"title", "note", "unit", "total", "blank", "header", "comment"}
STANDARDS = {None, "public-facility", "cultural-property", "evacuation-site", "population", "preschool",
             "open-data-list", "public-wireless-lan", "aed", "care-service", "hospital", "tourism", "event",
             "public-toilet", "fire-hydrant", "food-business", "waste-sorting"}  # fmt: skip
SMALLEST = 110  # tables of municipal/
LAYOUTS = 17  # of evacuation sites in consolidation/

KNOWN: Mapping[str, str] = {}  # file -> what is still read otherwise than a careful reader would


def shown(file: Path) -> dict[str, Any] | None:
    """Give what `kawaraban add --dry-run --format json` shows of a file; None where it is refused."""
    from kawaraban.adding import propose

    try:
        return propose(file).as_json()
    except KawarabanError:
        return None


def wrong(truth: Truth) -> str:
    """Give what is read otherwise, in one line; empty where all is right."""
    reading = shown(truth.file)
    if not truth.is_table:
        doubted = reading is None or reading["unsure"]
        return "" if doubted else "this is no table; nothing is said to be unsure"
    if reading is None:
        return "refused"
    return "; ".join(f"{part}: {told}" for part, told in differences(truth, reading).items())


@pytest.mark.parametrize("publisher", publishers())
def test_every_file_is_read_as_a_careful_reader_reads_it(publisher: str, real_data: Path) -> None:
    told = {each.name: wrong(each) for each in read_truths(publisher, real_data)}
    unexpected = [f"{name}: {text}" for name, text in told.items() if text and name not in KNOWN]
    mended = [f"{name} is read right now: take it out of KNOWN" for name in told if name in KNOWN and not told[name]]
    assert not unexpected + mended, "\n" + "\n".join(unexpected + mended)


def test_no_known_file_is_forgotten() -> None:
    names = {each.name for publisher in publishers() for each in read_truths(publisher, Path())}
    assert set(KNOWN) <= names
    assert all(KNOWN.values())


def test_the_truths_say_only_what_can_be_compared() -> None:
    tables, layouts, files = 0, 0, []
    for publisher in publishers():
        for truth in read_truths(publisher, Path()):
            seen = truth.seen
            files.append((publisher == CONSOLIDATION, truth.name))
            assert set(seen) <= KEYS, truth.name
            if not truth.is_table:
                assert set(seen) == {"file", "table", "why"}, truth.name
                continue
            tables += publisher != CONSOLIDATION
            assert {"encoding", "sheet", "header_rows", "columns", "rows"} <= set(seen), truth.name
            assert {each for wanted in seen.get("types", {}).values() for each in choices(wanted)} <= TYPES, (
                truth.name
            )
            assert set(seen.get("dropped", {})) <= REASONS, truth.name
            assert set(choices(seen.get("standard"))) <= STANDARDS, truth.name
            if "canonical" in seen:
                layouts += 1
                assert tuple(seen["canonical"]) == CANONICAL, truth.name
                assert seen["places"] == seen["rows"], truth.name
    assert len(files) == len(set(files))
    assert (tables >= SMALLEST, layouts) == (True, LAYOUTS)


def test_every_part_that_is_read_otherwise_is_told() -> None:
    seen = {
        "file": "a.xlsx", "encoding": "cp932", "sheet": "一覧", "header_rows": [2], "columns": {"any": [2, 3]},
        "names": {"A": "名称", "B": "人数（人）"}, "rows": 4, "types": {"人数（人）": {"any": ["integer", "number"]}},
        "dropped": {"title": [1], "blank": [5, 8, 9]}, "standard": "event",
    }  # fmt: skip
    columns = [
        {"name": "名称", "type": "string", "source": "A"},
        {"name": "人数（人）", "type": "number", "source": 2},
    ]
    right: dict[str, Any] = {
        "encoding": "shift_jis", "sheet": "一覧", "header_rows": [2], "columns": columns, "rows": 4,
        "dropped": [{"rows": [1], "why": "note"}, {"rows": [5], "why": "blank"}], "standard": {"name": "event"},
    }  # fmt: skip
    truth = Truth(Path(), seen)
    assert differences(truth, right) == {}
    spoilt: dict[str, dict[str, Any]] = {
        "encoding": {"encoding": "cp857"},
        "sheet": {"sheet": "Sheet1"},
        "header": {"header_rows": [1, 2]},
        "columns": {"columns": [*columns, *columns]},
        "rows": {"rows": 5},
        "types": {"columns": [columns[0], {**columns[1], "type": "string"}]},
        "dropped": {"dropped": [{"rows": [1], "why": "total"}, {"rows": [5], "why": "blank"}]},
        "standard": {"standard": None},
    }
    assert tuple(spoilt) == PARTS
    for part, change in spoilt.items():
        assert set(differences(truth, {**right, **change})) == {part}
    unnamed = [{**columns[0], "name": "列1"}, columns[1]]
    assert set(differences(truth, {**right, "columns": unnamed})) == {"columns"}
    assert set(differences(truth, {**right, "dropped": []})) == {"dropped"}
    assert [letters(number) for number in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
