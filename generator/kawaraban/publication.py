"""What was read and checked -> a dataset as it is published: today's, the last good version, or none."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kawaraban import history
from kawaraban.cache import FOLDER, Cache
from kawaraban.catalog import read_dataset
from kawaraban.intake import Intake, take_in
from kawaraban.kinds.entry import Entry
from kawaraban.model import Dataset
from kawaraban.town import Town
from kawaraban.townkeys import licence_of


def published(root: Path, intake: Intake, dates: Mapping[str, str], town: Town, cache: Cache) -> Entry:
    """Give a dataset as it is published; `dates` says when each was last changed, by slug."""
    dataset, verdict = _licensed(intake.dataset, town), intake.verdict
    parts = (dataset.slug, *(part.slug for part in dataset.parts))
    updated = max(dates.get(slug, "") for slug in parts)
    if verdict.valid:
        return Entry(dataset, intake.tables, verdict, updated, consolidation=intake.consolidation)
    if dataset.consolidated:  # its earlier version is that of its parts
        return Entry(dataset, (), verdict, updated)
    for version in history.versions(root, dataset.slug):
        old = _old(root, dataset, version.revision, town, cache)
        if old is not None and old.verdict.valid:
            return Entry(_licensed(old.dataset, town), old.tables, verdict, updated, as_of=version.date)
    return Entry(dataset, (), verdict, updated)


def _licensed(dataset: Dataset, town: Town) -> Dataset:
    """Give a dataset that names no licence with the town's."""
    licence = licence_of(town.own)
    if licence is None or dataset.descriptor.get("licenses"):
        return dataset
    return replace(dataset, descriptor={**dataset.descriptor, "licenses": [licence]})


def _old(root: Path, dataset: Dataset, revision: str, town: Town, cache: Cache) -> Intake | None:
    """Give an earlier version of a dataset, taken in."""
    folder = root / FOLDER / "versions" / revision
    name = dataset.source.rpartition("/")[2]
    base = folder / "datasets" / dataset.slug
    if not base.is_dir() and not history.restore(root, dataset.slug, revision, folder):
        return None
    if not (base / name).is_file():
        return None
    return take_in(read_dataset(base, name, folder), cache, town.own)
