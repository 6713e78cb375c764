"""Where new and changed articles get their story, inside the transaction that writes them."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from newscrawl.model import MatchKind, Placement, Relation, StoryInput
from newscrawl.store.article_tables import articles
from newscrawl.store.bulk import insert_of
from newscrawl.store.story_blobs import pack_floats, pack_hashes, unpack_floats, unpack_hashes
from newscrawl.store.story_embeddings import has_embeddings, write_embeddings
from newscrawl.store.story_links import write_links, write_translations
from newscrawl.store.story_lookups import SqlStoryIndex
from newscrawl.store.story_refresh import MemberRow, refresh_stories
from newscrawl.store.story_repairs import record_repairs
from newscrawl.store.story_sets import numbers_for, one_of
from newscrawl.store.story_snapshot import SNAPSHOT_ID, snapshot_made_at
from newscrawl.store.story_tables import story_frequencies
from newscrawl.store.story_window import trim_window
from newscrawl.store.story_writes import (
    write_articles,
    write_changed_matches,
    write_decisions,
    write_index_changes,
    write_new_stories,
)
from newscrawl.stories.engine import StoryEngine
from newscrawl.stories.frequencies import (
    REWEIGHED_BELOW,
    DocumentFrequencies,
    count_weight,
    snapshot_due,
    terms_of,
)
from newscrawl.stories.index import Changes


def place_articles(connection: Connection, batch: Sequence[StoryInput], now: datetime) -> list[Placement]:
    """Find the story of each article of `batch`, write all that follows from it, and tell where each went.

    The articles' rows must exist, and the transaction must hold the write lock (`begin_write`): look-up and
    insert are one step. An article with `is_new` False, whose text has changed, is decided anew (see
    `newscrawl.stories.changed_texts`). The placements come in the order of `batch`.
    """
    if not batch:
        return []
    by_language = any(article.embedding for article in batch) or has_embeddings(connection)
    engine = StoryEngine(SqlStoryIndex(connection), by_language=by_language)
    again = engine.reindex([article for article in batch if not article.is_new])
    decisions = engine.place([article for article in batch if article.is_new])
    changes = engine.changes
    write_new_stories(connection, changes, batch, now)
    write_articles(connection, changes, [article.article_id for article in batch if not article.is_new])
    write_embeddings(connection, batch, changes.articles)
    newest = max(article.article_id for article in batch)
    write_index_changes(connection, changes, newest)
    write_links(connection, changes)
    write_translations(connection, changes)
    record_repairs(connection, changes, now)
    write_changed_matches(connection, again, changes)
    touched = changes.touched()
    new = [article for article in batch if article.is_new]
    if _count_terms(connection, new):
        write_decisions(connection, decisions, changes, {})
        touched |= _reweigh(connection, newest, now, by_language=by_language)
        refresh_stories(connection, touched, changes.copy_links)
    else:
        # A new article's row is written once, when all is known of it: it holds the whole text.
        members = [_member_row(article, changes) for article in new]
        told = refresh_stories(connection, touched, changes.copy_links, members)
        write_decisions(connection, decisions, changes, told)
    trim_window(connection, newest)
    return _placements(connection, batch)


def _member_row(article: StoryInput, changes: Changes) -> MemberRow:
    known = changes.articles[article.article_id]
    return MemberRow(
        id=article.article_id,
        story_id=known.story_id,
        url=article.url,
        site=article.site,
        title=article.title,
        language=article.language,
        published_at=article.published_at,
        first_seen_at=article.first_seen_at,
        paywalled=article.paywalled,
        agency=article.agency,
        relation=None,
        copy_of_id=known.copy_of_id,
        source=None,
        day=known.day,
        seen_day=known.seen_day,
        text_hash=known.text_hash,
        token_count=known.token_count,
        cues=known.cues,
    )


def _reweigh(connection: Connection, newest: int, now: datetime, *, by_language: bool) -> set[int]:
    engine = StoryEngine(SqlStoryIndex(connection), by_language=by_language)
    engine.reweigh()
    write_new_stories(connection, engine.changes, [], now)
    write_index_changes(connection, engine.changes, newest)
    record_repairs(connection, engine.changes, now)
    return engine.changes.touched_by_repair()


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
        connection.execute(insert_of(table), _frequency_row(DocumentFrequencies.empty().plus(parts), newest))
    if not snapshot_due(newest, snapshot_made_at(connection) or 0):
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


@lru_cache(maxsize=2)
def _placed(dialect: str) -> Select[Any]:
    return select(
        articles.c.id,
        articles.c.story_id,
        articles.c.relation,
        articles.c.copy_of_id,
        articles.c.match_kind,
        articles.c.match_score,
        articles.c.match_article_id,
    ).where(one_of(dialect, articles.c.id, "ids"))


def _placements(connection: Connection, batch: Sequence[StoryInput]) -> list[Placement]:
    ids = numbers_for(connection, (article.article_id for article in batch))
    found = connection.execute(_placed(connection.dialect.name), {"ids": ids}).all()
    rows = {row.id: row for row in found if row.story_id is not None}
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
