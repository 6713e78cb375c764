"""Reading an outlet's feeds and sitemaps, and what becomes of listings that cannot be had."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover import (
    ListingKind,
    NotAListingError,
    PageLinks,
    TooLargeError,
    origin_of,
    read_links,
    read_listing,
)
from newscrawl.model import FetchStatus
from newscrawl.spiders.answers import declared_charset, failure_record, requested_url
from newscrawl.spiders.candidates import candidates_of_listing, wanted_sitemaps
from newscrawl.spiders.listing_states import FRONT, GUESS, LISTS_NEWS, SECTION, failed_state
from newscrawl.spiders.outlet_listings import OutletListingsSpider
from newscrawl.spiders.outlet_pages import QueuedPages
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord

logger = logging.getLogger("newscrawl.spiders.news")  # the spider that a person started

HOST_IS_AWAY = frozenset({FetchStatus.UNREACHABLE, FetchStatus.REFUSED, FetchStatus.PARKED})
"""Outcomes of a front page after which nothing else is asked of its host."""


class OutletFeedsSpider(OutletListingsSpider):
    """Reads feeds and sitemaps, and hands on the pages that they name."""

    async def listing_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Read a feed or sitemap."""
        if (unchanged := self.unchanged(response, state, run)) is not None:
            yield unchanged
            return
        try:
            listing = await asyncio.to_thread(read_listing, response.body, response.url)
        except (NotAListingError, TooLargeError) as error:
            async for output in self._no_listing(error, response, run, state, kind):
                yield output
            return
        self.crawler.stats.inc_value(f"newscrawl/listings/{listing.kind}")
        run.has_news_listing |= listing.kind in LISTS_NEWS
        if listing.problem:
            logger.info("%r is broken, read as far as possible: %s", response.url, listing.problem)
        count = len(listing.entries)
        if listing.kind == ListingKind.SITEMAP_INDEX:
            yield self.read(response, run, state, listing.kind, QueuedPages(), count)
            async for request in self.ask_for(run, wanted_sitemaps(listing, self.oldest())):
                yield request
            return
        candidates = await asyncio.to_thread(candidates_of_listing, listing, run, self.oldest())
        batch = await self.queue_pages(run, candidates)
        yield self.read(response, run, state, listing.kind, batch, count, listing.problem)
        for request in batch.requests:
            yield request

    async def _no_listing(
        self,
        error: NotAListingError | TooLargeError,
        response: Response,
        run: OutletRun,
        state: FeedState | None,
        kind: str,
    ) -> AsyncIterator[Any]:
        """Record what is no feed. Where it is a page about the feeds of the site, ask for those."""
        if kind != GUESS:
            logger.warning("no feed at %r: %s", response.url, error)
            self.crawler.stats.inc_value("newscrawl/feeds_broken")
        too_large = isinstance(error, TooLargeError)
        record = FetchRecord(
            url=requested_url(response),
            fetched_at=self.now(),
            status=FetchStatus.TOO_LARGE if too_large else FetchStatus.NOT_FEED,
            http_status=response.status,
            detail=str(error),
        )
        for item in self.failed_listing(record, state, run, kind):
            yield item
        if isinstance(error, NotAListingError) and error.is_html:
            links = read_links(response.body, response.url, declared_charset(response))
            async for request in self.ask_for(run, [*links.feeds, *links.feed_anchors], GUESS):
                yield request

    async def listing_failed(
        self, failure: Failure, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Record why a listing could not be had. Feeds are asked for without their front page, too."""
        request: Request = failure.request  # type: ignore[attr-defined]
        record = failure_record(failure, request, self.now())
        status = FetchStatus(record.status)
        is_told = bool(getattr(failure.value, "is_told", False))
        if kind == FRONT:
            run.failure = f"{status} ({record.detail})"
            self.crawler.stats.inc_value("newscrawl/fronts_failed")
            if not is_told:
                logger.warning("no front page from %r: %s (%s)", run.outlet.url, status, record.detail)
        elif kind != GUESS:
            level = logging.INFO if status == FetchStatus.ROBOTS or kind == SECTION else logging.WARNING
            what = "section" if kind == SECTION else "feed"
            logger.log(level, "no %s at %r: %s (%s)", what, request.url, status, record.detail)
        for item in self.failed_listing(record, state, run, kind):
            yield item
        if kind != FRONT:
            return
        if status in HOST_IS_AWAY or is_told:
            home = origin_of(run.outlet.url)
            named = [*run.outlet.feeds, *run.outlet.sitemaps]
            async for next_request in self.ask_for(run, [url for url in named if origin_of(url) != home]):
                yield next_request
            return
        for next_request in await self.due_pages(run):
            yield next_request
        async for next_request in self.ask_for_listings(run, run.outlet.url, PageLinks()):
            yield next_request

    def failed_listing(
        self, record: FetchRecord, state: FeedState | None, run: OutletRun, kind: str
    ) -> Iterator[FetchRecord | FeedState]:
        """Return the rows of a listing that could not be had or is none. When it is asked for again stands in
        its row of `feeds`: in `fetches` it would be taken for a page. A guess that was wrong is no failed
        fetch.
        """
        if kind != GUESS:
            yield replace(record, next_fetch_at=None)
        yield failed_state(record, state, run.outlet.key, kind, self.poll_bounds)
