"""How well lists of many towns become one, measured on files that towns published.

    KAWARABAN_REAL_DATA=... python benchmarks/consolidation.py [--show]

Every file of evacuation sites below consolidation/ becomes a dataset whose descriptor holds its name, its title and
its path; one more is made of all of them. What stands in which column of each file was written down by reading it
(tests/intake/consolidation.yaml, `canonical`); a cell is right where the consolidated table has it in that column, as
it stands in the file or cleaned without a loss. `--show` prints the cells that are not.
"""

import argparse
import csv
import os
import re
import shutil
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from kawaraban.adding import propose
from kawaraban.cache import Cache
from kawaraban.catalog import read_catalog
from kawaraban.intake import Intake, take_in
from kawaraban.reading import read_rows
from kawaraban.recipe import column_number

TRUTH = Path(__file__).parent.parent / "tests" / "intake" / "consolidation.yaml"
NATION = "motohasystem"
# concept of the truth -> the standard's column
COLUMNS = {
    "name": "名称", "address": "所在地_連結表記", "latitude": "緯度", "longitude": "経度", "capacity": "想定収容人数",
    "洪水": "災害種別_洪水", "崖崩れ等": "災害種別_崖崩れ、土石流及び地滑り", "高潮": "災害種別_高潮",
    "地震": "災害種別_地震", "津波": "災害種別_津波", "大規模な火事": "災害種別_大規模な火事",
    "内水氾濫": "災害種別_内水氾濫", "火山現象": "災害種別_火山現象",
}  # fmt: skip
YES, NO = {"1", "○", "〇", "◯", "有"}, {"0", "×", "無"}


def truths_of(data: Path, file: Path) -> list[Mapping[str, Any]]:
    """Give what was read by eye of the files of evacuation sites, and the files of the nation."""
    return [
        each
        for each in yaml.safe_load(file.read_text(encoding="utf-8"))
        if (each["file"].startswith(NATION) or "津波" in each.get("canonical", {}))
        and (data / each["file"]).is_file()
    ]


