"""How a batch's changes to stories and to their index are written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update

from newscrawl.model import MatchKind, StoryInput
from newscrawl.store.article_tables import articles
from newscrawl.store.bulk import execute_rows, insert_of
from newscrawl.store.match_score import rounded_score
from newscrawl.store.story_bands import add_bands, forget_bands
from newscrawl.store.story_blobs import pack_bands, pack_hashes, pack_terms, pack_vector
from newscrawl.store.story_postings import add_postings
from newscrawl.store.story_refresh import Told
from newscrawl.store.story_repairs import write_moves
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import (
    stories,
    story_article_index,
    story_vectors,
)
from newscrawl.store.upsert import Insert, insert_for
from newscrawl.stories.engine import Decision
from newscrawl.stories.fingerprint import FINGERPRINT_VERSION
from newscrawl.stories.index import Changes, IndexedArticle

_VECTOR_COLUMNS = ("size", "day_sum", "day_count", "vector", "moments", "moment_counts", "newest_article_id")


def write_new_stories(
    connection: Connection, changes: Changes, batch: Sequence[StoryInput], now: datetime
) -> None:
    """Insert the rows of new stories; `refresh_stories` fills the rest in."""
    first: dict[int, int] = {}
    for known in changes.articles.values():
        first.setdefault(known.story_id, known.article_id)
    for article_id, move in changes.moved.items():
        first.setdefault(changes.current(move.target), article_id)
    born = [story_id for story_id in changes.new_stories if story_id not in changes.merged]
    title_of = {article.article_id: article.title for article in batch}
    if older := [first[story_id] for story_id in born if first[story_id] not in title_of]:
        titles = select(articles.c.id, articles.c.title).where(in_set(connection, articles.c.id, older))
        title_of |= {row.id: row.title for row in connection.execute(titles)}
    rows = [
        {
            "id": story_id,
            "title": title_of[first[story_id]],
            "canonical_article_id": first[story_id],
            "article_count": 0,
            "site_count": 0,
            "source_count": 0,
            "languages": (),
            "created_at": now,
        }
        for story_id in born
    ]
    if rows:
        execute_rows(connection, insert_of(stories), rows)


_PUT_INTO_STORY = (
    update(articles)
    .where(articles.c.id == bindparam("b_id"))
    .values(
        story_id=bindparam("b_story_id"),
        relation=bindparam("b_relation"),
        source=bindparam("b_source"),
        match_kind=bindparam("b_kind"),
        match_score=bindparam("b_score"),
        match_article_id=bindparam("b_match"),
    )
)
_PUT_COPY_INTO_STORY = _PUT_INTO_STORY.values(copy_of_id=bindparam("b_copy_of_id"))
"""SQLite writes all indexes of a row anew, five times the cost, where a reference to its own table is set."""


def write_decisions(
    connection: Connection,
    decisions: Sequence[Decision],
    changes: Changes,
    told: Mapping[int, Told],
) -> None:
    """Write where each new article went, and why; `told` has what each is to its story, if known yet."""
    rows, copies = [], []
    for decision in decisions:
        known, moved = changes.articles[decision.article_id], changes.moved.get(decision.article_id)
        relation, copy_of_id, source = told.get(decision.article_id, (None, known.copy_of_id, None))
        row: dict[str, Any] = {
            "b_id": decision.article_id,
            "b_story_id": known.story_id,
            "b_relation": relation,
            "b_source": source,
            "b_kind": (decision.kind if moved is None else MatchKind.REPAIR).value,
            "b_score": rounded_score(decision.score if moved is None else moved.score),
            "b_match": decision.match_article_id if moved is None else None,
        }
        if copy_of_id is None:
            rows.append(row)
        else:
            copies.append({**row, "b_copy_of_id": copy_of_id})
    execute_rows(connection, _PUT_INTO_STORY, rows)
    execute_rows(connection, _PUT_COPY_INTO_STORY, copies)


def write_changed_matches(connection: Connection, decisions: Sequence[Decision], changes: Changes) -> None:
    """Write how articles with a new text match now, and undo the groups of copies that were made anew.

    One that stays for its event keeps how it came there, unless that was as a copy.
    """
    if changes.unlinked:
        unlinked = in_set(connection, articles.c.id, sorted(changes.unlinked))
        connection.execute(update(articles).where(unlinked).values(copy_of_id=None))
    for decision in decisions:
        outdated: ColumnElement[bool]
        if decision.kind in (MatchKind.SAME_EVENT, MatchKind.TRANSLATION):
            outdated = articles.c.match_kind.in_((MatchKind.TEXT_HASH.value, MatchKind.NEAR_COPY.value))
        else:
            outdated = articles.c.match_kind != MatchKind.MANUAL.value
        connection.execute(
            update(articles)
            .where(articles.c.id == decision.article_id, outdated)
            .values(
                match_kind=decision.kind.value,
                match_score=rounded_score(decision.score),
                match_article_id=decision.match_article_id,
            )
        )


def write_articles(connection: Connection, changes: Changes, replaced: Sequence[int]) -> None:
    """Index new articles and changed ones; `replaced` are the ids of the latter."""
    if replaced:
        forget_bands(connection, replaced)
        table = story_article_index
        connection.execute(delete(table).where(in_set(connection, table.c.article_id, replaced)))
    rows = [_article_row(known) for known in changes.articles.values()]
    execute_rows(connection, insert_of(story_article_index), rows)
    add_bands(connection, [(known.article_id, known.bands) for known in changes.articles.values()])


def write_index_changes(connection: Connection, changes: Changes, newest: int) -> None:
    """Write story vectors and posting lists, merges and moves. `newest` is the newest article's id."""
    _write_stories(connection, changes, newest)
    write_moves(connection, changes)


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


@lru_cache(maxsize=2)
def _put_vectors(dialect: str) -> Insert:
    vectors = insert_for(dialect, story_vectors)
    return vectors.on_conflict_do_update(
        index_elements=[story_vectors.c.story_id],
        set_={name: vectors.excluded[name] for name in _VECTOR_COLUMNS},
    )


def _write_stories(connection: Connection, changes: Changes, newest: int) -> None:
    execute_rows(
        connection,
        _put_vectors(connection.dialect.name),
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
    add_postings(connection, changes.posts, newest)
