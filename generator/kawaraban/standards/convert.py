"""From one edition of a standard to another: where each column comes from, and what the table does not say. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kawaraban.errors import unknown
from kawaraban.standards.catalogue import standard
from kawaraban.standards.match import Match, canonical

Part = Literal["prefecture", "rest", "municipality"]
PREFECTURE = re.compile("北海道|東京都|京都府|大阪府|[^都道府県市区町村郡]{2,3}県")
# the cities that have wards, which belong to the municipality's column
WARDED = frozenset(
    (
        "札幌市", "仙台市", "さいたま市", "千葉市", "横浜市", "川崎市", "相模原市", "新潟市", "静岡市", "浜松市",
        "名古屋市", "京都市", "大阪市", "堺市", "神戸市", "岡山市", "広島市", "北九州市", "福岡市", "熊本市",
    )
)  # fmt: skip
WARD = re.compile(r"[^\d区]{1,4}区")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a target column's cells come from: `columns` of the table, or the `value` of a constant.

    join: the cells put together. split: the `part` of the first column's cell; the second one, if any, names what the
    part must be.
    """

    kind: Literal["column", "join", "split", "constant"]
    columns: tuple[str, ...] = ()
    part: Part = "rest"
    value: str = ""


def convert(
    columns: Sequence[str], match: Match, to: str = "", constants: Mapping[str, str] | None = None
) -> dict[str, Source | None]:
    """Give the columns of the edition `to` (the newest where it is empty), each with its source; None: not to be had.

    `constants` are values that hold for every row, by the standard's column: the town's own code and name.
    Raises KawarabanError where the standard has no such edition.
    """
    wanted = standard(match.name)
    if to and to not in wanted.editions:
        raise unknown("there is no edition {word}", to, wanted.editions)
    edition = wanted.editions[to] if to else wanted.newest
    had = {column: name for column, name in canonical(match).items() if name in columns}
    found: dict[str, Source | None] = {}
    for name, column in edition.columns.items():
        if column in had:
            found[name] = Source("column", (had[column],))
        elif column in (constants or {}):
            found[name] = Source("constant", value=(constants or {})[column])
        else:
            rules = wanted.columns[column].others
            found[name] = next((source for rule in rules if (source := _by_rule(rule, had))), None)
    return found


def _by_rule(rule: Mapping[str, Any], had: Mapping[str, str]) -> Source | None:
    if "column" in rule:
        return Source("column", (had[rule["column"]],)) if rule["column"] in had else None
    if "join" in rule:
        parts = tuple(had[each] for each in rule["join"] if each in had)
        return Source("join", parts) if len(parts) > 1 else None
    needed = [rule["split"], *([rule["by"]] if "by" in rule else [])]
    return (
        Source("split", tuple(had[each] for each in needed), rule["part"])
        if all(each in had for each in needed)
        else None
    )


def fill(source: Source | None, row: Mapping[str, str]) -> str:
    """Give the cell of a target column, out of a row of the table; empty where it cannot be had."""
    if source is None:
        return ""
    if source.kind == "constant":
        return source.value
    cells = [row.get(name, "") for name in source.columns]
    if source.kind == "split":
        return part_of(cells[0], source.part, cells[1] if len(cells) > 1 else "")
    return "".join(cells)


def part_of(text: str, part: Part, municipality: str = "") -> str:
    """Give a part of an address, or of a municipality's whole name; empty where it is not sure.

    A municipality is taken only where the address begins with the name that is known: 四日市市 and 町田市 show that
    it cannot be cut out by its last letter.
    """
    found = PREFECTURE.match(text)
    prefecture = found[0] if found else ""
    rest = text.removeprefix(prefecture).strip()
    if part == "prefecture":
        return prefecture
    if part == "rest":
        return rest
    county = re.match("[^郡]{1,6}郡", rest)
    county_name = county[0] if county and rest[county.end() :].startswith(municipality) else ""
    if not municipality or not rest.removeprefix(county_name).startswith(municipality):
        return ""
    after = rest.removeprefix(county_name).removeprefix(municipality)
    ward = WARD.match(after) if municipality in WARDED else None
    return county_name + municipality + (ward[0] if ward else "")
