"""A database with no room left: the crawl waits, or stops with a clear status; what was stored is whole.

Room runs out where a limit on the size of files is met (any machine), and on a real full disk where the
tests may mount one.
"""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from whole import assert_whole, failing_checks, file_of

from crawl_run import crawl, rows, start_crawl, stored
from newscrawl.store import open_engine, prepare_database
from outlet import outlet
from postgres_server import PostgresServer
from sites import Site

PAGES = 40
ROOM_BYTES = 60_000
"""Room for the first few articles of 40: each takes about 15 kB in SQLite's log."""
SLOWLY = {"DOWNLOAD_DELAY": "0.05"}

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process: Linux only")


@pytest.fixture
def site() -> Iterator[Site]:
    with outlet(0, pages=PAGES).serve() as served:
        yield served


def limit_files(process: "subprocess.Popen[str]", max_bytes: int) -> None:
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (max_bytes, resource.RLIM_INFINITY))


def log_until(process: "subprocess.Popen[str]", words: str) -> str:
    """Return what a crawl logs up to the first line with `words`."""
    assert process.stderr is not None
    log = ""
    for line in process.stderr:
        log += line
        if words in line:
            return log
    raise AssertionError(f"the crawl never logged {words!r}: {log}")


def wait_then_go_on(process: "subprocess.Popen[str]", make_room: Callable[[], None]) -> None:
    try:
        log = log_until(process, "no room left")
        make_room()
        log += process.communicate(timeout=180)[1]
    finally:
        process.kill()
    assert (process.returncode, "Traceback" in log) == (0, False), log


@needs_limits
def test_it_stops_with_a_clear_status_and_the_next_run_goes_on(site: Site, sqlite_url: str) -> None:
    process = start_crawl("news", sqlite_url, {**SLOWLY, "NEWSCRAWL_DATABASE_WAIT": "2"}, url=site.url)
    limit_files(process, file_of(sqlite_url).stat().st_size + ROOM_BYTES)
    _, log = process.communicate(timeout=180)
    assert (process.returncode, "Traceback" in log) == (1, False), log
    errors = [line for line in log.splitlines() if " ERROR: " in line]
    assert len(errors) == 1
    assert "no room left for sqlite:///" in errors[0]
    assert re.search(r"\(waited \d+ s\)$", errors[0])
    kept = stored(sqlite_url)
    assert 0 < len(kept) < PAGES
    assert failing_checks(sqlite_url) == []
    assert crawl("news", sqlite_url, url=site.url).status == 0
    assert_whole(sqlite_url, PAGES)


@needs_limits
def test_it_waits_and_goes_on_when_there_is_room(site: Site, sqlite_url: str) -> None:
    process = start_crawl("news", sqlite_url, SLOWLY, url=site.url)
    limit_files(process, file_of(sqlite_url).stat().st_size + ROOM_BYTES)
    wait_then_go_on(process, lambda: limit_files(process, resource.RLIM_INFINITY))
    assert_whole(sqlite_url, PAGES)
    assert rows(sqlite_url, "select finish_reason from crawls") == [("finished",)]


@pytest.fixture
def disk() -> Iterator[Path]:
    """A file system of its own, which the Postgres server may enter, too (it runs as a user of its own)."""
    disk = Path(tempfile.mkdtemp(prefix="newscrawl-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode != 0:
        disk.rmdir()
        pytest.skip("mounting a disk takes root")
    disk.chmod(0o755)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()


def fill(disk: Path) -> Path:
    """Fill a disk but for `ROOM_BYTES`; return the file that can be removed to make room."""
    filler = disk / "filler"
    with filler.open("wb") as out:
        while (left := shutil.disk_usage(disk).free - ROOM_BYTES) > 0:
            out.write(bytes(min(left, 2**20)))  # others may write, too, meanwhile
            out.flush()
    return filler


def prepare(url: str) -> None:
    engine = open_engine(url)
    prepare_database(engine)
    engine.dispose()


def test_a_real_full_disk_under_sqlite_is_waited_for(site: Site, disk: Path) -> None:
    url = f"sqlite:///{disk / 'news.db'}"
    prepare(url)
    filler = fill(disk)
    wait_then_go_on(start_crawl("news", url, SLOWLY, url=site.url), filler.unlink)
    assert_whole(url, PAGES)


def test_a_real_full_disk_under_postgres_is_waited_for(
    site: Site, disk: Path, postgres_server: PostgresServer
) -> None:
    server = Path(postgres_server._server.pgdata).stat()
    (disk / "data").mkdir()
    shutil.chown(disk / "data", server.st_uid, server.st_gid)
    statements = ("create tablespace small location '{}'", "create database roomless tablespace small")
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.format(disk / "data"))
        try:
            url = postgres_server.url("roomless")
            prepare(url)
            rows(url, "select 1")  # the first connection after a change writes a file of its own
            filler = fill(disk)
            wait_then_go_on(start_crawl("news", url, SLOWLY, url=site.url), filler.unlink)
            assert_whole(url, PAGES)
        finally:
            connection.execute("drop database roomless with (force)")
            connection.execute("drop tablespace small")
