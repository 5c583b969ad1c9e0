"""The catalogue: every dataset, by theme. A page of its own, and the list that a `catalogue` fence shows."""

from collections.abc import Callable, Sequence
from html import escape

from kawaraban.kinds.entry import Entry
from kawaraban.model import Page
from kawaraban.views.text import iso_text

PATH = "datasets/index.md"


def by_theme(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Give the datasets by theme, in the order the themes are met; those without one come last."""
    themes: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: each.dataset.theme == ""):
        themes.setdefault(entry.dataset.theme, []).append(entry)
    return themes


def catalogue_page(entries: Sequence[Entry], fill: Callable[..., str]) -> Page:
    """Give the page that lists every dataset."""
    return Page(PATH, fill("pages/catalogue.md.j2", themes=by_theme(entries), path=PATH), PATH)


def catalogue_table(
    entries: Sequence[Entry], say: Callable[[str], str], lang: str, base: str, word: Callable[[str], str] = str
) -> str:
    """Give the datasets as a table: title, rows, formats, updated, state."""
    head = "".join(
        f"<th scope='col'{' class=kb-n' if number else ''}>{escape(say(word))}</th>"
        for word, number in (("Dataset", 0), ("Rows", 1), ("Format", 0), ("Updated", 0), ("State", 0))
    )
    rows = []
    for entry in entries:
        title, other = _titles(entry, lang)
        state = _state(entry, say, lang)
        updated = (
            f'<time datetime="{escape(entry.updated)}">{escape(iso_text(entry.updated, lang))}</time>'
            if entry.updated
            else "—"
        )
        rows_word, form_word, updated_word = (escape(say(word)) for word in ("Rows", "Format", "Updated"))
        rows.append(
            f"<tr><th scope='row'><a href=\"{base}datasets/{escape(entry.dataset.slug)}/\">{escape(title)}</a>"
            f"{other}</th>"
            f'<td class=kb-n data-label="{rows_word}">{entry.rows:,}</td>'
            f'<td data-label="{form_word}">{escape(", ".join(entry.formats))}</td>'
            f'<td data-label="{updated_word}"{"" if entry.updated else " class=kb-absent"}>{updated}</td>'
            f"<td>{state}</td></tr>"
        )
    themes = {entry.dataset.theme for entry in entries}
    label = escape(word(themes.pop()) or say("Other") if len(themes) == 1 else say("Datasets"))
    return (
        f'<div class="kb-scroll" role="region" tabindex="0" aria-label="{label}">'
        '<table class="kb-table kb-catalogue">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def catalogue_list(
    entries: Sequence[Entry], say: Callable[[str], str], lang: str, base: str, word: Callable[[str], str] = str
) -> str:
    """Give the datasets as a short list by theme, for a front page; `word` translates the names of themes."""
    parts = []
    for theme, members in by_theme(entries).items():
        items = []
        for entry in members:
            title, _ = _titles(entry, lang)
            rows = f"{say('{count} rows').format(count=f'{entry.rows:,}')} · {', '.join(entry.formats)}"
            rows = rows if entry.formats else ""  # a dashboard shows other datasets and has no rows
            held = f" · {_state(entry, say, lang)}" if entry.held else ""
            items.append(
                f'<li><a href="{base}datasets/{escape(entry.dataset.slug)}/">{escape(title)}</a> '
                f'<span class="kb-small">{escape(rows)}{held}</span></li>'
            )
        name = word(theme) if theme else say("Other")
        parts.append(f'<section class="kb-theme"><h3>{escape(name)}</h3><ul>{"".join(items)}</ul></section>')
    more = f'<p class="kb-more"><a href="{base}datasets/">{escape(say("All datasets"))}</a></p>'
    return f'<div class="kb-themes">{"".join(parts)}</div>{more}'


def _titles(entry: Entry, lang: str) -> tuple[str, str]:
    """Give the title, and the one in the other language as a small line."""
    title = entry.translated(lang).get("title")
    other = "en" if lang == "ja" else "" if lang.startswith("ja") or not title else "ja"
    second = entry.dataset.title if other == "ja" else entry.translated(other).get("title")
    small = f'<span class="kb-small" lang="{other}">{escape(str(second))}</span>' if second else ""
    return str(title or entry.dataset.title), small


def _state(entry: Entry, say: Callable[[str], str], lang: str) -> str:
    if not entry.held:
        return escape(say("published"))
    if entry.as_of:
        shown = say("held; the version of {date} is shown").format(date=iso_text(entry.as_of, lang))
        return f'<span class="kb-held">{escape(shown)}</span>'
    return f'<span class="kb-held">{escape(say("held"))}</span>'
