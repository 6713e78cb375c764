"""The one road by which articles get into the database: a batch of cleaned pages, one transaction."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from newscrawl.model import CleanedPage, FetchStatus, Placement
from newscrawl.store.article_rows import Change, PreparedPage, fetch_records, prepare_page
from newscrawl.store.article_writes import Written, write_articles
from newscrawl.store.collector import collector_paused
from newscrawl.store.fetch_state import record_fetches
from newscrawl.store.site_memory import consult_memory, remember
from newscrawl.store.transaction import write_with_retry

logger = logging.getLogger(__name__)

NextFetch = Callable[[CleanedPage], datetime | None]
"""When a page is due again, as `fetches.next_fetch_at`; None: not planned."""

ROW_FAULTS = (SQLAlchemyError, ValueError, TypeError, ArithmeticError, LookupError)
"""What one bad row raises, here or in the driver. Such a row must not take its batch along."""

LONGEST_REASON = 300
"""Characters of an error that a fetch's `detail` keeps."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one page of a batch. `article_id` is None where no article stands for it."""

    change: Change
    article_id: int | None = None
    placement: Placement | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of each page, in the batch's order."""

    pages: tuple[PageResult, ...]

    def count(self, *changes: Change) -> int:
        """Return how many pages ended as one of `changes`."""
        counts = Counter(page.change for page in self.pages)
        return sum(counts[change] for change in changes)


def write_batch(
    engine: Engine,
    batch: Sequence[CleanedPage],
    *,
    crawl_id: int | None,
    now: datetime,
    keep_raw: bool = True,
    next_fetch: NextFetch | None = None,
) -> BatchResult:
    """Store a batch of cleaned pages: articles, addresses, revisions, cuts, raw pages, fetches, stories.

    All of it in one transaction that holds the write lock, so that nobody sees half a page and several
    writers give the rows of one. Writing a page twice changes nothing but `last_seen_at`. A row that cannot
    be written is isolated by halving the batch: the others are stored, and its fetch gets status `error`.

    `now` is first_seen_at of pages that were not fetched (`page` is None). Raises DatabaseUnavailable (wait,
    and write the same batch again) or StoreError; then nothing of the transaction is stored.
    """
    with collector_paused():
        return _write_batch(engine, batch, crawl_id, now, keep_raw, next_fetch)


def _write_batch(
    engine: Engine,
    batch: Sequence[CleanedPage],
    crawl_id: int | None,
    now: datetime,
    keep_raw: bool,
    next_fetch: NextFetch | None,
) -> BatchResult:
    results: dict[int, PageResult] = {}
    prepared = []
    for number, cleaned in enumerate(batch):
        try:
            due = next_fetch(cleaned) if next_fetch is not None else None
            prepared.append(
                prepare_page(number, cleaned, crawl_id=crawl_id, keep_raw=keep_raw, next_fetch_at=due)
            )
        except ROW_FAULTS as error:
            results[number] = _give_up(engine, cleaned, crawl_id, error)
    if prepared:
        results |= _write_isolating(engine, prepared, crawl_id, now)
    return BatchResult(tuple(results[number] for number in range(len(batch))))


def _write_isolating(
    engine: Engine, pages: Sequence[PreparedPage], crawl_id: int | None, now: datetime
) -> dict[int, PageResult]:
    try:
        return write_with_retry(engine, lambda connection: _write(connection, pages, now))
    except ROW_FAULTS as error:
        if len(pages) == 1:
            return {pages[0].number: _give_up(engine, pages[0].cleaned, crawl_id, error)}
    middle = len(pages) // 2
    first = _write_isolating(engine, pages[:middle], crawl_id, now)
    return first | _write_isolating(engine, pages[middle:], crawl_id, now)


def _write(connection: Connection, pages: Sequence[PreparedPage], now: datetime) -> dict[int, PageResult]:
    memory = consult_memory(connection, pages, now)
    written = write_articles(connection, memory.pages, now)
    remember(connection, memory, _text_written(written), now)
    record_fetches(connection, [record for page in pages for record in page.fetches])
    return {
        number: PageResult(outcome.change, outcome.article_id, outcome.placement)
        for number, outcome in written.items()
    }


def _text_written(written: Mapping[int, Written]) -> dict[int, tuple[int, bool]]:
    """Return, by number, the article's id and whether it is new, of the pages whose text was written."""
    return {
        number: (outcome.article_id, outcome.change is Change.NEW)
        for number, outcome in written.items()
        if outcome.article_id is not None and outcome.change in (Change.NEW, Change.TEXT)
    }


def _give_up(engine: Engine, cleaned: CleanedPage, crawl_id: int | None, error: Exception) -> PageResult:
    reason = f"{type(error).__name__}: {_cause(error)}"
    logger.error("cannot store %r: %r", cleaned.article.url, reason)
    try:
        records = [
            replace(record, status=FetchStatus.ERROR, detail=reason)
            for record in fetch_records(cleaned, None, crawl_id, None)
        ]
        write_with_retry(engine, lambda connection: record_fetches(connection, records))
    except ROW_FAULTS:
        logger.error("cannot even record the fetch of %r", cleaned.article.url)
    return PageResult(Change.FAILED, error=reason)


def _cause(error: Exception) -> str:
    """Return one line of the error, without the statement and its parameters (they hold whole texts)."""
    origin = getattr(error, "orig", None) or error
    lines = str(origin).strip().splitlines()
    return lines[0][:LONGEST_REASON] if lines else ""
