"""A host that asks for a pause gets it: short ones are waited for, long ones park it until they are over.

The time until which it is parked stands in the row of what was asked for, and later crawls keep to it.
Settings: NEWSCRAWL_MAX_RETRY_AFTER (seconds that are waited for at most). Counts `newscrawl/pauses` and
`newscrawl/parked`. A 429 or 503 without Retry-After, and every time a host fails again, doubles the pause.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.fetch.clock import clock_of
from newscrawl.fetch.downloader import slot_of, slot_of_url
from newscrawl.fetch.refusal import RequestRefused
from newscrawl.fetch.retry_after import retry_after_s
from newscrawl.model import FetchStatus

logger = logging.getLogger(__name__)

PAUSE_STATUSES = (429, 503)
LONGEST_PARKING = timedelta(days=7)
"""The farthest `next_fetch_at` that a Retry-After can bring about."""


class PauseMiddleware:
    """Downloader middleware, nearest to the downloader: sees every answer, holds every request."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest_pause_s = crawler.settings.getfloat("NEWSCRAWL_MAX_RETRY_AFTER")
        self._default_pause_s = crawler.settings.getfloat("NEWSCRAWL_DEFAULT_PAUSE")
        self._resume_at: dict[str, float] = {}  # slot -> monotonic seconds
        self._strikes: dict[str, int] = {}
        self._parked_until: dict[str, datetime] = {}
        self._clock = clock_of(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    def park(self, until_by_url: Mapping[str, datetime]) -> None:
        """Leave the hosts of these URLs alone until the times given, as they asked an earlier crawl to."""
        for url, until in until_by_url.items():
            slot = slot_of_url(url)
            self._parked_until[slot] = max(until, self._parked_until.get(slot, until))

    def _now(self) -> datetime:
        """The time of the spider, which may go by the database's clock."""
        now: datetime = getattr(self._crawler.spider, "now", self._clock)()
        return now

    async def process_request(self, request: Request) -> None:
        """Wait out the host's pause; raise `RequestRefused` where the host is parked."""
        slot = slot_of(request)
        while True:
            until = self._parked_until.get(slot)
            if until is not None and until > self._now():
                raise _parked(until)
            wait_s = self._resume_at.get(slot, 0.0) - monotonic()
            if wait_s <= 0:
                return
            await asyncio.sleep(wait_s)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the pause that the answer asks for; raise `RequestRefused` where it is a long one."""
        slot = slot_of(request)
        if response.status not in PAUSE_STATUSES:
            self._strikes.pop(slot, None)
            return response
        now = self._now()
        header = response.headers.get("Retry-After")
        asked_s = retry_after_s(header.decode("latin-1") if header else None, now)
        if asked_s is not None and asked_s > self._longest_pause_s:
            until = now + min(timedelta(seconds=min(asked_s, 1e9)), LONGEST_PARKING)
            self._parked_until[slot] = until
            self._crawler.stats.inc_value("newscrawl/parked")
            logger.warning("%r asked to wait %.0f s: left alone until %s", slot, asked_s, _minute(until))
            raise _parked(until)
        strikes = self._strikes.get(slot, 0)
        self._strikes[slot] = strikes + 1
        pause_s = max(asked_s or 0.0, self._default_pause_s * 2.0**strikes)
        pause_s = min(pause_s, self._longest_pause_s)
        self._resume_at[slot] = max(self._resume_at.get(slot, 0.0), monotonic() + pause_s)
        self._crawler.stats.inc_value("newscrawl/pauses")
        logger.info("%r answered %d: pausing it for %.1f s", slot, response.status, pause_s)
        return response


def _parked(until: datetime) -> RequestRefused:
    return RequestRefused(FetchStatus.PARKED, f"the host asked to wait until {_minute(until)}", until)


def _minute(when: datetime) -> str:
    return when.isoformat(timespec="minutes")
