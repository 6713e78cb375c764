"""The snapshot of document frequencies: 3 MB that change every few thousand articles, so a process keeps it.

It is known by the article that it was made at. What a transaction wrote and then rolled back is forgotten, as
another snapshot may be made at the same article.
"""

from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, event, select

from newscrawl.store.engine import WRITE_OPTION
from newscrawl.store.story_blobs import unpack_floats, unpack_hashes
from newscrawl.store.story_tables import story_frequencies
from newscrawl.stories.frequencies import DocumentFrequencies

SNAPSHOT_ID = 0
"""The row of `story_frequencies` that holds the snapshot; the others are its log."""

_MADE_AT = select(story_frequencies.c.article_id).where(story_frequencies.c.id == SNAPSHOT_ID)
_SNAPSHOT = select(story_frequencies.c.articles, story_frequencies.c.terms, story_frequencies.c.counts).where(
    story_frequencies.c.id == SNAPSHOT_ID
)
_kept: WeakKeyDictionary[Engine, tuple[int, DocumentFrequencies]] = WeakKeyDictionary()


def snapshot_made_at(connection: Connection) -> int | None:
    """Return the newest article that the snapshot counts, or None where there is no snapshot yet."""
    made_at: int | None = connection.scalar(_MADE_AT)
    return made_at


def read_snapshot(connection: Connection) -> DocumentFrequencies:
    """Return the snapshot of document frequencies."""
    made_at = snapshot_made_at(connection)
    if made_at is None:
        return DocumentFrequencies.empty()
    engine = connection.engine
    known = _kept.get(engine)
    if known is not None and known[0] == made_at:
        return known[1]
    row = connection.execute(_SNAPSHOT).one()
    snapshot = DocumentFrequencies(unpack_hashes(row.terms), unpack_floats(row.counts), row.articles)
    if not event.contains(engine, "rollback", _forget):
        event.listen(engine, "rollback", _forget)
    _kept[engine] = made_at, snapshot
    return snapshot


def _forget(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITE_OPTION):  # who only read ends with a rollback, too
        _kept.pop(connection.engine, None)
