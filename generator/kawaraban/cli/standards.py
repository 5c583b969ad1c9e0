"""`kawaraban standards`: the municipal standard datasets, and the columns of one."""

from typing import Any

import click


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to tell it.")
@click.pass_obj
def standards(options: dict[str, Any], name: str | None, form: str) -> None:
    """List the standard datasets, or explain the columns of one."""
    import json

    from kawaraban.languages import translator
    from kawaraban.standards.catalogue import standard
    from kawaraban.standards.catalogue import standards as known
    from kawaraban.standards.explaining import as_json, explain_lines, list_lines

    if form == "json":
        told: Any = as_json(standard(name)) if name else [as_json(each, whole=False) for each in known()]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    say = translator(options["lang"])
    lines = explain_lines(standard(name), say) if name else list_lines(known(), say)
    click.echo("\n".join(lines))
