"""Fetch one page as a crawl would: the same guards, robots.txt and limits; nothing is stored."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import SETTINGS_PRIORITIES, Settings
from twisted.python.failure import Failure

from newscrawl.errors import NewscrawlError
from newscrawl.fetch import explain_failure
from newscrawl.model import Page, PageHints
from newscrawl.spiders.answers import page_of

NOT_STORED: dict[str, Any] = {"ITEM_PIPELINES": {}}
"""What differs from a crawl."""

LOG_LEVEL = "ERROR"
"""What is logged where nobody asked for more (`-L`)."""


class OnePageSpider(Spider):
    """Asks for one page and puts the answer into `outcome`: a `Page`, or a line on what went wrong."""

    name = "one_page"

    def __init__(self, url: str, outcome: list[Page | str]) -> None:
        super().__init__(self.name)
        self._url = url
        self._outcome = outcome

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the page."""
        yield Request(self._url, callback=self.fetched, errback=self.failed, dont_filter=True)

    async def fetched(self, response: Response) -> None:
        """Keep the page."""
        self._outcome.append(page_of(response, PageHints(), datetime.now(UTC)))

    async def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        assert failure.value is not None
        status, detail, _ = explain_failure(failure.value)
        self._outcome.append(f"{status}: {detail}")


def fetch_one_page(settings: Settings, url: str) -> Page:
    """Return the page at `url`. Raises NewscrawlError where it cannot be had, with the reason.

    Starts and ends the reactor: once in a process.
    """
    settings = settings.copy()
    settings.setdict(NOT_STORED, priority="cmdline")
    if (settings.getpriority("LOG_LEVEL") or 0) < SETTINGS_PRIORITIES["cmdline"]:
        settings.set("LOG_LEVEL", LOG_LEVEL, priority="cmdline")
    outcome: list[Page | str] = []
    process = AsyncCrawlerProcess(settings)
    process.crawl(OnePageSpider, url=url, outcome=outcome)
    process.start()
    if not outcome or isinstance(outcome[0], str):
        raise NewscrawlError(f"no page from {url!r}: {outcome[0] if outcome else 'the crawl was stopped'}")
    return outcome[0]
