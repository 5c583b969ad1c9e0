"""A process that takes in one file after another, and says of each what became of it. Run by test_hostile_files.

Its arguments are a folder to work in, a file of cases (each a line of JSON: {"file", "as", "form"}; `as` is data or
descriptor), and the number of the first. Before a case it prints its number, after it what came out, as JSON.
"""

import json
import re
import resource
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from kawaraban.cache import Cache
from kawaraban.catalog import build_dataset
from kawaraban.descriptor import parse
from kawaraban.errors import KawarabanError
from kawaraban.intake import take_in
from kawaraban.languages import translator
from kawaraban.model import Dataset
from kawaraban.reporting.sentences import sentence

ADDRESSES = 6 << 30  # bytes: what runs away ends here, and not with the machine


def dataset_of(case: Mapping[str, str], number: int, folder: Path) -> Dataset:
    """Give the dataset of a case: the file as its data, or as the descriptor of what lies beside it."""
    file = Path(case["file"])
    if case["as"] == "descriptor":
        text = file.read_bytes().decode("utf-8-sig")
        return build_dataset(file.parent, file.name, *parse(text, file.name))
    home = folder / "datasets" / f"c{number}"
    home.mkdir(parents=True)
    shutil.copyfile(file, home / file.name)
    resource = {"path": file.name, "name": "d", **({"format": case["form"]} if case["form"] else {})}
    return build_dataset(home, f"datasets/c{number}/datapackage.yaml", {"resources": [resource]}, {})


def outcome(case: Mapping[str, str], number: int, folder: Path) -> tuple[str, str]:
    """Give what became of a case (read, held, refused) and what is wrong with how that was said."""
    name = Path(case["file"]).name
    try:
        taken = take_in(dataset_of(case, number, folder), Cache(folder / "cache"))
    except UnicodeDecodeError as error:
        return "refused", "" if case["as"] == "descriptor" else repr(error)  # catalog.read_dataset says it
    except KawarabanError as error:
        return "refused", "" if name in error.where and all(error.told(translator("ja"))) else repr(error)
    problems = taken.verdict.problems
    wrong = [each.kind for each in problems if not all(sentence(each, translator(lang))[0] for lang in ("en", "ja"))]
    named = all(
        name in each.path or each.path.endswith(("datapackage.yaml", taken.dataset.source)) for each in problems
    )
    if case["as"] == "data" and not (named and (taken.verdict.valid or problems)):
        wrong.append("a problem that does not name the file")
    if taken.verdict.valid:
        return "read", "; ".join(wrong)
    return "held" if taken.tables else "refused", "; ".join(wrong)


def most_memory() -> int:
    """Give the most memory that this process has had, in MB."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) >> 10 if found else 0


def main(folder: Path, cases: Path, first: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    for number, line in enumerate(cases.read_text(encoding="utf-8").splitlines()):
        if number >= first:
            print(number, flush=True)
            began = perf_counter()
            case: dict[str, Any] = json.loads(line)
            try:
                became, wrong = outcome(case, number, folder)
            except Exception as error:
                became, wrong = "broken", repr(error)
            print(json.dumps([became, wrong, round(perf_counter() - began, 2), most_memory()]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
