"""Where new and changed articles get their story, inside the transaction that writes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from newscrawl.model import MatchKind, Placement, Relation, StoryInput
from newscrawl.store.article_tables import articles
from newscrawl.store.story_blobs import (
    pack_floats,
    pack_hashes,
    pack_ids,
    pack_vector,
    unpack_floats,
    unpack_hashes,
)
from newscrawl.store.story_lookups import SNAPSHOT_ID, SqlStoryIndex
from newscrawl.store.story_refresh import refresh_stories
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import (
    stories,
    story_article_index,
    story_bands,
    story_frequencies,
    story_postings,
    story_vectors,
)
from newscrawl.store.upsert import insert_into
from newscrawl.stories.engine import Decision, StoryEngine
from newscrawl.stories.fingerprint import FINGERPRINT_VERSION
from newscrawl.stories.frequencies import DocumentFrequencies, count_weight, snapshot_due, terms_of
from newscrawl.stories.index import Changes, IndexedArticle

SCORE_DIGITS = 4
"""Digits kept of a match score: the fifth differs between processors."""


def place_articles(connection: Connection, batch: Sequence[StoryInput], now: datetime) -> list[Placement]:
    """Find the story of each article of `batch`, write all that follows from it, and tell where each went.

    The articles' rows must exist, and the transaction must hold the write lock (`begin_write`): look-up and
    insert are one step. An article with `is_new` False keeps its story; only its index entries change.
    The placements come in the order of `batch`.
    """
    if not batch:
        return []
    engine = StoryEngine(SqlStoryIndex(connection))
    engine.reindex([article for article in batch if not article.is_new])
    decisions = engine.place([article for article in batch if article.is_new])
    changes = engine.changes
    _write_new_stories(connection, changes, batch, now)
    _write_decisions(connection, decisions)
    _write_articles(connection, changes, [article.article_id for article in batch if not article.is_new])
    _write_stories(connection, changes)
    _count_terms(connection, [article for article in batch if article.is_new])
    refresh_stories(connection, changes.stories, changes.copy_links)
    return _placements(connection, batch)


def _write_new_stories(
    connection: Connection, changes: Changes, batch: Sequence[StoryInput], now: datetime
) -> None:
    if not changes.new_stories:
        return
    title_of = {article.article_id: article.title for article in batch}
    first: dict[int, int] = {}
    for known in changes.articles.values():
        first.setdefault(known.story_id, known.article_id)
    rows = [
        {
            "id": story_id,
            "title": title_of[first[story_id]],
            "canonical_article_id": first[story_id],
            "article_count": 0,
            "site_count": 0,
            "languages": (),
            "created_at": now,
        }
        for story_id in changes.new_stories
    ]
    connection.execute(insert(stories), rows)


def _write_decisions(connection: Connection, decisions: Sequence[Decision]) -> None:
    if not decisions:
        return
    connection.execute(
        update(articles)
        .where(articles.c.id == bindparam("b_id"))
        .values(
            story_id=bindparam("b_story_id"),
            relation=None,
            copy_of_id=None,
            match_kind=bindparam("b_kind"),
            match_score=bindparam("b_score"),
            match_article_id=bindparam("b_match"),
        ),
        [
            {
                "b_id": decision.article_id,
                "b_story_id": decision.story_id,
                "b_kind": decision.kind.value,
                "b_score": None if decision.score is None else round(decision.score, SCORE_DIGITS),
                "b_match": decision.match_article_id,
            }
            for decision in decisions
        ],
    )


def _write_articles(connection: Connection, changes: Changes, replaced: Sequence[int]) -> None:
    if replaced:
        for table in (story_bands, story_article_index):
            connection.execute(delete(table).where(in_set(connection, table.c.article_id, replaced)))
    rows = [_article_row(known) for known in changes.articles.values()]
    if rows:
        connection.execute(insert(story_article_index), rows)
    bands = [
        {"band": band, "article_id": article_id}
        for article_id, bands_ in changes.bands.items()
        for band in sorted(set(bands_))
    ]
    if bands:
        connection.execute(insert(story_bands), bands)


def _article_row(known: IndexedArticle) -> dict[str, Any]:
    return {
        "article_id": known.article_id,
        "text_hash": known.text_hash,
        "version": FINGERPRINT_VERSION,
        "day": known.day,
        "seen_day": known.seen_day,
        "token_count": known.token_count,
        "shingle_count": known.shingle_count,
        "cues": known.cues,
        "shingles": pack_hashes(known.shingles),
        "vector": None if known.vector is None else pack_vector(known.vector),
    }


def _write_stories(connection: Connection, changes: Changes) -> None:
    if changes.stories:
        vectors = insert_into(connection, story_vectors)
        connection.execute(
            vectors.on_conflict_do_update(
                index_elements=[story_vectors.c.story_id],
                set_={name: vectors.excluded[name] for name in ("size", "day_sum", "day_count", "vector")},
            ),
            [
                {
                    "story_id": story.story_id,
                    "size": story.size,
                    "day_sum": story.day_sum,
                    "day_count": story.day_count,
                    "vector": pack_vector(story.vector),
                }
                for story in changes.stories.values()
            ],
        )
    if changes.postings:
        postings = insert_into(connection, story_postings)
        connection.execute(
            postings.on_conflict_do_update(
                index_elements=[story_postings.c.term, story_postings.c.period],
                set_={"story_ids": postings.excluded.story_ids},
            ),
            [
                {"term": term, "period": period, "story_ids": pack_ids(ring)}
                for (term, period), ring in sorted(changes.postings.items())
            ],
        )


def _count_terms(connection: Connection, batch: Sequence[StoryInput]) -> None:
    """Log the terms of the articles that are counted; fold the log into the snapshot when it is due."""
    if not batch:
        return
    table = story_frequencies
    counted = [(count_weight(article.article_id), terms_of(article.fingerprint)) for article in batch]
    parts = [
        DocumentFrequencies.counted([terms for w, terms in counted if w == weight], weight)
        for weight in sorted({w for w, _ in counted} - {0})
    ]
    newest = max(article.article_id for article in batch)
    if parts:
        connection.execute(insert(table), _frequency_row(DocumentFrequencies.empty().plus(parts), newest))
    last = connection.scalar(select(table.c.article_id).where(table.c.id == SNAPSHOT_ID)) or 0
    if not snapshot_due(newest, last):
        return
    rows = connection.execute(select(table).order_by(table.c.id)).all()
    logged = [
        DocumentFrequencies(unpack_hashes(row.terms), unpack_floats(row.counts), row.articles) for row in rows
    ]
    connection.execute(delete(table))
    snapshot = DocumentFrequencies.empty().plus(logged)
    connection.execute(insert(table), {"id": SNAPSHOT_ID, **_frequency_row(snapshot, newest)})


def _frequency_row(frequencies: DocumentFrequencies, newest: int) -> dict[str, Any]:
    return {
        "article_id": newest,
        "articles": frequencies.articles,
        "terms": pack_hashes(frequencies.ids),
        "counts": pack_floats(frequencies.counts),
    }


def _placements(connection: Connection, batch: Sequence[StoryInput]) -> list[Placement]:
    query = select(
        articles.c.id,
        articles.c.story_id,
        articles.c.relation,
        articles.c.copy_of_id,
        articles.c.match_kind,
        articles.c.match_score,
        articles.c.match_article_id,
    ).where(in_set(connection, articles.c.id, (article.article_id for article in batch)))
    rows = {row.id: row for row in connection.execute(query) if row.story_id is not None}
    return [
        Placement(
            article_id=row.id,
            story_id=row.story_id,
            relation=Relation(row.relation),
            copy_of_id=row.copy_of_id,
            match_kind=MatchKind(row.match_kind),
            match_score=row.match_score,
            match_article_id=row.match_article_id,
        )
        for article in batch
        if (row := rows.get(article.article_id))
    ]
