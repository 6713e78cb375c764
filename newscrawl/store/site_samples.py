"""A site's new articles and those before them, measured: what `scrapy status` tells a new layout by."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from newscrawl.model import ArticleStatus, FetchStatus
from newscrawl.store.article_tables import articles, removed_blocks
from newscrawl.store.crawl_tables import fetches

TIMES_BEFORE = 4
"""The articles before are those of so many times the days looked at."""
MOST_ARTICLES = 200
"""Articles of a site and a stretch of time that are measured: medians move little with more."""

_NO_ARTICLES = (FetchStatus.NOT_ARTICLE, FetchStatus.NOT_HTML, ArticleStatus.EMPTY)


@dataclass(slots=True, kw_only=True)
class SiteSample:
    """Articles of a site in one stretch of time: characters of each text, characters cut from each page, how
    many have a date; and how many pages were fetched, and how many of them were no articles.
    """

    lengths: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)
    dated: int = 0
    pages: int = 0
    no_articles: int = 0


@dataclass(slots=True)
class BeforeAndNow:
    """A site's articles of the days looked at, and of the time before."""

    before: SiteSample = field(default_factory=SiteSample)
    now: SiteSample = field(default_factory=SiteSample)

    def of(self, is_new: bool) -> SiteSample:
        """Return the one or the other."""
        return self.now if is_new else self.before


def site_samples(connection: Connection, now: datetime, days: int) -> dict[str, BeforeAndNow]:
    """Return the samples of every site that has brought something in that time."""
    since = now - timedelta(days=days)
    begin = since - timedelta(days=days * TIMES_BEFORE)
    samples: defaultdict[str, BeforeAndNow] = defaultdict(BeforeAndNow)
    for site, is_new, length, cut, has_date in _articles(connection, begin, since):
        sample = samples[site].of(bool(is_new))
        sample.lengths.append(length)
        sample.cut.append(cut or 0)
        sample.dated += bool(has_date)
    is_new_page = case((fetches.c.first_fetched_at >= since, 1), else_=0)
    pages = (
        select(
            fetches.c.site,
            is_new_page,
            func.count(),
            func.sum(case((fetches.c.status.in_(_NO_ARTICLES), 1), else_=0)),
        )
        .where(fetches.c.first_fetched_at >= begin)
        .group_by(fetches.c.site, is_new_page)
    )
    for site, is_new, count, none in connection.execute(pages):
        sample = samples[site].of(bool(is_new))
        sample.pages, sample.no_articles = count, none
    return dict(samples)


def _articles(
    connection: Connection, begin: datetime, since: datetime
) -> Sequence[tuple[str, int, int, int | None, int]]:
    is_new = case((articles.c.first_seen_at >= since, 1), else_=0)
    latest = (
        select(
            articles.c.id,
            articles.c.site,
            is_new.label("is_new"),
            func.length(articles.c.text).label("length"),
            case((articles.c.published_at.is_not(None), 1), else_=0).label("has_date"),
            func.row_number()
            .over(partition_by=(articles.c.site, is_new), order_by=articles.c.id.desc())
            .label("place"),
        )
        .where(articles.c.status == ArticleStatus.OK, articles.c.first_seen_at >= begin)
        .subquery()
    )
    cut = (
        select(func.sum(func.length(removed_blocks.c.text)))
        .where(removed_blocks.c.article_id == latest.c.id)
        .scalar_subquery()
    )
    query = select(latest.c.site, latest.c.is_new, latest.c.length, cut, latest.c.has_date)
    return [tuple(row) for row in connection.execute(query.where(latest.c.place <= MOST_ARTICLES))]
