"""`due=1`: the outlets that have work to do and that no other running crawl has in hand."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawl.discover import Outlet
from newscrawl.errors import StoreError
from newscrawl.model import site_of
from newscrawl.pipelines.crawl_database import CrawlDatabase
from newscrawl.spiders.listing_states import is_listing_due
from newscrawl.store.outlet_claims import LEASE


@dataclass(frozen=True, slots=True)
class DueOutlets:
    """The outlets that this run takes, and how many it leaves: not due, or in other hands."""

    taken: tuple[Outlet, ...]
    not_due: int
    in_other_hands: int


class OutletClaims:
    """Takes due outlets in hand and keeps them until `let_go`."""

    def __init__(self, database: CrawlDatabase) -> None:
        self._database = database
        self._renewal: asyncio.Future[None] | None = None

    async def take_due(self, outlets: Sequence[Outlet], now: datetime) -> DueOutlets:
        """Claim those of `outlets` of which a listing or a page is due, or that were never looked at."""
        due = [outlet for outlet in outlets if await self._has_work(outlet, now)]
        claimed = await self._database.claim([outlet.key for outlet in due]) if due else set()
        if claimed:
            self._renewal = asyncio.ensure_future(self._renew())
        held = [outlet for outlet in due if outlet.key in claimed]
        # Between the look and the claim another crawl may have done the work and let go.
        taken = tuple([outlet for outlet in held if await self._has_work(outlet, now)])
        if len(taken) < len(held):
            await self._database.release([outlet.key for outlet in held if outlet not in taken])
        return DueOutlets(taken, len(outlets) - len(due), len(due) - len(taken))

    def let_go(self) -> None:
        """Renew no longer. The rows go when the crawl's own row is completed."""
        if self._renewal is not None:
            self._renewal.cancel()

    async def _has_work(self, outlet: Outlet, now: datetime) -> bool:
        states = await self._database.feeds_of(outlet.key)
        if not states or any(is_listing_due(state, outlet, now) for state in states):
            return True
        pages = await self._database.due(site_of(outlet.url), now, MOST_DUE_PAGES)
        return any(outlet.covers(page) for page in pages)

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            try:
                await self._database.renew_claims()
            except StoreError:
                return  # the crawl ends, and has told why


MOST_DUE_PAGES = 500
"""Pages of a site that are looked through for one of the outlet: several outlets may share an address."""
