"""The database as a running crawl uses it: every call in a thread, writes one after another."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from scrapy.exceptions import CloseSpider
from sqlalchemy import Connection, Engine

from newscrawl.discover.schedule import next_article_fetch
from newscrawl.errors import StoreError
from newscrawl.fetch.clock import Clock
from newscrawl.model import CleanedPage
from newscrawl.pipelines.patience import Patience
from newscrawl.store.clock import clock_offset
from newscrawl.store.crawl_record import finish_crawl, start_crawl
from newscrawl.store.engine import open_engine
from newscrawl.store.feed_state import FeedState, feed_states, feeds_of_outlet, save_feed_states
from newscrawl.store.fetch_state import FetchRecord, KnownUrl, due_urls, known_urls, record_fetches
from newscrawl.store.outlet_claims import claim_outlets, release_claims, renew_claims
from newscrawl.store.parked_hosts import parked_urls
from newscrawl.store.schema import prepare_database
from newscrawl.store.transaction import begin_read, write_with_retry
from newscrawl.store.writer import BatchResult, write_batch

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

STORE_FAILED = "store_failed"
"""finish_reason of a crawl that had to stop since the database could not be used."""


class DatabaseLost(StoreError, CloseSpider):  # noqa: N818 (as Scrapy names its own)
    """The database cannot be used. A spider that lets it through ends the crawl, without a trace."""

    def __init__(self, message: str) -> None:
        super().__init__(STORE_FAILED)
        self.args = (message,)


class CrawlDatabase:
    """One crawl's way to the database. Methods raise `StoreError` where it cannot be used.

    `patience` waits for a database that is away; `on_lost` is told where a spider's call fails for good.
    """

    def __init__(
        self,
        url: str,
        clock: Clock,
        patience: Patience,
        *,
        keep_raw: bool,
        on_lost: Callable[[StoreError], None],
    ) -> None:
        self._url = url
        self._clock = clock
        self._keep_raw = keep_raw
        self._patience = patience
        self._on_lost = on_lost
        self._engine: Engine | None = None
        self._writing = asyncio.Lock()
        self._clock_offset = timedelta()
        self.crawl_id: int | None = None

    def now(self) -> datetime:
        """Return the time by which the crawl decides: that of the database, where it has a clock of its own.

        Crawls on several machines share their schedule and their claims through it; a machine whose clock is
        a day off would take what is not due, and date its rows wrongly.
        """
        return self._clock() + self._clock_offset

    async def open(self, spider: str, arguments: Mapping[str, str]) -> None:
        """Open the database, bring it to the code's version, and write the row of this crawl."""

        def work() -> tuple[Engine, timedelta, int]:
            engine = open_engine(self._url)
            prepare_database(engine)
            offset = clock_offset(engine)
            return engine, offset, start_crawl(engine, spider, arguments, self._clock() + offset)

        self._engine, self._clock_offset, self.crawl_id = await self._patience.do(work)
        if self._clock_offset:
            logger.warning(
                "this machine's clock is %.0f s %s that of the database: the crawl goes by the database's",
                abs(self._clock_offset.total_seconds()),
                "ahead of" if self._clock_offset < timedelta() else "behind",
            )

    async def known(self, urls: Sequence[str]) -> dict[str, KnownUrl]:
        """Return what is known of each of `urls`."""
        return await self._read(lambda connection: known_urls(connection, urls)) if urls else {}

    async def feeds(self, urls: Sequence[str]) -> dict[str, FeedState]:
        """Return the state of each of the feeds (sitemaps, front pages) at `urls`."""
        return await self._read(lambda connection: feed_states(connection, urls)) if urls else {}

    async def feeds_of(self, outlet: str) -> list[FeedState]:
        """Return the state of everything that was polled for an outlet before."""
        return await self._read(lambda connection: feeds_of_outlet(connection, outlet))

    async def due(self, site: str, now: datetime, limit: int) -> list[str]:
        """Return up to `limit` URLs of a site that are due for another fetch, the longest waiting first."""
        return await self._read(lambda connection: due_urls(connection, now, limit, site))

    async def claim(self, outlets: Sequence[str]) -> set[str]:
        """Claim outlets for this crawl; return those that no other running crawl has in hand."""
        crawl_id = self._crawl
        return await self._write(lambda connection: claim_outlets(connection, outlets, crawl_id, self.now()))

    async def renew_claims(self) -> None:
        """Keep what was claimed, for as long as a claim holds."""
        crawl_id = self._crawl
        await self._write(lambda connection: renew_claims(connection, crawl_id, self.now()))

    async def release(self, outlets: Sequence[str]) -> None:
        """Let go of outlets that this crawl claimed."""
        crawl_id = self._crawl
        await self._write(lambda connection: release_claims(connection, crawl_id, outlets))

    async def end_outlet(self, outlet: str, states: Sequence[FeedState]) -> None:
        """Write the last of an outlet's work, the states of its listings, and let go of it."""
        crawl_id = self._crawl

        def work(connection: Connection) -> None:
            save_feed_states(connection, states)
            release_claims(connection, crawl_id, [outlet])

        await self._write(work)

    async def parked(self) -> dict[str, datetime]:
        """Return the URLs whose hosts asked to be left alone, and until when, as far as that is to come."""
        return await self._read(lambda connection: parked_urls(connection, self.now()))

    async def write(
        self,
        pages: Sequence[CleanedPage],
        records: Sequence[FetchRecord],
        feeds: Sequence[FeedState],
    ) -> BatchResult:
        """Commit a batch: the pages first, so that no feed counts as read before what it listed is stored.

        Waits for a database that went away or is full; where that is in vain, raises `StoreError`.
        """
        crawl_id = self.crawl_id
        stamped = [replace(record, crawl_id=crawl_id) for record in records]

        def work() -> BatchResult:
            result = BatchResult(())
            if pages:
                result = write_batch(
                    self._opened,
                    pages,
                    crawl_id=crawl_id,
                    now=self.now(),
                    keep_raw=self._keep_raw,
                    next_fetch=next_article_fetch,
                )
            if stamped or feeds:
                write_with_retry(self._opened, lambda connection: _write_states(connection, stamped, feeds))
            return result

        async with self._writing:
            return await self._patience.do(work)

    async def close(self, reason: str, stats: Mapping[str, Any]) -> None:
        """Complete the crawl's row and disconnect."""
        if self._engine is None or self.crawl_id is None:
            return
        engine, crawl_id = self._engine, self.crawl_id
        try:
            await asyncio.to_thread(
                write_with_retry, engine, lambda connection: release_claims(connection, crawl_id)
            )
            await asyncio.to_thread(finish_crawl, engine, crawl_id, reason, stats, self.now())
        finally:
            await asyncio.to_thread(engine.dispose)

    @property
    def _opened(self) -> Engine:
        assert self._engine is not None
        return self._engine

    @property
    def _crawl(self) -> int:
        assert self.crawl_id is not None
        return self.crawl_id

    async def _write(self, function: Callable[[Connection], Result]) -> Result:
        async with self._writing:
            return await self._do(lambda: write_with_retry(self._opened, function))

    async def _read(self, function: Callable[[Connection], Result]) -> Result:
        def work() -> Result:
            with begin_read(self._opened) as connection:
                return function(connection)

        return await self._do(work)

    async def _do(self, work: Callable[[], Result]) -> Result:
        try:
            return await self._patience.do(work)
        except StoreError as error:
            self._on_lost(error)
            raise DatabaseLost(str(error)) from error


def _write_states(connection: Connection, records: Sequence[FetchRecord], feeds: Sequence[FeedState]) -> None:
    record_fetches(connection, records)
    save_feed_states(connection, feeds)
