"""Whether a site is known at all: a name that was mistyped is an error, not a site without articles."""

from sqlalchemy import Connection, exists, or_, select

from newscrawl.errors import NewscrawlError
from newscrawl.store.article_tables import articles
from newscrawl.store.crawl_tables import feeds, fetches


def require_site(connection: Connection, site: str) -> None:
    """Raise `NewscrawlError` unless an article, a fetch or a feed of `site` is stored. Cost: three seeks."""
    known = or_(*(exists().where(table.c.site == site) for table in (articles, fetches, feeds)))
    if not connection.execute(select(known)).scalar():
        raise NewscrawlError(f"no site {site!r} is known here: `scrapy status` lists those that are")
