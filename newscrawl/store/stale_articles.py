"""Which stored articles are to be cleaned again: those that another version, or other rules, made."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, select

from newscrawl.store.article_tables import articles, raw_pages
from newscrawl.store.chunks import chunks

RULES_MARK = "+"
"""What stands in `articles.cleaner_version` before the mark of a sites file's rules."""

ROWS_AT_ONCE = 2_000

_HAS_PAGE = exists().where(
    raw_pages.c.article_id == articles.c.id, raw_pages.c.fetched_at == articles.c.fetched_at
)


@dataclass(frozen=True, slots=True)
class StaleArticles:
    """`pages`: id and address of the articles whose page is kept; `without_page` counts those whose is not;
    `ruled` those that were made by rules that are not known now, and are better left as they are.
    """

    pages: Mapping[int, str]
    without_page: int = 0
    ruled: int = 0


def stale_articles(
    connection: Connection,
    version_at: Callable[[str], str],
    loaded_version: str,
    site: str | None = None,
) -> StaleArticles:
    """Return the articles whose version is not the one that `version_at` gives for their address.

    Articles that were loaded, not crawled, never had a page.
    """
    table = articles.c
    query = select(table.id, table.url, table.cleaner_version, _HAS_PAGE.label("has_page")).order_by(table.id)
    if site is not None:
        query = query.where(table.site == site)
    pages: dict[int, str] = {}
    without_page = ruled = 0
    for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
        version = version_at(row.url)
        if row.cleaner_version == version:
            continue
        if RULES_MARK in row.cleaner_version and RULES_MARK not in version:
            ruled += 1
        elif row.has_page:
            pages[row.id] = row.url
        elif row.cleaner_version != loaded_version:
            without_page += 1
    return StaleArticles(pages, without_page, ruled)


def other_articles(
    connection: Connection, sites: Collection[str], stale: Collection[int]
) -> dict[str, list[int]]:
    """Return the ids of the articles of `sites` that are not among the stale ones, by site."""
    table = articles.c
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for part in chunks(sorted(sites)):
        query = select(table.site, table.id).where(table.site.in_(part)).order_by(table.id)
        for site, article_id in connection.execute(query):
            if article_id not in stale:
                ids[site].append(article_id)
    return ids
