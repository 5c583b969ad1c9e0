"""The standards as they are written in the YAML files beside this one; read when first asked for, and kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from kawaraban.errors import unknown
from kawaraban.standards.spelling import fold

# In the order of their official numbers. 16 (school lunches), 18 to 21, 25 (car parks) and 29 (baby stations) are not
# here: nobody has shown us their columns.
STANDARDS = (
    "public-facility",
    "cultural-property",
    "evacuation-site",
    "population",
    "preschool",
    "open-data-list",
    "public-wireless-lan",
    "aed",
    "care-service",
    "hospital",
    "tourism",
    "event",
    "public-toilet",
    "fire-hydrant",
    "food-business",
    "school-district",
    "support-system",
    "emergency-radio",
    "educational-institution",
    "bicycle-parking",
    "polling-place",
    "waste-sorting",
    "garbage-collection-place",
    "tourism-point",
)
Completeness = Literal["complete", "names", "partial"]
FOLDER = Path(__file__).parent
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where libyaml is there
PLAIN = ("name", "description", "type", "format", "tells", "mark", "example")
WHOLE = ("施設_ID", "設備_ID")  # a name of the prefixed layout that has no prefix of its own


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a standard means, whatever an edition calls it; `name` is the newest edition's word.

    `tells` says how much the column gives away of the subject (0: every list has it). `mark` columns hold 1 or
    nothing. `others` are rules for filling the column out of others, tried in turn.
    """

    name: str
    description: str = ""
    type: str = "string"
    format: str = "default"
    enum: tuple[str, ...] = ()
    tells: float = 0
    mark: bool = False
    example: str = ""
    synonyms: tuple[str, ...] = ()
    others: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a standard: its own column names in order -> the column that each means.

    `required` and `recommended` are None where the edition's flags are not known.
    """

    name: str
    title: str
    layout: str
    completeness: Completeness
    source: str
    sure: str
    columns: Mapping[str, str]
    required: frozenset[str] | None = None
    recommended: frozenset[str] | None = None
    slug: str = ""

    def called(self, column: str) -> str | None:
        """Give this edition's name of a column; None where it has no such column."""
        return next((name for name, means in self.columns.items() if means == column), None)


@dataclass(frozen=True)
class Standard:
    """A standard dataset. `views` and `kind` are what its page shows, in the columns' names.

    `words` in a file's header or cells, and `hints` in its name, speak for the subject; `enough` is the sum of
    `tells` from which there is no doubt of it. `any_layout` takes lists that a town laid out in its own way, too.
    """

    name: str
    number: str
    title: str
    description: str
    slugs: tuple[str, ...]
    kind: str
    columns: Mapping[str, Column]
    editions: Mapping[str, Edition]
    views: tuple[Mapping[str, Any], ...] = ()
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    prefix: str = ""
    enough: float = 6
    any_layout: bool = False
    examples: Mapping[str, Any] = field(default_factory=dict)

    @property
    def newest(self) -> Edition:
        """The edition that a town should follow today: the national one, without prefixes where there is one."""
        ours = [each for each in self.editions.values() if each.title.startswith("自治体標準")]
        flat = [each for each in ours if each.layout == "flat"]
        return next((each for each in flat or ours if each.name in ("2026-08", "current")), ours[-1])

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, float]]:
        """Every level spelling -> the column, and how sure: 1 a name of an edition, 0.5 a word seen for it."""
        found: dict[str, tuple[str, float]] = {}
        for name, column in self._spelled():
            found.setdefault(fold(name), (column, 1.0))
        for meant in self.columns.values():
            for word in meant.synonyms:
                found.setdefault(fold(word), (meant.name, 0.5))
        return found

    def _spelled(self) -> Iterator[tuple[str, str]]:
        yield from ((name, name) for name in self.columns)
        for edition in self.editions.values():
            yield from edition.columns.items()


def standards() -> tuple[Standard, ...]:
    """Give all standards, in the order of their numbers."""
    return tuple(standard(name) for name in STANDARDS)


