"""Articles and stories as `scrapy export` writes them, read in parts: no export is held in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from newscrawl.model import ArticleStatus
from newscrawl.store.article_tables import articles
from newscrawl.store.chunks import chunks
from newscrawl.store.story_tables import stories

ROWS_AT_ONCE = 500
"""Rows read in one statement: some 5 MB of text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFilter:
    """Which articles, or stories with such articles. Times are of publication, else of first sight.

    Of stories, articles whose pages have one of the directives `leave_out` are no part: their title, their
    addresses and their count are those of the others.
    """

    site: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    leave_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedArticle:
    """One article, in the order of the columns of an export."""

    id: int
    url: str
    canonical_url: str
    site: str
    title: str
    text: str
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    language: str | None
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    story_id: int | None
    relation: str | None
    copy_of_id: int | None
    agency: str | None
    source: str | None
    site_name: str | None
    section: str | None
    tags: tuple[str, ...]
    image_url: str | None
    description: str | None
    paywalled: bool
    robots: tuple[str, ...]
    word_count: int
    cleaner_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedStory:
    """One story, in the order of the columns of an export. Lists are in the order of telling."""

    id: int
    title: str
    canonical_article_id: int | None
    canonical_url: str | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    article_count: int
    site_count: int
    languages: tuple[str, ...]
    article_ids: tuple[int, ...]
    sites: tuple[str, ...]
    urls: tuple[str, ...]


def export_articles(connection: Connection, wanted: ExportFilter) -> Iterator[ExportedArticle]:
    """Yield the `OK` articles that `wanted` lets through, in the order in which they were first stored."""
    names = ExportedArticle.__dataclass_fields__
    query = select(*(articles.c[name] for name in names)).where(articles.c.status == ArticleStatus.OK)
    if wanted.site is not None:
        query = query.where(articles.c.site == wanted.site)
    last = 0
    while True:
        part = query.where(articles.c.id > last).order_by(articles.c.id).limit(ROWS_AT_ONCE)
        rows = connection.execute(part).all()
        if not rows:
            return
        for row in rows:
            if _told_within(row.published_at or row.first_seen_at, wanted):
                yield ExportedArticle(**row._mapping)
        last = rows[-1].id


def export_stories(connection: Connection, wanted: ExportFilter) -> Iterator[ExportedStory]:
    """Yield the stories (merged ones are in what they became) with an article that `wanted` lets through."""
    query = (
        select(stories, articles.c.url.label("canonical_url"))
        .outerjoin(articles, articles.c.id == stories.c.canonical_article_id)
        .where(stories.c.merged_into_id.is_(None))
    )
    last = 0
    while True:
        part = query.where(stories.c.id > last).order_by(stories.c.id).limit(ROWS_AT_ONCE)
        rows = connection.execute(part).all()
        if not rows:
            return
        yield from _with_articles(connection, rows, wanted)
        last = rows[-1].id


def _with_articles(
    connection: Connection, rows: Sequence[Row[Any]], wanted: ExportFilter
) -> Iterator[ExportedStory]:
    members: dict[int, list[Any]] = {row.id: [] for row in rows}
    for part in chunks(members):
        query = select(
            articles.c.id,
            articles.c.story_id,
            articles.c.site,
            articles.c.url,
            articles.c.published_at,
            articles.c.first_seen_at,
            articles.c.title,
            articles.c.language,
            articles.c.robots,
        )
        for article in connection.execute(query.where(articles.c.story_id.in_(part))):
            members[article.story_id].append(article)
    for row in rows:
        told = sorted(members[row.id], key=lambda a: (a.published_at or a.first_seen_at, a.id))
        open_ones = [article for article in told if wanted.leave_out.isdisjoint(article.robots)]
        if not any(_is_wanted(article, wanted) for article in open_ones):
            continue
        if len(open_ones) < len(told):
            yield _of_members(row, open_ones)
            continue
        yield ExportedStory(
            id=row.id,
            title=row.title,
            canonical_article_id=row.canonical_article_id,
            canonical_url=row.canonical_url,
            first_published_at=row.first_published_at,
            last_published_at=row.last_published_at,
            article_count=row.article_count,
            site_count=row.site_count,
            languages=row.languages,
            article_ids=tuple(article.id for article in told),
            sites=tuple(dict.fromkeys(article.site for article in told)),
            urls=tuple(article.url for article in told),
        )


def _of_members(row: Row[Any], members: Sequence[Any]) -> ExportedStory:
    """Return a story as if `members`, which are in the order of telling, were all of it."""
    first = next((article for article in members if article.id == row.canonical_article_id), members[0])
    times = [article.published_at for article in members if article.published_at is not None]
    sites = tuple(dict.fromkeys(article.site for article in members))
    return ExportedStory(
        id=row.id,
        title=row.title if first.id == row.canonical_article_id else first.title,
        canonical_article_id=first.id,
        canonical_url=first.url,
        first_published_at=min(times, default=None),
        last_published_at=max(times, default=None),
        article_count=len(members),
        site_count=len(sites),
        languages=tuple(sorted({article.language for article in members if article.language})),
        article_ids=tuple(article.id for article in members),
        sites=sites,
        urls=tuple(article.url for article in members),
    )


def _is_wanted(article: Any, wanted: ExportFilter) -> bool:
    told_at = article.published_at or article.first_seen_at
    return wanted.site in (None, article.site) and _told_within(told_at, wanted)


def _told_within(told_at: datetime, wanted: ExportFilter) -> bool:
    return (wanted.since is None or told_at >= wanted.since) and (
        wanted.until is None or told_at < wanted.until
    )
