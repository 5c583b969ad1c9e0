"""A dataset beside its last version out of git: finds that version, reads it, and says what changed suspiciously.

Where there is no git, or no earlier version, nothing is compared; whether the data is stale is told all the same.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from kawaraban import history
from kawaraban.cache import Cache
from kawaraban.catalog import DESCRIPTORS, read_dataset
from kawaraban.checking.integrity import silence
from kawaraban.checking.privacy import conceal, secrets_of
from kawaraban.checking.versions import KINDS, compare_versions
from kawaraban.errors import KawarabanError
from kawaraban.history import Version
from kawaraban.intake import Intake, make_table
from kawaraban.model import Dataset, Problem, Table

EARLIER = 5  # versions that tell what is usual
POINTER = b"version https://git-lfs"  # stands in a commit for a file that is kept elsewhere
ALWAYS = {"stale", "updates-not-understood"}  # a rule against these may stay, though nothing is found today


def this_day() -> date:
    """Give today; the day of SOURCE_DATE_EPOCH where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


@dataclass(frozen=True)
class Comparison:
    """Compares datasets of the project in `root` with their last versions, or with what they were at `since`."""

    root: Path
    cache: Cache
    since: str | None = None
    today: date | None = None

    def __call__(self, intake: Intake) -> Intake:
        """Give an intake whose verdict holds what the comparison found too."""
        dataset = intake.dataset
        if dataset.consolidated:  # what changed is told of the datasets that it is made of
            return intake
        versions = self._old(dataset.slug)
        today = self.today or this_day()
        if not versions and "updates" not in dataset.own:
            return intake
        updated = self._updated(dataset.slug, today)
        told = [dataset.own.get("updates"), [each.name for each in dataset.resources], updated, today.isoformat()]
        parts = [(table.name, table.digest, table.columns, table.origin.path) for table in intake.tables]
        revisions = [each.revision for each in versions]
        key = self.cache.key("compared", dataset.source, told, parts, revisions)
        kept = self.cache.get_json(key)
        if kept is None:
            kept = [asdict(each) for each in self._compare(intake, versions, updated, today)]
            self.cache.put_json(key, kept)
        looked_for = KINDS - ALWAYS if versions else frozenset()
        verdict = intake.verdict
        changes = [Problem(**each) for each in kept]
        secrets = secrets_of(dataset, intake.tables, [*verdict.problems, *verdict.silenced])
        changes, _ = conceal(changes, (), secrets)
        loud, quiet = silence(dataset, changes, looked_for.__contains__)
        problems, silenced = (*verdict.problems, *loud), (*verdict.silenced, *quiet)
        return replace(intake, verdict=replace(verdict, problems=problems, silenced=silenced))

    @cached_property
    def _versions(self) -> Mapping[str, Sequence[Version]]:
        """The versions of every dataset, newest first, by slug."""
        shown = ("--format=%x00%H %cs", "--name-only", "--relative")
        printed = history.git(self.root, "log", *shown, "--end-of-options", self.since or "HEAD", "--", "datasets")
        found: dict[str, list[Version]] = {}
        version = Version("", "")
        for line in (printed or b"").decode(errors="replace").splitlines():
            if line.startswith("\0"):
                version = Version(*line[1:].split(" ", 1))
            elif line.count("/") > 1:
                versions = found.setdefault(line.split("/")[1], [])
                if version not in versions[-1:]:
                    versions.append(version)
        return found

    @cached_property
    def _differing(self) -> set[str]:
        """The datasets whose files are not as they were last committed."""
        try:
            return history.changed_since(self.root, "HEAD")
        except KawarabanError:  # nothing was ever committed
            return set()

    def _old(self, slug: str) -> list[Version]:
        """Give the version to compare with, then those before it."""
        versions = self._versions.get(slug, ())
        fresh = self.since is None and bool(versions) and slug not in self._differing
        return list(versions[fresh : fresh + 1 + EARLIER])

    def _updated(self, slug: str, today: date) -> str:
        """Give the day of the last change: today, where it is not committed yet; empty where nobody knows."""
        versions = self._versions.get(slug)
        if not versions:
            return ""
        return today.isoformat() if slug in self._differing else versions[0].date

    def _compare(self, intake: Intake, versions: Sequence[Version], updated: str, today: date) -> Iterator[Problem]:
        dataset, tables = intake.dataset, intake.tables
        with tempfile.TemporaryDirectory(prefix="kawaraban-") as folder:
            read = (read_version(self.root, dataset.slug, each.revision, Path(folder)) for each in versions)
            old_dataset, old_tables = next(read, None) or (None, ())
            yield from compare_versions(
                dataset, tables, old_dataset, old_tables, versions[0].date if versions else "", today, updated,
                lambda: [each[1] for each in read if each],
            )  # fmt: skip


def read_version(project: Path, slug: str, revision: str, folder: Path) -> tuple[Dataset, tuple[Table, ...]] | None:
    """Give a dataset as it was at a revision and those of its tables that can be read; None where it was not there.

    Its files are written below `folder`.
    """
    root = folder / revision
    base = root / "datasets" / slug
    if not base.is_dir() and not history.restore(project, slug, revision, root):
        return None
    name = next((each for each in DESCRIPTORS if (base / each).is_file()), None)
    if name is None:
        return None
    dataset = read_dataset(base, name, root)
    tables = []
    for resource in dataset.resources:
        with resource.file.open("rb") as stream:
            if stream.read(len(POINTER)) == POINTER:
                continue
        try:
            tables.append(make_table(resource, f"datasets/{slug}/{resource.path}", Cache(folder / "cache")))
        except KawarabanError:
            continue
    return dataset, tuple(tables)
