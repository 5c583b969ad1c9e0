"""What `kawaraban add` decided, and what it was not sure of -> one line each. SENTENCES holds them by kind."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kawaraban.reporting.characters import plain

MOST = 30  # row numbers or names in a line

SENTENCES: dict[str, str] = {
    # decided
    "encoding": "read as {encoding}: {why}",
    "sheet": "the sheet is {sheet}",
    "header": "the column names are in row {rows}",
    "headers": "the column names are in rows {rows}, joined by “_”",
    "columns": "{count} columns: {names}",
    "blank-columns": "blank columns are left out: {letters}",
    "rows": "{count} rows of data",
    "left-out": "row {rows} is no data and is left out: {why}",
    "types": "{type}: {names}",
    "split-pairs": "“{name}” is split into {first} and {second}",
    "split-times": "“{name}” is split into {first} and {second}",
    "blocks": "tables side by side become one: they begin in the columns {letters}",
    "step": "{does}",
    "disguise": "the file is {form}, whatever its name says",
    "standard-own": "standard dataset: {title} ({name}), in a layout of its own, {known} of {count} columns known",
    "standard": "standard dataset: {title} ({name}), edition {edition}, {known} of {count} columns known",
    "no-standard": "no standard dataset fits this table",
    "fitting": "the recipe of {slug} fits; {old} rows before, {new} now",
    "wrote": "{path} was written",
    "fixed": "{address}: “{old}” was corrected to “{new}”",
    # not sure
    "mixed": "“{name}” stays text: {count} kinds of cells are not {type}, such as {values}",
    "undecided-dates": "“{name}” stays text: month and day could be the other way round, such as {values}",
    "no-year": "“{name}” stays text: the dates have no year, such as {values}; write `year:` into the recipe",
    "other-sheets": "the workbook has other sheets: {names}; add each with --sheet",
    "wide": "the columns {names} are one value over time; `long:` in the recipe makes rows of them",
    "required": "the standard asks for columns that the table does not have: {names}",
    "required-blank": "the standard wants these columns filled in every row; some cells are blank: {names}",
    "no-licence": "no licence is named: write `licenses:` into the descriptor before you publish",
    "problems": "{count} things in the data need a look: kawaraban validate {slug}",
    "gone": "the column “{name}” is gone",
    "new": "the column “{name}” is new; the recipe does not know it",
    "moved": "the column names have moved from row {old} to row {new}",
    "fix-gone": "the correction of {address} no longer fits and was taken out",
    "many-tables": "the sheet holds several tables; the largest was taken, rows {rows} belong to others",
    "side-table": "another table stands beside this one in the columns {columns}; it was left out",
    "form": "this looks like a form rather than a table",
    "no-data": "there are no rows below the column names",
    "no-header": "no row of column names was found; the columns are called {names}",
    "stray-cells": "remarks beside the table were left out: columns {columns}, rows {rows}",
    "extra-cells": "some rows have more cells than the header; these were left out: columns {columns}, rows {rows}",
    "merged-cells": "cells are merged among the data; their value counts for the first row only: {ranges}",
    "groups": "headings stand between the rows and were left out: rows {rows}",
    "bare-rows": "some rows hold one number and nothing else: rows {rows}",
}
# why a row is no data
WHYS: dict[str, str] = {
    "title": "a title",
    "note": "a note",
    "unit": "units",
    "total": "a total",
    "blank": "blank",
    "header": "column names again",
    "comment": "a comment",
    "group": "a heading between rows",
    "example": "an example of how to fill it in",
    "table": "another table",
    "drop": "the recipe says so",
}
TYPES: dict[str, str] = {
    "string": "text",
    "integer": "whole numbers",
    "number": "numbers",
    "date": "dates",
    "datetime": "dates and times",
    "time": "times of day",
    "year": "years",
    "yearmonth": "months",
    "boolean": "yes or no",
}
STEPS: dict[str, str] = {
    "trim": "spaces around a cell are taken off",
    "widths": "full-width letters become half-width where the column holds codes or numbers; names stay",
    "dates": "dates, months and years are written in one form, such as 2024-04-01",
    "times": "times are written as 08:30",
    "numbers": "numbers are written in plain digits, without commas and units; ▲ is a minus",
    "missing": "words such as － or 不明 count as no value in columns of numbers and dates",
    "marks": "marks such as ○ become 1, × becomes 0",
    "lists": "several values in a cell are separated by ;",
    "pairs": "a place in one cell becomes latitude and longitude",
}
ENCODINGS: dict[str, str] = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "cp932": "Shift_JIS (CP932), as Excel in Japan writes it",
    "euc_jp": "EUC-JP",
    "eucjp-ms": "EUC-JP",
    "cp1252": "Western (CP1252)",
}
FORMS: dict[str, str] = {
    "csv": "a CSV",
    "xlsx": "a workbook",
    "geojson": "GeoJSON",
    "json": "JSON",
    "parquet": "Parquet",
}
INSERTED = {"encoding": ENCODINGS, "form": FORMS, "why": WHYS, "type": TYPES, "does": STEPS}


def told(notes: Iterable[tuple[str, Mapping[str, Any]]], say: Callable[[str], str]) -> list[str]:
    """Give each note as a line, in the reader's language."""
    return [line(kind, details, say) for kind, details in notes]


