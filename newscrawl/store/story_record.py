"""What a person decides about stories: merge two, or split some articles off. Both are remembered.

The engine never moves an article that a person put somewhere, and never joins what a person split.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from newscrawl.errors import NewscrawlError
from newscrawl.model import MatchKind
from newscrawl.store.article_tables import articles
from newscrawl.store.story_lookups import SqlStoryIndex
from newscrawl.store.story_refresh import refresh_stories
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import stories, story_decisions
from newscrawl.store.story_writes import write_index_changes
from newscrawl.stories.workspace import Workspace


def merge_stories(connection: Connection, story_id: int, other_id: int, now: datetime) -> int:
    """Put all articles of story `other_id` into story `story_id` and return the id that stays.

    Either may be named by an id that was merged before. Raises NewscrawlError where a story is not there, or
    both are one. The transaction must hold the write lock.
    """
    winner_id, loser_id = _living(connection, story_id), _living(connection, other_id)
    if winner_id == loser_id:
        raise NewscrawlError(f"{story_id} and {other_id} are one story already ({winner_id})")
    moved = _articles_of(connection, loser_id)
    workspace = Workspace(SqlStoryIndex(connection))
    winner, loser = workspace.look_up_stories([winner_id, loser_id])
    workspace.absorb(winner, loser, 1.0)
    write_index_changes(connection, workspace.changes, _newest(connection))
    _pin(connection, moved)
    _remember(connection, "merge", winner_id, loser_id, moved, now)
    refresh_stories(connection, [winner_id])
    return winner_id


def split_story(connection: Connection, story_id: int, article_ids: Iterable[int], now: datetime) -> int:
    """Part `article_ids` from the other articles of their story; return the id of the new story.

    The side of the canonical article keeps the old id, whichever side was named. Raises NewscrawlError where
    the story is not there, an article is not in it, or nothing would be left on one side. The transaction
    must hold the write lock.
    """
    living = _living(connection, story_id)
    members, named = set(_articles_of(connection, living)), set(article_ids)
    if strangers := sorted(named - members):
        raise NewscrawlError(f"not in story {living}: article {', '.join(map(str, strangers))}")
    if not named or named == members:
        raise NewscrawlError(f"a split of story {living} must leave articles on both sides")
    canonical_id = connection.scalar(select(stories.c.canonical_article_id).where(stories.c.id == living))
    leaving = sorted(members - named if canonical_id in named else named)
    workspace = Workspace(SqlStoryIndex(connection))
    (old,) = workspace.look_up_stories([living])
    known = {member.article_id: member for member in workspace.members(old)}
    new = workspace.new_story()
    _create(connection, new.story_id, leaving[0], now)
    for article_id in leaving:
        if article_id in known:
            workspace.move(known[article_id], old, new, 1.0)
    connection.execute(
        update(articles).where(in_set(connection, articles.c.id, leaving)).values(story_id=new.story_id)
    )
    write_index_changes(connection, workspace.changes, _newest(connection))
    _pin(connection, sorted(members))
    _remember(connection, "split", living, new.story_id, leaving, now)
    refresh_stories(connection, [living, new.story_id])
    return new.story_id


def _living(connection: Connection, story_id: int) -> int:
    row = connection.execute(
        select(stories.c.id, stories.c.merged_into_id).where(stories.c.id == story_id)
    ).one_or_none()
    if row is None:
        raise NewscrawlError(f"there is no story {story_id}")
    return int(row.id if row.merged_into_id is None else row.merged_into_id)


def _articles_of(connection: Connection, story_id: int) -> Sequence[int]:
    query = select(articles.c.id).where(articles.c.story_id == story_id).order_by(articles.c.id)
    return connection.scalars(query).all()


def _newest(connection: Connection) -> int:
    """Return the newest article's id: what a person touched today does not leave the window tomorrow."""
    return int(connection.scalar(select(articles.c.id).order_by(articles.c.id.desc()).limit(1)) or 0)


def _create(connection: Connection, story_id: int, article_id: int, now: datetime) -> None:
    title = connection.scalar(select(articles.c.title).where(articles.c.id == article_id))
    row = {
        "id": story_id,
        "title": title,
        "canonical_article_id": article_id,
        "article_count": 0,
        "site_count": 0,
        "source_count": 0,
        "languages": (),
        "created_at": now,
    }
    connection.execute(insert(stories), row)


def _pin(connection: Connection, article_ids: Sequence[int]) -> None:
    connection.execute(
        update(articles)
        .where(in_set(connection, articles.c.id, article_ids))
        .values(match_kind=MatchKind.MANUAL.value, match_score=None)
    )


def _remember(
    connection: Connection, kind: str, story_id: int, other_id: int, moved: Sequence[int], now: datetime
) -> None:
    connection.execute(
        insert(story_decisions),
        {
            "decided_at": now,
            "kind": kind,
            "story_id": story_id,
            "other_story_id": other_id,
            "article_ids": list(moved),
            "score": None,
        },
    )
