"""When an outlet's work in a run is done: all requests answered, all that they brought in the database.

A run takes hours where one of its outlets asks for a minute between two requests; the others are let go, for
the runs that come after this one, as soon as they are done.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.errors import StoreError
from newscrawl.fetch import explain_failure
from newscrawl.fetch.outcome import GONE_STATUSES
from newscrawl.spiders.base import NewscrawlSpider
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.feed_state import FeedState

logger = logging.getLogger(__name__)


class OutletWorkSpider(NewscrawlSpider):
    """Counts each outlet's open work. Counts `newscrawl/outlets_reached` and `newscrawl/outlets_done`."""

    runs: list[OutletRun]

    def connect_signals(self, crawler: Crawler) -> None:
        """Learn of every item that is stored, or is not."""
        self._ending: set[asyncio.Future[None]] = set()
        crawler.signals.connect(self._item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(self._item_lost, signal=signals.item_dropped)
        crawler.signals.connect(self._item_lost, signal=signals.item_error)

    def tracked(self, request: Request, run: OutletRun) -> Request:
        """Count `request` as open work of `run` until its answer is dealt with."""
        run.open_work += 1
        run.has_asked = True
        request.meta["run"] = run
        request.callback = partial(self._answered, run=run, then=request.callback)
        request.errback = partial(self._answered, run=run, then=request.errback)
        return request

    def work_done(self, run: OutletRun) -> None:
        """Note that a piece of the outlet's work is done; after the last one, the outlet is."""
        run.open_work -= 1
        if run.open_work == 0:
            self.crawler.stats.inc_value("newscrawl/outlets_done")
            ending = asyncio.ensure_future(self.end_outlet(run))
            self._ending.add(ending)  # kept, or it might be collected half way
            ending.add_done_callback(self._ending.discard)

    async def end_outlet(self, run: OutletRun) -> None:
        """Write what was kept until the outlet was done, its listings' validators, and let it go."""
        states = run.ledger.settled_states()
        try:
            await self.database.end_outlet(run.outlet.key, states)
        except StoreError as error:
            logger.debug("%r is let go at the end of the crawl: %s", run.outlet.key, error)
        else:
            run.ledger.forget(states)

    async def closing_records(self) -> list[FeedState]:
        """Return what is to be stored last, of the outlets that were not done."""
        await asyncio.gather(*self._ending)
        return [state for run in self.runs for state in run.ledger.settled_states()]

    def item_stored(self, item: Any, run: OutletRun, request: Request) -> None:
        """Learn that an item is in the database."""

    async def _answered(self, answer: Response | Failure, run: OutletRun, then: Any) -> AsyncIterator[Any]:
        self._note_answer(answer, run)
        try:
            async for output in then(answer):
                if not isinstance(output, Request):
                    run.open_work += 1
                yield output
        finally:
            self.work_done(run)

    def _note_answer(self, answer: Response | Failure, run: OutletRun) -> None:
        error = answer.value if isinstance(answer, Failure) else None
        if error is None or (isinstance(error, HttpError) and error.response.status in GONE_STATUSES):
            if not run.reached:
                run.reached = True
                self.crawler.stats.inc_value("newscrawl/outlets_reached")
        elif run.failure is None:
            status, detail, _ = explain_failure(error)
            run.failure = f"{status} ({detail})"

    def _item_scraped(self, item: Any, response: Any) -> None:
        run = run_of(response)
        if run is not None:
            self.item_stored(item, run, response.request)
            self.work_done(run)

    def _item_lost(self, item: Any, response: Any) -> None:
        run = run_of(response)
        if run is not None:
            self.work_done(run)


def run_of(answer: Any) -> OutletRun | None:
    """Return the outlet's run that a response, or a failure, belongs to."""
    request = getattr(answer, "request", None)
    return request.meta.get("run") if request is not None else None
