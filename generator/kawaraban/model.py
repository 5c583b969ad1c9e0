"""The few values that travel between rooms. Frozen: a change makes a new one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kawaraban.origin import Origin, column_letters

__all__ = ["Origin", "column_letters"]  # a value that travels too; all below is given as well

Severity = Literal["error", "warning"]
CONCEALED = "●●●"  # stands where personal data stood
# what screens large tables before frictionless sees them; auto: DuckDB, small ones not at all
ENGINES = ("auto", "duckdb", "spark", "frictionless")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `row` and `column` count from 1 as the file shows them; sentences are made in reporting.

    `details` holds what a sentence may name (expected type, constraint, label); `report` is frictionless's own
    error where it has one, so that other tools can read it. `line` is the line of a text file, where it has
    one. `silenced` is the reason that the descriptor gives for not minding it.
    """

    kind: str
    severity: Severity = "error"
    path: str = ""
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    address: str = ""
    line: int | None = None
    label: str = ""
    value: str = ""
    hint: str = ""
    fix: str | None = None
    silenced: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """A column as its Table Schema field says it is; `values` are the words for its values in another language."""

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    unit: str = ""
    format: str = "default"
    descriptor: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The words shown to people."""
        return self.title or self.name


@dataclass(frozen=True, slots=True)
class Resource:
    """One data file of a dataset: `path` relative to the dataset's folder, `file` on this disk."""

    name: str
    path: str
    file: Path
    format: str
    encoding: str | None
    dialect: Mapping[str, Any]
    schema: Mapping[str, Any] | None
    descriptor: Mapping[str, Any]
    recipe: "Recipe | None" = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an officer's file becomes a tidy table: `tidy:` of a descriptor. Rows and columns are those of the file.

    `header` are its header rows, none where it has none. `columns` names the table's columns by their letter, None
    leaves one out; where it is empty, they are all that have a name. `leave_out` are the kinds of rows that are no
    data (total, note, ...), `drop` (why -> rows) and `keep` say so of single rows. `steps` clean the cells. `fields`
    holds what a step must know of a column (`order: mdy`). `split` makes two columns of one: name -> (step, names).
    `long` makes rows of columns: their names, the name of the column for their names, and for their values. `blocks`
    are tables side by side: letters of the first column of each. `fixes` correct single cells: address -> (what
    stands there, what it should be).
    """

    sheet: str | None = None
    header: tuple[int, ...] = (1,)
    columns: Mapping[str, str | None] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    drop: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    keep: tuple[int, ...] = ()
    steps: tuple[str, ...] = ()
    fields: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    split: Mapping[str, tuple[str, tuple[str, str]]] = field(default_factory=dict)
    long: tuple[tuple[str, ...], str, str] | None = None
    blocks: tuple[str, ...] = ()
    fixes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder below datasets/: its descriptor, its resources, and the problems found in the descriptor.

    `parts` are the datasets that `consolidate:` makes one table of, `references` those that `against:` compares it
    with.
    """

    slug: str
    folder: Path
    source: str
    descriptor: Mapping[str, Any]
    resources: tuple[Resource, ...] = ()
    problems: tuple[Problem, ...] = ()
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    parts: tuple["Dataset", ...] = ()
    references: tuple["Dataset", ...] = ()

    @property
    def own(self) -> Mapping[str, Any]:
        """The descriptor's `kawaraban:` block."""
        block = self.descriptor.get("kawaraban")
        return block if isinstance(block, Mapping) else {}

    @property
    def title(self) -> str:
        return str(self.descriptor.get("title") or self.slug)

    @property
    def description(self) -> str:
        return str(self.descriptor.get("description") or "")

    @property
    def kind(self) -> str:
        return str(self.own.get("kind") or "dataset")

    @property
    def consolidated(self) -> bool:
        """Say whether it is made of other datasets."""
        return "consolidate" in self.own

    @property
    def theme(self) -> str:
        return str(self.own.get("theme") or "")

    @property
    def views(self) -> Sequence[Any]:
        views = self.own.get("views")
        return views if isinstance(views, Sequence) and not isinstance(views, str) else ()

    def listed(self, key: str) -> list[Mapping[str, Any]]:
        """Give the mappings under a descriptor key that should be a list of them (licenses, sources, ...)."""
        found = self.descriptor.get(key)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Grid:
    """A file as rows of text cells, the header first. `rows` can be walked once; each row has its number in the file.

    `plain` says that the file itself is a UTF-8, comma separated CSV whose first row is the header.
    """

    origin: Origin
    rows: Iterator[tuple[int, list[str]]]
    encoding: str
    plain: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as it is: every row as text cells, blank ones too; no row is a header yet. `rows` can be walked once.

    Rows are numbered from 1 as the file shows them. `why` is the reason for the encoding. `merged` are the ranges of
    merged cells: first row, first column, last row, last column, from 1. `sheets` are the visible sheets that hold
    something, with their number of rows.
    """

    origin: Origin
    rows: Iterator[tuple[int, list[str]]]
    encoding: str
    why: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    sheets: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table: `file` is a UTF-8 CSV with one header row; every value is still text.

    `digest` changes when any cell or the schema changes. `schema` is the descriptor's, or inferred where
    there is none. `rows` counts the data rows. `problems` are what reading and tidying met. `left_out` names the rows
    of the file that are no data, by why (title, total, note, blank, ...).
    """

    name: str
    file: Path
    digest: str
    columns: tuple[str, ...]
    rows: int
    schema: Mapping[str, Any]
    inferred: bool
    origin: Origin
    encoding: str
    problems: tuple[Problem, ...] = ()
    left_out: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The schema's fields, in the order of the columns."""
        return tuple(
            Field(
                name=str(each.get("name", "")),
                type=str(each.get("type") or "string"),
                title=str(each.get("title") or ""),
                description=str(each.get("description") or ""),
                unit=str(each.get("unit") or ""),
                format=str(each.get("format") or "default"),
                descriptor=each,
            )
            for each in self.schema.get("fields", [])
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking says of one dataset: valid or not, how many rows were looked at, and every problem.

    `silenced` are those that the descriptor gives a reason for; they count for nothing, but are shown with it.
    """

    slug: str
    problems: tuple[Problem, ...]
    rows: int
    tasks: tuple[Mapping[str, Any], ...] = ()
    silenced: tuple[Problem, ...] = ()

    @property
    def valid(self) -> bool:
        return not any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page to stage: its path below docs/, the text, and the file that a person edits to change it."""

    path: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to stage: its path below docs/, a digest that changes with its bytes, and what makes them."""

    path: str
    digest: str
    make: Callable[[], bytes]
