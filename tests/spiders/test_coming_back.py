"""Crawls that follow one another for days, on a clock that is moved: what is asked for again, and when."""

import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from crawl_run import CrawlRun, crawl, outcomes, rows, start_crawl, stored
from outlet import FEED_LINK, rss, with_etag
from sites import Answer, Site, article, front, respond, serve_all

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAY = "/news"  # a path without a date: it would be taken for the day of publication
NEWS = f"{DAY}/the-news-of-the-day"
XML = "application/xml"
CORRECTED = article(7).replace(b"on Tuesday", b"on Wednesday, not on Tuesday as was told before")


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


def rfc822(when: datetime) -> str:
    return when.strftime("%a, %d %b %Y %H:%M:%S GMT")


def feed_only(*links: str, paths: dict[str, Answer] | None = None) -> Site:
    """A site whose front page names a feed and nothing else; every page in it was published just now."""
    now = f"<pubDate>{rfc822(datetime.now(UTC))}</pubDate>"
    site = Site({link: respond(article(7 + n)) for n, link in enumerate(links)})
    site.paths |= {
        "/": with_etag(front(head=FEED_LINK)),
        "/feed.rss": respond(feed_of(*links, extra=now), content_type=XML),
        **(paths or {}),
    }
    return site


def feed_of(*links: str, extra: str = "") -> bytes:
    items = "".join(f"<item><title>From the feed</title><link>{link}</link>{extra}</item>" for link in links)
    return f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'.encode()


def due(site: Site, database: str, later: timedelta, **arguments: str) -> CrawlRun:
    return crawl("news", database, later=later, url=site.url, due="1", **arguments)


def test_a_young_article_is_looked_at_again_ever_more_rarely_and_its_corrections_are_revisions(
    database: str,
) -> None:
    with feed_only(NEWS).serve() as site:
        seen = []
        for hours in (0, 1, 2.2, 3, 10, 12, 21, 12 * 24, 13 * 24):
            if hours == 10:
                site.paths[NEWS] = respond(CORRECTED)
            due(site, database, hours * HOUR)
            seen.append(len(site.hits(NEWS)))
    # After 2 hours, while it is under 6 hours old; then after 8 in its first day; at 12 days for the last
    # time.
    assert seen == [1, 1, 2, 2, 3, 3, 4, 5, 5]
    ((new,),) = rows(database, "select text from articles")
    ((old,),) = rows(database, "select text from article_revisions")
    assert "on Wednesday" in new
    assert "on Tuesday, the town council" in old


def test_a_page_that_comes_byte_for_byte_as_it_is_stored_is_not_cleaned_again(database: str) -> None:
    with feed_only(NEWS).serve() as site:
        due(site, database, 0 * HOUR)
        due(site, database, 3 * HOUR)
    assert len(site.hits(NEWS)) == 2
    query = "select status, http_status, fetch_count from fetches where url like '%the-news%'"
    assert rows(database, query) == [("not_modified", 200, 2)]
    ((stats,),) = rows(database, "select stats from crawls order by id desc limit 1")
    assert "newscrawl/cleaned" not in stats


def test_what_a_feed_calls_updated_is_fetched_before_its_time(database: str) -> None:
    def atom(updated: datetime) -> Answer:
        entry = (
            f'<entry><title>N</title><link href="{NEWS}"/><updated>{updated.isoformat()}</updated></entry>'
        )
        return respond(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode(), content_type=XML)

    began = datetime.now(UTC)
    with feed_only(NEWS, paths={"/feed.rss": atom(began - HOUR)}).serve() as site:
        crawl("news", database, url=site.url)
        site.paths |= {NEWS: respond(CORRECTED), "/feed.rss": atom(began + 40 * MINUTE)}
        crawl("news", database, url=site.url, later=45 * MINUTE)
        assert len(site.hits(NEWS)) == 2
        site.paths["/feed.rss"] = atom(began + 85 * MINUTE)  # it cries wolf: nothing has changed
        crawl("news", database, url=site.url, later=90 * MINUTE)
        assert len(site.hits(NEWS)) == 3
        site.paths["/feed.rss"] = atom(began + 125 * MINUTE)
        crawl("news", database, url=site.url, later=130 * MINUTE)
    assert len(site.hits(NEWS)) == 3
    assert rows(database, "select count(*) from article_revisions") == [(1,)]


