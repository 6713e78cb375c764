"""`scrapy crawl SPIDER`: Scrapy's own command, with errors as one line and an exit status that tells.

0: done (or stopped by a person; what was fetched is stored). 1: nothing could be done, or the database or the
log could not be written. 2: wrong usage. 130: stopped at once (Ctrl-C twice).
"""

import argparse
import logging
import sys
from typing import Any

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newscrawl.commands.base import EXIT_INTERRUPTED
from newscrawl.commands.log_faults import LogFaults
from newscrawl.commands.rule_book import read_rule_book
from newscrawl.errors import NewscrawlError
from newscrawl.pipelines.clean import WORKERS_FAILED
from newscrawl.pipelines.crawl_database import STORE_FAILED
from newscrawl.pipelines.multilingual import wants_embeddings
from newscrawl.store.first_contact import prepare_when_ready

QUIET_LOGGERS = (
    "alembic.runtime.migration",
    "alembic.runtime.plugins",
    "scrapy.middleware",
    "scrapy.crawler",
    "scrapy.utils.log",
    "scrapy.core.engine",
    "scrapy.addons",
)
"""Loggers whose INFO lines tell nothing about the crawl."""
SIGNAL_LINE = "Received "
"""How the line begins that Scrapy answers a Ctrl-C with."""
SILENT_LOGGERS = ("scrapy.core.downloader.handlers.http11",)
"""Loggers whose WARNINGs name what the crawl records, and tells, as the page's outcome."""


def exit_status(stats: dict[str, Any], reason: str | None, strict_troubles: int = 0) -> int:
    """Return the exit status of a crawl that ended with these stats.

    `strict_troubles` counts the outlets that went badly, in a run that was asked to be strict about it.
    """
    if strict_troubles:
        return 1
    if stats.get("newscrawl/store_failed") or reason in (None, STORE_FAILED, WORKERS_FAILED, "start_error"):
        return 1
    if outlets := stats.get("newscrawl/outlets"):
        return 1 if stats.get("newscrawl/outlets_lost", 0) >= outlets else 0
    asked = stats.get("newscrawl/asked", 0)
    failed = sum(value for key, value in stats.items() if key.startswith("newscrawl/failed/"))
    return 1 if asked and failed >= asked else 0


def _tells_of_the_crawl(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING or str(record.msg).startswith(SIGNAL_LINE)


class Command(ScrapyCrawl):
    """Run a spider of this project."""

    def long_desc(self) -> str:
        """The command's help."""
        return (
            "Run a spider of the current project, by name. Example: "
            "scrapy crawl news -a url=https://example.com,https://example.org"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options; leave out of the log what tells nothing about the crawl."""
        super().process_options(args, opts)
        assert self.settings is not None
        if self.settings["LOG_LEVEL"] != "DEBUG":
            for name in QUIET_LOGGERS:  # a filter stays, a level would be reset when Scrapy sets up its log
                logging.getLogger(name).addFilter(_tells_of_the_crawl)
            for name in SILENT_LOGGERS:
                logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, run the spider, set the exit status."""
        if len(args) != 1:
            raise UsageError(
                "give the name of one spider, such as: scrapy crawl news -a url=https://example.com"
            )
        assert self.crawler_process is not None
        assert self.settings is not None
        log_faults = LogFaults()
        log_faults.install()
        try:
            crawler = self._create_crawler(args[0])
            check = getattr(crawler.spidercls, "check_arguments", None)
            if check is not None:
                check(opts.spargs)
            wants_embeddings(self.settings)
            read_rule_book(None, self.settings["NEWSCRAWL_SITES"])
            # A database that cannot be used is told before anything is fetched.
            wait_s = self.settings.getfloat("NEWSCRAWL_DATABASE_START_WAIT")
            prepare_when_ready(self.settings["NEWSCRAWL_DATABASE_URL"], wait_s, self._say)
        except NewscrawlError as error:
            self._fail(str(error))
            return
        except KeyboardInterrupt:
            self._say("stopped")
            self.exitcode = EXIT_INTERRUPTED
            return
        except KeyError:
            names = ", ".join(self.crawler_process.spider_loader.list())
            self._fail(f"there is no spider {args[0]!r}: choose from {names}")
            return
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed or crawler._stats is None:
            self.exitcode = 1
            return
        stats = crawler.stats.get_stats()
        if "finish_reason" not in stats:
            self._say("stopped at once: what was on its way is fetched again by the next run")
            self.exitcode = EXIT_INTERRUPTED
            return
        troubles = self._strict_troubles(crawler.spider)
        self.exitcode = exit_status(stats, stats["finish_reason"], troubles) or int(log_faults.is_broken)

    def _strict_troubles(self, spider: Any) -> int:
        """Tell what went badly where `strict=1` asks for it; return how much did."""
        if not getattr(spider, "is_strict", False):
            return 0
        troubles = spider.troubles()
        for trouble in troubles:
            self._say(trouble)
        return len(troubles)

    def _fail(self, message: str) -> None:
        self._say(message)
        self.exitcode = 1

    def _say(self, message: str) -> None:
        sys.stderr.write(f"scrapy crawl: {' '.join(message.split())}\n")
