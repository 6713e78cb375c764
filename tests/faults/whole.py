"""What must be true of a database after any fault, and how tests cause one at the right moment."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from crawl_run import rows, stored
from newscrawl.store import begin_read, open_engine
from newscrawl.store.checks import check_database


def assert_whole(database: str, pages: int) -> None:
    """Assert that `pages` articles are there, each once with all that hangs on it, and nothing is broken."""
    urls = stored(database)
    assert (len(urls), len(set(urls))) == (pages, pages)
    assert rows(database, "select count(*) from articles") == [(pages,)]
    assert rows(database, "select count(*) from raw_pages") == [(pages,)]
    assert rows(database, "select count(*) from article_revisions") == [(0,)]
    assert rows(database, "select count(*) from fetches where status = 'ok'") == [(pages,)]
    assert failing_checks(database) == []


def failing_checks(database: str) -> list[str]:
    """Return what `scrapy db check` finds wrong (on SQLite its integrity_check is among the checks)."""
    engine = open_engine(database)
    try:
        with begin_read(engine) as connection:
            return [f"{check.name}: {check.example}" for check in check_database(connection) if not check.ok]
    finally:
        engine.dispose()


def until(condition: Callable[[], object], timeout_s: float = 180) -> None:
    """Wait for `condition`; fail when it does not come true in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout_s:g} s in vain"
        time.sleep(0.05)


def crash(folder: Path) -> None:
    """Stop the Postgres server in `folder` as a crash would: SIGQUIT is its immediate shutdown."""
    os.kill(int((folder / "postmaster.pid").read_text().splitlines()[0]), signal.SIGQUIT)
    until(lambda: not (folder / "postmaster.pid").exists())


def file_of(database: str) -> Path:
    """Return the file of an SQLite database."""
    return Path(database.removeprefix("sqlite:///"))
