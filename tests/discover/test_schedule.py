"""When to come back."""

from datetime import UTC, datetime, timedelta

from newscrawl.discover import Outlet, outlet_key, read_robots
from newscrawl.discover.schedule import (
    MOST_FAILURES,
    PollBounds,
    is_update_announced,
    next_poll,
    next_poll_after_failure,
    next_retry,
    next_revisit,
    next_try_of_gone,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_articles_are_looked_at_again_ever_more_rarely_and_then_never() -> None:
    waits = []
    when = NOW
    while (again := next_revisit(NOW, when)) is not None:
        waits.append(again - when)
        when = again
    assert waits == sorted(waits)
    assert len(waits) < 12
    assert timedelta(days=7) < when - NOW < timedelta(days=15)


def test_feeds_that_bring_news_are_polled_more_often_within_bounds() -> None:
    bounds = PollBounds()
    assert next_poll(4 * HOUR, 3, NOW, bounds) - NOW == 2 * HOUR
    assert next_poll(4 * HOUR, 0, NOW, bounds) - NOW == 6 * HOUR
    assert next_poll(timedelta(minutes=1), 5, NOW, bounds) - NOW == bounds.shortest
    assert next_poll(timedelta(days=9), 0, NOW, bounds) - NOW == bounds.longest
    assert next_poll(None, 0, NOW, PollBounds(first=HOUR, longest=HOUR / 2)) - NOW == HOUR / 2


def test_what_fails_is_tried_after_twice_as_long_each_time_and_given_up() -> None:
    assert [next_retry(n, NOW) for n in (1, 2, 3)] == [NOW + HOUR, NOW + 2 * HOUR, NOW + 4 * HOUR]
    assert next_retry(MOST_FAILURES + 1, NOW) is None
    assert next_poll_after_failure(1_000, NOW, PollBounds()) - NOW == timedelta(days=7)


def test_what_is_not_there_may_come_yet_and_what_was_taken_away_stays_away() -> None:
    assert [next_try_of_gone(404, n, NOW) for n in (1, 2, 4)] == [NOW + HOUR, NOW + 24 * HOUR, None]
    assert next_try_of_gone(410, 1, NOW) is None


def test_a_feeds_word_of_an_update_counts_until_it_was_wrong() -> None:
    fetched = NOW - 2 * HOUR
    assert is_update_announced(NOW - HOUR, fetched, fetched, fetched, NOW)
    assert not is_update_announced(fetched - HOUR, fetched, fetched, fetched, NOW)  # it is in already
    assert not is_update_announced(NOW, fetched, fetched - HOUR, fetched, NOW)  # it was wrong the last time
    assert not is_update_announced(NOW, fetched, fetched, NOW - timedelta(days=11), NOW)  # too old
    assert not is_update_announced(NOW, NOW - HOUR / 6, NOW - HOUR / 6, fetched, NOW)  # too soon


def test_an_outlet_is_its_domain_or_its_origin() -> None:
    courier = Outlet("https://www.courier.example.co.uk/")
    assert courier.covers("http://amp.courier.example.co.uk/a")
    assert not courier.covers("https://courier.example.com/a")
    assert outlet_key("http://a.localhost:8000/x") == "http://a.localhost:8000"
    assert not Outlet("http://127.0.0.1:8001/").covers("http://127.0.0.1:8002/a")


def test_robots_txt_names_sitemaps_and_delays_and_html_names_nothing() -> None:
    rules = read_robots(
        b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\nSitemap: /news.xml\n",
        "https://e.example/robots.txt",
    )
    assert rules.sitemaps == ("https://e.example/news.xml",)
    assert rules.crawl_delay_s("newscrawl") == 2.0
    assert not rules.allows("https://e.example/private/a", "newscrawl")
    html = read_robots(b"<!doctype html>\nUser-agent: *\nDisallow: /\n", "https://e.example/robots.txt")
    assert html.allows("https://e.example/a", "newscrawl")
