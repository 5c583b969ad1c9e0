"""`kawaraban serve`: the live preview."""

from typing import Any

import click

from kawaraban.cli.project import project


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
@click.option("--open", "opened", is_flag=True, help="Open the browser.")
@click.pass_obj
def serve(options: dict[str, Any], address: str, opened: bool) -> None:
    """Show the site while it is edited; a saved dataset, page or template is a changed page."""
    from kawaraban.plugin import serve_site

    serve_site(project(options["root"].resolve()), address, opened)
