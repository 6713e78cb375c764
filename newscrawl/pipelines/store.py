"""Third step: what was found is stored, in batches, one transaction each, in a thread.

A page is done only when its transaction is committed: until then its item stays in this pipeline, and the
crawl does not end. When the database goes away, the crawl waits for it with what it holds.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from newscrawl.errors import NewscrawlError, StoreError
from newscrawl.fetch.clock import clock_of
from newscrawl.model import CleanedPage
from newscrawl.pipelines.crawl_database import STORE_FAILED, CrawlDatabase
from newscrawl.pipelines.patience import Patience
from newscrawl.store.article_rows import Change
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord
from newscrawl.store.writer import PageResult

logger = logging.getLogger(__name__)

StoreItem = CleanedPage | FetchRecord | FeedState


@dataclass(slots=True)
class Waiting:
    """An item on its way into the database, and who waits for that."""

    item: StoreItem
    done: asyncio.Future[PageResult | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class StorePipeline:
    """Stores `CleanedPage`, `FetchRecord` and `FeedState` items. Keeps the crawl's row in `crawls`.

    Settings: NEWSCRAWL_DATABASE_URL, NEWSCRAWL_DATABASE_WAIT, NEWSCRAWL_KEEP_RAW, NEWSCRAWL_BATCH_PAGES,
    NEWSCRAWL_BATCH_DELAY. Counts `newscrawl/articles/CHANGE` (new, text, details, seen ...),
    `newscrawl/batches`, `newscrawl/store_failed`.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._batch_pages = settings.getint("NEWSCRAWL_BATCH_PAGES")
        self._batch_delay_s = settings.getfloat("NEWSCRAWL_BATCH_DELAY")
        self._waiting: list[Waiting] = []
        self._wake = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closing = False
        self._error: NewscrawlError | None = None
        self.database = CrawlDatabase(
            settings["NEWSCRAWL_DATABASE_URL"],
            clock_of(settings),
            Patience(settings.getfloat("NEWSCRAWL_DATABASE_WAIT"), self._hold_requests, self._is_stopping),
            keep_raw=settings.getbool("NEWSCRAWL_KEEP_RAW"),
            on_lost=self._note_lost,
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        """Open the database (made or upgraded where needed) and write that a crawl has begun."""
        spider = self._crawler.spider
        assert spider is not None
        try:
            await self.database.open(spider.name, getattr(spider, "arguments_given", {}))
        except NewscrawlError as error:
            self._note_lost(error)  # one clear line, the trace helps nobody
            raise CloseSpider(STORE_FAILED) from None
        self._writer = asyncio.ensure_future(self._write_batches())

    async def process_item(self, item: Any) -> Any:
        """Return the item once it is committed."""
        if not isinstance(item, StoreItem):
            return item
        if self._error is not None:
            raise DropItem(f"the database cannot be written: {self._error}", log_level="DEBUG")
        waiting = Waiting(item)
        self._waiting.append(waiting)
        self._wake.set()
        result = await waiting.done
        if result is not None:
            self._crawler.stats.inc_value(f"newscrawl/articles/{result.change.name.lower()}")
            if result.change is Change.FAILED:
                raise DropItem("the row could not be written", log_level="DEBUG")
        return item

    async def close_spider(self) -> None:
        """Write what is left, and what the spider kept for the end (`closing_records`)."""
        closing_records = getattr(self._crawler.spider, "closing_records", None)
        if closing_records is not None and self._error is None and self._writer is not None:
            self._waiting.extend(Waiting(record) for record in await closing_records())
        self._closing = True
        self._wake.set()
        if self._writer is not None:
            await self._writer

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Complete the crawl's row and let the database go."""
        stats = {key: value for key, value in self._crawler.stats.get_stats().items() if value is not None}
        try:
            await self.database.close(reason, stats)
        except NewscrawlError as error:
            self._note_lost(error)

    def _hold_requests(self, is_waiting: bool) -> None:
        """Ask for no more pages while nothing can be stored."""
        engine = self._crawler.engine
        if engine is None:
            return
        if is_waiting:
            engine.pause()
        else:
            engine.unpause()

    def _is_stopping(self) -> bool:
        return self._error is not None or not self._crawler.crawling

    def _note_lost(self, error: NewscrawlError) -> None:
        """Tell, once, that the database cannot be used; from then on nothing is taken."""
        if self._error is None:
            self._error = error
            self._crawler.stats.inc_value("newscrawl/store_failed")
            logger.error("%s", error)

    async def _write_batches(self) -> None:
        while not (self._closing and not self._waiting):
            if not self._waiting:
                self._wake.clear()
                await self._wake.wait()
                continue
            await self._collect()
            batch, self._waiting = self._waiting[: self._batch_pages], self._waiting[self._batch_pages :]
            await self._write(batch)

    async def _collect(self) -> None:
        """Wait until a batch is full, time is up, or the crawl is closing."""
        deadline = monotonic() + self._batch_delay_s
        while len(self._waiting) < self._batch_pages and not self._closing:
            left_s = deadline - monotonic()
            if left_s <= 0:
                return
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), left_s)
            except TimeoutError:
                return

    async def _write(self, batch: list[Waiting]) -> None:
        pages = [waiting for waiting in batch if isinstance(waiting.item, CleanedPage)]
        rest = [waiting for waiting in batch if not isinstance(waiting.item, CleanedPage)]
        try:
            result = await self.database.write(
                [w.item for w in pages if isinstance(w.item, CleanedPage)],
                [w.item for w in rest if isinstance(w.item, FetchRecord)],
                [w.item for w in rest if isinstance(w.item, FeedState)],
            )
        except Exception as error:  # whoever waits must learn of it, whatever it is
            await self._fail(batch, error)
            return
        self._crawler.stats.inc_value("newscrawl/batches")
        for waiting, outcome in zip(pages, result.pages, strict=True):
            waiting.done.set_result(outcome)
        for waiting in rest:
            waiting.done.set_result(None)

    async def _fail(self, batch: list[Waiting], error: Exception) -> None:
        if not isinstance(error, NewscrawlError):
            logger.exception("writing a batch failed")
            error = StoreError(f"writing failed: {type(error).__name__}")
        self._note_lost(error)
        for waiting in (*batch, *self._waiting):
            waiting.done.set_exception(DropItem(str(error), log_level="DEBUG"))
        self._waiting = []
        self._closing = True
        task = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=STORE_FAILED))
        task.add_done_callback(lambda _: None)
