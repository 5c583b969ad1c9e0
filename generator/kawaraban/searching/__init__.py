"""What the site's search finds: the built pages, and the rows of tables, by the words that people look for."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from kawaraban.model import Dataset, Table
from kawaraban.searching.index import Record, write_index
from kawaraban.searching.pages import sections
from kawaraban.searching.rows import Row, searched, within

Published = Sequence[tuple[Dataset, Sequence[Table]]]  # the datasets of a site with the tables that it shows


def write_search(
    site: Path, published: Published, last: Sequence[str] = (), languages: Sequence[str] = ("ja",)
) -> int:
    """Write the index of a built site; give how many records it holds. Pages below `last` are found last.

    The pages of the first language stand at the top of the site, those of the others in a folder of that name.
    """
    words: dict[str, str] = {}
    rows: list[Sequence[Row]] = []
    for dataset, tables in published:
        found = [searched(dataset, table) for table in tables]
        rows += [each.rows for each in found]
        labels = [each.label for table in tables for each in table.fields]
        words[dataset.slug] = " ".join([*labels, *(word for each in found for word in each.words)])
    titles = {dataset.slug: dataset.title for dataset, _ in published}
    pages = list(_pages(site, titles, words, tuple(last), languages))
    places = {(each.of, each.title) for each in pages if each.kind == "row"}
    named = (_row(each, titles, languages) for each in within(rows) if (titles[each.slug], each.name) not in places)
    return write_index(site, [*pages, *named])


def _pages(
    site: Path,
    titles: Mapping[str, str],
    words: Mapping[str, str],
    last: tuple[str, ...],
    languages: Sequence[str],
) -> Iterator[Record]:
    """Give the records of the built pages, in the order of their paths."""
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        url = "/" + path.removesuffix("index.html")
        lang = path.partition("/")[0]
        lang, path = (lang, path.partition("/")[2]) if lang in languages[1:] else (languages[0], path)
        if path == "404.html" or path.startswith("cards/"):  # a card is found on its page
            continue
        steps = path.removesuffix("index.html").removesuffix(".html").strip("/").split("/")
        of_dataset = steps[0] == "datasets" and len(steps) > 1 and steps[1] in titles
        kind = ("dataset" if len(steps) == 2 else "row") if of_dataset else "page"
        title = ""
        for part in sections(file.read_text(encoding="utf-8"), whole=of_dataset):
            title = title or part.title
            yield Record(
                url=f"{url}#{part.anchor}" if part.anchor else url,
                title=part.title or title,
                of=titles[steps[1]] if kind == "row" else title if part.anchor else "",
                text=part.text,
                more=words[steps[1]] if kind == "dataset" else "",
                kind=kind,
                last=bool(last) and path.startswith(last),
                languages=(lang,),
            )


def _row(row: Row, titles: Mapping[str, str], languages: Sequence[str]) -> Record:
    """Give the record of a row. The browser goes to the first place on the page where its name stands.

    It is found in every language: search.js leads to the page in the reader's own.
    """
    name = quote(row.name, safe="")
    return Record(
        url=f"/datasets/{row.slug}/?q={name}#:~:text={name}",
        title=row.name,
        of=titles[row.slug],
        text=row.text,
        kind="row",
        languages=tuple(languages),
    )
