"""Which pages a site reserves from mining in its tdmrep.json: asked for once a crawl and origin, before the
first page of it is given on. A file that is not there, or cannot be had, reserves nothing.
"""

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK

from newscrawl.discover import origin_of
from newscrawl.discover.tdmrep import TDMREP_PATH, TdmRules, read_tdmrep
from newscrawl.fetch.robots_guard import ROBOTS_PRIORITY

TDMREP_HEADER = "tdmrep.json"
"""Stands among a page's headers, with the value 1, where its site's file reserves it."""


class TdmReservations:
    """Knows the tdmrep.json of every origin that a crawl fetched pages of."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._answers: dict[str, asyncio.Task[TdmRules]] = {}

    async def headers_for(self, url: str) -> tuple[tuple[str, str], ...]:
        """Return what is to stand among the headers of the page at `url`."""
        origin = origin_of(url)
        if origin not in self._answers:
            self._answers[origin] = asyncio.ensure_future(self._fetch(origin))
        rules = await asyncio.shield(self._answers[origin])
        return ((TDMREP_HEADER, "1"),) if rules.reserves(url) else ()

    async def _fetch(self, origin: str) -> TdmRules:
        request = Request(
            origin + TDMREP_PATH,
            priority=ROBOTS_PRIORITY,
            callback=NO_CALLBACK,
            meta={"max_retry_times": 1},
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception:  # whatever it was: robots.txt forbids it, too large, no answer
            return TdmRules()
        return read_tdmrep(response.body) if response.status == 200 else TdmRules()
