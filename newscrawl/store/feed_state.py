"""What is known of each feed and sitemap: when it was polled, what it brought, when it is due."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, case, select

from newscrawl.model import site_of
from newscrawl.store.chunks import chunks
from newscrawl.store.crawl_tables import feeds
from newscrawl.store.keys import index_key
from newscrawl.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """The latest poll of one feed, sitemap or index page.

    `status` is a `FetchStatus`; `kind` a slug such as `rss`, `atom`, `sitemap`, `front`; `item_count` and
    `new_count` are of this poll; `error_count` counts failed polls in a row. `outlet` names the outlet that
    it was found for (`newscrawl.discover.outlet_key`).
    """

    url: str
    polled_at: datetime
    status: str
    outlet: str | None = None
    kind: str | None = None
    next_poll_at: datetime | None = None
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    error_count: int = 0
    item_count: int | None = None
    new_count: int | None = None
    last_new_at: datetime | None = None
    detail: str | None = None


_COLUMNS = tuple(feeds.c[field.name] for field in fields(FeedState))


def feed_states(connection: Connection, urls: Iterable[str]) -> dict[str, FeedState]:
    """Return the state of each of `urls` that was polled before."""
    by_key = {index_key(url): url for url in urls}
    found = {}
    for part in chunks(by_key):
        for row in connection.execute(select(*_COLUMNS).where(feeds.c.url.in_(part))).mappings():
            url = by_key[row["url"]]
            found[url] = FeedState(**(dict(row) | {"url": url}))
    return found


def feeds_of_outlet(connection: Connection, outlet: str) -> list[FeedState]:
    """Return the state of everything that was ever polled for one outlet, in the order of the URLs."""
    query = select(*_COLUMNS).where(feeds.c.outlet == outlet).order_by(feeds.c.url)
    return [FeedState(**row) for row in connection.execute(query).mappings()]


def save_feed_states(connection: Connection, states: Sequence[FeedState]) -> None:
    """Write the states as they are, over what the feeds' rows held before.

    The state of one poll may be written twice (what was new turns out later); its time tells that it is one.
    """
    latest = {state.url: state for state in states}
    if not latest:
        return
    insert = insert_into(connection, feeds)
    replaced = {field.name: insert.excluded[field.name] for field in fields(FeedState) if field.name != "url"}
    is_same_poll = feeds.c.polled_at == insert.excluded.polled_at
    polls = case((is_same_poll, feeds.c.poll_count), else_=feeds.c.poll_count + 1)
    statement = insert.on_conflict_do_update(
        index_elements=[feeds.c.url], set_=replaced | {"poll_count": polls}
    )
    rows = [
        asdict(latest[url])
        | {
            "url": index_key(url),
            "site": site_of(url),
            "status": str(latest[url].status),
            "first_polled_at": latest[url].polled_at,
            "poll_count": 1,
        }
        for url in sorted(latest)
    ]
    connection.execute(statement, rows)
