"""Two crawls share a database, and the clock of one is a day off."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from whole import assert_whole

from crawl_run import rows, start_crawl
from outlet import DAY, outlet
from sites import serve_all

DAY_S = 24 * 3600
PAGES = 8
LATE = timedelta(seconds=60)  # a busy machine
TIMES = (
    "select first_seen_at from articles union select fetched_at from fetches "
    "union select polled_at from feeds union select started_at from crawls "
    "union select finished_at from crawls"
)


def clock(shift_s: int) -> dict[str, str]:
    return {"FAULT_CLOCK_S": str(shift_s)}


def test_on_postgres_both_go_by_the_databases_clock_and_share_the_work(postgres_url: str) -> None:
    pytest.importorskip("time_machine")
    began = datetime.now(UTC)
    sites = [outlet(first, pages=PAGES) for first in (0, 100, 200)]
    with serve_all(*sites):
        first, both, second = (site.url for site in sites)
        crawls = [
            start_crawl("news", postgres_url, url=f"{first},{both}", due="1"),
            start_crawl("news", postgres_url, faults=clock(DAY_S), url=f"{both},{second}", due="1"),
        ]
        logs = [process.communicate(timeout=180)[1] for process in crawls]
    assert [process.returncode for process in crawls] == [0, 0], logs
    assert re.search(r"clock is 8\d{4} s ahead of that of the database", logs[1])
    assert "clock" not in logs[0]
    assert_whole(postgres_url, 3 * PAGES)
    # No site was in both hands at once: a claim of the one is a claim for the other.
    asked = [request.path for site in sites for _, request in site.requests]
    assert len([path for path in asked if path.startswith(DAY)]) == 3 * PAGES
    times = [time for (time,) in rows(postgres_url, TIMES)]
    assert began - LATE < min(times)
    assert max(times) < datetime.now(UTC) + LATE


def test_on_sqlite_the_rows_are_those_of_one_crawl(sqlite_url: str) -> None:
    pytest.importorskip("time_machine")
    site = outlet(300, pages=PAGES)
    with site.serve():
        crawls = [
            start_crawl("news", sqlite_url, url=site.url),
            start_crawl("news", sqlite_url, faults=clock(-DAY_S), url=site.url),
        ]
        logs = [process.communicate(timeout=180)[1] for process in crawls]
    assert [process.returncode for process in crawls] == [0, 0], logs
    assert_whole(sqlite_url, PAGES)
