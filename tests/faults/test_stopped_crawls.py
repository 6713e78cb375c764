"""A crawl that is killed, or asked to stop, at any moment: the next run does the rest, and nothing twice."""

import signal
import time

from whole import assert_whole, failing_checks, until

from crawl_run import crawl, rows, start_crawl, stored
from outlet import DAY, outlet
from sites import Site, hang, serve_all

PAGES = 400
QUICKLY = {"DOWNLOAD_DELAY": "0.01"}


def pages_asked_for(site: Site) -> list[str]:
    return [request.path for _, request in site.requests if request.path.startswith(DAY)]


def stop_at_a_third(site: Site, database: str, *how: signal.Signals) -> tuple[int, str]:
    """Start a crawl; once it has asked for a third of what is left, and committed some of that, send it
    signals; return its exit status and its log.
    """
    asked, before = len(pages_asked_for(site)), len(stored(database))
    third = (PAGES - before) // 3
    process = start_crawl("news", database, QUICKLY, url=site.url)
    try:
        until(lambda: len(pages_asked_for(site)) >= asked + third and len(stored(database)) > before)
        for number in how:
            process.send_signal(number)
        _, log = process.communicate(timeout=180)
    finally:
        process.kill()
    return process.returncode, log


def test_killed_three_times_at_a_third_the_crawl_is_completed_by_the_next_run(sqlite_url: str) -> None:
    site = outlet(0, pages=PAGES)
    kept = [0]
    with site.serve():
        for _ in range(3):
            status, log = stop_at_a_third(site, sqlite_url, signal.SIGKILL)
            assert (status, "Traceback" in log) == (-signal.SIGKILL, False), log
            assert failing_checks(sqlite_url) == []
            kept.append(len(stored(sqlite_url)))
        last = crawl("news", sqlite_url, QUICKLY, url=site.url)
    assert kept == sorted(kept)
    assert 0 < kept[-1] < PAGES
    assert (last.status, last.lines("WARNING", "ERROR")) == (0, [])
    assert_whole(sqlite_url, PAGES)


def test_asked_to_stop_three_times_at_a_third_nothing_is_fetched_in_vain(sqlite_url: str) -> None:
    site = outlet(1000, pages=PAGES)
    with site.serve():
        for _ in range(3):
            status, log = stop_at_a_third(site, sqlite_url, signal.SIGTERM)
            assert (status, "Traceback" in log) == (0, False), log
            assert len(stored(sqlite_url)) == len(pages_asked_for(site)) < PAGES
        last = crawl("news", sqlite_url, QUICKLY, url=site.url)
    assert last.status == 0
    assert_whole(sqlite_url, PAGES)
    assert len(pages_asked_for(site)) == PAGES
    reasons = rows(sqlite_url, "select finish_reason from crawls order by id")
    assert reasons == [("shutdown",)] * 3 + [("finished",)]


def test_interrupted_twice_it_ends_at_once_and_the_next_run_does_the_rest(sqlite_url: str) -> None:
    site, hanging = outlet(2000, pages=60), Site({"/": hang()})
    with serve_all(site, hanging):
        urls = f"{site.url},{hanging.url}"
        process = start_crawl("news", sqlite_url, {**QUICKLY, "DOWNLOAD_TIMEOUT": "50"}, url=urls)
        until(lambda: len(stored(sqlite_url)) > 5)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None  # it waits for the page that hangs
        interrupted = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=180)
        assert time.monotonic() - interrupted < 30
        assert process.returncode == 130, log
        assert log.splitlines()[-1].startswith("scrapy crawl: stopped at once")
        assert "Traceback" not in log
        assert failing_checks(sqlite_url) == []
        last = crawl("news", sqlite_url, QUICKLY, url=site.url)
    assert last.status == 0
    assert_whole(sqlite_url, 60)


def test_interrupted_while_it_waits_for_its_database_it_stops_at_once() -> None:
    settings = {"NEWSCRAWL_DATABASE_START_WAIT": "100"}
    process = start_crawl("pages", "postgresql://127.0.0.1:9/news", settings, url="http://127.0.0.1:9/")
    assert process.stderr is not None
    assert "waiting up to 100 s for it" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, log = process.communicate(timeout=60)
    assert (process.returncode, log) == (130, "scrapy crawl: stopped\n")
