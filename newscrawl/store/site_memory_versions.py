"""The memory of each site as a whole: its version, whether every stored article has it, and its window.

`version` counts changes of what is known of a site. `applied_version` is the version that all stored articles
of the site agree with; it lags behind where a change could not reach all of them (older articles than the
window holds, or a command that was stopped), and `scrapy reclean` then catches up.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import Connection, case, delete, select, update

from newscrawl.store.article_tables import articles
from newscrawl.store.bulk import execute_rows
from newscrawl.store.chunks import chunks
from newscrawl.store.site_memory_tables import site_memory, site_sightings
from newscrawl.store.upsert import Insert, insert_for, insert_into

WINDOW_ARTICLES = 400
"""Articles of a site, the newest, whose sightings are kept at least; trimmed at twice as many. About 12 rows
of 50 bytes an article. A block that does not recur on three of 400 articles in a row is not worth a rule."""


def note_changes(connection: Connection, sites: Collection[str], *, applied: bool = True) -> None:
    """Count a change of what is known of `sites`. `applied`: every stored article within reach has it."""
    rows = [_new_row(site) for site in sorted(sites)]
    connection.execute(insert_into(connection, site_memory).on_conflict_do_nothing(), rows)
    table = site_memory.c
    # Articles that were trimmed out of the window may hold the block: for them `applied_version` stays.
    all_reached = (table.applied_version == table.version) & (table.trimmed_article_id == 0)
    after = case((all_reached, table.version + 1), else_=table.applied_version)
    values = {"version": table.version + 1}
    for part in chunks(sorted(sites)):
        connection.execute(
            update(site_memory)
            .where(table.site.in_(part))
            .values(values | ({"applied_version": after} if applied else {}))
        )


def note_applied(connection: Connection, site: str, version: int) -> None:
    """Note that all stored articles of `site` agree with `version` of its memory."""
    table = site_memory.c
    statement = update(site_memory).where(table.site == site, table.applied_version < version)
    connection.execute(statement.values(applied_version=version))


def window_counts(connection: Connection, sites: Collection[str]) -> dict[str, int]:
    """Return how many articles of each of `sites` are within the reach of its sightings."""
    table = site_memory.c
    counts: dict[str, int] = {}
    for part in chunks(sorted(sites)):
        query = select(table.site, table.article_count - table.trimmed_count).where(table.site.in_(part))
        counts.update((row[0], int(row[1])) for row in connection.execute(query))
    return counts


def memory_version(connection: Connection, site: str) -> int:
    """Return how often what is known of `site` has changed."""
    return connection.scalar(select(site_memory.c.version).where(site_memory.c.site == site)) or 0


def lagging_sites(connection: Connection) -> dict[str, int]:
    """Return the sites some of whose stored articles may not have the newest memory, with its version."""
    table = site_memory.c
    statement = select(table.site, table.version).where(table.applied_version < table.version)
    return {row.site: row.version for row in connection.execute(statement.order_by(table.site))}


def note_articles(connection: Connection, counts: Mapping[str, int]) -> None:
    """Count new articles by site, and forget where blocks were seen in articles out of the site's window."""
    if not counts:
        return
    rows = [_new_row(site) | {"article_count": count} for site, count in sorted(counts.items())]
    execute_rows(connection, _count_articles(connection.dialect.name), rows)
    table = site_memory.c
    full = select(table.site, table.trimmed_article_id).where(
        table.site.in_(sorted(counts)), table.article_count - table.trimmed_count >= 2 * WINDOW_ARTICLES
    )
    for site, trimmed_article_id in connection.execute(full).all():
        _trim(connection, site, trimmed_article_id)


@lru_cache(maxsize=2)
def _count_articles(dialect: str) -> Insert:
    statement = insert_for(dialect, site_memory)
    count = site_memory.c.article_count + statement.excluded.article_count
    return statement.on_conflict_do_update(index_elements=["site"], set_={"article_count": count})


def _trim(connection: Connection, site: str, after_id: int) -> None:
    statement = select(articles.c.id).where(articles.c.site == site, articles.c.id > after_id)
    ids = sorted(connection.scalars(statement))[:-WINDOW_ARTICLES]
    if not ids:
        return
    for part in chunks(ids):
        connection.execute(delete(site_sightings).where(site_sightings.c.article_id.in_(part)))
    table = site_memory.c
    connection.execute(
        update(site_memory)
        .where(table.site == site)
        .values(trimmed_article_id=ids[-1], trimmed_count=table.article_count - WINDOW_ARTICLES)
    )


def _new_row(site: str) -> dict[str, str | int]:
    names = ("version", "applied_version", "article_count", "trimmed_count", "trimmed_article_id")
    return {"site": site, **dict.fromkeys(names, 0)}
