"""`kawaraban standards`: the municipal standard datasets, the columns of one, and a dataset in these columns."""

import json
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
@click.option("--convert", "slug", metavar="SLUG", help="Write a dataset as a CSV with the standard's columns.")
@click.option("--edition", default="", metavar="EDITION", help="For --convert: not the newest edition but this one.")
@click.option("--output", type=click.Path(path_type=Path), help="For --convert: the file to write.")
@click.pass_obj
def standards(
    options: dict[str, Any], name: str | None, form: str, slug: str | None, edition: str, output: Path | None
) -> None:
    """List the standard datasets, explain the columns of one, or write a dataset in these columns."""
    from kawaraban.errors import KawarabanError
    from kawaraban.languages import translator
    from kawaraban.standards.catalogue import standard
    from kawaraban.standards.catalogue import standards as known
    from kawaraban.standards.explaining import as_json, explain_lines, list_lines

    if slug is not None:
        if not name:
            raise KawarabanError("`--convert` needs the name of a standard", "", "see `kawaraban standards`")
        _convert(options, standard(name).name, slug, edition, output)
        return
    if form == "json":
        told: Any = as_json(standard(name)) if name else [as_json(each, whole=False) for each in known()]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    say = translator(options["lang"])
    lines = explain_lines(standard(name), say) if name else list_lines(known(), say)
    click.echo("\n".join(lines))


def _convert(options: dict[str, Any], standard: str, slug: str, edition: str, output: Path | None) -> None:
    """Write a dataset in the columns of a standard; what it says nothing of is named."""
    from kawaraban.cache import FOLDER, Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.cli.report import check_output
    from kawaraban.converting import converted
    from kawaraban.errors import unknown
    from kawaraban.intake import take_in
    from kawaraban.languages import translator
    from kawaraban.town import read_town

    say = translator(options["lang"])
    root: Path = options["root"].resolve()
    datasets = read_catalog(root).datasets
    if slug not in datasets:
        raise unknown("there is no dataset {word}", slug, datasets)
    check_output("csv", output, root, 1)
    town = read_town(root)
    cache = Cache(options["cache"] or root / FOLDER / "cache")
    made = converted(take_in(datasets[slug], cache, town.own), standard, edition, town)
    if output is None:
        click.echo(made.text.encode(), nl=False)
    else:
        output.write_bytes(made.text.encode("utf-8-sig"))
        click.echo(say("{path} was written.").format(path=output))
    if made.empty:
        told = say("the dataset says nothing of these columns: {names}").format(names=", ".join(made.empty))
        click.echo(told, err=True)
