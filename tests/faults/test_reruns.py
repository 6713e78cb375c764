"""A finished crawl that is run again: no new row, no changed row, but the run's own and the polls' times."""

from typing import Any

from sqlalchemy import inspect, select

from crawl_run import crawl
from newscrawl.store import begin_read, open_engine
from newscrawl.store.tables import metadata
from outlet import DAY, FEED_LINK, outlet, rss
from sites import front, respond, serve_all

PAGES = 10
POLLS = {"polled_at", "next_poll_at", "poll_count", "http_status", "status", "new_count", "item_count"}
"""Columns of `feeds` that tell of the latest poll."""


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables but `crawls`, without what tells of the latest poll of a feed."""
    engine = open_engine(url)
    contents = {}
    with begin_read(engine) as connection:
        for name in inspect(connection).get_table_names():
            table = metadata.tables.get(name)
            if table is None or name == "crawls":
                continue  # the full-text index has tables of its own, which follow `articles`
            columns = [column for column in table.columns if name != "feeds" or column.name not in POLLS]
            contents[name] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    engine.dispose()
    return contents


def test_a_second_run_writes_no_row_and_changes_none(database_url: str) -> None:
    # One knows ETags; the other sends its feed and its front page anew, every time.
    sites = outlet(0, pages=PAGES), outlet(100, pages=PAGES)
    paths = [path for path in sites[1].paths if path.startswith(DAY)]
    sites[1].paths |= {
        "/": respond(front(*paths, head=FEED_LINK)),
        "/feed.rss": respond(rss(*paths), content_type="application/rss+xml"),
    }
    with serve_all(*sites):
        urls = ",".join(site.url for site in sites)
        assert crawl("news", database_url, url=urls).status == 0
        before = everything(database_url)
        assert crawl("news", database_url, url=urls).status == 0
    assert len(before["articles"]) == 2 * PAGES
    after = everything(database_url)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
