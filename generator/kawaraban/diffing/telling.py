"""`Difference`s of datasets -> text for a terminal, Markdown for a pull request, HTML, CSV, JSON: see WRITERS."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from kawaraban.diffing.difference import Change, Difference
from kawaraban.languages import translator
from kawaraban.reporting.characters import plain

Say = Callable[[str], str]
Told = Mapping[str, Sequence[Difference]]  # slug -> its resources
LONGEST = 60  # letters of a cell


def text(told: Told, lang: str) -> str:
    """Give what changed as lines for a terminal."""
    say = translator(lang)
    lines: list[str] = []
    for slug, each in told.items():
        for one in each:
            lines.append(f"{slug}" if one.name == slug else f"{slug}/{one.name}")
            lines += [f"  {line}" for line in (*_summary(one, say), *_rows(one, say))]
            lines.append("")
    return "\n".join(lines) if lines else say("Nothing changed in the data.") + "\n"


def markdown(told: Told, lang: str) -> str:
    """Give what changed as Markdown, the rows folded."""
    say = translator(lang)
    parts: list[str] = []
    for slug, each in told.items():
        for one in each:
            name = slug if one.name == slug else f"{slug}/{one.name}"
            parts.append(f"### `{name}`\n")
            parts += [f"- {_md(line)}" for line in _summary(one, say)]
            rows = list(_rows(one, say))
            if rows:
                listed = "\n".join(f"- {_md(line)}" for line in rows)
                parts.append(
                    f"\n<details><summary>{escape(say('The first rows'))}</summary>\n\n{listed}\n\n</details>"
                )
            parts.append("")
    return "\n".join(parts) if parts else say("Nothing changed in the data.") + "\n"


def html(told: Told, lang: str) -> str:
    """Give what changed as a page of its own, without a script."""
    say = translator(lang)
    body = []
    for slug, each in told.items():
        for one in each:
            name = slug if one.name == slug else f"{slug}/{one.name}"
            body.append(f"<h2>{escape(name)}</h2><ul>")
            body += [f"<li>{escape(line)}</li>" for line in _summary(one, say)]
            body.append("</ul>")
            rows = "".join(f"<li>{escape(line)}</li>" for line in _rows(one, say))
            body.append(f"<details open><summary>{escape(say('The first rows'))}</summary><ul>{rows}</ul></details>")
    title = escape(say("What changed in the data"))
    shown = "".join(body) or f"<p>{escape(say('Nothing changed in the data.'))}</p>"
    return (
        f'<!doctype html><html lang="{escape(lang.partition("-")[0])}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><h1>{title}</h1>{shown}</body></html>\n"
    )


def table(told: Told, lang: str) -> str:  # noqa: ARG001 - the words are those of the data
    """Give the first changed cells as CSV: dataset, resource, what, key, column, before, after."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["dataset", "resource", "change", "key", "column", "before", "after"])
    for slug, each in told.items():
        for one in each:
            for row in one.first_added:
                writer.writerows(
                    [slug, one.name, "added", _key(row, one), name, "", cell] for name, cell in row.items()
                )
            for row in one.first_removed:
                writer.writerows(
                    [slug, one.name, "removed", _key(row, one), name, cell, ""] for name, cell in row.items()
                )
            for change in one.first_changed:
                key = ";".join(change.key.values())
                writer.writerows(
                    [slug, one.name, "changed", key, name, *pair] for name, pair in change.columns.items()
                )
    return out.getvalue()


def as_json(told: Told, lang: str) -> str:  # noqa: ARG001 - for programs
    """Give what changed as JSON: a list of datasets, each with its resources."""
    listed: list[dict[str, Any]] = [
        {"dataset": slug, "resources": [one.as_json() for one in each]} for slug, each in told.items()
    ]
    return json.dumps({"datasets": listed}, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Told, str], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
    "html": html,
    "csv": table,
}


def _summary(one: Difference, say: Say) -> Iterator[str]:
    if one.state == "new":
        yield say("new, {count} rows").format(count=f"{one.rows_after:,}")
        return
    if one.state == "gone":
        yield say("gone, it had {count} rows").format(count=f"{one.rows_before:,}")
        return
    yield say("{before} rows before, {after} now: {added} added, {removed} removed, {changed} changed").format(
        before=f"{one.rows_before:,}", after=f"{one.rows_after:,}", added=f"{one.added:,}",
        removed=f"{one.removed:,}", changed=f"{one.changed:,}",
    )  # fmt: skip
    if one.key:
        yield say("rows are known again by {names}").format(names=", ".join(map(plain, one.key)))
    elif one.changed or one.added or one.removed:
        yield say("no column tells the rows apart; equal rows are matched, the others by what resembles them")
    for words, names in (("new columns: {names}", one.columns_added), ("columns gone: {names}", one.columns_removed)):
        if names:
            yield say(words).format(names=", ".join(map(plain, names)))
    for old, new in one.renamed.items():
        yield say("the column “{old}” is now called “{new}”").format(old=plain(old), new=plain(new))
    for name, (old, new) in one.types.items():
        yield say("“{name}” was {old} and is {new}").format(name=plain(name), old=say(old), new=say(new))
    for total in one.totals:
        yield say("the sum of “{name}”: {before} → {after} ({change})").format(
            name=plain(total.column), before=_number(total.before), after=_number(total.after),
            change=f"{'+' if total.after > total.before else '−'}{_number(abs(total.after - total.before))}",
        )  # fmt: skip
    for name, (come, gone) in one.categories.items():
        if come:
            yield say("new in “{name}”: {words}").format(name=plain(name), words=", ".join(map(plain, come[:20])))
        if gone:
            yield say("no longer in “{name}”: {words}").format(
                name=plain(name), words=", ".join(map(plain, gone[:20]))
            )


def _rows(one: Difference, say: Say) -> Iterator[str]:
    for change in one.first_changed:
        yield f"~ {_changed(change)}"
    yield from _more(one.changed, len(one.first_changed), "{count} more changed rows", say)
    for sign, rows, count, words in (
        ("+", one.first_added, one.added, "{count} more added rows"),
        ("-", one.first_removed, one.removed, "{count} more removed rows"),
    ):
        for row in rows:
            yield f"{sign} {', '.join(_cell(cell) for cell in row.values() if cell)}"
        yield from _more(count if rows else 0, len(rows), words, say)


def _more(count: int, shown: int, words: str, say: Say) -> Iterator[str]:
    if count > shown:
        yield f"  {say(words).format(count=f'{count - shown:,}')}"


def _changed(change: Change) -> str:
    key = ", ".join(map(_cell, change.key.values()))
    cells = "; ".join(f"{plain(name)}: {_cell(old)} → {_cell(new)}" for name, (old, new) in change.columns.items())
    return f"{key}: {cells}" if key else cells


def _cell(cell: str) -> str:
    shown = plain(cell)
    return f"{shown[:LONGEST]}…" if len(shown) > LONGEST else shown or "∅"


def _key(row: Mapping[str, str], one: Difference) -> str:
    return ";".join(row.get(name, "") for name in one.key)


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:,}"


def _md(line: str) -> str:
    """Give a line as Markdown shows it: nothing in it is markup."""
    return escape(line, quote=False).replace("|", "\\|").replace("`", "\\`").replace("*", "\\*").replace("_", "\\_")
