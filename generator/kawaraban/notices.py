"""Notices: Markdown files with a date in docs/notices/, of which a `notices` fence lists those in force.

The day that counts is that of SOURCE_DATE_EPOCH (of the last commit, in a build), so that the same files give the
same page. A page's script hides what has run out since.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from kawaraban.errors import KawarabanError
from kawaraban.templating import plain_text
from kawaraban.town import Town
from kawaraban.views.notices import notices, stamp
from kawaraban.views.spec import check_keys

__all__ = ["Notice", "drawn_notices", "read_notices", "stamp"]
FOLDER = "notices"
FRONT = re.compile(r"\ufeff?-{3}[ \t]*\r?\n(.*?\r?\n)(?:\.{3}|-{3})[ \t]*\r?\n", re.DOTALL)
JAPAN = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: its page below docs/, its title, its day, its last day (None: until it is removed), its lead."""

    page: str
    title: str
    day: date
    until: date | None
    lead: str


def this_day() -> date:
    """Give the day in Japan at SOURCE_DATE_EPOCH; today where that is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return (moment + JAPAN).date()


def read_notices(docs: Path, shown: str = "docs") -> tuple[tuple[Notice, ...], list[KawarabanError]]:
    """Give the notices below `docs`, in every language, and what is wrong with those that cannot be listed."""
    found, wrong = [], []
    for file in sorted((docs / FOLDER).glob("*.md")):
        if file.name.startswith("index.") or not file.is_file() or file.is_symlink():
            continue
        text = file.read_bytes().decode("utf-8-sig", errors="replace")
        try:
            found.append(parse_notice(text, f"{FOLDER}/{file.name}", f"{shown}/{FOLDER}/{file.name}"))
        except KawarabanError as error:
            wrong.append(error)
    return tuple(found), wrong


def parse_notice(text: str, page: str, where: str) -> Notice:
    """Give the notice that a page holds. Raises KawarabanError with its file where it lacks a date or a title."""
    front = FRONT.match(text)
    try:
        meta = yaml.safe_load(front[1]) if front else None
    except yaml.YAMLError:
        meta = None
    if front is None or not isinstance(meta, Mapping):
        hint = "begin it with a line ---, `title:` and `date:`, and a line ---"
        raise KawarabanError("this notice does not begin with its title and its date", where, hint)
    title = meta.get("title")
    if not isinstance(title, str) or not title.strip():
        hint = "write `title:` between the lines ---"
        raise KawarabanError("this notice has no title", where, hint)
    day = _day(meta, "date", where)
    if day is None:
        hint = "write `date: 2025-05-02` between the lines ---"
        raise KawarabanError("this notice has no date", where, hint)
    until = _day(meta, "until", where)
    if until is not None and until < day:
        hint = "write the last day on which it is to be shown"
        raise KawarabanError("this notice ends before it begins", where, hint)
    return Notice(page, title.strip(), day, until, _lead(text[front.end() :]))


def chosen(notices: Iterable[Notice], today: date, past: bool) -> list[Notice]:
    """Give the notices in force on a day, or those that have run out, newest first."""
    begun = [each for each in notices if each.day <= today]
    wanted = [each for each in begun if (each.until is not None and each.until < today) is past]
    return sorted(wanted, key=lambda each: (each.day, each.page), reverse=True)


def drawn_notices(
    values: Mapping[str, Any],
    found: Sequence[Notice],
    town: Town,
    lang: str,
    say: Callable[[str], str],
    base: str,
) -> str:
    """Give the HTML of a `notices` fence; `base` is the way to the top of the pages. Raises KawarabanError."""
    check_keys(values, ("past", "limit", "today"), "notices")
    fixed, past, limit = _day(values, "today", "today"), values.get("past") is True, values.get("limit")
    mine = in_language(found, town, lang)
    listed = chosen(mine, fixed or this_day(), past)
    shown = listed[:limit] if isinstance(limit, int) and limit > 0 else listed
    older = not past and (len(shown) < len(listed) or bool(chosen(mine, fixed or this_day(), True)))
    ending = "/" if town.directory_urls else ".html"
    items = []
    for each in shown:
        name = each.page.removesuffix(".md").removesuffix(f".{lang}")
        items.append((f"{base}{name}{ending}", each.title, plain_text(each.lead), each.day, each.until))
    more = f"{base}{FOLDER}/" if older else ""
    return notices(items, more, lang, say, fades=fixed is None and not past)


def in_language(found: Iterable[Notice], town: Town, lang: str) -> list[Notice]:
    """Give the notices in a language; one that is not translated in the town's own."""
    every = {each.page: each for each in found}
    own = [each for each in every.values() if town.language(each.page) == town.lang]
    return [every.get(town.path(each.page, lang), each) for each in own]


def _day(meta: Mapping[Any, Any], key: str, where: str) -> date | None:
    value = meta.get(key)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    hint = "write it like {example}"
    raise KawarabanError("`{key}: {word}` is no day", where, hint, key=key, word=value, example="2025-05-02")


def _lead(body: str) -> str:
    """Give the first paragraph, on one line."""
    paragraphs = (each.strip() for each in re.split(r"\n\s*\n", body.replace("\r\n", "\n")))
    first = next((each for each in paragraphs if each and not each.startswith(("#", "```", "!", ">", "|", "<"))), "")
    return "".join(line.strip() for line in first.split("\n"))
