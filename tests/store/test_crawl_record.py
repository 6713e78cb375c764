"""One row a run."""

from datetime import UTC, datetime

from cleaned_pages import EVENING, MORNING, row
from sqlalchemy import Engine

from newscrawl.store import finish_crawl, start_crawl
from newscrawl.store.crawl_record import plain
from newscrawl.store.tables import crawls


def test_a_crawl_is_written_when_it_begins_and_when_it_ends(engine: Engine) -> None:
    crawl_id = start_crawl(engine, "news", {"url": "https://x.example"}, now=MORNING)
    begun = row(engine, crawls)
    assert (begun["id"], begun["spider"], begun["args"]) == (crawl_id, "news", {"url": "https://x.example"})
    assert begun["finished_at"] is None
    stats = {"item_scraped_count": 3, "start_time": MORNING, "reasons": ("a", "b"), "odd\x00": float("nan")}
    finish_crawl(engine, crawl_id, "finished", stats, now=EVENING)
    ended = row(engine, crawls)
    assert (ended["finished_at"], ended["finish_reason"]) == (EVENING, "finished")
    assert ended["stats"] == {
        "item_scraped_count": 3,
        "start_time": "2026-03-02T08:00:00+00:00",
        "reasons": ["a", "b"],
        "odd": "nan",
    }


def test_stats_become_json_whatever_is_in_them() -> None:
    assert plain({1: {"b", "a"}, "t": datetime(2026, 1, 1, tzinfo=UTC), "o": ValueError("x")}) == {
        "1": ["a", "b"],
        "t": "2026-01-01T00:00:00+00:00",
        "o": "x",
    }
