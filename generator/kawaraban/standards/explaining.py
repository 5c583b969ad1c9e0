"""The standards told to people and to programs: the list of them, and the columns of one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from kawaraban.standards.catalogue import Column, Edition, Standard

Say = Callable[[str], str]


def completeness(edition: Edition, say: Say) -> str:
    """Give how much of an edition is known, in a few words."""
    words = {
        "complete": say("known in full"),
        "names": say("the names of the columns are known"),
        "partial": say("known in part"),
    }
    return words[edition.completeness]


def type_name(column: Column, say: Say) -> str:
    """Give what a column holds, in a word."""
    words = {
        "string": say("string"),
        "integer": say("integer"),
        "number": say("number"),
        "date": say("date"),
        "time": say("time"),
    }
    return say("1 or nothing") if column.mark else words[column.type]


def need(edition: Edition, name: str, say: Say) -> str:
    """Give whether an edition requires a column; empty where it does not, or where that is not known."""
    if name in (edition.required or ()):
        return say("required")
    return say("recommended") if name in (edition.recommended or ()) else ""


def list_lines(standards: Sequence[Standard], say: Say) -> list[str]:
    """Give a line for each standard and one for each of its editions."""
    lines = []
    for each in standards:
        lines.append(f"{each.number}  {each.title}  {each.name}")
        lines += [
            f"    {edition.name}: {edition.title} ({completeness(edition, say)})"
            for edition in each.editions.values()
        ]
    return [*lines, "", say("kawaraban standards NAME explains the columns of one.")]


def explain_lines(standard: Standard, say: Say) -> list[str]:
    """Give the text that explains a standard: its editions, and every column of the newest one."""
    newest = standard.newest
    lines = [f"{standard.number}  {standard.title}  {standard.name}", standard.description, "", say("Editions")]
    for edition in standard.editions.values():
        lines.append(f"  {edition.name}: {edition.title} ({completeness(edition, say)})")
        lines.append(f"    {say('Source')}: {edition.source}")
        lines.append(f"    {edition.sure}")
    lines += ["", say("Columns of {edition}").format(edition=newest.name)]
    for name, means in newest.columns.items():
        lines += _column(name, standard, standard.columns[means], need(newest, name, say), say)
    more = [column for column in standard.columns.values() if column.name not in newest.columns.values()]
    if more:
        lines += ["", say("Columns of other editions")]
        lines += [line for column in more for line in _column(column.name, standard, column, "", say)]
    return lines


def also_seen(standard: Standard, column: Column, name: str) -> list[str]:
    """Give the other words for a column, without those that are columns of the standard themselves."""
    words = (column.name, *column.synonyms)
    return [word for word in words if word != name and (word == column.name or word not in standard.columns)]


def _column(name: str, standard: Standard, column: Column, flag: str, say: Say) -> list[str]:
    told = ", ".join(each for each in (type_name(column, say), flag) if each)
    lines = [f"  {name} ({told})"]
    if column.description:
        lines.append(f"    {column.description}")
    if column.enum and not column.mark:
        lines.append(f"    {say('words')}: {', '.join(column.enum)}")
    if column.example:
        lines.append(f"    {say('example')}: {column.example}")
    words = also_seen(standard, column, name)
    if words:
        lines.append(f"    {say('also seen as')}: {', '.join(words)}")
    return lines


def as_json(standard: Standard, whole: bool = True) -> dict[str, Any]:
    """Give a standard as JSON has it; without its columns where it is one of a list."""
    told: dict[str, Any] = {
        "name": standard.name,
        "number": standard.number,
        "title": standard.title,
        "description": standard.description,
        "slugs": list(standard.slugs),
        "kind": standard.kind,
        "newest": standard.newest.name,
        "editions": [_edition(each, whole) for each in standard.editions.values()],
    }
    if whole:
        told["views"] = list(standard.views)
        told["columns"] = [
            {key: value for key, value in asdict(column).items() if key not in ("tells", "others")}
            for column in standard.columns.values()
        ]
    return told


def _edition(edition: Edition, whole: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": edition.name,
        "title": edition.title,
        "layout": edition.layout,
        "completeness": edition.completeness,
    }
    if not whole:
        return told
    flags = edition.required is not None
    return told | {
        "source": edition.source,
        "sure": edition.sure,
        "columns": [
            {
                "name": name,
                "column": means,
                **({"need": _need(edition, name)} if flags else {}),
            }
            for name, means in edition.columns.items()
        ],
    }


def _need(edition: Edition, name: str) -> str:
    if name in (edition.required or ()):
        return "required"
    return "recommended" if name in (edition.recommended or ()) else "optional"
