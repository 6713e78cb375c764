"""One row a URL, with its latest outcome."""

from datetime import timedelta
from typing import Any

import pytest
from cleaned_pages import EVENING, MORNING, NOON, row, rows
from sqlalchemy import Engine

from newscrawl.model import FetchStatus
from newscrawl.store import FetchRecord, begin_read, begin_write, due_urls, known_urls, record_fetches
from newscrawl.store.tables import fetches

URL = "https://harbour.example.com/2026/ferry-adrift"


def record(engine: Engine, *records: FetchRecord) -> None:
    with begin_write(engine) as connection:
        record_fetches(connection, records)


def fetched(status: FetchStatus = FetchStatus.OK, **values: Any) -> FetchRecord:
    return FetchRecord(**({"url": URL, "fetched_at": MORNING, "status": status} | values))


def test_a_url_has_one_row_with_its_latest_outcome(engine: Engine) -> None:
    record(engine, fetched(http_status=200, etag='"a"', body_hash="1"))
    record(engine, fetched(http_status=200, etag='"b"', body_hash="2", fetched_at=NOON))
    state = row(engine, fetches)
    assert (state["etag"], state["body_hash"], state["fetch_count"]) == ('"b"', "2", 2)
    assert (state["first_fetched_at"], state["fetched_at"], state["changed_at"]) == (MORNING, NOON, NOON)


@pytest.mark.parametrize(
    "status", [FetchStatus.NOT_MODIFIED, FetchStatus.UNREACHABLE, FetchStatus.HTTP_ERROR]
)
def test_an_outcome_without_a_body_keeps_what_describes_the_body(engine: Engine, status: FetchStatus) -> None:
    record(engine, fetched(etag='"a"', last_modified="Mon", body_hash="1"))
    record(engine, fetched(status, fetched_at=NOON))
    state = row(engine, fetches)
    assert (state["etag"], state["last_modified"], state["body_hash"]) == ('"a"', "Mon", "1")
    assert (state["status"], state["fetched_at"], state["changed_at"]) == (status, NOON, MORNING)


def test_a_body_that_no_longer_has_an_etag_loses_the_old_one(engine: Engine) -> None:
    record(engine, fetched(etag='"a"', body_hash="1"))
    record(engine, fetched(body_hash="2", fetched_at=NOON))
    assert row(engine, fetches)["etag"] is None


def test_a_page_that_is_gone_is_to_be_sent_whole_when_it_comes_back(engine: Engine) -> None:
    record(engine, fetched(etag='"a"', body_hash="1"))
    record(engine, fetched(FetchStatus.GONE, http_status=404, fetched_at=NOON))
    assert (row(engine, fetches)["etag"], row(engine, fetches)["body_hash"]) == (None, None)


def test_failures_are_counted_in_a_row(engine: Engine) -> None:
    for status, errors in [
        (FetchStatus.UNREACHABLE, 1),
        (FetchStatus.HTTP_ERROR, 2),
        (FetchStatus.NOT_MODIFIED, 0),
        (FetchStatus.PARKED, 1),
        (FetchStatus.OK, 0),
    ]:
        record(engine, fetched(status))
        assert row(engine, fetches)["error_count"] == errors
    assert row(engine, fetches)["fetch_count"] == 5


def test_of_two_outcomes_in_one_batch_the_later_one_counts(engine: Engine) -> None:
    record(engine, fetched(FetchStatus.UNREACHABLE), fetched(FetchStatus.OK))
    assert row(engine, fetches)["status"] == "ok"


def test_what_is_known_of_a_url_comes_back(engine: Engine) -> None:
    record(engine, fetched(etag='"a"', next_fetch_at=EVENING, http_status=200))
    with begin_read(engine) as connection:
        known = known_urls(connection, [URL, "https://harbour.example.com/unknown"])
    assert list(known) == [URL]
    assert (known[URL].etag, known[URL].next_fetch_at, known[URL].fetch_count) == ('"a"', EVENING, 1)
    assert known[URL].article_id is None


def test_ten_thousand_urls_are_looked_up_in_parts(engine: Engine) -> None:
    urls = [f"https://harbour.example.com/{n}" for n in range(10_000)]
    record(engine, *(fetched(url=url) for url in urls[::100]))
    with begin_read(engine) as connection:
        assert list(known_urls(connection, urls)) == urls[::100]


def test_urls_that_are_due_come_longest_waiting_first(engine: Engine) -> None:
    for hours, name in [(3, "c"), (1, "a"), (2, "b"), (9, "later")]:
        record(
            engine, fetched(url=f"https://x.example/{name}", next_fetch_at=MORNING + timedelta(hours=hours))
        )
    record(engine, fetched(url="https://x.example/never"))
    with begin_read(engine) as connection:
        assert due_urls(connection, NOON, 2) == ["https://x.example/a", "https://x.example/b"]
        assert due_urls(connection, NOON, 9, site="other.example") == []


def test_a_url_of_any_length_and_any_bytes_is_recorded(engine: Engine) -> None:
    hostile = ["https://x.example/" + "a" * 9_000, "https://x.example/\x00\ud800", "", "javascript:alert(1)"]
    record(engine, *(fetched(url=url) for url in hostile))
    record(engine, *(fetched(url=url, fetched_at=NOON) for url in hostile))
    assert [state["fetch_count"] for state in rows(engine, fetches)] == [2] * 4
    with begin_read(engine) as connection:
        assert hostile[0] in known_urls(connection, hostile)
