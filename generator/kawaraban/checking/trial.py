"""Patterns tried on their cells in a process that dies when the time is over."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import islice
from math import inf
from pathlib import Path
from time import perf_counter
from typing import IO

SECONDS = 1.0  # of work for one pattern, beyond what a plain one needs for as many cells
PER_CELL = 3e-6  # seconds; a plain pattern needs a fifth of that
PER_LETTER = 3e-7
SLOW = 3  # so many slow patterns are looked for; after them nothing is tried
TOTAL = 15.0  # seconds by the clock for all patterns together, beyond what plain ones need
BATCH = 1000  # cells on a line
WORKER = Path(__file__).with_name("matching.py")

Cells = Iterable[tuple[str, int]]  # a cell, and how often it stands in the column


def try_patterns(jobs: Sequence[tuple[str, Cells]]) -> tuple[set[int], set[int]]:
    """Give the numbers of the patterns that took too long, and of those not tried because too much time was gone."""
    slow: set[int] = set()
    with tempfile.TemporaryFile() as file:
        left = TOTAL + sum(_write(file, pattern, cells) - SECONDS for pattern, cells in jobs)
        first = 0
        while first < len(jobs) and len(slow) < SLOW:
            file.seek(0)
            first, seconds = _run(file, first, left)
            left -= seconds
            if left <= 0:
                break
            if first < len(jobs):
                slow.add(first)
                first += 1
    return slow, set(range(first, len(jobs)))


def _write(file: IO[bytes], pattern: str, cells: Cells) -> float:
    """Write a pattern and its cells for the process that tries them; give the seconds that it may take."""
    seconds = SECONDS
    place = file.tell()
    # the time is known at the end only: its room is kept
    file.write(_head(pattern, seconds))
    walk = iter(cells)
    while batch := list(islice(walk, BATCH)):
        seconds += sum(times * (PER_CELL + PER_LETTER * len(cell)) for cell, times in batch)
        file.write(json.dumps(batch).encode() + b"\n")
    end = file.tell()
    file.seek(place)
    file.write(_head(pattern, seconds))
    file.seek(end)
    return seconds


def _head(pattern: str, seconds: float) -> bytes:
    return f'{{"pattern": {json.dumps(pattern)}, "seconds": {seconds:16.3f}}}\n'.encode()


def _run(file: IO[bytes], first: int, seconds: float) -> tuple[int, float]:
    """Give the number of the pattern at which the process ended, and its seconds; endless where it was killed."""
    began = perf_counter()
    command = [sys.executable, "-I", "-S", str(WORKER), str(first)]
    try:
        ended = subprocess.run(
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=seconds, check=False
        )
    except OSError:  # no process can be started here
        return first, inf
    except subprocess.TimeoutExpired as error:
        return _after(error.stdout or b"", first), inf
    return _after(ended.stdout, first), perf_counter() - began


def _after(printed: bytes, first: int) -> int:
    """Give the number after the last that was printed."""
    whole = printed.rpartition(b"\n")[0].split()
    return int(whole[-1]) + 1 if whole else first
