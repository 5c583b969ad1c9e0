"""How often the encoding of a town's file is found, beside chardet and charset_normalizer.

    KAWARABAN_REAL_DATA=... python benchmarks/encodings.py [--wrong]

Every text table that towns published (municipal, consolidation) is written in each encoding that has all its letters:
whole, and cut to its header and two rows. An answer is right if reading the file so gives the text. `--wrong` names
the files of which our answer is wrong.
"""

import argparse
import csv
import importlib
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from kawaraban.errors import KawarabanError
from kawaraban.reading.encoding import detect_encoding

ENDINGS = {".csv", ".tsv", ".txt"}
ENCODINGS = (
    "utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-16-be", "cp1252",
)  # fmt: skip
LARGEST = 2_000_000  # bytes; charset_normalizer takes minutes for more
LINES = 3
# letters of CP932 that EUC-JP and ISO-2022-JP have under another number
TWINS = str.maketrans("～－∥￠￡￢", "〜−‖¢£¬")


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """Give the name and the text of every table with letters beyond ASCII."""
    for part in ("municipal", "consolidation"):
        with (data / part / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as stream:
            for each in csv.DictReader(stream):
                file = data / part / each["file"]
                if file.suffix.lower() in ENDINGS and each["encoding"] in ("utf-8", "utf-8-sig", "cp932"):
                    if file.stat().st_size <= LARGEST:
                        text = file.read_bytes().decode(each["encoding"]).removeprefix("\ufeff")
                        yield each["file"], text
                elif each["encoding"].startswith("other"):
                    yield each["file"], file.read_bytes().decode("cp1252")


def written(text: str, encoding: str) -> bytes | None:
    """Give the bytes of a text; None where the encoding has not all its letters."""
    if encoding in ("euc_jp", "iso2022_jp"):
        text = text.translate(TWINS)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def ours(file: Path) -> str | None:
    try:
        return detect_encoding(file, None, file.name)[0]
    except KawarabanError:
        return None


def detectors() -> dict[str, Callable[[Path], str | None]]:
    """Give what finds encodings, by name."""
    found: dict[str, Callable[[Path], str | None]] = {"kawaraban": ours}
    for name in ("chardet", "charset_normalizer"):
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed")
            continue
        found[name] = lambda file, module=module: module.detect(file.read_bytes())["encoding"]  # type: ignore[misc]
    return found


def is_right(body: bytes, name: str | None, text: str) -> bool:
    """Say whether the bytes read in encoding `name` are the text."""
    try:
        read = body.decode(name) if name else ""
    except (LookupError, UnicodeError):
        return False
    return read.removeprefix("\ufeff").translate(TWINS) == text.translate(TWINS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    named = os.environ.get("KAWARABAN_REAL_DATA")
    if not named:
        raise SystemExit("KAWARABAN_REAL_DATA does not name the folder of real files")
    known = detectors()
    cases: dict[tuple[str, str], int] = defaultdict(int)
    right: dict[tuple[str, str, str], int] = defaultdict(int)
    seconds: dict[str, float] = defaultdict(float)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tried.csv"
        for source, whole in texts(Path(named)):
            for size, text in (("whole", whole), ("short", "".join(whole.splitlines(keepends=True)[:LINES]))):
                for encoding in ENCODINGS if not text.isascii() else ():
                    body = written(text, encoding)
                    if body is None:
                        continue
                    file.write_bytes(body)
                    cases[size, encoding] += 1
                    for name, detector in known.items():
                        began = time.perf_counter()
                        answer = detector(file)
                        seconds[name] += time.perf_counter() - began
                        good = is_right(body, answer, text)
                        right[size, encoding, name] += good
                        if name == "kawaraban" and not good:
                            missed.append(f"  {size} {encoding} -> {answer}: {source}")
    print(f"{'':<6} {'encoding':<11} {'files':>5} " + " ".join(f"{name:>18}" for name in known))
    for (size, encoding), files in sorted(cases.items()):
        told = " ".join(f"{right[size, encoding, name] / files:>18.1%}" for name in known)
        print(f"{size:<6} {encoding:<11} {files:>5} {told}")
    total = sum(cases.values())
    told = " ".join(f"{sum(n for (_, _, each), n in right.items() if each == name) / total:>18.1%}" for name in known)
    print(f"{'all':<18} {total:>5} {told}")
    print(f"{'seconds':<24} " + " ".join(f"{seconds[name]:>18.1f}" for name in known))
    if options.wrong:
        print(*missed, sep="\n")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
