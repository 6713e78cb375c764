"""`scrapy status`: how each site is doing."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from scrapy.exceptions import UsageError

from newscrawl.commands.base import NewscrawlCommand
from newscrawl.report import Column
from newscrawl.store.existing import open_existing
from newscrawl.store.status_queries import CrawlStatus, SiteStatus, latest_crawls, site_statuses
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
)
CRAWL_COLUMNS = (Column("run"), Column("started (UTC)"), Column("took"), Column("ended"))


class Command(NewscrawlCommand):
    """Shows how each site is doing."""

    summary = "Show how each site is doing: articles, failures, dead feeds, how much is cut."
    details = (
        "new, fetched, failed, cut (share of the new articles' pages that was removed) and length "
        "(characters of a new article) are of the last --days; a site whose cut or length jumps has changed "
        "its layout."
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
            help="only sites with dead feeds, with nothing new, or where half of the pages fail; "
            "status 1 if there are any",
        )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Print the sites; with --failing, status 1 where there are any."""
        if not 1 <= options.days <= timedelta.max.days // 1000:
            raise UsageError("--days must be 1 or more", print_help=False)
        engine = open_existing(self.database_url)
        with begin_read(engine) as connection:
            sites = list(site_statuses(connection, datetime.now(UTC), options.days))
            crawls = list(latest_crawls(connection))
        engine.dispose()
        if options.site:
            sites = [site for site in sites if site.site == options.site]
        if options.failing:
            sites = [site for site in sites if is_failing(site)]
        if options.json:
            for site in sites:
                self.put_json({**asdict(site), "failing": is_failing(site)})
        else:
            self._print(sites, [] if options.failing or options.site else crawls)
        return 1 if options.failing and sites else None

    def _print(self, sites: Sequence[SiteStatus], crawls: Sequence[CrawlStatus]) -> None:
        if sites:
            self.put_table(SITE_COLUMNS, map(_site_row, sites))
        else:
            self.say("no sites")
        if crawls:
            self.put()
            self.put_table(CRAWL_COLUMNS, map(_crawl_row, crawls))


def is_failing(site: SiteStatus) -> bool:
    """Return whether a person should look at the site."""
    return (
        site.feeds_dead > 0
        or site.pages_failed * 2 > site.pages_fetched
        or (site.pages_fetched > 0 and site.articles > 0 and not site.new_articles)
    )


def _site_row(site: SiteStatus) -> Sequence[object]:
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
    )


def _failed(site: SiteStatus) -> str | None:
    if not site.pages_failed or site.worst_failure is None:
        return None
    return f"{site.pages_failed:,}, {site.worst_failure.replace('_', ' ')}"


def _crawl_row(crawl: CrawlStatus) -> Sequence[object]:
    took = None
    if crawl.finished_at is not None:
        took = str(timedelta(seconds=round((crawl.finished_at - crawl.started_at).total_seconds())))
    return (crawl.spider, crawl.started_at, took, crawl.finish_reason or "(running, or killed)")
