"""What a batch costs the database, in counts: times depend on the machine, statements and bytes do not."""

from collections import Counter
from typing import Any

from sqlalchemy import Engine, event, func, select

from benchmarks.stories.newsroom import Newsroom, told_at
from newscrawl.model import CleanedPage
from newscrawl.store import begin_read, write_batch
from newscrawl.store.story_tables import story_article_index

MOST_STATEMENTS = 60
"""Statements of a batch, whatever its size; 38 to 45 are usual (repairs and links take some more)."""

MOST_INDEX_BYTES = 4_500
"""Bytes by which an article of 440 words is found in the window: shingles, terms, bands, moments."""


def statements_of(engine: Engine, batch: list[CleanedPage]) -> Counter[str]:
    """Write a batch; return how often each statement ran."""
    counts: Counter[str] = Counter()

    def count(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        counts[statement] += 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        write_batch(engine, batch, crawl_id=None, now=told_at(0))
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return counts


def test_a_batch_takes_as_many_statements_whatever_its_size(engine: Engine) -> None:
    pages = list(Newsroom().articles(170))
    write_batch(engine, pages[:100], crawl_id=None, now=told_at(0))
    small, large = statements_of(engine, pages[100:110]), statements_of(engine, pages[110:160])
    assert large.total() <= MOST_STATEMENTS
    assert large.total() <= small.total() + 12
    assert max(large.values()) <= 12


def test_the_index_row_of_an_article_stays_small(engine: Engine) -> None:
    pages = list(Newsroom().articles(50))
    write_batch(engine, pages, crawl_id=None, now=told_at(0))
    table = story_article_index.c
    size = sum(func.length(column) for column in (table.shingles, table.terms, table.bands, table.moments))
    with begin_read(engine) as connection:
        mean = connection.scalar(select(func.avg(size)))
    assert mean is not None and float(mean) < MOST_INDEX_BYTES
