"""`kawaraban validate`: every problem with its place, and what to do about it."""

from pathlib import Path
from time import perf_counter
from typing import Any

import click

from kawaraban.cli.project import each
from kawaraban.model import ENGINES
from kawaraban.reporting import FORMATS


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to report.")
@click.option("--output", type=click.Path(path_type=Path), help="A file for the report; a folder for workbooks.")
@click.option("--since", metavar="REV", help="Only datasets that changed since a commit, tag or branch.")
@click.option("--engine", type=click.Choice(ENGINES), default="auto", help="What screens large tables.")
@click.option("--strict", is_flag=True, help="Remarks count as problems.")
@click.pass_obj
def validate(
    options: dict[str, Any],
    slugs: tuple[str, ...],
    form: str,
    output: Path | None,
    since: str | None,
    engine: str,
    strict: bool,
) -> None:
    """Check the datasets. Exits with 0: all is well, 1: there are problems in the data, 2: wrong use."""
    from kawaraban.cache import FOLDER, Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.cli.report import changed, check_output, strictly, write_report
    from kawaraban.comparing import Comparison
    from kawaraban.errors import KawarabanError, unknown
    from kawaraban.intake import take_in
    from kawaraban.town import read_town

    began = perf_counter()
    root: Path = options["root"].resolve()
    catalog = read_catalog(root)
    if not catalog.datasets:
        raise KawarabanError(
            "there are no datasets in {folder}", "", "go to the project's folder, or name it with --root",
            folder=root / "datasets",
        )  # fmt: skip
    for slug in slugs:
        if slug not in catalog.datasets:
            raise unknown("there is no dataset {word}", slug, catalog.datasets)
    cache = Cache(options["cache"] or root / FOLDER / "cache")
    chosen = [catalog.datasets[slug] for slug in slugs] if slugs else list(catalog)
    check_output(form, output, root, len(chosen))
    if since is not None:
        chosen = changed(chosen, root, since, options["lang"])
    town = read_town(root).own if (root / "mkdocs.yml").is_file() else {}
    compared = Comparison(root, cache, since)
    intakes = each(chosen, lambda dataset: compared(take_in(dataset, cache, town, engine)))
    if strict:
        intakes = [strictly(intake) for intake in intakes]
    write_report(form, output, root, intakes, perf_counter() - began, options["lang"])
    if any(not intake.verdict.valid for intake in intakes):
        raise SystemExit(1)
