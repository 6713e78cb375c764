"""`scrapy load`: articles that were extracted elsewhere take the same road as crawled ones."""

import argparse
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Engine

from newscrawl.commands.base import NewscrawlCommand
from newscrawl.commands.load_batches import LoadedBatch, Problem, default_workers, read_batches
from newscrawl.commands.load_lines import LineSource, open_lines
from newscrawl.commands.progress import progress
from newscrawl.errors import ConfigError, StoreError
from newscrawl.pipelines.multilingual import wants_embeddings
from newscrawl.store.article_rows import Change
from newscrawl.store.crawl_record import finish_crawl, start_crawl
from newscrawl.store.engine import open_engine
from newscrawl.store.schema import prepare_database
from newscrawl.store.writer import BatchResult, write_batch

HOPELESS_LINES = 1_000
"""Bad lines at the beginning of a file, without a good one among them, after which it is some other file."""

_COUNTED = {
    Change.NEW: "new",
    Change.TEXT: "changed",
    Change.DETAILS: "changed",
    Change.SEEN: "known",
    Change.KEPT: "known",
}


class Command(NewscrawlCommand):
    """Loads a JSON Lines file into the database."""

    summary = "Load articles that were extracted elsewhere, from JSON Lines."
    operands = "FILE.jsonl"
    least, most = 1, 1
    example = "scrapy load articles.jsonl\nzcat 2026-11.jsonl.gz | scrapy load - --database postgresql://…"
    details = (
        "One JSON object a line: url, title and text; where known published_at (ISO 8601, UTC without a "
        "zone), language, authors. FILE may be compressed (gzip, zstd), - is standard input."
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the number of workers."""
        parser.add_argument(
            "--workers",
            type=int,
            metavar="N",
            default=None,
            help=f"processes beside this one that read large files (default {default_workers()}; 0: none)",
        )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Load the file; status 1 where none of its lines could be loaded."""
        workers = default_workers() if options.workers is None else options.workers
        if workers < 0:
            raise ConfigError("--workers must be 0 or more")
        assert self.settings is not None
        embed = wants_embeddings(self.settings)
        logging.getLogger("newscrawl.store.writer").setLevel(logging.CRITICAL)  # its errors are told by line
        with open_lines(operands[0]) as source:  # before the database: a wrong name makes none
            engine = open_engine(self.database_url)
            prepare_database(engine)
            crawl_id = start_crawl(engine, "load", {"file": operands[0]})
            counts: Counter[str] = Counter()
            try:
                write = partial(_write, engine, crawl_id)
                self._load(source, workers, counts, write, embed=embed, as_json=options.json)
            except BaseException:
                with suppress(StoreError):  # the first error is the one to tell
                    finish_crawl(engine, crawl_id, "interrupted", _stats(counts))
                raise
            finish_crawl(engine, crawl_id, "finished", _stats(counts))
            engine.dispose()
        self._summarise(counts, as_json=options.json)
        return 1 if counts["bad"] and not counts["good"] else 0

    def _load(
        self,
        source: LineSource,
        workers: int,
        counts: Counter[str],
        write: Callable[[LoadedBatch], BatchResult],
        *,
        embed: bool,
        as_json: bool,
    ) -> None:
        started = time.monotonic()
        batches = read_batches(source.lines, workers, embed=embed)
        with progress(source.size) as report, closing(batches):
            for batch in batches:
                result = write(batch)
                for problem in _problems(batch, result):
                    self._tell(problem, as_json=as_json)
                    counts["bad" if problem.fatal else "warnings"] += 1
                for page in result.pages:
                    if page.change is not Change.FAILED:
                        counts["good"] += 1
                        counts[_COUNTED[page.change]] += 1
                counts["lines"] = batch.last_line
                if counts["bad"] >= HOPELESS_LINES and not counts["good"]:
                    raise ConfigError(f"the first {batch.last_line:,} lines hold no article: no JSON Lines?")
                rate = counts["lines"] / max(time.monotonic() - started, 0.001)
                report(f"{counts['lines']:,} lines, {rate:,.0f}/s, {_spelled(counts)}", source.done)

    def _tell(self, problem: Problem, *, as_json: bool) -> None:
        if as_json:
            self.put_json({"line": problem.line, "problem": problem.message, "skipped": problem.fatal})
        else:
            self.say(f"line {problem.line}: {problem.message}{' (skipped)' if problem.fatal else ''}")

    def _summarise(self, counts: Counter[str], *, as_json: bool) -> None:
        if as_json:
            self.put_json({name: counts[name] for name in ("lines", "new", "changed", "known", "bad")})
        else:
            lines = "line" if counts["lines"] == 1 else "lines"
            self.put(f"{counts['lines']:,} {lines}: {_spelled(counts)}")


def _write(engine: Engine, crawl_id: int, batch: LoadedBatch) -> BatchResult:
    return write_batch(engine, batch.pages, crawl_id=crawl_id, now=datetime.now(UTC))


def _problems(batch: LoadedBatch, result: BatchResult) -> list[Problem]:
    failed = [
        Problem(number, f"cannot be stored: {page.error}", fatal=True)
        for number, page in zip(batch.numbers, result.pages, strict=True)
        if page.change is Change.FAILED
    ]
    return sorted([*batch.problems, *failed], key=lambda problem: problem.line)


def _spelled(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in ("new", "changed", "known", "bad"))


def _stats(counts: Counter[str]) -> dict[str, int]:
    return {f"newscrawl/load/{name}": count for name, count in sorted(counts.items())}
