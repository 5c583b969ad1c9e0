"""`kawaraban fix`: shows the fixes that are sure, asks, and writes them."""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kawaraban.languages import translator
from kawaraban.reporting.characters import plain
from kawaraban.reporting.names import NAMES
from kawaraban.reporting.place import file_of, place

if TYPE_CHECKING:
    from kawaraban.fixing import Fix, Fixing, Unwritten
    from kawaraban.intake import Intake

Say = Callable[[str], str]
MANY = 100  # fixes of a kind that are shown before one is asked
LONGEST, BESIDE = 60, 15  # letters of a cell; of those beside what changes in a longer one


@click.command()
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show every fix, write none.")
@click.pass_obj
def fix(options: dict[str, Any], slug: str, yes: bool, dry_run: bool) -> None:
    """Correct what can be corrected for sure. Exits with 0: all is well, 1: problems remain, 2: wrong use."""
    from kawaraban.cache import FOLDER, LARGE, Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.comparing import Comparison
    from kawaraban.errors import unknown
    from kawaraban.fixing import sure_fixes, write_fixes
    from kawaraban.intake import take_in
    from kawaraban.town import read_town

    root: Path = options["root"].resolve()
    say = translator(options["lang"])
    catalog = read_catalog(root)
    if slug not in catalog.datasets:
        raise unknown("there is no dataset {word}", slug, catalog.datasets)
    cache = Cache(options["cache"] or root / FOLDER / "cache")
    town = read_town(root).own if (root / "mkdocs.yml").is_file() else {}
    dataset = catalog.datasets[slug]
    if sys.stderr.isatty() and any(each.file.stat().st_size >= LARGE for each in dataset.resources):
        click.echo(say("Trying the corrections on a copy; a large file takes a while …"), err=True)
    fixing = sure_fixes(dataset, cache, town)
    for line in told(fixing, say, None if dry_run else MANY):
        click.echo(line)
    written = False
    if fixing.fixes and not dry_run:
        for line in uncommitted(fixing, root, say):
            click.echo(line, err=True)
        written = yes or (on_terminal() and click.confirm(asked(fixing, say)))
    if written:
        write_fixes(fixing, root)
        click.echo(say("{count} fixes were written.").format(count=f"{len(fixing.fixes):,}"))
    elif fixing.fixes:
        click.echo(say("Nothing was written. To write: {command}").format(command=f"kawaraban fix {slug} --yes"))
        raise SystemExit(1)
    intake = Comparison(root, cache)(take_in(read_catalog(root).datasets[slug], cache, town))
    for line in afterwards(fixing, intake, say):
        click.echo(line)
    if not intake.verdict.valid:
        raise SystemExit(1)


def on_terminal() -> bool:
    """Say whether somebody is there to be asked."""
    return sys.stdin.isatty()


def told(fixing: "Fixing", say: Say, most: int | None) -> Iterator[str]:
    """Give the fixes as a diff, by file and kind of problem, at most so many of a kind; then those for a person."""
    for (path, sheet), listed in groupby(fixing.fixes, lambda each: (each.path, each.sheet)):
        yield file_of(path, sheet)
        by_kind: dict[str, list[Fix]] = {}
        for each in listed:
            by_kind.setdefault(each.kind, []).append(each)
        for kind, fixes in by_kind.items():
            yield "  " + say("{name} ({count} cells)").format(name=say(NAMES[kind]), count=f"{len(fixes):,}")
            yield from (f"    {line(each.address, each.old, each.new, say)}" for each in fixes[:most])
            rest = len(fixes) - len(fixes[:most])
            if rest:
                more = say("{count} more; `--dry-run` shows them all")
                yield "    " + more.format(count=f"{rest:,}")
        yield ""
    if fixing.unwritten:
        yield from by_hand(fixing.unwritten, say)
        yield ""
    for path in fixing.recipes:
        yield say("{path} stays as it is; its fixes go into the recipe in the descriptor.").format(path=plain(path))


