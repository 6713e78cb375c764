"""What a person sees of a crawl: one line at each usual log interval, and one at the end."""

import logging
from time import monotonic
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

logger = logging.getLogger(__name__)


def progress_line(stats: dict[str, Any], pages_per_minute: float) -> str:
    """Return the line for a crawl under way."""
    waiting = stats.get("scheduler/enqueued", 0) - stats.get("scheduler/dequeued", 0)
    parts = [
        f"{stats.get('response_received_count', 0)} answers",
        f"{stats.get('newscrawl/cleaned', 0)} pages cleaned",
        f"{stats.get('newscrawl/articles/new', 0)} articles new",
        f"{failed_count(stats)} failed",
        f"{waiting} requests waiting",
        f"{pages_per_minute:.0f} pages a minute",
    ]
    if outlets := stats.get("newscrawl/outlets"):
        parts.insert(0, f"{stats.get('newscrawl/outlets_done', 0)} of {outlets} sites done")
    return ", ".join(parts)


def summary_line(stats: dict[str, Any], reason: str) -> str:
    """Return the line for a crawl that has ended."""
    changed = stats.get("newscrawl/articles/text", 0) + stats.get("newscrawl/articles/details", 0)
    parts = [
        f"{stats.get('newscrawl/articles/new', 0)} articles new",
        f"{changed} changed",
        f"{stats.get('newscrawl/articles/seen', 0)} seen again",
        f"{stats.get('newscrawl/articles/not_article', 0)} pages no articles",
        f"{failed_count(stats)} failed",
    ]
    if stats.get("newscrawl/outlets"):
        parts.append(
            f"{stats.get('newscrawl/outlets_reached', 0)} of {stats['newscrawl/outlets']} sites reached"
        )
    if stats.get("newscrawl/over_budget"):
        parts.append(f"{stats['newscrawl/over_budget']} left for the next run")
    return f"crawl {reason}: " + ", ".join(parts)


def failed_count(stats: dict[str, Any]) -> int:
    """Return how many pages could not be had."""
    return sum(value for key, value in stats.items() if key.startswith("newscrawl/failed/"))


class Progress:
    """Extension in the place of LogStats. Setting: LOGSTATS_INTERVAL (seconds; 0: no lines)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._interval_s = crawler.settings.getfloat("LOGSTATS_INTERVAL")
        self._task: Any = None
        self._last = (monotonic(), 0)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        """Begin to tell."""
        if self._interval_s > 0:
            self._task = create_looping_call(self._tell)
            self._task.start(self._interval_s, now=False)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Tell how it ended."""
        if self._task is not None and self._task.running:
            self._task.stop()
        logger.info("%s", summary_line(self._crawler.stats.get_stats(), reason))

    def _tell(self) -> None:
        stats = self._crawler.stats.get_stats()
        then, count = self._last
        now, pages = monotonic(), stats.get("newscrawl/cleaned", 0)
        self._last = (now, pages)
        logger.info("%s", progress_line(stats, 60 * (pages - count) / max(now - then, 1e-9)))
