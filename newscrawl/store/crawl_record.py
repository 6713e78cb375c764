"""One row a run: which spider, with which arguments, how it ended, with which stats."""

import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, update

from newscrawl import __version__
from newscrawl.store.crawl_tables import crawls
from newscrawl.store.transaction import write_with_retry


def start_crawl(engine: Engine, spider: str, args: Mapping[str, Any], now: datetime | None = None) -> int:
    """Write that a crawl has begun; return its id. A row without `finished_at` is running, or was killed."""
    row = {
        "spider": spider,
        "args": plain(dict(args)),
        "started_at": now or datetime.now(UTC),
        "version": __version__,
        "host": socket.gethostname(),
        "process_id": os.getpid(),
    }

    def write(connection: Connection) -> int:
        return int(connection.execute(insert(crawls).returning(crawls.c.id), row).scalar_one())

    return write_with_retry(engine, write)


def finish_crawl(
    engine: Engine, crawl_id: int, reason: str, stats: Mapping[str, Any], now: datetime | None = None
) -> None:
    """Write how the crawl ended. `stats` are Scrapy's; what JSON has no form for is written as text."""
    values = {
        "finished_at": now or datetime.now(UTC),
        "finish_reason": reason,
        "stats": plain(dict(stats)),
    }

    def write(connection: Connection) -> None:
        connection.execute(update(crawls).where(crawls.c.id == crawl_id).values(**values))

    write_with_retry(engine, write)


def plain(value: Any) -> Any:
    """Return `value` in JSON's types: times as ISO 8601, tuples and sets as lists, the rest as text.

    >>> plain({"a": (1, datetime(2026, 1, 2, tzinfo=UTC))})
    {'a': [1, '2026-01-02T00:00:00+00:00']}
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)
