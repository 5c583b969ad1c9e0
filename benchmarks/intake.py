"""How many real files are read right with no configuration, beside frictionless and pandas on the same files.

    KAWARABAN_REAL_DATA=... python benchmarks/intake.py [--verbose] [--consolidation] [--tool NAME]

What is right was judged by looking at the files, not by our reader (tests/intake/*.yaml); files that are no tables
are left out. frictionless: describe and extract with its default detector. pandas: read_csv with UTF-8, then CP932;
read_excel with calamine. `read right` is encoding, sheet, header, columns and rows together.
"""

import argparse
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import time as Clock
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from truth import CONSOLIDATION, Truth, choices, differences, letters, publishers, read_truths, wrong_types

WORKBOOKS = {".xls", ".xlsx", ".ods"}
SHAPE = ("encoding", "sheet", "header", "columns", "rows")
ALONE = ("dropped", "standard")  # of these the other two say nothing
LINES = (  # what a line of the table says, and the parts that must be right for it
    ("encoding (text files)", ("encoding",)),
    ("header rows, columns, sheet", ("header", "columns", "sheet")),
    ("number of data rows", ("rows",)),
    ("read right: all of these", SHAPE),
    ("types of the telling columns", ("types",)),
    ("types, codes read as numbers excused", ("plain types",)),
    ("read right, types too", (*SHAPE, "types")),
    ("rows that are no data (files with such)", ("dropped",)),
    ("standard (files of a standard)", ("standard",)),
    ("no standard (files of none)", ("standard",)),
)

Reading = dict[str, Any]


def by_kawaraban(file: Path) -> Reading:
    """Give what `kawaraban add --dry-run --format json` shows."""
    from kawaraban.adding import propose

    return propose(file).as_json()


def by_frictionless(file: Path) -> Reading:
    """Give what frictionless describes, and how many rows it extracts."""
    from frictionless import describe, extract

    resource = describe(str(file))
    rows = sum(len(table) for table in extract(str(file)).values())
    names = [field.name for field in resource.schema.fields]
    types = [field.type for field in resource.schema.fields]
    return reading(file, resource.encoding, resource.dialect.header_rows, names, types, rows)


def by_pandas(file: Path) -> Reading:
    """Give what pandas makes of a file; a column of whole numbers and blanks counts as whole numbers."""
    import pandas

    encoding = None
    if file.suffix.lower() in WORKBOOKS:
        frame = pandas.read_excel(file, engine="calamine")
    else:
        try:
            encoding, frame = "utf-8", pandas.read_csv(file, encoding="utf-8", low_memory=False)
        except UnicodeDecodeError:
            encoding, frame = "cp932", pandas.read_csv(file, encoding="cp932", low_memory=False)
    names = [str(name) for name in frame.columns]
    kept = [
        place
        for place, name in enumerate(names)
        if not (name.startswith("Unnamed: ") and frame.iloc[:, place].isna().all())
    ]
    types = [_type(frame.iloc[:, place]) for place in range(len(names))]
    whole = reading(file, encoding, [1], names, types, len(frame))
    return {**whole, "columns": [whole["columns"][place] for place in kept]}


def _type(column: Any) -> str:
    """Give the Table Schema type that a pandas column amounts to."""
    import pandas

    kind = column.convert_dtypes().dtype
    if pandas.api.types.is_bool_dtype(kind):
        return "boolean"
    if pandas.api.types.is_integer_dtype(kind):
        return "integer"
    if pandas.api.types.is_numeric_dtype(kind):
        return "number"
    if pandas.api.types.is_datetime64_any_dtype(kind):
        return "date" if (column.dropna() == column.dropna().dt.normalize()).all() else "datetime"
    filled = column.dropna()
    return "time" if len(filled) and all(isinstance(value, Clock) for value in filled) else "string"


