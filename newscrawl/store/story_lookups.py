"""The story index in SQL: what `newscrawl.stories.StoryEngine` looks up, a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from newscrawl.model import MatchKind
from newscrawl.store.article_tables import articles
from newscrawl.store.story_blobs import unpack_floats, unpack_hashes, unpack_ids, unpack_terms, unpack_vector
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import (
    stories,
    story_article_index,
    story_bands,
    story_decisions,
    story_frequencies,
    story_postings,
    story_vectors,
)
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.index import IndexedArticle, IndexedStory, PostingKey

SNAPSHOT_ID = 0
"""The row of `story_frequencies` that holds the snapshot; the others are its log."""

_INDEXED = (
    story_article_index.c.article_id,
    articles.c.story_id,
    articles.c.copy_of_id,
    articles.c.match_kind,
    story_article_index.c.day,
    story_article_index.c.seen_day,
    story_article_index.c.text_hash,
    story_article_index.c.token_count,
    story_article_index.c.shingle_count,
    story_article_index.c.cues,
    story_article_index.c.shingles,
    story_article_index.c.terms,
    articles.c.language,
    story_article_index.c.moments,
)


class SqlStoryIndex:
    """Implements `newscrawl.stories.index.StoryIndex` on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def frequencies(self) -> DocumentFrequencies:
        """Return the snapshot of document frequencies."""
        row = self._connection.execute(
            select(story_frequencies.c.articles, story_frequencies.c.terms, story_frequencies.c.counts).where(
                story_frequencies.c.id == SNAPSHOT_ID
            )
        ).one_or_none()
        if row is None:
            return DocumentFrequencies.empty()
        return DocumentFrequencies(unpack_hashes(row.terms), unpack_floats(row.counts), row.articles)

    def next_story_id(self) -> int:
        """Return the first story id that was never used. The write lock makes it ours."""
        return int(self._connection.scalar(select(func.max(stories.c.id))) or 0) + 1

    def articles_with_hash(self, hashes: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return text hash -> ids of articles with that text, ascending."""
        table = story_article_index
        query = (
            select(table.c.text_hash, table.c.article_id)
            .where(in_set(self._connection, table.c.text_hash, hashes))
            .order_by(table.c.article_id)
        )
        return self._grouped(query)

    def articles_with_bands(self, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return MinHash band -> ids of articles in it, ascending."""
        query = (
            select(story_bands.c.band, story_bands.c.article_id)
            .where(in_set(self._connection, story_bands.c.band, bands))
            .order_by(story_bands.c.band, story_bands.c.article_id)
        )
        return self._grouped(query)

    def postings(
        self, terms: Iterable[int], periods: Iterable[int] | None
    ) -> Mapping[PostingKey, Sequence[int]]:
        """Return the stories posted under each term in the periods (in all, if None), oldest first."""
        table = story_postings
        query = select(table.c.term, table.c.period, table.c.story_ids).where(
            in_set(self._connection, table.c.term, terms)
        )
        if periods is not None:
            query = query.where(in_set(self._connection, table.c.period, periods))
        return {(term, period): unpack_ids(ids) for term, period, ids in self._connection.execute(query)}

    def articles(self, article_ids: Iterable[int]) -> Mapping[int, IndexedArticle]:
        """Return the articles that are known; the others are left out."""
        query = _indexed().where(in_set(self._connection, story_article_index.c.article_id, article_ids))
        return {row.article_id: _article(row) for row in self._connection.execute(query)}

    def members(self, story_ids: Iterable[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        """Return story id -> its articles, ascending by id."""
        query = (
            _indexed()
            .where(in_set(self._connection, articles.c.story_id, story_ids))
            .order_by(story_article_index.c.article_id)
        )
        found: dict[int, list[IndexedArticle]] = defaultdict(list)
        for row in self._connection.execute(query):
            found[row.story_id].append(_article(row))
        return found

    def window(self) -> Iterable[IndexedArticle]:
        """Return all articles that still have terms, ascending by id."""
        query = _indexed().where(story_article_index.c.terms.is_not(None), articles.c.story_id.is_not(None))
        rows = self._connection.execute(query.order_by(story_article_index.c.article_id))
        return (_article(row) for row in rows)

    def stories(self, story_ids: Iterable[int]) -> Mapping[int, IndexedStory]:
        """Return the stories that are still in the window; merged and old ones are left out."""
        query = select(story_vectors).where(in_set(self._connection, story_vectors.c.story_id, story_ids))
        return {
            row.story_id: IndexedStory(
                story_id=row.story_id,
                size=row.size,
                day_sum=row.day_sum,
                day_count=row.day_count,
                vector=unpack_vector(row.vector),
                moments=unpack_vector(row.moments),
                moment_counts=unpack_hashes(row.moment_counts).tolist(),
            )
            for row in self._connection.execute(query)
        }

    def kept_apart(self) -> frozenset[frozenset[int]]:
        """Return the pairs of stories that a person split, under the ids by which they go now."""
        one, other = stories.alias("one"), stories.alias("other")
        query = (
            select(
                func.coalesce(one.c.merged_into_id, one.c.id),
                func.coalesce(other.c.merged_into_id, other.c.id),
            )
            .select_from(story_decisions)
            .join(one, one.c.id == story_decisions.c.story_id)
            .join(other, other.c.id == story_decisions.c.other_story_id)
            .where(story_decisions.c.kind == "split")
        )
        return frozenset(frozenset(pair) for pair in self._connection.execute(query))

    def _grouped(self, query: Select[Any]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for key, article_id in self._connection.execute(query):
            found[key].append(article_id)
        return found


def _indexed() -> Select[Any]:
    return select(*_INDEXED).join(articles, articles.c.id == story_article_index.c.article_id)


def _article(row: Row[Any]) -> IndexedArticle:
    return IndexedArticle(
        article_id=row.article_id,
        story_id=row.story_id or 0,
        copy_of_id=row.copy_of_id,
        day=row.day,
        seen_day=row.seen_day,
        text_hash=row.text_hash,
        token_count=row.token_count,
        shingle_count=row.shingle_count,
        cues=row.cues,
        shingles=unpack_hashes(row.shingles),
        terms=unpack_terms(row.terms, row.language) if row.terms is not None else None,
        vector=None,
        moments=unpack_vector(row.moments),
        is_pinned=row.match_kind == MatchKind.MANUAL,
    )
