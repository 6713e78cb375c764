"""`scrapy status`: how each site is doing."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from scrapy.exceptions import UsageError

from newscrawl.commands.base import NewscrawlCommand
from newscrawl.report import Column
from newscrawl.report.layout_change import layout_changes
from newscrawl.store.existing import open_existing
from newscrawl.store.known_sites import require_site
from newscrawl.store.site_samples import BeforeAndNow, site_samples
from newscrawl.store.status_queries import (
    CrawlStatus,
    DeadFeed,
    SiteStatus,
    dead_feeds,
    latest_crawls,
    site_statuses,
)
from newscrawl.store.transaction import begin_read

DEFAULT_DAYS = 7

SITE_COLUMNS = (
    Column("site", flexible=True),
    Column("articles", right=True),
    Column("new", right=True),
    Column("last new (UTC)"),
    Column("fetched", right=True),
    Column("failed"),
    Column("feeds"),
    Column("cut", right=True),
    Column("length", right=True),
    Column("changed"),
)
DEAD_COLUMNS = (
    Column("dead feed", flexible=True),
    Column("failures", right=True),
    Column("last asked (UTC)"),
    Column("again (UTC)"),
    Column("why"),
)
CRAWL_COLUMNS = (Column("run"), Column("started (UTC)"), Column("took"), Column("ended"))


@dataclass(frozen=True, slots=True)
class WatchedSite:
    """A site's status, and what tells of a new layout."""

    site: SiteStatus
    changes: tuple[str, ...]

    @property
    def is_failing(self) -> bool:
        """Whether a person should look at the site."""
        return bool(self.changes) or is_failing(self.site)


class Command(NewscrawlCommand):
    """Shows how each site is doing."""

    summary = "Show how each site is doing: articles, failures, dead feeds, how much is cut."
    details = (
        "new, fetched, failed, cut (share of the new articles' pages that was removed) and length "
        "(characters of a new article) are of the last --days. changed tells what jumped beside the four "
        "times as many days before (medians of what is cut and of the length, the share of articles with a "
        "date, the share of pages that are no articles): the site has a new layout."
    )
    example = "scrapy status\nscrapy status --days 1 --failing\nscrapy status --json"

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the time to look back, and a filter for what needs a look."""
        parser.add_argument(
            "--days", type=int, metavar="N", default=DEFAULT_DAYS, help=f"look back N days ({DEFAULT_DAYS})"
        )
        parser.add_argument("--site", metavar="SITE", help="only this site")
        parser.add_argument(
            "--failing",
            action="store_true",
            help="only sites with dead feeds, with nothing new, with a new layout, or where half of the "
            "pages fail, and which feeds are dead; status 1 if there are any",
        )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Print the sites; with --failing, status 1 where there are any."""
        if not 1 <= options.days <= timedelta.max.days // 1000:
            raise UsageError("--days must be 1 or more", print_help=False)
        engine = open_existing(self.database_url)
        with begin_read(engine) as connection:
            if options.site:
                require_site(connection, options.site)
            now = datetime.now(UTC)
            samples = site_samples(connection, now, options.days)
            sites = [
                WatchedSite(site, _changes(samples.get(site.site)))
                for site in site_statuses(connection, now, options.days)
            ]
            crawls = list(latest_crawls(connection))
            dead = list(dead_feeds(connection))
        engine.dispose()
        if options.site:
            sites = [watched for watched in sites if watched.site.site == options.site]
        if options.failing:
            sites = [watched for watched in sites if watched.is_failing]
        if options.json:
            for watched in sites:
                named = [asdict(feed) for feed in dead if feed.site == watched.site.site]
                extra = {"changed": watched.changes, "failing": watched.is_failing, "dead_feeds": named}
                self.put_json({**asdict(watched.site), **extra})
        elif options.failing or options.site:
            shown = {watched.site.site for watched in sites}
            nothing = "no site needs a look" if options.failing else f"no site {options.site}"
            feeds = map(_dead_row, (feed for feed in dead if feed.site in shown))
            self._print(sites, DEAD_COLUMNS, feeds, nothing=nothing)
        else:
            self._print(sites, CRAWL_COLUMNS, map(_crawl_row, crawls))
        return 1 if options.failing and sites else None

    def _print(
        self,
        sites: Sequence[WatchedSite],
        columns: Sequence[Column],
        others: Iterable[Sequence[object]],
        *,
        nothing: str = "no sites",
    ) -> None:
        if sites:
            self.put_table(SITE_COLUMNS, map(_site_row, sites))
        else:
            self.say(nothing)
        rows = list(others)
        if rows:
            self.put()
            self.put_table(columns, rows)


def is_failing(site: SiteStatus) -> bool:
    """Return whether a person should look at the site, whatever its layout."""
    return (
        site.feeds_dead > 0
        or site.pages_failed * 2 > site.pages_fetched
        or (site.pages_fetched > 0 and site.articles > 0 and not site.new_articles)
    )


def _changes(samples: BeforeAndNow | None) -> tuple[str, ...]:
    return layout_changes(samples.before, samples.now) if samples is not None else ()


def _site_row(watched: WatchedSite) -> Sequence[object]:
    site = watched.site
    return (
        site.site,
        f"{site.articles:,}",
        f"{site.new_articles:,}",
        site.last_new_at,
        f"{site.pages_fetched:,}",
        _failed(site),
        f"{site.feeds}, {site.feeds_dead} dead" if site.feeds_dead else site.feeds,
        None if site.removed_share is None else f"{site.removed_share:.0%}",
        None if site.text_length is None else f"{site.text_length:,}",
        "; ".join(watched.changes) or None,
    )


def _dead_row(feed: DeadFeed) -> Sequence[object]:
    why = f"{feed.status.replace('_', ' ')} ({feed.detail})" if feed.detail else feed.status
    return (feed.url, feed.error_count, feed.polled_at, feed.next_poll_at, why)


def _failed(site: SiteStatus) -> str | None:
    if not site.pages_failed or site.worst_failure is None:
        return None
    return f"{site.pages_failed:,}, {site.worst_failure.replace('_', ' ')}"


def _crawl_row(crawl: CrawlStatus) -> Sequence[object]:
    took = None
    if crawl.finished_at is not None:
        took = str(timedelta(seconds=round((crawl.finished_at - crawl.started_at).total_seconds())))
    return (crawl.spider, crawl.started_at, took, crawl.finish_reason or "(running, or killed)")
