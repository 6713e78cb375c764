"""The record of a story, made anew from its articles whenever one of them changes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, bindparam, select, update

from newscrawl.store.article_tables import articles
from newscrawl.store.bulk import execute_rows
from newscrawl.store.story_sets import numbers_for, one_of
from newscrawl.store.story_tables import stories, story_article_index
from newscrawl.stories.relations import Member, canonical, relations
from newscrawl.stories.sources import count_sources, text_sources


class MemberRow(NamedTuple):
    """An article as a story's record is made from it. Of a new one `story_id` and what follows are decided
    but not yet written."""

    id: int
    story_id: int
    url: str
    site: str
    title: str
    language: str | None
    published_at: datetime | None
    first_seen_at: datetime
    paywalled: bool
    agency: str | None
    relation: str | None
    copy_of_id: int | None
    source: str | None
    day: float | None
    seen_day: float
    text_hash: int | None
    token_count: int
    cues: tuple[str, ...]


class Told(NamedTuple):
    """What an article is to its story: `articles.relation`, `copy_of_id` and `source`."""

    relation: str
    copy_of_id: int | None
    source: str


def refresh_stories(
    connection: Connection,
    story_ids: Iterable[int],
    links: Iterable[tuple[int, int]] = (),
    new: Sequence[MemberRow] = (),
) -> dict[int, Told]:
    """Bring relations, sources, counts, dates, languages and the canonical article of stories up to date.

    `links` are pairs of articles that were just found to be copies. Rows that are right are not written, nor
    are those of the `new` articles, which have no story in the database yet: what they are to it is returned.
    A story without articles keeps its row: its id may be known elsewhere.
    """
    members = _members(connection, story_ids, new)
    pairs = list(links)
    unwritten = {row.id for row in new}
    found: dict[int, Told] = {}
    article_changes: list[dict[str, Any]] = []
    story_changes: list[dict[str, Any]] = []
    old = _old_stories(connection, members)
    for story_id, rows in members.items():
        ids = {row.id for row in rows}
        facts = [_member(row) for row in rows]
        answer = relations(facts, [pair for pair in pairs if pair[0] in ids and pair[1] in ids])
        sources = text_sources(facts, answer)
        for row in rows:
            relation, copy_of_id = answer[row.id]
            told = Told(relation.value, copy_of_id, sources[row.id])
            if row.id in unwritten:
                found[row.id] = told
            elif (row.relation, row.copy_of_id, row.source) != told:
                article_changes.append({"b_id": row.id, **{f"b_{k}": v for k, v in told._asdict().items()}})
        record = _record(rows, canonical(facts, answer), count_sources(sources.values()))
        if story_id in old and any(old[story_id][name] != value for name, value in record.items()):
            story_changes.append({"b_id": story_id, **{f"b_{name}": value for name, value in record.items()}})
    execute_rows(connection, _SET_RELATION, article_changes)
    execute_rows(connection, _SET_RECORD, story_changes)
    return found


_RECORDED = (
    "title",
    "canonical_article_id",
    "first_published_at",
    "last_published_at",
    "article_count",
    "site_count",
    "source_count",
    "languages",
)
_SET_RELATION = (
    update(articles)
    .where(articles.c.id == bindparam("b_id"))
    .values({name: bindparam(f"b_{name}") for name in Told._fields})
)
_SET_RECORD = (
    update(stories)
    .where(stories.c.id == bindparam("b_id"))
    .values({name: bindparam(f"b_{name}") for name in _RECORDED})
)


@lru_cache(maxsize=2)
def _members_query(dialect: str) -> Select[Any]:
    return (
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
            articles.c.agency,
            articles.c.relation,
            articles.c.copy_of_id,
            articles.c.source,
            story_article_index.c.day,
            story_article_index.c.seen_day,
            story_article_index.c.text_hash,
            story_article_index.c.token_count,
            story_article_index.c.cues,
        )
        .join(story_article_index, story_article_index.c.article_id == articles.c.id)
        .where(one_of(dialect, articles.c.story_id, "ids"))
    )


@lru_cache(maxsize=2)
def _stories_query(dialect: str) -> Select[Any]:
    return select(stories.c.id, *(stories.c[name] for name in _RECORDED)).where(
        one_of(dialect, stories.c.id, "ids")
    )


def _members(
    connection: Connection, story_ids: Iterable[int], new: Sequence[MemberRow]
) -> dict[int, list[MemberRow]]:
    wanted = set(story_ids)
    found: dict[int, list[MemberRow]] = defaultdict(list)
    query, ids = _members_query(connection.dialect.name), numbers_for(connection, wanted)
    # A new article that moved within its batch is in the database already, and must not count twice.
    told = {row.id for row in new}
    for row in connection.execute(query, {"ids": ids}).all():
        if row.id not in told:
            found[row.story_id].append(MemberRow(*row))
    for member in new:
        if member.story_id in wanted:
            found[member.story_id].append(member)
    return {story_id: sorted(found[story_id], key=lambda member: member.id) for story_id in sorted(found)}


def _old_stories(connection: Connection, story_ids: Iterable[int]) -> dict[int, RowMapping]:
    ids = numbers_for(connection, story_ids)
    rows = connection.execute(_stories_query(connection.dialect.name), {"ids": ids})
    return {row["id"]: row for row in rows.mappings().all()}


def _member(row: MemberRow) -> Member:
    return Member(
        article_id=row.id,
        url=row.url,
        site=row.site,
        agency=row.agency,
        day=row.day,
        seen_day=row.seen_day,
        copy_of_id=row.copy_of_id,
        text_hash=row.text_hash,
        token_count=row.token_count,
        paywalled=row.paywalled,
        cues=row.cues,
    )


def _record(rows: Sequence[MemberRow], canonical_id: int, source_count: int) -> dict[str, Any]:
    chosen = next(row for row in rows if row.id == canonical_id)
    first, last = _span(rows)
    return {
        "title": chosen.title,
        "canonical_article_id": canonical_id,
        "first_published_at": first,
        "last_published_at": last,
        "article_count": len(rows),
        "site_count": len({row.site for row in rows}),
        "source_count": source_count,
        "languages": tuple(sorted({row.language for row in rows if row.language})),
    }


def _span(rows: Sequence[MemberRow]) -> tuple[datetime, datetime]:
    """Return first and last publication; where no article has a date, first and last sight."""
    dated = [row.published_at for row in rows if row.published_at is not None]
    times = dated or [row.first_seen_at for row in rows]
    return min(times), max(times)
