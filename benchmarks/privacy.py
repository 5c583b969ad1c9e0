"""How well personal data is told from public data, and what the look costs. No value is ever printed.

    KAWARABAN_REAL_DATA=... python benchmarks/privacy.py [--rows 1000000]

First the cases of hostile/own-cases/pii.json, each written into files as an officer might: beside a name, under a
header, in a remark. Then every file that towns published (municipal/MANIFEST.csv): errors there are false alarms, the
remarks are listed by file and column to be looked at. Then the seconds of all privacy signs on a clean table.
"""

import argparse
import csv
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kawaraban.cache import Cache
from kawaraban.catalog import FORMATS, build_dataset
from kawaraban.checking.privacy import PARTS
from kawaraban.checking.sheet import Sheet, as_problem
from kawaraban.checking.signs import SIGNS, hidden_parts
from kawaraban.errors import KawarabanError
from kawaraban.intake import make_table
from kawaraban.model import Problem

KINDS = (*PARTS, *(sign.kind for sign in hidden_parts.SIGNS))
TOWNS = ("潮見", "浜町", "本町", "港", "北原", "南台", "松風", "若葉")


@dataclass(frozen=True)
class Case:
    """A file, and the kind that must be found in it; none for what must be left alone."""

    group: str
    context: str
    rows: Sequence[Sequence[str]]
    wanted: str = ""


def cases(given: dict[str, list[str]]) -> Iterator[Case]:
    """Give the files that the cases are tried in."""
    numbers = {name: given[name] for name in ("valid_check", "invalid_check", "spaced", "hyphen", "fullwidth")}
    for group, values in numbers.items():
        yield Case(
            group, "a whole column, no name", [("番号",), *((each,) for each in values)],
            "" if group == "invalid_check" else "my-number",
        )  # fmt: skip
        for value in values:
            yield Case(group, "under マイナンバー", [("受付", "マイナンバー"), ("1", value)], "my-number")
            yield Case(group, "in a remark, named", [("備考",), (f"個人番号は {value} です",)], "my-number")
            yield Case(group, "in a remark, unnamed", [("備考",), (f"受付番号 {value}",)])
    for value in given["cards_luhn_test"]:
        yield Case("cards", "in a remark", [("備考",), (f"支払い {value}",)], "payment-card")
        yield Case("cards", "a whole cell", [("支払い",), (value,), ("現金",)], "payment-card")
    for value in given["phones"]:
        mobile = "personal-phone" if value.startswith("090") else ""
        yield Case(
            "phones", "mobile" if mobile else "of a facility", [("施設名", "電話番号"), ("公民館", value)], mobile
        )
        yield Case("phones", "beside a name", [("氏名", "電話番号"), ("海野 太郎", value)], "personal-phone")
    for value in given["emails"]:
        yield Case("e-mails", "of a facility", [("施設名", "メール"), ("公民館", value)])
        yield Case("e-mails", "beside a name", [("氏名", "メール"), ("海野 太郎", value)], "personal-email")
    for value in given["public_lookalikes_must_not_block"]:
        yield Case("look-alikes", "a whole cell", [("値",), (value,)])
        yield Case("look-alikes", "in a remark", [("備考",), (f"参考 {value} を見てください",)])
        yield Case("look-alikes", "a whole column", [("値",), *[(value,)] * 30])


def find(file: Path, folder: Path) -> list[Problem] | None:
    """Give what the privacy signs find in a file; None where it cannot be read."""
    place = folder / "datasets" / "tried"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copy(file, place / f"data{file.suffix.lower()}")
    listed = {"title": file.stem, "resources": [{"path": f"data{file.suffix.lower()}"}]}
    dataset = build_dataset(place, "datasets/tried/datapackage.yaml", listed, {})
    try:
        table = make_table(dataset.resources[0], file.name, Cache(folder / "cache"))
    except (IndexError, KawarabanError):
        return None
    sheet = Sheet(dataset, dataset.resources[0], table, {})
    return [as_problem(SIGNS[kind], finding, table) for kind in KINDS for finding in SIGNS[kind].look(sheet)]


