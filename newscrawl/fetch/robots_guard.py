"""robots.txt is asked for before anything else of an origin, and who cannot answer is not crawled.

Scrapy's own middleware lets requests through while robots.txt is on its way, and all of them when it
fails. Here every waiter awaits the same answer; a server error, a time-out or a broken answer means that
nothing is fetched (RFC 9309, 2.3.1.4); 4xx means that there are no rules (2.3.1.3). Crawl-delay is kept
up to NEWSCRAWL_MAX_CRAWL_DELAY. Settings: ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT. Counts
`newscrawl/robots_forbidden` and `newscrawl/robots_unreadable`.
"""

import asyncio
import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, NotConfigured
from scrapy.http.request import NO_CALLBACK

from newscrawl.discover import RobotsRules, origin_of, read_robots
from newscrawl.discover.robots import ALLOW_ALL
from newscrawl.fetch.outcome import explain_failure
from newscrawl.fetch.refusal import RequestRefused
from newscrawl.fetch.throttle import slow_down
from newscrawl.model import FetchStatus

logger = logging.getLogger(__name__)

ROBOTS_PRIORITY = 1_000
ROBOTS_RETRIES = 1

NO_ANSWER = (CannotResolveHostError, DownloadConnectionRefusedError)
"""Failures that say of the whole host, not of its robots.txt, that it is not there. A name that resolves
inside has its own status."""


class RobotsUnreadable:
    """robots.txt could not be read: nothing of the origin is fetched. `cause` keeps what went wrong."""

    def __init__(self, cause: RequestRefused) -> None:
        self.cause = cause


class RobotsGuard:
    """Downloader middleware in the place of RobotsTxtMiddleware."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        settings = crawler.settings
        self._agent: str = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        self._longest_delay_s = settings.getfloat("NEWSCRAWL_MAX_CRAWL_DELAY")
        self._timeout_s = settings.getfloat("NEWSCRAWL_ROBOTS_TIMEOUT")
        self._answers: dict[str, asyncio.Task[RobotsRules | RobotsUnreadable]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass once robots.txt allows it, or raise `RequestRefused`."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self.rules_for(request.url)
        if isinstance(rules, RobotsUnreadable):
            cause = rules.cause
            raise RequestRefused(cause.status, cause.detail, cause.until, is_told=True)
        delay_s = rules.crawl_delay_s(self._agent)
        if delay_s:
            slow_down(self._crawler, request, min(delay_s, self._longest_delay_s))
        if not rules.allows(request.url, self._agent):
            self._crawler.stats.inc_value("newscrawl/robots_forbidden")
            raise RequestRefused(FetchStatus.ROBOTS, "forbidden by robots.txt")

    async def rules_for(self, url: str) -> RobotsRules | RobotsUnreadable:
        """Return the rules of the URL's origin, fetched once a crawl, whoever asks at the same time."""
        origin = origin_of(url)
        if origin not in self._answers:
            self._answers[origin] = asyncio.ensure_future(self._fetch(origin))
        return await asyncio.shield(self._answers[origin])

    async def _fetch(self, origin: str) -> RobotsRules | RobotsUnreadable:
        request = Request(
            f"{origin}/robots.txt",
            priority=ROBOTS_PRIORITY,
            callback=NO_CALLBACK,
            meta={
                "dont_obey_robotstxt": True,
                "download_timeout": self._timeout_s,
                "max_retry_times": ROBOTS_RETRIES,
            },
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # whatever it was, it closes the origin
            return self._unreadable(origin, error)
        if 200 <= response.status < 300:
            return read_robots(response.body, response.url)
        if 400 <= response.status < 500 and response.status != 429:
            return ALLOW_ALL
        return self._unreadable(origin, RequestRefused(FetchStatus.ROBOTS, f"HTTP status {response.status}"))

    def _unreadable(self, origin: str, error: Exception) -> RobotsUnreadable:
        self._crawler.stats.inc_value("newscrawl/robots_unreadable")
        status, detail, until = explain_failure(error)
        if isinstance(error, NO_ANSWER) and status != FetchStatus.REFUSED:
            status = FetchStatus.UNREACHABLE
        elif status not in (FetchStatus.PARKED, FetchStatus.REFUSED):
            status, detail = FetchStatus.ROBOTS, f"robots.txt cannot be read: {detail}"
        logger.warning("%r is not crawled: %s", origin, detail)
        return RobotsUnreadable(RequestRefused(status, detail, until, is_told=True))
