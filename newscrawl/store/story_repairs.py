"""How the engine's repairs are written: stories that it merged and parted, and articles that it moved."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from newscrawl.model import MatchKind
from newscrawl.store.article_tables import articles
from newscrawl.store.match_score import rounded_score
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import stories, story_decisions, story_vectors
from newscrawl.stories.index import Changes, Move


def write_moves(connection: Connection, changes: Changes) -> None:
    """Write which stories were merged and which articles moved."""
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
            .values(merged_into_id=bindparam("b_target"), article_count=0, site_count=0, source_count=0),
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
                {"b_id": i, "b_story_id": changes.current(move.target), "b_score": rounded_score(move.score)}
                for i, move in changes.moved.items()
            ],
        )


def record_repairs(connection: Connection, changes: Changes, now: datetime) -> None:
    """Put on record what the engine merged and moved by itself."""
    rows = [
        _repair_row("repair_merge", move, [], now)
        for source, move in changes.merged.items()
        if source not in changes.new_stories
    ]
    unborn = changes.unborn()
    rows += [
        _repair_row("repair_move", move, [article_id], now)
        for article_id, move in changes.moved.items()
        if move.source not in unborn and move.target not in unborn and move.target not in changes.parted
    ]
    for story_id, parting in changes.parted.items():
        left = sorted(i for i, move in changes.moved.items() if move.target == story_id)
        if left and not unborn & {story_id, parting.source}:
            rows.append(_repair_row("repair_split", parting, left, now))
    if rows:
        connection.execute(insert(story_decisions), rows)


def _repair_row(kind: str, move: Move, article_ids: list[int], now: datetime) -> dict[str, Any]:
    return {
        "decided_at": now,
        "kind": kind,
        "story_id": move.target,
        "other_story_id": move.source,
        "article_ids": article_ids,
        "score": rounded_score(move.score),
    }
