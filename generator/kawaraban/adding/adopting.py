"""A proposal -> `datasets/<slug>/`: the officer's file as it is, and its descriptor. A newer file replaces the old.

Nothing but the descriptor's `path:` and, where it no longer fits, `tidy:` is changed when a newer file comes.
"""

import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from kawaraban.adding import Note, Proposal, propose
from kawaraban.adding.looking import ENDINGS
from kawaraban.amending import amend
from kawaraban.cache import Cache, write_beside
from kawaraban.catalog import DESCRIPTORS, SLUG, read_dataset
from kawaraban.errors import KawarabanError
from kawaraban.intake import Intake, make_table, take_in
from kawaraban.model import Dataset, Recipe, Resource, Table
from kawaraban.recipe import place_of, write_recipe
from kawaraban.standards.pages import views_for
from kawaraban.tidying.placing import FITS

CODE = re.compile(r"^[0-9]{5,6}[_-]")
WIDTH = 110  # letters of a line of the descriptor


@dataclass(frozen=True, slots=True)
class Adopted:
    """A dataset as it now stands, the files that were written, and what a person should look at.

    `new` says that there was none of that name before.
    """

    intake: Intake
    written: tuple[Path, ...]
    notes: tuple[Note, ...]
    new: bool


def slug_of(file: Path, proposal: Proposal) -> str:
    """Give the name of a file's dataset: out of the file's name, else its standard's; empty where neither says."""
    stem = CODE.sub("", unicodedata.normalize("NFKC", file.stem).lower())
    parts = [part for part in re.split(r"[^a-z0-9]+", stem) if part and not part.isdigit()]
    word = "-".join(parts)
    if stem.isascii() and sum(map(str.isalpha, word)) >= 3 and SLUG.fullmatch(word):
        return word
    return proposal.standard.name if proposal.standard else ""


def file_name(file: Path, proposal: Proposal) -> str:
    """Give the name under which a file is kept: its own, with the ending of what it truly is."""
    endings = ENDINGS[proposal.resource.format]
    name = file.name if file.suffix.lower() in endings else f"{file.stem}{endings[0]}"
    return f"data-{name}" if name in DESCRIPTORS else name


def adopt(root: Path, cache: Cache, file: Path, proposal: Proposal, slug: str, town: Mapping[str, Any]) -> Adopted:
    """Write a new dataset and give it as it stands. Raises KawarabanError where there is one of that name."""
    folder = root / "datasets" / slug
    if folder.exists():
        raise KawarabanError("there is a dataset {name} already", "", "give another name with --name", name=slug)
    name = file_name(file, proposal)
    folder.mkdir(parents=True)
    try:
        shutil.copyfile(file, folder / name)
        write_beside(folder / DESCRIPTORS[0], descriptor_text(proposal, slug, name).encode())
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise KawarabanError(
            "{path} cannot be written ({detail})", "", "close it where it is open, or name another place",
            path=folder, detail=error.strerror or error,
        ) from None  # fmt: skip
    dataset = read_dataset(folder, DESCRIPTORS[0], root)
    intake = take_in(dataset, cache, town)
    licence: list[Note] = [] if dataset.listed("licenses") else [("no-licence", {})]
    return Adopted(intake, (folder / name, folder / DESCRIPTORS[0]), (*licence, *_problems(intake)), new=True)


def _problems(intake: Intake) -> list[Note]:
    count = len(intake.verdict.problems)
    return [("problems", {"count": count, "slug": intake.dataset.slug})] if count else []


def descriptor_text(proposal: Proposal, slug: str, name: str) -> str:
    """Give the descriptor of a new dataset as a person would write it."""
    found, recipe = proposal.standard, proposal.resource.recipe
    own: dict[str, Any] = {}
    if found:
        own["standard"] = found.name
    if recipe:
        own["tidy"] = _plain(write_recipe(recipe))
    views = views_for(found, {name: kind for name, kind, _ in proposal.columns}) if found else []
    if views:
        own["views"] = views
    schema = proposal.resource.schema or {}
    described = {
        "name": slug,
        "title": title_of(proposal),
        "resources": [{"name": slug, "path": name, "schema": {"fields": _lines(schema.get("fields", []))}}],
        **({"kawaraban": own} if own else {}),
    }
    return yaml.dump(
        described, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=WIDTH
    )


class _Line(dict[str, Any]):
    """A mapping that is written on one line, as long as it is."""


def _lines(fields: Sequence[Mapping[str, Any]]) -> list["_Line"]:
    return [_Line(_plain(each)) for each in fields]


