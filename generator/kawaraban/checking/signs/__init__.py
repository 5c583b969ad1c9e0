"""The signs: what frictionless does not see. One concept, one file, with its RIGHT and WRONG examples."""

from kawaraban.checking.sheet import Sign
from kawaraban.checking.signs import duplicate_rows

SIGNS: dict[str, Sign] = {
    each.kind: each
    for each in (
        duplicate_rows.SIGN,
    )
}  # fmt: skip
