"""Which hosts asked to be left alone, and until when: what one crawl was told, the next knows."""

from datetime import datetime

from sqlalchemy import Connection, select

from newscrawl.model import FetchStatus
from newscrawl.store.crawl_tables import feeds, fetches


def parked_urls(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Return the URLs at which a host asked for a pause that lasts, each with its end."""
    of_pages = select(fetches.c.url, fetches.c.next_fetch_at).where(
        fetches.c.status == FetchStatus.PARKED, fetches.c.next_fetch_at > now
    )
    of_feeds = select(feeds.c.url, feeds.c.next_poll_at).where(
        feeds.c.status == FetchStatus.PARKED, feeds.c.next_poll_at > now
    )
    return {row[0]: row[1] for query in (of_pages, of_feeds) for row in connection.execute(query)}
