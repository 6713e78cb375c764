"""No scheme but http and https, no host that is an address inside: on the first hop and on every next.

Names are checked when they are resolved (`newscrawl.fetch.resolver`); this guard refuses what its
spelling already tells, before robots.txt is asked for. Setting: NEWSCRAWL_ALLOW_LOOPBACK.
"""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.fetch.addresses import refusal_of_host
from newscrawl.fetch.refusal import RequestRefused
from newscrawl.model import FetchStatus


class AddressGuard:
    """Downloader middleware. Counts `newscrawl/refused`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allow_loopback = crawler.settings.getbool("NEWSCRAWL_ALLOW_LOOPBACK")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise `RequestRefused`."""
        parts = urlparse_cached(request)
        try:
            reason = (
                f"scheme {parts.scheme!r}"
                if parts.scheme not in ("http", "https")
                else refusal_of_host(parts.hostname or "", allow_loopback=self._allow_loopback)
            )
        except ValueError:
            reason = "broken URL"
        if reason is not None:
            self._crawler.stats.inc_value("newscrawl/refused")
            raise RequestRefused(FetchStatus.REFUSED, reason)
