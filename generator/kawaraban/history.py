"""Git: when a dataset was last changed, and its earlier versions.

Without git there is no history, and no error but where someone asks for what changed.
"""

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kawaraban.errors import KawarabanError

SECONDS = 30  # for one call of git
VERSIONS = 10  # looked at to find the last good one


@dataclass(frozen=True, slots=True)
class Version:
    """One commit that changed a dataset. `date` is ISO, in the time zone of who committed."""

    revision: str
    date: str


def git(root: Path, *arguments: str) -> bytes | None:
    """Give what git prints, or None where there is no git, no repository, or git refuses."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotePath=false", *arguments],
            capture_output=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def updated_dates(root: Path) -> Mapping[str, str]:
    """Give the date (ISO) of the last commit to each folder below datasets/, by slug."""
    printed = git(root, "log", "--format=%x00%cs", "--name-only", "--relative", "--", "datasets")
    dates: dict[str, str] = {}
    date = ""
    for line in (printed or b"").decode(errors="replace").splitlines():
        if line.startswith("\0"):
            date = line[1:]
        elif line.startswith("datasets/"):
            dates.setdefault(line.split("/")[1], date)
    return dates


def last_commit_time(root: Path) -> int | None:
    """Give the time of the last commit in seconds since 1970, UTC."""
    printed = git(root, "log", "-1", "--format=%ct")
    return int(printed) if printed and printed.strip().isdigit() else None


def versions(root: Path, slug: str) -> Iterator[Version]:
    """Give the versions of a dataset, newest first."""
    printed = git(root, "log", f"--max-count={VERSIONS}", "--format=%H %cs", "--", f"datasets/{slug}")
    for line in (printed or b"").decode().splitlines():
        revision, _, date = line.partition(" ")
        yield Version(revision, date)


def prefix(root: Path) -> str:
    """Give the way from the top of the repository to `root`, with a slash at its end; empty where it is the top."""
    return (git(root, "rev-parse", "--show-prefix") or b"").decode(errors="replace").strip("\n")


def changed_since(root: Path, revision: str) -> set[str]:
    """Give the datasets with a file that differs from `revision`, was removed, or is new and not ignored.

    Raises KawarabanError where there is no repository, or no such revision in it.
    """
    if git(root, "rev-parse", "--git-dir") is None:
        raise KawarabanError(
            "there is no git history for {folder}", "", "check all datasets, without --since", folder=root
        )
    commit = None
    if not revision.startswith("-"):  # it would be read as an option
        commit = git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        hint = "name a commit, a tag or a branch, such as origin/main; what is not here yet: `git fetch`"
        raise KawarabanError("there is no revision {revision} here", "", hint, revision=revision)
    differ = ("diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit.decode().strip())
    untracked = ("ls-files", "--others", "--exclude-standard", "-z")
    printed = [git(root, *arguments, "--", "datasets") for arguments in (differ, untracked)]
    if None in printed:
        raise KawarabanError(
            "git cannot compare the datasets with {revision}", "", "check all datasets, without --since",
            revision=revision,
        )  # fmt: skip
    names = b"".join(each or b"" for each in printed).decode(errors="surrogateescape").split("\0")
    return {name.split("/")[1] for name in names if name.count("/") > 1}


def restore(root: Path, slug: str, revision: str, target: Path) -> bool:
    """Write a dataset's folder as it was at `revision` below `target`; False where it was not there."""
    archive = git(root, "archive", "--format=tar", revision, "--", f"datasets/{slug}")
    if not archive:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=".restoring-"))
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(beside, filter="data")
        if not target.exists():
            beside.rename(target)
            return True
        (target / "datasets").mkdir(exist_ok=True)
        (beside / "datasets" / slug).rename(target / "datasets" / slug)
    except OSError:
        return (target / "datasets" / slug).is_dir()
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return True