def reading(
    file: Path, encoding: str | None, header: Sequence[int], names: list[str], types: list[str], rows: int
) -> Reading:
    """Give the object that the truth is compared with; both others read the first sheet and drop nothing."""
    sheet = None
    if file.suffix.lower() in WORKBOOKS:
        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_path(str(file)).sheet_names[0]
    columns = [
        {"name": name, "type": type_, "source": letters(place)}
        for place, (name, type_) in enumerate(zip(names, types, strict=True), 1)
    ]
    return {
        "encoding": encoding, "sheet": sheet, "header_rows": list(header), "columns": columns, "rows": rows,
        "dropped": [], "standard": None,
    }  # fmt: skip


TOOLS: dict[str, Callable[[Path], Reading]] = {
    "kawaraban": by_kawaraban,
    "frictionless": by_frictionless,
    "pandas": by_pandas,
}


def counts(truth: Truth, line: str) -> bool:
    """Say whether a file counts in a line of the table."""
    standards = choices(truth.seen.get("standard"))
    return {
        "encoding (text files)": bool(truth.seen["encoding"]),
        "rows that are no data (files with such)": "dropped" in truth.seen,
        "standard (files of a standard)": None not in standards,
        "no standard (files of none)": standards == [None],
    }.get(line, True)


def measure(truths: list[Truth], read: Callable[[Path], Reading]) -> tuple[Counter[str], float, list[str]]:
    """Give how many files are right in each line, the seconds, and what is wrong."""
    right, seconds, wrong = Counter[str](), 0.0, []
    for truth in truths:
        began = time.perf_counter()
        try:
            seen = read(truth.file)
        except Exception as problem:
            first = str(problem).strip().splitlines() or [type(problem).__name__]
            wrong.append(f"{truth.name}: not read: {first[0]}")
            continue
        finally:
            seconds += time.perf_counter() - began
        told = differences(truth, seen)
        if read is not by_kawaraban:
            told = {part: text for part, text in told.items() if part not in ALONE}
        wrong += [f"{truth.name}: {part}: {text}" for part, text in told.items()]
        parts = set(told)
        if any(given != "integer" or "string" not in wanted for _, given, wanted in wrong_types(truth.seen, seen)):
            parts.add("plain types")
        right.update(line for line, needed in LINES if counts(truth, line) and not parts & set(needed))
    return right, seconds, wrong


def share(tool: str, line: str, right: int, of: int) -> str:
    """Give a cell of the table."""
    silent = tool != "kawaraban" and set(dict(LINES)[line]) <= set(ALONE)
    return "-" if silent or not of else f"{right} ({right / of:.0%})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="List what each reads wrong.")
    parser.add_argument("--consolidation", action="store_true", help="The files of consolidation/ instead.")
    parser.add_argument("--tool", action="append", choices=list(TOOLS), help="Only this one; may be given again.")
    options = parser.parse_args()
    named = os.environ.get("KAWARABAN_REAL_DATA")
    if not named:
        raise SystemExit("KAWARABAN_REAL_DATA does not name the folder of real files")
    warnings.simplefilter("ignore")
    chosen = [each for each in publishers() if (each == CONSOLIDATION) == options.consolidation]
    truths = [each for publisher in chosen for each in read_truths(publisher, Path(named)) if each.is_table]
    tools = options.tool or list(TOOLS)
    results = {tool: measure(truths, TOOLS[tool]) for tool in tools}
    texts = sum(bool(each.seen["encoding"]) for each in truths)
    maps = sum(each.file.suffix in {".json", ".geojson"} for each in truths)
    print(f"{len(truths)} tables: {texts - maps} of text, {len(truths) - texts} workbooks, {maps} GeoJSON\n")
    print(f"| read right | of | {' | '.join(tools)} |\n|---|---|{'---|' * len(tools)}")
    for line, _ in LINES:
        of = sum(counts(truth, line) for truth in truths)
        cells = [share(tool, line, right[line], of) for tool, (right, _, _) in results.items()]
        print(f"| {line} | {of} | {' | '.join(cells)} |")
    print(f"| seconds | | {' | '.join(f'{seconds:.1f}' for _, seconds, _ in results.values())} |")
    for tool, (_, _, wrong) in results.items():
        if options.verbose:
            print(f"\n{tool}: {len(wrong)} differences")
            print("\n".join(f"  {each}" for each in wrong))


if __name__ == "__main__":
    main()
