"""`kawaraban build`: the whole site, put in place at the end."""

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from kawaraban.cli.project import project
from kawaraban.languages import translator


@click.command()
@click.option("--strict", is_flag=True, help="Warnings fail the build; the last site stays.")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes. Usually site/.")
@click.pass_obj
def build(options: dict[str, Any], strict: bool, site_dir: Path | None) -> None:
    """Build the site. A build that fails leaves the last site as it was."""
    import logging

    from kawaraban.errors import BuildFailed
    from kawaraban.plugin import build_site
    from kawaraban.publishing.exchange import replacing
    from kawaraban.publishing.pictures import NO_FONT

    began = perf_counter()
    root: Path = options["root"].resolve()
    say = translator(options["lang"])
    config = project(root)
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    target = site_dir or root / "site"
    if sys.stderr.isatty():
        click.echo(say("Reading, checking and drawing the datasets; the first build takes longest …"), err=True)
    try:
        with replacing(target) as folder:
            summary = build_site(config, folder, strict, options["cache"])
    except BuildFailed as error:
        click.echo(f"{say('The build failed; the last site is as it was.')} {error.line(say)}", err=True)
        raise SystemExit(1) from None
    told = say(
        "{published} datasets published, {held} held; {rows} rows, {problems} problems; "
        "{fresh} files made, {reused} kept; {seconds} s"
    )
    click.echo(
        told.format(
            published=summary.published, held=summary.held, rows=f"{summary.rows:,}", problems=summary.problems,
            fresh=summary.fresh, reused=summary.reused, seconds=f"{perf_counter() - began:.1f}",
        )
    )  # fmt: skip
    if not summary.images:
        click.echo(say(NO_FONT))
    click.echo(say("The site is in {folder}; open {page}").format(folder=target, page=target / "index.html"))
