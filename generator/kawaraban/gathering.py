"""`consolidate:`, `against:`, `stated:` of a descriptor -> the datasets and totals they name, once all are read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from kawaraban.errors import KawarabanError, unknown
from kawaraban.model import Dataset, Problem

PARTS = 2000  # datasets that one is made of; there are 1,741 municipalities
TOTALS = 200
STATED_KEYS = ("publisher", "count", "column", "total", "source")
Explain = Callable[[KawarabanError, str, int | None], Problem]


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that somebody stated: how many places there are, or what a column adds up to. `line` is its line."""

    publisher: str = ""
    count: Decimal | None = None
    column: str = ""
    total: Decimal | None = None
    source: str = ""
    line: int | None = None


def gather(datasets: Mapping[str, Dataset], explain: Explain) -> Mapping[str, Dataset]:
    """Give the datasets, those that name others with these; `explain` makes a problem of a mistake and its line."""
    found = {}
    for slug, dataset in datasets.items():
        names = {"consolidate", "against", "stated"} & set(dataset.own)
        found[slug] = _gathered(dataset, datasets, explain) if names else dataset
    return found


def stated_totals(dataset: Dataset) -> list[Stated]:
    """Give the totals of `stated:`, as far as they can be read."""
    totals = []
    for number, each in _listed(dataset, "stated", TOTALS):
        try:
            totals.append(_stated(each, dataset.lines.get(("kawaraban", "stated", number))))
        except KawarabanError:
            continue
    return totals


def _gathered(dataset: Dataset, datasets: Mapping[str, Dataset], explain: Explain) -> Dataset:
    problems: list[Problem] = []

    def complain(error: KawarabanError, *path: str | int) -> None:
        ways = (("kawaraban", *path[:length]) for length in range(len(path), -1, -1))
        problems.append(
            explain(error, dataset.source, next((dataset.lines[w] for w in ways if w in dataset.lines), None))
        )

    named: dict[str, list[Dataset]] = {"consolidate": [], "against": []}
    for key, members in named.items():
        if key not in dataset.own:
            continue
        value = dataset.own[key]
        if not isinstance(value, list) or not value or len(value) > PARTS:
            complain(
                KawarabanError(
                    "`{key}` lists datasets by their folders", hint="write [first-town, second-town]", key=key
                ),
                key,
            )
            continue
        for number, slug in _listed(dataset, key, PARTS):
            try:
                members.append(_member(slug, dataset, datasets, members))
            except KawarabanError as error:
                complain(error, key, number)
    if not dataset.consolidated:
        for key in ("against", "stated"):
            if key in dataset.own:
                complain(
                    KawarabanError("`{key}` means nothing without `consolidate:`", hint="take it out", key=key), key
                )
    elif "resources" in dataset.descriptor:
        complain(
            KawarabanError(
                "a dataset that is made of others has no file of its own",
                hint="take out `resources:`, or give the file a dataset of its own",
            )
        )
    if "stated" in dataset.own and not isinstance(dataset.own["stated"], list):
        complain(
            KawarabanError("`{key}` must be a list", hint="begin each of its lines with a hyphen", key="stated"),
            "stated",
        )
    for number, each in _listed(dataset, "stated", TOTALS):
        try:
            _stated(each, None)
        except KawarabanError as error:
            complain(error, "stated", number)
    return replace(
        dataset, parts=tuple(named["consolidate"]), references=tuple(named["against"]),
        problems=(*dataset.problems, *problems),
    )  # fmt: skip


def _listed(dataset: Dataset, key: str, most: int) -> Iterator[tuple[int, Any]]:
    value = dataset.own.get(key)
    yield from enumerate(value[:most] if isinstance(value, list) else [])


def _member(slug: Any, dataset: Dataset, datasets: Mapping[str, Dataset], members: list[Dataset]) -> Dataset:
    if slug == dataset.slug:
        raise KawarabanError("the dataset names itself", hint="take it out of the list")
    if not isinstance(slug, str) or slug not in datasets:
        raise unknown("there is no dataset {word}", slug, datasets)
    if datasets[slug].consolidated:
        raise KawarabanError(
            "{slug} is itself made of others", hint="name the datasets that it is made of", slug=slug
        )
    if any(each.slug == slug for each in members):
        raise KawarabanError("{slug} stands twice in the list", hint="take one of them out", slug=slug)
    return datasets[slug]


def _stated(value: Any, line: int | None) -> Stated:
    hint = "write `count: 454`, or `column: 想定収容人数` with `total: 15133`; beside it `publisher:` and `source:`"
    if not isinstance(value, Mapping):
        raise KawarabanError("a stated total holds keys and values", hint=hint)
    for key in value:
        if key not in STATED_KEYS:
            raise unknown("`{word}` is not a key of `stated:`", str(key), STATED_KEYS)
    count, total, column = _number(value, "count"), _number(value, "total"), str(value.get("column") or "")
    if (count is None and total is None) or (total is None) == bool(column):
        raise KawarabanError("a stated total names no number, or no column", hint=hint)
    return Stated(str(value.get("publisher") or ""), count, column, total, str(value.get("source") or ""), line)


def _number(value: Mapping[str, Any], key: str) -> Decimal | None:
    given = value.get(key)
    if given is None:
        return None
    try:
        if not isinstance(given, int | float | str) or isinstance(given, bool) or not Decimal(str(given)).is_finite():
            raise InvalidOperation
        return Decimal(str(given))
    except InvalidOperation:
        raise KawarabanError("`{key}` must be a number", hint="write it in digits, such as 15133", key=key) from None
