"""Which crawl has which outlet in hand, so that overlapping scheduled runs share the work.

A claim is a lease: the crawl renews it while it runs and lets it go at its end; of a crawl that was killed
it runs out by itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, update

from newscrawl.store.chunks import chunks
from newscrawl.store.crawl_tables import outlet_claims
from newscrawl.store.keys import index_key
from newscrawl.store.upsert import insert_into

LEASE = timedelta(minutes=15)
"""How long a claim holds without being renewed."""


def claim_outlets(connection: Connection, outlets: Sequence[str], crawl_id: int, now: datetime) -> set[str]:
    """Claim those of `outlets` that no other crawl holds; return them. Needs a write transaction."""
    claimed = set()
    for outlet in sorted(set(outlets)):
        insert = insert_into(connection, outlet_claims)
        free = (outlet_claims.c.claimed_until <= now) | (outlet_claims.c.crawl_id == crawl_id)
        statement = insert.on_conflict_do_update(
            index_elements=[outlet_claims.c.outlet],
            set_={"crawl_id": insert.excluded.crawl_id, "claimed_until": insert.excluded.claimed_until},
            where=free,
        ).returning(outlet_claims.c.outlet)
        row = {"outlet": index_key(outlet), "crawl_id": crawl_id, "claimed_until": now + LEASE}
        if connection.execute(statement, row).first() is not None:
            claimed.add(outlet)
    return claimed


def renew_claims(connection: Connection, crawl_id: int, now: datetime) -> None:
    """Hold the crawl's claims for another `LEASE`."""
    held = outlet_claims.c.crawl_id == crawl_id
    connection.execute(update(outlet_claims).where(held).values(claimed_until=now + LEASE))


def release_claims(connection: Connection, crawl_id: int, outlets: Iterable[str] | None = None) -> None:
    """Let go of what the crawl holds, or of those of `outlets` that it does."""
    statement = delete(outlet_claims).where(outlet_claims.c.crawl_id == crawl_id)
    if outlets is None:
        connection.execute(statement)
        return
    for part in chunks([index_key(outlet) for outlet in outlets]):
        connection.execute(statement.where(outlet_claims.c.outlet.in_(part)))
