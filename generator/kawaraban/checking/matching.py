"""A process of its own that matches cells with patterns, and dies where one takes too long.

Run by its path (`python -I -S matching.py FIRST`), so it imports the standard library only. Standard input holds
lines of JSON: `{"pattern": ..., "seconds": ...}` begins a pattern, each `[[cell, times], ...]` after it gives cells.
The number of each pattern that is done is printed, so that who started this sees which it died of; those before FIRST
are passed over.
"""

import faulthandler
import json
import re
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

MEMORY = 1 << 30  # bytes: a pattern can eat memory instead of time
PATIENCE = 3  # times as long by the clock, where the machine is busy


def main(lines: Iterable[bytes], first: int) -> None:
    """Match every cell as often as it stands in its column, a pattern after the other."""
    number = -1
    pattern: Any = None
    for line in lines:
        value = json.loads(line)
        if isinstance(value, dict):
            if number >= first:
                print(number, flush=True)
            number += 1
            if number >= first:
                limit(float(value["seconds"]))
                pattern = compiled(value["pattern"])
        elif number >= first and pattern is not None:
            for cell, times in value:
                for _ in range(times):
                    pattern.match(cell)
    if number >= first:
        print(number, flush=True)


def compiled(pattern: str) -> Any:
    """Give the pattern as frictionless compiles it; None where it is none, which frictionless says itself."""
    try:
        return re.compile(f"^{pattern}$")
    except (re.error, RecursionError, OverflowError, ValueError):
        return None


def limit(seconds: float) -> None:
    """Let this process die after so many seconds of work, or three times as many by the clock."""
    faulthandler.dump_traceback_later(PATIENCE * seconds, exit=True, file=sys.stderr)
    if hasattr(signal, "setitimer"):  # Windows has the clock only
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def limit_memory() -> None:
    """Let this process fail rather than take all memory, where the system can do that."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    limit_memory()
    main(sys.stdin.buffer, int(sys.argv[1]))
