"""Real crawls for tests: `scrapy crawl` as a process of its own, and what it left in the database."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from newscrawl.store.engine import open_engine

ROOT = Path(__file__).parent.parent
QUICK = {
    "DOWNLOAD_DELAY": "0.01",
    "DOWNLOAD_TIMEOUT": "2",
    "NEWSCRAWL_ROBOTS_TIMEOUT": "2",
    "NEWSCRAWL_BATCH_DELAY": "0.2",
    "NEWSCRAWL_DEFAULT_PAUSE": "0.2",
    "NEWSCRAWL_CLEAN_WORKERS": "1",
    "RETRY_TIMES": "1",
    "NEWSCRAWL_DATABASE_START_WAIT": "0",
    "AUTOTHROTTLE_ENABLED": "0",  # answers of a busy test machine are slow for reasons of its own
}
"""Settings that make a crawl of loopback quick. Politeness has tests of its own."""


@dataclass(frozen=True)
class CrawlRun:
    """How a crawl went: its exit status, and its log."""

    status: int
    log: str

    def lines(self, *levels: str) -> list[str]:
        return [line for line in self.log.splitlines() if any(f" {level}: " in line for level in levels)]


def crawl(
    spider: str,
    database: str,
    settings: Mapping[str, str] | None = None,
    *,
    loopback: bool = True,
    timeout_s: float = 180,  # for a busy machine; a crawl of a test takes seconds
    faults: Mapping[str, str] | None = None,
    injected: Mapping[str, str] | None = None,
    later: timedelta = timedelta(0),
    **arguments: str,
) -> CrawlRun:
    """Run `scrapy crawl SPIDER` with `arguments` as `-a` and `settings` over `QUICK`, on a clock that is
    `later` than this machine's.
    """
    process = start_crawl(
        spider,
        database,
        settings,
        loopback=loopback,
        faults=faults,
        injected=injected,
        later=later,
        **arguments,
    )
    try:
        _, log = process.communicate(timeout=timeout_s)
    finally:
        process.kill()
    return CrawlRun(process.returncode, log)


def start_crawl(
    spider: str,
    database: str,
    settings: Mapping[str, str] | None = None,
    *,
    loopback: bool = True,
    faults: Mapping[str, str] | None = None,
    before_start: Callable[[], None] = lambda: None,
    injected: Mapping[str, str] | None = None,
    later: timedelta = timedelta(0),
    **arguments: str,
) -> "subprocess.Popen[str]":
    """Start a crawl and return its process. `faults`: see tests/faults/injected/sitecustomize.py.

    `before_start` runs in the new process; `injected` is added to its environment.
    """
    command = [sys.executable, "-m", "scrapy", "crawl", spider]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    moved = {"NEWSCRAWL_CLOCK": "moved_clock.now"} if later else {}
    for name, value in {**QUICK, **moved, **(settings or {})}.items():
        command += ["-s", f"{name}={value}"]
    environment = {
        **os.environ,
        "NEWSCRAWL_DATABASE_URL": database,
        "NEWSCRAWL_ALLOW_LOOPBACK": "1" if loopback else "0",
        "PYTHONPATH": str(Path(__file__).parent),
        "MOVED_CLOCK_SECONDS": str(later.total_seconds()),
    }
    environment |= injected or {}
    if faults:
        environment |= {**faults, "PYTHONPATH": str(ROOT / "tests" / "faults" / "injected")}

    def prepare() -> None:
        heed_interrupts()
        before_start()

    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,
    )


def heed_interrupts() -> None:
    """Undo what a shell does to jobs in the background, which the tests may be: SIGINT is ignored there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def rows(database: str, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the crawl's database."""
    engine = open_engine(database)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]
    finally:
        engine.dispose()


def outcomes(database: str) -> dict[str, str]:
    """Return the status of each URL in `fetches`."""
    return {str(url): str(status) for url, status in rows(database, "select url, status from fetches")}


def stored(database: str) -> list[str]:
    """Return the URLs of the stored articles, in order."""
    return [url for (url,) in rows(database, "select url from articles where status = 'ok' order by url")]