def by_slug(truths: list[Mapping[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """Give the truths by the folder of their dataset."""
    return {f"d{number:03}": truth for number, truth in enumerate(truths)}


def project(root: Path, data: Path, truths: list[Mapping[str, Any]]) -> list[str]:
    """Write a project with a dataset for every file, one of all of them; give the files in the order of the list."""
    towns, nation = [], []
    for slug, truth in by_slug(truths).items():
        file = data / truth["file"]
        folder = root / "datasets" / slug
        folder.mkdir(parents=True)
        shutil.copyfile(file, folder / file.name)
        (folder / "datapackage.yaml").write_text(
            yaml.safe_dump({"name": slug, "title": file.stem, "resources": [{"path": file.name}]}, allow_unicode=True)
        )
        (nation if truth["file"].startswith(NATION) else towns).append(slug)
    own = {"consolidate": towns, "against": nation} if nation else {"consolidate": towns}
    folder = root / "datasets" / "all"
    folder.mkdir()
    (folder / "datapackage.yaml").write_text(yaml.safe_dump({"title": "All", "kawaraban": own}))
    return towns


def cells_of(file: Path, sheet: str | None) -> Mapping[int, list[str]]:
    """Give the rows of a file as they are, by their number."""
    resource = propose(file, sheet or "").resource
    raw = read_rows(replace(resource, dialect={"sheet": sheet} if sheet else {}), file.name)
    return dict(raw.rows)


def same(given: str, made: str, column: str) -> bool:
    """Say whether a cell of the consolidated table is what stands in the file."""
    one, other = (re.sub(r"\s", "", unicodedata.normalize("NFKC", each)) for each in (given, made))
    if one == other:
        return True
    if column.startswith("災害種別"):
        return (one in YES and other == "1") or (one in NO and other == "0")
    if column == "想定収容人数":
        return one.replace(",", "").removesuffix("人") == other
    if column in ("緯度", "経度"):
        try:
            return float(one) == float(other)
        except ValueError:
            return not other and not re.search(r"\d", one)
    return not other and one in {"-", "ー", "―"}


def compare(
    root: Path, truths: Mapping[str, Mapping[str, Any]], intake: Intake
) -> Iterator[tuple[str, str, bool, str]]:
    """Give (slug, concept, right, what) of every cell that the truth names."""
    table = intake.tables[0]
    with table.file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_slug: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_slug[row["元データ"]].append(row)
    for slug, truth in truths.items():
        name = Path(truth["file"]).name
        cells = cells_of(root / "datasets" / slug / name, truth["sheet"])
        for concept, letters in truth["canonical"].items():
            if concept not in COLUMNS or letters is None:
                continue
            column = COLUMNS[concept]
            where = letters["any"] if isinstance(letters, Mapping) else [letters]
            at = [column_number(each) - 1 for each in where]
            there = {int(row["行"]): row.get(column, "") for row in by_slug[slug]}
            header = max(truth["header_rows"], default=0)
            for number, line in cells.items():
                given = [line[each] if each < len(line) else "" for each in at]
                if number > header and given[0].strip() and (number in there or number <= header + truth["rows"]):
                    made = there.get(number, "")
                    fine = any(same(each, made, column) for each in given)
                    yield slug, concept, fine, f"{name} {where[0]}{number}: {given[0]!r} -> {made!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--truth", type=Path, default=TRUTH)
    options = parser.parse_args()
    base = os.environ.get("KAWARABAN_REAL_DATA")
    if not base:
        sys.exit("set KAWARABAN_REAL_DATA to the folder that holds consolidation/")
    data = Path(base) / "consolidation"
    truths = truths_of(data, options.truth)
    with tempfile.TemporaryDirectory(prefix="kawaraban-") as folder:
        root = Path(folder)
        towns = project(root, data, truths)
        truth_of = {slug: truth for slug, truth in by_slug(truths).items() if slug in towns}
        began = time.perf_counter()
        catalog = read_catalog(root)
        intake = take_in(catalog.datasets["all"], Cache(root / ".kawaraban" / "cache"))
        seconds = time.perf_counter() - began
        told = intake.consolidation
        if told is None:
            sys.exit(f"nothing was consolidated: {[each.kind for each in intake.verdict.problems]}")
        print(f"standard: {told.title} ({told.edition}); valid: {intake.verdict.valid}")
        print(Counter(each.kind for each in intake.verdict.problems))
        print("\nfile | rows | of | recognised | of | others | publisher | as of | also in the national file")
        wrong_rows = 0
        for part in told.parts:
            truth = truth_of[part.slug]
            named = part.rows == truth["rows"]
            wrong_rows += not named
            share = f"{part.found}" if part.found is not None else "-"
            print(
                f"{Path(truth['file']).name} | {part.rows} | {truth['rows']} | {part.recognised} | {part.columns} | "
                f"{sum(count for _, count in part.others)} | {part.publisher} | {part.as_of} | {share}"
                + (f" | {part.why}" if part.why else "")
            )  # fmt: skip
        right: Counter[str] = Counter()
        seen: Counter[str] = Counter()
        for _, concept, fine, what in compare(root, truth_of, intake):
            seen[concept] += 1
            right[concept] += fine
            if not fine and options.show:
                print(what)
        print("\nconcept | cells | right")
        for concept, count in seen.items():
            print(f"{concept} | {count} | {right[concept] / count:.1%}")
        recognised = sum(not part.why for part in told.parts)
        print(f"\nfiles recognised: {recognised} of {len(truth_of)}; with another number of rows: {wrong_rows}")
        print(f"cells in the right column: {right.total() / seen.total():.2%} of {seen.total():,}")
        print(f"rows: {told.rows:,}; places: {told.places:,}; groups: {told.groups:,}, differing: {told.differing:,}")
        if told.found is not None:
            print(f"places also in the national file: {told.found / told.places:.1%}")
        print(f"seconds for one build: {seconds:.1f}")


if __name__ == "__main__":
    main()
