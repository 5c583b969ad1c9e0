"""A finished site takes the place of the old one in one step; a failed one never touches it."""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = ".kawaraban-building-"
AT_FDCWD = -100
RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` to build in. It takes the target's place where the block ends well.

    Where the block raises, the folder is removed and the target stays as it was. What an earlier, killed build
    left behind is removed first.
    """
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{PREFIX}*"):
        if not _alive(left.name.removeprefix(PREFIX)):
            shutil.rmtree(left, ignore_errors=True)
    beside = target.parent / f"{PREFIX}{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        yield beside
        exchange(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def exchange(new: Path, target: Path) -> None:
    """Put `new` at `target`; what was there is at `new` afterwards, or gone."""
    if not target.exists():
        new.rename(target)
        return
    if _rename_exchange(new, target):
        return
    aside = new.with_name(f"{new.name}-old")
    shutil.rmtree(aside, ignore_errors=True)
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _rename_exchange(new: Path, target: Path) -> bool:
    """Exchange two names in one step, where the system can (Linux: renameat2)."""
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        done = libc.renameat2(
            AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(target), ctypes.c_uint(RENAME_EXCHANGE)
        )
        if done == 0:
            return True
        if ctypes.get_errno() not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))
    return False


def _alive(name: str) -> bool:
    """Say whether the process that a building folder is named after still runs."""
    number = name.partition("-")[0]
    if not number.isdigit():
        return False
    if sys.platform == "win32":
        return int(number) == os.getpid()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
