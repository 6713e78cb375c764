"""`scrapy crawl news -a url=A,B`: finds and fetches what is new on each site.

An outlet's front page, feeds, news sitemaps and robots.txt's Sitemap lines are read (asked for changes
only, where they were read before); what they list and the database does not know is fetched; section pages
that the front page links to are read for more links, one level deep. All of it within the outlet's budget.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler

from newscrawl.discover import Outlet, RuleBook
from newscrawl.discover.sites_file import read_sites
from newscrawl.errors import ConfigError
from newscrawl.spiders.arguments import read_flag, read_text_file, read_urls
from newscrawl.spiders.claims import OutletClaims
from newscrawl.spiders.listing_states import FRONT, is_listing_due
from newscrawl.spiders.outlet_indexes import OutletIndexesSpider
from newscrawl.spiders.outlet_listings import asked_as
from newscrawl.spiders.outlet_run import OutletRun


class NewsSpider(OutletIndexesSpider):
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
        self.rule_book = RuleBook.of_outlets(self.outlets)
        self.only_due = read_flag(given.get("due", "0"), "due")
        self.is_strict = read_flag(given.get("strict", "0"), "strict")
        self.runs: list[OutletRun] = []
        self.claims: OutletClaims | None = None

    def connect_signals(self, crawler: Crawler) -> None:
        """Learn of every page that is stored, and of the end."""
        super().connect_signals(crawler)
        crawler.signals.connect(self._run_ended, signal=signals.spider_closed)

    def troubles(self) -> list[str]:
        """Return what a person should look into after this run, one line for each outlet."""
        return [trouble for run in self.runs if (trouble := run.trouble()) is not None]

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each outlet's front page or, when only what is due is wanted, for that."""
        await self.keep_pauses()
        outlets = await self._outlets_of_this_run()
        self.crawler.stats.set_value("newscrawl/outlets", len(outlets))
        self.runs.extend(self._run_for(outlet) for outlet in outlets)
        for run in self.runs:
            run.open_work += 1  # it is not done while its first requests are made
            async for request in self._first_requests(run):
                yield request
            self.work_done(run)

    def _run_for(self, outlet: Outlet) -> OutletRun:
        settings = self.settings
        return OutletRun(
            outlet,
            pages_left=settings.getint("NEWSCRAWL_SITE_BUDGET"),
            listed_left=settings.getint("NEWSCRAWL_LISTED_BUDGET"),
            sections_left=settings.getint("NEWSCRAWL_SECTION_BUDGET"),
            sitemaps_left=settings.getint("NEWSCRAWL_MAX_SITEMAPS"),
        )

    async def _first_requests(self, run: OutletRun) -> AsyncIterator[Request]:
        outlet, now = run.outlet, self.now()
        states = {state.url: state for state in await self.database.feeds_of(outlet.key)}
        front = states.get(outlet.url)
        if not self.only_due or front is None or is_listing_due(front, outlet, now):
            run.asks(outlet.url)
            yield self.listing_request(outlet.url, run, front, FRONT)
            return
        for request in await self.due_pages(run):
            yield request
        for state in states.values():
            if state.kind != FRONT and is_listing_due(state, outlet, now) and run.asks(state.url):
                yield self.listing_request(state.url, run, state, asked_as(state))

    async def _outlets_of_this_run(self) -> Sequence[Outlet]:
        """Return all outlets or, with `due=1`, those that have work and are in no other crawl's hands."""
        if not self.only_due:
            return self.outlets
        self.claims = OutletClaims(self.database)
        due = await self.claims.take_due(self.outlets, self.now())
        self.crawler.stats.set_value("newscrawl/outlets_not_due", due.not_due)
        self.crawler.stats.set_value("newscrawl/outlets_in_other_hands", due.in_other_hands)
        return due.taken

    def _run_ended(self) -> None:
        lost = sum(run.is_lost for run in self.runs)
        self.crawler.stats.set_value("newscrawl/outlets_lost", lost)
        if self.claims is not None:
            self.claims.let_go()
