"""Where a report goes: the terminal, a file, a workbook per dataset, the summary of a job on GitHub."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from kawaraban import history
from kawaraban.cache import write_beside
from kawaraban.errors import KawarabanError
from kawaraban.intake import Intake
from kawaraban.languages import translator
from kawaraban.model import Dataset, Verdict
from kawaraban.reporting import TEXTS, WORKBOOK
from kawaraban.reporting.grouping import groups
from kawaraban.reporting.markdown import MOST, markdown_report
from kawaraban.reporting.summary import summary
from kawaraban.reporting.target import Target

NARROWEST = 40  # places; a narrower terminal gets lines of this width


def check_output(form: str, output: Path | None, root: Path, datasets: int) -> None:
    """Raise KawarabanError where the report could not be written, or would be written over data."""
    if output is None:
        if form == WORKBOOK:
            hint = "name a file for one dataset, a folder for several: `--output FILE`"
            raise KawarabanError("`--format xlsx` needs `--output`", "", hint)
        return
    if output.resolve().is_relative_to(root / "datasets"):
        raise KawarabanError("{path} would be among the data", "", "name a place outside of datasets/", path=output)
    if form == WORKBOOK and datasets > 1:
        if output.suffix.lower() == ".xlsx" and not output.is_dir():
            hint = "name a folder, or one dataset to check"
            raise KawarabanError("{path} is one file for several datasets", "", hint, path=output)
        if output.exists() and not output.is_dir():
            raise KawarabanError("{path} is no folder", "", "name another one", path=output)
    elif output.is_dir() and form != WORKBOOK:
        raise KawarabanError("{path} is a folder", "", "name a file in it", path=output)
    elif not output.is_dir() and not output.parent.is_dir():
        raise KawarabanError(
            "there is no folder {path}", "", "make it first, or name another one", path=output.parent
        )


def changed(datasets: Sequence[Dataset], root: Path, since: str, lang: str) -> list[Dataset]:
    """Give the datasets with a file that changed since a revision, and say how many are left out."""
    slugs = history.changed_since(root, since)
    found = [each for each in datasets if slugs & {one.slug for one in (each, *each.parts, *each.references)}]
    told = translator(lang)("{changed} of {all} datasets changed since {revision}; only these are checked.")
    click.echo(told.format(changed=f"{len(found):,}", all=f"{len(datasets):,}", revision=since), err=True)
    return found


def strictly(intake: Intake) -> Intake:
    """Give an intake in which every remark is an error."""
    problems = tuple(replace(problem, severity="error") for problem in intake.verdict.problems)
    return replace(intake, verdict=replace(intake.verdict, problems=problems))


def write_report(
    form: str, output: Path | None, root: Path, intakes: Sequence[Intake], seconds: float, lang: str
) -> None:
    """Write the report to where it was asked for; for GitHub the job's summary too, where there is one."""
    verdicts = [intake.verdict for intake in intakes]
    if form == WORKBOOK:
        assert output is not None  # noqa: S101 - check_output has said so
        _write_workbooks(output, intakes, verdicts, lang)
        return
    target = target_of(form, output, root)
    report = TEXTS[form](verdicts, seconds, lang, target)
    if output:
        write_file(output, report.encode())
    elif form == "text":
        click.echo(report, nl=False)
    else:
        # what a program reads is UTF-8, whatever the terminal shows
        click.echo(report.encode(), nl=False)
    job = os.environ.get("GITHUB_STEP_SUMMARY")
    if form == "github" and job:
        _append_summary(Path(job), verdicts, seconds, lang)


def target_of(form: str, output: Path | None, root: Path) -> Target:
    """Give what a report has to know of where it goes; colours are for a terminal, and not where NO_COLOR is set."""
    if form != "text":
        return Target(prefix=history.prefix(root))
    if output or not sys.stdout.isatty():
        return Target()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Target(colour, max(shutil.get_terminal_size().columns, NARROWEST))


def _append_summary(file: Path, verdicts: Sequence[Verdict], seconds: float, lang: str) -> None:
    """Append the report to the summary of the job, which may hold what an earlier command of the step wrote."""
    there = file.stat().st_size if file.is_file() else 0
    report = markdown_report(verdicts, seconds, lang, most=MOST - there).encode()
    if there + len(report) <= MOST:  # one that is too long would be refused with all that is there
        with file.open("ab") as stream:
            stream.write(report)


def _write_workbooks(output: Path, intakes: Sequence[Intake], verdicts: Sequence[Verdict], lang: str) -> None:
    from kawaraban.reporting.workbook import workbook

    say = translator(lang)
    for intake in intakes:
        if intake.verdict.problems:
            file = output
            if len(intakes) > 1 or output.is_dir() or output.suffix.lower() != ".xlsx":
                file = output / f"{intake.dataset.slug}.xlsx"
            write_file(file, workbook(intake.verdict, intake.dataset, intake.tables, lang))
            click.echo(say("{path} was written.").format(path=file))
    listed = [group for verdict in verdicts for group in groups(verdict.problems)]
    click.echo(summary(verdicts, listed, say))


def write_file(file: Path, body: bytes) -> None:
    """Write a file whole or not at all. Raises KawarabanError where that cannot be done."""
    try:
        if file.exists() and not file.is_file():  # /dev/stdout, a pipe
            file.write_bytes(body)
        else:
            write_beside(file, body)
    except OSError as error:
        raise KawarabanError(
            "{path} cannot be written ({detail})", "", "close it where it is open, or name another place",
            path=file, detail=error.strerror or error,
        ) from None  # fmt: skip
