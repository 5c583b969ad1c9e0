"""The command line. One verb, one file; what is heavy is imported where it is used."""

import gc
import sys
from pathlib import Path

import click

from kawaraban import __version__
from kawaraban.errors import KawarabanError
from kawaraban.languages import chosen, languages, translator


class Group(click.Group):
    """Says our errors in one line each, and exits with 2: something was asked that cannot be done."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KawarabanError as error:
            say = translator(chosen(ctx.params.get("lang")))
            click.echo(f"{say('Error')}: {error.line(say)}", err=True)
            ctx.exit(2)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kawaraban")
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The project's folder.")
@click.option("--lang", type=click.Choice(languages()), help="The language of messages.")
@click.option("--cache", type=click.Path(path_type=Path), help="The folder for what is kept between runs.")
@click.pass_context
def main(ctx: click.Context, root: Path, lang: str | None, cache: Path | None) -> None:
    """Turn a town's open data into a site that everybody can read and trust."""
    gc.set_threshold(100_000)  # a command is over before there is garbage worth looking for; that look costs 5 %
    ctx.obj = {"root": root, "lang": chosen(lang), "cache": cache}


def _register() -> None:
    from kawaraban.cli.add import add
    from kawaraban.cli.build import build
    from kawaraban.cli.diff import diff
    from kawaraban.cli.fix import fix
    from kawaraban.cli.render import render
    from kawaraban.cli.serve import serve
    from kawaraban.cli.standards import standards
    from kawaraban.cli.validate import validate

    for command in (add, build, diff, fix, render, serve, standards, validate):
        main.add_command(command)


_register()

if sys.platform == "win32":
    for stream in (sys.stdout, sys.stderr):
        # a Japanese Windows console may not know every letter; better a ? than a traceback
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
