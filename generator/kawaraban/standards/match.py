"""Which standard a table follows, how well, and what each of its columns means there. Pure.

Two things are asked of a table: does it speak of the subject (columns that only this standard has, words in its
cells, the file's name), and are its columns those of the standard. A list of shops with a name, an address and
coordinates has columns of every standard, and speaks of none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kawaraban.standards.catalogue import Edition, Standard, everyday, standard, standards
from kawaraban.standards.spelling import fold, without_brackets

LEAST = 0.5  # below this score a table follows no standard
SPEAKING = 3.0  # what a table itself has to say of the subject before its file's name counts
# what programs write where a column has no name, and the row numbers of data portals
NO_NAME = re.compile(r"(?:列|column|field|unnamed)[:_ ]*\d*|_id|#property|↵?←.*", re.IGNORECASE)
# what towns and programs write before a name
PREFIXES = ("user", "所在地", "施設", "住所", "連絡先")
PLACE = ("緯度", "経度")
PLAIN = frozenset({"有", "無", "1", "その他"})  # words that any table may hold
MANY = 18  # known columns of one edition that cannot be there by chance
MARK = 0.6  # a hazard's bare name (津波) may also head a column of depths or risks
PART = 0.35  # of an edition's columns; a table with fewer is about the same things, but does not follow the standard
SOME = 8  # columns named as the standard has it, and little else: a short form of it
# http://www.w3.org/2003/01/geo/wgs84_pos#lat and geo:lat are lat
URI = re.compile(r"(?:https?://\S*[#/]|[a-z][a-z0-9]*:)([^\s#/:]+)")
WORD = re.compile("[a-z]+")  # an English word of every day: category, owner


@dataclass(frozen=True, slots=True)
class Match:
    """A table's standard. `columns`: each named column of the table -> the standard's column, or None.

    `edition` is empty where the table has a layout of its own. `missing` are columns that the edition requires and
    the table lacks, in the edition's words; `unknown` are columns of the table that the standard does not have.
    """

    name: str
    title: str
    edition: str
    layout: str
    score: float
    columns: Mapping[str, str | None]
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen when one standard was held against a table; `speaks` does not count the file's name."""

    standard: Standard
    columns: Mapping[str, str | None]
    score: float
    speaks: float


def match(
    columns: Sequence[str], samples: Mapping[str, Sequence[str]] | None = None, file_name: str = ""
) -> Match | None:
    """Give the standard that a table follows, or None. `samples` are some cells of each column."""
    names = list(dict.fromkeys(name for name in columns if name.strip() and not NO_NAME.fullmatch(name.strip())))
    if not names:
        return None
    looks = [_look(each, names, samples or {}, file_name) for each in standards()]
    best = max(looks, key=lambda look: (look.score, look.speaks))
    return _told(best, names, file_name) if best.score >= LEAST else None


def match_to(name: str, columns: Sequence[str], file_name: str = "") -> Match:
    """Give how a table's columns fit a standard that a person has named; the score may be anything."""
    names = list(dict.fromkeys(each for each in columns if each.strip() and not NO_NAME.fullmatch(each.strip())))
    return _told(_look(standard(name), names, {}, file_name), names, file_name)


def canonical(match: Match) -> Mapping[str, str]:
    """Give the standard's columns that the table has -> the table's own."""
    return {column: name for name, column in match.columns.items() if column is not None}


def _look(wanted: Standard, names: Sequence[str], samples: Mapping[str, Sequence[str]], file_name: str) -> Look:
    found = _resolve(wanted, names)
    told = [_tells(wanted, name, means, sure, samples.get(name, ())) for name, (means, sure) in found.items()]
    covered = max(_covered(edition, found) for edition in wanted.editions.values())
    told += [3.0 for name in names if _has_word(wanted, name)][:2]
    told += [4.0 for name in names if _speak(wanted, samples.get(name, ()))][:1]
    told += [3.0] if covered >= 0.8 and len(found) >= MANY else []
    speaks = sum(told)
    named = _named(wanted, file_name)
    exact = sum(sure == 1.0 for _, sure in found.values())
    follows = covered >= PART or (exact >= SOME and exact >= 0.8 * len(names))
    twice = sum(each > 0 for each in (*told, named)) > 1
    enough = speaks >= SPEAKING and (wanted.any_layout or (follows and twice))
    sure = min(1.0, (speaks + named) / wanted.enough) if enough else 0.0
    score = sure * (0.5 + 0.3 * len(found) / len(names) + 0.2 * covered)
    return Look(wanted, {name: found[name][0] if name in found else None for name in names}, score, speaks)


