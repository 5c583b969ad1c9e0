"""`kawaraban render`: the staged pages alone, for another site generator."""

from pathlib import Path
from typing import Any

import click

from kawaraban.languages import translator


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def render(options: dict[str, Any], folder: Path) -> None:
    """Write the pages and assets to FOLDER, as Markdown, without building a site."""
    from kawaraban.errors import KawarabanError
    from kawaraban.publishing.pictures import NO_FONT
    from kawaraban.publishing.stage import MANIFEST
    from kawaraban.site import Site

    say = translator(options["lang"])
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise KawarabanError(
            "{folder} holds files that were not rendered", "", "name an empty folder: others' files would be removed",
            folder=folder,
        )  # fmt: skip
    site = Site(options["root"], cache=options["cache"], warn=lambda text: click.echo(text, err=True))
    summary = site.render(folder)
    told = say("{published} datasets published, {held} held; {fresh} files written, {reused} kept, in {folder}")
    click.echo(
        told.format(
            published=summary.published,
            held=summary.held,
            fresh=summary.fresh,
            reused=summary.reused,
            folder=folder,
        )
    )
    if not summary.images:
        click.echo(say(NO_FONT))
