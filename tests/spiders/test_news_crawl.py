"""`scrapy crawl news`: finds what is new, once, and asks for the rest politely."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawl_run import crawl, outcomes, rows, start_crawl, stored
from outlet import DAY, outlet, rss, with_etag
from sites import Site, article, front, respond, serve_all

STATE = (
    "select a.url, a.title, a.text, a.story_id, a.relation, a.status, s.title, s.article_count "
    "from articles a left join stories s on s.id = a.story_id order by a.url"
)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


@pytest.fixture
def site() -> Iterator[Site]:
    with outlet(10).serve() as served:
        yield served


def test_a_second_run_changes_nothing_and_fetches_no_article(site: Site, database: str) -> None:
    first = crawl("news", database, url=site.url)
    before = rows(database, STATE)
    site.requests.clear()
    second = crawl("news", database, url=site.url)
    assert (first.status, second.status) == (0, 0)
    assert len(before) == 4
    assert rows(database, STATE) == before
    assert not [request.path for _, request in site.requests if request.path.startswith(DAY)]
    served = [request for _, request in site.requests if request.path in site.paths]
    assert all("if-none-match" in request.headers for request in served if request.path != "/robots.txt")
    assert first.lines("WARNING", "ERROR", "CRITICAL") == []
    stats = [json.loads(stats) for (stats,) in rows(database, "select stats from crawls order by id")]
    assert [run.get("newscrawl/articles/new") for run in stats] == [4, None]


def test_the_next_run_finds_what_the_feed_brings(site: Site, database: str) -> None:
    crawl("news", database, url=site.url)
    new = f"{DAY}/a-page-that-is-new-today"
    site.paths[new] = respond(article(90))
    site.paths["/feed.rss"] = with_etag(
        rss(new, f"{DAY}/page-number-0-of-this-outlet"), "application/rss+xml"
    )
    crawl("news", database, url=site.url)
    assert site.url + new in stored(database)
    assert len(stored(database)) == 5
    dates = rows(database, "select distinct published_at from articles")  # from the feed, to the hour
    assert [str(date)[:16] for (date,) in dates] == ["2026-11-20 08:00"]


def test_outlets_on_one_address_are_told_apart_by_their_ports(database: str) -> None:
    first, second, closed = outlet(20), outlet(30), outlet(40)
    # Links from one to the other are not followed.
    closed.paths["/robots.txt"] = respond(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
    with serve_all(first, second, closed):
        crawl("news", database, url=f"{first.url},{second.url},{closed.url}")
    urls = stored(database)
    assert [sum(url.startswith(site.url) for url in urls) for site in (first, second, closed)] == [4, 4, 0]
    assert not [request for _, request in closed.requests if request.path != "/robots.txt"]


def test_a_site_that_does_not_answer_is_one_line_and_the_others_go_on(site: Site, database: str) -> None:
    dead = "http://127.0.0.1:9/"
    run = crawl("news", database, url=f"{dead},{site.url}", strict="1")
    assert run.status == 1  # without strict: 0
    assert "http://127.0.0.1:9/ was not reached" in run.log
    assert len([line for line in run.lines("WARNING", "ERROR") if "127.0.0.1:9" in line]) == 1
    assert outcomes(database)[dead] == "unreachable"
    assert len(stored(database)) == 4


def test_no_site_at_all_is_a_failure(database: str) -> None:
    run = crawl("news", database, url="http://127.0.0.1:9/")
    assert run.status == 1
    assert "Traceback" not in run.log


def test_a_feed_that_is_html_is_told_and_the_rest_is_crawled(site: Site, database: str) -> None:
    site.paths["/feed.rss"] = respond(front("/"))
    run = crawl("news", database, url=site.url)
    assert run.status == 0
    assert [line for line in run.lines("WARNING") if "no feed" in line and "HTML" in line]
    assert rows(database, "select status from feeds where url like '%feed.rss'") == [("not_feed",)]
    assert len(stored(database)) == 4


def test_what_the_budget_leaves_is_fetched_by_the_next_runs(database: str) -> None:
    links = [f"{DAY}/page-number-{n}-of-this-outlet" for n in range(5)]
    site = Site({link: respond(article(700 + n)) for n, link in enumerate(links)})
    site.paths["/"] = with_etag(front(*links))
    with site.serve():
        for stored_then in (3, 5):
            crawl("news", database, {"NEWSCRAWL_SITE_BUDGET": "3"}, url=site.url)
            assert len(stored(database)) == stored_then


def test_due_asks_for_nothing_when_nothing_is_due(site: Site, database: str) -> None:
    crawl("news", database, url=site.url, due="1")
    assert len(stored(database)) == 4
    site.requests.clear()
    run = crawl("news", database, url=site.url, due="1")
    assert run.status == 0
    assert site.requests == []


def test_overlapping_runs_share_the_work(database: str) -> None:
    sites = [outlet(first) for first in (100, 120, 140)]
    slow = {"DOWNLOAD_DELAY": "0.3"}
    with serve_all(*sites):
        urls = ",".join(site.url for site in sites)
        first = start_crawl("news", database, slow, url=urls, due="1")
        while not sites[0].requests:
            time.sleep(0.05)
        second = crawl("news", database, slow, url=urls, due="1")
        first.communicate(timeout=60)
    assert (first.returncode, second.status) == (0, 0)
    pages = [request.path for site in sites for _, request in site.requests if request.path.startswith(DAY)]
    assert len(pages) == 12
    assert len(stored(database)) == 12


def test_a_page_that_could_not_be_stored_is_fetched_whole_again(site: Site, database: str) -> None:
    crawl("news", database, url=site.url)
    path = f"{DAY}/page-number-1-of-this-outlet"
    site.paths[path] = with_etag(article(11))
    for statement in (
        "delete from article_urls where url_key like '%page-number-1%'",
        "update fetches set status = 'error', etag = '\"x\"' where url like '%page-number-1%'",
        "update feeds set etag = null, body_hash = null",
    ):
        change(database, statement)
    site.requests.clear()
    crawl("news", database, url=site.url)
    ((_, request),) = [(when, request) for when, request in site.requests if request.path == path]
    assert "if-none-match" not in request.headers


def change(database: str, statement: str) -> None:
    import sqlite3

    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)
    connection.close()
