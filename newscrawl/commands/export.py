"""`scrapy export`: articles or stories as files for other programs."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from scrapy.exceptions import UsageError

from newscrawl.commands.base import NewscrawlCommand
from newscrawl.commands.progress import progress
from newscrawl.errors import ConfigError
from newscrawl.report.export_writers import WRITERS
from newscrawl.store.existing import open_existing
from newscrawl.store.export_queries import (
    ExportedArticle,
    ExportedStory,
    ExportFilter,
    export_articles,
    export_stories,
)
from newscrawl.store.known_sites import require_site
from newscrawl.store.transaction import begin_read

STDOUT = "-"
RESERVED = frozenset({"noarchive", "noindex", "noai", "tdm-reservation"})
"""What a page says to every machine that it does not want kept, found or mined: such articles stay out."""
NO_IMAGES = frozenset({"noimageai", "noimageindex"})
"""What a page says of its pictures alone: the article is written without the address of one."""


class Command(NewscrawlCommand):
    """Writes articles or stories to a file."""

    summary = "Write articles or stories as JSON Lines, CSV or Parquet."
    details = (
        "Articles that ask machines not to keep, index or mine them (noarchive, noindex, noai, TDM "
        "reservation) are left out and counted, of stories too; --all writes them. `scrapy load` reads what "
        "jsonl writes."
    )
    example = (
        "scrapy export > articles.jsonl\n"
        "scrapy export --what stories --format csv --out stories.csv\n"
        "scrapy export --site example.com --since 2026-11-01 --format parquet --out november.parquet"
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what is written, how, and where to."""
        add = parser.add_argument
        add("--what", choices=("articles", "stories"), default="articles", help="(articles)")
        add("--format", choices=tuple(WRITERS), default="jsonl", help="(jsonl)")
        add("--out", metavar="FILE", default=STDOUT, help="the file to write (standard output)")
        add("--site", metavar="SITE", help="only what SITE told")
        add("--since", metavar="DATE", type=_date, help="only what was told since DATE (UTC)")
        add("--until", metavar="DATE", type=_date, help="only what was told before DATE (UTC)")
        add("--all", action="store_true", help="also articles that ask not to be kept")

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Write the rows; tell how many, and how many were left out, on stderr."""
        if options.json and options.format != "jsonl":
            raise UsageError(f"--json is --format jsonl, not {options.format}", print_help=False)
        leave_out = frozenset() if options.all else RESERVED
        wanted = ExportFilter(
            site=options.site, since=options.since, until=options.until, leave_out=leave_out
        )
        engine = open_existing(self.database_url)
        if wanted.site:
            with begin_read(engine) as connection:
                require_site(connection, wanted.site)
        counts: Counter[str] = Counter()
        with begin_read(engine) as connection, _opened(options.out) as out, progress(None) as report:
            if options.what == "stories":
                kind: type = ExportedStory
                rows: Iterator[Any] = export_stories(connection, wanted)
            else:
                kind = ExportedArticle
                rows = _allowed(export_articles(connection, wanted), counts, everything=options.all)
            with WRITERS[options.format](kind, out) as write:
                write(_counted(rows, counts, report, options.what))
        engine.dispose()
        self._tell(counts, options.what, options.out)
        return None

    def _tell(self, counts: Counter[str], what: str, out: str) -> None:
        place = "" if out == STDOUT else f" to {out}"
        self.say(f"{counts['written']:,} {what} written{place}")
        if counts["left out"]:
            why = ", ".join(f"{name} {counts[name]:,}" for name in sorted(RESERVED) if counts[name])
            self.say(f"{counts['left out']:,} left out as their pages ask for ({why}); --all writes them")


def reservations(robots: Sequence[str]) -> list[str]:
    """Return the directives of a page for which its article stays out of exports, for any machine.

    >>> reservations(("follow", "noarchive", "bingbot:noindex"))
    ['noarchive']
    """
    return [word for word in robots if word in RESERVED]


def _allowed(
    articles: Iterator[ExportedArticle], counts: Counter[str], *, everything: bool
) -> Iterator[ExportedArticle]:
    for article in articles:
        reserved = reservations(article.robots)
        if reserved and not everything:
            counts["left out"] += 1
            counts.update(reserved)
        elif not everything and not NO_IMAGES.isdisjoint(article.robots):
            yield replace(article, image_url=None)
        else:
            yield article


def _counted(rows: Iterator[Any], counts: Counter[str], report: Any, what: str) -> Iterator[Any]:
    for row in rows:
        counts["written"] += 1
        report(f"{counts['written']:,} {what}", counts["written"])
        yield row


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    """Open the file to write. It gets its name when it is whole: a failed export leaves the old one."""
    if name == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"cannot write {name!r}: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


def _date(word: str) -> datetime:
    try:
        when = datetime.fromisoformat(word)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{word!r} is no date (2026-11-20)") from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)