def _resolve(wanted: Standard, names: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Give each known name of the table with the column it means, once each; the surest spelling has it."""
    tried = [(sure, name, column) for name in names for column, sure in [_meaning(wanted, name)] if column]
    taken: set[str] = set()
    found: dict[str, tuple[str, float]] = {}
    for sure, name, column in sorted(tried, key=lambda each: -each[0]):
        if column not in taken:
            taken.add(column)
            found[name] = (column, sure)
    return found


def _meaning(wanted: Standard, name: str) -> tuple[str, float]:
    for spelling, share in _spellings(name, fold(wanted.prefix)):
        if spelling in wanted.spellings:
            column, sure = wanted.spellings[spelling]
            return column, sure * share
    # a heading above several columns stands before the name: 対象の災害_洪水; but 体育館_備考 are not the row's notes
    column, sure = wanted.spellings.get(fold(name.rpartition("_")[2]), ("", 0.0))
    return (column, sure * 0.8) if column and (wanted.columns[column].tells or column in PLACE) else ("", 0.0)


@lru_cache(maxsize=8192)
def _spellings(name: str, prefix: str) -> tuple[tuple[str, float], ...]:
    """Give the spellings under which a name may be known, and how much each is worth."""
    return tuple(_less_and_less(name, prefix))


def _less_and_less(name: str, prefix: str) -> Iterator[tuple[str, float]]:
    whole, bare = fold(name), fold(without_brackets(name))
    yield whole, 0.5 if WORD.fullmatch(name) else 1.0
    if prefix and whole.startswith(prefix):
        yield whole.removeprefix(prefix), 1.0
    yield bare, 0.9
    for each in (*PREFIXES, fold("災害種別")):
        for level in (whole, bare):
            if level.startswith(each):
                yield level.removeprefix(each), 0.9
    yield bare.rstrip("1"), 0.5
    if found := URI.fullmatch(name.strip()):
        yield fold(found[1]), 0.9
    for each in ("", *PREFIXES):
        yield fold(re.split(r"[(（\[［]", name)[0]).removeprefix(each), 0.5


def _tells(wanted: Standard, name: str, means: str, sure: float, cells: Sequence[str]) -> float:
    """Give what a column says of the subject: less where its spelling or its cells are not the standard's."""
    column = wanted.columns[means]
    if fold(name) in everyday() and fold(name) != fold(means):
        return 0.0
    filled = [cell.strip() for cell in cells if cell.strip()]
    words = set(map(fold, column.enum)) - PLAIN
    if words and filled:
        share = sum(fold(cell) in words for cell in filled) / len(filled)
        if share >= 0.5:
            return 3.0 + column.tells
        sure *= 0.5 if share == 0 and len(filled) >= 3 else 1
    if column.mark and fold(name) != fold(means):
        sure = min(sure, MARK)
    return column.tells * sure


def _covered(edition: Edition, found: Mapping[str, tuple[str, float]]) -> float:
    means = {column for column, _ in found.values()}
    return sum(column in means for column in edition.columns.values()) / len(edition.columns)


def _has_word(wanted: Standard, name: str) -> bool:
    return any(fold(word) in fold(name) for word in wanted.words)


def _speak(wanted: Standard, cells: Sequence[str]) -> bool:
    """Say whether most cells of a column hold a word of the subject; where there are but one or two, at their end."""
    words = tuple(fold(word) for word in wanted.words)
    told = [fold(cell) for cell in cells if cell.strip()]
    found = [cell.endswith(words) if len(told) < 3 else any(word in cell for word in words) for cell in told if words]
    return sum(found) * 2 > len(told)


def _named(wanted: Standard, file_name: str) -> float:
    """Give what a file's name says: its slug, or at least a word of the subject."""
    name = file_name.replace("\\", "/").rpartition("/")[2].casefold()
    if any(re.search(rf"(?<![a-z]){re.escape(slug)}(?![a-z])", name) for slug in wanted.slugs):
        return 3.0
    hints = (wanted.title.removesuffix("一覧"), *wanted.hints)
    return 2.0 if any(fold(hint) in fold(name) for hint in hints) else 0.0


def _told(look: Look, names: Sequence[str], file_name: str) -> Match:
    edition = _edition(look.standard, names, file_name)
    means = {column for column in look.columns.values() if column}
    required = edition.required or frozenset() if edition else frozenset()
    missing = (
        [name for name, column in edition.columns.items() if name in required and column not in means]
        if edition
        else []
    )
    return Match(
        look.standard.name,
        look.standard.title,
        edition.name if edition else "",
        edition.layout if edition else "own",
        round(look.score, 2),
        look.columns,
        tuple(missing),
        tuple(name for name, column in look.columns.items() if column is None),
    )


def _edition(wanted: Standard, names: Sequence[str], file_name: str) -> Edition | None:
    """Give the edition whose own names the table has; None where it has a layout of its own."""
    had = set(map(fold, names))

    def likeness(edition: Edition) -> tuple[float, bool]:
        theirs = set(map(fold, edition.columns))
        return len(had & theirs) / len(had | theirs), bool(edition.slug) and edition.slug in file_name

    best = max(wanted.editions.values(), key=likeness)
    return best if likeness(best)[0] >= 0.25 else None
