"""Which pages of an outlet are asked for, and what becomes of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newscrawl.discover import outlet_key
from newscrawl.model import ArticleStatus, CleanedPage, FetchStatus, PageHints, site_of
from newscrawl.spiders.answers import requested_url
from newscrawl.spiders.candidates import LINKED_PRIORITY, Candidate, wants_fetch
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.spiders.outlet_work import OutletWorkSpider, run_of
from newscrawl.store.fetch_state import FetchRecord, KnownUrl


@dataclass(frozen=True, slots=True)
class QueuedPages:
    """What becomes of a listing's pages: those asked for now, those that were before; whether the budget
    had room for all.
    """

    requests: tuple[Request, ...] = ()
    queued_before: tuple[str, ...] = ()
    is_whole: bool = True


class OutletPagesSpider(OutletWorkSpider):
    """Asks for the pages of outlets that are new or due, within each outlet's budget."""

    async def page_fetched(self, response: Response) -> Any:
        """Give the page on, with what a feed said of it, also where a link to it was met before the feed."""
        run = run_of(response)
        hints = run.hints_for(requested_url(response)) if run is not None else None
        if hints is not None:
            response.meta["hints"] = hints
        async for output in super().page_fetched(response):
            yield output

    async def due_pages(self, run: OutletRun) -> tuple[Request, ...]:
        """Return requests for the known pages that are to be looked at again: recent articles, and ones that
        failed.
        """
        urls = await self.database.due(site_of(run.outlet.url), self.now(), run.pages_left)
        due = [Candidate(url, PageHints(), LINKED_PRIORITY) for url in urls if run.covers(url)]
        return (await self.queue_pages(run, due, are_named=False)).requests

    async def queue_pages(
        self, run: OutletRun, candidates: Iterable[Candidate], *, are_named: bool = True
    ) -> QueuedPages:
        """Return requests for the candidates that are new or due, within the outlet's budget. `are_named`:
        a listing names them now.
        """
        fresh: list[Candidate] = []
        queued_before: list[str] = []
        for candidate in candidates:
            run.tally.named += are_named
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
            run.tally.known += state is not None and state.article_id is not None
            if state is not None and not wants_fetch(state, candidate.modified_at, now):
                continue
            if not run.takes(is_listed=candidate.hints.is_listed):
                self.crawler.stats.inc_value("newscrawl/over_budget")
                is_whole = False
                continue
            self.crawler.stats.inc_value("newscrawl/asked")
            run.queue(candidate.url)
            is_new = are_named and is_unstored(state)
            if is_new:
                run.fresh.add(candidate.url)
            run.tally.new += is_new
            run.tally.new_listed += is_new and candidate.hints.is_listed
            request = self.page_request(
                candidate.url,
                hints=candidate.hints,
                known=state,
                priority=candidate.priority,
                outlet_key=outlet_key(candidate.url),
                is_new=is_new,
            )
            requests.append(self.tracked(request, run))
        return QueuedPages(tuple(requests), tuple(queued_before), is_whole)

    def item_stored(self, item: Any, run: OutletRun, request: Request) -> None:
        """Settle what is in the database now, a page or the record of a fetch."""
        is_article = False
        if isinstance(item, CleanedPage) and item.page is not None:
            run.ledger.settle(item.page.requested_url)
            is_article = item.article.status == ArticleStatus.OK
        elif isinstance(item, FetchRecord) and item.status != FetchStatus.ERROR:
            run.ledger.settle(item.url)
        run.tally.stored += is_article and bool(request.meta.get("is_new"))


def is_unstored(known: KnownUrl | None) -> bool:
    """Say whether a page might still become an article: it was never had, and not for good."""
    return known is None or (known.article_id is None and known.status != FetchStatus.GONE)
