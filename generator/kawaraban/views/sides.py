"""A pyramid out of a wide table: a column for each age of each side, as the open data standard has them."""

from collections.abc import Sequence

import pandas as pd

from kawaraban.errors import KawarabanError
from kawaraban.model import Field
from kawaraban.views.plot import Channels, Row
from kawaraban.views.spec import Setting, Spec
from kawaraban.views.text import is_missing, value_text


def sides_of(spec: Spec) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Give the columns of both sides, from the youngest up; None where the pyramid is of a long table."""
    left, right = spec.columns("left"), spec.columns("right")
    if not left and not right:
        return None
    if len(left) != len(right) or len(left) < 2:
        raise KawarabanError(
            "both sides of a pyramid need the same number of columns", "left" if left else "right",
            "`left:` has {left}, `right:` has {right}; write them in the same order",
            left=len(left), right=len(right),
        )  # fmt: skip
    for key in ("x", "y", "color"):
        if key in spec.values:
            raise KawarabanError(
                "`{key}:` does not go with `left:` and `right:`", key, "leave it out", key=key
            )  # fmt: skip
    return left, right


def rows_of(
    spec: Spec, frame: pd.DataFrame, setting: Setting, facet: Field | None
) -> tuple[Channels, list[Row], dict[str, str]]:
    """Give the channels and rows of a pyramid whose sides are columns, and the place of each row."""
    sides = sides_of(spec) or ((), ())
    units = {spec.field(each).unit for each in (*sides[0], *sides[1])}
    unit = spec.text("unit") or (units.pop() if len(units) == 1 else "")
    rows = []
    for columns in sides:
        side, names = parted([spec.field(each).label for each in columns])
        for name, column in zip(names, columns, strict=True):
            for at, value in enumerate(frame[column]):
                panel = value_text(frame[facet.name].iloc[at], facet, setting.lang) or "—" if facet else ""
                if not is_missing(value):
                    rows.append(Row(name, float(value), side, panel))
    kind = spec.field(sides[0][0]).type
    measure = Field("kb value", kind, spec.text("title") or setting.say("Number"), unit=unit)
    base = Field("kb base", "string", setting.say("Class"))
    channels = Channels("pyramid", measure, base, Field("kb series"), unit, facet)
    return channels, rows, {row.base: row.base for row in rows}


def parted(labels: Sequence[str]) -> tuple[str, list[str]]:
    """Give what all labels share, and what is left of each: 男性, and 0-4歳 out of 0-4歳の男性."""
    first = labels[0]
    ends = [
        first[:size] for size in range(len(first), 0, -1) if all(each.startswith(first[:size]) for each in labels)
    ]
    tails = [first[at:] for at in range(len(first)) if all(each.endswith(first[at:]) for each in labels)]
    shared = max([*ends[:1], *tails[:1]], key=len, default="")
    cut = len(shared) if shared in tails else 0
    names = [(each[:-cut] if cut else each[len(shared) :]).strip() for each in labels]
    if not all(names) or len(set(names)) < len(names):
        return "", list(labels)
    return shared.strip(" 　の_（）()"), names
