"""Which pages of an outlet are asked for, and what becomes of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newscrawl.discover import outlet_key
from newscrawl.model import ArticleStatus, CleanedPage, FetchStatus, PageHints, site_of
from newscrawl.spiders.base import NewscrawlSpider, requested_url
from newscrawl.spiders.candidates import LINKED_PRIORITY, Candidate, wants_fetch
from newscrawl.spiders.feed_ledger import FeedLedger
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.fetch_state import FetchRecord


@dataclass(frozen=True, slots=True)
class QueuedPages:
    """What becomes of a listing's pages: those asked for now, those that were before; whether the budget
    had room for all.
    """

    requests: tuple[Request, ...] = ()
    queued_before: tuple[str, ...] = ()
    is_whole: bool = True


class OutletPagesSpider(NewscrawlSpider):
    """Asks for the pages of outlets that are new or due, within each outlet's budget."""

    runs: list[OutletRun]
    ledger: FeedLedger

    async def page_fetched(self, response: Response) -> Any:
        """Give the page on, with what a feed said of it, also where a link to it was met before the feed."""
        run = self._run_of(requested_url(response))
        hints = run.hints_for(requested_url(response)) if run is not None else None
        if hints is not None:
            response.meta["hints"] = hints
        async for output in super().page_fetched(response):
            yield output

    async def due_pages(self, run: OutletRun) -> list[Candidate]:
        """Return the known pages that are to be looked at again: recent articles, and ones that failed."""
        urls = await self.database.due(site_of(run.outlet.url), self.now(), run.pages_left)
        return [Candidate(url, PageHints(), LINKED_PRIORITY) for url in urls if run.covers(url)]

    async def queue_pages(self, run: OutletRun, candidates: Iterable[Candidate]) -> QueuedPages:
        """Return requests for the candidates that are new or due, within the outlet's budget."""
        fresh: list[Candidate] = []
        queued_before: list[str] = []
        for candidate in candidates:
            if run.is_new(candidate.url, candidate.hints):
                fresh.append(candidate)
            elif (url := run.url_in_queue(candidate.url)) is not None:
                queued_before.append(url)
        known = await self.database.known([candidate.url for candidate in fresh])
        now = self.now()
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

    def note_stored(self, item: Any) -> None:
        """Settle what is in the database now, a page or the record of a fetch."""
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
            self.note_reached(run)
            run.pages_stored += is_article

    def _run_of(self, url: str) -> OutletRun | None:
        key = outlet_key(url)
        return next((run for run in self.runs if key in run.keys), None)

    def note_reached(self, run: OutletRun) -> None:
        """Note that an outlet answered."""
        if not run.reached:
            run.reached = True
            self.crawler.stats.inc_value("newscrawl/outlets_reached")
