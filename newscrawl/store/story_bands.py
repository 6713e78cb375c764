"""MinHash bands: by which texts a new one may be a copy of.

An article has 64 of them, hashes that lie anywhere in the table's tree. Written one article at a time they
would change 64 pages of 4 kB each. So the newest articles' bands wait in a log, 256 bytes an article, and go
into the tree some thousand articles at once, in its order. What waits is looked up in memory (see
`followed_log`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

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
from newscrawl.store.followed_log import FollowedLog
from newscrawl.store.story_blobs import Bands, pack_bands, unpack_bands
from newscrawl.store.story_sets import in_set, numbers_for, one_of
from newscrawl.store.story_tables import story_article_index, story_band_log, story_bands
from newscrawl.store.upsert import insert_rows

MOST_WAITING = 4_500
"""Articles whose bands wait: 3 MB of a process. More than leave the window at once (`TRIMMED_AT_ONCE`):
those take what waits along, so that the tree is walked once for both. At 100,000 articles it has 20,000
pages, each of which takes a dozen bands at a time; batches of 50 would change 3,000 pages each, for a band a
page."""

ROWS_AT_ONCE = {"sqlite": 4_000, "postgresql": 50_000}
"""Rows that are added and deleted in one stretch of the tree. On SQLite its pages stay in the page cache in
between; Postgres takes one statement for all of them, 6 MB of parameters."""

Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
_NAMES = ("band", "article_id")


class _Keys(NamedTuple):
    """Keys of the tree, in its order."""

    bands: Bands
    articles: Ids

    @classmethod
    def ordered(cls, bands: Bands, articles: Ids) -> "_Keys":
        """Return the keys of these bands, each with the article beside it."""
        order = np.lexsort((articles, bands))
        return cls(bands[order], articles[order])

    @classmethod
    def of(cls, articles: Sequence[tuple[int, Bands]]) -> "_Keys":
        """Return the keys of these bands of articles."""
        bands = [np.empty(0, np.int32), *(bands for _, bands in articles)]
        owners = np.array([article_id for article_id, _ in articles], np.int64)
        return cls.ordered(np.concatenate(bands), np.repeat(owners, [len(part) for part in bands[1:]]))

    def parts(self, count: int) -> Iterator[tuple[list[int], list[int]]]:
        """Yield bands and articles of one stretch of the tree after the other, all equally long."""
        least = np.linspace(-(1 << 31), 1 << 31, count, endpoint=False).astype(np.int32)
        ends = [*np.searchsorted(self.bands, least[1:]).tolist(), len(self.bands)]
        for start, end in pairwise([0, *ends]):
            yield self.bands[start:end].tolist(), self.articles[start:end].tolist()


class _Waiting:
    """The log as far as a process has read it."""

    def __init__(self) -> None:
        self.count = 0  # articles
        self._bands: Bands = np.empty(0, np.int32)  # ascending
        self._articles: Ids = np.empty(0, np.int64)

    def take_in(self, rows: Sequence[Row[Any]]) -> None:
        """Add rows of the log."""
        new = [unpack_bands(row.bands) for row in rows]
        owners = np.repeat(np.array([row.article_id for row in rows], np.int64), [len(part) for part in new])
        bands = np.concatenate(new)
        order = np.argsort(bands, kind="stable")
        # Inserted in their places: sorting all that waits again costs five times as much.
        places = np.searchsorted(self._bands, bands[order], "right")
        self._bands = np.insert(self._bands, places, bands[order])
        self._articles = np.insert(self._articles, places, owners[order])
        self.count += len(rows)

    def keys(self) -> _Keys:
        """Return all that waits."""
        return _Keys.ordered(self._bands, self._articles)

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
    rows = [(row.article_id, unpack_bands(row.bands)) for row in connection.execute(query)]
    _change_tree(connection, new=_Keys.of([]), gone=_Keys.of(rows))


def trim_bands(connection: Connection, articles: Sequence[tuple[int, Bands]]) -> None:
    """Delete these bands of articles, and put all that wait into the tree on the way.

    Both change nearly every page of the tree: one after the other, each would be read and written twice.
    """
    _change_tree(connection, new=_log.read(connection).keys(), gone=_Keys.of(articles))
    connection.execute(delete(story_band_log))


def empty_log(connection: Connection) -> None:
    """Put all bands that wait into the tree."""
    trim_bands(connection, [])


def _change_tree(connection: Connection, *, new: _Keys, gone: _Keys) -> None:
    """Add keys, then delete keys: an article that waits may have left the window already."""
    dialect = connection.dialect.name
    count = 1 + (len(new.bands) + len(gone.bands)) // ROWS_AT_ONCE[dialect]
    for added, deleted in zip(new.parts(count), gone.parts(count), strict=True):
        if dialect == "sqlite":
            execute_tuples(connection, insert_of(story_bands), _NAMES, [*zip(*added, strict=True)])
            execute_tuples(connection, _DELETE_ONE, ("b_band", "b_id"), [*zip(*deleted, strict=True)])
            continue
        named = [dict(zip(_NAMES, key, strict=True)) for key in zip(*added, strict=True)]
        insert_rows(connection, story_bands, named)
        if deleted[0]:
            connection.execute(_delete_many(), dict(zip(("bands", "ids"), deleted, strict=True)))


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
