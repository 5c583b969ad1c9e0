"""Two versions of a table of 1,000,000 rows x 10 columns, 1 % changed: `kawaraban diff` beside csv-diff, in one run.

Both get the same files and the same key; the counts must be the same. csv-diff is no dependency of ours: install it
(`pip install csv-diff`) to see its column. --rows N for a quicker look, --runs N for the median of several.
"""

import argparse
import io
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

NAMES = "番号,名称,住所,緯度,経度,人数,日付,区分,階,備考"
DESCRIPTOR = """\
title: 施設
resources:
  - path: a.csv
    schema:
      primaryKey: 番号
      fields: [{name: 番号}, {name: 名称}, {name: 住所}, {name: 緯度, type: number}, {name: 経度, type: number},
        {name: 人数, type: integer}, {name: 日付, type: date}, {name: 区分}, {name: 階, type: integer}, {name: 備考}]
"""


def row(at: int, more: int) -> str:
    """Give a line of the table; `more` is what the number of people grew by."""
    return (
        f"{at:08d},施設{at % 50000},本町{at % 997}-{at % 31},35.{at % 1000000:06d},139.{at * 7 % 1000000:06d},"
        f"{at % 4999 + more},2024-{at % 12 + 1:02d}-{at % 28 + 1:02d},A{at % 7},{at % 13},備考{at % 97}\n"
    )


def write(file: Path, rows: range, step: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{NAMES}\n")
        stream.writelines(row(at, int(bool(step) and at % step == 0)) for at in rows)


def by_kawaraban(root: Path) -> tuple[float, dict[str, int]]:
    """Give the seconds of the comparison in this process, the files being read and tidied, and its counts."""
    from kawaraban.cache import Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.diffing import diff_tables
    from kawaraban.intake import make_table

    began = time.perf_counter()
    datasets = read_catalog(root).datasets
    new, old = (make_table(datasets[slug].resources[0], slug, Cache(root / "cache")) for slug in ("new", "old"))
    found = diff_tables(new, old)
    return time.perf_counter() - began, {name: getattr(found, name) for name in ("added", "removed", "changed")}


def by_csv_diff(root: Path) -> tuple[float, dict[str, int]]:
    """Give the seconds of csv-diff, the files being read, and its counts."""
    import csv_diff

    began = time.perf_counter()
    texts = [(root / f"datasets/{slug}/a.csv").read_text(encoding="utf-8") for slug in ("old", "new")]
    old, new = (csv_diff.load_csv(io.StringIO(text), key="番号") for text in texts)
    found = csv_diff.compare(old, new)
    return time.perf_counter() - began, {name: len(found[name]) for name in ("added", "removed", "changed")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for slug, first, step in (("old", 0, 0), ("new", options.rows // 2000, 100)):
            base = root / "datasets" / slug
            base.mkdir(parents=True)
            (base / "datapackage.yaml").write_text(DESCRIPTOR, encoding="utf-8")
            write(base / "a.csv", range(first, options.rows + first), step)
        by_kawaraban(root)  # imports
        ours = [by_kawaraban(root) for _ in range(options.runs)]
        seconds = median(each for each, _ in ours)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"kawaraban: {seconds:.2f} s, {peak:,.0f} MiB at most, {ours[0][1]}")
        try:
            theirs = by_csv_diff(root)
        except ImportError:
            print("csv-diff is not installed")
            return
        print(f"csv-diff: {theirs[0]:.2f} s, {theirs[1]}; {theirs[0] / seconds:.1f} times as long")
        if theirs[1] != ours[0][1]:
            sys.exit("the counts differ")


if __name__ == "__main__":
    main()
