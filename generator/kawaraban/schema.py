"""A Table Schema as a descriptor brings it: what frictionless could not take, or not in time, is refused."""

from collections.abc import Mapping
from typing import Any

from kawaraban.errors import KawarabanError

FIELDS = 2000  # as many columns as a table may have
ENUM = 10_000  # values that all fields may list; each cell is compared with each of its field's
MISSING = 100  # texts that stand for nothing; each cell is compared with each of them
FOREIGN = 100  # foreign keys
LETTERS = 50_000  # in the constraints of a field; every error repeats them


def check_schema(schema: Any) -> None:
    """Refuse a schema that frictionless could not take, or not in time, or through which it would ask the network."""
    if not isinstance(schema, Mapping) or not isinstance(schema.get("fields", []), list):
        raise KawarabanError(
            "a schema needs `fields:`, a list", "schema", "write `fields:` and below it `- name: ...`"
        )
    names: set[str] = set()
    listed = 0
    for index, field in enumerate(schema.get("fields", [])):
        if not isinstance(field, Mapping) or not isinstance(field.get("name"), str):
            raise KawarabanError("every field needs `name:`", "schema/fields", "use the column's heading")
        if field["name"] in names:
            raise KawarabanError(
                "two fields are named {name}", "schema/fields", "rename one of them", name=field["name"]
            )
        names.add(field["name"])
        listed += _check_lists(field, f"schema/fields/{index}")
    if len(names) > FIELDS:
        raise KawarabanError(
            "the schema has {count} fields; at most {most} are read", "schema/fields",
            "put what repeats, such as dates, into rows", count=len(names), most=FIELDS,
        )  # fmt: skip
    _check_lists({"missingValues": schema.get("missingValues")}, "schema")
    if listed > ENUM:
        raise KawarabanError(
            "the fields list {count} allowed values; at most {most} are read", "schema/fields",
            "put them into a table of their own, and refer to it with `foreignKeys:`", count=listed, most=ENUM,
        )  # fmt: skip
    keys = schema.get("foreignKeys")
    if isinstance(keys, list) and len(keys) > FOREIGN:
        raise KawarabanError(
            "`foreignKeys` lists {count} keys; at most {most} are read", "schema/foreignKeys",
            "every row is looked up once for each of them", count=len(keys), most=FOREIGN,
        )  # fmt: skip
    if _remote_reference(schema):
        raise KawarabanError("a `$ref` to another file or host is not followed", "schema", "write it out here")


def _check_lists(field: Mapping[str, Any], place: str) -> int:
    """Give how many values a field allows by name. Raises KawarabanError where its lists or patterns are too long."""
    missing = field.get("missingValues")
    if isinstance(missing, list) and len(missing) > MISSING:
        raise KawarabanError(
            "`missingValues` lists {count} texts; at most {most} are read", f"{place}/missingValues",
            "name only those that stand for an empty cell", count=len(missing), most=MISSING,
        )  # fmt: skip
    item = field.get("arrayItem")
    listed = _check_lists({"constraints": item.get("constraints")}, place) if isinstance(item, Mapping) else 0
    constraints = field.get("constraints")
    if not isinstance(constraints, Mapping):
        return listed
    if len(str(constraints)) > LETTERS:
        raise KawarabanError(
            "the constraints of a field have more than {most} letters", f"{place}/constraints",
            "put the values into a table of their own, and refer to it with `foreignKeys:`", most=f"{LETTERS:,}",
        )  # fmt: skip
    allowed = constraints.get("enum")
    return listed + (len(allowed) if isinstance(allowed, list) else 0)


def _remote_reference(value: Any) -> bool:
    if isinstance(value, Mapping):
        reference = value.get("$ref")
        if isinstance(reference, str) and not reference.startswith("#"):
            return True
        return any(_remote_reference(each) for each in value.values())
    return isinstance(value, list) and any(_remote_reference(each) for each in value)
