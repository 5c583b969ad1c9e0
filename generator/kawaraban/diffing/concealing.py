"""A difference without the personal data that the checks found in its dataset: ●●● stands in its place."""

from dataclasses import replace

from kawaraban.checking.privacy import conceal, secrets_of
from kawaraban.diffing.difference import Change, Difference
from kawaraban.intake import Intake


def without_secrets(one: Difference, intake: Intake) -> Difference:
    """Give the difference with its rows concealed where they hold what looks personal."""
    verdict = intake.verdict
    secrets = secrets_of(intake.dataset, intake.tables, [*verdict.problems, *verdict.silenced])
    rows = {
        "added": [dict(each) for each in one.first_added],
        "removed": [dict(each) for each in one.first_removed],
        "keys": [dict(each.key) for each in one.first_changed],
        "cells": [{name: list(pair) for name, pair in each.columns.items()} for each in one.first_changed],
        "words": {name: [list(new), list(lost)] for name, (new, lost) in one.categories.items()},
    }
    _, (told,) = conceal((), (rows,), secrets)
    return replace(
        one,
        first_added=tuple(told["added"]),
        first_removed=tuple(told["removed"]),
        first_changed=tuple(
            Change(key, {name: (pair[0], pair[1]) for name, pair in cells.items()})
            for key, cells in zip(told["keys"], told["cells"], strict=True)
        ),
        categories={name: (tuple(new), tuple(lost)) for name, (new, lost) in told["words"].items()},
    )
