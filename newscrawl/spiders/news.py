"""`scrapy crawl news -a url=A,B`: finds and fetches what is new on each site.

An outlet's front page, feeds, news sitemaps and robots.txt's Sitemap lines are read (asked for changes
only, where they were read before); what they list and the database does not know is fetched; section pages
that the front page links to are read for more links, one level deep. All of it within the outlet's budget.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discover import (
    ListingKind,
    NotAListingError,
    Outlet,
    PageLinks,
    TooLargeError,
    outlet_key,
    read_links,
    read_listing,
)
from newscrawl.discover.guesses import guessed_listings
from newscrawl.discover.sites_file import read_sites
from newscrawl.errors import ConfigError
from newscrawl.fetch.robots_guard import RobotsGuard, RobotsUnreadable
from newscrawl.model import ArticleStatus, CleanedPage, FetchStatus, PageHints, site_of
from newscrawl.spiders.arguments import read_flag, read_text_file, read_urls
from newscrawl.spiders.base import (
    NewscrawlSpider,
    declared_charset,
    failure_record,
    page_of,
    requested_url,
    validators,
)
from newscrawl.spiders.candidates import (
    LINKED_PRIORITY,
    Candidate,
    candidates_of_links,
    candidates_of_listing,
    is_surely_index,
    wanted_sitemaps,
    wants_fetch,
)
from newscrawl.spiders.claims import OutletClaims
from newscrawl.spiders.feed_ledger import FeedLedger
from newscrawl.spiders.listing_states import (
    FRONT,
    GUESS,
    LISTING,
    LISTS_NEWS,
    SECTION,
    failed_state,
    is_listing_due,
    is_resting,
    read_state,
    unchanged_state,
)
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord

logger = logging.getLogger(__name__)

FRONT_PRIORITY, LISTING_PRIORITY, SECTION_PRIORITY = 60, 50, 20
"""Priorities of requests for listings; those of pages are in `newscrawl.spiders.candidates`."""

FEWEST_FRONT_LINKS = 5
"""A front page with fewer links that refreshes itself to another page only leads there."""


@dataclass(frozen=True, slots=True)
class QueuedPages:
    """What becomes of a listing's pages: those asked for now, those that were before; whether the budget
    had room for all.
    """

    requests: tuple[Request, ...] = ()
    queued_before: tuple[str, ...] = ()
    is_whole: bool = True


class NewsSpider(NewscrawlSpider):
    """Crawls news outlets for what is new."""

    name = "news"
    known_arguments = frozenset({"url", "sites", "due", "strict"})

    def read_arguments(self, given: Mapping[str, str]) -> None:
        """Take `url`, `sites`, `due` and `strict`."""
        outlets: dict[str, Outlet] = {}
        if "sites" in given:
            path = given["sites"]
            for outlet in read_sites(read_text_file(path), path):
                outlets.setdefault(outlet.key, outlet)
        if "url" in given:
            for url in read_urls(given["url"], "url"):
                outlets.setdefault(Outlet(url).key, Outlet(url))
        if not outlets:
            raise ConfigError("the spider 'news' needs -a url=URL,URL or -a sites=sites.toml")
        self.outlets = tuple(outlets.values())
        self.only_due = read_flag(given.get("due", "0"), "due")
        self.is_strict = read_flag(given.get("strict", "0"), "strict")
        self.runs: list[OutletRun] = []
        self.ledger = FeedLedger()
        self.claims: OutletClaims | None = None

    def connect_signals(self, crawler: Crawler) -> None:
        """Learn of every page that is stored, and of the end."""
        crawler.signals.connect(self._item_stored, signal=signals.item_scraped)
        crawler.signals.connect(self._let_claims_go, signal=signals.spider_closed)

    def closing_records(self) -> Iterable[FeedState]:
        """Return what is to be stored last: the validators of the listings that were dealt with wholly."""
        return self.ledger.settled_states()

    def troubles(self) -> list[str]:
        """Return what a person should look into after this run, one line for each outlet."""
        return [trouble for run in self.runs if (trouble := run.trouble()) is not None]

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each outlet's front page or, when only what is due is wanted, for that."""
        outlets = await self._outlets_of_this_run()
        self.crawler.stats.set_value("newscrawl/outlets", len(outlets))
        settings = self.settings
        for outlet in outlets:
            run = OutletRun(
                outlet,
                pages_left=settings.getint("NEWSCRAWL_SITE_BUDGET"),
                listed_left=settings.getint("NEWSCRAWL_LISTED_BUDGET"),
                sections_left=settings.getint("NEWSCRAWL_SECTION_BUDGET"),
                sitemaps_left=settings.getint("NEWSCRAWL_MAX_SITEMAPS"),
            )
            self.runs.append(run)
            states = {state.url: state for state in await self.database.feeds_of(outlet.key)}
            front = states.get(outlet.url)
            if self.only_due and front is not None and not is_listing_due(front, outlet, datetime.now(UTC)):
                async for request in self._due_requests(run, states.values()):
                    yield request
                continue
            run.asks(outlet.url)
            yield self._listing_request(outlet.url, run, front, FRONT)

    async def _outlets_of_this_run(self) -> Sequence[Outlet]:
        """Return all outlets or, with `due=1`, those that have work and are in no other crawl's hands."""
        if not self.only_due:
            return self.outlets
        self.claims = OutletClaims(self.database)
        due = await self.claims.take_due(self.outlets, datetime.now(UTC))
        self.crawler.stats.set_value("newscrawl/outlets_not_due", due.not_due)
        self.crawler.stats.set_value("newscrawl/outlets_in_other_hands", due.in_other_hands)
        return due.taken

    def _let_claims_go(self) -> None:
        if self.claims is not None:
            self.claims.let_go()

    async def _due_requests(self, run: OutletRun, states: Iterable[FeedState]) -> AsyncIterator[Request]:
        """Ask for what is due of an outlet whose front page is not."""
        for request in (await self._queue(run, await self._due_pages(run))).requests:
            yield request
        now = datetime.now(UTC)
        for state in states:
            if state.kind != FRONT and is_listing_due(state, run.outlet, now) and run.asks(state.url):
                kind = state.kind if state.kind in (SECTION, GUESS) else LISTING
                yield self._listing_request(state.url, run, state, kind)

    # -- listings of all kinds: front pages, sections, feeds, sitemaps -------------------------------------

    def _listing_request(self, url: str, run: OutletRun, state: FeedState | None, kind: str) -> Request:
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
        self._reached(run)
        run.keys.add(outlet_key(response.url))
        for request in (await self._queue(run, await self._due_pages(run))).requests:
            yield request
        known = await self.database.feeds_of(run.outlet.key)
        if response.status == 304:
            yield unchanged_state(response, state, run.outlet.key, datetime.now(UTC))
            async for request in self._ask_for_known(run, known, PageLinks((), ())):
                yield request
            sections = {feed.url: feed for feed in known if feed.kind == SECTION}
            for request in self._ask_for_sections(run, sections, sections):
                yield request
            return
        links = read_links(response.body, response.url, declared_charset(response))
        target = links.refresh_url
        if target and len(links.links) < FEWEST_FRONT_LINKS and run.covers(target) and run.asks(target):
            yield self._listing_request(target, run, None, FRONT)
        async for request in self._ask_for_known(run, known, links):
            yield request
        async for output in self._read_index(response, links, run, state, FRONT):
            yield output

    async def _section_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        if response.status == 304:
            yield unchanged_state(response, state, run.outlet.key, datetime.now(UTC))
            return
        links = read_links(response.body, response.url, declared_charset(response))
        async for output in self._read_index(response, links, run, state, SECTION):
            yield output
        if state is None and not is_surely_index(response.url) and run.is_new(response.url, PageHints()):
            yield page_of(response, PageHints(language=run.outlet.language), datetime.now(UTC))

    async def _read_index(
        self, response: Response, links: PageLinks, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Queue the articles that a page links to and, from the front page, its sections."""
        candidates, sections = candidates_of_links(links.links, response.url, run)
        batch = await self._queue(run, candidates)
        yield self._read(response, run, state, kind, batch, len(links.links))
        for request in batch.requests:
            yield request
        if kind == FRONT:
            for request in self._ask_for_sections(run, sections, await self.database.feeds(sections)):
                yield request

    async def _listing_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> Any:
        self._reached(run)
        now = datetime.now(UTC)
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
        batch = await self._queue(run, candidates)
        yield self._read(response, run, state, listing.kind, batch, count, listing.problem)
        for request in batch.requests:
            yield request

    def _listing_failed(self, failure: Failure, run: OutletRun, state: FeedState | None, kind: str) -> Any:
        request: Request = failure.request  # type: ignore[attr-defined]
        now = datetime.now(UTC)
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
        now = datetime.now(UTC)
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
        now = datetime.now(UTC)
        for url in wanted:
            if is_resting(states.get(url), now):
                continue
            if kind != GUESS:
                if run.sitemaps_left <= 0:
                    return
                run.sitemaps_left -= 1
            yield self._listing_request(url, run, states.get(url), kind)

    def _ask_for_sections(
        self, run: OutletRun, urls: Iterable[str], states: Mapping[str, FeedState]
    ) -> Iterator[Request]:
        now = datetime.now(UTC)
        for url in urls:
            if not is_resting(states.get(url), now) and run.sections_left > 0 and run.asks(url):
                run.sections_left -= 1
                yield self._listing_request(url, run, states.get(url), SECTION)

    async def _sitemaps_in_robots(self, run: OutletRun) -> list[str]:
        guard = self.crawler.get_downloader_middleware(RobotsGuard)
        if guard is None:
            return []
        rules = await guard.rules_for(run.outlet.url)
        return [] if isinstance(rules, RobotsUnreadable) else list(rules.sitemaps)

    # -- pages ---------------------------------------------------------------------------------------------

    async def page_fetched(self, response: Response) -> Any:
        """Give the page on, with what a feed said of it, also where a link to it was met before the feed."""
        run = self._run_of(requested_url(response))
        hints = run.hints_for(requested_url(response)) if run is not None else None
        if hints is not None:
            response.meta["hints"] = hints
        async for output in super().page_fetched(response):
            yield output

    async def _due_pages(self, run: OutletRun) -> list[Candidate]:
        """Return the known pages that are to be looked at again: recent articles, and ones that failed."""
        urls = await self.database.due(site_of(run.outlet.url), datetime.now(UTC), run.pages_left)
        return [Candidate(url, PageHints(), LINKED_PRIORITY) for url in urls if run.covers(url)]

    async def _queue(self, run: OutletRun, candidates: Iterable[Candidate]) -> QueuedPages:
        """Return requests for the candidates that are new or due, within the outlet's budget."""
        fresh: list[Candidate] = []
        queued_before: list[str] = []
        for candidate in candidates:
            if run.is_new(candidate.url, candidate.hints):
                fresh.append(candidate)
            elif (url := run.url_in_queue(candidate.url)) is not None:
                queued_before.append(url)
        known = await self.database.known([candidate.url for candidate in fresh])
        now = datetime.now(UTC)
        requests: list[Request] = []
        is_whole = True
        for candidate in fresh:
            state = known.get(candidate.url)
            if state is not None and not wants_fetch(state, now):
                continue
            if not run.takes(is_listed=candidate.hints.is_listed):
                self.crawler.stats.inc_value("newscrawl/over_budget")
                is_whole = False
                continue
            self.crawler.stats.inc_value("newscrawl/asked")
            run.queue(candidate.url)
            requests.append(
                self.page_request(
                    candidate.url,
                    hints=candidate.hints,
                    known=state,
                    priority=candidate.priority,
                    outlet_key=outlet_key(candidate.url),
                )
            )
        return QueuedPages(tuple(requests), tuple(queued_before), is_whole)

    def _item_stored(self, item: Any) -> None:
        if isinstance(item, CleanedPage) and item.page is not None:
            self.ledger.settle(item.page.requested_url)
            self._page_had(item.page.requested_url, is_article=item.article.status == ArticleStatus.OK)
        elif isinstance(item, FetchRecord) and item.status != FetchStatus.ERROR:
            self.ledger.settle(item.url)
            if item.status == FetchStatus.NOT_MODIFIED:
                self._page_had(item.url, is_article=True)

    def _page_had(self, url: str, *, is_article: bool) -> None:
        run = self._run_of(url)
        if run is not None:
            self._reached(run)
            run.pages_stored += is_article

    def _run_of(self, url: str) -> OutletRun | None:
        key = outlet_key(url)
        return next((run for run in self.runs if key in run.keys), None)

    def _reached(self, run: OutletRun) -> None:
        if not run.reached:
            run.reached = True
            self.crawler.stats.inc_value("newscrawl/outlets_reached")

    def _oldest(self) -> datetime | None:
        days = self.settings.getint("NEWSCRAWL_MAX_AGE_DAYS")
        return datetime.now(UTC) - timedelta(days=days) if days > 0 else None


def failed_listing(
    record: FetchRecord, state: FeedState | None, run: OutletRun, kind: str
) -> Iterator[FetchRecord | FeedState]:
    """Return the rows of a listing that could not be had or is none. When it is asked for again stands in
    its row of `feeds`: in `fetches` it would be taken for a page. A guess that was wrong is no failed fetch.
    """
    if kind != GUESS:
        yield replace(record, next_fetch_at=None)
    yield failed_state(record, state, run.outlet.key, kind)
