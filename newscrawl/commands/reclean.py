"""`scrapy reclean`: clean stored pages again after the cleaner, or a site's memory, has changed."""

import argparse
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from newscrawl.clean import version_with
from newscrawl.commands.base import NewscrawlCommand
from newscrawl.commands.load_batches import default_workers
from newscrawl.commands.load_rows import LOADED_VERSION
from newscrawl.commands.progress import progress
from newscrawl.commands.reclean_pages import PageCleaner, Spool
from newscrawl.commands.rule_book import add_sites_option, read_rule_book
from newscrawl.discover import RuleBook
from newscrawl.errors import ConfigError
from newscrawl.model import SiteSelectors
from newscrawl.report.table import Column
from newscrawl.store.article_rows import Change
from newscrawl.store.existing import open_existing
from newscrawl.store.known_sites import require_site
from newscrawl.store.reclean import (
    RecleanedArticle,
    Summary,
    count_failed,
    preview,
    preview_memory,
    read_pages,
    take_over,
    write_recleaned,
)
from newscrawl.store.site_memory_people import catch_up
from newscrawl.store.site_memory_versions import lagging_sites
from newscrawl.store.stale_articles import other_articles, stale_articles
from newscrawl.store.transaction import begin_read

BATCH_ARTICLES = 50
"""Articles of one transaction: a stopped run loses at most the writing of these."""

_COLUMNS = (
    Column("site"),
    Column("articles", right=True),
    Column("changed", right=True),
    Column("words gained", right=True),
    Column("words lost", right=True),
    Column("kept as they are", right=True),
    Column("failed", right=True),
)


class Command(NewscrawlCommand):
    """Cleans stored pages again, shows what that changes, and writes it."""

    summary = "Clean stored pages again where the cleaner, its rules or the site's memory are newer."
    example = (
        "scrapy reclean --dry-run\nscrapy reclean --site example.com\n"
        "scrapy reclean --sites sites.toml --dry-run"
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the site, the dry run and the number of workers."""
        parser.add_argument("--site", metavar="SITE", help="only articles of SITE")
        add_sites_option(parser)
        parser.add_argument(
            "--dry-run", action="store_true", help="only show what would change, and write nothing"
        )
        parser.add_argument(
            "--workers",
            type=int,
            metavar="N",
            default=None,
            help="processes that clean (default: by processors)",
        )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Clean, show gain and loss per site, then write; each batch that is written stays written."""
        workers = default_workers() if options.workers is None else options.workers
        if workers < 1:
            raise ConfigError("--workers must be 1 or more")
        assert self.settings is not None
        rules = read_rule_book(options.sites, self.settings["NEWSCRAWL_SITES"])
        engine = open_existing(self.database_url)
        if options.site:
            with begin_read(engine) as connection:
                require_site(connection, options.site)
        summary = Summary()
        with closing(Spool()) as spool:
            cleaned = self._clean(engine, options.site, workers, rules, spool, summary)
            lagging = self._compare_memory(engine, options.site, cleaned, summary)
            self._show(summary, as_json=options.json)
            if not options.dry_run and (spool.count or lagging):
                self._write(engine, spool, lagging, as_json=options.json)
        engine.dispose()
        return None

    def _clean(
        self,
        engine: Engine,
        site: str | None,
        workers: int,
        rules: RuleBook,
        spool: Spool,
        summary: Summary,
    ) -> Collection[int]:
        """Clean what is behind; return the ids of it."""
        with begin_read(engine) as connection:
            stale = stale_articles(
                connection, lambda url: version_with(rules.rules_for(url)), LOADED_VERSION, site
            )
        if stale.without_page:
            self.say(f"{stale.without_page:,} articles stay as they are: their raw pages were not kept")
        if stale.ruled:
            self.say(
                f"{stale.ruled:,} articles stay as they are: rules of a sites file made them "
                "(--sites FILE names it)"
            )
        ids = list(stale.pages)
        if not ids:
            return ids
        with closing(PageCleaner(workers)) as cleaner, progress(len(ids)) as report:
            for start in range(0, len(ids), BATCH_ARTICLES):
                part = {id_: rules.rules_for(stale.pages[id_]) for id_ in ids[start : start + BATCH_ARTICLES]}
                spool.add(self._clean_part(engine, part, cleaner, summary))
                report(f"{start + len(part):,} of {len(ids):,} articles cleaned again", start + len(part))
        return stale.pages.keys()

    def _clean_part(
        self,
        engine: Engine,
        rules: Mapping[int, SiteSelectors | None],
        cleaner: PageCleaner,
        summary: Summary,
    ) -> list[RecleanedArticle]:
        ids = list(rules)
        with begin_read(engine) as connection:
            pages = read_pages(connection, ids)
        cleaned = cleaner.clean({id_: replace(page, rules=rules[id_]) for id_, page in pages.items()})
        done = {id_: article for id_, article in cleaned.items() if article is not None}
        with begin_read(engine) as connection:
            items = take_over(connection, done)
            preview(connection, items.values(), summary)
            count_failed(connection, set(ids) - done.keys(), summary)
        return list(items.values())

    def _compare_memory(
        self, engine: Engine, site: str | None, cleaned: Collection[int], summary: Summary
    ) -> list[str]:
        """Return the sites whose stored articles are behind their memory; count what that changes."""
        with begin_read(engine) as connection:
            lagging = [name for name in lagging_sites(connection) if site is None or name == site]
            for ids in other_articles(connection, lagging, cleaned).values():
                for start in range(0, len(ids), BATCH_ARTICLES):
                    preview_memory(connection, ids[start : start + BATCH_ARTICLES], summary)
        return lagging

    def _show(self, summary: Summary, *, as_json: bool) -> None:
        sites = [summary.sites[name] for name in sorted(summary.sites)]
        if as_json:
            for site in sites:
                self.put_json(asdict(site))
        elif sites:
            self.put_table(_COLUMNS, [tuple(asdict(site).values()) for site in sites])
        else:
            self.put("every article was made by this cleaner and agrees with its site's memory")

    def _write(self, engine: Engine, spool: Spool, lagging: Sequence[str], *, as_json: bool) -> None:
        counts: Counter[Change] = Counter()
        with progress(spool.count) as report:
            for batch in spool.batches():
                counts += write_recleaned(engine, batch, datetime.now(UTC))
                report(f"{counts.total():,} articles written", counts.total())
        corrected = sum(catch_up(engine, site, now=datetime.now(UTC)) for site in lagging)
        changed = counts[Change.TEXT] + corrected
        if as_json:
            self.put_json({"written": counts.total(), "changed": changed})
        else:
            self.put(f"{counts.total():,} articles written, {changed:,} texts changed")
