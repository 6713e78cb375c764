"""Which pages a site reserves from mining in its tdmrep.json: asked for once a crawl and origin, before the
first page of it. A file that is not there, or cannot be had, reserves nothing.

The page's own request waits for it, as it does for robots.txt, so that a host never has two at a time.
"""

import asyncio
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from newscrawl.discover import origin_of
from newscrawl.discover.tdmrep import TDMREP_PATH, TdmRules, read_tdmrep

TDMREP_HEADER = "tdmrep.json"
"""Stands among a page's headers, with the value 1, where its site's file reserves it."""
MAY_BE_PAGE = "may_be_page"
"""In the meta of a request whose answer may be stored as an article."""

TDMREP_PRIORITY = 900
TDMREP_RETRIES = 1


class TdmReservations:
    """Downloader middleware. Knows the tdmrep.json of every origin that pages are asked of."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answers: dict[str, asyncio.Task[TdmRules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request for a page pass once the file of its site is read."""
        if request.meta.get(MAY_BE_PAGE):
            await self._rules_for(request.url)

    async def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """Return what is to stand among the headers of the page at `url`, which was asked for."""
        if origin_of(url) not in self._answers:
            return ()
        return ((TDMREP_HEADER, "1"),) if (await self._rules_for(url)).reserves(url) else ()

    async def _rules_for(self, url: str) -> TdmRules:
        origin = origin_of(url)
        if origin not in self._answers:
            self._answers[origin] = asyncio.ensure_future(self._fetch(origin))
        return await asyncio.shield(self._answers[origin])

    async def _fetch(self, origin: str) -> TdmRules:
        request = Request(
            origin + TDMREP_PATH,
            priority=TDMREP_PRIORITY,
            callback=NO_CALLBACK,
            meta={"max_retry_times": TDMREP_RETRIES},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:  # whatever it was: robots.txt forbids it, too large, no answer
            return TdmRules()
        return read_tdmrep(response.body) if response.status == 200 else TdmRules()
