"""Table Schemas of the standards: as an edition has it, and for a table in its own words.

Only a complete edition says which columns are required and which words are allowed.
"""

from typing import Any

from kawaraban.standards.catalogue import Column, Edition, Standard, standard
from kawaraban.standards.match import Match, canonical


def schema_of(wanted: Standard, edition: Edition) -> dict[str, Any]:
    """Give the Table Schema of one edition."""
    return {
        "fields": [_field(name, wanted.columns[column], edition, name) for name, column in edition.columns.items()],
        "missingValues": [""],
    }


def fields_for(match: Match) -> dict[str, dict[str, Any]]:
    """Give the Table Schema fields of the columns that the standard knows, under the table's own names.

    What the columns must hold is said only where the table follows a complete edition.
    """
    wanted = standard(match.name)
    edition = wanted.editions.get(match.edition)
    found: dict[str, dict[str, Any]] = {}
    for column, name in canonical(match).items():
        called = edition.called(column) if edition else None
        found[name] = _field(name, wanted.columns[column], edition if called else None, called or "")
    return found


def _field(name: str, column: Column, edition: Edition | None, called: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": column.type}
    if column.format != "default":
        field["format"] = column.format
    if column.description:
        field["description"] = column.description
    constraints: dict[str, Any] = {}
    if edition is not None and edition.completeness == "complete":
        if edition.required and called in edition.required and not column.mark:
            constraints["required"] = True
        if column.enum:
            constraints["enum"] = list(column.enum)
    if constraints:
        field["constraints"] = constraints
    return field
