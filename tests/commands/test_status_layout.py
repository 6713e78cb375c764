"""A site that changes its layout is noticed: crawled before and after, and told by `scrapy status`."""

from datetime import timedelta
from pathlib import Path

import pytest

from command_run import Scrapy
from crawl_run import crawl
from newscrawl.report.layout_change import layout_changes
from newscrawl.store.site_samples import SiteSample
from outlet import FEED_LINK
from sites import Site, article, front, respond

FEED = b'<rss version="2.0"><channel><title>Feed</title>%s</channel></rss>'


def dated(number: int) -> bytes:
    meta = b'<meta property="article:published_time" content="2026-11-10T08:00:00Z">'
    return article(number).replace(b"<head>", b"<head>" + meta)


def relaunched(number: int) -> bytes:
    """The new layout: the date is gone, and all but the first paragraph needs a click."""
    text = article(number).decode()
    return (text.partition("</p>")[0] + "</p></article></main></body></html>").encode()


def publish(site: Site, first: int, pages: list[bytes]) -> None:
    links = [f"/news/what-happened-in-town-number-{first + n}" for n in range(len(pages))]
    site.paths |= {link: respond(page) for link, page in zip(links, pages, strict=True)}
    items = "".join(f"<item><title>Item</title><link>{link}</link></item>" for link in links)
    site.paths["/feed.rss"] = respond(FEED % items.encode(), content_type="application/rss+xml")


def test_a_new_layout_is_told_and_the_same_one_is_not(scrapy: Scrapy, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    changing, steady = (
        Site({"/": respond(front(head=FEED_LINK))}),
        Site({"/": respond(front(head=FEED_LINK))}, host="127.0.0.2"),
    )
    with changing.serve(), steady.serve():
        for site in (changing, steady):
            publish(site, 0, [dated(n) for n in range(24)])
        urls = f"{changing.url},{steady.url}"
        crawl("news", database, url=urls, later=timedelta(days=-12))
        publish(changing, 100, [relaunched(100 + n) for n in range(10)])
        publish(steady, 100, [dated(200 + n) for n in range(10)])
        crawl("news", database, url=urls)
    first, second = scrapy("status", "--json", database=database).rows
    assert (first["site"], first["new_articles"], second["new_articles"]) == ("127.0.0.1", 10, 10)
    assert [change.split()[0] for change in first["changed"]] == ["cut", "length", "dated"]
    assert (first["failing"], second["failing"], second["changed"]) == (True, False, [])
    done = scrapy("status", "--failing", database=database)
    assert done.status == 1
    assert "dated 100 % -> 0 %" in done.out
    assert "127.0.0.2" not in done.out


@pytest.mark.parametrize(
    "now",
    [
        SiteSample(lengths=[900] * 7, cut=[0] * 7, dated=0),  # too few to tell
        SiteSample(
            lengths=[2500, 9000, 2600, 30_000, 2400, 2700, 3000, 2500], cut=[300] * 8, dated=8
        ),  # a live blog
        SiteSample(lengths=[2500] * 8, cut=[500] * 8, dated=7, pages=10, no_articles=2),
    ],
)
def test_small_differences_are_none(now: SiteSample) -> None:
    before = SiteSample(
        lengths=[1500, 2500, 2600, 4000, 2400] * 10, cut=[300] * 50, dated=50, pages=60, no_articles=10
    )
    assert layout_changes(before, now) == ()


def test_pages_that_are_no_articles_any_more_are_told() -> None:
    before = SiteSample(pages=60, no_articles=6)
    assert layout_changes(before, SiteSample(pages=20, no_articles=15)) == ("no articles 10 % -> 75 %",)
