"""Which feeds, sitemaps and sections of an outlet are asked for: named, configured, known or guessed."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover import PageLinks, origin_of, outlet_key
from newscrawl.discover.guesses import guessed_listings
from newscrawl.discover.schedule import PollBounds
from newscrawl.fetch.robots_guard import RobotsGuard, RobotsUnreadable
from newscrawl.fetch.tdm_reservations import MAY_BE_PAGE
from newscrawl.spiders.answers import validators
from newscrawl.spiders.listing_states import (
    FRONT,
    GUESS,
    LISTING,
    LISTS_NEWS,
    SECTION,
    is_listing_due,
    is_resting,
    read_state,
    unchanged_state,
)
from newscrawl.spiders.outlet_pages import OutletPagesSpider, QueuedPages
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState
from newscrawl.store.keys import bytes_digest

FRONT_PRIORITY, LISTING_PRIORITY, SECTION_PRIORITY = 60, 50, 20
"""Priorities of requests for listings; those of pages are in `newscrawl.spiders.candidates`."""


class OutletListingsSpider(OutletPagesSpider):
    """Asks for the listings of outlets, for changes only where they were read before."""

    only_due: bool

    def front_fetched(self, response: Response, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        """Deal with a front page."""
        raise NotImplementedError

    def section_fetched(self, response: Response, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        """Deal with a section page."""
        raise NotImplementedError

    def listing_fetched(self, response: Response, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        """Deal with what is, or should be, a feed or sitemap."""
        raise NotImplementedError

    def listing_failed(self, failure: Failure, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        """Deal with a listing of any kind that could not be had."""
        raise NotImplementedError

    def listing_request(self, url: str, run: OutletRun, state: FeedState | None, kind: str) -> Request:
        """Return the request for a listing, for changes only where it was read before."""
        callback = {FRONT: self.front_fetched, SECTION: self.section_fetched}.get(kind, self.listing_fetched)
        meta: dict[str, Any] = {
            "handle_httpstatus_list": [304],
            MAY_BE_PAGE: kind == SECTION and state is None,
        }
        if kind in (SECTION, GUESS):
            meta["outlet_key"] = outlet_key(url)  # a front page may move, a feed may stand elsewhere
        request = Request(
            url,
            callback=partial(callback, run=run, state=state, kind=kind),
            errback=partial(self.listing_failed, run=run, state=state, kind=kind),
            dont_filter=True,
            priority={FRONT: FRONT_PRIORITY, SECTION: SECTION_PRIORITY}.get(kind, LISTING_PRIORITY),
            headers=validators(state.etag, state.last_modified) if state else {},
            meta=meta,
        )
        return self.tracked(request, run)

    async def ask_for_listings(
        self, run: OutletRun, front_url: str, links: PageLinks, *, early: bool = False
    ) -> AsyncIterator[Request]:
        """Ask for what the front page, the sites file, robots.txt and earlier runs name, or guess.

        `front_url` is where the front page was found, which may be another host than the one asked. `early`:
        also for feeds and sitemaps that are not due, since there is something new for them to tell of.
        """
        outlet = run.outlet
        known = await self.database.feeds_of(outlet.key)
        feeds = [*outlet.feeds, *links.feeds]
        feeds += [feed.url for feed in known if feed.kind not in (FRONT, SECTION, GUESS)]
        sitemaps = [*outlet.sitemaps, *await self._sitemaps_in_robots(outlet.url, front_url)]
        async for request in self.ask_for(run, [*feeds, *sitemaps], early=early):
            yield request
        async for request in self.ask_for(run, links.feed_anchors, GUESS):
            yield request
        has_feeds = bool(feeds or links.feed_anchors)
        if not has_feeds or not sitemaps:
            guesses = guessed_listings(front_url, feeds=not has_feeds, sitemaps=not sitemaps)
            async for request in self.ask_for(run, guesses, GUESS):
                yield request
        sections = await self.database.feeds(outlet.sections)
        for request in self.ask_for_sections(run, outlet.sections, sections):
            yield request

    async def ask_for(
        self, run: OutletRun, urls: Iterable[str], kind: str = LISTING, *, early: bool = False
    ) -> AsyncIterator[Request]:
        """Ask for feeds and sitemaps: each once a run, none that is to be left alone, within the budget."""
        wanted = [url for url in urls if run.asks(url)]
        states = await self.database.feeds(wanted)
        for url in wanted:
            state = states.get(url)
            if self._is_left_alone(run, state, early=early):
                continue
            if run.sitemaps_left <= 0:
                return
            run.sitemaps_left -= 1
            yield self.listing_request(url, run, state, kind)

    def ask_for_sections(
        self, run: OutletRun, urls: Iterable[str], states: Mapping[str, FeedState]
    ) -> Iterator[Request]:
        """Ask for sections, as `ask_for` does for feeds."""
        for url in urls:
            if run.sections_left <= 0:
                return
            if run.asks(url) and not self._is_left_alone(run, states.get(url)):
                run.sections_left -= 1
                yield self.listing_request(url, run, states.get(url), SECTION)

    def unchanged(self, response: Response, state: FeedState | None, run: OutletRun) -> FeedState | None:
        """Return the new state of a listing that has not changed since all of it was dealt with, by what the
        server says or byte for byte; None where there is something to read.
        """
        if response.status != 304 and (state is None or state.body_hash != bytes_digest(response.body)):
            return None
        run.tally.unchanged += 1
        run.has_news_listing |= state is not None and state.kind in LISTS_NEWS
        return unchanged_state(response, state, run.outlet.key, self.now(), self.poll_bounds)

    def read(
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
        named = [*(request.url for request in batch.requests), *batch.queued_before]
        new_count = sum(url in run.fresh for url in named)  # whichever listing of this run named it first
        fresh = read_state(
            response,
            state,
            run.outlet.key,
            kind,
            new_count,
            item_count,
            self.now(),
            self.poll_bounds,
            problem,
        )
        return run.ledger.enter(fresh, named, is_whole=batch.is_whole)

    @property
    def poll_bounds(self) -> PollBounds:
        """How often listings are looked at, by the settings."""
        return PollBounds(
            first=timedelta(seconds=self.settings.getfloat("NEWSCRAWL_FIRST_POLL")),
            shortest=timedelta(seconds=self.settings.getfloat("NEWSCRAWL_SHORTEST_POLL")),
            longest=timedelta(seconds=self.settings.getfloat("NEWSCRAWL_LONGEST_POLL")),
            longest_dead=timedelta(seconds=self.settings.getfloat("NEWSCRAWL_DEAD_FEED_POLL")),
        )

    def oldest(self) -> datetime | None:
        """Return the time before which what large sitemaps list is left alone, if there is one."""
        days = self.settings.getint("NEWSCRAWL_MAX_AGE_DAYS")
        return self.now() - timedelta(days=days) if days > 0 else None

    def _is_left_alone(self, run: OutletRun, state: FeedState | None, *, early: bool = False) -> bool:
        now = self.now()
        rests = is_resting(state, now)
        if not rests and self.only_due and not early and state is not None:
            rests = not is_listing_due(state, run.outlet, now)
        run.tally.left_alone += rests
        return rests

    async def _sitemaps_in_robots(self, *urls: str) -> Sequence[str]:
        guard = self.crawler.get_downloader_middleware(RobotsGuard)
        if guard is None:
            return ()
        found: dict[str, None] = {}
        for origin in dict.fromkeys(origin_of(url) for url in urls):
            rules = await guard.rules_for(f"{origin}/")
            if not isinstance(rules, RobotsUnreadable):
                found.update(dict.fromkeys(rules.sitemaps))
        return tuple(found)


def asked_as(state: FeedState) -> str:
    """Return what a listing of an earlier run is asked for as."""
    return state.kind if state.kind in (FRONT, SECTION, GUESS) else LISTING
