"""Reading an outlet's front page and sections for the articles, sections and feeds that they link to."""

import logging
from collections.abc import AsyncIterator
from typing import Any

from scrapy.http import Response

from newscrawl.discover import PageLinks, outlet_key, read_links
from newscrawl.model import PageHints
from newscrawl.spiders.answers import declared_charset, page_of
from newscrawl.spiders.candidates import candidates_of_links, is_surely_index
from newscrawl.spiders.listing_states import FRONT, SECTION
from newscrawl.spiders.outlet_feeds import OutletFeedsSpider
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState

logger = logging.getLogger("newscrawl.spiders.news")  # the spider that a person started

FEWEST_FRONT_LINKS = 5
"""A front page with fewer links that refreshes itself to another page only leads there."""


class OutletIndexesSpider(OutletFeedsSpider):
    """Reads front pages and sections."""

    async def front_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Ask for the outlet's listings, and for the articles and sections that its front page links to."""
        if not run.covers(response.url):
            logger.warning("%r has moved to %r", run.outlet.url, response.url)
            run.keys.add(outlet_key(response.url))
        for request in await self.due_pages(run):
            yield request
        if (unchanged := self.unchanged(response, state, run)) is not None:
            yield unchanged
            async for request in self.ask_for_listings(run, response.url, PageLinks()):
                yield request
            known = await self.database.feeds_of(run.outlet.key)
            states = {feed.url: feed for feed in known if feed.kind == SECTION}
            for request in self.ask_for_sections(run, states, states):
                yield request
            return
        run.tally.fronts += 1
        links = read_links(response.body, response.url, declared_charset(response))
        target = links.refresh_url
        if target and len(links.links) < FEWEST_FRONT_LINKS and run.covers(target) and run.asks(target):
            yield self.listing_request(target, run, None, FRONT)
        candidates, sections = candidates_of_links(links.links, response.url, run)
        batch = await self.queue_pages(run, candidates)
        # First what feeds and sitemaps say of these pages, then the pages.
        async for request in self.ask_for_listings(run, response.url, links, early=bool(batch.requests)):
            yield request
        yield self.read(response, run, state, FRONT, batch, len(links.links))
        for request in batch.requests:
            yield request
        for request in self.ask_for_sections(run, sections, await self.database.feeds(sections)):
            yield request

    async def section_fetched(
        self, response: Response, run: OutletRun, state: FeedState | None, kind: str
    ) -> AsyncIterator[Any]:
        """Ask for the articles that a section links to, and for its feed where none is known better."""
        if (unchanged := self.unchanged(response, state, run)) is not None:
            yield unchanged
            return
        links = read_links(response.body, response.url, declared_charset(response))
        candidates, _ = candidates_of_links(links.links, response.url, run)
        batch = await self.queue_pages(run, candidates)
        yield self.read(response, run, state, SECTION, batch, len(links.links))
        for request in batch.requests:
            yield request
        if not run.has_news_listing:
            async for request in self.ask_for(run, links.feeds):
                yield request
        if state is None and not is_surely_index(response.url) and run.is_new(response.url, PageHints()):
            page = page_of(response, PageHints(language=run.outlet.language), self.now())
            yield await self.completed(page)