class _Dumper(yaml.SafeDumper):
    """Writes lists of mappings indented, as people do; no aliases, which a descriptor may not have."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's own
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's own
        return True


_Dumper.add_representer(
    _Line, lambda dumper, line: dumper.represent_mapping("tag:yaml.org,2002:map", line, flow_style=True)
)


def title_of(proposal: Proposal) -> str:
    """Give a title for people: what stands above the table, else the standard's, else the file's name."""
    if proposal.title:
        return proposal.title
    if proposal.standard:
        return proposal.standard.title
    return CODE.sub("", Path(proposal.resource.path).stem)


def renew(
    root: Path, cache: Cache, file: Path, dataset: Dataset, town: Mapping[str, Any], sheet: str = ""
) -> Adopted:
    """Put a newer file in the place of a dataset's first one, by its recipe; give what of it does not fit.

    Raises KawarabanError where the file has not most of the dataset's columns: then nothing is changed.
    """
    if not dataset.resources:
        raise KawarabanError(
            "the dataset {name} has no file yet", dataset.source, "mend its descriptor first", name=dataset.slug
        )
    old = dataset.resources[0]
    unread = old.recipe is None and old.schema is None  # nobody has said how it is to be read
    if unread:
        told = propose(old.file).resource
        old = replace(old, recipe=told.recipe, schema=told.schema)
    before = _table(old, cache)
    proposal = _proposed(file, sheet or (old.recipe.sheet or "" if old.recipe else ""), bool(sheet))
    name = file_name(file, proposal)
    resource = replace(old, file=file, path=name, format=proposal.resource.format, encoding=None)
    recipe, notes = _fitting(resource, proposal, cache, before)
    target = dataset.folder / name
    was = (root / dataset.source).read_text(encoding="utf-8-sig")
    text = amend(was, ("resources", 0, "path"), name, dataset.source) if name != old.path else was
    if unread:
        text = amend(text, ("resources", 0, "schema"), _plain(proposal.resource.schema), dataset.source)
    if recipe is not None and (unread or recipe != old.recipe):
        text = amend(text, ("kawaraban", "tidy"), _plain(write_recipe(recipe)), dataset.source)
    if file.resolve() != target.resolve():
        shutil.copyfile(file, target)
    if name != old.path and not any(each.path == old.path for each in dataset.resources[1:]):
        old.file.unlink(missing_ok=True)
    if text != was:
        write_beside(root / dataset.source, text.encode())
    again = read_dataset(dataset.folder, Path(dataset.source).name, root)
    intake = take_in(again, cache, town)
    rows = intake.tables[0].rows if intake.tables else 0
    fits: Note = ("fitting", {"slug": dataset.slug, "old": before.rows if before else 0, "new": rows})
    written = (target, root / dataset.source) if text != was else (target,)
    return Adopted(intake, written, (fits, *notes, *_problems(intake)), new=False)


def _proposed(file: Path, sheet: str, asked: bool) -> Proposal:
    """Give what a newer file is taken for; the sheet of the recipe may have another name in it."""
    try:
        return propose(file, sheet)
    except KawarabanError:
        if asked or not sheet:
            raise
        return propose(file)


def _fitting(
    resource: Resource, proposal: Proposal, cache: Cache, before: Table | None
) -> tuple[Recipe | None, list[Note]]:
    """Give the recipe that reads the newer file, the old one where it still does, and what does not fit."""
    known = [str(each.get("name")) for each in (resource.schema or {}).get("fields", [])]
    known = known or list(before.columns if before else ())
    best: tuple[float, Recipe | None, Table | None] = (-1.0, resource.recipe, None)
    for recipe in (_renewed(resource.recipe, proposal), proposal.resource.recipe):
        table = _table(replace(resource, recipe=recipe), cache)
        share = sum(name in known for name in table.columns) / max(len(known), 1) if table else 0.0
        if share > best[0]:
            best = (share, recipe, table)
    share, recipe, table = best
    if table is None or share < FITS:
        raise KawarabanError(
            "{path} has other columns than the dataset: of {count} it has {found}", "",
            "give another name with --name to add it beside",
            path=resource.path, count=len(known), found=round(max(share, 0) * len(known)),
        )  # fmt: skip
    notes: list[Note] = [("gone", {"name": name}) for name in known if name not in table.columns]
    notes += [("new", {"name": name}) for name in table.columns if name not in known]
    if recipe is None:
        return None, notes
    was = max(resource.recipe.header, default=0) if resource.recipe else 0
    if was and table.origin.header != was:
        notes.append(("moved", {"old": was, "new": table.origin.header}))
    fixes = {address: each for address, each in recipe.fixes.items() if _stands(table, address, each[1])}
    notes += [("fix-gone", {"address": address}) for address in recipe.fixes if address not in fixes]
    return replace(recipe, fixes=fixes), notes


def _renewed(old: Recipe | None, proposal: Proposal) -> Recipe | None:
    """Give the recipe for a newer file: what a person may have written stays, what speaks of single rows is new."""
    new = proposal.resource.recipe
    if old is None:
        return new
    told = new or Recipe(header=proposal.header)
    return replace(
        old,
        sheet=told.sheet or old.sheet,
        header=told.header,
        leave_out=tuple(dict.fromkeys((*old.leave_out, *told.leave_out))),
        drop=told.drop,
        keep=told.keep,
    )


def _stands(table: Table, address: str, text: str) -> bool:
    """Say whether a cell of the tidy table is what a correction made of it."""
    from kawaraban.reading.columns import columns_of

    row, column = place_of(address)
    numbers = table.origin.numbers
    index = numbers.index(row) if numbers and row in numbers else row - table.origin.header - 1 if not numbers else -1
    at = next(iter(table.origin.tidy_columns(column)), None)
    if at is None or not 0 <= index < table.rows:
        return False
    return next(columns_of(table).take([index]))[at : at + 1] == [text]


def _table(resource: Resource, cache: Cache) -> Table | None:
    try:
        return make_table(resource, resource.path, cache)
    except KawarabanError:
        return None


def _plain(value: Any) -> Any:
    """Give a value as YAML can hold it: no tuples, no mappings of other kinds."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
