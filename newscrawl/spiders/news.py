"""`scrapy crawl news -a url=A,B`: finds and fetches what is new on each site.

An outlet's front page, feeds, news sitemaps and robots.txt's Sitemap lines are read (asked for changes
only, where they were read before); what they list and the database does not know is fetched; section pages
that the front page links to are read for more links, one level deep. All of it within the outlet's budget.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover import (
    Listing,
    ListingKind,
    NotAListingError,
    Outlet,
    TooLargeError,
    UrlKind,
    judge_url,
    read_links,
    read_listing,
)
from newscrawl.discover.guesses import guessed_listings
from newscrawl.discover.schedule import MOST_FAILURES, is_due, next_poll, next_poll_after_failure
from newscrawl.errors import ConfigError
from newscrawl.fetch.robots_guard import RobotsGuard, RobotsUnreadable
from newscrawl.model import CleanedPage, FetchStatus, PageHints, site_of
from newscrawl.spiders.arguments import read_urls
from newscrawl.spiders.base import (
    NewscrawlSpider,
    declared_charset,
    failure_record,
    header_text,
    requested_url,
    validators,
)
from newscrawl.spiders.feed_ledger import FeedLedger
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord, KnownUrl
from newscrawl.store.keys import bytes_digest

logger = logging.getLogger(__name__)

FRONT, SECTION, GUESS = "front", "section", "guess"
"""Values of `feeds.kind` beside the kinds of listings."""

FRONT_PRIORITY, LISTING_PRIORITY, SECTION_PRIORITY, LISTED_PRIORITY, LINKED_PRIORITY, MAYBE_PRIORITY = (
    60, 50, 20, 30, 10, 0,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be fetched: where it was found, and how sure it is to be an article."""

    url: str
    hints: PageHints
    priority: int


