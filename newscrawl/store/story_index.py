"""Where new and changed articles get their story, inside the transaction that writes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from newscrawl.model import MatchKind, Placement, Relation, StoryInput
from newscrawl.store.article_tables import articles
from newscrawl.store.story_blobs import (
    pack_bands,
    pack_floats,
    pack_hashes,
    pack_ids,
    pack_terms,
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
    story_decisions,
    story_frequencies,
    story_postings,
    story_vectors,
)
from newscrawl.store.story_window import forget_bands, trim_window
from newscrawl.store.upsert import insert_into, insert_rows
from newscrawl.stories.engine import Decision, StoryEngine
from newscrawl.stories.fingerprint import FINGERPRINT_VERSION
from newscrawl.stories.frequencies import (
    REWEIGHED_BELOW,
    DocumentFrequencies,
    count_weight,
    snapshot_due,
    terms_of,
)
from newscrawl.stories.index import Changes, IndexedArticle, Move

STORY_COLUMNS = ("size", "day_sum", "day_count", "vector", "moments", "moment_counts", "newest_article_id")
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
    _write_decisions(connection, decisions, changes)
    _write_articles(connection, changes, [article.article_id for article in batch if not article.is_new])
    newest = max(article.article_id for article in batch)
    _write_stories(connection, changes, newest)
    _write_repairs(connection, changes, now)
    touched = changes.touched()
    if _count_terms(connection, [article for article in batch if article.is_new]):
        touched |= _reweigh(connection, newest, now)
    trim_window(connection, newest)
    refresh_stories(connection, touched, changes.copy_links)
    return _placements(connection, batch)


def _reweigh(connection: Connection, newest: int, now: datetime) -> set[int]:
    engine = StoryEngine(SqlStoryIndex(connection))
    engine.reweigh()
    _write_stories(connection, engine.changes, newest)
    _write_repairs(connection, engine.changes, now)
    return engine.changes.touched_by_repair()


def _write_new_stories(
    connection: Connection, changes: Changes, batch: Sequence[StoryInput], now: datetime
) -> None:
    title_of = {article.article_id: article.title for article in batch}
    first: dict[int, int] = {}
    for known in changes.articles.values():
        first.setdefault(known.story_id, known.article_id)
    born = [story_id for story_id in changes.new_stories if story_id not in changes.merged]
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
        for story_id in born
    ]
    if rows:
        connection.execute(insert(stories), rows)


def _write_decisions(connection: Connection, decisions: Sequence[Decision], changes: Changes) -> None:
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
                "b_story_id": changes.articles[decision.article_id].story_id,
                "b_kind": decision.kind.value,
                "b_score": _rounded(decision.score),
                "b_match": decision.match_article_id,
            }
            for decision in decisions
        ],
    )


def _write_repairs(connection: Connection, changes: Changes, now: datetime) -> None:
    """Write which stories were merged and which articles moved, and put it on record."""
    merged = [
        {"b_source": source, "b_target": changes.current(source)}
        for source in changes.merged
        if source not in changes.new_stories
    ]
    if merged:
        connection.execute(
            update(articles)
            .where(articles.c.story_id == bindparam("b_source"))
            .values(story_id=bindparam("b_target")),
            merged,
        )
        connection.execute(
            update(stories)
            .where(stories.c.id == bindparam("b_source"))
            .values(merged_into_id=bindparam("b_target"), article_count=0, site_count=0),
            merged,
        )
        # Whatever was merged into the lost story before leads to the one that lives now.
        connection.execute(
            update(stories)
            .where(stories.c.merged_into_id == bindparam("b_source"))
            .values(merged_into_id=bindparam("b_target")),
            merged,
        )
        lost = [row["b_source"] for row in merged]
        connection.execute(delete(story_vectors).where(in_set(connection, story_vectors.c.story_id, lost)))
    if changes.moved:
        connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("b_id"))
            .values(
                story_id=bindparam("b_story_id"),
                match_kind=MatchKind.REPAIR.value,
                match_score=bindparam("b_score"),
                match_article_id=None,
            ),
            [
                {"b_id": i, "b_story_id": changes.current(move.target), "b_score": _rounded(move.score)}
                for i, move in changes.moved.items()
            ],
        )
    rows = [
        _repair_row("repair_merge", move, [], now)
        for source, move in changes.merged.items()
        if source not in changes.new_stories
    ]
    rows += [
        _repair_row("repair_move", move, [article_id], now)
        for article_id, move in changes.moved.items()
        if move.source not in changes.unborn() and move.target not in changes.unborn()
    ]
    if rows:
        connection.execute(insert(story_decisions), rows)


def _repair_row(kind: str, move: Move, article_ids: list[int], now: datetime) -> dict[str, Any]:
    return {
        "decided_at": now,
        "kind": kind,
        "story_id": move.target,
        "other_story_id": move.source,
        "article_ids": article_ids,
        "score": _rounded(move.score),
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, SCORE_DIGITS)


def _write_articles(connection: Connection, changes: Changes, replaced: Sequence[int]) -> None:
    if replaced:
        forget_bands(connection, replaced)
        table = story_article_index
        connection.execute(delete(table).where(in_set(connection, table.c.article_id, replaced)))
    rows = [_article_row(known) for known in changes.articles.values()]
    if rows:
        connection.execute(insert(story_article_index), rows)
    bands = [
        {"band": band, "article_id": known.article_id}
        for known in changes.articles.values()
        for band in known.bands
    ]
    insert_rows(connection, story_bands, bands)


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
        "terms": None if known.terms is None else pack_terms(known.terms),
        "moments": pack_vector(known.moments),
        "bands": pack_bands(known.bands),
    }


def _write_stories(connection: Connection, changes: Changes, newest: int) -> None:
    if changes.stories:
        vectors = insert_into(connection, story_vectors)
        connection.execute(
            vectors.on_conflict_do_update(
                index_elements=[story_vectors.c.story_id],
                set_={name: vectors.excluded[name] for name in STORY_COLUMNS},
            ),
            [
                {
                    "story_id": story.story_id,
                    "size": story.size,
                    "day_sum": story.day_sum,
                    "day_count": story.day_count,
                    "vector": pack_vector(story.vector),
                    "moments": pack_vector(story.moments),
                    "moment_counts": pack_hashes(np.array(story.moment_counts, np.uint32)),
                    "newest_article_id": newest,
                }
                for story in changes.stories.values()
            ],
        )
    if changes.postings:
        postings = insert_into(connection, story_postings)
        connection.execute(
            postings.on_conflict_do_update(
                index_elements=[story_postings.c.term, story_postings.c.period],
                set_={name: postings.excluded[name] for name in ("story_ids", "newest_article_id")},
            ),
            [
                {"term": term, "period": period, "story_ids": pack_ids(ring), "newest_article_id": newest}
                for (term, period), ring in sorted(changes.postings.items())
            ],
        )


def _count_terms(connection: Connection, batch: Sequence[StoryInput]) -> bool:
    """Log the terms of the articles that are counted; fold the log into the snapshot when it is due.

    Tells whether there is a new snapshot that a young corpus is to be weighed with.
    """
    if not batch:
        return False
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
        return False
    rows = connection.execute(select(table).order_by(table.c.id)).all()
    logged = [
        DocumentFrequencies(unpack_hashes(row.terms), unpack_floats(row.counts), row.articles) for row in rows
    ]
    connection.execute(delete(table))
    snapshot = DocumentFrequencies.empty().plus(logged)
    connection.execute(insert(table), {"id": SNAPSHOT_ID, **_frequency_row(snapshot, newest)})
    return newest <= REWEIGHED_BELOW


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
