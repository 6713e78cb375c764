"""MinHash bands: by which texts a new one may be a copy of.

An article has 64 of them, hashes that lie anywhere in the table's tree. Written one article at a time they
would change 64 pages of 4 kB each. So the newest articles' bands wait in a log, 256 bytes an article, and go
into the tree some thousand articles at once, in its order. What waits is looked up in memory (see
`followed_log`).
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Delete,
    Integer,
    Row,
    Select,
    bindparam,
    cast,
    delete,
    func,
    select,
)

from newscrawl.store.bulk import execute_rows, execute_tuples, insert_of
from newscrawl.store.chunks import chunks
from newscrawl.store.followed_log import FollowedLog
from newscrawl.store.story_blobs import pack_bands, unpack_bands
from newscrawl.store.story_sets import in_set, numbers_for, one_of
from newscrawl.store.story_tables import story_article_index, story_band_log, story_bands
from newscrawl.store.upsert import insert_rows

MOST_WAITING = 4_000
"""Articles whose bands wait: 3 MB of a process. At 100,000 articles the tree has 20,000 pages, each of which
takes a dozen bands at a time; batches of 50 articles would change 3,000 pages each, for a band a page."""

ROWS_AT_ONCE = 50_000
"""Rows of one statement: 6 MB of tuples."""

Bands = np.ndarray[tuple[int], np.dtype[np.int32]]
Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
Keys = Sequence[tuple[int, int]]  # (band, article id)


class _Waiting:
    """The log as far as a process has read it."""

    def __init__(self) -> None:
        self.count, self.oldest = 0, sys.maxsize  # articles, and the least id among them
        self._bands: Bands = np.empty(0, np.int32)  # ascending
        self._articles: Ids = np.empty(0, np.int64)

    def take_in(self, rows: Sequence[Row[Any]]) -> None:
        """Add rows of the log."""
        new = [np.frombuffer(row.bands, "<i4") for row in rows]
        owners = np.repeat(np.array([row.article_id for row in rows], np.int64), [len(part) for part in new])
        bands = np.concatenate(new)
        order = np.argsort(bands, kind="stable")
        # Inserted in their places: sorting all that waits again costs five times as much.
        places = np.searchsorted(self._bands, bands[order], "right")
        self._bands = np.insert(self._bands, places, bands[order])
        self._articles = np.insert(self._articles, places, owners[order])
        self.count += len(rows)
        self.oldest = min(self.oldest, *(row.article_id for row in rows))

    def keys(self) -> Iterator[tuple[int, int]]:
        """Return (band, article) of all that waits, in the tree's order."""
        order = np.lexsort((self._articles, self._bands))
        return zip(self._bands[order].tolist(), self._articles[order].tolist(), strict=True)

    def find(self, bands: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the bands, of those asked for, that some article has, and beside each such an article."""
        asked = np.array(bands, np.int32)
        start = np.searchsorted(self._bands, asked, "left")
        end = np.searchsorted(self._bands, asked, "right")
        known = np.flatnonzero(end > start)
        asked, start, counts = asked[known], start[known], end[known] - start[known]
        places = np.repeat(start - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return np.repeat(asked, counts).tolist(), self._articles[places].tolist()


_log = FollowedLog(story_band_log, _Waiting)


def articles_with_bands(connection: Connection, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
    """Return MinHash band -> ids of the articles that have it, ascending. In a write transaction."""
    wanted = sorted(set(bands))
    if not wanted:
        return {}
    found: dict[int, list[int]] = defaultdict(list)
    ids = {"ids": numbers_for(connection, wanted)}
    for band, article_id in connection.execute(_in_tree(connection.dialect.name), ids).all():
        found[band].append(article_id)
    for band, article_id in zip(*_log.read(connection).find(wanted), strict=True):
        found[band].append(article_id)
    return {band: sorted(articles) for band, articles in found.items()}


def add_bands(connection: Connection, articles: Iterable[tuple[int, Sequence[int]]]) -> None:
    """Make articles findable by their bands."""
    rows = [{"article_id": article_id, "bands": pack_bands(bands)} for article_id, bands in articles if bands]
    execute_rows(connection, insert_of(story_band_log), rows)
    if _log.read(connection).count >= MOST_WAITING:
        empty_log(connection)


def forget_bands(connection: Connection, article_ids: Iterable[int]) -> None:
    """Make articles unfindable by their bands, before their texts are indexed anew."""
    ids = set(article_ids)
    connection.execute(delete(story_band_log).where(in_set(connection, story_band_log.c.article_id, ids)))
    table = story_article_index
    query = select(table.c.article_id, table.c.bands).where(in_set(connection, table.c.article_id, ids))
    keys = [(band, row.article_id) for row in connection.execute(query) for band in unpack_bands(row.bands)]
    delete_bands(connection, keys)


def delete_bands(connection: Connection, keys: Keys) -> None:
    """Delete bands of articles from the tree."""
    for part in chunks(sorted(keys), ROWS_AT_ONCE):
        if connection.dialect.name == "sqlite":
            execute_tuples(connection, _DELETE_ONE, ("b_band", "b_id"), part)
        else:
            bands, ids = zip(*part, strict=True)
            connection.execute(_delete_many(), {"bands": list(bands), "ids": list(ids)})


def empty_log_to(connection: Connection, article_id: int) -> None:
    """See to it that the bands of the articles up to this one are in the tree."""
    waiting = _log.read(connection)
    if waiting.oldest <= article_id:
        empty_log(connection)


def empty_log(connection: Connection) -> None:
    """Put all bands that wait into the tree."""
    waiting = _log.read(connection)
    for part in chunks(waiting.keys(), ROWS_AT_ONCE):
        if connection.dialect.name == "sqlite":
            execute_tuples(connection, insert_of(story_bands), ("band", "article_id"), part)
        else:
            named = [{"band": band, "article_id": article_id} for band, article_id in part]
            insert_rows(connection, story_bands, named)
    connection.execute(delete(story_band_log))


_COUNT = select(func.count()).select_from(story_band_log)
_DELETE_ONE = delete(story_bands).where(
    story_bands.c.band == bindparam("b_band"), story_bands.c.article_id == bindparam("b_id")
)


@lru_cache(maxsize=2)
def _in_tree(dialect: str) -> Select[Any]:
    return select(story_bands.c.band, story_bands.c.article_id).where(
        one_of(dialect, story_bands.c.band, "ids")
    )


@lru_cache(maxsize=1)
def _delete_many() -> Delete:
    arrays = [
        cast(bindparam(name, type_=ARRAY(kind)), ARRAY(kind))
        for name, kind in (("bands", Integer), ("ids", BigInteger))
    ]
    given = func.unnest(*arrays).table_valued("band", "article_id").render_derived()
    return delete(story_bands).where(
        story_bands.c.band == given.c.band, story_bands.c.article_id == given.c.article_id
    )
