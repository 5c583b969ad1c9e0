"""A dataset -> a CSV with the columns of an edition of its standard: what the town hands in, or publishes beside."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from kawaraban.errors import KawarabanError
from kawaraban.intake import Intake
from kawaraban.standards.convert import convert, fill
from kawaraban.standards.match import match_to
from kawaraban.town import Town

CODES = ("全国地方公共団体コード", "所在地_全国地方公共団体コード", "市区町村コード")


@dataclass(frozen=True, slots=True)
class Converted:
    """The CSV (RFC 4180, CRLF), how many rows it has, and the columns that the dataset says nothing of."""

    text: str
    rows: int
    empty: tuple[str, ...]


def converted(intake: Intake, standard: str, edition: str, town: Town) -> Converted:
    """Give a dataset's first table in the columns of `edition`, the newest where it is empty.

    Raises KawarabanError where the dataset is held, has no table, or has none of the standard's columns.
    """
    slug, table = intake.dataset.slug, intake.table()
    if table is None or not intake.verdict.valid:
        raise KawarabanError(
            "the dataset {word} is held: it has problems", "", "see `kawaraban validate {word}`", word=slug
        )
    found = match_to(standard, table.columns, table.origin.path)
    if not any(found.columns.values()):
        raise KawarabanError(
            "the dataset {name} has none of the columns of {standard}", "", "see `kawaraban standards {standard}`",
            name=slug, standard=standard,
        )  # fmt: skip
    sources = convert(list(table.columns), found, edition, _constants(town))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sources)
    rows = 0
    with table.file.open(encoding="utf-8", newline="", errors="replace") as stream:
        reader = csv.reader(stream)
        next(reader, None)
        for cells in reader:
            row = dict(zip(table.columns, cells, strict=False))
            writer.writerow([fill(source, row) for source in sources.values()])
            rows += 1
    return Converted(out.getvalue(), rows, tuple(name for name, source in sources.items() if source is None))


def _constants(town: Town) -> Mapping[str, str]:
    """Give what holds for every row of the town's own data: its code and its name."""
    code = str(town.own.get("code") or "")
    known = dict.fromkeys(CODES, code) if code else {}
    return {**known, "地方公共団体名": town.name} if town.name else known
