"""`kawaraban diff`: what changed in the data since a revision, in words and rows."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kawaraban.diffing import Difference

FORMATS = ("text", "markdown", "json", "html", "csv")


@click.command()
@click.argument("words", nargs=-1, metavar="[REV] [SLUG]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to tell it.")
@click.option("--output", type=click.Path(path_type=Path), help="A file for it.")
@click.pass_obj
def diff(options: dict[str, Any], words: tuple[str, ...], form: str, output: Path | None) -> None:
    """Tell what changed in the data: since the last commit, or since REV (a commit, a tag, a branch)."""
    from kawaraban import history
    from kawaraban.cache import FOLDER, Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.cli.project import each
    from kawaraban.cli.report import check_output, write_file
    from kawaraban.diffing.telling import WRITERS
    from kawaraban.errors import unknown

    root: Path = options["root"].resolve()
    datasets = read_catalog(root).datasets
    named = bool(words) and words[0] not in datasets  # the first word is a revision
    revision, slugs = (words[0], words[1:]) if named else ("HEAD", words)
    differing = history.changed_since(root, revision)
    for slug in slugs:
        if slug not in datasets and slug not in differing:
            raise unknown("there is no dataset {word}", slug, datasets)
    check_output(form, output, root, 1)
    cache = Cache(options["cache"] or root / FOLDER / "cache")
    chosen = [slug for slug in sorted(differing) if not slugs or slug in slugs]
    with tempfile.TemporaryDirectory(prefix="kawaraban-") as folder:
        found = each(chosen, lambda slug: _differences(root, slug, revision, cache, Path(folder)))
        told = {slug: one for slug, one in zip(chosen, found, strict=True) if one}
    written = WRITERS[form](told, options["lang"])
    if output is not None:
        write_file(output, written.encode())
    elif form == "text":
        click.echo(written, nl=False)
    else:
        click.echo(written.encode(), nl=False)


def _differences(root: Path, slug: str, revision: str, cache: Any, folder: Path) -> "list[Difference]":
    """Give what changed in each resource of a dataset; personal data in it is not shown."""
    from kawaraban.catalog import DESCRIPTORS, read_dataset
    from kawaraban.comparing import read_version
    from kawaraban.diffing import diff_tables
    from kawaraban.diffing.concealing import without_secrets
    from kawaraban.intake import take_in

    base = root / "datasets" / slug
    name = next((each for each in DESCRIPTORS if (base / each).is_file()), None)
    intake = take_in(read_dataset(base, name, root), cache) if name else None
    tables = intake.tables if intake else ()
    before = read_version(root, slug, revision, folder)
    old = before[1] if before else ()
    if len(tables) == len(old) == 1:
        pairs = [(tables[0], old[0])]
        rest = []
    else:
        known = {table.name: table for table in old}
        pairs = [(table, known[table.name]) for table in tables if table.name in known]
        taken = {table.name for table, _ in pairs}
        rest = [(table, None) for table in tables if table.name not in taken]
        rest += [(None, table) for table in old if table.name not in taken]  # type: ignore[misc]
    found = [diff_tables(new, was) for new, was in [*pairs, *rest]]
    found = [one for one in found if not one.nothing]
    return [without_secrets(one, intake) for one in found] if intake else found