def line(kind: str, details: Mapping[str, Any], say: Callable[[str], str]) -> str:
    """Give one note as a line."""
    names = {key: _shown(key, value, say) for key, value in details.items()}
    return say(SENTENCES[kind]).format(**names)


def spans(numbers: Iterable[int]) -> str:
    """Give row numbers shortly: 1-2, 90."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in parts]
    return ", ".join(shown[:MOST]) + (", …" if len(shown) > MOST else "")


def _shown(key: str, value: Any, say: Callable[[str], str]) -> str:
    if key in INSERTED:
        return say(INSERTED[key].get(str(value), str(value)))
    if key == "rows" and not isinstance(value, str):
        return spans([value] if isinstance(value, int) else value)
    if isinstance(value, list | tuple):
        return ", ".join(plain(str(each)) for each in value[:MOST]) + (", …" if len(value) > MOST else "")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return plain(say(str(value)) if key == "why" else str(value))


def decided(proposal: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Give what a proposal decided, one note for each line, in the order of the work."""
    notes: list[tuple[str, Mapping[str, Any]]] = []
    if proposal.disguised:
        notes.append(("disguise", {"form": proposal.resource.format}))
    if proposal.encoding and proposal.why:
        notes.append(("encoding", {"encoding": proposal.encoding, "why": proposal.why}))
    if proposal.sheet:
        notes.append(("sheet", {"sheet": proposal.sheet}))
    names = [name for name, _, _ in proposal.columns]
    if len(proposal.header) > 1:
        notes.append(("headers", {"rows": proposal.header}))
    elif proposal.header:
        notes.append(("header", {"rows": proposal.header}))
    notes.append(("columns", {"count": len(names), "names": names}))
    if proposal.blank:
        notes.append(("blank-columns", {"letters": proposal.blank}))
    recipe = proposal.resource.recipe
    if recipe and recipe.blocks:
        notes.append(("blocks", {"letters": recipe.blocks}))
    notes += [("left-out", {"rows": rows, "why": why}) for why, rows in proposal.left_out.items()]
    notes.append(("rows", {"count": proposal.rows}))
    for name, (step, (first, second)) in proposal.splits.items():
        notes.append((f"split-{step}", {"name": name, "first": first, "second": second}))
    kinds: dict[str, list[str]] = {}
    for name, kind, _ in proposal.columns:
        kinds.setdefault(kind, []).append(name)
    notes += [("types", {"type": kind, "names": each}) for kind, each in kinds.items()]
    notes += [("step", {"step": step, "does": step}) for step in proposal.steps if step in STEPS]
    found = proposal.standard
    if found:
        known = sum(each is not None for each in found.columns.values())
        told = {"title": found.title, "name": found.name, "known": known, "count": len(found.columns)}
        kind = "standard" if found.edition else "standard-own"
        notes.append((kind, {**told, **({"edition": found.edition} if found.edition else {})}))
    else:
        notes.append(("no-standard", {}))
    return notes
