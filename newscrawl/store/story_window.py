"""Letting old stories go: what can no longer be matched as an event keeps only what a copy is found by."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from newscrawl.store.bulk import execute_rows, insert_of
from newscrawl.store.story_bands import trim_bands
from newscrawl.store.story_blobs import BAND_BYTES, unpack_bands
from newscrawl.store.story_embeddings import forget_embeddings
from newscrawl.store.story_postings import empty_posting_log
from newscrawl.store.story_tables import story_article_index, story_postings, story_vectors

WINDOW_ARTICLES = 100_000
"""Newest articles that new ones are compared with as events: ten days of 10,000 articles."""

OLD_BANDS = 16
"""MinHash bands that an old article keeps of 64: a copy with half of its 2-word shingles is still found
with p .99 (1 - (1 - .5 ** 2) ** 16), and the largest table of the index stays a quarter of its size."""

OLD_SHINGLE_BYTES = 4 * 256
"""3-word shingles that an old article keeps, 4 bytes each: enough to estimate containment within .03."""

TRIMMED_AT_ONCE = 4_000
"""Articles trimmed by one batch, as soon as so many have left the window: their bands lie anywhere in the
tree (see `story_bands`), so the more of them at once, the fewer pages change for each."""

POSTINGS_EVERY = 50_000
"""Articles after which old posting lists are deleted: a scan of the whole table."""


def trim_window(connection: Connection, newest: int) -> None:
    """Trim what left the window when article `newest` came. Mostly there is nothing to do."""
    cut = newest - WINDOW_ARTICLES
    if cut <= 0:
        return
    last = connection.scalar(_LEFT_WINDOW, {"cut": cut, "others": TRIMMED_AT_ONCE - 1})
    if last is None:
        return
    rows = connection.execute(_TO_TRIM, {"last": last}).all()
    trim_bands(connection, [(row.article_id, unpack_bands(row.bands)[OLD_BANDS:]) for row in rows])
    # Deleted and written anew: rows that only become shorter leave the room to nobody, on SQLite.
    connection.execute(_LET_GO, {"last": last})
    execute_rows(connection, insert_of(story_article_index), [_kept_for_copies(row) for row in rows])
    forget_embeddings(connection, last)
    connection.execute(delete(story_vectors).where(story_vectors.c.newest_article_id <= cut))
    if newest // POSTINGS_EVERY != (newest - TRIMMED_AT_ONCE) // POSTINGS_EVERY:
        empty_posting_log(connection, newest)
        connection.execute(delete(story_postings).where(story_postings.c.newest_article_id <= cut))


def _kept_for_copies(row: Row[Any]) -> dict[str, Any]:
    return {
        **row._mapping,
        "terms": None,
        "bands": row.bands[: OLD_BANDS * BAND_BYTES],
        "shingles": row.shingles[:OLD_SHINGLE_BYTES],
    }


_LEFT_WINDOW = (
    select(story_article_index.c.article_id)
    .where(story_article_index.c.terms.is_not(None), story_article_index.c.article_id <= bindparam("cut"))
    .order_by(story_article_index.c.article_id)
    .offset(bindparam("others"))
    .limit(1)
)
_LEFT = story_article_index.c.terms.is_not(None), story_article_index.c.article_id <= bindparam("last")
_TO_TRIM = select(*(column for column in story_article_index.c if column.name != "terms")).where(*_LEFT)
_LET_GO = delete(story_article_index).where(*_LEFT)
