"""How each site is doing: what it brought lately, what failed, which feeds are dead, how much was cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from newscrawl.model import ArticleStatus
from newscrawl.store.article_tables import articles, removed_blocks
from newscrawl.store.crawl_tables import crawls, feeds, fetches
from newscrawl.store.fetch_state import FAILURES

DEAD_AFTER_FAILURES = 3
"""Failed polls in a row after which a feed that once brought something counts as dead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """One site over a time. Counts are of that time, but `articles`, `last_new_at` and the feeds.

    `removed_share` is the share of the new articles' visible text that was cut, 0 to 1 (None: no new ones).
    """

    site: str
    articles: int
    new_articles: int
    last_new_at: datetime | None
    pages_fetched: int
    pages_failed: int
    worst_failure: str | None
    feeds: int
    feeds_dead: int
    removed_share: float | None
    text_length: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlStatus:
    """The latest run of a spider."""

    spider: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadFeed:
    """A feed, sitemap or page of links that brought something once and fails every time now."""

    site: str
    url: str
    status: str
    detail: str | None
    error_count: int
    polled_at: datetime
    next_poll_at: datetime | None


def dead_feeds(connection: Connection) -> Iterator[DeadFeed]:
    """Yield the dead feeds, those that failed most often first."""
    names = DeadFeed.__dataclass_fields__
    query = (
        select(*(feeds.c[name] for name in names))
        .where(feeds.c.last_new_at.is_not(None), feeds.c.error_count >= DEAD_AFTER_FAILURES)
        .order_by(feeds.c.error_count.desc(), feeds.c.url)
    )
    for row in connection.execute(query):
        yield DeadFeed(**row._mapping)


def site_statuses(connection: Connection, now: datetime, days: int) -> Iterator[SiteStatus]:
    """Yield every site that is known, in alphabetical order, as it was over the last `days`."""
    since = now - timedelta(days=days)
    all_articles = _articles(connection, since)
    pages, failures = _fetches(connection, since)
    polled = _feeds(connection)
    removed = _removed(connection, since)
    for site in sorted({*all_articles, *pages, *polled}):
        total, new, last_new_at, characters = all_articles.get(site, (0, 0, None, 0))
        cut = removed.get(site, 0)
        fetched, failed = pages.get(site, (0, 0))
        listed, dead = polled.get(site, (0, 0))
        yield SiteStatus(
            site=site,
            articles=total,
            new_articles=new,
            last_new_at=last_new_at,
            pages_fetched=fetched,
            pages_failed=failed,
            worst_failure=failures.get(site),
            feeds=listed,
            feeds_dead=dead,
            removed_share=round(cut / (cut + characters), 3) if cut + characters else None,
            text_length=characters // new if new else None,
        )


def latest_crawls(connection: Connection) -> Iterator[CrawlStatus]:
    """Yield the latest run of each spider, the newest first."""
    newest = select(func.max(crawls.c.id)).group_by(crawls.c.spider)
    query = (
        select(crawls.c.spider, crawls.c.started_at, crawls.c.finished_at, crawls.c.finish_reason)
        .where(crawls.c.id.in_(newest))
        .order_by(crawls.c.started_at.desc())
    )
    for row in connection.execute(query):
        yield CrawlStatus(**row._mapping)


def _articles(connection: Connection, since: datetime) -> dict[str, tuple[int, int, datetime | None, int]]:
    is_new = articles.c.first_seen_at >= since
    query = (
        select(
            articles.c.site,
            func.count(),
            func.sum(case((is_new, 1), else_=0)),
            func.max(articles.c.first_seen_at),
            func.sum(case((is_new, func.length(articles.c.text)), else_=0)),
        )
        .where(articles.c.status == ArticleStatus.OK)
        .group_by(articles.c.site)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in connection.execute(query)}


def _fetches(connection: Connection, since: datetime) -> tuple[dict[str, tuple[int, int]], dict[str, str]]:
    """Return (fetched, failed) per site, and each site's most frequent failure."""
    query = (
        select(fetches.c.site, fetches.c.status, func.count())
        .where(fetches.c.fetched_at >= since)
        .group_by(fetches.c.site, fetches.c.status)
        .order_by(func.count(), fetches.c.status)
    )
    pages: dict[str, tuple[int, int]] = {}
    worst: dict[str, str] = {}
    for site, status, count in connection.execute(query):
        fetched, failed = pages.get(site, (0, 0))
        is_failure = status in FAILURES
        pages[site] = (fetched + count, failed + (count if is_failure else 0))
        if is_failure:
            worst[site] = status
    return pages, worst


def _feeds(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return (feeds that ever brought something, those that are dead now) per site."""
    dead = case((feeds.c.error_count >= DEAD_AFTER_FAILURES, 1), else_=0)
    query = (
        select(feeds.c.site, func.count(), func.sum(dead))
        .where(feeds.c.last_new_at.is_not(None))
        .group_by(feeds.c.site)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _removed(connection: Connection, since: datetime) -> dict[str, int]:
    query = (
        select(articles.c.site, func.sum(func.length(removed_blocks.c.text)))
        .join(removed_blocks, removed_blocks.c.article_id == articles.c.id)
        .where(articles.c.first_seen_at >= since, articles.c.status == ArticleStatus.OK)
        .group_by(articles.c.site)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