@cache
def standard(name: str) -> Standard:
    """Give a standard by its name. Raises KawarabanError with the nearest where there is none."""
    if name not in STANDARDS:
        raise unknown("there is no standard {word}", name, STANDARDS)
    told = yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506 -- a safe loader
    columns = _columns(told["columns"])
    prefix = str(told.get("prefix", ""))
    editions: dict[str, Edition] = {}
    for each in told["editions"]:
        editions[each["name"]] = _edition(each, columns, prefix, editions)
    return Standard(
        name=told["name"],
        number=told["number"],
        title=told["title"],
        description=told["description"],
        slugs=tuple(told["slugs"]),
        kind=told["kind"],
        columns=columns,
        editions=editions,
        views=tuple(told["views"]),
        words=tuple(told.get("words", ())),
        hints=tuple(told.get("hints", ())),
        prefix=prefix,
        enough=told["enough"],
        any_layout=told.get("any_layout", False),
        examples=told.get("examples", {}),
    )


@cache
def groups() -> Mapping[str, tuple[Column, ...]]:
    """Give the columns that several standards share, by the name of their group."""
    told = yaml.load((FOLDER / "groups.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506 -- a safe loader
    return {name: tuple(_column(each) for each in columns) for name, columns in told.items()}


@cache
def everyday() -> frozenset[str]:
    """Give the level spellings of every shared column: they say nothing of a subject."""
    return frozenset(
        fold(word) for columns in groups().values() for column in columns for word in (column.name, *column.synonyms)
    )


def _columns(told: list[Any]) -> dict[str, Column]:
    """Give a standard's columns: its own, those of a group, one of a group by name, or more words for one of them."""
    shared = {column.name: column for group in groups().values() for column in group}
    found: dict[str, Column] = {}
    for each in told:
        if isinstance(each, str):
            found[each] = shared[each]
        elif "group" in each:
            found.update({column.name: column for column in groups()[each["group"]]})
        elif each["name"] in found:
            found[each["name"]] = _with_words(found[each["name"]], each["synonyms"])
        else:
            found[each["name"]] = _column(each)
    return found


def _column(told: Mapping[str, Any]) -> Column:
    plain: dict[str, Any] = {key: told[key] for key in PLAIN if key in told}
    return Column(
        **plain,
        enum=tuple(told.get("enum", ())),
        synonyms=tuple(told.get("synonyms", ())),
        others=tuple(told.get("from", ())),
    )


def _with_words(column: Column, words: list[str]) -> Column:
    return replace(column, synonyms=(*words, *column.synonyms))


def _edition(
    told: Mapping[str, Any], columns: Mapping[str, Column], prefix: str, before: Mapping[str, Edition]
) -> Edition:
    names = list(before[told["same_as"]].columns) if "same_as" in told else list(told["columns"])
    names = [name for name in names if name not in told.get("without", ())]
    if told.get("prefixed"):
        names = [name if name in WHOLE else f"{prefix}_{name}" for name in names]
    flagged = "required" in told
    return Edition(
        name=told["name"],
        title=told["title"],
        layout=told["layout"],
        completeness=told["completeness"],
        source=told["source"],
        sure=told["sure"],
        columns={name: _meaning(name, columns, prefix) for name in names},
        required=frozenset(told["required"]) if flagged else None,
        recommended=frozenset(told.get("recommended", ())) if flagged else None,
        slug=str(told.get("slug", "")),
    )


def _meaning(name: str, columns: Mapping[str, Column], prefix: str) -> str:
    """Give the column that an edition's name means: by its own name first, then by the words known for it."""
    for word in (name, name.removeprefix(f"{prefix}_") if prefix else name):
        level = fold(word)
        for column in columns.values():
            if level == fold(column.name):
                return column.name
        for column in columns.values():
            if level in map(fold, column.synonyms):
                return column.name
    raise KeyError(name)
