"""Posting lists: under which terms, in which days, a story is found again.

An article is posted under 24 terms, and most of their lists lie on pages of their own. So what the newest
articles post waits in a log, a row a batch, and goes into the lists some thousand articles at once, in the
order of their tree. What waits is looked up in memory (`followed_log`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing
from sqlalchemy import Connection, Row, Select, delete, select

from newscrawl.store.bulk import execute_rows, execute_tuples, insert_of
from newscrawl.store.followed_log import FollowedLog
from newscrawl.store.story_blobs import pack_ids, unpack_ids
from newscrawl.store.story_sets import numbers_for, one_of
from newscrawl.store.story_tables import story_posting_log, story_postings
from newscrawl.store.upsert import Insert, insert_for
from newscrawl.stories.index import PostingKey
from newscrawl.stories.postings import posted_all

MOST_WAITING = 100_000
"""Entries that wait: those of some 4,000 articles, 2 MB of a process. At 100,000 articles the lists' tree has
8,000 pages; a batch of 50 articles would change 1,000 of them, for an entry a page."""

_NAMES = ("term", "period", "story_ids", "newest_article_id")
_ENTRY = np.dtype([("term", "<u4"), ("period", "<i4"), ("story", "<u4")])

Keys = np.ndarray[tuple[int], np.dtype[np.uint64]]
Stories = np.ndarray[tuple[int], np.dtype[np.uint32]]


class _Waiting:
    """The log as far as a process has read it: (term, period) in one number each, ascending, and the stories
    posted there, the newest last."""

    def __init__(self) -> None:
        self._keys: Keys = np.empty(0, np.uint64)
        self._stories: Stories = np.empty(0, np.uint32)

    def __len__(self) -> int:
        return len(self._keys)

    def take_in(self, rows: Sequence[Row[Any]]) -> None:
        entries = np.frombuffer(b"".join(row.posts for row in rows), _ENTRY)
        keys = _keys(entries["term"], entries["period"])
        order = np.argsort(keys, kind="stable")
        places = np.searchsorted(self._keys, keys[order], "right")
        self._keys = np.insert(self._keys, places, keys[order])
        self._stories = np.insert(self._stories, places, entries["story"][order])

    def of(
        self, terms: Iterable[int], periods: Collection[int] | None
    ) -> Iterator[tuple[PostingKey, list[int]]]:
        """Yield what waits for the lists of these terms in the periods (in all, if None)."""
        asked = np.array(sorted(terms), np.uint64)
        if periods is None:
            first, last = asked << _SHIFT, (asked << _SHIFT) | _LOW
        else:
            first = last = np.sort(_keys(np.repeat(asked, len(periods)), np.tile([*periods], len(asked))))
        start, end = np.searchsorted(self._keys, first, "left"), np.searchsorted(self._keys, last, "right")
        counts = end - start
        places = np.repeat(start - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        return _lists(self._keys[places], self._stories[places])

    def all(self) -> Iterator[tuple[PostingKey, list[int]]]:
        """Yield all that waits, in the order of the lists' tree."""
        return _lists(self._keys, self._stories)


def _lists(keys: Keys, stories: Stories) -> Iterator[tuple[PostingKey, list[int]]]:
    """Yield the stories of each of `keys`, which are ascending. All at once: numpy takes 10 us a list."""
    starts = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    terms, periods = (keys[starts] >> _SHIFT).tolist(), _periods(keys[starts]).tolist()
    bounds, posts = [*starts.tolist(), len(keys)], stories.tolist()
    for number, key in enumerate(zip(terms, periods, strict=True)):
        yield key, posts[bounds[number] : bounds[number + 1]]


_SHIFT, _LOW, _MIDDLE = np.uint64(32), np.uint64((1 << 32) - 1), 1 << 31


def _keys(terms: np.typing.NDArray[Any], periods: np.typing.NDArray[Any]) -> Keys:
    """Return one number for each term and period, in the order of both."""
    low = (periods.astype(np.int64) + _MIDDLE).astype(np.uint64)
    return (terms.astype(np.uint64) << _SHIFT) | low


def _periods(keys: Keys) -> np.typing.NDArray[np.int64]:
    return (keys & _LOW).astype(np.int64) - _MIDDLE


_log = FollowedLog(story_posting_log, _Waiting)


def find_postings(
    connection: Connection, terms: Iterable[int], periods: Iterable[int] | None
) -> Mapping[PostingKey, Sequence[int]]:
    """Return the stories posted under each term in the periods (in all, if None), oldest first."""
    wanted = set(terms)
    if not wanted:
        return {}
    asked = None if periods is None else set(periods)
    found = _in_lists(connection, wanted, asked)
    for key, stories in _log.read(connection).of(wanted, asked):
        found[key] = posted_all(found.get(key, ()), stories)
    return found


def add_postings(connection: Connection, posts: Mapping[PostingKey, Sequence[int]], newest: int) -> None:
    """Post stories, the newest last under each key. `newest` is the newest article's id."""
    if not posts:
        return
    entries = np.array(
        [(term, period, story_id) for (term, period), stories in posts.items() for story_id in stories],
        _ENTRY,
    )
    execute_rows(connection, insert_of(story_posting_log), [{"posts": entries.tobytes()}])
    if len(_log.read(connection)) >= MOST_WAITING:
        empty_posting_log(connection, newest)


def empty_posting_log(connection: Connection, newest: int) -> None:
    """Put all that waits into the lists."""
    waiting = [*_log.read(connection).all()]
    terms_of: dict[int, list[int]] = defaultdict(list)
    for (term, period), _ in waiting:
        terms_of[period].append(term)
    known: dict[PostingKey, Sequence[int]] = {}
    for period, terms in terms_of.items():
        known |= _in_lists(connection, terms, {period})
    rows = [(*key, _packed(known.get(key), stories), newest) for key, stories in waiting]
    execute_tuples(connection, _put(connection.dialect.name), _NAMES, rows)
    connection.execute(delete(story_posting_log))


def _packed(known: Sequence[int] | None, stories: Sequence[int]) -> bytes:
    if known is None and len(stories) == 1:  # most lists: the term is in no other story of these days
        return pack_ids(stories)
    return pack_ids(posted_all(known or (), stories))


def _in_lists(
    connection: Connection, terms: Iterable[int], periods: set[int] | None
) -> dict[PostingKey, Sequence[int]]:
    given: dict[str, object] = {"terms": numbers_for(connection, terms)}
    if periods is not None:
        given["periods"] = numbers_for(connection, periods)
    query = _find(connection.dialect.name, periods is not None)
    return {
        (term, period): unpack_ids(packed) for term, period, packed in connection.execute(query, given).all()
    }


@lru_cache(maxsize=4)
def _find(dialect: str, of_periods: bool) -> Select[Any]:
    table = story_postings.c
    query = select(table.term, table.period, table.story_ids).where(one_of(dialect, table.term, "terms"))
    return query.where(one_of(dialect, table.period, "periods")) if of_periods else query


@lru_cache(maxsize=2)
def _put(dialect: str) -> Insert:
    postings = insert_for(dialect, story_postings)
    return postings.on_conflict_do_update(
        index_elements=[story_postings.c.term, story_postings.c.period],
        set_={name: postings.excluded[name] for name in ("story_ids", "newest_article_id")},
    )
