"""How much a database holds (`scrapy db stats`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Table, func, select

from newscrawl.store.article_tables import articles, raw_pages
from newscrawl.store.crawl_tables import crawls, fetches
from newscrawl.store.tables import metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Counts of one database. `size_bytes` is what it takes on disk, index and log included."""

    revision: str | None
    size_bytes: int
    rows: Mapping[str, int]
    articles_by_status: Mapping[str, int]
    articles_by_relation: Mapping[str, int]
    fetches_by_status: Mapping[str, int]
    site_count: int
    text_characters: int
    raw_bytes: int
    raw_bytes_compressed: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    last_crawl_at: datetime | None


def read_statistics(connection: Connection, revision: str | None) -> Statistics:
    """Return the counts of the database. Cost: one pass over each table."""
    seen = connection.execute(
        select(
            func.min(articles.c.first_seen_at),
            func.max(articles.c.last_seen_at),
            func.count(articles.c.site.distinct()),
            func.coalesce(func.sum(func.length(articles.c.text)), 0),
        )
    ).one()
    raw = connection.execute(
        select(
            func.coalesce(func.sum(raw_pages.c.body_size), 0),
            func.coalesce(func.sum(func.length(raw_pages.c.body)), 0),
        )
    ).one()
    return Statistics(
        revision=revision,
        size_bytes=_size_bytes(connection),
        rows={table.name: _count(connection, table) for table in metadata.sorted_tables},
        articles_by_status=_by(connection, articles.c.status),
        articles_by_relation=_by(connection, articles.c.relation),
        fetches_by_status=_by(connection, fetches.c.status),
        site_count=int(seen[2]),
        text_characters=int(seen[3]),
        raw_bytes=int(raw[0]),
        raw_bytes_compressed=int(raw[1]),
        first_seen_at=seen[0],
        last_seen_at=seen[1],
        last_crawl_at=connection.scalar(select(func.max(crawls.c.started_at))),
    )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _by(connection: Connection, column: Column[str]) -> dict[str, int]:
    rows = connection.execute(
        select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
    )
    return {str(value): int(number) for value, number in rows if value is not None}


def _size_bytes(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)
    path = Path(connection.engine.url.database or "")
    return sum(part.stat().st_size for part in (path, path.with_name(path.name + "-wal")) if part.exists())