def try_cases(file: Path, folder: Path) -> int:
    """Print hits and misses by group and context; give how many are wrong."""
    told: dict[tuple[str, str, str], Counter[bool]] = {}
    for case in cases(json.loads(file.read_text(encoding="utf-8"))):
        tried = folder / "case.csv"
        with tried.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(case.rows)
        found = {each.kind for each in find(tried, folder) or ()}
        right = case.wanted in found if case.wanted else not found
        told.setdefault((case.group, case.context, case.wanted or "nothing"), Counter())[right] += 1
    print(f"{'group':<14} {'context':<24} {'to be found':<15} {'right':>6} {'wrong':>6}")
    for (group, context, wanted), counts in told.items():
        print(f"{group:<14} {context:<24} {wanted:<15} {counts[True]:>6} {counts[False]:>6}")
    return sum(counts[False] for counts in told.values())


def try_published(folder: Path, work: Path) -> int:
    """Print what is found in the files that towns published; give how many errors there are."""
    with (folder / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as stream:
        files = [folder / each["file"] for each in csv.DictReader(stream)]
    read, kinds, errors = 0, Counter[str](), 0
    for file in files:
        found = find(file, work) if file.suffix.lower() in FORMATS else None
        read += found is not None
        for each in found or ():
            kinds[each.kind] += 1
            errors += each.severity == "error"
            print(
                f"  {each.severity:<8} {each.kind:<15} {each.details.get('count', 1):>5} x  {file.name}: {each.label}"
            )
    print(f"{len(files)} files, {read} read; by kind: {dict(kinds)}; errors (false alarms): {errors}")
    return errors


def measure(rows: int, work: Path) -> None:
    """Print the seconds of the privacy signs on a clean table of so many rows and ten columns."""
    chance = random.Random(1)  # noqa: S311 - numbers to measure with, not secrets
    file = work / "clean.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["id", "日付", "地区", "名称", "住所", "人数", "割合", "緯度", "経度", "備考"])
        for row in range(rows):
            town = chance.choice(TOWNS)
            writer.writerow([
                row, f"20{chance.randint(10, 25)}-0{chance.randint(1, 9)}-{chance.randint(10, 28)}", town,
                f"{town}第{row}集会所", f"澄浜町{town}{chance.randint(1, 5)}丁目{chance.randint(1, 30)}番地",
                chance.randint(0, 5000), round(chance.random() * 100, 2), f"{35 + chance.random():.6f}",
                f"{138 + chance.random():.6f}", chance.choice(["", "土日は休み", "要予約", "駐車場あり（5台まで）"]),
            ])  # fmt: skip
    dataset = build_dataset(work, "datapackage.yaml", {"resources": [{"path": file.name, "name": "clean"}]}, {})
    table = make_table(dataset.resources[0], file.name, Cache(work / "cache"))
    sheet = Sheet(dataset, dataset.resources[0], table, {})
    for column in range(len(sheet.names)):
        sheet.longest(column)  # other signs ask for that too
    began = time.perf_counter()
    found = [finding for kind in KINDS for finding in SIGNS[kind].look(sheet)]
    print(f"{rows:,} rows x 10, all privacy signs: {time.perf_counter() - began:.3f} s, {len(found)} findings")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    named = os.environ.get("KAWARABAN_REAL_DATA")
    if not named:
        raise SystemExit("KAWARABAN_REAL_DATA does not name the folder of real files")
    with tempfile.TemporaryDirectory() as folder:
        wrong = try_cases(Path(named) / "hostile/own-cases/pii.json", Path(folder))
        wrong += try_published(Path(named) / "municipal", Path(folder))
        measure(options.rows, Path(folder))
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
