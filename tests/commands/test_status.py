from datetime import UTC, datetime, timedelta

import pytest

from command_run import Scrapy
from newscrawl.model import FetchStatus
from newscrawl.store import (
    FeedState,
    FetchRecord,
    open_engine,
    record_fetches,
    save_feed_states,
    write_with_retry,
)

NOW = datetime.now(UTC)


def fetched(url: str, *records: tuple[str, FetchStatus, int]) -> None:
    """Record fetches: address, outcome, days ago."""
    engine = open_engine(url)
    rows = [
        FetchRecord(url=address, fetched_at=NOW - timedelta(days=days), status=status)
        for address, status, days in records
    ]
    write_with_retry(engine, lambda connection: record_fetches(connection, rows))
    engine.dispose()


def polled(url: str, *states: FeedState) -> None:
    engine = open_engine(url)
    write_with_retry(engine, lambda connection: save_feed_states(connection, states))
    engine.dispose()


def feed(url: str, failures: int, *, once_fine: bool = True) -> FeedState:
    return FeedState(
        url=url,
        polled_at=NOW,
        status=FetchStatus.HTTP_ERROR if failures else FetchStatus.OK,
        error_count=failures,
        last_new_at=NOW - timedelta(days=9) if once_fine else None,
    )


def test_each_site_has_a_line_and_each_spider_its_latest_run(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("status", database=loaded_url)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    head = "site articles new last new (UTC) fetched failed feeds cut length changed"
    assert " ".join(lines[0].split()) == head
    assert lines[1].split()[:3] == ["mail.example", "1", "1"]
    assert lines[2].split()[:3] == ["post.example", "2", "2"]
    assert lines[-1].startswith("load ")
    assert lines[-1].endswith("finished")


def test_failures_and_dead_feeds_are_counted(scrapy: Scrapy, database_url: str) -> None:
    fetched(
        database_url,
        ("https://a.example/1", FetchStatus.OK, 1),
        ("https://a.example/2", FetchStatus.HTTP_ERROR, 1),
        ("https://a.example/3", FetchStatus.UNREACHABLE, 1),
        ("https://a.example/4", FetchStatus.UNREACHABLE, 1),
        ("https://a.example/5", FetchStatus.UNREACHABLE, 30),
        ("https://b.example/1", FetchStatus.OK, 1),
    )
    polled(
        database_url,
        feed("https://a.example/feed", 5),
        feed("https://a.example/rss", 0),
        feed("https://a.example/guessed", 7, once_fine=False),
    )
    a, b = scrapy("status", "--json", database=database_url).rows
    assert (a["site"], a["pages_fetched"], a["pages_failed"]) == ("a.example", 4, 3)
    assert a["worst_failure"] == "unreachable"
    assert (a["feeds"], a["feeds_dead"], a["failing"]) == (2, 1, True)
    assert (b["pages_failed"], b["feeds_dead"], b["failing"]) == (0, 0, False)


def test_failing_sites_alone_are_for_cron(scrapy: Scrapy, sqlite_url: str) -> None:
    fetched(sqlite_url, ("https://b.example/1", FetchStatus.OK, 0))
    assert scrapy("status", "--failing", database=sqlite_url).status == 0
    fetched(sqlite_url, ("https://a.example/1", FetchStatus.HTTP_ERROR, 0))
    done = scrapy("status", "--failing", "--json", database=sqlite_url)
    assert (done.status, [row["site"] for row in done.rows]) == (1, ["a.example"])


@pytest.mark.parametrize("days", ["0", "-1", "x", "99999999"])
def test_days_are_one_or_more(scrapy: Scrapy, sqlite_url: str, days: str) -> None:
    assert scrapy("status", f"--days={days}", database=sqlite_url).status == 2


def test_an_empty_database_has_no_sites(scrapy: Scrapy, sqlite_url: str) -> None:
    done = scrapy("status", database=sqlite_url)
    assert (done.status, done.out, done.err) == (0, "", "no sites\n")


def test_where_no_site_is_shown_one_line_says_why(scrapy: Scrapy, sqlite_url: str) -> None:
    assert scrapy("status", "--failing", database=sqlite_url).err == "no site needs a look\n"
    done = scrapy("status", "--site=b.example", database=sqlite_url)
    assert (done.status, done.out) == (1, "")
    assert "no site 'b.example' is known here" in done.err
