"""The tables of crawling: what was fetched, what is polled, and which run did it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from newscrawl.store.metadata import metadata
from newscrawl.store.types import BigId, CleanText, JsonValue, UtcDateTime

crawls = Table(
    "crawls",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("spider", Text, nullable=False),
    Column("args", JsonValue, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("finish_reason", Text),
    Column("stats", JsonValue),
    Column("version", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("process_id", Integer, nullable=False),
    Index(None, "started_at"),
)

fetches = Table(
    "fetches",
    metadata,
    Column("url", CleanText, primary_key=True),
    Column("site", CleanText, nullable=False),
    Column("first_fetched_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("next_fetch_at", UtcDateTime),
    Column("http_status", Integer),
    Column("status", Text, nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("body_hash", Text),
    Column("fetch_count", Integer, nullable=False),
    Column("error_count", Integer, nullable=False),
    Column("detail", CleanText),
    Column("crawl_id", BigId, ForeignKey("crawls.id")),
    Index(None, "next_fetch_at"),
    Index(None, "site", "status"),
)

outlet_claims = Table(
    "outlet_claims",
    metadata,
    Column("outlet", CleanText, primary_key=True),
    Column("crawl_id", BigId, ForeignKey("crawls.id"), nullable=False),
    Column("claimed_until", UtcDateTime, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", CleanText, primary_key=True),
    Column("site", CleanText, nullable=False),
    Column("outlet", CleanText),  # the outlet that it was found for: feeds may stand on other hosts
    Column("kind", Text),
    Column("first_polled_at", UtcDateTime, nullable=False),
    Column("polled_at", UtcDateTime, nullable=False),
    Column("next_poll_at", UtcDateTime),
    Column("http_status", Integer),
    Column("status", Text, nullable=False),
    Column("etag", CleanText),
    Column("last_modified", CleanText),
    Column("body_hash", Text),
    Column("poll_count", Integer, nullable=False),
    Column("error_count", Integer, nullable=False),
    Column("item_count", Integer),
    Column("new_count", Integer),
    Column("last_new_at", UtcDateTime),
    Column("detail", CleanText),
    Index(None, "next_poll_at"),
    Index(None, "site"),
    Index(None, "outlet"),
)
