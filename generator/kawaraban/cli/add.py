"""`kawaraban add`: any file -> a dataset with recipe and schema; says what it decided and what it was not sure of."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kawaraban.adding import Proposal
    from kawaraban.adding.adopting import Adopted


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", "slug", metavar="SLUG", help="The name in web addresses; a known one gets the newer file.")
@click.option("--standard", metavar="NAME", help="The standard dataset that it is; see `kawaraban standards`.")
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook.")
@click.option("--dry-run", is_flag=True, help="Only say what would be decided.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.pass_obj
def add(
    options: dict[str, Any],
    file: Path,
    slug: str | None,
    standard: str | None,
    sheet: str | None,
    dry_run: bool,
    form: str,
) -> None:
    """Make a dataset of any file: a workbook, a CSV, a GeoJSON as it is. A newer file takes the old one's place."""
    from kawaraban.adding import propose
    from kawaraban.catalog import SLUG
    from kawaraban.cli.project import project
    from kawaraban.errors import KawarabanError
    from kawaraban.languages import translator
    from kawaraban.reporting.deciding import decided, told

    say = translator(options["lang"])
    if not file.is_file():
        raise KawarabanError(
            "there is no file {path}", "", "check the name; put it in quotes if it has spaces", path=file
        )
    if slug is not None and not SLUG.fullmatch(slug):
        raise KawarabanError(
            "the name {name} cannot be part of a web address", "",
            "use lower-case letters a-z, digits and hyphens, such as evacuation-sites", name=slug,
        )  # fmt: skip
    root: Path = options["root"].resolve()
    if not dry_run:
        project(root)  # before anything is looked at: the folder may be the wrong one
    proposal = propose(file, sheet or "", standard or "")
    done = None if dry_run else _write(options, root, file, proposal, slug, sheet or "")
    unsure = told([*(proposal.unsure if not done or done.new else ()), *(done.notes if done else ())], say)
    if form == "json":
        click.echo(json.dumps(proposal.as_json(unsure), ensure_ascii=False, indent=2).encode())
        return
    for each in told(decided(proposal), say):
        click.echo(each)
    for path in done.written if done else ():
        click.echo(say("{path} was written.").format(path=path.relative_to(root).as_posix()))
    if unsure:
        click.echo(f"\n{say('Please look at these:')}")
        for each in unsure:
            click.echo(f"- {each}")


def _write(
    options: dict[str, Any], root: Path, file: Path, proposal: "Proposal", slug: str | None, sheet: str
) -> "Adopted":
    """Make the dataset, or renew the one of that name."""
    from kawaraban.adding.adopting import adopt, renew, slug_of
    from kawaraban.cache import FOLDER, Cache
    from kawaraban.catalog import read_catalog
    from kawaraban.errors import KawarabanError
    from kawaraban.town import read_town

    known = read_catalog(root).datasets
    name = slug or slug_of(file, proposal)
    if not name:
        raise KawarabanError(
            "no name for a web address can be made of {path}", "", "give one: --name evacuation-sites", path=file.name
        )
    cache = Cache(options["cache"] or root / FOLDER / "cache")
    town = read_town(root).own
    if name not in known:
        return adopt(root, cache, file, proposal, name, town)
    old = known[name]
    if slug is None and not any(_bare(file.name) == _bare(each.path) for each in old.resources):
        raise KawarabanError(
            "there is a dataset {name} already", "",
            "`--name {name}` puts this file in the place of its file; another name adds it beside", name=name,
        )  # fmt: skip
    return renew(root, cache, file, old, town, sheet)


def _bare(name: str) -> str:
    """Give a file's name without what changes from one version to the next: dates and numbers."""
    return re.sub(r"[0-9０-９]+|令和|平成|元?年度?|月|日|時点|現在|[\s_\-.()（）]+", "", Path(name).stem)
