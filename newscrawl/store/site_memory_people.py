"""What people see of site memory, and their word on a block, which wins over all evidence for good."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, select, update

from newscrawl.clean.site_memory import BlockState
from newscrawl.clean.site_memory_kind import kind_of_words
from newscrawl.clean.site_memory_page import block_key
from newscrawl.errors import NewscrawlError
from newscrawl.store.article_tables import articles
from newscrawl.store.site_memory_correct import correct_articles
from newscrawl.store.site_memory_tables import site_boilerplate
from newscrawl.store.site_memory_versions import memory_version, note_applied, note_changes
from newscrawl.store.transaction import begin_read, write_with_retry
from newscrawl.store.upsert import insert_into

ARTICLES_A_TRANSACTION = 200
"""Stored articles that are put right in one transaction: about half a second of the write lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoilerplateBlock:
    """A block that recurs on a site."""

    id: int
    site: str
    state: str
    kind: str
    page_count: int
    first_seen_at: datetime
    last_seen_at: datetime
    state_changed_at: datetime
    note: str | None
    text: str


def list_blocks(
    connection: Connection,
    *,
    site: str | None = None,
    states: Sequence[BlockState] = (),
    ids: Sequence[int] | None = None,
    limit: int | None = None,
) -> list[BoilerplateBlock]:
    """Return the blocks that recur, the most frequent of each site first."""
    table = site_boilerplate.c
    query = select(site_boilerplate).order_by(table.site, table.page_count.desc(), table.id).limit(limit)
    if site is not None:
        query = query.where(table.site == site)
    if states:
        query = query.where(table.state.in_([str(state) for state in states]))
    if ids is not None:
        query = query.where(table.id.in_(ids))
    return [
        BoilerplateBlock(
            id=row.id,
            site=row.site,
            state=row.state,
            kind=row.kind,
            page_count=row.page_count,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
            state_changed_at=row.state_changed_at,
            note=row.note,
            text=row.text,
        )
        for row in connection.execute(query)
    ]


def settle_blocks(
    engine: Engine, ids: Sequence[int], state: BlockState, *, now: datetime, note: str | None = None
) -> list[str]:
    """Give the blocks `ids` a state by a person's word; return their sites. The stored articles follow later.

    `ALLOWED`: the text may stay in articles. `DENIED`: it is always cut. `LEARNING`: the word is taken
    back, evidence decides again. Raises NewscrawlError, and changes nothing, where an id does not exist.
    """

    def settle(connection: Connection) -> list[str]:
        found = list_blocks(connection, ids=ids)
        missing = sorted(set(ids) - {block.id for block in found})
        if missing:
            raise NewscrawlError(f"there is no block {missing[0]} (see `scrapy boilerplate list`)")
        values = {"state": str(state), "state_changed_at": now, "note": note}
        connection.execute(update(site_boilerplate).where(site_boilerplate.c.id.in_(ids)).values(values))
        sites = sorted({block.site for block in found})
        note_changes(connection, sites, applied=False)
        return sites

    return write_with_retry(engine, settle)


def settle_text(
    engine: Engine, site: str, text: str, state: BlockState, *, now: datetime, note: str | None = None
) -> int:
    """Give a block that a person typed its state, seen before or not; return its id.

    The block has to be a whole paragraph. Raises NewscrawlError where it has no words.
    """
    key = block_key(site, text)
    if key is None:
        raise NewscrawlError("the text of a block needs at least one word")

    def settle(connection: Connection) -> int:
        statement = insert_into(connection, site_boilerplate).values(
            site=site,
            block_key=key,
            kind=str(kind_of_words(text, ())),
            text=text,
            page_count=0,
            state=str(state),
            first_seen_at=now,
            last_seen_at=now,
            state_changed_at=now,
            note=note,
        )
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["block_key"],
            set_={"state": new.state, "state_changed_at": new.state_changed_at, "note": new.note},
        )
        note_changes(connection, [site], applied=False)
        return int(connection.execute(statement.returning(site_boilerplate.c.id)).scalar_one())

    return write_with_retry(engine, settle)


def catch_up(
    engine: Engine, site: str, *, now: datetime, report: Callable[[int, int], None] | None = None
) -> int:
    """Bring all stored articles of `site` to what is known of it now; return how many texts changed.

    Each transaction is a step that stays: when stopped, `scrapy reclean` (or the next call) does the
    rest. `report` is told (articles looked at, texts changed).
    """
    with begin_read(engine) as connection:
        version = memory_version(connection, site)
        query = select(articles.c.id).where(articles.c.site == site).order_by(articles.c.id)
        ids = connection.scalars(query).all()
    changed = 0
    for start in range(0, len(ids), ARTICLES_A_TRANSACTION):
        part = ids[start : start + ARTICLES_A_TRANSACTION]
        changed += write_with_retry(engine, partial(correct_articles, ids=part, now=now))
        if report is not None:
            report(start + len(part), changed)
    write_with_retry(engine, partial(note_applied, site=site, version=version))
    return changed