class NewsSpider(NewscrawlSpider):
    """Crawls news outlets for what is new."""

    name = "news"
    known_arguments = frozenset({"url"})

    def read_arguments(self, given: Mapping[str, str]) -> None:
        """Take `url`."""
        if "url" not in given:
            raise ConfigError("the spider 'news' needs -a url=URL,URL")
        outlets: dict[str, Outlet] = {}
        for url in read_urls(given["url"], "url"):
            outlets.setdefault(Outlet(url).key, Outlet(url))
        self.outlets = tuple(outlets.values())
        self.runs: list[OutletRun] = []
        self.ledger = FeedLedger()

    def connect_signals(self, crawler: Crawler) -> None:
        """Learn of every page that is stored."""
        crawler.signals.connect(self._item_stored, signal=signals.item_scraped)

    def closing_records(self) -> Iterable[FeedState]:
        """Return what is to be stored last: the validators of the listings that were dealt with wholly."""
        return self.ledger.settled_states()

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each outlet's front page."""
        settings = self.settings
        states = await self.database.feeds([outlet.url for outlet in self.outlets])
        self.crawler.stats.set_value("newscrawl/outlets", len(self.outlets))
        for outlet in self.outlets:
            run = OutletRun(
                outlet,
                pages_left=settings.getint("NEWSCRAWL_SITE_BUDGET"),
                listed_left=settings.getint("NEWSCRAWL_LISTED_BUDGET"),
                sections_left=settings.getint("NEWSCRAWL_SECTION_BUDGET"),
                sitemaps_left=settings.getint("NEWSCRAWL_MAX_SITEMAPS"),
            )
            self.runs.append(run)
            run.asks(outlet.url)
            yield self._listing_request(
                outlet.url, run, states.get(outlet.url), kind=FRONT, priority=FRONT_PRIORITY
            )

    # -- listings of all kinds: front pages, sections, feeds, sitemaps -------------------------------------

    def _listing_request(
        self,
        url: str,
        run: OutletRun,
        state: FeedState | None,
        *,
        kind: str,
        priority: int = LISTING_PRIORITY,
    ) -> Request:
        callback = {FRONT: self._front_fetched, SECTION: self._section_fetched}.get(
            kind, self._listing_fetched
        )
        meta: dict[str, Any] = {"handle_httpstatus_list": [304]}
        if kind in (SECTION, GUESS):
            meta["outlet_key"] = run.outlet.key  # a front page may move, a feed may stand elsewhere
        return Request(
            url,
            callback=partial(callback, run=run, state=state, kind=kind),
            errback=partial(self._listing_failed, run=run, state=state, kind=kind),
            dont_filter=True,
            priority=priority,
            headers=validators(state.etag, state.last_modified) if state else {},
            meta=meta,
        )

    async def _front_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        self._reached(run)
        run.keys.add(Outlet(response.url).key)
        for request in await self._page_requests(run, await self._due_pages(run)):
            yield request
        known = await self.database.feeds_of(run.outlet.key)
        known_feeds = [feed.url for feed in known if feed.kind not in (FRONT, SECTION, GUESS)]
        if response.status == 304:
            yield unchanged(state, response, run)
            async for request in self._ask_for_listings(
                run, [*known_feeds, *await self._sitemaps_in_robots(run)]
            ):
                yield request
            states = {feed.url: feed for feed in known if feed.kind == SECTION}
            for request in self._ask_for_sections(run, states, states):
                yield request
            return
        links = read_links(response.body, response.url, declared_charset(response))
        named = [*links.feeds, *known_feeds]
        sitemaps = await self._sitemaps_in_robots(run)
        async for request in self._ask_for_listings(run, [*named, *sitemaps]):
            yield request
        if not named or not sitemaps:
            guesses = guessed_listings(response.url, feeds=not named, sitemaps=not sitemaps)
            async for request in self._ask_for_listings(run, guesses, kind=GUESS):
                yield request
        async for output in self._read_index(response, run, state, kind=FRONT):
            yield output

    async def _section_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        if response.status == 304:
            yield unchanged(state, response, run)
            return
        async for output in self._read_index(response, run, state, kind=SECTION):
            yield output

    async def _read_index(
        self, response: Response, run: OutletRun, state: FeedState | None, *, kind: str
    ) -> AsyncIterator[Any]:
        """Queue the articles that a page links to and, from the front page, its sections."""
        links = read_links(response.body, response.url, declared_charset(response)).links
        hints = PageHints(found_in=response.url)
        candidates, sections = [], []
        for link in links:
            if not run.covers(link.url):
                continue
            verdict = judge_url(link.url, link.text, in_navigation=link.in_navigation)
            if verdict.kind == UrlKind.ARTICLE:
                candidates.append(Candidate(link.url, hints, LINKED_PRIORITY))
            elif verdict.kind == UrlKind.MAYBE:
                candidates.append(Candidate(link.url, hints, MAYBE_PRIORITY))
            elif verdict.kind == UrlKind.SECTION and "root" not in verdict.reasons:
                sections.append(link.url)
        requests = await self._page_requests(run, candidates)
        yield self._listing_read(
            response, run, state, kind, [request.url for request in requests], len(links)
        )
        for request in requests:
            yield request
        if kind == FRONT:
            states = await self.database.feeds(sections)
            for request in self._ask_for_sections(run, sections, states):
                yield request

    async def _listing_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        self._reached(run)
        if response.status == 304:
            run.listings_read += 1
            yield unchanged(state, response, run)
            return
        try:
            listing = await asyncio.to_thread(read_listing, response.body, response.url)
        except (NotAListingError, TooLargeError) as error:
            too_large = isinstance(error, TooLargeError)
            status = FetchStatus.TOO_LARGE if too_large else FetchStatus.NOT_FEED
            if kind != GUESS:
                logger.warning("no feed at %r: %s", response.url, error)
                self.crawler.stats.inc_value("newscrawl/feeds_broken")
            yield failed_state(run, state, requested_url(response), status, str(error), response.status)
            return
        run.listings_read += 1
        self.crawler.stats.inc_value(f"newscrawl/listings/{listing.kind}")
        if listing.problem:
            logger.info("%r is broken, read as far as possible: %s", response.url, listing.problem)
        if listing.kind == ListingKind.SITEMAP_INDEX:
            yield self._listing_read(response, run, state, listing.kind, (), len(listing.entries))
            async for request in self._ask_for_listings(run, self._wanted_sitemaps(listing, run)):
                yield request
            return
        candidates = await asyncio.to_thread(self._candidates, listing, run)
        requests = await self._page_requests(run, candidates)
        urls = [request.url for request in requests]
        yield self._listing_read(
            response, run, state, listing.kind, urls, len(listing.entries), detail=listing.problem
        )
        for request in requests:
            yield request

    def _listing_failed(self, failure: Failure, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        request: Request = failure.request  # type: ignore[attr-defined]
        record = failure_record(failure, request, datetime.now(UTC))
        status = FetchStatus(record.status)
        if kind == FRONT:
            run.trouble = f"{status} ({record.detail})"
            self.crawler.stats.inc_value("newscrawl/fronts_failed")
            if not getattr(failure.value, "is_told", False):
                logger.warning("no front page from %r: %s (%s)", run.outlet.url, status, record.detail)
            yield record
        elif kind != GUESS:
            level = logging.INFO if status == FetchStatus.ROBOTS or kind == SECTION else logging.WARNING
            what = "section" if kind == SECTION else "feed"
            logger.log(level, "no %s at %r: %s (%s)", what, request.url, status, record.detail)
        url = requested_url(request)
        yield failed_state(run, state, url, status, record.detail, record.http_status, kind=kind)

    def _listing_read(
        self,
        response: Response,
        run: OutletRun,
        state: FeedState | None,
        kind: str,
        urls: Iterable[str],
        item_count: int,
        detail: str | None = None,
    ) -> FeedState:
        """Return the row of a listing that was read, and keep its validators until its pages are stored."""
        now = datetime.now(UTC)
        wanted = list(urls)
        interval = state.next_poll_at - state.polled_at if state and state.next_poll_at else None
        return self.ledger.enter(
            FeedState(
                url=requested_url(response),
                outlet=run.outlet.key,
                polled_at=now,
                status=FetchStatus.OK,
                kind=kind,
                next_poll_at=next_poll(interval, len(wanted), now),
                http_status=response.status,
                etag=header_text(response, "ETag"),
                last_modified=header_text(response, "Last-Modified"),
                body_hash=bytes_digest(response.body),
                item_count=item_count,
                new_count=len(wanted),
                last_new_at=now if wanted else (state.last_new_at if state else None),
                detail=detail,
            ),
            wanted,
        )

    async def _ask_for_listings(
        self, run: OutletRun, urls: Iterable[str], kind: str = "listing"
    ) -> AsyncIterator[Request]:
        wanted = [url for url in urls if run.asks(url)]
        states = await self.database.feeds(wanted)
        now = datetime.now(UTC)
        for url in wanted:
            state = states.get(url)
            if state is not None and state.error_count and not is_due(state.next_poll_at, now):
                continue  # dead feeds, and guesses that were wrong, are left alone for a while
            if run.sitemaps_left <= 0:
                return
            run.sitemaps_left -= 1
            yield self._listing_request(url, run, state, kind=kind)

    def _ask_for_sections(
        self, run: OutletRun, urls: Iterable[str], states: Mapping[str, FeedState]
    ) -> Iterator[Request]:
        now = datetime.now(UTC)
        for url in urls:
            state = states.get(url)
            if state is not None and state.error_count and not is_due(state.next_poll_at, now):
                continue
            if run.sections_left > 0 and run.asks(url):
                run.sections_left -= 1
                yield self._listing_request(url, run, state, kind=SECTION, priority=SECTION_PRIORITY)

    async def _sitemaps_in_robots(self, run: OutletRun) -> list[str]:
        guard = self.crawler.get_downloader_middleware(RobotsGuard)
        if guard is None:
            return []
        rules = await guard.rules_for(run.outlet.url)
        return [] if isinstance(rules, RobotsUnreadable) else list(rules.sitemaps)

    def _wanted_sitemaps(self, index: Listing, run: OutletRun) -> list[str]:
        """News sitemaps first, then the latest changed; those last changed long ago hold no news."""
        oldest = self._oldest()
        entries = [
            e for e in index.entries if e.modified_at is None or oldest is None or e.modified_at >= oldest
        ]
        latest = datetime.min.replace(tzinfo=UTC)
        entries.sort(key=lambda e: ("news" in e.url.lower(), e.modified_at or latest), reverse=True)
        return [entry.url for entry in entries]

    # -- pages ---------------------------------------------------------------------------------------------

    def _candidates(self, listing: Listing, run: OutletRun) -> list[Candidate]:
        oldest = self._oldest()
        found: list[tuple[datetime, Candidate]] = []
        epoch = datetime.min.replace(tzinfo=UTC)
        for entry in listing.entries:
            if not run.covers(entry.url):
                self.crawler.stats.inc_value("newscrawl/offsite")
                continue
            listed = listing.is_feed or entry.is_news
            kind = judge_url(entry.url, entry.title or "").kind
            if not listed and kind not in (UrlKind.ARTICLE, UrlKind.MAYBE):
                continue
            when = entry.published_at or entry.modified_at
            if oldest is not None and when is not None and when < oldest and not listing.is_feed:
                continue
            hints = PageHints(
                title=entry.title,
                published_at=entry.published_at,
                language=entry.language,
                authors=entry.authors,
                found_in=listing.url,
                is_listed=listed,
            )
            found.append(
                (when or epoch, Candidate(entry.url, hints, LISTED_PRIORITY if listed else LINKED_PRIORITY))
            )
        if not listing.is_feed:  # the newest first, should the budget not do for all
            found.sort(key=lambda pair: pair[0], reverse=True)
        return [candidate for _, candidate in found]

    async def _due_pages(self, run: OutletRun) -> list[Candidate]:
        """Return the known pages that are to be looked at again: recent articles, and ones that failed."""
        urls = await self.database.due(site_of(run.outlet.url), datetime.now(UTC), run.pages_left)
        return [Candidate(url, PageHints(), LINKED_PRIORITY) for url in urls if run.covers(url)]

    async def _page_requests(self, run: OutletRun, candidates: Iterable[Candidate]) -> list[Request]:
        """Return requests for the candidates that are new or due, within the outlet's budget."""
        fresh = [candidate for candidate in candidates if run.is_new(candidate.url)]
        known = await self.database.known([candidate.url for candidate in fresh])
        now = datetime.now(UTC)
        requests: list[Request] = []
        for candidate in fresh:
            state = known.get(candidate.url)
            if state is not None and not wants_fetch(state, now):
                continue
            if not run.takes(is_listed=candidate.hints.is_listed):
                self.crawler.stats.inc_value("newscrawl/over_budget")
                continue
            self.crawler.stats.inc_value("newscrawl/asked")
            requests.append(
                self.page_request(
                    candidate.url,
                    hints=candidate.hints,
                    known=state,
                    priority=candidate.priority,
                    outlet_key=run.outlet.key,
                )
            )
        return requests

    def _item_stored(self, item: Any) -> None:
        if isinstance(item, CleanedPage) and item.page is not None:
            self.ledger.settle(item.page.requested_url)
        elif isinstance(item, FetchRecord) and item.status != FetchStatus.ERROR:
            self.ledger.settle(item.url)

    def _reached(self, run: OutletRun) -> None:
        if not run.reached:
            run.reached = True
            self.crawler.stats.inc_value("newscrawl/outlets_reached")

    def _oldest(self) -> datetime | None:
        days = self.settings.getint("NEWSCRAWL_MAX_AGE_DAYS")
        return datetime.now(UTC) - timedelta(days=days) if days > 0 else None


def wants_fetch(known: KnownUrl, now: datetime) -> bool:
    """Say whether a page that is known should be fetched again: when that is due, or storing it failed."""
    if known.status == FetchStatus.ERROR and known.error_count <= MOST_FAILURES:
        return True
    return is_due(known.next_fetch_at, now)


def unchanged(state: FeedState | None, response: Response, run: OutletRun) -> FeedState:
    """Return the row of a listing that has not changed since it was read."""
    now = datetime.now(UTC)
    if state is None:  # a server that answers 304 unasked
        return FeedState(
            url=response.url,
            outlet=run.outlet.key,
            polled_at=now,
            status=FetchStatus.NOT_MODIFIED,
            next_poll_at=next_poll(None, 0, now),
            http_status=304,
        )
    interval = state.next_poll_at - state.polled_at if state.next_poll_at else None
    return replace(
        state,
        polled_at=now,
        status=FetchStatus.NOT_MODIFIED,
        http_status=304,
        next_poll_at=next_poll(interval, 0, now),
        error_count=0,
        new_count=0,
        detail=None,
    )


def failed_state(
    run: OutletRun,
    state: FeedState | None,
    url: str,
    status: FetchStatus,
    detail: str | None,
    http_status: int | None,
    kind: str | None = None,
) -> FeedState:
    """Return the row of a listing that could not be had or is none."""
    now = datetime.now(UTC)
    failures = (state.error_count if state else 0) + 1
    base = state or FeedState(url=url, outlet=run.outlet.key, polled_at=now, status=status, kind=kind)
    return replace(
        base,
        polled_at=now,
        status=status,
        http_status=http_status,
        next_poll_at=next_poll_after_failure(failures + (6 if kind == GUESS else 0), now),
        error_count=failures,
        detail=detail,
    )
