"""`strict=1`: a run that lost a site, or found nothing where there should be something, says so and fails."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawl_run import crawl, outcomes, rows, stored
from outlet import DAY, FEED_LINK, outlet, rss
from sites import Site, article, front, respond, serve_all

PAGE = f"{DAY}/the-only-page-of-this-site"
LIST_OF_FEEDS = front("/about/this-site", head="<title>Our feeds</title>").replace(
    b"</ul>", b'</ul><a href="/feed.rss">All news</a>'
)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


def test_sites_that_bring_nothing_are_told_one_by_one_and_good_ones_are_not(database: str) -> None:
    good = outlet(10)
    bare = Site({"/": respond(b"<html><title>Soon here</title><p>We are building this site.</p></html>")})
    elsewhere = Site(
        {"/": respond(front(head=FEED_LINK)), "/feed.rss": respond(rss("https://other.example/2026/a"))}
    )
    walled = Site(
        {
            "/": respond(front(PAGE, head=FEED_LINK)),
            "/feed.rss": respond(rss(PAGE)),
            PAGE: respond(status=403),
        }
    )
    scripted = Site({"/": respond(front(PAGE, head=FEED_LINK)), "/feed.rss": respond(rss(PAGE)),
                     PAGE: respond(b"<html><div id=app></div><script src=a></script></html>")})  # fmt: skip
    with serve_all(good, bare, elsewhere, walled, scripted):
        urls = ",".join(site.url for site in (good, bare, elsewhere, walled, scripted))
        run = crawl("news", database, url=urls, strict="1")
    told = [line for line in run.log.splitlines() if line.startswith("scrapy crawl: ")]
    assert run.status == 1
    assert told == [
        f"scrapy crawl: {bare.url}/: neither feeds nor sitemaps nor links name an article",
        f"scrapy crawl: {elsewhere.url}/: all that it lists (1) is on other sites, or not allowed by its "
        "patterns",
        f"scrapy crawl: {walled.url}/: of 1 new pages not one became an article",
        f"scrapy crawl: {scripted.url}/: of 1 new pages not one became an article",
    ]
    assert len(stored(database)) == 4


def test_a_run_that_finds_nothing_new_is_no_trouble(database: str) -> None:
    with outlet(20).serve() as site:
        for hours in (0, 1, 30):
            run = crawl("news", database, url=site.url, strict="1", later=timedelta(hours=hours))
            assert run.status == 0, run.log


def test_a_due_run_that_only_has_a_section_to_look_at_has_reached_its_site(database: str) -> None:
    with outlet(30).serve() as site:
        site.paths["/politics/"] = respond(front("/about/this-site"))
        crawl("news", database, url=site.url)
        change(database, "update feeds set next_poll_at = '2099-01-01' where kind <> 'section'")
        change(database, "update fetches set next_fetch_at = null")
        site.requests.clear()
        site.paths["/politics/"] = respond(front("/about/this-site", "/about/that"))
        run = crawl("news", database, url=site.url, strict="1", due="1", later=timedelta(hours=2))
    assert [request.path for _, request in site.requests] == ["/robots.txt", "/politics/"]
    assert run.status == 0, run.log
    assert "1 of 1 sites reached" in run.log


def test_a_site_that_was_lost_since_is_told(database: str) -> None:
    with outlet(40).serve() as site:
        assert crawl("news", database, url=site.url, strict="1").status == 0
        url = site.url
    run = crawl("news", database, url=url, due="1", strict="1", later=timedelta(hours=1))
    assert run.status == 1
    assert "was not reached: unreachable (connection refused)" in run.log


def test_feeds_are_read_where_the_front_page_is_closed_to_machines(database: str, tmp_path: Path) -> None:
    site = Site({"/": respond(b"no robots, please", status=403), PAGE: respond(article(50))})
    site.paths["/all-news"] = respond(rss(PAGE), content_type="application/rss+xml")
    with site.serve():
        sites = tmp_path / "sites.toml"
        sites.write_text(f'[[site]]\nurl = "{site.url}/"\nfeeds = ["{site.url}/all-news"]\n')
        run = crawl("news", database, sites=str(sites), strict="1")
    assert run.status == 0, run.log
    assert stored(database) == [site.url + PAGE]
    assert outcomes(database)[site.url + "/"] == "http_error"


def test_a_page_about_the_feeds_leads_to_them(database: str) -> None:
    site = Site(
        {"/": respond(front().replace(b"</ul>", b'</ul><a href="/rss">RSS</a>')), PAGE: respond(article(60))}
    )
    site.paths |= {"/rss": respond(LIST_OF_FEEDS), "/feed.rss": respond(rss(PAGE), content_type="text/xml")}
    with site.serve():
        run = crawl("news", database, url=site.url, strict="1")
        assert stored(database) == [site.url + PAGE]
        assert run.lines("WARNING") == []
        kinds = dict(rows(database, "select url, kind from feeds where status = 'ok'"))
    assert kinds == {f"{site.url}/": "front", f"{site.url}/feed.rss": "rss"}


def change(database: str, statement: str) -> None:
    import sqlite3

    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)
    connection.close()
