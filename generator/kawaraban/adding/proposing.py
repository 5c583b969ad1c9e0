"""An officer's file -> a proposal: its recipe, its schema, its standard, and what was not sure. Nothing is written.

The proposal is made by doing: the file is read by the draft of the recipe, the types are those of all tidy cells.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kawaraban.adding.describing import as_standard, fields_of, guesses, standard_of
from kawaraban.adding.looking import ENDINGS, form_of, look, read_by
from kawaraban.model import Recipe, Resource
from kawaraban.reading import read
from kawaraban.recipe import letter
from kawaraban.standards.match import Match
from kawaraban.tidying.drafting import draft, is_plain
from kawaraban.tidying.layout import Layout
from kawaraban.tidying.plain import tidy
from kawaraban.tidying.steps import STEPS

Note = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file is taken for. `columns` are (name, type, source): the letter in a sheet, the key elsewhere.

    `resource` holds the recipe (None where the file needs none) and the schema. `left_out` are the rows that are no
    data, by why. `decided` and `unsure` are notes: (kind, details).
    """

    resource: Resource
    encoding: str | None
    why: str
    sheet: str | None
    header: tuple[int, ...]
    columns: tuple[tuple[str, str, str], ...]
    rows: int
    left_out: Mapping[str, tuple[int, ...]]
    standard: Match | None
    steps: tuple[str, ...]
    unsure: tuple[Note, ...]
    blank: tuple[str, ...] = ()
    title: str = ""
    disguised: bool = False
    splits: Mapping[str, tuple[str, tuple[str, str]]] = field(default_factory=dict)

    def as_json(self, told: Sequence[str] | None = None) -> dict[str, Any]:
        """Give the object of `kawaraban add --dry-run --format json`; `told` are the unsure notes as sentences."""
        found = self.standard
        return {
            "encoding": self.encoding,
            "sheet": self.sheet,
            "header_rows": list(self.header),
            "columns": [{"name": name, "type": kind, "source": source} for name, kind, source in self.columns],
            "rows": self.rows,
            "dropped": [
                {"rows": list(rows), "why": why}
                for why, rows in sorted(self.left_out.items(), key=lambda each: each[1][:1])
            ],
            "standard": found
            and {"name": found.name, "title": found.title, "edition": found.edition, "score": round(found.score, 2)},
            "steps": list(self.steps),
            "unsure": list(told) if told is not None else [kind for kind, _ in self.unsure],
        }


def propose(file: Path, sheet: str = "", standard: str = "") -> Proposal:
    """Give what a file is taken for; `sheet` and `standard` are what a person says of it.

    Raises KawarabanError where the file cannot be read.
    """
    resource = Resource("data", file.name, file, form_of(file), None, {"sheet": sheet} if sheet else {}, None, {})
    with TemporaryDirectory(prefix="kawaraban-") as kept:
        return _propose(resource, Path(kept), standard)


def _propose(resource: Resource, folder: Path, standard: str) -> Proposal:
    raw, rows, layout, others = look(resource)
    if raw.origin.form != "sheet":
        table = tidy(read(resource, resource.path), resource, folder)
        recipe, plain = Recipe(), True
        sources = [f"properties.{name}" if raw.origin.form == "features" else name for name in table.columns]
        layout = None
    else:
        assert layout is not None  # noqa: S101 - a sheet has one
        recipe = replace(draft(layout), sheet=raw.origin.sheet)
        plain = is_plain(recipe, rows) and not others
        table, recipe, plain = read_by(resource, raw, rows, recipe, layout, plain, folder)
        sources = [letter(table.origin.column(index) - 1) for index in range(len(table.columns))]
    guessed = guesses(table, layout)
    fields, splits, columns = fields_of(guessed, sources)
    needed_steps = {step for each in guessed for step in each.steps}
    steps = tuple(name for name in STEPS if name in needed_steps)
    recipe = replace(
        recipe,
        steps=steps,
        split=splits,
        fields={str(each.field["name"]): each.settings for each in guessed if each.settings},
    )
    needed = bool(steps or splits) or not plain
    found = standard_of(table, fields, resource, standard)
    fields, blanks = as_standard(fields, found, table)
    schema = {"fields": fields}
    unsure = [*_layout_notes(layout), *(note for each in guessed for note in each.unsure)]
    if others:
        unsure.append(("other-sheets", {"names": others}))
    if found:
        unsure += [("required", {"names": found.missing})] if found.missing else []
        unsure += [("required-blank", {"names": blanks})] if blanks else []
    return Proposal(
        resource=replace(resource, recipe=recipe if needed else None, schema=schema),
        encoding=None if resource.format in ("xlsx", "parquet") else raw.encoding,
        why=raw.why,
        sheet=raw.origin.sheet,
        header=layout.header_rows if layout else (),
        columns=tuple(
            (name, str(one["type"]), source) for (name, _, source), one in zip(columns, fields, strict=True)
        ),
        rows=table.rows,
        left_out=table.left_out,
        standard=found,
        steps=steps,
        unsure=tuple(unsure),
        blank=_blank(layout),
        title=_title(layout, rows),
        disguised=Path(resource.path).suffix.lower() not in ENDINGS[resource.format],
        splits=splits,
    )


def _layout_notes(layout: Layout | None) -> list[Note]:
    if layout is None:
        return []
    notes: list[Note] = [(each.kind, _shown(each.details)) for each in layout.unsure]
    if layout.header_rows:
        notes += [
            ("unnamed", {"letter": letter(column.index), "name": column.name})
            for column in layout.columns
            if column.name == f"field{column.index + 1}"
        ]
    if layout.wide:
        names = {column.index: column.name for column in layout.columns}
        notes.append(("wide", {"names": [names[at] for at in layout.wide.columns if at in names]}))
    return notes


def _shown(details: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a note of the layout names as a spreadsheet shows it: columns by letter, ranges by their corners."""
    shown = dict(details)
    if "columns" in shown:
        shown["columns"] = [letter(at) for at in shown["columns"]]
    if "ranges" in shown:
        shown["ranges"] = [
            f"{letter(left - 1)}{top}:{letter(right - 1)}{low}" for top, left, low, right in shown["ranges"]
        ]
    return shown


def _blank(layout: Layout | None) -> tuple[str, ...]:
    if layout is None or not layout.columns:
        return ()
    last = max(column.index for column in layout.columns)
    return tuple(letter(at) for at in layout.left_out if at < last)


def _title(layout: Layout | None, rows: Sequence[tuple[int, list[str]]]) -> str:
    """Give the title that stands above the table, where one row above it is one text."""
    if layout is None:
        return ""
    above = {row for each in layout.dropped if each.why == "title" for row in each.rows}
    first = next((cells for number, cells in rows if number in above), [])
    texts = [cell.strip() for cell in first if cell.strip()]
    return re.sub(r"\s+", " ", texts[0]) if len(texts) == 1 and len(texts[0]) <= 60 else ""
