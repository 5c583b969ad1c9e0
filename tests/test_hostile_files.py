"""Every broken or hostile file that was collected has a clear outcome: read, held or refused, in time and in memory.

Set KAWARABAN_REAL_DATA to the folder that holds hostile/. The files' own cases are in test_bounds and its neighbours.
"""

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from kawaraban.catalog import FORMATS

TRYING = Path(__file__).with_name("trying.py")
SECONDS = 30
MEGABYTES = 2048
WORKERS = 2
BOMBS = (
    "attack-bomb-416MB.xlsx", "attack-dim.xlsx", "attack-laughs.xlsx", "attack-xxe.xlsx", "deep.json", "deep.geojson",
    "attack-zip-bomb-525MB.csv.zip", "attack-zip-slip.zip",
)  # fmt: skip

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux counts it")


@dataclass(frozen=True)
class Outcome:
    """What became of a case: read, held, refused, or what must not be: broken, dead, hanging."""

    became: str
    wrong: str = ""
    seconds: float = 0.0
    megabytes: int = 0


def cases(folder: Path) -> list[Mapping[str, str]]:
    """Give every file as data, those of an unknown ending also as CSV, and every JSON and YAML as a descriptor."""
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        found.append({"file": str(file), "as": "data", "form": ""})
        if file.suffix.lower() not in FORMATS:
            found.append({"file": str(file), "as": "data", "form": "csv"})
        if file.suffix in (".json", ".yaml", ".yml"):
            found.append({"file": str(file), "as": "descriptor", "form": ""})
    return found


def tried(listed: Sequence[Mapping[str, str]], folder: Path) -> list[Outcome]:
    """Give the outcome of each case, tried in a process that is started anew where it dies or hangs."""
    folder.mkdir()
    lines = folder / "cases.jsonl"
    lines.write_text("\n".join(json.dumps(each) for each in listed), encoding="utf-8")
    found: list[Outcome] = []
    while len(found) < len(listed):
        command = [sys.executable, str(TRYING), str(folder), str(lines), str(len(found))]
        hanging = threading.Event()
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:

            def end(process: subprocess.Popen[str] = process, hanging: threading.Event = hanging) -> None:
                hanging.set()
                process.kill()

            assert process.stdout
            assert process.stderr
            watch = threading.Timer(SECONDS, end)
            watch.start()
            for line in process.stdout:
                watch.cancel()
                watch = threading.Timer(SECONDS, end)
                watch.start()
                if line.startswith("["):
                    found.append(Outcome(*json.loads(line)))
            watch.cancel()
            said = process.stderr.read()[-300:]
        if len(found) < len(listed):
            found.append(Outcome("hanging" if hanging.is_set() else "dead", f"{process.returncode} {said}"))
    return found


def test_every_hostile_file_has_a_clear_outcome(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = cases(real_data / "hostile")
    assert len(listed) > 500
    halves = [listed[start::WORKERS] for start in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as both:
        results = both.map(tried, halves, [tmp_path / f"w{number}" for number in range(WORKERS)])
        found = [
            pair for half, result in zip(halves, results, strict=True) for pair in zip(half, result, strict=True)
        ]
    counts = {
        kind: Counter(out.became for case, out in found if case["as"] == kind) for kind in ("data", "descriptor")
    }
    with capsys.disabled():
        slowest = max(out.seconds for _, out in found)
        most = max(out.megabytes for _, out in found)
        print(f"\nhostile: {len(found)} cases", end="")
        for kind, count in counts.items():
            print(f"; as {kind}: {', '.join(f'{n} {became}' for became, n in count.most_common())}", end="")
        print(f"; slowest {slowest} s, most {most} MB")
    bad = [
        (Path(case["file"]).name, case["as"], case["form"], out)
        for case, out in found
        if out.became not in ("read", "held", "refused")
        or out.wrong
        or out.seconds > SECONDS
        or out.megabytes > MEGABYTES
    ]
    assert bad == []
    assert {out.became for _, out in found} == {"read", "held", "refused"}
    refused = {Path(case["file"]).name for case, out in found if out.became == "refused" and case["as"] == "data"}
    assert set(BOMBS) <= refused


def test_a_process_that_dies_or_hangs_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watch over the others is watched: a worker that ends itself at one case, and sleeps at another."""
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import os, sys, time\n"
        "for number in range(int(sys.argv[3]), 4):\n"
        "    os.abort() if number == 1 else time.sleep(60) if number == 2 else None\n"
        '    print(\'["read", "", 0.0, 1]\', flush=True)\n'
    )
    monkeypatch.setattr("test_hostile_files.TRYING", worker)
    monkeypatch.setattr("test_hostile_files.SECONDS", 2)
    found = tried([{"file": "x", "as": "data", "form": ""}] * 4, tmp_path / "w")
    assert [out.became for out in found] == ["read", "dead", "hanging", "read"]
