"""How fast tables are checked, beside frictionless and beside a bare reading, in one run. Prints a table of ratios.

    python benchmarks/validation.py [--rows 1000000] [--runs 3] [--memory]

Ten columns of mixed type (integer id, code with a pattern, text with a maximum length, date, two bounded numbers, a
bounded integer, boolean, enum, uri) with constraints and a primary key. Medians; whole commands are whole processes.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

SCHEMA = {
    "primaryKey": ["id"],
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "code", "type": "string", "constraints": {"pattern": "[A-Z]{2}-[0-9]{5}", "required": True}},
        {"name": "name", "type": "string", "constraints": {"maxLength": 40}},
        {"name": "day", "type": "date"},
        {"name": "height", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "weight", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0, "maximum": 200}},
        {"name": "open", "type": "boolean"},
        {"name": "rank", "type": "string", "constraints": {"enum": ["low", "mid", "high"]}},
        {"name": "link", "type": "string", "format": "uri"},
    ],
}
SPOILED = (1, 3, 4, 6, 7, 8)  # columns in which `???` is an error


def lines(rows: int, bad: float) -> Iterator[str]:
    """Give a CSV line by line; of `bad` of its rows one cell is wrong."""
    chance = random.Random(1)  # noqa: S311 - the same file every time
    yield ",".join(each["name"] for each in SCHEMA["fields"]) + "\n"  # type: ignore[index]
    for row in range(1, rows + 1):
        cells = [
            str(row), f"{'ABCDEFGH'[row % 8]}K-{row % 100000:05d}", f"place number {row}",
            f"20{row % 25:02d}-{row % 12 + 1:02d}-{row % 28 + 1:02d}", f"{row % 1000 / 10}", f"{row % 500 / 7:.3f}",
            str(row % 150), "true" if row % 2 else "false", ("low", "mid", "high")[row % 3],
            f"https://example.org/places/{row}",
        ]  # fmt: skip
        if bad and chance.random() < bad:
            cells[chance.choice(SPOILED)] = "???"
        yield ",".join(cells) + "\n"


def town(folder: Path, rows: int, bad: float = 0.0) -> Path:
    """Write a project with one dataset of so many rows; give its folder."""
    dataset = folder / "datasets" / "one"
    dataset.mkdir(parents=True)
    with (dataset / "one.csv").open("w", encoding="utf-8") as stream:
        stream.writelines(lines(rows, bad))
    descriptor = {"name": "one", "resources": [{"name": "one", "path": "one.csv", "schema": SCHEMA}]}
    (dataset / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def seconds(does: Callable[[], Any], runs: int) -> float:
    """Give the median time of a call."""
    took = []
    for _ in range(runs):
        began = perf_counter()
        does()
        took.append(perf_counter() - began)
    return statistics.median(took)


def ours(folder: Path) -> Callable[[], int]:
    """Give what checks the table once all is imported: read by column, screened, judged; nothing is kept."""
    from kawaraban.cache import Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.checking.routes import judged
    from kawaraban.intake import make_table
    from kawaraban.reading import columns

    dataset = read_catalog(folder).datasets["one"]

    def check() -> int:
        columns._read.cache_clear()
        table = make_table(dataset.resources[0], "one.csv", Cache(folder / ".kawaraban"))
        tasks, _ = judged(dataset, [table])
        return len(tasks[0]["errors"])

    return check


def theirs(folder: Path, limit: int = 1000) -> float:
    """Give how long frictionless's own interface takes once imported, in a process that holds nothing of ours."""
    code = (
        "import sys; from time import perf_counter; from frictionless import Package; began = perf_counter();"
        " Package(sys.argv[1]).validate(limit_errors=int(sys.argv[2])); print(perf_counter() - began)"
    )
    called = [sys.executable, "-c", code, "datasets/one/datapackage.json", str(limit)]
    return float(subprocess.run(called, cwd=folder, check=True, capture_output=True, text=True).stdout)


def bare(folder: Path) -> Callable[[], Any]:
    """Give what reads every cell of the file with DuckDB, and does nothing with it but count letters."""
    import duckdb

    file = folder / "datasets/one/one.csv"
    total = " + ".join(f"sum(strlen({each['name']}))" for each in SCHEMA["fields"])  # type: ignore[index]
    query = f"SELECT {total} FROM read_csv('{file}', all_varchar = true, header = true)"  # noqa: S608 - our file
    return lambda: duckdb.connect().execute(query).fetchall()


def command(*words: str, folder: Path) -> Callable[[], Any]:
    """Give what runs a whole command, its cache deleted before."""

    def run() -> None:
        shutil.rmtree(folder / ".kawaraban", ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", *words], cwd=folder, check=False, stdout=subprocess.DEVNULL, timeout=900
        )

    return run


def peak(folder: Path) -> float:
    """Give the peak memory of the whole command in MiB."""
    code = (
        "import resource, subprocess, sys; subprocess.run([sys.executable, '-m', 'kawaraban', 'validate'],"
        " stdout=subprocess.DEVNULL); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def row(what: str, asked: str, reached: str, detail: str) -> None:
    print(f"| {what} | {asked} | {reached} | {detail} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="Check a CSV of 1 GB too.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        clean, bad = town(base / "clean", given.rows), town(base / "bad", given.rows, 0.01)
        few = town(base / "few", 1000)
        print("| what | asked | reached | seconds |\n|---|---|---|---|")
        ours(clean)(), bare(clean)()
        us, bare_ = seconds(ours(clean), given.runs), seconds(bare(clean), given.runs)
        them = theirs(clean)
        row(f"{given.rows:,} clean rows, imported", ">= 60x", f"{them / us:.0f}x", f"{us:.2f} / {them:.1f}")
        row("beside DuckDB reading every cell", "<= 5x", f"{us / bare_:.1f}x", f"{us:.2f} / {bare_:.2f}")
        us = seconds(command("kawaraban", "validate", folder=clean), given.runs)
        them = seconds(command("frictionless", "validate", "datasets/one/datapackage.json", folder=clean), 1)
        row("whole commands, signs too", ">= 25x", f"{them / us:.0f}x", f"{us:.2f} / {them:.1f}")
        us, them = seconds(ours(bad), given.runs), theirs(bad)
        row("1 % bad rows, both stop at 1,000 errors", ">= 25x", f"{them / us:.0f}x", f"{us:.2f} / {them:.1f}")
        from kawaraban.checking import judge

        judge.LIMIT = given.rows
        us, them = seconds(ours(bad), given.runs), theirs(bad, given.rows)
        judge.LIMIT = 1000
        row("1 % bad rows, every error listed", ">= 25x", f"{them / us:.0f}x", f"{us:.2f} / {them:.1f}")
        both = [
            (command("kawaraban", "validate", folder=few), []),
            (command("frictionless", "validate", "datasets/one/datapackage.json", folder=few), []),
        ]
        for _ in range(max(given.runs, 7)):
            for run, took in both:
                took.append(seconds(run, 1))
        us, them = (statistics.median(took) for _, took in both)
        row("1,000 rows, whole commands", "<= 1.2x", f"{us / them:.2f}x", f"{us:.2f} / {them:.2f}")
        if given.memory:
            shutil.rmtree(bad)
            large = town(base / "large", 10_000_000)
            size = (large / "datasets/one/one.csv").stat().st_size / 1e9
            row(f"peak memory, {size:.2f} GB CSV", "< 1536 MiB", f"{peak(large):.0f} MiB", "whole command")


if __name__ == "__main__":
    main()