def test_a_feed_is_polled_as_often_as_it_brings_something_within_the_bounds(database: str) -> None:
    bounds = {
        "NEWSCRAWL_FIRST_POLL": "3600",
        "NEWSCRAWL_SHORTEST_POLL": "1200",
        "NEWSCRAWL_LONGEST_POLL": "7200",
    }
    query = "select next_poll_at, polled_at from feeds where kind = 'rss'"
    waits = []
    with feed_only(NEWS).serve() as site:
        later = 0 * HOUR
        for new in (1, 1, 1, 0, 0, 0, 0):
            if new:
                link = f"{DAY}/news-that-came-after-{later // MINUTE}-minutes"
                site.paths |= {link: respond(article(40 + later // MINUTE))}
                site.paths["/feed.rss"] = respond(feed_of(link, NEWS), content_type=XML)
            crawl("news", database, bounds, later=later, url=site.url, due="1")
            ((next_poll, polled),) = rows(database, query)
            wait = datetime.fromisoformat(str(next_poll)) - datetime.fromisoformat(str(polled))
            waits.append(round(wait / MINUTE))
            later += wait + MINUTE
    assert waits == [60, 30, 20, 30, 45, 68, 101]
    assert len(site.hits("/feed.rss")) == 7


def test_a_feed_that_is_not_due_is_only_asked_what_it_says_of_new_pages(database: str) -> None:
    new = f"{DAY}/a-page-that-the-front-page-links-to"
    with feed_only(NEWS).serve() as site:
        due(site, database, 0 * HOUR)
        change(database, "update feeds set next_poll_at = '2099-01-01' where kind = 'rss'")
        site.paths["/"] = respond(front(NEWS, head=FEED_LINK))
        due(site, database, 31 * MINUTE)
        assert len(site.hits("/")) == 2
        assert len(site.hits("/feed.rss")) == 1
        site.paths |= {"/": respond(front(new, head=FEED_LINK)), new: respond(article(99))}
        site.paths["/feed.rss"] = respond(rss(new, NEWS), content_type=XML)
        due(site, database, 80 * MINUTE)
    assert len(site.hits("/feed.rss")) == 2
    dates = rows(database, "select published_at from articles where url like :u", u=f"%{new}")
    assert [str(date)[:16] for (date,) in dates] == ["2026-11-20 08:00"]
    # Both named it first in one run, and for both it counts.
    assert rows(database, "select kind, new_count from feeds where new_count > 0 order by kind") == [
        ("front", 1),
        ("rss", 1),
    ]


def test_a_dead_feed_backs_off_and_is_reported(database: str) -> None:
    with feed_only(NEWS).serve() as site:
        due(site, database, 0 * HOUR)
        site.paths["/feed.rss"] = respond(b"moved", status=500)
        asked = []
        for hours in (1, 1.2, 2, 5, 6, 30, 31):
            due(site, database, hours * HOUR)
            asked.append(len(site.hits("/feed.rss")))
    retried = [later - earlier for earlier, later in zip([1, *asked], asked, strict=False)]
    # A 500 is tried once more in the same run; it is asked for again after 0.5, 1, 2 ... hours, not before.
    assert retried == [2, 0, 2, 2, 0, 2, 0]
    assert rows(database, "select error_count, status from feeds where kind = 'rss'") == [(4, "http_error")]


def test_an_article_that_is_gone_is_marked_and_comes_back(database: str) -> None:
    with feed_only(NEWS, f"{DAY}/taken-back-by-the-publisher").serve() as site:
        due(site, database, 0 * HOUR)
        page = site.paths[NEWS]
        site.paths[NEWS] = respond(b"not found", status=404)
        site.paths[f"{DAY}/taken-back-by-the-publisher"] = respond(b"gone", status=410)
        run = due(site, database, 3 * HOUR, strict="1")
        assert run.status == 0, run.log  # two old pages that went: no reason to wake anybody
        assert rows(database, "select status, text <> '' from articles") == [("gone", 1), ("gone", 1)]
        site.paths[NEWS] = page
        site.paths[f"{DAY}/taken-back-by-the-publisher"] = page
        due(site, database, 5 * HOUR)
        due(site, database, 40 * HOUR)
    assert rows(database, "select status from articles where url like '%the-news%'") == [("ok",)]
    assert rows(database, "select status from articles where url like '%taken%'") == [("gone",)]


def test_a_page_that_its_feed_names_too_early_is_fetched_when_it_is_there(database: str) -> None:
    with feed_only(NEWS, f"{DAY}/there-from-the-beginning").serve() as site:
        page = site.paths.pop(NEWS)
        due(site, database, 0 * HOUR)
        assert outcomes(database)[site.url + NEWS] == "gone"
        site.paths[NEWS] = page
        due(site, database, 1.1 * HOUR)
    assert len(stored(database)) == 2


def test_a_host_that_asked_to_be_left_alone_is_by_later_runs_too(database: str) -> None:
    site = feed_only(NEWS)
    site.paths["/feed.rss"] = respond(b"", status=429, headers=(("Retry-After", "36000"),))
    settings = {"NEWSCRAWL_MAX_RETRY_AFTER": "5"}
    with site.serve():
        crawl("news", database, settings, url=site.url)
        site.requests.clear()
        crawl("news", database, settings, url=site.url, later=1 * HOUR)
        crawl("news", database, settings, url=site.url, due="1", later=9 * HOUR)
        crawl("pages", database, settings, url=site.url + NEWS, later=9 * HOUR)
        assert site.requests == []
        site.paths["/feed.rss"] = respond(rss(NEWS), content_type=XML)
        crawl("news", database, settings, url=site.url, due="1", later=10.1 * HOUR)
    assert stored(database) == [site.url + NEWS], rows(database, "select * from feeds")


def test_a_slow_site_does_not_hold_up_the_others(database: str) -> None:
    """Cron starts a run while the one before still works on a site that asks for a long Crawl-delay."""
    slow = feed_only(*(f"{DAY}/page-number-{n}-of-a-slow-site" for n in range(60)))
    slow.paths["/robots.txt"] = respond(b"User-agent: *\nCrawl-delay: 1\n", content_type="text/plain")
    quick = feed_only(NEWS)
    often = {"NEWSCRAWL_FIRST_POLL": "60", "NEWSCRAWL_SHORTEST_POLL": "60"}
    with serve_all(slow, quick):
        urls = f"{slow.url},{quick.url}"
        first = start_crawl("news", database, often, url=urls, due="1")
        try:
            while not slow.hits("/feed.rss") or NEWS not in str(known(database)) or len(held(database)) != 1:
                assert first.poll() is None
                time.sleep(0.1)
            link = f"{DAY}/news-that-came-in-the-meantime"
            feed = respond(rss(link, NEWS), content_type=XML)
            quick.paths |= {link: respond(article(90)), "/feed.rss": feed}
            second = crawl("news", database, often, url=urls, due="1", later=5 * MINUTE)
            assert second.status == 0, second.log
            assert first.poll() is None
            assert quick.url + link in stored(database)
            assert len(slow.hits("/feed.rss")) == 1
        finally:
            first.terminate()
            first.communicate(timeout=60)
    assert held(database) == []


def change(database: str, statement: str) -> None:
    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)
    connection.close()


def known(database: str) -> list[str]:
    """The stored articles, as soon as there is a database."""
    try:
        return stored(database)
    except OperationalError:
        return []


def held(database: str) -> list[str]:
    return [str(outlet) for (outlet,) in rows(database, "select outlet from outlet_claims")]
