"""The story index in SQL: what `newscrawl.stories.StoryEngine` looks up, a batch at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from newscrawl.model import MatchKind
from newscrawl.store.article_tables import articles
from newscrawl.store.story_bands import articles_with_bands
from newscrawl.store.story_blobs import unpack_hashes, unpack_terms, unpack_vector
from newscrawl.store.story_embeddings import read_embeddings
from newscrawl.store.story_postings import find_postings
from newscrawl.store.story_sets import numbers_for, one_of
from newscrawl.store.story_snapshot import read_snapshot
from newscrawl.store.story_tables import (
    stories,
    story_article_index,
    story_decisions,
    story_vectors,
)
from newscrawl.stories.background import written_language
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.index import IndexedArticle, IndexedStory, IndexedText, PostingKey
from newscrawl.stories.meanings import StoredMeanings

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


Rows = Sequence[Row[*tuple[Any, ...]]]


class _Queries(NamedTuple):
    """The look-ups of one kind of database. Each takes its numbers as parameter `ids`."""

    next_story_id: Select[Any]
    hashes: Select[Any]
    texts: Select[Any]
    articles: Select[Any]
    members: Select[Any]
    window: Select[Any]
    stories: Select[Any]
    languages: Select[Any]


@lru_cache(maxsize=2)
def _queries(dialect: str) -> _Queries:
    index = story_article_index.c
    indexed = select(*_INDEXED).join(articles, articles.c.id == index.article_id)
    return _Queries(
        next_story_id=select(func.max(stories.c.id)),
        hashes=select(index.text_hash, index.article_id)
        .where(one_of(dialect, index.text_hash, "ids"))
        .order_by(index.article_id),
        texts=select(index.article_id, index.text_hash, index.shingle_count, index.shingles).where(
            one_of(dialect, index.article_id, "ids")
        ),
        articles=indexed.where(one_of(dialect, index.article_id, "ids")),
        members=indexed.where(one_of(dialect, articles.c.story_id, "ids")).order_by(index.article_id),
        window=indexed.where(index.terms.is_not(None), articles.c.story_id.is_not(None)).order_by(
            index.article_id
        ),
        stories=select(story_vectors).where(one_of(dialect, story_vectors.c.story_id, "ids")),
        # Only what still has terms: that is what a story's vector is the sum of.
        languages=select(articles.c.story_id, articles.c.language, func.count())
        .join(story_article_index, index.article_id == articles.c.id)
        .where(one_of(dialect, articles.c.story_id, "ids"), index.terms.is_not(None))
        .group_by(articles.c.story_id, articles.c.language),
    )


class SqlStoryIndex:
    """Implements `newscrawl.stories.index.StoryIndex` on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queries = _queries(connection.dialect.name)

    def frequencies(self) -> DocumentFrequencies:
        """Return the snapshot of document frequencies."""
        return read_snapshot(self._connection)

    def next_story_id(self) -> int:
        """Return the first story id that was never used. The write lock makes it ours."""
        return int(self._connection.scalar(self._queries.next_story_id) or 0) + 1

    def articles_with_hash(self, hashes: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return text hash -> ids of articles with that text, ascending."""
        return self._grouped(self._queries.hashes, hashes)

    def articles_with_bands(self, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return MinHash band -> ids of articles in it, ascending."""
        return articles_with_bands(self._connection, bands)

    def postings(
        self, terms: Iterable[int], periods: Iterable[int] | None
    ) -> Mapping[PostingKey, Sequence[int]]:
        """Return the stories posted under each term in the periods (in all, if None), oldest first."""
        return find_postings(self._connection, terms, periods)

    def texts(self, article_ids: Iterable[int]) -> Mapping[int, IndexedText]:
        """Return the texts of the articles that are known."""
        return {
            article_id: IndexedText(article_id, text_hash, count, unpack_hashes(shingles))
            for article_id, text_hash, count, shingles in self._rows(self._queries.texts, article_ids)
        }

    def articles(self, article_ids: Iterable[int]) -> Mapping[int, IndexedArticle]:
        """Return the articles that are known; the others are left out."""
        rows = self._rows(self._queries.articles, article_ids)
        return {row.article_id: _article(row) for row in rows}

    def members(self, story_ids: Iterable[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        """Return story id -> its articles, ascending by id."""
        found: dict[int, list[IndexedArticle]] = defaultdict(list)
        for row in self._rows(self._queries.members, story_ids):
            found[row.story_id].append(_article(row))
        return found

    def window(self) -> Iterable[IndexedArticle]:
        """Return all articles that still have terms, ascending by id."""
        return (_article(row) for row in self._connection.execute(self._queries.window))

    def stories(self, story_ids: Iterable[int]) -> Mapping[int, IndexedStory]:
        """Return the stories that are still in the window; merged and old ones are left out."""
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
            for row in self._rows(self._queries.stories, story_ids)
        }

    def canonical_article(self, story_id: int) -> int | None:
        """Return the article that stands for the story; None where that is not known yet."""
        query = select(stories.c.canonical_article_id).where(stories.c.id == story_id)
        return self._connection.scalar(query)

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

    def languages(self, story_ids: Iterable[int]) -> Mapping[int, Counter[str]]:
        """Return story id -> how many of its articles are written in each language."""
        found: dict[int, Counter[str]] = defaultdict(Counter)
        for story_id, language, count in self._rows(self._queries.languages, story_ids):
            found[story_id][written_language(language)] += count
        return found

    def meanings(self, model: str, days: Iterable[int]) -> StoredMeanings:
        """Return the embeddings of this model of articles told on these days, ascending by article."""
        return read_embeddings(self._connection, model, days)

    def _grouped(self, query: Select[Any], keys: Iterable[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for key, article_id in self._rows(query, keys):
            found[key].append(article_id)
        return found

    def _rows(self, query: Select[Any], ids: Iterable[int]) -> Rows:
        wanted = set(ids)
        if not wanted:
            return []
        given = numbers_for(self._connection, wanted)
        # `all`: rows that are fetched one by one cost three times as much.
        return self._connection.execute(query, {"ids": given}).all()


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
