"""First step: a fetched page is cleaned in a worker process."""

import logging
from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.model import ArticleStatus, Page
from newscrawl.pipelines.cleaning_worker import CandidatePage, clean_candidate, uncleaned
from newscrawl.pipelines.worker_pool import WorkerDiedError, WorkerPool, WorkerTimeoutError

logger = logging.getLogger(__name__)

WORKER_MODULES = ("newscrawl.pipelines.cleaning_worker",)


class CleanPipeline:
    """Turns a `Page` into a `CandidatePage`; other items pass.

    Settings: NEWSCRAWL_CLEAN_WORKERS, NEWSCRAWL_CLEAN_TIMEOUT. Counts `newscrawl/cleaned`,
    `newscrawl/clean_timeouts`, `newscrawl/workers_died`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._timeout_s = crawler.settings.getfloat("NEWSCRAWL_CLEAN_TIMEOUT")
        self._pool: WorkerPool | None = None

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
        assert self._pool is not None
        stats = self._crawler.stats
        try:
            candidate = await self._pool.run(clean_candidate, item, timeout_s=self._timeout_s)
        except WorkerTimeoutError as error:
            stats.inc_value("newscrawl/clean_timeouts")
            logger.warning("cleaning %r %s", item.url, error)
            return uncleaned(item, ArticleStatus.TIMEOUT, "clean:timeout")
        except WorkerDiedError as error:
            stats.inc_value("newscrawl/workers_died")
            logger.warning("cleaning %r failed: %s", item.url, error)
            return uncleaned(item, ArticleStatus.TIMEOUT, "clean:worker-died")
        except Exception as error:  # a bug in cleaning costs one page, not the crawl
            stats.inc_value("newscrawl/clean_errors")
            logger.error("cleaning %r failed: %s: %s", item.url, type(error).__name__, error)
            return uncleaned(item, ArticleStatus.EMPTY, f"clean:{type(error).__name__}")
        stats.inc_value("newscrawl/cleaned")
        assert isinstance(candidate, CandidatePage)
        return candidate

    def close_spider(self) -> None:
        """Stop the workers."""
        if self._pool is not None:
            self._pool.close()
