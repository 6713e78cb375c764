"""A crawl that is killed in the middle of a batch's transaction: all of the batch is stored, or none."""

import signal

from sqlalchemy import text
from whole import assert_whole, failing_checks, until

from crawl_run import crawl, rows, start_crawl, stored
from newscrawl.store import open_engine
from outlet import outlet

PAGES = 12
MOMENTS = ("INSERT INTO stories", "INSERT INTO fetches", "COMMIT")


def test_killed_at_any_step_of_a_batch_nothing_of_it_is_stored_and_the_next_run_does_it(
    sqlite_url: str,
) -> None:
    site = outlet(0, pages=PAGES)
    with site.serve():
        for moment in MOMENTS:
            killed = crawl("news", sqlite_url, faults={"FAULT_KILL_AT": moment}, url=site.url)
            assert killed.status == -signal.SIGKILL, (moment, killed.log)
            assert stored(sqlite_url) == []
            assert failing_checks(sqlite_url) == []
        assert crawl("news", sqlite_url, url=site.url).status == 0
    assert_whole(sqlite_url, PAGES)


def test_killed_while_it_decides_about_stories_on_postgres(postgres_url: str) -> None:
    site = outlet(100, pages=PAGES)
    engine = open_engine(postgres_url)
    waits = "select count(*) from pg_locks where relation = 'stories'::regclass and not granted"
    with site.serve(), engine.connect() as outsider:
        outsider.execute(text("lock table stories in exclusive mode"))
        process = start_crawl("news", postgres_url, url=site.url)
        until(lambda: rows(postgres_url, waits) == [(1,)])
        process.kill()
        process.communicate()
        outsider.rollback()
        assert stored(postgres_url) == []
        assert crawl("news", postgres_url, url=site.url).status == 0
    engine.dispose()
    assert_whole(postgres_url, PAGES)
