"""First step: a fetched page is cleaned in a worker process."""

import asyncio
import logging
from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.model import ArticleStatus, FetchStatus, Page
from newscrawl.pipelines.cleaning_worker import CandidatePage, clean_candidate, uncleaned
from newscrawl.pipelines.multilingual import wants_embeddings
from newscrawl.pipelines.worker_pool import (
    WorkerDiedError,
    WorkerPool,
    WorkersBrokenError,
    WorkerTimeoutError,
)
from newscrawl.store.fetch_state import FetchRecord

logger = logging.getLogger(__name__)

WORKERS_FAILED = "workers_failed"
"""finish_reason of a crawl whose worker processes could not be started."""

WORKER_MODULES = ("newscrawl.clean", "newscrawl.stories", "newscrawl.pipelines.cleaning_worker")
"""What every worker starts with."""


class CleanPipeline:
    """Turns a `Page` into a `CandidatePage`; other items pass.

    Settings: NEWSCRAWL_CLEAN_WORKERS, NEWSCRAWL_CLEAN_TIMEOUT, NEWSCRAWL_MULTILINGUAL. Counts
    `newscrawl/cleaned`, `newscrawl/clean_timeouts`, `newscrawl/workers_died`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._timeout_s = crawler.settings.getfloat("NEWSCRAWL_CLEAN_TIMEOUT")
        self._embed = wants_embeddings(crawler.settings)
        self._pool: WorkerPool | None = None
        self._broken = False
        self._closing: asyncio.Future[None] | None = None  # kept, or it might be collected half way

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Start the workers."""
        self._pool = WorkerPool(self._crawler.settings.getint("NEWSCRAWL_CLEAN_WORKERS"), WORKER_MODULES)

    async def process_item(self, item: Any) -> Any:
        """Clean a page. A page that kills or outlasts its worker gets a status; the crawl goes on."""
        if not isinstance(item, Page):
            return item
        stats = self._crawler.stats
        try:
            candidate = await self._clean(item)
        except WorkerTimeoutError as error:
            stats.inc_value("newscrawl/clean_timeouts")
            logger.warning("cleaning %r %s", item.url, error)
            return uncleaned(item, ArticleStatus.TIMEOUT, "clean:timeout")
        except WorkerDiedError as error:
            logger.warning("cleaning %r failed twice: %s", item.url, error)
            return uncleaned(item, ArticleStatus.TIMEOUT, "clean:worker-died")
        except WorkersBrokenError as error:
            return self._give_up(item, error)
        except Exception as error:  # a bug in cleaning costs one page, not the crawl
            stats.inc_value("newscrawl/clean_errors")
            logger.error("cleaning %r failed: %s: %s", item.url, type(error).__name__, error)
            return unstored(item, f"cleaning failed: {type(error).__name__}: {error}"[:300])
        stats.inc_value("newscrawl/cleaned")
        return candidate

    async def _clean(self, page: Page) -> CandidatePage:
        assert self._pool is not None
        try:
            return await self._pool.run(clean_candidate, page, self._embed, timeout_s=self._timeout_s)
        except WorkerDiedError:
            # Killed from outside, perhaps: the page gets a second chance, as its siblings do.
            self._crawler.stats.inc_value("newscrawl/workers_died")
            return await self._pool.run(clean_candidate, page, self._embed, timeout_s=self._timeout_s)

    def _give_up(self, page: Page, error: WorkersBrokenError) -> FetchRecord:
        if not self._broken:
            self._broken = True
            logger.error("no page can be cleaned, the crawl ends: %s", error)
            engine = self._crawler.engine
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=WORKERS_FAILED))
        return unstored(page, "no worker process could be started")

    def close_spider(self) -> None:
        """Stop the workers."""
        if self._pool is not None:
            self._pool.close()


def unstored(page: Page, reason: str) -> FetchRecord:
    """Return the record of a page that was fetched and could not be cleaned for a reason of our own: the
    next run fetches it again.
    """
    return FetchRecord(
        url=page.requested_url,
        fetched_at=page.fetched_at,
        status=FetchStatus.ERROR,
        http_status=page.http_status,
        detail=reason,
    )
