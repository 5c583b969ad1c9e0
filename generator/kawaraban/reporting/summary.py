"""The last sentence of a report: how many problems, in how much data; what has to be mended."""

from collections.abc import Callable, Sequence

from kawaraban.model import Verdict
from kawaraban.reporting.characters import plain
from kawaraban.reporting.grouping import Group, counted

NAMED = 30  # datasets that are named; the rest is counted


def summary(verdicts: Sequence[Verdict], listed: Sequence[Group], say: Callable[[str], str]) -> str:
    """Give how many problems and remarks there are in how many datasets and rows."""
    errors, remarks = counted(listed)
    told = (
        say("{problems} problems, {remarks} remarks. {datasets} datasets, {rows} rows checked.")
        if remarks
        else say("{problems} problems. {datasets} datasets, {rows} rows checked.")
    )
    return told.format(
        problems=f"{errors:,}",
        remarks=f"{remarks:,}",
        datasets=f"{len(verdicts):,}",
        rows=f"{sum(verdict.rows for verdict in verdicts):,}",
    )


def to_be_mended(verdicts: Sequence[Verdict], say: Callable[[str], str]) -> str:
    """Give the datasets that have errors, by name; empty where there are none."""
    slugs = [plain(verdict.slug) for verdict in verdicts if not verdict.valid]
    if not slugs:
        return ""
    names = ", ".join(slugs[:NAMED])
    if len(slugs) > NAMED:
        names = say("{names} and {count} more").format(names=names, count=f"{len(slugs) - NAMED:,}")
    return say("To be mended: {names}").format(names=names)
