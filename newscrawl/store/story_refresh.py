"""The record of a story, made anew from its articles whenever one of them changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, bindparam, select, update

from newscrawl.store.article_tables import articles
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import stories, story_article_index
from newscrawl.stories.relations import Member, canonical, relations


def refresh_stories(
    connection: Connection, story_ids: Iterable[int], links: Iterable[tuple[int, int]] = ()
) -> None:
    """Bring relations, originals, counts, dates, languages and the canonical article of stories up to date.

    `links` are pairs of articles that were just found to be copies. Rows that are right are not written.
    A story without articles keeps its row: its id may be known elsewhere.
    """
    members = _members(connection, story_ids)
    pairs = list(links)
    article_changes: list[dict[str, Any]] = []
    story_changes: list[dict[str, Any]] = []
    old = _old_stories(connection, members)
    for story_id, rows in members.items():
        ids = {row.id for row in rows}
        facts = [_member(row) for row in rows]
        answer = relations(facts, [pair for pair in pairs if pair[0] in ids and pair[1] in ids])
        for row in rows:
            relation, copy_of_id = answer[row.id]
            if (row.relation, row.copy_of_id) != (relation.value, copy_of_id):
                article_changes.append(
                    {"b_id": row.id, "b_relation": relation.value, "b_copy_of_id": copy_of_id}
                )
        record = _record(rows, canonical(facts, answer))
        if story_id in old and any(old[story_id][name] != value for name, value in record.items()):
            story_changes.append({"b_id": story_id, **{f"b_{name}": value for name, value in record.items()}})
    if article_changes:
        connection.execute(
            update(articles)
            .where(articles.c.id == bindparam("b_id"))
            .values(relation=bindparam("b_relation"), copy_of_id=bindparam("b_copy_of_id")),
            article_changes,
        )
    if story_changes:
        names = [name.removeprefix("b_") for name in story_changes[0] if name != "b_id"]
        connection.execute(
            update(stories)
            .where(stories.c.id == bindparam("b_id"))
            .values({name: bindparam(f"b_{name}") for name in names}),
            story_changes,
        )


def _members(connection: Connection, story_ids: Iterable[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    query = (
        select(
            articles.c.id,
            articles.c.story_id,
            articles.c.url,
            articles.c.site,
            articles.c.title,
            articles.c.language,
            articles.c.published_at,
            articles.c.first_seen_at,
            articles.c.paywalled,
            articles.c.relation,
            articles.c.copy_of_id,
            story_article_index.c.day,
            story_article_index.c.seen_day,
            story_article_index.c.text_hash,
            story_article_index.c.token_count,
            story_article_index.c.cues,
        )
        .join(story_article_index, story_article_index.c.article_id == articles.c.id)
        .where(in_set(connection, articles.c.story_id, story_ids))
        .order_by(articles.c.id)
    )
    found: dict[int, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.story_id].append(row)
    return dict(sorted(found.items()))


def _old_stories(connection: Connection, story_ids: Iterable[int]) -> dict[int, RowMapping]:
    query = select(stories).where(in_set(connection, stories.c.id, story_ids))
    return {row["id"]: row for row in connection.execute(query).mappings()}


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(
        article_id=row.id,
        url=row.url,
        day=row.day,
        seen_day=row.seen_day,
        copy_of_id=row.copy_of_id,
        text_hash=row.text_hash,
        token_count=row.token_count,
        paywalled=row.paywalled,
        cues=row.cues,
    )


def _record(rows: Sequence[Row[*tuple[Any, ...]]], canonical_id: int) -> dict[str, Any]:
    chosen = next(row for row in rows if row.id == canonical_id)
    first, last = _span(rows)
    return {
        "title": chosen.title,
        "canonical_article_id": canonical_id,
        "first_published_at": first,
        "last_published_at": last,
        "article_count": len(rows),
        "site_count": len({row.site for row in rows}),
        "languages": tuple(sorted({row.language for row in rows if row.language})),
    }


def _span(rows: Sequence[Row[*tuple[Any, ...]]]) -> tuple[datetime, datetime]:
    """Return first and last publication; where no article has a date, first and last sight."""
    dated = [row.published_at for row in rows if row.published_at is not None]
    times = dated or [row.first_seen_at for row in rows]
    return min(times), max(times)