def by_hand(unwritten: Sequence["Unwritten"], say: Say) -> Iterator[str]:
    """Give the fixes that a person has to make, by file, and by what hinders."""
    from kawaraban.fixing import HINTS

    yield say("To be corrected by hand:")
    for (path, sheet), listed in groupby(unwritten, lambda each: (each.problem.path, each.problem.sheet)):
        yield f"  {file_of(path, sheet)}"
        by_hint: dict[str, list[str]] = {}
        for each in listed:
            problem = each.problem
            shown = line(place(problem, say), problem.value, problem.fix or "", say)
            by_hint.setdefault(say(HINTS[each.why]).format(encoding=each.encoding), []).append(shown)
        for hint, lines in by_hint.items():
            yield from (f"    {each}" for each in lines[:MANY])
            if lines[MANY:]:
                yield "    " + say("and {count} more").format(count=f"{len(lines) - MANY:,}")
            yield f"    → {hint}"


def line(where: str, old: str, new: str, say: Say) -> str:
    """Give one fix: its place, what stands there and what should; of long texts only what is around the change."""
    old, new = excerpts(old, new)
    empty = say("(empty)")
    cells = (say("“{value}”").format(value=plain(each)) if each else empty for each in (old, new))
    return f"{where}: {' → '.join(cells)}"


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Give two texts, without what is the same in both where they are long."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    shortest = min(len(old), len(new))
    head = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    tail = next((at for at in range(shortest - head) if old[-1 - at] != new[-1 - at]), shortest - head)
    head, tail = max(head - BESIDE, 0), max(tail - BESIDE, 0)
    first, second = (each[head : len(each) - tail] for each in (old, new))
    before, after = "…" * (head > 0), "…" * (tail > 0)
    return f"{before}{first}{after}", f"{before}{second}{after}"


def asked(fixing: "Fixing", say: Say) -> str:
    """Give the question before anything is written."""
    return say("Write {count} fixes?").format(count=f"{len(fixing.fixes):,}")


def uncommitted(fixing: "Fixing", root: Path, say: Say) -> Iterator[str]:
    """Say of which files git has changes that are not committed: the fixes would be mixed with them."""
    from kawaraban import history

    for file in fixing.files:
        if (history.git(root, "status", "--porcelain", "--", str(file)) or b"").startswith((b" M", b"M")):
            name = file.relative_to(root).as_posix()
            yield say("{path} has changes that are not committed; the fixes will be among them.").format(path=name)


def afterwards(fixing: "Fixing", intake: "Intake", say: Say) -> Iterator[str]:
    """Say what remains once all is written, and what a person has to do with the file that they keep."""
    from kawaraban.reporting.grouping import counted, groups

    slug = plain(intake.dataset.slug)
    if not fixing.fixes and not fixing.unwritten:
        yield say("There is nothing in {name} that can be corrected for sure.").format(name=slug)
    problems, remarks = counted(groups(intake.verdict.problems))
    if problems and remarks:
        remain = say("{problems} problems and {remarks} remarks remain. To see them: {command}")
    elif problems:
        remain = say("{problems} problems remain. To see them: {command}")
    else:
        remain = say("{remarks} remarks remain. To see them: {command}") if remarks else say("No problems remain.")
    yield remain.format(problems=f"{problems:,}", remarks=f"{remarks:,}", command=f"kawaraban validate {slug}")
    if fixing.more:
        yield say("There is more to correct: give the same command once more.")
    for path in sorted({each.path for each in fixing.fixes} - set(fixing.recipes)):
        keep = say("Replace your own copy of {name} by {path}: else the same errors come back with it.")
        yield keep.format(name=plain(Path(path).name), path=plain(path))
    for path in fixing.recipes:
        keep = say("Correct your own copy of {name} too, before you bring the next one.")
        yield keep.format(name=plain(Path(path).name))
