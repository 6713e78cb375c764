"""Reading an outlet's listings: its front page, sections, feeds and sitemaps."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover import (
    ListingKind,
    NotAListingError,
    PageLinks,
    TooLargeError,
    outlet_key,
    read_links,
    read_listing,
)
from newscrawl.discover.guesses import guessed_listings
from newscrawl.fetch.robots_guard import RobotsGuard, RobotsUnreadable
from newscrawl.model import FetchStatus, PageHints
from newscrawl.spiders.base import declared_charset, failure_record, page_of, requested_url, validators
from newscrawl.spiders.candidates import (
    candidates_of_links,
    candidates_of_listing,
    is_surely_index,
    wanted_sitemaps,
)
from newscrawl.spiders.listing_states import (
    FRONT,
    GUESS,
    LISTING,
    LISTS_NEWS,
    SECTION,
    failed_state,
    is_resting,
    read_state,
    unchanged_state,
)
from newscrawl.spiders.outlet_pages import OutletPagesSpider, QueuedPages
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord

logger = logging.getLogger("newscrawl.spiders.news")  # the spider that a person started

FRONT_PRIORITY, LISTING_PRIORITY, SECTION_PRIORITY = 60, 50, 20
"""Priorities of requests for listings; those of pages are in `newscrawl.spiders.candidates`."""

FEWEST_FRONT_LINKS = 5
"""A front page with fewer links that refreshes itself to another page only leads there."""


class OutletListingsSpider(OutletPagesSpider):
    """Reads the listings of outlets, asked for changes only, and hands on the pages that they name."""

    def listing_request(self, url: str, run: OutletRun, state: FeedState | None, kind: str) -> Request:
        """Return the request for a listing, for changes only where it was read before."""
        callback = {FRONT: self._front_fetched, SECTION: self._section_fetched}.get(
            kind, self._listing_fetched
        )
        meta: dict[str, Any] = {"handle_httpstatus_list": [304]}
        if kind in (SECTION, GUESS):
            meta["outlet_key"] = outlet_key(url)  # a front page may move, a feed may stand elsewhere
        return Request(
            url,
            callback=partial(callback, run=run, state=state, kind=kind),
            errback=partial(self._listing_failed, run=run, state=state, kind=kind),
            dont_filter=True,
            priority={FRONT: FRONT_PRIORITY, SECTION: SECTION_PRIORITY}.get(kind, LISTING_PRIORITY),
            headers=validators(state.etag, state.last_modified) if state else {},
            meta=meta,
        )

    async def _front_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        self.note_reached(run)
        run.keys.add(outlet_key(response.url))
        for request in (await self.queue_pages(run, await self.due_pages(run))).requests:
            yield request
        known = await self.database.feeds_of(run.outlet.key)
        if response.status == 304:
            yield unchanged_state(response, state, run.outlet.key, self.now())
            async for request in self._ask_for_known(run, known, PageLinks((), ())):
                yield request
            sections = {feed.url: feed for feed in known if feed.kind == SECTION}
            for request in self._ask_for_sections(run, sections, sections):
                yield request
            return
        links = read_links(response.body, response.url, declared_charset(response))
        target = links.refresh_url
        if target and len(links.links) < FEWEST_FRONT_LINKS and run.covers(target) and run.asks(target):
            yield self.listing_request(target, run, None, FRONT)
        async for request in self._ask_for_known(run, known, links):
            yield request
        async for output in self._read_index(response, links, run, state, FRONT):
            yield output

    async def _section_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        if response.status == 304:
            yield unchanged_state(response, state, run.outlet.key, self.now())
            return
        links = read_links(response.body, response.url, declared_charset(response))
        async for output in self._read_index(response, links, run, state, SECTION):
            yield output
        if state is None and not is_surely_index(response.url) and run.is_new(response.url, PageHints()):
            yield page_of(response, PageHints(language=run.outlet.language), self.now())

    async def _read_index(
        self, response: Response, links: PageLinks, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Queue the articles that a page links to and, from the front page, its sections."""
        candidates, sections = candidates_of_links(links.links, response.url, run)
        batch = await self.queue_pages(run, candidates)
        yield self._read(response, run, state, kind, batch, len(links.links))
        for request in batch.requests:
            yield request
        if kind == FRONT:
            for request in self._ask_for_sections(run, sections, await self.database.feeds(sections)):
                yield request

    async def _listing_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        self.note_reached(run)
        now = self.now()
        if response.status == 304:
            run.has_news_listing |= state is not None and state.kind in LISTS_NEWS
            yield unchanged_state(response, state, run.outlet.key, now)
            return
        try:
            listing = await asyncio.to_thread(read_listing, response.body, response.url)
        except (NotAListingError, TooLargeError) as error:
            if kind != GUESS:
                logger.warning("no feed at %r: %s", response.url, error)
                self.crawler.stats.inc_value("newscrawl/feeds_broken")
            too_large = isinstance(error, TooLargeError)
            record = FetchRecord(
                url=requested_url(response),
                fetched_at=now,
                status=FetchStatus.TOO_LARGE if too_large else FetchStatus.NOT_FEED,
                http_status=response.status,
                detail=str(error),
            )
            for item in failed_listing(record, state, run, kind):
                yield item
            return
        self.crawler.stats.inc_value(f"newscrawl/listings/{listing.kind}")
        run.has_news_listing |= listing.kind in LISTS_NEWS
        if listing.problem:
            logger.info("%r is broken, read as far as possible: %s", response.url, listing.problem)
        count = len(listing.entries)
        if listing.kind == ListingKind.SITEMAP_INDEX:
            yield self._read(response, run, state, listing.kind, QueuedPages(), count)
            async for request in self._ask_for_listings(run, wanted_sitemaps(listing, self._oldest())):
                yield request
            return
        candidates = await asyncio.to_thread(candidates_of_listing, listing, run, self._oldest())
        batch = await self.queue_pages(run, candidates)
        yield self._read(response, run, state, listing.kind, batch, count, listing.problem)
        for request in batch.requests:
            yield request

    def _listing_failed(self, failure: Failure, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        request: Request = failure.request  # type: ignore[attr-defined]
        now = self.now()
        record = failure_record(failure, request, now)
        status = FetchStatus(record.status)
        if kind == FRONT:
            run.failure = f"{status} ({record.detail})"
            self.crawler.stats.inc_value("newscrawl/fronts_failed")
            if not getattr(failure.value, "is_told", False):
                logger.warning("no front page from %r: %s (%s)", run.outlet.url, status, record.detail)
        elif kind != GUESS:
            level = logging.INFO if status == FetchStatus.ROBOTS or kind == SECTION else logging.WARNING
            what = "section" if kind == SECTION else "feed"
            logger.log(level, "no %s at %r: %s (%s)", what, request.url, status, record.detail)
        yield from failed_listing(record, state, run, kind)

    def _read(
        self,
        response: Response,
        run: OutletRun,
        state: FeedState | None,
        kind: str,
        batch: QueuedPages,
        item_count: int,
        problem: str | None = None,
    ) -> FeedState:
        """Return the row of a listing that was read; its validators are kept until its pages are stored."""
        urls = [request.url for request in batch.requests]
        now = self.now()
        fresh = read_state(response, state, run.outlet.key, kind, urls, item_count, now, problem)
        return self.ledger.enter(fresh, [*urls, *batch.queued_before], is_whole=batch.is_whole)

    async def _ask_for_known(
        self, run: OutletRun, known: Sequence[FeedState], links: PageLinks
    ) -> AsyncIterator[Request]:
        """Ask for what the front page, the sites file, robots.txt and earlier runs name, or guess."""
        outlet = run.outlet
        feeds = [*outlet.feeds, *links.feeds]
        feeds += [feed.url for feed in known if feed.kind not in (FRONT, SECTION, GUESS)]
        sitemaps = [*outlet.sitemaps, *await self._sitemaps_in_robots(run)]
        async for request in self._ask_for_listings(run, [*feeds, *sitemaps]):
            yield request
        if not feeds or not sitemaps:
            guesses = guessed_listings(outlet.url, feeds=not feeds, sitemaps=not sitemaps)
            async for request in self._ask_for_listings(run, guesses, GUESS):
                yield request
        sections = await self.database.feeds(outlet.sections)
        for request in self._ask_for_sections(run, outlet.sections, sections):
            yield request

    async def _ask_for_listings(
        self, run: OutletRun, urls: Iterable[str], kind: str = LISTING
    ) -> AsyncIterator[Request]:
        wanted = [url for url in urls if run.asks(url)]
        states = await self.database.feeds(wanted)
        now = self.now()
        for url in wanted:
            if is_resting(states.get(url), now):
                continue
            if kind != GUESS:
                if run.sitemaps_left <= 0:
                    return
                run.sitemaps_left -= 1
            yield self.listing_request(url, run, states.get(url), kind)

    def _ask_for_sections(
        self, run: OutletRun, urls: Iterable[str], states: Mapping[str, FeedState]
    ) -> Iterator[Request]:
        now = self.now()
        for url in urls:
            if not is_resting(states.get(url), now) and run.sections_left > 0 and run.asks(url):
                run.sections_left -= 1
                yield self.listing_request(url, run, states.get(url), SECTION)

    async def _sitemaps_in_robots(self, run: OutletRun) -> list[str]:
        guard = self.crawler.get_downloader_middleware(RobotsGuard)
        if guard is None:
            return []
        rules = await guard.rules_for(run.outlet.url)
        return [] if isinstance(rules, RobotsUnreadable) else list(rules.sitemaps)

    def _oldest(self) -> datetime | None:
        days = self.settings.getint("NEWSCRAWL_MAX_AGE_DAYS")
        return self.now() - timedelta(days=days) if days > 0 else None


def failed_listing(
    record: FetchRecord, state: FeedState | None, run: OutletRun, kind: str
) -> Iterator[FetchRecord | FeedState]:
    """Return the rows of a listing that could not be had or is none. When it is asked for again stands in
    its row of `feeds`: in `fetches` it would be taken for a page. A guess that was wrong is no failed fetch.
    """
    if kind != GUESS:
        yield replace(record, next_fetch_at=None)
    yield failed_state(record, state, run.outlet.key, kind)
